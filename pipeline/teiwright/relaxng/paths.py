"""Where elements stand, as a path that a reader can follow; found by reading the document once more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

_CHUNK = 1 << 16
_DEEPEST = 10_000


@dataclass(slots=True, eq=False)
class _Open:
    """An element: its name, which of its parent's children of that name it is, and how many it has of each name."""

    above: _Open | None
    name: str
    number: int
    children: Counter[str] = field(default_factory=Counter)

    def steps(self) -> Iterable[str]:
        """Innermost first; a number where there are several, which is known only at the end."""
        here: _Open | None = self
        while here is not None:
            several = here.above is not None and here.above.children[here.name] > 1
            yield f"/{here.name.rpartition(' ')[2]}{f'[{here.number}]' if several else ''}"
            here = here.above


class _Stopped(Exception):  # noqa: N818 (no error: there is nothing more to see)
    """Deeper than any path is worth."""


class _Walk:
    def __init__(self, wanted: Iterable[int]) -> None:
        self._wanted = set(wanted)
        self._here: _Open | None = None
        self._depth = 0
        self._count = 0
        self.found: dict[int, _Open] = {}
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, _attributes: object) -> None:
        self._count += 1
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Stopped
        number = 1
        if self._here is not None:
            self._here.children[name] += 1
            number = self._here.children[name]
        self._here = _Open(self._here, name, number)
        if self._count in self._wanted:
            self.found[self._count] = self._here

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if self._here is not None:
            self._here = self._here.above


def paths(file: BinaryIO, wanted: Iterable[int]) -> dict[int, str]:
    """``/TEI/text/body/div[2]/p[3]`` for each of these elements, which count as in ``Finding.element``."""
    walk = _Walk(wanted)
    try:
        while chunk := file.read(_CHUNK):
            walk.parser.Parse(chunk, False)
        walk.parser.Parse(b"", True)
    except (_Stopped, expat.ExpatError, LookupError, ValueError):
        pass
    return {number: "".join(reversed([*here.steps()])) for number, here in walk.found.items()}
