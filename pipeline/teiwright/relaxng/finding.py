"""What a document has against its schema, as facts; words are made of them elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What is wrong."""

    NOT_WELL_FORMED = "the document is no XML"
    UNSAFE = "the document declares entities, or goes beyond a limit"
    UNKNOWN_ELEMENT = "an element that the schema has nowhere"
    MISPLACED_ELEMENT = "an element that cannot stand here"
    MISSING_BEFORE = "an element must come before this one"
    INCOMPLETE = "an element ends too early"
    UNKNOWN_ATTRIBUTE = "an attribute that the element cannot have"
    MISSING_ATTRIBUTE = "an attribute that the element must have"
    BAD_VALUE = "a value of an attribute that is not allowed"
    BAD_CONTENT = "the text of an element is no allowed value"
    STRAY_TEXT = "text where none is allowed"
    DUPLICATE_ID = "an id that another element has"
    DANGLING_ID = "a reference to an id that no element has"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What would be right: names (``is_open``: of a whole namespace, too), values, datatypes, an example."""

    names: tuple[str, ...] = ()
    is_open: bool = False
    values: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column, counted from 1, and byte, from 0: the ``<`` of a start tag, or the text's first sign."""

    line: int
    column: int
    offset: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    ``element`` counts the start tags from 1: which element it is about. ``path`` has its name and those above it,
    root first. ``subject`` is what stands there: an attribute's name, a text. ``before`` is the sibling it follows.
    ``other`` is the element that it is held against; ``seen`` the line on which it shows, if that is not its place;
    ``meant`` what an unknown name was taken for.
    """

    kind: Kind
    place: Place
    element: int
    path: tuple[str, ...]
    subject: str = ""
    value: str = ""
    wanted: Wanted = Wanted()
    before: str = ""
    other: int = 0
    seen: int = 0
    meant: str = ""
