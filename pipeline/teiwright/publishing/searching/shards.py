"""Where each word stands, as files of bounded size: shards of many words, and lists for words that come often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from teiwright.extracted import AsBefore, Renewed
from teiwright.publishing.searching.gathering import Piece
from teiwright.publishing.searching.numbers import encode
from teiwright.publishing.searching.scripts import LEAF, as_json, numbered, script, script_path

if TYPE_CHECKING:
    from teiwright.publishing.searching.terms import Term, Terms

OFTEN = LEAF // 2
"""Places that are longer than this stand in files of their own."""


_AROUND = len('"",""')
"""What stands around a term and its places."""


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
        entry, size = None, len(term.term.encode()) + term.length + _AROUND
        if term.firsts:
            entry = [term.documents, self._lists, term.firsts]
            size = len(as_json([term.term, entry]).encode())
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
        self.firsts.append(shard[0][0].term)
        self._shard, self._size = [], 0
        is_same = self.terms.is_as_before(script_path(name), *((term.term, entry) for term, entry in shard))
        if is_same and not any(term.is_new for term, _ in shard):
            yield AsBefore(script_path(name))
            return
        found = zip(shard, self.terms.pieces_of([term for term, _ in shard]), strict=True)
        yield script(name, [said for (term, entry), its in found for said in (term.term, entry or _places(its))])

    def _lists_of(self, term: Term) -> Renewed:
        """The files of a term that comes often."""
        names = [numbered("lists", self._lists + number) for number in range(len(term.firsts))]
        self._lists += len(names)
        are_same = [self.terms.is_as_before(script_path(name), term.term, term.firsts, name) for name in names]
        if all(are_same) and not term.is_new:
            yield from (AsBefore(script_path(name)) for name in names)
            return
        for name, leaf in zip(names, leaves_of(next(self.terms.pieces_of([term]))), strict=True):
            yield script(name, encode(0) + leaf.codes)


def leaves_of(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces of one term, joined up to the size of a file."""
    together: list[Piece] = []
    size = 0
    for piece in pieces:
        if together and size + len(piece.codes) > LEAF:
            yield _one(together)
            together, size = [], 0
        together.append(piece)
        size += len(piece.codes)
    if together:
        yield _one(together)


def _one(pieces: Sequence[Piece]) -> Piece:
    first, last = pieces[0], pieces[-1]
    if first is last:
        return first
    gaps = (encode(piece.first - before.last) + piece.codes for before, piece in pairwise(pieces))
    codes = "".join((first.codes, *gaps))
    return Piece(first.term, first.first, last.last, sum(piece.documents for piece in pieces), codes)


def _places(pieces: Sequence[Piece]) -> str:
    """The places of a term as a shard has them."""
    one = _one(pieces)
    return encode(one.first) + one.codes
