"""The terms of a search in the order of code points, and how much place each takes, kept from one build to the next."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from teiwright.notebooks import is_as_before
from teiwright.publishing.paging import in_parts
from teiwright.publishing.searching.gathering import Gatherer, Piece
from teiwright.publishing.searching.numbers import NUMBERS, divided
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
    numbers by turns, with spaces between them. The ``pieces`` of its places are there if they were just read.
    """

    term: str
    documents: int
    length: int
    firsts: tuple[int, ...]
    shown: str
    is_new: bool
    is_relinked: bool
    pieces: tuple[Piece, ...] = ()


class Terms:
    """All terms, and where they stand."""

    def __init__(self, database: sqlite3.Connection, gatherer: Gatherer) -> None:
        self._database, self._gatherer = database, gatherer

    def __iter__(self) -> Iterator[Term]:
        """All, when what is to be known now of those that have changed is written down."""
        if self._gatherer.is_first:
            yield from self._all_new()
        else:
            self._renew()
            yield from self._known()

    def _all_new(self) -> Iterator[Term]:
        """Each as it is written down, with its pieces, so that these are read once."""
        for some in in_parts(self._gatherer.changed(), _AT_ONCE):
            entries = [_entry(term, pieces) for term, pieces in some]
            self._write(entries)
            for entry, (_, pieces) in zip(entries, some, strict=True):
                yield _term(entry, 1, 0, tuple(pieces))

    def _renew(self) -> None:
        gone = "NOT EXISTS (SELECT 1 FROM piece WHERE piece.term = entry.term)"
        self._database.execute(f"DELETE FROM entry WHERE term IN changed AND {gone}")  # noqa: S608 (ours)
        self._write(_entry(term, pieces) for term, pieces in self._gatherer.changed())

    def _write(self, entries: Iterable[_Entry]) -> None:
        self._database.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?)", entries)

    def _known(self) -> Iterator[Term]:
        query = "SELECT entry.*, term IN changed, term IN relinked FROM entry ORDER BY term"
        return (_term(row[:5], *row[5:]) for row in self._database.execute(query))

    def pieces_of(self, terms: Sequence[Term]) -> Iterator[Sequence[Piece]]:
        """All places of each of some terms that follow each other."""
        if all(term.pieces for term in terms):
            return (term.pieces for term in terms)
        return (pieces for _, pieces in self._gatherer.between(terms[0].term, terms[-1].term))

    def is_as_before(self, path: str, *facts: object) -> bool:
        """Whether a file is made of the same facts as the last time."""
        return is_as_before(self._database, path, *facts)


_AT_ONCE = 100
"""So many terms are written down at once; their places are in memory meanwhile."""

_Entry = tuple[str, int, int, str, str]
"""A row of the table."""


def _term(entry: _Entry, is_new: object, is_relinked: object, pieces: tuple[Piece, ...] = ()) -> Term:
    term, documents, length, firsts, shown = entry
    known = tuple(json.loads(firsts)) if firsts else ()
    return Term(term, documents, length, known, shown, bool(is_new), bool(is_relinked), pieces)


def _entry(term: str, pieces: list[Piece]) -> _Entry:
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
        written, document, at = divided(piece.codes), piece.first, 0
        while True:
            places += (document, NUMBERS[written[at + 1]])
            if len(places) == 2 * SHOWN:
                return places
            at += 1 + 2 * NUMBERS[written[at]]  # behind the number of places, each of which is two
            if at == len(written):
                break
            document += NUMBERS[written[at]]
            at += 1
    return places
