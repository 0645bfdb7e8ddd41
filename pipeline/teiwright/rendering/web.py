"""The web view: one page an edition, which carries its style with it and needs no script; and pages around.

All stand in one frame, ``xslt/html/page.xsl``.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import quote

from lxml import etree

from teiwright.extracted import CollectionPage
from teiwright.model import Rendition
from teiwright.rendering.context import Context, Download
from teiwright.rendering.engine import Parameter, Prepared, Transformed, engine
from teiwright.rendering.stylesheets import OwnStylesheets, style
from teiwright.rendering.summaries import Summary
from teiwright.rendering.tei import edition_id

_OURS = "urn:x-teiwright:edition"
_SHEET = "html.xsl"


def web_page(prepared: Prepared, context: Context) -> Rendition:
    """The page of one edition."""
    document_id = edition_id(prepared.edition)
    parameters: dict[str, Parameter] = {
        "style-digest": _style(context.stylesheets)[1],
        "authority": context.authority,
        "setting": _setting(context, document_id),
    }
    made = engine(context.stylesheets).transform(_SHEET, prepared, parameters)
    return _as_rendition(f"{document_id}.html", made, context)


def web_index(summaries: Sequence[Summary], context: Context) -> Rendition:
    """The page that leads to all editions."""
    root = etree.Element(f"{{{_OURS}}}collection", title=context.collection or "Documents")
    for one in summaries:
        attributes = {
            **{"href": quote(f"{one.id}.html"), "title": one.title, "subtitle": one.subtitle, "date": one.date},
            **{"source": one.source, "extent": one.extent, "opening": one.opening, "language": one.language},
        }
        document = etree.SubElement(root, f"{{{_OURS}}}document", attributes)
        _add_downloads(document, (download.of(one.id) for download in context.downloads))
    made = _made_of(root, context)
    return _as_rendition(PurePosixPath(context.home or "index.html").name, made, context)


def collection_page(page: CollectionPage, context: Context) -> bytes:
    """A page of the collection in the frame of all pages; what it holds must be well-formed XHTML."""
    up = "../" * page.path.count("/")
    markup = (
        f'<t:page xmlns:t="{_OURS}" xmlns="http://www.w3.org/1999/xhtml">'
        f"<t:head>{page.head}</t:head><t:main>{page.main}</t:main></t:page>"
    )
    root = etree.fromstring(markup.encode(), etree.XMLParser(resolve_entities=False, huge_tree=True))
    root.attrib.update({"title": page.title, "class": page.kind, "language": page.language})
    made = _made_of(root, context, up, page.policy)
    if made.text is None:
        raise ValueError(f"{page.path}: {made.findings[0].message}")
    return _bytes(made.text, context)


def _made_of(root: etree._Element, context: Context, up: str = "", policy: str = "") -> Transformed:
    parameters: dict[str, Parameter] = {
        "style-digest": _style(context.stylesheets)[1],
        "setting": _setting(context, up=up),
        "allowed": policy,
    }
    return engine(context.stylesheets).transform(_SHEET, etree.tostring(root), parameters)


def _as_rendition(name: str, made: Transformed, context: Context) -> Rendition:
    files = {} if made.text is None else {name: _bytes(made.text, context)}
    return Rendition("html", files, made.findings)


def _bytes(text: str, context: Context) -> bytes:
    # The first `style` is that of the head, before anything that an edition says.
    return f"{text.rstrip()}\n".replace(
        "<style></style>", f"<style>{_style(context.stylesheets)[0]}</style>", 1
    ).encode()


def _setting(context: Context, document_id: str | None = None, up: str = "") -> bytes:
    """What a page stands in. ``up`` leads from it to the folder of the documents' pages."""
    known = {"collection": context.collection, "home": context.home and up + context.home, "address": context.address}
    root = etree.Element(f"{{{_OURS}}}setting", {name: value for name, value in known.items() if value})
    for section in context.sections:
        etree.SubElement(root, f"{{{_OURS}}}section", label=section.label, href=up + section.href)
    if document_id is not None:
        root.set("id", document_id)
        _add_downloads(root, (download.of(document_id) for download in context.downloads))
        for name, neighbour in (("previous", context.previous), ("next", context.next)):
            if neighbour:
                href = quote(f"{neighbour.id}.html")
                etree.SubElement(root, f"{{{_OURS}}}{name}", href=href, title=neighbour.title)
    return etree.tostring(root)


def _add_downloads(parent: etree._Element, downloads: Iterable[Download]) -> None:
    for download in downloads:
        etree.SubElement(parent, f"{{{_OURS}}}download", label=download.label, href=download.href, type=download.type)


@lru_cache(maxsize=2)
def _style(own: OwnStylesheets) -> tuple[str, str]:
    """The style sheet, and the digest by which a page's policy admits it."""
    text = style(own)
    return text, f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"
