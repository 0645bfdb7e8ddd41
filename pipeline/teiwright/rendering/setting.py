"""What a page stands in: the collection, its neighbours, downloads, how to cite it, whom it names (``t:setting``).

It is written as text and parsed at once, which is much faster than to make it element by element; what authority files
say of an entry is the same on all pages, and is written once.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from teiwright.extracted import Entry, NameKind
from teiwright.rendering.citing import Citation, bibtex, chicago, coins, csl, json_ld, ris, scholarly_metadata
from teiwright.rendering.context import Context, Download
from teiwright.rendering.entries import entries_by_id, pages_by_id
from teiwright.rendering.marking import OURS

_TYPES = {"bib": "application/x-bibtex", "ris": "application/x-research-info-systems", "json": "application/json"}
_FOLDERS: Mapping[NameKind, str] = {"person": "persons", "place": "places", "organization": "organizations"}


def setting(context: Context, known: Mapping[str, str], parts: Iterable[str] = (), up: str = "") -> etree._Element:
    """The element, with ``known`` as its attributes if they have a value; ``up`` leads to the documents' pages."""
    of_all = {"collection": context.collection or "", "home": (context.home and up + context.home) or ""}
    said = {name: value for name, value in {**of_all, **known}.items() if value}
    sections = (_empty("section", label=one.label, href=up + one.href) for one in context.sections)
    made = _element("setting", {"xmlns:t": OURS[1:-1], **said}, "".join((*sections, *parts)))
    return etree.fromstring(made, _PARSER)


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def downloads(offered: Iterable[Download]) -> Iterator[str]:
    """Files that a page offers."""
    return (_empty("download", label=one.label, href=one.href, type=one.type) for one in offered)


def neighbours(context: Context) -> Iterator[str]:
    """The documents before and after."""
    for name, neighbour in (("previous", context.previous), ("next", context.next)):
        if neighbour:
            yield _empty(name, href=quote(f"{neighbour.id}.html"), title=neighbour.title)


def citation(cited: Citation, pages: Iterable[tuple[str, str]]) -> str:
    """How to cite the document, and at which of its pages."""
    before, after = chicago(cited)
    # The page stands after the title if that ends the citation with its quotation marks, else before the full stop.
    mark, end, rest = (" ", ".", "") if before.endswith("”") else (", ", "", ".")
    after = " ".join((rest, after)) if after else rest
    said = {"before": before, "after": after, "mark": mark, "end": end, "coins": coins(cited)}
    if cited.address:
        said["address"] = cited.address
    formats = (("BibTeX", "bib", bibtex(cited)), ("RIS", "ris", ris(cited)), ("CSL-JSON", "json", csl(cited)))
    parts = (
        _element("data", {}, escape(json_ld(cited))),
        *(_empty("page", n=number, anchor=anchor) for number, anchor in pages),
        *(_empty("meta", name=name, content=content) for name, content in scholarly_metadata(cited)),
        *(_format(cited.id, label, ending, text) for label, ending, text in formats),
    )
    return _element("cite", said, "".join(parts))


def _format(identifier: str, label: str, ending: str, text: str) -> str:
    href = f"data:{_TYPES[ending]};charset=utf-8;base64,{base64.b64encode(text.encode()).decode()}"  # needs no quoting
    named = _quoted(f"{identifier}.{ending}")
    return f'<t:format label="{label}" file={named} href="{href}">{escape(text)}</t:format>'


def entries(mentioned: Mapping[str, Sequence[tuple[str, str]]], context: Context) -> Iterator[str]:
    """What the authority files say of those whom the text names; persons first, each kind by name."""
    known = entries_by_id(context.authority)
    sections = {section.href for section in context.sections}
    written = _written(context.authority)
    for kind, folder in _FOLDERS.items():
        found = [known[one] for one in mentioned if known[one].kind == kind]
        if not found:
            continue
        pages = pages_by_id(context.authority) if f"{folder}/index.html" in sections else {}
        listed = []
        for entry in sorted(found, key=lambda e: (e.sort_name.casefold(), e.id)):
            page = pages.get(entry.id, "")
            if (entry.id, page) not in written:
                written[entry.id, page] = _entry(entry, page)
            begin, end = written[entry.id, page]
            listed += [begin, "" if page else _mentions(mentioned[entry.id]), end]
        yield _element("entries", {"heading": f"{kind.capitalize()}s"}, "".join(listed))


@lru_cache(maxsize=2)
def _written(authority: tuple[bytes, ...]) -> dict[tuple[str, str], tuple[str, str]]:  # noqa: ARG001 - it is the key
    """Entries as they were written for earlier pages."""
    return {}


def _entry(entry: Entry, page: str) -> tuple[str, str]:
    """An entry, divided where the mentions stand: before its end."""
    noted = "; ".join(filter(None, (entry.dates, entry.note))).rstrip(".")
    also = "; ".join(entry.variants)
    about = ". ".join(filter(None, (noted, also and f"Also: {also}")))
    facts = {"id": entry.id, "name": entry.name, "href": quote(page, safe="/~")}
    said = _element("about", {}, escape(about)) if about else ""
    links = "".join([_empty("link", label=label, href=href) for label, href in entry.links])
    begin, _, end = _element("entry", {name: one for name, one in facts.items() if one}, "\n").partition("\n")
    return f"{begin}{said}{links}", end


def _mentions(mentions: Sequence[tuple[str, str]]) -> str:
    """Links by pages: ``12 (2), 14``; where pages have no numbers, ``(1) (2)``."""
    last, count = None, 0
    links = []
    for anchor, page in mentions:
        count = count + 1 if page == last else 1
        before = "" if last is None else " " if page == last else ", "
        label = page if page and count == 1 else f"({count})"
        links.append(_empty("mention", anchor=anchor, label=label, before=before))
        last = page
    return _element("mentions", {}, "".join(links))


def _empty(name: str, /, **attributes: str) -> str:
    return _element(name, attributes, "")


def _element(name: str, attributes: Mapping[str, str], content: str) -> str:
    said = "".join([f" {key}={_quoted(value)}" for key, value in attributes.items()])
    return f"<t:{name}{said}>{content}</t:{name}>" if content else f"<t:{name}{said}/>"


def _quoted(value: str) -> str:
    return quoteattr(value) if _SPECIAL.search(value) else f'"{value}"'


_SPECIAL = re.compile(r'[&<>"\t\r\n]')
