"""The terms of a search in the order of code points, and how much place each takes, kept from one build to the next."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from teiwright.notebooks import is_as_before
from teiwright.publishing.searching.gathering import Gatherer, Piece
from teiwright.publishing.searching.shards import firsts_of, places_of, size_of

TABLES = """
CREATE TABLE IF NOT EXISTS entry (term TEXT PRIMARY KEY, documents INTEGER, size INTEGER, firsts TEXT) WITHOUT ROWID;
"""


class Term(NamedTuple):
    """A term, and in how many documents it is. ``is_new`` if anything that is said of it is another than before.

    Its entry has ``size`` bytes in a shard; or it comes so often that its places stand in lists, and ``firsts`` are
    the first documents of these.
    """

    term: str
    documents: int
    size: int
    firsts: tuple[int, ...]
    is_new: bool


class Terms:
    """All terms, and where they stand."""

    def __init__(self, database: sqlite3.Connection, gatherer: Gatherer) -> None:
        self._database, self._gatherer = database, gatherer

    def renew(self) -> None:
        """Write down what is to be known now of the terms that have changed."""
        self._database.execute(
            "DELETE FROM entry WHERE term IN (SELECT term FROM changed WHERE term NOT IN (SELECT term FROM piece))"
        )
        rows = (_entry(term, pieces) for term, pieces in self._gatherer.changed())
        self._database.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)", rows)

    def __iter__(self) -> Iterator[Term]:
        query = "SELECT term, documents, size, firsts, term IN changed FROM entry ORDER BY term"
        for term, documents, size, firsts, is_new in self._database.execute(query):
            yield Term(term, documents, size, () if size else tuple(json.loads(firsts)), bool(is_new))

    def between(self, first: str, last: str) -> Iterator[tuple[str, list[Piece]]]:
        """The terms between these, these included, and all places of each."""
        return self._gatherer.between(first, last)

    def is_as_before(self, path: str, *facts: object) -> bool:
        """Whether a file is made of the same facts as the last time."""
        return is_as_before(self._database, path, *facts)


def _entry(term: str, pieces: list[Piece]) -> tuple[str, int, int, str]:
    documents, places = sum(piece.documents for piece in pieces), places_of(pieces)
    if places is None:
        return term, documents, 0, json.dumps(firsts_of(pieces))
    return term, documents, size_of(term, places), "[]"
