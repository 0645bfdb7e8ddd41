"""Where each word stands, gathered from blocks of documents and read back in the order of words.

A block is a number of documents that follow each other. SQLite keeps what each block has of each word, so that one
document that changed makes its block be read again and no other.

The places of a word in a document are numbers (``numbers.py``): by how much the document's number is higher than that
of the last one that has the word, how many places there are, and for each of them by how much the passage's number is
higher, and the place in the passage, from the last place if it is the same passage.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from teiwright.extracted import Extract
from teiwright.publishing.searching.numbers import Codes
from teiwright.publishing.searching.traits import traits
from teiwright.publishing.searching.words import words

BLOCK = 32
"""So many documents are a block: few, as all of them are read again for one."""

TABLES = """
CREATE TABLE IF NOT EXISTS piece (term TEXT, first INTEGER, last INTEGER, documents INTEGER, codes TEXT,
    PRIMARY KEY (term, first)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS piece_of_block ON piece (first);
CREATE TABLE IF NOT EXISTS changed (term TEXT PRIMARY KEY) WITHOUT ROWID;
"""

_PIECE = 8_000
"""So many characters of places are one row, unless one document alone has more."""

_NEVER = 1 << 62


class Piece(NamedTuple):
    """The places of a term in some documents, ``first`` to ``last``; without the number of the first."""

    term: str
    first: int
    last: int
    documents: int
    codes: str


@dataclass(slots=True)
class _Read:
    """What the documents of a block have. ``starts``: where each passage begins, in words of the block."""

    places: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    starts: list[int] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    first_passages: dict[int, int] = field(default_factory=dict)
    traits: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    words: int = 0

    def add(self, document: int, extract: Extract) -> None:
        """The words of a document, and by what traits it can be chosen."""
        self.first_passages[document] = len(self.starts)
        places, count = self.places, self.words
        for passage in extract.passages:
            self.starts.append(count)
            self.owners.append(document)
            for word in words(extract.text[passage.start : passage.end]):
                places[word].append(count)
                count += 1
        self.words = count
        for trait in traits(extract):
            self.traits[trait].append(document)

    def pieces(self, codes: Codes) -> Iterator[Piece]:
        """All that was read, by no order of terms."""
        self.starts.append(_NEVER)
        none = codes[0]
        for term, documents in self.traits.items():
            yield from _cut(term, ((document, none) for document in documents), codes)
        for term, places in self.places.items():
            yield from _cut(term, _by_document(places, self, codes), codes)


class Gatherer:
    """Takes blocks of documents, and gives back the terms that have changed."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._codes = Codes()

    def renew(self, block: int, documents: Iterable[tuple[int, Extract]]) -> None:
        """Put what a block has in the place of what it had."""
        read = _Read()
        for number, extract in documents:
            read.add(number, extract)
        now = {piece[:2]: piece for piece in read.pieces(self._codes)}
        within = (block * BLOCK, (block + 1) * BLOCK)
        rows = self._database.execute("SELECT * FROM piece WHERE first >= ? AND first < ?", within)
        before = {row[:2]: row for row in rows}
        gone = sorted(before.keys() - now.keys())
        new = sorted(row for key, row in now.items() if before.get(key) != row)
        self._database.executemany("DELETE FROM piece WHERE (term, first) = (?, ?)", gone)
        self._database.executemany("INSERT OR REPLACE INTO piece VALUES (?, ?, ?, ?, ?)", new)
        self.touch(row[0] for row in (*gone, *new))

    def touch(self, terms: Iterable[str]) -> None:
        """What is said of these terms is to be made anew, although they stand where they stood."""
        self._database.executemany("INSERT OR IGNORE INTO changed VALUES (?)", ((term,) for term in terms))

    def changed(self) -> Iterator[tuple[str, list[Piece]]]:
        """The terms that have changed, in the order of code points, and all places of each; none if it is gone."""
        query = """SELECT changed.term, first, last, documents, codes FROM changed LEFT JOIN piece USING (term)
            ORDER BY changed.term, first"""
        for term, rows in groupby(self._database.execute(query), key=lambda row: row[0]):
            yield term, [Piece(*row) for row in rows if row[1] is not None]
        self._database.execute("DELETE FROM changed")

    def pieces(self, term: str) -> list[Piece]:
        """All places of a term."""
        rows = self._database.execute("SELECT * FROM piece WHERE term = ? ORDER BY first", (term,))
        return [Piece(*row) for row in rows]


def _by_document(places: list[int], run: _Read, codes: Codes) -> Iterator[tuple[int, str]]:
    """Each document with its places."""
    starts, owners = run.starts, run.owners
    written: list[str] = []
    index, document, before, after, last = 0, -1, 0, 0, 0
    for place in places:
        if place < after:
            written.append("#" + codes[place - last])  # the same passage
        else:
            index = bisect_right(starts, place, index) - 1
            after = starts[index + 1]
            if owners[index] != document:
                if written:
                    yield document, codes[len(written)] + "".join(written)
                document, written = owners[index], []
                before = run.first_passages[document]
            written.append(codes[index - before] + codes[place - starts[index]])
            before = index
        last = place
    yield document, codes[len(written)] + "".join(written)


def _cut(term: str, documents: Iterable[tuple[int, str]], codes: Codes) -> Iterator[Piece]:
    first, last, count, size = -1, -1, 0, 0
    written: list[str] = []
    for document, places in documents:
        if size > _PIECE:
            yield Piece(term, first, last, count, "".join(written))
            count, size, written = 0, 0, []
        if count == 0:
            first = document
            written.append(places)
        else:
            written += codes[document - last], places
        last = document
        count += 1
        size += len(places) + 2
    yield Piece(term, first, last, count, "".join(written))
