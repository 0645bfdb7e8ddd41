"""The web view: one page an edition, which carries its style with it and needs no script; and pages around.

All stand in one frame, ``xslt/html/page.xsl``.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import quote

from lxml import etree

from teiwright.extracted import CollectionPage, Entry, NameKind
from teiwright.model import Rendition
from teiwright.rendering.citing import (
    Citation,
    bibtex,
    chicago,
    citation_of,
    coins,
    csl,
    json_ld,
    ris,
    scholarly_metadata,
)
from teiwright.rendering.context import Context, Download
from teiwright.rendering.engine import Prepared, Transformed, engine
from teiwright.rendering.entries import entries_by_id, pages_by_id
from teiwright.rendering.marking import OURS
from teiwright.rendering.page_styles import margin_notes, page_styles, pages_to_cite
from teiwright.rendering.pictures import manifests_named
from teiwright.rendering.quick import are_ours, as_html, is_quick, quick_frame, quick_page
from teiwright.rendering.stylesheets import COLLECTION, STYLE, OwnStylesheets, style
from teiwright.rendering.summaries import Summary
from teiwright.rendering.tei import edition_id

_SHEET = "html.xsl"


def web_page(prepared: Prepared, context: Context) -> Rendition:
    """The page of one edition."""
    if prepared.tree is None:
        return Rendition("html", {})
    document_id = edition_id(prepared.edition)
    root = prepared.tree.root
    pages = pages_to_cite(root)
    css = _style(context.stylesheets, STYLE) + page_styles(pages)
    beside = margin_notes(root)
    setting = _setting(context, css)
    setting.attrib.update({"title": prepared.tree.title, "language": prepared.tree.language, "class": "document"})
    setting.set("has", " ".join(sorted(prepared.tree.kinds)))
    if context.shows_sources:
        setting.set("source", f"source/{quote(document_id)}.html")
    if beside:
        setting.attrib.update({"beside": beside, "policy": _policy(css, beside=True)})
    _add_downloads(setting, (download.of(document_id) for download in context.downloads))
    _add_downloads(setting, _pictures(root))
    _add_neighbours(setting, context)
    _add_citation(setting, citation_of(root, document_id, context.collection or "", context.address), pages)
    _add_entries(setting, prepared.tree.mentioned, context)
    if is_quick(prepared.tree, context.stylesheets):
        made = quick_page(prepared, setting)
    else:
        made = _by_saxon(prepared, setting, context)
    return _as_rendition(f"{document_id}.html", made, css)


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
        _add_downloads(document, (download.of(one.id) for download in context.downloads))
    css = _style(context.stylesheets, STYLE, COLLECTION)
    setting = _setting(context, css)
    setting.attrib.update({"title": title, "language": "en", "class": "index"})
    made = _by_saxon(etree.tostring(root), setting, context)
    return _as_rendition(PurePosixPath(context.home or "index.html").name, made, css)


def collection_page(page: CollectionPage, context: Context, *sheets: str) -> bytes:
    """A page of the collection in the frame of all pages; what it holds must be well-formed XHTML.

    ``sheets`` are style sheets of ours that it needs beside those of all.
    """
    up = "../" * page.path.count("/")
    markup = (
        f'<t:page xmlns:t="{OURS[1:-1]}" xmlns="http://www.w3.org/1999/xhtml">'
        f"<t:head>{page.head}</t:head><t:main>{page.main}</t:main></t:page>"
    )
    css = _style(context.stylesheets, STYLE, COLLECTION, *sheets)
    setting = _setting(context, css, up, page.policy)
    kind = f"collection {page.kind}".strip()
    setting.attrib.update({"title": page.title, "language": page.language, "class": kind})
    if "script-src" in page.policy:
        setting.set("scripts", "")
    if are_ours(context.stylesheets):
        return _bytes(quick_frame(etree.fromstring(markup, _PARSER), setting), css)
    made = _by_saxon(markup.encode(), setting, context)
    if made.text is None:
        raise ValueError(f"{page.path}: {made.findings[0].message}")
    return _bytes(made.text, css)


def _by_saxon(source: Prepared | bytes, setting: etree._Element, context: Context) -> Transformed:
    made = engine(context.stylesheets).transform(_SHEET, source, {"setting": setting})
    return made if made.text is None else replace(made, text=as_html(etree.fromstring(made.text, _PARSER)))


_PARSER = etree.XMLParser(resolve_entities=False, huge_tree=True)


def _as_rendition(name: str, made: Transformed, css: str) -> Rendition:
    files = {} if made.text is None else {name: _bytes(made.text, css)}
    return Rendition("html", files, made.findings)


def _bytes(html: str, css: str) -> bytes:
    # The first `style` is that of the head, before anything that an edition says.
    return html.replace("<style></style>", f"<style>{css}</style>", 1).encode()


def _setting(context: Context, css: str, up: str = "", allowed: str = "") -> etree._Element:
    """What a page stands in. ``up`` leads from it to the folder of the documents' pages."""
    root = etree.Element(f"{OURS}setting", policy=_policy(css, allowed), nsmap={"t": OURS[1:-1]})
    known = {"collection": context.collection, "home": context.home and up + context.home}
    root.attrib.update({name: value for name, value in known.items() if value})
    for section in context.sections:
        etree.SubElement(root, f"{OURS}section", label=section.label, href=up + section.href)
    return root


