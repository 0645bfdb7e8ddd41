"""Places that are known only by what came before them, found by reading the document once more.

Only documents with such findings are read twice: the others need not remember where each element began.
"""

from __future__ import annotations

from typing import BinaryIO
from xml.parsers import expat

from teiwright.relaxng.finding import Place
from teiwright.relaxng.reporting import Spot

_CHUNK = 1 << 16
_SPACE = " \t\r\n"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""How texts begin in which white space takes two bytes."""


class _AllFoundError(Exception):
    """Nothing more to look for."""


class _Locator:
    """Counts as ``Reporter`` does."""

    def __init__(self, wanted: set[Spot], width: int) -> None:
        self._width = width
        self._wanted = set(wanted)
        self._count = 0
        self._depth = 0
        self.found: dict[Spot, Place] = {}
        parser = self.parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters

    def _start(self, _name: str, _attributes: object) -> None:
        self._count += 1
        self._depth += 1
        if (self._count, 0) in self._wanted:
            self._take((self._count, 0), 0)

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _characters(self, text: str) -> None:
        spot = (self._count, self._depth)
        if spot in self._wanted and text.strip(_SPACE):
            self._take(spot, len(text) - len(text.lstrip(_SPACE)))

    def _take(self, spot: Spot, skipped: int) -> None:
        parser = self.parser
        self.found[spot] = Place(
            parser.CurrentLineNumber,
            parser.CurrentColumnNumber + 1 + skipped,
            parser.CurrentByteIndex + skipped * self._width,
        )
        self._wanted.discard(spot)
        if not self._wanted:
            raise _AllFoundError


def places(file: BinaryIO, wanted: set[Spot]) -> dict[Spot, Place]:
    """The places of these spots."""
    chunk = file.read(_CHUNK)
    locator = _Locator(wanted, 2 if chunk.startswith(_UTF_16) else 1)
    try:
        while chunk:
            locator.parser.Parse(chunk, False)
            chunk = file.read(_CHUNK)
        locator.parser.Parse(b"", True)
    except (_AllFoundError, expat.ExpatError):
        pass
    return locator.found
