"""What an ODD says, as values: specifications of elements, classes, macros, datatypes and rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

TEI_NAMESPACE = "http://www.tei-c.org/ns/1.0"
SCHEMATRON_NAMESPACE = "http://purl.oclc.org/dsdl/schematron"
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True, slots=True)
class Occurs:
    """How often: ``most`` is ``None`` where there is no limit."""

    least: int = 1
    most: int | None = 1

    @property
    def once(self) -> bool:
        """Whether it means just one."""
        return (self.least, self.most) == (1, 1)


ONCE = Occurs()


@dataclass(frozen=True, slots=True)
class TextNode:
    """Any text."""


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing."""


@dataclass(frozen=True, slots=True)
class ElementRef:
    """An element, by name."""

    key: str
    occurs: Occurs = ONCE


@dataclass(frozen=True, slots=True)
class ClassRef:
    """Any one element of a model class."""

    key: str
    occurs: Occurs = ONCE


@dataclass(frozen=True, slots=True)
class MacroRef:
    """What a macro stands for."""

    key: str


@dataclass(frozen=True, slots=True)
class DataRef:
    """A datatype: ``key`` names a ``dataSpec``, ``name`` a datatype of XML Schema."""

    key: str | None
    name: str | None = None
    restriction: str | None = None


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other."""

    parts: tuple[Content, ...]
    occurs: Occurs = ONCE


@dataclass(frozen=True, slots=True)
class Alternate:
    """One of several."""

    parts: tuple[Content, ...]
    occurs: Occurs = ONCE


@dataclass(frozen=True, slots=True)
class Values:
    """A closed list: the values in their order, each with what it means."""

    items: tuple[tuple[str, str], ...]


Content = TextNode | Empty | ElementRef | ClassRef | MacroRef | DataRef | Sequence | Alternate | Values


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute: ``value`` says of what kind each of its words is, ``many`` that there may be several."""

    ident: str
    desc: str
    required: bool
    value: DataRef | Values | None
    many: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A ``constraintSpec``: Schematron as it stands in the ODD, serialised."""

    ident: str
    desc: str
    xml: str


@dataclass(frozen=True, slots=True)
class ElementSpec:
    """An element as the ODD specifies it."""

    ident: str
    gloss: str
    desc: str
    classes: tuple[str, ...]
    content: tuple[Content, ...]
    attributes: tuple[Attribute, ...]
    line: int
    instead_of: tuple[str, ...] = ()
    """Elements of TEI that this one stands for (``equiv``)."""


@dataclass(frozen=True, slots=True)
class ClassSpec:
    """A class: of attributes (``atts``) or of elements that stand in the same places (``model``)."""

    ident: str
    kind: str
    classes: tuple[str, ...]
    attributes: tuple[Attribute, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Macro:
    """A named piece of a content model."""

    ident: str
    content: tuple[Content, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Datatype:
    """A datatype of our own: any of several datatypes of XML Schema, each perhaps with a pattern."""

    ident: str
    desc: str
    choices: tuple[DataRef, ...]


@dataclass(frozen=True, slots=True)
class Odd:
    """A whole ODD, its specifications by name in the order of the document."""

    path: str
    ident: str
    namespace: str
    start: tuple[str, ...]
    elements: Mapping[str, ElementSpec]
    classes: Mapping[str, ClassSpec]
    macros: Mapping[str, Macro]
    datatypes: Mapping[str, Datatype]
    rules: tuple[Rule, ...]
