"""The terms of a search in the order of code points, and how much place each takes, kept from one build to the next."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from teiwright.notebooks import is_as_before
from teiwright.publishing.searching.gathering import Gatherer, Piece
from teiwright.publishing.searching.numbers import numbers
from teiwright.publishing.searching.shards import OFTEN, leaves_of
from teiwright.publishing.searching.traits import TRAIT

TABLES = """
CREATE TABLE IF NOT EXISTS entry (term TEXT PRIMARY KEY, documents INTEGER, length INTEGER, firsts TEXT, shown TEXT)
    WITHOUT ROWID;
"""

SHOWN = 10
"""So many documents of a word have links in the list of words."""

_WAY = 3
"""So many characters, seldom more, say from the last document of a piece to the first of the next."""


class Term(NamedTuple):
    """A term, and in how many documents it is. ``is_new`` if any of its places is another than before, and
    ``is_relinked`` if another link leads to one of them.

    Its places are some ``length`` characters; or it comes so often that they stand in lists, and ``firsts`` are the
    first documents of these. The first documents that have it are ``shown``, each with its first passage that has it:
    numbers by turns, with spaces between them.
    """

    term: str
    documents: int
    length: int
    firsts: tuple[int, ...]
    shown: str
    is_new: bool
    is_relinked: bool


class Terms:
    """All terms, and where they stand."""

    def __init__(self, database: sqlite3.Connection, gatherer: Gatherer) -> None:
        self._database, self._gatherer = database, gatherer

    def renew(self) -> None:
        """Write down what is to be known now of the terms that have changed."""
        gone = "NOT EXISTS (SELECT 1 FROM piece WHERE piece.term = entry.term)"
        self._database.execute(f"DELETE FROM entry WHERE term IN changed AND {gone}")  # noqa: S608 (ours)
        rows = (_entry(term, pieces) for term, pieces in self._gatherer.changed())
        self._database.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?)", rows)

    def __iter__(self) -> Iterator[Term]:
        query = f"SELECT entry.*, {self._gatherer.new}, term IN relinked FROM entry ORDER BY term"  # noqa: S608 (ours)
        for term, documents, length, firsts, shown, *news in self._database.execute(query):
            yield Term(term, documents, length, tuple(json.loads(firsts)) if firsts else (), shown, *map(bool, news))

    def between(self, first: str, last: str) -> Iterator[tuple[str, list[Piece]]]:
        """The terms between these, these included, and all places of each."""
        return self._gatherer.between(first, last)

    def pieces(self, term: str) -> list[Piece]:
        """All places of a term."""
        return next(pieces for _, pieces in self.between(term, term))

    def is_as_before(self, path: str, *facts: object) -> bool:
        """Whether a file is made of the same facts as the last time."""
        return is_as_before(self._database, path, *facts)


def _entry(term: str, pieces: list[Piece]) -> tuple[str, int, int, str, str]:
    """A row of the table."""
    documents = length = 0
    for piece in pieces:
        documents += piece.documents
        length += len(piece.codes) + _WAY
    firsts = json.dumps([leaf.first for leaf in leaves_of(pieces)]) if length > OFTEN else ""
    shown = "" if term.startswith(TRAIT) else " ".join(map(str, _first_places(pieces)))
    return term, documents, length, firsts, shown


def _first_places(pieces: Iterable[Piece]) -> list[int]:
    """By turns a document and the first passage of it that has the word."""
    places: list[int] = []
    for piece in pieces:
        found, document = numbers(piece.codes), piece.first
        for count in found:
            places += (document, next(found))
            if len(places) == 2 * SHOWN:
                return places
            rest = 2 * count - 1  # the place in that passage, and the other places
            document += next(islice(found, rest, rest + 1), 0)
    return places