def _policy(css: str, allowed: str = "", *, beside: bool = False) -> str:
    """No script, no form target, nothing from elsewhere; the one style sheet is known by its digest.

    What a page is ``allowed`` beyond that takes the place of the directive of the same name; what sets notes ``beside``
    the text is a ``data:`` style sheet.
    """
    digest = f"'sha256-{base64.b64encode(sha256(css.encode()).digest()).decode()}'{' data:' if beside else ''}"
    given = [one.strip() for one in allowed.split(";") if one.strip()]
    named = {one.partition(" ")[0] for one in given}
    always = (
        *("default-src 'none'", f"style-src {digest}", "img-src 'self' data:"),
        *("base-uri 'none'", "form-action 'none'"),
    )
    return "; ".join((*(one for one in always if one.partition(" ")[0] not in named), *given))


def _pictures(root: etree._Element) -> Iterator[Download]:
    """The IIIF manifest on the web that the edition names."""
    found = next((one for one in manifests_named(root) if _WEB.fullmatch(one)), None)
    if found:
        yield Download("Pictures (IIIF)", found, "application/ld+json")


_WEB = re.compile(r"https?://[^/?#\s<>\"\\^`{|}][^\s<>\"\\^`{|}]*")


def _add_neighbours(setting: etree._Element, context: Context) -> None:
    for name, neighbour in (("previous", context.previous), ("next", context.next)):
        if neighbour:
            href = quote(f"{neighbour.id}.html")
            etree.SubElement(setting, f"{OURS}{name}", href=href, title=neighbour.title)


def _add_downloads(parent: etree._Element, downloads: Iterable[Download]) -> None:
    for download in downloads:
        etree.SubElement(parent, f"{OURS}download", label=download.label, href=download.href, type=download.type)


def _add_citation(setting: etree._Element, cited: Citation, pages: Iterable[tuple[str, str]]) -> None:
    before, after = chicago(cited)
    # The page stands after the title if that ends the citation with its quotation marks, else before the full stop.
    mark, end, rest = (" ", ".", "") if before.endswith("”") else (", ", "", ".")
    after = " ".join((rest, after)) if after else rest
    cite = etree.SubElement(setting, f"{OURS}cite", before=before, after=after, mark=mark, end=end, coins=coins(cited))
    if cited.address:
        cite.set("address", cited.address)
    etree.SubElement(cite, f"{OURS}data").text = json_ld(cited)
    for number, anchor in pages:
        etree.SubElement(cite, f"{OURS}page", n=number, anchor=anchor)
    for name, content in scholarly_metadata(cited):
        etree.SubElement(cite, f"{OURS}meta", name=name, content=content)
    formats = (("BibTeX", "bib", bibtex(cited)), ("RIS", "ris", ris(cited)), ("CSL-JSON", "json", csl(cited)))
    for label, ending, text in formats:
        one = etree.SubElement(cite, f"{OURS}format", label=label, file=f"{cited.id}.{ending}")
        one.set("href", f"data:{_TYPES[ending]};charset=utf-8;base64,{base64.b64encode(text.encode()).decode()}")
        one.text = text


_TYPES = {"bib": "application/x-bibtex", "ris": "application/x-research-info-systems", "json": "application/json"}
_FOLDERS: Mapping[NameKind, str] = {"person": "persons", "place": "places", "organization": "organizations"}


def _add_entries(setting: etree._Element, mentioned: Mapping[str, Sequence[tuple[str, str]]], context: Context) -> None:
    """What the authority files say of those whom the text names; persons first, each kind by name."""
    known = entries_by_id(context.authority)
    sections = {section.href for section in context.sections}
    for kind, folder in _FOLDERS.items():
        found = [known[one] for one in mentioned if known[one].kind == kind]
        if not found:
            continue
        entries = etree.SubElement(setting, f"{OURS}entries", heading=f"{kind.capitalize()}s")
        for entry in sorted(found, key=lambda e: (e.sort_name.casefold(), e.id)):
            element = etree.SubElement(entries, f"{OURS}entry", id=entry.id, name=entry.name)
            if about := _about(entry):
                element.set("about", about)
            if f"{folder}/index.html" in sections:
                element.set("href", quote(pages_by_id(context.authority)[entry.id], safe="/~"))
            else:
                _add_mentions(element, mentioned[entry.id])
            for label, href in entry.links:
                etree.SubElement(element, f"{OURS}link", label=label, href=href)


def _about(entry: Entry) -> str:
    said = "; ".join(filter(None, (entry.dates, entry.note))).rstrip(".")
    also = "; ".join(entry.variants)
    return ". ".join(filter(None, (said, also and f"Also: {also}")))


def _add_mentions(entry: etree._Element, mentions: Sequence[tuple[str, str]]) -> None:
    """Links by pages: ``12 (2), 14``; where pages have no numbers, ``(1) (2)``."""
    last, count = None, 0
    for anchor, page in mentions:
        count = count + 1 if page == last else 1
        before = "" if last is None else " " if page == last else ", "
        label = page if page and count == 1 else f"({count})"
        etree.SubElement(entry, f"{OURS}mention", anchor=anchor, label=label, before=before)
        last = page


@lru_cache(maxsize=4)
def _style(own: OwnStylesheets, *ours: str) -> str:
    return style(own, *ours)
