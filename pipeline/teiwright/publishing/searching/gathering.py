"""Where each word stands, merged from the indexes of single documents and read back in the order of words.

A block is a number of documents that follow each other. SQLite keeps what each block has of each word, so that one
document that changed makes its block be merged again and no other.

What is said of a word in several documents is what the index of each says of it (``documents.py``), and before each but
the first by how much its number is higher than that of the last one.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple

from teiwright.publishing.searching.documents import Index
from teiwright.publishing.searching.numbers import NUMBERS, Codes

BLOCK = 64
"""So many documents are a block: not too many, as all of them are merged again for one."""

TABLES = """
CREATE TABLE IF NOT EXISTS piece (term TEXT, first INTEGER, last INTEGER, documents INTEGER, codes TEXT,
    PRIMARY KEY (term, first)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS block (number INTEGER PRIMARY KEY, terms BLOB);
CREATE TEMP TABLE changed (term TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE relinked (term TEXT PRIMARY KEY) WITHOUT ROWID;
"""
"""The pieces; the terms of each block, compressed, by which its pieces are found; the terms that have changed, and
those that stand in a passage to which another link leads.
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
        self.is_first = database.execute("SELECT 1 FROM block").fetchone() is None
        """Then all terms are new, and which have changed is not written down."""

    def block(self) -> Block:
        """One to be filled with documents."""
        return Block(self._codes)

    def renew(self, number: int, block: Block) -> None:
        """Put what a block has in the place of what it had."""
        now = sorted(block.rows())
        before = set() if self.is_first else set(self._rows_of(number))
        gone = sorted(before.difference(now))
        new = [row for row in now if row not in before] if before else now
        self._database.executemany("DELETE FROM piece WHERE (term, first) = (?, ?)", (row[:2] for row in gone))
        self._database.executemany("INSERT INTO piece VALUES (?, ?, ?, ?, ?)", new)
        terms = zlib.compress(json.dumps([term for term, _ in groupby(now, key=_term)]).encode(), 1)
        self._database.execute("INSERT OR REPLACE INTO block VALUES (?, ?)", (number, terms))
        if not self.is_first:
            rows = ((row[0],) for row in (*gone, *new))
            self._database.executemany("INSERT OR IGNORE INTO changed VALUES (?)", rows)

    def relink(self, terms: Iterable[str]) -> None:
        """Links to these terms are to be made anew, although they stand where they stood."""
        self._database.executemany("INSERT OR IGNORE INTO relinked VALUES (?)", ((term,) for term in terms))

    def changed(self) -> Iterator[tuple[str, list[Piece]]]:
        """The terms that have changed and are still there, in the order of code points, and all places of each."""
        which = "piece" if self.is_first else "changed CROSS JOIN piece USING (term)"
        return _by_term(self._database.execute(f"SELECT piece.* FROM {which} ORDER BY 1, 2"))  # noqa: S608 (ours)

    def between(self, first: str, last: str) -> Iterator[tuple[str, list[Piece]]]:
        """The same of the terms between these, these included."""
        query = "SELECT * FROM piece WHERE term >= ? AND term <= ? ORDER BY 1, 2"
        return _by_term(self._database.execute(query, (first, last)))

    def _rows_of(self, block: int) -> Iterator[_Row]:
        kept = self._database.execute("SELECT terms FROM block WHERE number = ?", (block,)).fetchone()
        query = "SELECT * FROM piece WHERE term = ? AND first >= ? AND first < ?"
        for term in json.loads(zlib.decompress(kept[0])) if kept else ():
            yield from self._database.execute(query, (term, block * BLOCK, (block + 1) * BLOCK))


_term = itemgetter(0)


def _by_term(rows: Iterable[_Row]) -> Iterator[tuple[str, list[Piece]]]:
    return ((term, [*map(Piece._make, its)]) for term, its in groupby(rows, key=_term))


class Block:
    """Documents that follow each other, merged term by term as they are added."""

    def __init__(self, codes: Codes) -> None:
        self._codes, self._none = codes, codes[0]
        self._found: dict[str, list[str]] = {}
        self._firsts: dict[str, int] = {}
        self._lasts: dict[str, int] = {}
        self._size = 0
        self._rows: list[_Row] = []

    def add(self, number: int, index: Index) -> None:
        """The next document."""
        found, lasts, codes = self._found, self._lasts, self._codes
        of_traits = ((trait, self._none) for trait in index.traits)
        for term, places in chain(of_traits, zip(index.words, index.places, strict=True)):
            its = found.get(term)
            if its is None:
                found[term] = [places]
                self._firsts[term] = number
            else:
                its.append(codes[number - lasts[term]])
                its.append(places)
            lasts[term] = number
        self._size += len(index.words)
        if self._size > _AT_ONCE:
            self.rows()

    def rows(self) -> list[_Row]:
        """What these documents have of each term, by no order of terms."""
        self._rows += _pieces(self._found, self._firsts, self._lasts)
        for each in (self._found, self._firsts, self._lasts):
            each.clear()
        self._size = 0
        return self._rows


_Row = tuple[str, int, int, int, str]
"""A ``Piece``."""


def _pieces(found: Mapping[str, list[str]], firsts: Mapping[str, int], lasts: Mapping[str, int]) -> Iterator[_Row]:
    """Of each term the places in one document after the other, between which stands how far it is to the next."""
    for term, said in found.items():
        written = "".join(said)
        if len(written) <= _PIECE:
            yield (term, firsts[term], lasts[term], (len(said) + 1) // 2, written)
        else:
            yield from _cut(term, firsts[term], said)


def _cut(term: str, first: int, said: Sequence[str]) -> Iterator[_Row]:
    """The same as several pieces."""
    part: list[str] = []
    size, begun, document = 0, first, first
    for gap, places in zip(("", *said[1::2]), said[::2], strict=True):
        document += NUMBERS[gap] if gap else 0
        part += (gap, places) if part else (places,)
        begun = begun if len(part) > 1 else document
        size += len(places)
        if size > _PIECE:
            yield (term, begun, document, (len(part) + 1) // 2, "".join(part))
            part, size = [], 0
    if part:
        yield (term, begun, document, (len(part) + 1) // 2, "".join(part))
