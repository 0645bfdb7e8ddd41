"""The terms of a search in the order of code points, and how much place each takes, kept from one build to the next."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from teiwright.notebooks import is_as_before
from teiwright.publishing.searching.gathering import Gatherer, Piece
from teiwright.publishing.searching.shards import OFTEN, leaves_of

TABLES = """
CREATE TABLE IF NOT EXISTS entry (term TEXT PRIMARY KEY, documents INTEGER, length INTEGER, firsts TEXT) WITHOUT ROWID;
"""

_WAY = 3
"""So many characters, seldom more, say from the last document of a piece to the first of the next."""


class Term(NamedTuple):
    """A term, and in how many documents it is. ``is_new`` if anything that is said of it is another than before.

    Its places are some ``length`` characters; or it comes so often that they stand in lists, and ``firsts`` are the
    first documents of these.
    """

    term: str
    documents: int
    length: int
    firsts: tuple[int, ...]
    is_new: bool


class Terms:
    """All terms, and where they stand."""

    def __init__(self, database: sqlite3.Connection, gatherer: Gatherer) -> None:
        self._database, self._gatherer = database, gatherer

    def renew(self) -> None:
        """Write down what is to be known now of the terms that have changed."""
        self._gatherer.settle()
        gone = "NOT EXISTS (SELECT 1 FROM piece WHERE piece.term = entry.term)"
        self._database.execute(f"DELETE FROM entry WHERE term IN changed AND {gone}")  # noqa: S608 (ours)
        lengths = f"sum(documents), sum(length(codes) + {_WAY})"
        rows = f"SELECT term, {lengths}, '[]' FROM changed JOIN piece USING (term) GROUP BY term"  # noqa: S608 (ours)
        self._database.execute(f"INSERT OR REPLACE INTO entry {rows}")
        often = "SELECT term FROM changed JOIN entry USING (term) WHERE length > ?"
        for (term,) in self._database.execute(often, (OFTEN,)).fetchall():
            firsts = json.dumps([leaf.first for leaf in leaves_of(self.pieces(term))])
            self._database.execute("UPDATE entry SET firsts = ? WHERE term = ?", (firsts, term))

    def __iter__(self) -> Iterator[Term]:
        query = "SELECT term, documents, length, firsts, term IN changed FROM entry ORDER BY term"
        for term, documents, length, firsts, is_new in self._database.execute(query):
            yield Term(term, documents, length, () if firsts == "[]" else tuple(json.loads(firsts)), bool(is_new))

    def between(self, first: str, last: str) -> Iterator[tuple[str, list[Piece]]]:
        """The terms between these, these included, and all places of each."""
        return self._gatherer.between(first, last)

    def pieces(self, term: str) -> list[Piece]:
        """All places of a term."""
        return next(pieces for _, pieces in self.between(term, term))

    def is_as_before(self, path: str, *facts: object) -> bool:
        """Whether a file is made of the same facts as the last time."""
        return is_as_before(self._database, path, *facts)
