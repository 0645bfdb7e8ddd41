"""Where each word stands, as files of bounded size: shards of many words, and lists for words that come often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from teiwright.extracted import AsBefore, Renewed
from teiwright.publishing.searching.gathering import Piece
from teiwright.publishing.searching.numbers import encode
from teiwright.publishing.searching.scripts import LEAF, as_json, numbered, script, script_path

if TYPE_CHECKING:
    from teiwright.publishing.searching.terms import Term, Terms

_OFTEN = LEAF // 2
"""Places that are longer than this stand in files of their own."""


def places_of(pieces: Iterable[Piece]) -> str | None:
    """The places of a term as a shard has them; none if they are too long for it."""
    leaves = list(_leaves(pieces))
    is_short = len(leaves) == 1 and len(leaves[0].codes) <= _OFTEN
    return encode(leaves[0].first) + leaves[0].codes if is_short else None


def firsts_of(pieces: Iterable[Piece]) -> tuple[int, ...]:
    """The first document of each list that a term needs."""
    return tuple(leaf.first for leaf in _leaves(pieces))


def size_of(term: str, entry: object) -> int:
    """The bytes that an entry takes of a shard."""
    return len(as_json(term).encode()) + len(as_json(entry)) + 2


@dataclass(slots=True)
class Shards:
    """Writes the files; ``firsts`` are the first terms of the shards, once all are written."""

    terms: Terms
    firsts: list[str] = field(default_factory=list)
    _lists: int = 0
    _shard: list[tuple[Term, object]] = field(default_factory=list)
    _size: int = 0

    def add(self, term: Term) -> Renewed:
        """The next term, in the order of code points; files that are full."""
        entry, size = None, term.size
        if term.firsts:
            entry = [term.documents, self._lists, term.firsts]
            size = size_of(term.term, entry)
            yield from self._lists_of(term)
        if self._shard and self._size + size > LEAF:
            yield from self.rest()
        self._shard.append((term, entry))
        self._size += size

    def rest(self) -> Renewed:
        """The last file."""
        if not self._shard:
            return
        name, shard = numbered("words", len(self.firsts)), self._shard
        first, last = shard[0][0].term, shard[-1][0].term
        self.firsts.append(first)
        self._shard, self._size = [], 0
        is_same = self.terms.is_as_before(script_path(name), *((term.term, entry) for term, entry in shard))
        if is_same and not any(term.is_new for term, _ in shard):
            yield AsBefore(script_path(name))
            return
        places = {term: places_of(pieces) for term, pieces in self.terms.between(first, last)}
        yield script(name, [said for term, entry in shard for said in (term.term, entry or places[term.term])])

    def _lists_of(self, term: Term) -> Renewed:
        """The files of a term that comes often."""
        names = [numbered("lists", self._lists + number) for number in range(len(term.firsts))]
        self._lists += len(names)
        are_same = [self.terms.is_as_before(script_path(name), term.term, term.firsts, name) for name in names]
        if all(are_same) and not term.is_new:
            yield from (AsBefore(script_path(name)) for name in names)
            return
        (pieces,) = (pieces for _, pieces in self.terms.between(term.term, term.term))
        for name, leaf in zip(names, _leaves(pieces), strict=True):
            yield script(name, encode(0) + leaf.codes)


def _leaves(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces of one term, joined up to the size of a file."""
    joined: list[Piece] = []
    size = 0
    for piece in pieces:
        if joined and size + len(piece.codes) > LEAF:
            yield _one(joined)
            joined, size = [], 0
        joined.append(piece)
        size += len(piece.codes)
    if joined:
        yield _one(joined)


def _one(pieces: list[Piece]) -> Piece:
    first, last = pieces[0], pieces[-1]
    if first is last:
        return first
    gaps = (encode(piece.first - before.last) + piece.codes for before, piece in pairwise(pieces))
    codes = "".join((first.codes, *gaps))
    return Piece(first.term, first.first, last.last, sum(piece.documents for piece in pieces), codes)
