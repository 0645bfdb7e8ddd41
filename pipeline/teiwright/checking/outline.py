"""Of a document those elements alone that have an id, point somewhere or are numbered, in their order.

A document that is read as a stream shows its tags (``Schema.validate``); of a tree they are gathered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from teiwright.checking.marks import INCLUDE, PREFIX_DEF, TEI, XML_BASE, XML_ID, Mark, Sort, spaced
from teiwright.checking.pointers.attributes import pointers_among
from teiwright.diagnostics import Location
from teiwright.relaxng import Place, Seen, paths

if TYPE_CHECKING:
    from lxml import etree

_NUMBERED = frozenset({f"{TEI}pb", f"{TEI}note"})
_NAMES = frozenset({f"{TEI}persName", f"{TEI}placeName"})
_SPECIAL = frozenset({PREFIX_DEF, INCLUDE})
MOST = 250_000
"""Elements; more would take more memory than the check of a grammar may."""
_NOWHERE = Place(1, 1, 0)


@lru_cache(maxsize=8192)
def sort_of(name: str, attributes: tuple[str, ...]) -> Sort | None:
    """Which elements are kept, by their own name and those of their attributes; ``None`` for all others."""
    pointers = pointers_among(name, attributes)
    id_at = 2 * attributes.index(XML_ID) + 1 if XML_ID in attributes else 0
    has_base, is_numbered = XML_BASE in attributes, name in _NUMBERED and "n" in attributes
    is_of_interest = pointers or id_at or has_base or is_numbered or name in _SPECIAL
    is_link = name in _NAMES and "ref" in attributes
    return Sort(pointers, id_at, has_base, is_numbered, is_link) if is_of_interest else None


class Outline:
    """``is_full`` says that there are more such elements than ``most``; ``root`` is the root, if it is one of them.

    ``links`` is whether a name of the document says whom or what it means.
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = MOST if most is None else most
        self._restart()

    def _restart(self) -> None:
        self.marks: list[Mark] = []
        self.numbered: list[Mark] = []
        self.root: Mark | None = None
        self.root_place = _NOWHERE
        self.is_full = False
        self.links = False
        self._last = 0
        self._bases: list[tuple[int, int, str]] = []

    def __call__(self, frames: Sequence[Seen], values: Sequence[str], sort: Sort, place: Callable[[], Place]) -> None:
        """Keep an element that is of interest."""
        name, number, _ = frames[-1]
        if number <= self._last:  # the document is read anew
            self._restart()
        self._last = number
        if self.is_full:
            return
        mark = Mark(number, name, sort, values)
        if self._bases or sort.has_base:
            mark.bases = self._bases_at(frames, mark)
        if sort.is_link:
            self.links = True
        if sort.is_numbered:
            mark.within = tuple((frame[0], frame[1]) for frame in frames[:-1])
            self.numbered.append(mark)
        if number == 1:
            self.root, self.root_place = mark, place()
        self.marks.append(mark)
        self.is_full = len(self.marks) >= self._most

    def _bases_at(self, frames: Sequence[Seen], mark: Mark) -> tuple[str, ...]:
        bases = self._bases
        while bases and (bases[-1][0] > len(frames) or frames[bases[-1][0] - 1][1] != bases[-1][1]):
            bases.pop()
        if mark.sort.has_base:
            bases.append((len(frames), mark.number, mark.attributes[XML_BASE]))
        return tuple(value for _, _, value in bases)


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
        frames.append((spaced(str(element.tag)), number, None))
        values = [text for name, value in element.attrib.items() for text in (spaced(str(name)), str(value))]
        sort = sort_of(frames[-1][0], tuple(values[::2]))
        if sort is not None:
            outline(frames, values, sort, lambda: _NOWHERE)
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
