"""All extracts of a collection, read into a database that sorts them in bounded memory.

A notebook keeps it, so that the next time only those that changed are read.

The queries are put together of words of our own (S608); what editions say goes in as values.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from teiwright.extracted import Entry, Extract, NameKind, Naming, Shelf, Site
from teiwright.notebooks import forget_others, is_as_before, notebook, remove, renewed
from teiwright.publishing.contexts import context_of, words_of
from teiwright.publishing.ordering import sort_key

_TABLES = """
CREATE TABLE IF NOT EXISTS documents (no INTEGER PRIMARY KEY, id, title, subtitle, date, day, source, language, opening,
  changed, change);
CREATE TABLE IF NOT EXISTS mentions (entry, kind, form, sort, day, no, times, anchor, page, note, before, words, after,
  cert, others);
CREATE TABLE IF NOT EXISTS numbers (number, sort, no);
CREATE TEMP TABLE anew (no INTEGER PRIMARY KEY);
CREATE TEMP TABLE anew_named (entry, kind, form, PRIMARY KEY (entry, kind, form)) WITHOUT ROWID;
CREATE TEMP TABLE anew_year (year TEXT PRIMARY KEY) WITHOUT ROWID;
"""
"""What documents say, all mentions of a name in one row: the first, and as JSON the others. Then which documents are
others than before, with their years, and names that are or were mentioned otherwise.
"""

_INDEXES = (
    "mentions_of_document ON mentions (no)",
    "mentions_of_entry ON mentions (entry, kind, no)",
    "mentions_by_form ON mentions (kind, sort, form) WHERE entry = ''",
    "numbers_of_document ON numbers (no)",
)

_MENTIONS_ANEW = """SELECT mentions.*, id, title, subtitle, date, language FROM mentions JOIN documents USING (no)
    WHERE no IN anew"""
"""The mentions of the documents that are others than before, with all that pages of names say of these."""

_FEW = 1_000
"""Of so many documents it is worth while to look which of their mentions changed."""

_DOCUMENT = "no, id, title, subtitle, date, day, source, language, opening, changed, change"

_LINE = "anchor, page, note, before, words, after, cert"


@dataclass(frozen=True, slots=True)
class Document:
    """A document as lists show it. ``day`` is an ISO date or empty, ``change`` what was done on the day ``changed``."""

    no: int
    id: str
    title: str
    subtitle: str
    date: str
    day: str
    source: str
    language: str
    opening: str
    changed: str = ""
    change: str = ""

    @property
    def path(self) -> str:
        """Its page."""
        return f"{self.id}.html"


class Line(NamedTuple):
    """A name where it stands: ``words`` as they are there, the line around them, the label of the note they are in."""

    anchor: str
    page: str
    note: str
    before: str
    words: str
    after: str
    cert: str


class Place(NamedTuple):
    """Where a name stands once more: the page, and the label of the note if it is in one."""

    anchor: str
    page: str
    note: str


class Unlinked(NamedTuple):
    """A name that no entry explains, in a document that has it so many ``times``.

    The first has its line. Of the others, those are told that stand on other pages or in other notes.
    """

    document: Document
    form: str
    times: int
    line: Line
    others: tuple[Place, ...]


class Form(NamedTuple):
    """A name that no entry explains, how often and in how many documents it is, and whether any of these is another
    than before.
    """

    sort: str
    form: str
    times: int
    documents: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Count:
    """How often something is named, and in how many documents."""

    mentions: int
    documents: int


class Gathered:
    """What the extracts of a collection say, sorted as indexes need it."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def documents(self, order: str = "no") -> Iterator[Document]:
        """All documents as the collection has them (``no``), by ``day``, or the last ``changed`` first."""
        sorting = {"no": "no", "day": "day = '', day, no", "changed": "changed DESC, no"}[order]
        for row in self._database.execute(f"SELECT {_DOCUMENT} FROM documents ORDER BY {sorting}"):  # noqa: S608
            yield Document(*row)

    def documents_from(self, first: int, count: int) -> list[Document]:
        """So many documents as the collection has them."""
        query = f"SELECT {_DOCUMENT} FROM documents WHERE no >= ? ORDER BY no LIMIT ?"  # noqa: S608
        return [Document(*row) for row in self._database.execute(query, (first, count))]

    def documents_of(self, year: str) -> Iterator[Document]:
        """The documents of a year, or those without a date, by day."""
        query = f"SELECT {_DOCUMENT} FROM documents WHERE substr(day, 1, 4) = ? ORDER BY day, no"  # noqa: S608
        return (Document(*row) for row in self._database.execute(query, (year,)))

    def has_new(self, first: int, count: int) -> bool:
        """Whether any of so many documents is another than before."""
        query = "SELECT 1 FROM anew WHERE no >= ? AND no < ?"
        return self._database.execute(query, (first, first + count)).fetchone() is not None

    def has_new_in(self, year: str) -> bool:
        """Whether any document that has or had a date in this year is another than before."""
        return self._database.execute("SELECT 1 FROM anew_year WHERE year = ?", (year,)).fetchone() is not None

    def years(self) -> dict[str, int]:
        """How many documents each year has; those without a date are under the empty year."""
        query = "SELECT substr(day, 1, 4) AS year, count(*) FROM documents GROUP BY year ORDER BY year"
        return dict(self._database.execute(query))

    def counts(self) -> dict[str, Count]:
        """How often each entry is named; what has no entry is under the empty id and its kind."""
        query = "SELECT entry, kind, sum(times), count(DISTINCT no) FROM mentions GROUP BY entry, kind"
        rows = self._database.execute(query)
        return {entry or f"~{kind}": Count(mentions, documents) for entry, kind, mentions, documents in rows}

    def entries(self) -> Iterator[tuple[str, bool]]:
        """The entries that are named, and whether a document that is another than before names it, or did."""
        query = (
            "SELECT entry, EXISTS (SELECT 1 FROM anew_named AS anew WHERE anew.entry = mentions.entry) FROM mentions"
        )
        for entry, is_new in self._database.execute(f"{query} WHERE entry <> '' GROUP BY entry").fetchall():
            yield entry, bool(is_new)

    def mentions_of(self, entry: str) -> Iterator[tuple[Document, Line]]:
        """The mentions of an entry, by date as far as documents have one."""
        query = f"SELECT no, others, {_LINE} FROM mentions WHERE entry = ? ORDER BY day = '', day, no"  # noqa: S608 (ours)
        document = lru_cache(maxsize=5_000)(self._document)
        for no, others, *first in self._database.execute(query, (entry,)):
            yield document(no), Line._make(first)
            yield from ((document(no), Line._make(line)) for line in _from_json(others))

    def without_entry(self, kind: NameKind, first: Form, last: Form) -> Iterator[Unlinked]:
        """The names of a kind that no entry explains, from one form to another; of each the documents by date."""
        query = f"""SELECT no, form, times, others, {_LINE} FROM mentions
            WHERE entry = '' AND kind = ? AND (sort, form) >= (?, ?) AND (sort, form) <= (?, ?)
            ORDER BY sort, form, day = '', day, no"""  # noqa: S608 (ours)
        document = lru_cache(maxsize=5_000)(self._document)
        for no, form, times, others, *line in self._database.execute(query, (kind, *first[:2], *last[:2])):
            places = tuple(map(Place._make, _from_json(others)))
            yield Unlinked(document(no), form, times, Line._make(line), places)

    def forms_without_entry(self, kind: NameKind) -> Iterator[Form]:
        """The forms of such names, in the same order."""
        forms = """SELECT sort, form, sum(times) AS times, count(*) AS documents
            FROM mentions WHERE entry = '' AND kind = ?1 GROUP BY sort, form"""
        query = f"""SELECT sort, form, times, documents, ('', ?1, form) IN anew_named
            FROM ({forms}) ORDER BY sort, form"""  # noqa: S608 (ours)
        return map(Form._make, self._database.execute(query, (kind,)))

    def file_numbers(self) -> Iterator[tuple[str, Document]]:
        """Each file number with each document that has it."""
        of_documents = f"SELECT number, {_DOCUMENT} FROM numbers JOIN documents USING (no)"  # noqa: S608
        query = f"{of_documents} ORDER BY numbers.sort, number, no"
        for number, *row in self._database.execute(query):
            yield number, Document(*row)

    def count_of(self, table: str) -> int:
        """How many ``documents``, ``mentions`` or ``numbers`` there are."""
        found: tuple[int] = self._database.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
        return found[0]

    def are_as_before(self, path: str, mentions: Iterable[tuple[Document, Line]], *facts: object) -> bool:
        """Whether a page is made of the same mentions, and ``facts``, as the last time; from now on of these."""
        of_mentions = ((*_facts_of(document), *line) for document, line in mentions)
        return self.is_as_before(path, *facts, *chain.from_iterable(of_mentions))

    def is_as_before(self, path: str, *facts: object) -> bool:
        """The same of a page that is made of ``facts`` alone."""
        return is_as_before(self._database, path, *facts)

    def forget_others(self) -> None:
        """Forget the pages that were not made this time."""
        forget_others(self._database)

    def _document(self, no: int) -> Document:
        query = f"SELECT {_DOCUMENT} FROM documents WHERE no = ?"  # noqa: S608
        return Document(*self._database.execute(query, (no,)).fetchone())


