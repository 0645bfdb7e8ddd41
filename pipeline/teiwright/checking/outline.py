"""Of a document that is read as a stream: those elements alone that have an id or point somewhere.

With the elements that they stand in, these make a tree on which pointers, ids and the order of numbers are judged
as on the whole document; it has no text, and most elements are not in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from lxml import etree

from teiwright.checking.pointers.attributes import POINTING
from teiwright.diagnostics import Location
from teiwright.relaxng import Frame, Place, paths

_XML = "http://www.w3.org/XML/1998/namespace"
_NUMBERED = frozenset({"pb", "note"})
WATCHED = frozenset({*POINTING, f"{_XML} id", f"{_XML} base", "n", "matchPattern", "href"})
"""Attributes whose elements are kept; of those with @n only pages and notes, which must be in order.

``matchPattern`` is that of ``prefixDef``, ``href`` that of XInclude."""
MOST = 250_000
"""Elements; more would take more memory than the check of a grammar may."""


def _clark(name: str) -> str:
    return f"{{{name.replace(' ', '}')}" if " " in name else name


class Outline:
    """Is shown the tags of a document (``Schema.validate``), in their order."""

    def __init__(self) -> None:
        self._restart()

    def _restart(self) -> None:
        self.root: etree._Element | None = None
        self.is_full = False
        self._last = 0
        self._chain: list[tuple[int, etree._Element]] = []
        self._places: dict[etree._Element, tuple[int, Place]] = {}

    def __call__(self, place: Place, frames: Sequence[Frame], attributes: Mapping[str, str]) -> None:
        """Keep an element, if anything is said of such."""
        _, name, _, number = frames[-1]
        if number <= self._last:  # the document is read anew
            self._restart()
        self._last = number
        if _is_only_numbered(name, attributes) or self.is_full:
            return
        element = self._made(frames)
        for key, value in attributes.items():
            element.set(_clark(key), value)
        self._places[element] = (number, place)
        self.is_full = len(self._places) >= MOST

    def _made(self, frames: Sequence[Frame]) -> etree._Element:
        """The element of the last frame, in those of the others; what is open is not made again."""
        chain = self._chain
        while chain and (len(chain) > len(frames) or frames[len(chain) - 1][3] != chain[-1][0]):
            chain.pop()
        for _, name, _, number in frames[len(chain) :]:
            above = chain[-1][1] if chain else None
            made = etree.Element(_clark(name)) if above is None else etree.SubElement(above, _clark(name))
            chain.append((number, made))
            self.root = made if self.root is None else self.root
        return chain[-1][1]

    def number(self, element: etree._Element) -> int:
        """Which start tag of the document an element was."""
        return self._places[element][0] if element in self._places else 1

    def place(self, element: etree._Element) -> Place:
        """Where it was."""
        return self._places[element][1] if element in self._places else Place(1, 1, 0)


def _is_only_numbered(name: str, attributes: Mapping[str, str]) -> bool:
    return "n" in attributes and name.rpartition(" ")[2] not in _NUMBERED and WATCHED & attributes.keys() == {"n"}


class Places:
    """Makes places for people: with the path of an element, for which a document is read once more."""

    def __init__(self, path: Path, numbers: Sequence[int]) -> None:
        self._path = path
        with path.open("rb") as file:
            self._xpaths = paths(file, numbers)

    def at(self, number: int, place: Place) -> Location:
        """The place of what was found in the element of this number."""
        return Location(str(self._path), place.line, place.column, self._xpaths.get(number), place.offset)
