"""The web view: one page an edition, which carries its style with it and needs no script."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import quote

from lxml import etree

from teiwright.model import Edition, Rendition
from teiwright.rendering.context import Context, Download
from teiwright.rendering.engine import Transformed, engine
from teiwright.rendering.summaries import Summary
from teiwright.rendering.tei import edition_id
from teiwright.resources import xslt_folder

_OURS = "urn:x-teiwright:edition"


def web_page(edition: Edition, context: Context) -> Rendition:
    """The page of one edition."""
    name = f"{edition_id(edition)}.html"
    made = engine().transform(
        "html.xsl",
        edition,
        {**_style(), "authority": context.authority, "setting": _setting(edition_id(edition), context)},
    )
    return _as_rendition(name, made)


def web_index(summaries: Sequence[Summary], context: Context) -> Rendition:
    """The page that leads to all editions."""
    root = etree.Element(f"{{{_OURS}}}collection", title=context.collection or "Documents")
    for one in summaries:
        attributes = {
            **{
                "href": quote(f"{one.id}.html"),
                "title": one.title,
                "subtitle": one.subtitle,
                "date": one.date,
            },
            **{"source": one.source, "extent": one.extent, "opening": one.opening, "language": one.language},
        }
        document = etree.SubElement(root, f"{{{_OURS}}}document", attributes)
        _add_downloads(document, (download.of(one.id) for download in context.downloads))
    made = engine().transform("html.xsl", etree.tostring(root), _style(), mode="index")
    return _as_rendition(PurePosixPath(context.home or "index.html").name, made)


def _as_rendition(name: str, made: Transformed) -> Rendition:
    files = {} if made.text is None else {name: f"{made.text.rstrip()}\n".encode()}
    return Rendition("html", files, made.findings)


def _setting(document_id: str, context: Context) -> bytes:
    known = {"collection": context.collection, "home": context.home}
    root = etree.Element(f"{{{_OURS}}}setting", {name: value for name, value in known.items() if value})
    _add_downloads(root, (download.of(document_id) for download in context.downloads))
    return etree.tostring(root)


def _add_downloads(parent: etree._Element, downloads: Iterable[Download]) -> None:
    for download in downloads:
        etree.SubElement(parent, f"{{{_OURS}}}download", label=download.label, href=download.href, type=download.type)


@cache
def _style() -> dict[str, str]:
    """The style sheet without comments and indents, and the digest by which the page's policy admits it."""
    lines = (line.strip() for line in (xslt_folder() / "html" / "style.css").read_text("utf-8").splitlines())
    text = "\n".join(line for line in lines if line and not line.startswith("/*"))
    digest = base64.b64encode(sha256(text.encode()).digest()).decode()
    return {"style": text, "style-digest": f"sha256-{digest}"}
