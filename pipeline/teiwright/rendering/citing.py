"""How to cite an edition: in words, for reference managers, and for machines that read pages.

Formats: Chicago Manual of Style, 17th edition (14.221 and following); BibTeX; RIS; CSL-JSON; schema.org as JSON-LD;
COinS (OpenURL, Z39.88-2004); the `meta` elements that Google Scholar and Zotero read ("Highwire Press tags").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote, quote_plus

from lxml import etree

from teiwright.rendering.context import Context
from teiwright.rendering.tei import TEI, day_written, plain, stated

_DAY = re.compile(r"-?\d{4}(-\d\d(-\d\d)?)?(?![\d])")


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation says. Days are ISO dates or empty; ``pages`` are those of the original in the text."""

    id: str
    title: str
    authors: tuple[str, ...] = ()
    written: str = ""
    written_words: str = ""
    publisher: str = ""
    published: str = ""
    collection: str = ""
    pages: tuple[str, ...] = ()
    language: str = ""
    licence: str = ""
    address: str = ""

    @property
    def page_range(self) -> str:
        """`962–965`, of the pages whose number is known."""
        return "–".join(dict.fromkeys((self.pages[0], self.pages[-1]))) if self.pages else ""


def citation_of(root: etree._Element, breaks: Iterable[etree._Element], edition_id: str, context: Context) -> Citation:
    """The citation of an edition with these page breaks; what its header does not say stays empty."""
    said = stated(root)
    in_title, published = said[f"{TEI}titleStmt"], said[f"{TEI}publicationStmt"]
    titles = [one for one in in_title if one.tag == f"{TEI}title"]
    main = [title for title in titles if title.get("type") == "main"] or titles[:1]
    sub = [title for title in titles if title.get("type") == "sub"]
    words = [one for one in map(plain, (*main, *sub)) if one]
    written = day_written(root)
    licences = (licence for one in published for licence in one.iter(f"{TEI}licence"))
    target = next((licence.get("target", "") for licence in licences), "")
    day = next((one for one in published if one.tag == f"{TEI}date"), None)
    pages = (page.get("n", "").strip() for page in breaks)
    return Citation(
        id=edition_id,
        title=", ".join(words) or edition_id,
        authors=tuple(_words(in_title, f"{TEI}author")),
        written=_day(written),
        written_words=plain(written) if written is not None else "",
        publisher=next(_words(published, f"{TEI}publisher"), ""),
        published=_day(day) or (plain(day) if day is not None else ""),
        collection=context.collection or "",
        pages=tuple(filter(None, pages)),
        language=root.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
        licence=target if target.startswith(("https://", "http://")) else "",
        address=f"{context.address.rstrip('/')}/{quote(edition_id)}.html" if context.address else "",
    )


def _words(elements: Iterable[etree._Element], tag: str) -> Iterator[str]:
    return (words for element in elements if element.tag == tag and (words := plain(element)))


def _day(date: etree._Element | None) -> str:
    if date is None:
        return ""
    values = (_DAY.match(date.get(name, "")) for name in ("when", "from", "notBefore"))
    return next((value[0] for value in values if value), "")


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def in_words(day: str) -> str:
    """`April 15, 1933`, as the Chicago Manual writes dates (9.35)."""
    year, *rest = day.removeprefix("-").split("-")
    if not rest or not 1 <= int(rest[0]) <= len(_MONTHS):
        return day
    month = _MONTHS[int(rest[0]) - 1]
    return f"{month} {int(rest[1])}, {year}" if len(rest) > 1 else f"{month} {year}"


def chicago(cited: Citation) -> tuple[str, str]:
    """What stands before and what after the page, if one cites a page; the address comes last."""
    source = ", ".join(filter(None, (cited.publisher, cited.published[:4])))
    before = [
        _ended(", ".join(cited.authors)),
        f"“{_ended(cited.title)}”",
        f"{_ended(in_words(cited.written) or cited.written_words)}",
        f"In {cited.collection}" if cited.collection else "",
    ]
    return " ".join(filter(None, before)), _ended(source)


def _ended(words: str) -> str:
    """With a full stop, unless a sign that ends a sentence is there already (Chicago Manual of Style, 14.96)."""
    return words if not words or words[-1] in ".?!" else f"{words}."


