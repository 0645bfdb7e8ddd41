"""The tables: what a row is, and what its columns say.

Offsets are those of ``Extract``: code points of the document's plain text, from ``start`` up to but without ``end``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from teiwright.extracted import Extract, Site

Value = str | int | float | list[str] | None
Kind = Literal["string", "integer", "number", "array"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column, as Frictionless describes one. ``points_to`` is the table whose key it holds."""

    name: str
    says: str
    kind: Kind = "string"
    points_to: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of rows that one document has after the other."""

    name: str
    says: str
    columns: tuple[Column, ...]
    rows: Callable[[Extract], Iterator[tuple[Value, ...]]]
    key: tuple[str, ...] = ()


_DOCUMENT = Column("document", "id of the document", points_to="documents", required=True)
_START = Column("start", "where it begins in the plain text", "integer")
_END = Column("end", "where it ends in the plain text", "integer")
_TEXT = Column("text", "the words, as the plain text has them from start to end")
_PAGE = Column("page", "page of the source on which it begins")
_ANCHOR = Column("anchor", "id on the document's web page")
_CERT = Column("cert", "how sure a program was: high, medium or low; empty if a person said it")


def _documents(extract: Extract) -> Iterator[tuple[Value, ...]]:
    facts = (extract.title, extract.subtitle, extract.kind, extract.date, extract.when, extract.until)
    numbers = list(extract.file_numbers)
    counted = (len(extract.text), len(extract.notes), len(extract.pages), len(extract.names))
    yield extract.id, *facts, extract.source, numbers, extract.language, *counted


DOCUMENTS = Table(
    "documents",
    "The documents, in the order of the collection",
    (
        Column("id", "id of the document; its plain text is text/ID.txt", required=True),
        Column("title", "its title"),
        Column("subtitle", "its subtitle"),
        Column("kind", "letter, despatch, memorandum …"),
        Column("date", "its date in its own words"),
        Column("when", "the same as a day, month or year (ISO 8601), or the first of several"),
        Column("until", "the last of several"),
        Column("source", "where the original is printed or kept"),
        Column("file_numbers", "numbers of files; in CSV with | between them", "array"),
        Column("language", "language (BCP 47)"),
        Column("length", "length of the plain text", "integer"),
        Column("notes", "how many notes it has", "integer"),
        Column("pages", "how many page breaks it has", "integer"),
        Column("names", "how many mentions of names it has", "integer"),
    ),
    _documents,
    key=("id",),
)


def _names(extract: Extract) -> Iterator[tuple[Value, ...]]:
    for one in extract.names:
        words = extract.text[one.start : one.end]
        yield extract.id, one.start, one.end, words, one.kind, one.ref, one.page, one.anchor, one.cert, one.role


NAMES = Table(
    "names",
    "Each mention of a person, place or organization in a text or a note",
    (
        *(_DOCUMENT, _START, _END, _TEXT),
        Column("kind", "person, place or organization"),
        Column("ref", "id of the entry that is meant, if that is known", points_to="entries"),
        *(_PAGE, _ANCHOR, _CERT),
        Column("role", "from or to, for those between whom a heading says a letter went"),
    ),
    _names,
)


def _notes(extract: Extract) -> Iterator[tuple[Value, ...]]:
    for one in extract.notes:
        words = extract.text[one.start : one.end]
        called = (one.label, one.called, one.page, one.anchor, one.place, one.cert)
        yield extract.id, one.start, one.end, words, *called


NOTES = Table(
    "notes",
    "Each note",
    (
        *(_DOCUMENT, _START, _END, _TEXT),
        Column("label", "the mark that was printed, else the number of the note"),
        Column("called", "where its mark stands in the plain text; empty if the text has no mark for it", "integer"),
        *(_PAGE, _ANCHOR),
        Column("place", "where it was printed: foot, end …"),
        _CERT,
    ),
    _notes,
)


def _pages(extract: Extract) -> Iterator[tuple[Value, ...]]:
    for one in extract.pages:
        yield extract.id, one.at, one.n, one.anchor, one.facs


PAGES = Table(
    "pages",
    "Each page break of the source",
    (
        _DOCUMENT,
        Column("at", "where the page begins in the plain text", "integer"),
        Column("n", "number of the page, if it is known"),
        _ANCHOR,
        Column("facs", "picture of the page"),
    ),
    _pages,
)


def _correspondence(extract: Extract) -> Iterator[tuple[Value, ...]]:
    for one in extract.correspondents:
        yield extract.id, one.role, one.name, one.ref, one.place, one.place_ref, one.when


CORRESPONDENCE = Table(
    "correspondence",
    "Who sent and who received a document",
    (
        _DOCUMENT,
        Column("role", "sent or received"),
        Column("name", "who, in the edition's words"),
        Column("ref", "id of the person's entry, or an address where others describe the person"),
        Column("place", "where"),
        Column("place_ref", "id of the place's entry, or an address where others describe it"),
        Column("when", "on which day (ISO 8601)"),
    ),
    _correspondence,
)

ENTRIES = Table(
    "entries",
    "Who and what the names mean",
    (
        Column("id", "id of the entry", required=True),
        Column("kind", "person, place or organization"),
        Column("name", "its name"),
        Column("sort_name", "the name by which it is sorted"),
        Column("variants", "other forms of the name; in CSV with | between them", "array"),
        Column("dates", "years of birth and death"),
        Column("note", "who or what it is"),
        Column("links", "addresses where others describe it; in CSV with | between them", "array"),
        Column("latitude", "latitude (WGS 84)", "number"),
        Column("longitude", "longitude (WGS 84)", "number"),
    ),
    lambda _: iter(()),
    key=("id",),
)

BY_DOCUMENT = (DOCUMENTS, NAMES, NOTES, PAGES, CORRESPONDENCE)


def entry_rows(site: Site) -> Iterator[tuple[Value, ...]]:
    """The rows of ``ENTRIES``, which no document has."""
    for one in site.entries:
        links = [address for _, address in one.links]
        facts = (one.sort_name, list(one.variants), one.dates, one.note, links, one.latitude, one.longitude)
        yield one.id, one.kind, one.name, *facts
