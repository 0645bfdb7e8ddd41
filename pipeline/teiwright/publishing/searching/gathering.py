"""Where each word stands, merged from the indexes of single documents and read back in the order of words.

A block is a number of documents that follow each other. SQLite keeps what each block has of each word, so that one
document that changed makes its block be merged again and no other.

What is said of a word in several documents is what the index of each says of it (``documents.py``), and before each but
the first by how much its number is higher than that of the last one.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from operator import itemgetter, sub
from typing import Any, NamedTuple

from teiwright.publishing.searching.documents import Index
from teiwright.publishing.searching.numbers import Codes

BLOCK = 64
"""So many documents are a block: not too many, as all of them are merged again for one."""

TABLES = """
CREATE TABLE IF NOT EXISTS piece (term TEXT, first INTEGER, last INTEGER, documents INTEGER, codes TEXT,
    PRIMARY KEY (term, first)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS piece_of_block ON piece (first);
CREATE TEMP TABLE changed (term TEXT PRIMARY KEY) WITHOUT ROWID;
"""

_PIECE = 4_000
"""So many characters of places are one row, unless one document alone has more."""

_AT_ONCE = 250_000
"""So many words of documents are merged in memory, each counted once a document."""


class Piece(NamedTuple):
    """The places of a term in some documents, ``first`` to ``last``; without the number of the first."""

    term: str
    first: int
    last: int
    documents: int
    codes: str


class Gatherer:
    """Takes blocks of documents, and knows which terms have changed."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._codes = Codes()
        self._is_first = database.execute("SELECT 1 FROM piece").fetchone() is None

    def renew(self, block: int, indexes: Iterable[tuple[int, Index]]) -> None:
        """Put what a block has in the place of what it had."""
        now = sorted(self._merged(indexes))
        within = (block * BLOCK, (block + 1) * BLOCK)
        before = set(self._database.execute("SELECT * FROM piece WHERE first >= ? AND first < ?", within))
        gone = sorted(before.difference(now))
        new = [row for row in now if row not in before] if before else now
        self._database.executemany("DELETE FROM piece WHERE (term, first) = (?, ?)", (row[:2] for row in gone))
        self._database.executemany("INSERT INTO piece VALUES (?, ?, ?, ?, ?)", new)
        if not self._is_first:
            self.touch(row[0] for row in (*gone, *new))

    def touch(self, terms: Iterable[str]) -> None:
        """What is said of these terms is to be made anew, although they stand where they stood."""
        self._database.executemany("INSERT OR IGNORE INTO changed VALUES (?)", ((term,) for term in terms))

    def settle(self) -> None:
        """All blocks were taken. The first time all terms have changed, and are written down at once."""
        if self._is_first:
            self._database.execute("INSERT OR IGNORE INTO changed SELECT DISTINCT term FROM piece ORDER BY term")

    def between(self, first: str, last: str) -> Iterator[tuple[str, list[Piece]]]:
        """The terms between these, these included, in the order of code points, and all places of each."""
        rows = self._database.execute("SELECT * FROM piece WHERE term >= ? AND term <= ? ORDER BY 1, 2", (first, last))
        return ((term, [*map(Piece._make, its)]) for term, its in groupby(rows, key=itemgetter(0)))

    def _merged(self, indexes: Iterable[tuple[int, Index]]) -> Iterator[_Row]:
        """What these documents have of each term, by no order of terms."""
        found: _Found = defaultdict(list)
        none, size = self._codes[0], 0
        for number, index in indexes:
            for trait in index.traits:
                found[trait] += (number, none)
            for word, places in zip(index.words, index.places, strict=True):
                its = found[word]
                its.append(number)
                its.append(places)
            size += len(index.words)
            if size > _AT_ONCE:
                yield from _pieces(found, self._codes)
                found.clear()
                size = 0
        yield from _pieces(found, self._codes)


_Row = tuple[str, int, int, int, str]
"""A ``Piece``."""

_Found = defaultdict[str, list[Any]]
"""For each term by turns the number of a document and its places there, in one list: hundreds of thousands of pairs
would keep the collector of garbage busy."""


def _pieces(found: _Found, codes: Codes) -> Iterator[_Row]:
    for term, its in found.items():
        numbers = its[::2]
        its[2::2] = map(codes.__getitem__, map(sub, numbers[1:], numbers))
        written = "".join(its[1:])
        if len(written) <= _PIECE:
            yield (term, numbers[0], numbers[-1], len(numbers), written)
        else:
            yield from _cut(term, numbers, its[1::2], its[2::2])


def _cut(term: str, numbers: Sequence[int], places: Sequence[str], gaps: Sequence[str]) -> Iterator[_Row]:
    """The same as several pieces; ``gaps`` stand between the places of two documents."""
    start = size = 0
    for end in range(1, len(numbers) + 1):
        size += len(places[end - 1])
        if size > _PIECE or end == len(numbers):
            between = chain.from_iterable(zip(gaps[start:], places[start + 1 : end], strict=False))
            yield (term, numbers[start], numbers[end - 1], end - start, "".join((places[start], *between)))
            start, size = end, 0
