"""Of a document those elements alone that have an id, point somewhere or are numbered, in their order.

A document that is read as a stream shows its tags (``Schema.validate``); of a tree they are gathered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from teiwright.checking.marks import TEI, XML_BASE, XML_ID, Mark
from teiwright.checking.pointers.attributes import POINTING
from teiwright.diagnostics import Location
from teiwright.relaxng import Place, Seen, paths

if TYPE_CHECKING:
    from lxml import etree

_NUMBERED = frozenset({f"{TEI}pb", f"{TEI}note"})
_ANYWHERE = frozenset({*POINTING, XML_ID, XML_BASE, "matchPattern", "href"})
"""``matchPattern`` is that of ``prefixDef``, ``href`` that of XInclude."""
WATCHED = _ANYWHERE | {"n"}
"""Attributes whose elements are kept; of those with @n only pages and notes, which must be in order."""
MOST = 250_000
"""Elements; more would take more memory than the check of a grammar may."""
_NOWHERE = Place(1, 1, 0)


class Outline:
    """``is_full`` says that there are more such elements than ``most``; ``root`` is the root, if it is one of them."""

    def __init__(self, most: int | None = None) -> None:
        self._most = MOST if most is None else most
        self._restart()

    def _restart(self) -> None:
        self.marks: list[Mark] = []
        self.root: Mark | None = None
        self.root_place = _NOWHERE
        self.is_full = False
        self._last = 0
        self._bases: list[tuple[int, int, str]] = []

    def __call__(self, frames: Sequence[Seen], attributes: Sequence[str], place: Callable[[], Place]) -> None:
        """Keep an element, if anything is said of such."""
        name, number, _ = frames[-1]
        if number <= self._last:  # the document is read anew
            self._restart()
        self._last = number
        given = dict(zip(attributes[::2], attributes[1::2], strict=True))
        is_numbered = name in _NUMBERED and "n" in given
        if self.is_full or not (is_numbered or not _ANYWHERE.isdisjoint(given)):
            return
        mark = Mark(number, name, given)
        if self._bases or XML_BASE in given:
            mark.bases = self._bases_at(frames, given)
        if is_numbered:
            mark.within = tuple((frame[0], frame[1]) for frame in frames[:-1])
        if number == 1:
            self.root, self.root_place = mark, place()
        self.marks.append(mark)
        self.is_full = len(self.marks) >= self._most

    def _bases_at(self, frames: Sequence[Seen], attributes: Mapping[str, str]) -> tuple[str, ...]:
        bases = self._bases
        while bases and (bases[-1][0] > len(frames) or frames[bases[-1][0] - 1][1] != bases[-1][1]):
            bases.pop()
        if XML_BASE in attributes:
            bases.append((len(frames), frames[-1][1], attributes[XML_BASE]))
        return tuple(value for _, _, value in bases)


def _spaced(name: str) -> str:
    return name[1:].replace("}", " ", 1) if name.startswith("{") else name


def outline_of(elements: Sequence[etree._Element]) -> Outline:
    """That of a tree, given all its elements in their order; the number of a mark is that of its element."""
    outline = Outline(len(elements) + 1)
    chain: list[etree._Element] = []
    frames: list[Seen] = []
    for number, element in enumerate(elements, 1):
        while chain and chain[-1] is not element.getparent():
            chain.pop()
            frames.pop()
        chain.append(element)
        frames.append((_spaced(str(element.tag)), number, None))
        attributes = [text for name, value in element.attrib.items() for text in (_spaced(str(name)), str(value))]
        if not WATCHED.isdisjoint(attributes[::2]):
            outline(frames, attributes, lambda: _NOWHERE)
    return outline


class Places:
    """Makes places for people: with the path of an element, for which a document is read once more."""

    def __init__(self, path: Path, numbers: Sequence[int]) -> None:
        self._path = str(path)
        with path.open("rb") as file:
            self._spotted = paths(file, numbers)

    def at(self, number: int, place: Place | None = None) -> Location:
        """The place of what was found in the element of this number; where nothing else is said, that of its tag."""
        spotted = self._spotted.get(number)
        here = place or (spotted.place if spotted else _NOWHERE)
        return Location(self._path, here.line, here.column, spotted.xpath if spotted else None, here.offset)
