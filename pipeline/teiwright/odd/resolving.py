"""From specifications to a grammar: members of classes, attributes of elements, models without what is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from teiwright.diagnostics import Code, Diagnostic
from teiwright.odd.attributes import AttributeResolver, Choice, Given, Group, Unit
from teiwright.odd.possible import impossible
from teiwright.odd.references import parts_of
from teiwright.odd.sizes import LARGEST, Sizes
from teiwright.odd.specification import (
    Alternate,
    Attribute,
    ClassRef,
    ClassSpec,
    Content,
    DataRef,
    DataSpec,
    ElementRef,
    ElementSpec,
    Empty,
    MacroRef,
    MacroSpec,
    Odd,
    Sequence,
)


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the grammar; ``content`` is its model without references to what is not in the schema."""

    spec: ElementSpec
    content: tuple[Content, ...]
    given: Mapping[str, Given]
    units: tuple[Unit, ...]

    @property
    def chosen(self) -> frozenset[str]:
        """The attributes of which only one may stand."""
        return frozenset(_chosen(self.units))

    @property
    def ident(self) -> str:
        """By which the ODD knows it."""
        return self.spec.ident

    @property
    def name(self) -> str:
        """By which documents know it."""
        return self.spec.name or self.spec.ident

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """In the order of their names."""
        return tuple(self.given[ident].attribute for ident in sorted(self.given))


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the generators write out. ``direct`` are the members of each model class, ``members`` its elements."""

    odd: Odd
    elements: Mapping[str, Element]
    direct: Mapping[str, tuple[str, ...]]
    members: Mapping[str, tuple[str, ...]]
    attribute_classes: Mapping[str, tuple[Unit, ...]]
    macros: Mapping[str, tuple[Content, ...]]
    datatypes: Mapping[str, DataSpec]

    def expanded(self, ref: ClassRef) -> tuple[str, ...]:
        """The elements that a reference to a class means (TD, `classRef/@include`, `@except`)."""
        return tuple(
            name
            for name in self.members[ref.key]
            if (not ref.include or name in ref.include) and name not in ref.exclude
        )


def resolve(odd: Odd) -> tuple[Grammar, tuple[Diagnostic, ...]]:
    """The grammar that a schema specifies, and what a person should know about it."""
    resolver = _Resolver(odd)
    grammar = resolver.grammar()
    notes = [*resolver.notes, *_impossible(grammar)]
    return grammar, tuple(notes)


class _Resolver:
    """Looks names up in one schema."""

    def __init__(self, odd: Odd) -> None:
        self._odd = odd
        self._elements, self._classes = odd.elements, odd.classes
        self._macros, self._datatypes = odd.macros, odd.datatypes
        self._attributes = AttributeResolver(self._classes)
        self.notes: list[Diagnostic] = []

    def grammar(self) -> Grammar:
        """All of it."""
        odd = self._odd
        self._check_start()
        direct = self._direct()
        members: dict[str, tuple[str, ...]] = {}
        for key in direct:
            self._flat(key, direct, members, ())
        checked: set[str] = set()
        for key in self._macros:
            self._check_macro(key, (), checked)
        self._check_sizes(members)
        return Grammar(
            odd=odd,
            elements={ident: self._element(self._elements[ident]) for ident in sorted(self._elements)},
            direct=direct,
            members=members,
            attribute_classes={
                ident: self._attributes.units(spec)
                for ident, spec in sorted(self._classes.items())
                if spec.kind == "atts"
            },
            macros={ident: self._kept(self._macros[ident].content or ()) for ident in sorted(self._macros)},
            datatypes={ident: self._checked(self._datatypes[ident]) for ident in sorted(self._datatypes)},
        )

    # -- what must exist

    def _check_start(self) -> None:
        if not self._elements:
            self._odd.origin.refuse(
                Code.WRONG_START, "the schema has no element at all", "refer to a module: `moduleRef`"
            )
        for name in self._odd.start:
            if name not in self._elements:
                close = get_close_matches(name, self._elements, 1)
                hint = f"did you mean `{close[0]}`?" if close else "say where documents begin: `schemaSpec/@start`"
                message = f"documents begin with `{name}`, which is not in the schema"
                self._odd.origin.refuse(Code.WRONG_START, message, hint)

    # -- classes of elements

    def _direct(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {key: [] for key, spec in sorted(self._classes.items()) if spec.kind == "model"}
        specs: list[ElementSpec | ClassSpec] = [*self._elements.values(), *self._classes.values()]
        for spec in specs:
            for member in spec.classes or ():
                is_element = isinstance(spec, ElementSpec) or spec.kind == "model"
                if member.key in found and is_element and spec.ident not in found[member.key]:
                    found[member.key].append(spec.ident)
        return {key: tuple(members) for key, members in found.items()}

    def _flat(
        self,
        key: str,
        direct: Mapping[str, tuple[str, ...]],
        found: dict[str, tuple[str, ...]],
        above: tuple[str, ...],
    ) -> tuple[str, ...]:
        """The elements of a class and of the classes in it; each class is opened once."""
        if key in above:
            self._classes[key].origin.refuse(
                Code.ODD_CYCLE,
                f"the class `{key}` is a member of itself: {' in '.join((*above, key))}",
                "take one of the memberships out",
            )
        if key not in found:
            members: dict[str, None] = {}
            for member in direct[key]:
                inner = self._flat(member, direct, found, (*above, key)) if member in direct else (member,)
                members.update(dict.fromkeys(inner))
            found[key] = tuple(members)
        return found[key]

    def _check_macro(self, key: str, above: tuple[str, ...], checked: set[str]) -> None:
        if key in above:
            self._macros[key].origin.refuse(
                Code.ODD_CYCLE, f"the macro `{key}` stands for itself", "take one of the references out"
            )
        if key in checked:
            return
        for part in parts_of(self._macros[key].content or ()):
            if isinstance(part, MacroRef) and part.key in self._macros:
                self._check_macro(part.key, (*above, key), checked)
        checked.add(key)

    def _check_sizes(self, members: Mapping[str, tuple[str, ...]]) -> None:
        sizes = Sizes(self._macros, members)
        specs: list[ElementSpec | MacroSpec] = [*self._elements.values(), *self._macros.values()]
        for spec in specs:
            if sizes.of(spec.content or ()) > LARGEST:
                spec.origin.refuse(
                    Code.BROKEN_ODD,
                    f"the content model of `{spec.ident}` has more than {LARGEST:,} parts when it is written out",
                    "let parts repeat without a number, or take macros out",
                )

    # -- elements

    def _element(self, spec: ElementSpec) -> Element:
        given = self._attributes.of(spec)
        for one in given.values():
            self._check_datatype(one.attribute)
        return Element(spec, self._kept(spec.content or ()), given, self._attributes.units(spec))

    def _check_datatype(self, attribute: Attribute) -> None:
        for part in parts_of(attribute.datatype.choices if attribute.datatype else ()):
            self._check_data(part)

    def _check_data(self, part: Content) -> None:
        if isinstance(part, DataRef) and part.key is not None and part.key not in self._datatypes:
            close = get_close_matches(part.key, self._datatypes, 1)
            message = f"the datatype `{part.key}` is not specified"
            origin = part.origin or self._odd.origin
            origin.refuse(Code.UNKNOWN_SPECIFICATION, message, f"did you mean `{close[0]}`?" if close else None)

    def _checked(self, spec: DataSpec) -> DataSpec:
        for part in parts_of(spec.content or ()):
            self._check_data(part)
        return spec

    def _kept(self, content: tuple[Content, ...]) -> tuple[Content, ...]:
        """A model without references to what is not in the schema."""
        return tuple(kept for part in content if (kept := self._pruned(part)) is not None)

    def _pruned(self, part: Content) -> Content | None:
        match part:
            case ElementRef(key) if key not in self._elements:
                self._left_out(part, "element")
                return None
            case ClassRef(key) if key not in self._classes or self._classes[key].kind != "model":
                self._left_out(part, "class")
                return None
            case MacroRef(key) if key not in self._macros:
                origin = part.origin or self._odd.origin
                close = get_close_matches(key, self._macros, 1)
                hint = f"did you mean `{close[0]}`?" if close else None
                return origin.refuse(Code.UNKNOWN_SPECIFICATION, f"the macro `{key}` is not specified", hint)
            case Sequence(parts) | Alternate(parts):
                kept = self._kept(parts)
                return replace(part, parts=kept) if kept else Empty()
            case _:
                self._check_data(part)
                return part

    def _left_out(self, part: ElementRef | ClassRef, kind: str) -> None:
        origin = part.origin
        if origin is not None and origin.document is self._odd.origin.document:
            known = self._elements if isinstance(part, ElementRef) else self._classes
            close = get_close_matches(part.key, known, 1)
            hint = f"did you mean `{close[0]}`?" if close else "take the reference out, or the " + kind + " over"
            message = f"the {kind} `{part.key}` is not in the schema, and is left out of this content model"
            self.notes.append(origin.finding(Code.DANGLING_REFERENCE, message, hint))


def _chosen(units: tuple[Unit, ...], *, inside: bool = False) -> Iterator[str]:
    for unit in units:
        match unit:
            case Choice(parts):
                yield from _chosen(parts, inside=True)
            case Group(parts):
                yield from _chosen(parts, inside=inside)
            case Given(attribute) if inside:
                yield attribute.ident
            case _:
                pass


def _impossible(grammar: Grammar) -> Iterator[Diagnostic]:
    """Elements that no document can have, as far as the ODD itself speaks of them."""
    found = impossible(grammar)
    for ident in grammar.odd.start:
        if ident in found:
            message = f"no document can have `{ident}`: its content model asks for what is not in the schema"
            origin = grammar.elements[ident].spec.origin
            origin.refuse(Code.IMPOSSIBLE_ELEMENT, message, "take over what it needs, or change its content model")
    for ident in sorted(found):
        origin = grammar.elements[ident].spec.origin
        if origin.document is grammar.odd.origin.document and grammar.elements[ident].spec.mode != "change":
            message = f"no document can have `{ident}`: its content model asks for what is not in the schema"
            yield origin.finding(Code.ODD_WITHOUT_EFFECT, message, "take over what it needs")
