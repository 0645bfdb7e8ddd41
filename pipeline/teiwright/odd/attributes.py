"""Which attributes an element has: its own, those of its classes and of theirs, as the schema leaves them.

What is nearer says more: an element's own ``attDef`` changes or deletes what a class gives, a class's what the
classes above it give (TD, "Attribute List Specification").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from teiwright.diagnostics import Code
from teiwright.odd.merging import attributes_in, merged_attribute
from teiwright.odd.specification import (
    Attribute,
    AttributeList,
    AttributeRef,
    ClassSpec,
    ElementSpec,
)


@dataclass(frozen=True, slots=True)
class Given:
    """An attribute as it holds in one place, and the class that gives it unchanged, if one does."""

    attribute: Attribute
    owner: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """Of these, one."""

    parts: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """All of these."""

    parts: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """All that a class gives, unchanged."""

    owner: str


Unit = Given | Choice | Group | Whole


class AttributeResolver:
    """Looks attributes up in one schema."""

    def __init__(self, classes: Mapping[str, ClassSpec]) -> None:
        self._classes = classes
        self._of_class: dict[str, dict[str, Given]] = {}

    def of(self, spec: ElementSpec) -> dict[str, Given]:
        """All attributes of an element, by identifier."""
        return self._effective(spec, None)

    def of_class(self, key: str, above: tuple[str, ...] = ()) -> dict[str, Given]:
        """All attributes of a class, those of the classes above it with them."""
        if key not in self._of_class:
            self._of_class[key] = self._effective(self._classes[key], key, (*above, key))
        return self._of_class[key]

    def sources(self, spec: ElementSpec | ClassSpec, above: tuple[str, ...] = ()) -> Iterator[str]:
        """The classes in the schema that a specification belongs to and that can give attributes."""
        for member in spec.classes or ():
            if member.key in above:
                member.origin.refuse(
                    Code.ODD_CYCLE,
                    f"the class `{member.key}` is a member of itself: {' in '.join((*above, member.key))}",
                    "take one of the memberships out",
                )
            if member.key in self._classes and self._classes[member.key].kind == "atts":
                yield member.key

    def _effective(
        self, spec: ElementSpec | ClassSpec, own: str | None, above: tuple[str, ...] = ()
    ) -> dict[str, Given]:
        found: dict[str, Given] = {}
        for key in self.sources(spec, above):
            for ident, given in self.of_class(key, above).items():
                found.setdefault(ident, given)
        for part in attributes_in(spec.attributes):
            match part:
                case AttributeRef():
                    if (referred := self._referred(part)) is not None:
                        found[part.ident] = referred
                case Attribute(mode="delete"):
                    found.pop(part.ident, None)
                case Attribute(mode="change") if part.ident in found:
                    found[part.ident] = Given(merged_attribute(found[part.ident].attribute, part), own)
                case Attribute():
                    found[part.ident] = Given(part, own)
        return found

    def _referred(self, ref: AttributeRef) -> Given | None:
        """TD, `attRef`; a class that is not in the schema gives nothing."""
        return self.of_class(ref.owner).get(ref.ident) if ref.owner in self._classes else None

    # -- how they are put together

    def units(self, spec: ElementSpec | ClassSpec) -> tuple[Unit, ...]:
        """The attributes as a grammar lists them: whole classes where nothing in them is changed."""
        own = spec.ident if isinstance(spec, ClassSpec) else None
        effective = self.of_class(own) if own else self._effective(spec, None)
        written = {part.ident for part in attributes_in(spec.attributes)}
        left = dict(effective)
        units: list[Unit] = []
        for key in self.sources(spec):
            units.extend(self._of_source(key, left, written))
        if spec.attributes is not None:
            units.extend(self._listed(spec.attributes, left))
        return tuple(units)

    def _of_source(self, key: str, left: dict[str, Given], written: set[str]) -> Iterator[Unit]:
        given = self.of_class(key)
        if given and all(left.get(ident) is found and ident not in written for ident, found in given.items()):
            for ident in given:
                del left[ident]
            yield Whole(key)
            return
        spec = self._classes[key]
        for inner in self.sources(spec):
            yield from self._of_source(inner, left, written)
        if spec.attributes is not None:
            mine = {ident: found for ident, found in given.items() if left.get(ident) is found and ident not in written}
            for ident in mine:
                del left[ident]
            yield from self._listed(spec.attributes, mine)

    def _listed(self, listed: AttributeList, left: dict[str, Given]) -> Iterator[Unit]:
        parts: list[Unit] = []
        for part in listed.parts:
            if isinstance(part, AttributeList):
                parts.extend(self._listed(part, left))
            elif part.ident in left:
                parts.append(left.pop(part.ident))
        if listed.choice and len(parts) > 1:
            yield Choice(tuple(parts))
        elif not listed.choice and len(parts) > 1:
            yield Group(tuple(parts))
        else:
            yield from parts


def singles(units: tuple[Unit, ...]) -> Iterator[Given]:
    """The attributes that stand in units by themselves."""
    for unit in units:
        if isinstance(unit, Choice | Group):
            yield from singles(unit.parts)
        elif isinstance(unit, Given):
            yield unit


def named(attribute: Attribute) -> Attribute:
    """An attribute with its name in documents worked out."""
    return replace(attribute, name=attribute.name or attribute.ident)
