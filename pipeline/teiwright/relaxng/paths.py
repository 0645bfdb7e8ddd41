"""Where elements stand, as a path that a reader can follow; found by reading the document once more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO
from xml.parsers import expat

from teiwright.relaxng.finding import Place

_CHUNK = 1 << 16
_DEEPEST = 10_000
_Counts = dict[str, int]
"""How many children of each name an element has."""


@dataclass(frozen=True, slots=True)
class Spotted:
    """Where an element stands: a path, and the place of its start tag."""

    xpath: str
    place: Place


@dataclass(frozen=True, slots=True)
class _Way:
    """The way to an element: names and numbers from the root, and what is counted in the element above each."""

    names: Sequence[str]
    numbers: Sequence[int]
    counts: Sequence[_Counts]
    place: Place

    def spotted(self) -> Spotted:
        """At the end of the document: a number is shown where there are several, which is known only then."""
        steps = (
            f"/{name.rpartition(' ')[2]}{f'[{number}]' if counts[name] > 1 else ''}"
            for name, number, counts in zip(self.names, self.numbers, self.counts, strict=True)
        )
        return Spotted("".join(steps), self.place)


class _Stopped(Exception):  # noqa: N818 (no error: there is nothing more to see)
    """Deeper than any path is worth."""


class _Walk:
    def __init__(self, wanted: Iterable[int]) -> None:
        self._wanted = frozenset(wanted)
        self._count = 0
        self._names: list[str] = []
        self._numbers: list[int] = []
        self._counts: list[_Counts | None] = [None]
        self.found: dict[int, _Way] = {}
        parser = self.parser = expat.ParserCreate(namespace_separator=" ")
        parser.ordered_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

    def _start(self, name: str, _attributes: object) -> None:
        self._count += 1
        counts = self._counts[-1]
        if counts is None:
            counts = self._counts[-1] = {}
        number = counts[name] = counts.get(name, 0) + 1
        self._names.append(name)
        self._numbers.append(number)
        if self._count in self._wanted:
            self._keep()
        self._counts.append(None)
        if len(self._names) > _DEEPEST:
            raise _Stopped

    def _keep(self) -> None:
        parser = self.parser
        place = Place(parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, parser.CurrentByteIndex)
        counts = [each for each in self._counts if each is not None]
        self.found[self._count] = _Way((*self._names,), (*self._numbers,), counts, place)

    def _end(self, _name: str) -> None:
        self._names.pop()
        self._numbers.pop()
        self._counts.pop()


def paths(file: BinaryIO, wanted: Iterable[int]) -> dict[int, Spotted]:
    """``/TEI/text/body/div[2]/p[3]`` for each of these elements, which count as in ``Finding.element``."""
    walk = _Walk(wanted)
    with suppress(_Stopped, expat.ExpatError, LookupError, ValueError):
        while chunk := file.read(_CHUNK):
            walk.parser.Parse(chunk, False)
        walk.parser.Parse(b"", True)
    return {number: way.spotted() for number, way in walk.found.items()}
