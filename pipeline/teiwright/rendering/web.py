"""The web view: one page an edition, which carries its style with it and needs no script; and pages around.

All stand in one frame, ``xslt/html/page.xsl``.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import quote

from lxml import etree

from teiwright.extracted import CollectionPage, NameKind
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
from teiwright.rendering.engine import Parameter, Prepared, Transformed, engine
from teiwright.rendering.entries import entries_by_id, pages_by_id
from teiwright.rendering.page_styles import margin_notes, page_styles, pages_to_cite
from teiwright.rendering.stylesheets import COLLECTION, STYLE, OwnStylesheets, style
from teiwright.rendering.summaries import Summary
from teiwright.rendering.tei import TEI, edition_id, plain

_OURS = "urn:x-teiwright:edition"
_SHEET = "html.xsl"


def web_page(prepared: Prepared, context: Context) -> Rendition:
    """The page of one edition."""
    if prepared.tree is None:
        return Rendition("html", {})
    document_id = edition_id(prepared.edition)
    cited = citation_of(prepared.tree.root, document_id, context.collection or "", context.address)
    css = _style(context.stylesheets, STYLE) + page_styles(prepared.tree.root)
    setting = _setting(context)
    setting.set("id", document_id)
    if beside := margin_notes(prepared.tree.root):
        setting.set("beside", beside)
    if context.shows_sources:
        setting.set("source", f"source/{quote(document_id)}.html")
    setting.set("has", " ".join(sorted(prepared.tree.kinds)))
    _add_downloads(setting, (download.of(document_id) for download in context.downloads))
    _add_downloads(setting, _pictures(prepared.tree.root))
    _add_neighbours(setting, context)
    _add_citation(setting, cited, pages_to_cite(prepared.tree.root))
    _add_entries(setting, prepared.tree.mentioned, context)
    parameters: dict[str, Parameter] = {"style-digest": _digest(css), "setting": etree.tostring(setting)}
    made = engine(context.stylesheets).transform(_SHEET, prepared, parameters)
    return _as_rendition(f"{document_id}.html", made, css)


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
    css = _style(context.stylesheets, STYLE, COLLECTION)
    made = _made_of(root, context, css)
    return _as_rendition(PurePosixPath(context.home or "index.html").name, made, css)


def collection_page(page: CollectionPage, context: Context, *sheets: str) -> bytes:
    """A page of the collection in the frame of all pages; what it holds must be well-formed XHTML.

    ``sheets`` are style sheets of ours that it needs beside those of all.
    """
    up = "../" * page.path.count("/")
    markup = (
        f'<t:page xmlns:t="{_OURS}" xmlns="http://www.w3.org/1999/xhtml">'
        f"<t:head>{page.head}</t:head><t:main>{page.main}</t:main></t:page>"
    )
    root = etree.fromstring(markup.encode(), etree.XMLParser(resolve_entities=False, huge_tree=True))
    root.attrib.update({"title": page.title, "class": page.kind, "language": page.language})
    css = _style(context.stylesheets, STYLE, COLLECTION, *sheets)
    made = _made_of(root, context, css, up, page.policy)
    if made.text is None:
        raise ValueError(f"{page.path}: {made.findings[0].message}")
    return _bytes(made.text, css)


def _made_of(root: etree._Element, context: Context, css: str, up: str = "", policy: str = "") -> Transformed:
    parameters: dict[str, Parameter] = {
        "style-digest": _digest(css),
        "setting": etree.tostring(_setting(context, up)),
        "allowed": policy,
    }
    return engine(context.stylesheets).transform(_SHEET, etree.tostring(root), parameters)


def _as_rendition(name: str, made: Transformed, css: str) -> Rendition:
    files = {} if made.text is None else {name: _bytes(made.text, css)}
    return Rendition("html", files, made.findings)


def _bytes(text: str, css: str) -> bytes:
    # The first `style` is that of the head, before anything that an edition says.
    return f"{text.rstrip()}\n".replace("<style></style>", f"<style>{css}</style>", 1).encode()


def _setting(context: Context, up: str = "") -> etree._Element:
    """What a page stands in. ``up`` leads from it to the folder of the documents' pages."""
    known = {"collection": context.collection, "home": context.home and up + context.home, "address": context.address}
    root = etree.Element(f"{{{_OURS}}}setting", {name: value for name, value in known.items() if value})
    for section in context.sections:
        etree.SubElement(root, f"{{{_OURS}}}section", label=section.label, href=up + section.href)
    return root


