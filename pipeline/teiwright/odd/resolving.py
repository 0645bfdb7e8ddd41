"""From specifications to a grammar: classes and macros resolved, each element with its body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NoReturn, assert_never

from teiwright.odd.reading import refuse
from teiwright.odd.specification import (
    Alternate,
    Attribute,
    ClassRef,
    ClassSpec,
    Content,
    DataRef,
    Datatype,
    ElementRef,
    ElementSpec,
    Empty,
    Macro,
    MacroRef,
    Occurs,
    Odd,
    Rule,
    Sequence,
    TextNode,
    Values,
)


@dataclass(frozen=True, slots=True)
class Nothing:
    """The element is empty."""


@dataclass(frozen=True, slots=True)
class Words:
    """The element holds text only."""


@dataclass(frozen=True, slots=True)
class Value:
    """The element holds a value of a datatype or of a closed list."""

    of: DataRef | Values


@dataclass(frozen=True, slots=True)
class Mixed:
    """Text and any of these, in any order: the only mixture that an XSD can say exactly."""

    members: tuple[ElementRef | ClassRef, ...]


@dataclass(frozen=True, slots=True)
class Children:
    """Elements only, in the order of a model of sequences and alternatives."""

    model: Particle


Particle = ElementRef | ClassRef | Sequence | Alternate
Body = Nothing | Words | Value | Mixed | Children


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the grammar; attributes in the order of their names."""

    ident: str
    gloss: str
    desc: str
    body: Body
    attributes: tuple[Attribute, ...]
    line: int
    instead_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the generators write out. ``members``: the elements of each model class, subclasses opened."""

    path: str
    ident: str
    namespace: str
    start: tuple[str, ...]
    elements: Mapping[str, Element]
    members: Mapping[str, tuple[str, ...]]
    datatypes: Mapping[str, Datatype]
    rules: tuple[Rule, ...]


def resolve(odd: Odd) -> Grammar:
    """The grammar that an ODD specifies; names that nothing specifies are refused."""
    resolver = _Resolver(odd)
    elements = {ident: resolver.element(spec) for ident, spec in sorted(odd.elements.items())}
    for name in odd.start:
        if name not in elements:
            refuse(odd.path, 0, f"the schema starts with `{name}`, which is not specified")
    return Grammar(
        path=odd.path,
        ident=odd.ident,
        namespace=odd.namespace,
        start=odd.start,
        elements=elements,
        members=resolver.members,
        datatypes=dict(sorted(odd.datatypes.items())),
        rules=odd.rules,
    )


class _Resolver:
    """Looks names up in one ODD."""

    def __init__(self, odd: Odd) -> None:
        self._odd = odd
        self._check_classes()
        direct = self._direct_members()
        models = sorted(ident for ident, spec in odd.classes.items() if spec.kind == "model")
        self.members = {ident: tuple(sorted(set(self._open(ident, direct, ())))) for ident in models}

    def _refuse(self, line: int, message: str, hint: str | None = None) -> NoReturn:
        refuse(self._odd.path, line, message, hint)

    def element(self, spec: ElementSpec) -> Element:
        body = self._body(spec)
        self._check_names(spec, body)
        attributes = {a.ident: a for a in self._inherited(spec)} | {a.ident: a for a in spec.attributes}
        for attribute in attributes.values():
            self._check_datatype(attribute.value, spec.line)
        ordered = tuple(attributes[name] for name in sorted(attributes))
        return Element(spec.ident, spec.gloss, spec.desc, body, ordered, spec.line, spec.instead_of)

    # -- classes

    def _members(self) -> Iterator[ElementSpec | ClassSpec]:
        yield from self._odd.elements.values()
        yield from self._odd.classes.values()

    def _check_classes(self) -> None:
        for spec in self._members():
            for key in spec.classes:
                if key not in self._odd.classes:
                    self._refuse(spec.line, f"`{spec.ident}` is a member of `{key}`, which is not specified")

    def _direct_members(self) -> dict[str, list[str]]:
        members: dict[str, list[str]] = {}
        for spec in self._members():
            for key in spec.classes:
                members.setdefault(key, []).append(spec.ident)
        return members

    def _open(self, ident: str, direct: Mapping[str, list[str]], above: tuple[str, ...]) -> Iterator[str]:
        if ident in above:
            self._refuse(self._odd.classes[ident].line, f"the class `{ident}` is a member of itself")
        for member in direct.get(ident, []):
            if member in self._odd.classes:
                yield from self._open(member, direct, (*above, ident))
            else:
                yield member

    def _inherited(self, spec: ElementSpec | ClassSpec) -> Iterator[Attribute]:
        for key in spec.classes:
            above = self._odd.classes[key]
            yield from self._inherited(above)
            yield from above.attributes

    # -- bodies

    def _body(self, spec: ElementSpec) -> Body:
        content = tuple(self._without_macros(spec.content, spec.line, ()))
        match content:
            case () | (Empty(),):
                return Nothing()
            case (TextNode(),):
                return Words()
            case ((DataRef() | Values()) as value,):
                self._check_datatype(value, spec.line)
                return Value(value)
            case (Alternate() as whole,) if _has_text(whole):
                return self._mixed(spec, whole)
            case (single,):
                return Children(self._particle(spec, single))
            case _:
                return Children(self._particle(spec, Sequence(content)))

    def _without_macros(self, content: tuple[Content, ...], line: int, above: tuple[str, ...]) -> Iterator[Content]:
        for part in content:
            match part:
                case MacroRef(key):
                    macro = self._macro(key, line, above)
                    yield from self._without_macros(macro.content, macro.line, (*above, key))
                case Sequence(parts, occurs):
                    yield Sequence(tuple(self._without_macros(parts, line, above)), occurs)
                case Alternate(parts, occurs):
                    yield Alternate(tuple(self._without_macros(parts, line, above)), occurs)
                case _:
                    yield part

    def _macro(self, key: str, line: int, above: tuple[str, ...]) -> Macro:
        if key not in self._odd.macros:
            self._refuse(line, f"the macro `{key}` is not specified")
        if key in above:
            self._refuse(line, f"the macro `{key}` stands for itself")
        return self._odd.macros[key]

    def _mixed(self, spec: ElementSpec, whole: Alternate) -> Mixed:
        if whole.occurs != Occurs(0, None):
            self._refuse(spec.line, f"`{spec.ident}`: text in a mixture needs minOccurs 0 and maxOccurs unbounded")
        members: list[ElementRef | ClassRef] = []
        for part in whole.parts:
            match part:
                case TextNode():
                    pass
                case ElementRef() | ClassRef() if part.occurs.once:
                    members.append(part)
                case _:
                    self._refuse(
                        spec.line,
                        f"`{spec.ident}`: beside text only single elements and classes can be said in XSD",
                    )
        return Mixed(tuple(members))

    def _particle(self, spec: ElementSpec, content: Content) -> Particle:
        match content:
            case ElementRef() | ClassRef():
                return content
            case Sequence(parts, occurs):
                return Sequence(tuple(self._particle(spec, part) for part in parts), occurs)
            case Alternate(parts, occurs):
                return Alternate(tuple(self._particle(spec, part) for part in parts), occurs)
            case TextNode() | Empty() | DataRef() | Values() | MacroRef():
                kind = type(content).__name__
                return self._refuse(
                    spec.line,
                    f"`{spec.ident}`: {kind} among elements cannot be said in XSD",
                    "let text stand in one repeated `alternate`",
                )
            case _ as never:
                assert_never(never)

    # -- what must exist

    def _check_names(self, spec: ElementSpec, body: Body) -> None:
        for ref in _references(body):
            match ref:
                case ElementRef(key) if key not in self._odd.elements:
                    self._refuse(spec.line, f"`{spec.ident}` holds `{key}`, which is not specified")
                case ClassRef(key) if not self.members.get(key):
                    self._refuse(spec.line, f"`{spec.ident}` holds the class `{key}`, which has no members")
                case _:
                    pass

    def _check_datatype(self, value: DataRef | Values | None, line: int) -> None:
        if isinstance(value, DataRef) and value.key is not None and value.key not in self._odd.datatypes:
            self._refuse(line, f"the datatype `{value.key}` is not specified")


def _has_text(content: Content) -> bool:
    match content:
        case TextNode():
            return True
        case Sequence(parts) | Alternate(parts):
            return any(map(_has_text, parts))
        case _:
            return False


def _references(body: Body) -> Iterator[ElementRef | ClassRef]:
    match body:
        case Mixed(members):
            yield from members
        case Children(model):
            yield from _leaves(model)
        case _:
            return


def _leaves(particle: Content) -> Iterator[ElementRef | ClassRef]:
    match particle:
        case ElementRef() | ClassRef():
            yield particle
        case Sequence(parts) | Alternate(parts):
            for part in parts:
                yield from _leaves(part)
        case _:
            return