def _facts_of(document: Document) -> tuple[str, ...]:
    return document.id, document.title, document.subtitle, document.date, document.language


@contextmanager
def gathered(shelf: Shelf, site: Site, notes: Path | None = None) -> Iterator[Gathered]:
    """Read the extracts that are not in the ``notes`` as they are."""
    entries = {entry.id: entry for entry in site.entries}
    with notebook(notes, _TABLES) as database:
        changed = renewed(database, shelf)
        database.executemany("INSERT INTO anew VALUES (?)", ((no,) for no in changed))
        _note_years(database)
        database.execute(f"CREATE TEMP TABLE before AS {_MENTIONS_ANEW}")
        for table in ("documents", "mentions", "numbers"):
            remove(database, table, changed, "no")
        for no, extract in shelf.numbered(changed):
            _add(database, no, extract, entries)
        for index in _INDEXES:  # only now, as to sort all at once takes less than to put each where it belongs
            database.execute(f"CREATE INDEX IF NOT EXISTS {index}")
        _note_years(database)
        _note_names(database, compared=len(changed) <= _FEW)
        yield Gathered(database)


def _note_years(database: sqlite3.Connection) -> None:
    database.execute("INSERT OR IGNORE INTO anew_year SELECT substr(day, 1, 4) FROM documents WHERE no IN anew")