def bibtex(cited: Citation) -> str:
    """The entry for BibTeX; what TeX would take for a command is written so that it prints."""
    fields = {
        "author": " and ".join(f"{{{_tex(author)}}}" for author in cited.authors),
        "title": f"{{{_tex(cited.title)}}}",
        "booktitle": _tex(cited.collection),
        "publisher": _tex(cited.publisher),
        "year": cited.published[:4],
        "pages": _tex(cited.page_range.replace("–", "--")),
        "note": _tex(f"Written {cited.written or cited.written_words}") if cited.written or cited.written_words else "",
        "url": cited.address,
        "language": cited.language,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{'incollection' if cited.collection else 'misc'}{{{cited.id},\n{lines}}}"


_TEX = str.maketrans(
    {
        **{"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"},
        **{char: f"\\{char}" for char in "#$%&_"},
    }
)


def _tex(words: str) -> str:
    return words.translate(_TEX)


def ris(cited: Citation) -> str:
    """The record in RIS, one tag a line."""
    first, _, last = cited.page_range.partition("–")
    rows = [
        ("TY", "CHAP" if cited.collection else "ELEC"),
        *(("AU", author) for author in cited.authors),
        *(("TI", cited.title), ("T2", cited.collection), ("PB", cited.publisher), ("PY", cited.published[:4])),
        *(("DA", cited.published.replace("-", "/")), ("SP", first), ("EP", last), ("UR", cited.address)),
        *(("N1", f"Written {cited.written}" if cited.written else ""), ("LA", cited.language), ("ID", cited.id)),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in rows if value) + "ER  - \n"


def csl(cited: Citation) -> str:
    """The item in CSL-JSON, each field in one line."""
    item: dict[str, Any] = {
        "id": cited.id,
        "type": "chapter" if cited.collection else "document",
        "title": cited.title,
        "author": [{"literal": author} for author in cited.authors],
        "container-title": cited.collection,
        "publisher": cited.publisher,
        "issued": _parts(cited.published),
        "original-date": _parts(cited.written),
        "page": cited.page_range,
        "language": cited.language,
        "URL": cited.address,
    }
    fields = ",\n".join([f'  "{name}": {_JSON.encode(value)}' for name, value in item.items() if value])
    return f"[\n {{\n{fields}\n }}\n]"


_JSON = json.JSONEncoder(ensure_ascii=False)


def _parts(day: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in day.split("-")]]} if _DAY.fullmatch(day) and day[0] != "-" else {}


def json_ld(cited: Citation) -> str:
    """The edition as a schema.org ``CreativeWork``; no text in it can end the element that holds it."""
    item: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "name": cited.title,
        "author": [{"@type": "Person", "name": author} for author in cited.authors],
        "dateCreated": cited.written,
        "datePublished": cited.published,
        "publisher": {"@type": "Organization", "name": cited.publisher} if cited.publisher else {},
        "isPartOf": {"@type": "Collection", "name": cited.collection} if cited.collection else {},
        "pagination": cited.page_range,
        "inLanguage": cited.language,
        "license": cited.licence,
        "url": cited.address,
    }
    said = _JSON.encode({name: value for name, value in item.items() if value})
    return said.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def coins(cited: Citation) -> str:
    """The title of a ``span`` of class ``Z3988``."""
    first, _, last = cited.page_range.partition("–")
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"),
        ("rft.genre", "bookitem" if cited.collection else "document"),
        ("rft.atitle" if cited.collection else "rft.title", cited.title),
        ("rft.btitle", cited.collection),
        *(("rft.au", author) for author in cited.authors),
        *(("rft.date", cited.published), ("rft.pub", cited.publisher), ("rft.spage", first), ("rft.epage", last)),
        ("rft_id", cited.address),
    ]
    return "&".join([f"{key}={_in_query(value)}" for key, value in pairs if value])


_in_query = lru_cache(maxsize=256)(quote_plus)  # most values are those of other documents of the collection, too


def scholarly_metadata(cited: Citation) -> list[tuple[str, str]]:
    """Name and content of the ``meta`` elements."""
    first, _, last = cited.page_range.partition("–")
    pairs = [
        ("description", cited.title),
        ("citation_title", cited.title),
        *(("citation_author", author) for author in cited.authors),
        ("citation_date", cited.written or cited.published),
        ("citation_publication_date", cited.published.replace("-", "/")),
        ("citation_inbook_title", cited.collection),
        ("citation_publisher", cited.publisher),
        ("citation_language", cited.language),
        *(("citation_firstpage", first), ("citation_lastpage", last), ("citation_public_url", cited.address)),
        ("dcterms.title", cited.title),
        ("dcterms.language", cited.language),
        ("dcterms.license", cited.licence),
    ]
    return [(name, content) for name, content in pairs if content]
