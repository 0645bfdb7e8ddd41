"""The web view: one page an edition, which carries its style with it and needs no script; and pages around.

All stand in one frame, ``xslt/html/page.xsl``.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import quote

from lxml import etree

from teiwright.extracted import CollectionPage
from teiwright.model import Rendition
from teiwright.rendering.citing import citation_of
from teiwright.rendering.context import Context, Download
from teiwright.rendering.engine import Prepared, engine
from teiwright.rendering.marking import OURS
from teiwright.rendering.matter import NO_PARTS, Parts, citation, facts_listed, metadata, names, with_parts
from teiwright.rendering.page_styles import MARGIN, notes_to_set, page_styles, pages_to_cite, shows_pages
from teiwright.rendering.pictures import manifests_named
from teiwright.rendering.quick import Page, are_ours, as_html, is_quick, quick_frame, quick_page
from teiwright.rendering.setting import downloads, neighbours, setting
from teiwright.rendering.stylesheets import COLLECTION, EDITION, OTHERS, STYLE, OwnStylesheets, style
from teiwright.rendering.summaries import Summary
from teiwright.rendering.tei import edition_id

_SHEET = "html.xsl"


def web_page(prepared: Prepared, context: Context) -> Rendition:
    """The page of one edition."""
    if prepared.tree is None:
        return Rendition("html", {})
    document_id = edition_id(prepared.edition)
    root, breaks = prepared.tree.root, prepared.tree.breaks
    pages, notes = pages_to_cite(breaks), notes_to_set(prepared.tree.notes)
    sheets = (STYLE, EDITION, *((OTHERS,) if "others" in prepared.tree.kinds or shows_pages(breaks) else ()))
    of_all, of_page = _style(context.stylesheets, *sheets), page_styles(pages, notes).encode()
    cited = citation_of(root, breaks, document_id, context)
    parts: Parts = {
        **{"names": names(prepared.tree.mentioned, context), "facts": facts_listed(prepared.facts)},
        **{"cite": citation(cited, pages), "metadata": metadata(cited)},
    }
    known = {
        **{"policy": _policy(of_all, of_page, beside=bool(notes)), "class": "document"},
        **{"beside": MARGIN if notes else "", "title": prepared.tree.title, "language": prepared.tree.language},
        **{"has": " ".join(sorted(prepared.tree.kinds)), "named": "yes" if parts["names"] else ""},
        "address": cited.address,
        "source": f"source/{quote(document_id)}.html" if context.shows_sources else "",
    }
    offered = (
        *downloads(download.of(document_id) for download in context.downloads),
        *downloads(_pictures(root)),
        *neighbours(context),
    )
    around = setting(context, known, offered)
    if is_quick(prepared.tree, context.stylesheets):
        made = quick_page(prepared, around)
    else:
        made = _by_saxon(prepared, around, context)
    return _as_rendition(f"{document_id}.html", made, of_all + of_page, parts)


def web_index(summaries: Sequence[Summary], context: Context) -> Rendition:
    """The page that leads to all editions."""
    title = context.collection or "Documents"
    root = etree.Element(f"{OURS}collection", title=title)
    for one in summaries:
        attributes = {
            **{"href": quote(f"{one.id}.html"), "title": one.title, "subtitle": one.subtitle, "date": one.date},
            **{"source": one.source, "extent": one.extent, "opening": one.opening, "language": one.language},
        }
        document = etree.SubElement(root, f"{OURS}document", attributes)
        for download in (given.of(one.id) for given in context.downloads):
            offered = {"label": download.label, "href": download.href, "type": download.type}
            etree.SubElement(document, f"{OURS}download", offered)
    css = _style(context.stylesheets, STYLE, COLLECTION)
    around = setting(context, {"policy": _policy(css), "title": title, "language": "en", "class": "index"})
    made = _by_saxon(etree.tostring(root), around, context)
    return _as_rendition(PurePosixPath(context.home or "index.html").name, made, css)


def collection_page(page: CollectionPage, context: Context, sheet: str = COLLECTION) -> bytes:
    """A page of the collection in the frame of all pages; what it holds must be well-formed XHTML.

    ``sheet`` is the style sheet of ours that it has beside that of all pages.
    """
    up = "../" * page.path.count("/")
    markup = (
        f'<t:page xmlns:t="{OURS[1:-1]}" xmlns="http://www.w3.org/1999/xhtml">'
        f"<t:head>{page.head}</t:head><t:main>{page.main}</t:main></t:page>"
    )
    css = _style(context.stylesheets, STYLE, sheet)
    known = {
        **{"policy": _policy(css, allowed=page.policy), "title": page.title, "language": page.language},
        "class": f"collection {page.kind}".strip(),
        "scripts": "yes" if "script-src" in page.policy else "",
    }
    around = setting(context, known, up=up)
    if are_ours(context.stylesheets):
        return _with_style(_with_place(quick_frame(etree.fromstring(markup, _PARSER), around), page.path), css)
    made = _by_saxon(markup.encode(), around, context)
    if made.html is None:
        raise ValueError(f"{page.path}: {made.findings[0].message}")
    return _with_style(_with_place(made.html, page.path), css)


def _with_place(framed: bytes, path: str) -> bytes:
    """The way through the collection says in which part of it the page lies."""
    part, _, within = path.partition("/")
    to = f'href="{"../" * (within.count("/") + 1)}{part}/index.html"'.encode()
    return framed.replace(to + b">", to + b' aria-current="true">', 1) if within else framed


def _by_saxon(source: Prepared | bytes, around: etree._Element, context: Context) -> Page:
    made = engine(context.stylesheets).transform(_SHEET, source, {"setting": around})
    if made.text is None:
        return Page(None, made.findings)
    page = etree.fromstring(made.text, _PARSER)
    return Page(as_html(etree.tostring(page, encoding="utf-8")), made.findings)


_PARSER = etree.XMLParser(resolve_entities=False, huge_tree=True)


def _as_rendition(name: str, made: Page, css: bytes, parts: Parts = NO_PARTS) -> Rendition:
    files = {} if made.html is None else {name: _with_style(with_parts(made.html, parts), css)}
    return Rendition("html", files, made.findings)


def _with_style(html: bytes, css: bytes) -> bytes:
    # The first `style` is that of the head, before anything that an edition says.
    return html.replace(b"<style></style>", b"<style>%b</style>" % css, 1)


def _policy(css: bytes, more: bytes = b"", *, allowed: str = "", beside: bool = False) -> str:
    """No script, no form target, nothing from elsewhere; the one style sheet, ``css`` and ``more``, by its digest.

    What a page is ``allowed`` beyond that takes the place of the directive of the same name; what sets notes ``beside``
    the text is a ``data:`` style sheet.
    """
    hashed = _hashed(css).copy()
    hashed.update(more)
    digest = f"'sha256-{base64.b64encode(hashed.digest()).decode()}'{' data:' if beside else ''}"
    given = [one.strip() for one in allowed.split(";") if one.strip()]
    named = {one.partition(" ")[0] for one in given}
    always = (
        *("default-src 'none'", f"style-src {digest}", "img-src 'self' data:"),
        *("base-uri 'none'", "form-action 'none'"),
    )
    return "; ".join((*(one for one in always if one.partition(" ")[0] not in named), *given))


@lru_cache(maxsize=8)
def _hashed(css: bytes) -> hashlib._Hash:
    """Read once, because it is the same on all pages; each goes on from a copy."""
    return hashlib.sha256(css)


def _pictures(root: etree._Element) -> Iterator[Download]:
    """The IIIF manifest on the web that the edition names."""
    found = next((one for one in manifests_named(root) if _WEB.fullmatch(one)), None)
    if found:
        yield Download("Pictures (IIIF)", found, "application/ld+json")


_WEB = re.compile(r"https?://[^/?#\s<>\"\\^`{|}][^\s<>\"\\^`{|}]*")


@lru_cache(maxsize=4)
def _style(own: OwnStylesheets, *ours: str) -> bytes:
    return style(own, *ours).encode()