def _note_names(database: sqlite3.Connection, *, compared: bool) -> None:
    """Note what is named otherwise than ``before``; unless that is ``compared``, all that is and was named."""
    before = "SELECT * FROM before"
    for one, other in ((before, _MENTIONS_ANEW), (_MENTIONS_ANEW, before)):
        others = f"{one} EXCEPT {other}" if compared else one
        database.execute(f"INSERT OR IGNORE INTO anew_named SELECT entry, kind, form FROM ({others})")  # noqa: S608
    database.execute("DROP TABLE before")


def _add(database: sqlite3.Connection, no: int, extract: Extract, entries: dict[str, Entry]) -> None:
    facts = (extract.title, extract.subtitle, extract.date, extract.when, extract.source, extract.language)
    row = (no, extract.id, *facts, extract.opening, extract.changed, extract.change)
    database.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    numbers = [(number, sort_key(number), no) for number in extract.file_numbers]
    database.executemany("INSERT INTO numbers VALUES (?, ?, ?)", numbers)
    mentions = _mentions_in(extract, no, entries)
    database.executemany("INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", mentions)


def _mentions_in(extract: Extract, no: int, entries: Mapping[str, Entry]) -> Iterator[tuple[object, ...]]:
    """The rows of a document."""
    found: dict[tuple[str, str, str], list[Naming]] = {}
    for name in extract.names:
        entry = entries.get(name.ref)
        # Of a name with an entry the form is not sorted by.
        what = (entry.id, entry.kind, "") if entry else ("", name.kind, words_of(extract.text, name.start, name.end))
        found.setdefault(what, []).append(name)
    notes = [note.start for note in extract.notes]
    for (entry_id, kind, form), names in found.items():
        line = _line(extract, notes, names[0])
        others = [_line(extract, notes, name) for name in names[1:]] if entry_id else _elsewhere(extract, notes, names)
        facts = sort_key(form) if form else "", extract.when, no, len(names)
        yield (entry_id, kind, form, *facts, *line, _as_json(others) if others else "")


def _line(extract: Extract, notes: Sequence[int], name: Naming) -> tuple[str, ...]:
    """A ``Line``; ``notes`` are where all notes begin."""
    around = context_of(extract.text, name.start, name.end)
    return (name.anchor, name.page, _note_around(extract, notes, name), *around, name.cert)


def _elsewhere(extract: Extract, notes: Sequence[int], names: Sequence[Naming]) -> list[tuple[str, str, str]]:
    """The first mention in each ``Place`` but that in which the first of all stands."""
    if len(names) == 1:
        return []
    seen: dict[tuple[str, str], str] = {}
    for name in names:
        seen.setdefault((name.page, _note_around(extract, notes, name)), name.anchor)
    return [(anchor, page, note) for (page, note), anchor in islice(seen.items(), 1, None)]


def _note_around(extract: Extract, notes: Sequence[int], name: Naming) -> str:
    """The label of the note in which a name stands."""
    note = extract.notes[bisect_right(notes, name.start) - 1] if notes else None
    return note.label if note and note.start <= name.start < note.end else ""


_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _from_json(written: str) -> list[list[str]]:
    return json.loads(written) if written else []
