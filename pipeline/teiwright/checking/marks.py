"""The elements of a document that have an id, point somewhere, or are numbered, as plain values.

On these pointers, ids and the order of numbers are judged, whether a document was read as a stream or as a tree.
Names are as expat gives them: namespace, one space, local part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from teiwright.diagnostics import Code

TEI = "http://www.tei-c.org/ns/1.0 "
"""What names of TEI's elements begin with."""
PREFIX_DEF = f"{TEI}prefixDef"
INCLUDE = "http://www.w3.org/2001/XInclude include"
_XML = "http://www.w3.org/XML/1998/namespace"
XML_ID, XML_BASE = f"{_XML} id", f"{_XML} base"


def spaced(name: str) -> str:
    """A name of lxml's as expat gives it."""
    return name[1:].replace("}", " ", 1) if name.startswith("{") else name


@dataclass(frozen=True, slots=True)
class Sort:
    """What attributes of some names say of an element of some name.

    ``pointers`` has each that holds pointers, with the place of its value in ``Mark.values``; ``id_at`` is the place
    of its id, 0 if it has none; ``has_base`` is whether it has xml:base, ``is_numbered`` whether its @n should rise,
    ``is_link`` whether it is a name that says whom or what it means.
    """

    pointers: tuple[tuple[str, int], ...]
    id_at: int
    has_base: bool
    is_numbered: bool
    is_link: bool = False


@dataclass(slots=True, eq=False)
class Mark:
    """One such element. ``number`` counts the start tags of the document from 1.

    ``values`` are names and values of its attributes in turn;
    ``bases`` are the values of xml:base that hold for it, the outermost first;
    ``within`` the names and numbers of the elements around it, of pages and notes only, the outermost first.
    """

    number: int
    name: str
    sort: Sort
    values: Sequence[str]
    bases: tuple[str, ...] = ()
    within: tuple[tuple[str, int], ...] = ()

    @property
    def local(self) -> str:
        """The name without its namespace."""
        return self.name.rpartition(" ")[2]

    @property
    def id(self) -> str | None:
        """Its ``xml:id`` as it is written."""
        return self.values[self.sort.id_at] if self.sort.id_at else None

    @property
    def attributes(self) -> Mapping[str, str]:
        """All its attributes."""
        return dict(zip(self.values[::2], self.values[1::2], strict=True))


@dataclass(frozen=True, slots=True)
class MarkFlaw:
    """One finding about one of them. ``related`` are others that it speaks of."""

    code: Code
    mark: Mark
    message: str
    hint: str | None = None
    related: tuple[Mark, ...] = ()