def _pictures(root: etree._Element) -> Iterator[Download]:
    """The IIIF manifest that the edition names: ``facsimile/@sameAs``, or an ``idno`` of that type in the header."""
    named = [facsimile.get("sameAs", "") for facsimile in root.iterfind(f"{TEI}facsimile")]
    numbers = (number for header in root.iterfind(f"{TEI}teiHeader") for number in header.iter(f"{TEI}idno"))
    named += [plain(number) for number in numbers if number.get("type", "").lower().startswith("iiif")]
    found = next((one for one in named if _WEB.fullmatch(one)), None)
    if found:
        yield Download("Pictures (IIIF)", found, "application/ld+json")


_WEB = re.compile(r"https?://[^/?#\s<>\"\\^`{|}][^\s<>\"\\^`{|}]*")


def _add_neighbours(setting: etree._Element, context: Context) -> None:
    for name, neighbour in (("previous", context.previous), ("next", context.next)):
        if neighbour:
            href = quote(f"{neighbour.id}.html")
            etree.SubElement(setting, f"{{{_OURS}}}{name}", href=href, title=neighbour.title)


def _add_downloads(parent: etree._Element, downloads: Iterable[Download]) -> None:
    for download in downloads:
        etree.SubElement(parent, f"{{{_OURS}}}download", label=download.label, href=download.href, type=download.type)


def _add_citation(setting: etree._Element, cited: Citation, pages: Iterable[tuple[str, str]]) -> None:
    before, after = chicago(cited)
    cite = etree.SubElement(setting, f"{{{_OURS}}}cite", before=before, after=after, address=cited.address)
    cite.set("coins", coins(cited))
    etree.SubElement(cite, f"{{{_OURS}}}data").text = json_ld(cited)
    for number, anchor in pages:
        etree.SubElement(cite, f"{{{_OURS}}}page", n=number, anchor=anchor)
    for name, content in scholarly_metadata(cited):
        etree.SubElement(cite, f"{{{_OURS}}}meta", name=name, content=content)
    formats = (("BibTeX", "bib", bibtex(cited)), ("RIS", "ris", ris(cited)), ("CSL-JSON", "json", csl(cited)))
    for label, ending, text in formats:
        one = etree.SubElement(cite, f"{{{_OURS}}}format", label=label, file=f"{cited.id}.{ending}")
        one.set("href", f"data:{_TYPES[ending]};charset=utf-8;base64,{base64.b64encode(text.encode()).decode()}")
        one.text = text


_TYPES = {"bib": "application/x-bibtex", "ris": "application/x-research-info-systems", "json": "application/json"}
_FOLDERS: Mapping[NameKind, str] = {"person": "persons", "place": "places", "organization": "organizations"}


def _add_entries(setting: etree._Element, mentioned: Iterable[str], context: Context) -> None:
    """What the authority files say of those whom the text names; persons first, each kind by name."""
    known = entries_by_id(context.authority)
    sections = {section.href for section in context.sections}
    order = tuple(_FOLDERS)
    found = (known[one] for one in mentioned)
    for entry in sorted(found, key=lambda e: (order.index(e.kind), e.sort_name.casefold(), e.id)):
        about = ". ".join(
            filter(
                None,
                (
                    "; ".join(filter(None, (entry.dates, entry.note))).rstrip("."),
                    "; ".join(entry.variants) and f"Also: {'; '.join(entry.variants)}",
                ),
            )
        )
        element = etree.SubElement(setting, f"{{{_OURS}}}entry", id=entry.id, kind=entry.kind, name=entry.name)
        element.set("about", about)
        if f"{_FOLDERS[entry.kind]}/index.html" in sections:
            element.set("href", quote(pages_by_id(context.authority)[entry.id], safe="/~"))
        for label, href in entry.links:
            etree.SubElement(element, f"{{{_OURS}}}link", label=label, href=href)


@lru_cache(maxsize=4)
def _style(own: OwnStylesheets, *ours: str) -> str:
    return style(own, *ours)


def _digest(css: str) -> str:
    """By which a page's policy admits its style sheet."""
    return f"sha256-{base64.b64encode(sha256(css.encode()).digest()).decode()}"
