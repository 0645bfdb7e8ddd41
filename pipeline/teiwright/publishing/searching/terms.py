"""The terms of a search in the order of code points, and what is said of each, kept from one build to the next."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from teiwright.notebooks import is_as_before
from teiwright.publishing.markup import NOTHING, Html
from teiwright.publishing.searching.gathering import Gatherer, Piece
from teiwright.publishing.searching.shards import firsts_of, places_of, size_of
from teiwright.publishing.searching.traits import TRAIT
from teiwright.publishing.searching.word_list import Links

TABLES = """
CREATE TABLE IF NOT EXISTS entry (term TEXT PRIMARY KEY, documents INTEGER, size INTEGER, firsts TEXT, places TEXT,
    listed TEXT) WITHOUT ROWID;
CREATE TEMP TABLE anew (term TEXT PRIMARY KEY) WITHOUT ROWID;
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
    """What is said of all terms."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._gatherer = Gatherer(database)

    def renew(self) -> None:
        """Write down what is said now of the terms that have changed."""
        links = Links(self._database)
        for term, pieces in self._gatherer.changed():
            self._database.execute("INSERT INTO anew VALUES (?)", (term,))
            if not pieces:
                self._database.execute("DELETE FROM entry WHERE term = ?", (term,))
                continue
            listed = NOTHING if term.startswith(TRAIT) else links.entry(term, pieces)
            documents, places = sum(piece.documents for piece in pieces), places_of(pieces)
            size, firsts = (0, firsts_of(pieces)) if places is None else (size_of(term, places), ())
            row = (term, documents, size, json.dumps(firsts), places, listed)
            self._database.execute("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?)", row)

    def __iter__(self) -> Iterator[Term]:
        query = "SELECT term, documents, size, firsts, term IN anew FROM entry ORDER BY term"
        for term, documents, size, firsts, is_new in self._database.execute(query):
            yield Term(term, documents, size, () if size else tuple(json.loads(firsts)), bool(is_new))

    def places(self, first: str, last: str) -> dict[str, str]:
        """The entries of the terms between these, these included."""
        query = "SELECT term, places FROM entry WHERE term >= ? AND term <= ?"
        return dict(self._database.execute(query, (first, last)))

    def listed(self, first: str, last: str) -> list[Html]:
        """The same terms as the list of words has them."""
        query = "SELECT listed FROM entry WHERE term >= ? AND term <= ? ORDER BY term"
        return [Html(listed) for (listed,) in self._database.execute(query, (first, last))]

    def pieces(self, term: str) -> list[Piece]:
        """All places of a term."""
        return self._gatherer.pieces(term)

    def is_as_before(self, path: str, *facts: object) -> bool:
        """Whether a file is made of the same facts as the last time."""
        return is_as_before(self._database, path, *facts)
