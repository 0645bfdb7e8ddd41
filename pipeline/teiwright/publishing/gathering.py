"""All extracts of a collection, read into a database that sorts them in bounded memory.

A notebook keeps it, so that the next time only those that changed are read.

The queries are put together of words of our own (S608); what editions say goes in as values.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from teiwright.digests import key_of
from teiwright.extracted import Entry, Extract, NameKind, Naming, Shelf, Site
from teiwright.notebooks import notebook, remove, renewed
from teiwright.publishing.contexts import context_of
from teiwright.publishing.ordering import sort_key

_TABLES = """
CREATE TABLE IF NOT EXISTS documents (no INTEGER PRIMARY KEY, id, title, subtitle, date, day, source, language, opening,
  changed, change);
CREATE TABLE IF NOT EXISTS mentions (entry, kind, form, sort, day, no, place, anchor, page, note, before, words, after,
  cert);
CREATE INDEX IF NOT EXISTS mentions_of_document ON mentions (no);
CREATE TABLE IF NOT EXISTS numbers (number, sort, no);
CREATE INDEX IF NOT EXISTS numbers_of_document ON numbers (no);
CREATE TABLE IF NOT EXISTS made (path TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID;
"""
_DOCUMENT = "no, id, title, subtitle, date, day, source, language, opening, changed, change"
_MENTION = "entry, kind, form, anchor, page, note, before, words, after, cert"


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


class Mention(NamedTuple):
    """A name in a document: ``words`` as they stand there, the line around them, the label of the note they are in."""

    document: Document
    entry: str
    kind: NameKind
    form: str
    anchor: str
    page: str
    note: str
    before: str
    words: str
    after: str
    cert: str


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

    def years(self) -> dict[str, int]:
        """How many documents each year has; those without a date are under the empty year."""
        query = "SELECT substr(day, 1, 4) AS year, count(*) FROM documents GROUP BY year ORDER BY year"
        return dict(self._database.execute(query))

    def counts(self) -> dict[str, Count]:
        """How often each entry is named; what has no entry is under the empty id and its kind."""
        query = "SELECT CASE entry WHEN '' THEN '~' || kind ELSE entry END AS what, count(*), count(DISTINCT no) "
        rows = self._database.execute(f"{query} FROM mentions GROUP BY what")
        return {what: Count(mentions, documents) for what, mentions, documents in rows}

    def by_entry(self) -> Iterator[Mention]:
        """The mentions of all entries: by entry, and of each by date, as far as documents have one."""
        yield from self._mentions("entry <> ''", "entry, day = '', day, no, place")

    def without_entry(self, kind: NameKind) -> Iterator[Mention]:
        """The mentions of names of a kind that no entry explains, by form."""
        yield from self._mentions(f"entry = '' AND kind = '{kind}'", "sort, form, day = '', day, no, place")

    def forms_without_entry(self, kind: NameKind) -> Iterator[tuple[str, int]]:
        """The forms of such names and how often each occurs, in the same order."""
        query = (
            "SELECT form, count(*) FROM mentions WHERE entry = '' AND kind = ? GROUP BY sort, form ORDER BY sort, form"
        )
        yield from self._database.execute(query, (kind,))

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

    def are_as_before(self, path: str, mentions: Iterable[Mention], *facts: object) -> bool:
        """Whether a page is made of the same mentions, and ``facts``, as the last time; from now on of these."""
        of_mentions = ((*_facts_of(mention.document), *mention[1:]) for mention in mentions)
        digest = key_of(*facts, *chain.from_iterable(of_mentions))
        before = self._database.execute("SELECT digest FROM made WHERE path = ?", (path,)).fetchone()
        self._database.execute("INSERT OR REPLACE INTO made VALUES (?, ?)", (path, digest))
        return bool(before == (digest,))

    def forget_others(self, files: Iterable[str]) -> None:
        """The pages that were not made this time."""
        self._database.execute("CREATE TEMP TABLE now (path TEXT PRIMARY KEY) WITHOUT ROWID")
        self._database.executemany("INSERT INTO now VALUES (?)", ((file,) for file in files))
        self._database.execute("DELETE FROM made WHERE 'html/' || path NOT IN now")

    def _mentions(self, which: str, order: str) -> Iterator[Mention]:
        query = f"SELECT no, {_MENTION} FROM mentions WHERE {which} ORDER BY {order}"  # noqa: S608
        document = lru_cache(maxsize=20_000)(self._document)
        for no, *row in self._database.execute(query):
            yield Mention(document(no), *row)

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
        for table in ("documents", "mentions", "numbers"):
            remove(database, table, changed, "no")
        for no, extract in shelf.numbered(frozenset(changed)):
            _add(database, no, extract, entries)
        yield Gathered(database)


def _add(database: sqlite3.Connection, no: int, extract: Extract, entries: dict[str, Entry]) -> None:
    facts = (extract.title, extract.subtitle, extract.date, extract.when, extract.source, extract.language)
    row = (no, extract.id, *facts, extract.opening, extract.changed, extract.change)
    database.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    numbers = [(number, sort_key(number), no) for number in extract.file_numbers]
    database.executemany("INSERT INTO numbers VALUES (?, ?, ?)", numbers)
    mentions = [_mention(no, place, extract, name, entries.get(name.ref)) for place, name in enumerate(extract.names)]
    database.executemany("INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", mentions)


def _mention(no: int, place: int, extract: Extract, name: Naming, entry: Entry | None) -> tuple[object, ...]:
    before, words, after = context_of(extract.text, name.start, name.end)
    # Of a name with an entry the form is not sorted by.
    what = (entry.id, entry.kind, "", "") if entry else ("", name.kind, words, sort_key(words))
    note = bisect_right(extract.notes, name.start, key=lambda note: note.start) - 1
    label = extract.notes[note].label if note >= 0 and name.start < extract.notes[note].end else ""
    return (*what, extract.when, no, place, name.anchor, name.page, label, before, words, after, name.cert)
