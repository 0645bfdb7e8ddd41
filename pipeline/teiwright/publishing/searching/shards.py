"""Where each word stands, as files of bounded size: shards of many words, and lists for words that come often."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from teiwright.extracted import Files
from teiwright.publishing.searching.gathering import Piece
from teiwright.publishing.searching.numbers import encode
from teiwright.publishing.searching.scripts import LEAF, numbered, script

_OFTEN = LEAF // 2
"""Places that are longer than this stand in files of their own."""


def entry_of(pieces: Iterable[Piece]) -> str | None:
    """The places of a term as a shard has them; none if they are too long for it."""
    leaves = list(_leaves(pieces))
    is_short = len(leaves) == 1 and len(leaves[0].codes) <= _OFTEN
    return encode(leaves[0].first) + leaves[0].codes if is_short else None


@dataclass(slots=True)
class Shards:
    """Writes the files; ``firsts`` are the first terms of the shards, once all are written."""

    firsts: list[str] = field(default_factory=list)
    _lists: int = 0
    _shard: list[object] = field(default_factory=list)
    _size: int = 0

    def add_list(self, term: str, pieces: Iterable[Piece]) -> Files:
        """The next term, if it comes too often for a shard; the files of its places, and others that are full."""
        leaves = list(_leaves(pieces))
        entry = [sum(leaf.documents for leaf in leaves), self._lists, [leaf.first for leaf in leaves]]
        for leaf in leaves:
            yield script(numbered("lists", self._lists), encode(0) + leaf.codes)
            self._lists += 1
        yield from self.add(term, entry)

    def add(self, term: str, entry: object) -> Files:
        """The next term, in the order of code points, and its entry; files that are full."""
        length = len(json.dumps([term, entry], ensure_ascii=False).encode())
        if self._shard and self._size + length > LEAF:
            yield from self.rest()
        self._shard += term, entry
        self._size += length

    def rest(self) -> Files:
        """The last file."""
        if self._shard:
            self.firsts.append(str(self._shard[0]))
            yield script(numbered("words", len(self.firsts) - 1), self._shard)
        self._shard, self._size = [], 0


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
    codes, last = "", None
    for piece in pieces:
        codes += piece.codes if last is None else encode(piece.first - last) + piece.codes
        last = piece.last
    first = pieces[0]
    return Piece(first.term, first.first, pieces[-1].last, sum(piece.documents for piece in pieces), codes)
