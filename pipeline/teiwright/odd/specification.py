"""What an ODD says, as values: specifications of elements, classes, macros, datatypes and rules.

A specification is kept as it is written. ``None`` is what a change (``@mode``) does not speak of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from teiwright.odd.documents import Origin

TEI_NAMESPACE = "http://www.tei-c.org/ns/1.0"
EXAMPLES_NAMESPACE = "http://www.tei-c.org/ns/Examples"
SCHEMATRON_NAMESPACE = "http://purl.oclc.org/dsdl/schematron"
RELAXNG_NAMESPACE = "http://relaxng.org/ns/structure/1.0"
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


# -- content models and datatypes


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
    origin: Origin | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ClassRef:
    """Any one element of a model class, or with ``expand`` all of them in turn (TD, `classRef`)."""

    key: str
    occurs: Occurs = ONCE
    expand: str = "alternate"
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    origin: Origin | None = field(default=None, compare=False, repr=False)

    @property
    def plain(self) -> bool:
        """Whether it means the class as it is."""
        return self.expand == "alternate" and not self.include and not self.exclude


@dataclass(frozen=True, slots=True)
class MacroRef:
    """What a macro stands for."""

    key: str
    origin: Origin | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class DataRef:
    """A datatype: ``key`` names a ``dataSpec``, ``name`` a datatype of XML Schema."""

    key: str | None
    name: str | None = None
    restriction: str | None = None
    facets: tuple[tuple[str, str], ...] = ()
    origin: Origin | None = field(default=None, compare=False, repr=False)

    @property
    def params(self) -> tuple[tuple[str, str], ...]:
        """All facets, the pattern of ``@restriction`` first."""
        return (() if self.restriction is None else (("pattern", self.restriction),)) + self.facets


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other, or in any order if not ``ordered``."""

    parts: tuple[Content, ...]
    occurs: Occurs = ONCE
    ordered: bool = True


@dataclass(frozen=True, slots=True)
class Alternate:
    """One of several."""

    parts: tuple[Content, ...]
    occurs: Occurs = ONCE


@dataclass(frozen=True, slots=True)
class AnyElement:
    """Any element of the namespaces ``require``, or of any but what ``exclude`` names (URI, or URI and name)."""

    require: tuple[str, ...]
    exclude: tuple[tuple[str, str | None], ...]
    occurs: Occurs = ONCE


@dataclass(frozen=True, slots=True)
class Item:
    """One value of a list."""

    ident: str
    desc: str
    mode: str = "add"


@dataclass(frozen=True, slots=True)
class Values:
    """A list of values: ``closed``, ``semi`` or ``open``; only the first two say what is right."""

    items: tuple[Item, ...]
    kind: str | None = "closed"
    mode: str = "add"


@dataclass(frozen=True, slots=True)
class RelaxNg:
    """A content model in RELAX NG's own words, as before Pure ODD; serialised."""

    xml: str
    origin: Origin | None = field(default=None, compare=False, repr=False)


Content = (
    TextNode | Empty | ElementRef | ClassRef | MacroRef | DataRef | Sequence | Alternate | AnyElement | Values | RelaxNg
)


@dataclass(frozen=True, slots=True)
class Datatype:
    """What an attribute holds: any of ``choices``, as many words as ``occurs`` says."""

    choices: tuple[Content, ...]
    occurs: Occurs = ONCE


# -- attributes


@dataclass(frozen=True, slots=True)
class Rule:
    """A ``constraintSpec``: its Schematron as it stands in the ODD, serialised."""

    ident: str
    desc: str
    xml: str
    mode: str
    origin: Origin = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute; ``usage`` is ``req``, ``mwa``, ``rec`` or ``opt``."""

    ident: str
    mode: str
    origin: Origin = field(compare=False, repr=False)
    name: str | None = None
    namespace: str | None = None
    gloss: str | None = None
    desc: str | None = None
    usage: str | None = None
    datatype: Datatype | None = None
    values: Values | None = None
    default: str | None = None
    rules: tuple[Rule, ...] = ()

    @property
    def required(self) -> bool:
        """Whether it must be there (TD, `att.repeatable` and `attDef/@usage`)."""
        return self.usage == "req"


@dataclass(frozen=True, slots=True)
class AttributeRef:
    """One attribute of a class, without the class."""

    owner: str
    ident: str
    origin: Origin = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AttributeList:
    """Attributes: all of them, or with ``choice`` one of them."""

    parts: tuple[Attribute | AttributeRef | AttributeList, ...] = ()
    choice: bool = False


# -- specifications


@dataclass(frozen=True, slots=True)
class Membership:
    """That something belongs to a class, or with ``delete`` no longer."""

    key: str
    mode: str
    origin: Origin = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Example:
    """An ``exemplum``, as it stands in the ODD."""

    origin: Origin = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Specified:
    """What all specifications have."""

    ident: str
    mode: str
    origin: Origin = field(compare=False, repr=False)
    module: str | None = None
    name: str | None = None
    """``altIdent``: the name in documents, if another."""
    gloss: str | None = None
    desc: str | None = None
    remarks: str | None = None
    examples: tuple[Example, ...] = ()
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class _Member(Specified):
    classes: tuple[Membership, ...] | None = None
    classes_mode: str = "replace"
    attributes: AttributeList | None = None
    attributes_mode: str = "change"


@dataclass(frozen=True, slots=True)
class ElementSpec(_Member):
    """An element."""

    namespace: str | None = None
    content: tuple[Content, ...] | None = None
    instead_of: tuple[str, ...] = ()
    """Elements of TEI that this one stands for (``equiv``)."""


@dataclass(frozen=True, slots=True)
class ClassSpec(_Member):
    """A class: of attributes (``atts``) or of elements that stand in the same places (``model``)."""

    kind: str | None = None


@dataclass(frozen=True, slots=True)
class MacroSpec(Specified):
    """A named piece of a content model."""

    content: tuple[Content, ...] | None = None


@dataclass(frozen=True, slots=True)
class DataSpec(Specified):
    """A named datatype."""

    content: tuple[Content, ...] | None = None


Specification = ElementSpec | ClassSpec | MacroSpec | DataSpec


@dataclass(frozen=True, slots=True)
class External:
    """A grammar in RELAX NG that a ``moduleRef/@url`` brings in: its definitions, serialised, and their names."""

    xml: str
    names: frozenset[str]
    origin: Origin = field(compare=False, repr=False)


@dataclass(frozen=True)
class Odd:
    """All that one schema is made of, specifications by name in the order in which they came."""

    path: str
    ident: str
    origin: Origin
    namespace: str = TEI_NAMESPACE
    prefix: str = ""
    start: tuple[str, ...] = ()
    title: str = ""
    specifications: Mapping[str, Specification] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    externals: tuple[External, ...] = ()

    @cached_property
    def elements(self) -> dict[str, ElementSpec]:
        """Those of elements."""
        return {key: spec for key, spec in self.specifications.items() if isinstance(spec, ElementSpec)}

    @cached_property
    def classes(self) -> dict[str, ClassSpec]:
        """Those of classes."""
        return {key: spec for key, spec in self.specifications.items() if isinstance(spec, ClassSpec)}

    @cached_property
    def macros(self) -> dict[str, MacroSpec]:
        """Those of macros."""
        return {key: spec for key, spec in self.specifications.items() if isinstance(spec, MacroSpec)}

    @cached_property
    def datatypes(self) -> dict[str, DataSpec]:
        """Those of datatypes."""
        return {key: spec for key, spec in self.specifications.items() if isinstance(spec, DataSpec)}
