"""The elements of a document that have an id, point somewhere, or are numbered, as plain values.

On these pointers, ids and the order of numbers are judged, whether a document was read as a stream or as a tree.
Names are as expat gives them: namespace, one space, local part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from teiwright.diagnostics import Code

TEI = "http://www.tei-c.org/ns/1.0 "
"""What names of TEI's elements begin with."""
INCLUDE = "http://www.w3.org/2001/XInclude include"
_XML = "http://www.w3.org/XML/1998/namespace"
XML_ID, XML_BASE = f"{_XML} id", f"{_XML} base"


@dataclass(slots=True, eq=False)
class Mark:
    """One such element. ``number`` counts the start tags of the document from 1.

    ``bases`` are the values of xml:base that hold for it, the outermost first;
    ``within`` the names and numbers of the elements around it, of pages and notes only, the outermost first.
    """

    number: int
    name: str
    attributes: Mapping[str, str]
    bases: tuple[str, ...] = ()
    within: tuple[tuple[str, int], ...] = ()

    @property
    def local(self) -> str:
        """The name without its namespace."""
        return self.name.rpartition(" ")[2]


@dataclass(frozen=True, slots=True)
class MarkFlaw:
    """One finding about one of them. ``related`` are others that it speaks of."""

    code: Code
    mark: Mark
    message: str
    hint: str | None = None
    related: tuple[Mark, ...] = ()
