"""What a change (``@mode="change"``) makes of what it changes.

USE, section "Making a Unified ODD": what the change does not speak of stays; a content model is replaced whole;
classes, attributes, lists of values and rules are replaced, or changed part by part, as their own ``@mode`` says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from teiwright.odd.specification import (
    Attribute,
    AttributeList,
    AttributeRef,
    ClassSpec,
    DataSpec,
    ElementSpec,
    Item,
    MacroSpec,
    Membership,
    Rule,
    Specification,
    Values,
)

_Given = TypeVar("_Given")


def _newer(change: _Given | None, base: _Given | None) -> _Given | None:
    return base if change is None else change


def merged(base: Specification, change: Specification) -> Specification:
    """``base`` as ``change`` has it; both are of one kind."""
    made: Specification
    match base, change:
        case (ElementSpec(), ElementSpec()):
            made = replace(
                base,
                namespace=_newer(change.namespace, base.namespace),
                content=_newer(change.content, base.content),
                instead_of=change.instead_of or base.instead_of,
                classes=_classes(base.classes, change),
                attributes=_attributes(base.attributes, change),
            )
        case (ClassSpec(), ClassSpec()):
            made = replace(
                base,
                classes=_classes(base.classes, change),
                attributes=_attributes(base.attributes, change),
            )
        case (MacroSpec(), MacroSpec()):
            made = replace(base, content=_newer(change.content, base.content))
        case (DataSpec(), DataSpec()):
            made = replace(base, content=_newer(change.content, base.content))
        case _:
            raise TypeError(change)
    return replace(
        made,
        origin=change.origin,
        name=_newer(change.name, base.name),
        gloss=_newer(change.gloss, base.gloss),
        desc=_newer(change.desc, base.desc),
        remarks=_newer(change.remarks, base.remarks),
        examples=change.examples or base.examples,
        rules=_rules(base.rules, change.rules),
    )


def _classes(base: tuple[Membership, ...] | None, change: ElementSpec | ClassSpec) -> tuple[Membership, ...] | None:
    """TD, `classes/@mode`: by default the new list stands in place of the old."""
    if change.classes is None:
        return base
    if change.classes_mode != "change":
        return tuple(member for member in change.classes if member.mode != "delete")
    found = {member.key: member for member in base or ()}
    for member in change.classes:
        if member.mode == "delete":
            found.pop(member.key, None)
        else:
            found.setdefault(member.key, member)
    return tuple(found.values())


def _rules(base: tuple[Rule, ...], change: tuple[Rule, ...]) -> tuple[Rule, ...]:
    found = {rule.ident: rule for rule in base}
    for rule in change:
        if rule.mode == "delete":
            found.pop(rule.ident, None)
        elif rule.mode == "change" and not rule.xml:
            found[rule.ident] = replace(found.get(rule.ident, rule), desc=rule.desc)
        else:
            found[rule.ident] = rule
    return tuple(found.values())


# -- attributes


def attributes_in(listed: AttributeList | None) -> Iterator[Attribute | AttributeRef]:
    """All of a list, in whatever lists of its own they stand."""
    for part in listed.parts if listed else ():
        if isinstance(part, AttributeList):
            yield from attributes_in(part)
        else:
            yield part


def _attributes(base: AttributeList | None, change: ElementSpec | ClassSpec) -> AttributeList | None:
    """What is inherited is not in ``base``: a change or deletion of it is kept, and told by the resolver."""
    if change.attributes is None:
        return base
    if change.attributes_mode == "replace":
        return change.attributes
    if change.attributes_mode == "delete":
        return None
    known = {part.ident for part in attributes_in(base) if isinstance(part, Attribute)}
    changes = {
        part.ident: part
        for part in attributes_in(change.attributes)
        if isinstance(part, Attribute) and part.ident in known
    }
    kept = AttributeList() if base is None else _changed(base, changes)
    added = without(change.attributes, set(changes))
    if not added.parts:
        return kept
    if added.choice:
        return AttributeList((*kept.parts, added)) if not kept.choice else AttributeList((kept, added))
    return AttributeList((kept, *added.parts)) if kept.choice else AttributeList((*kept.parts, *added.parts))


def _changed(listed: AttributeList, changes: dict[str, Attribute]) -> AttributeList:
    parts: list[Attribute | AttributeRef | AttributeList] = []
    for part in listed.parts:
        match part:
            case AttributeList():
                parts.append(_changed(part, changes))
            case Attribute(ident=ident) if ident in changes:
                change = changes[ident]
                # a deletion stays: a class may give the attribute, too
                parts.append(merged_attribute(part, change) if change.mode == "change" else change)
            case _:
                parts.append(part)
    return replace(listed, parts=tuple(parts))


def without(listed: AttributeList, names: set[str]) -> AttributeList:
    """A list without the attributes of these names."""
    parts: list[Attribute | AttributeRef | AttributeList] = []
    for part in listed.parts:
        match part:
            case AttributeList():
                inner = without(part, names)
                if inner.parts:
                    parts.append(inner)
            case Attribute(ident=ident) if ident in names:
                pass
            case _:
                parts.append(part)
    return replace(listed, parts=tuple(parts))


def merged_attribute(base: Attribute, change: Attribute) -> Attribute:
    """An attribute as a change has it; ``base`` may itself be a change of something inherited."""
    return replace(
        base,
        origin=change.origin,
        name=_newer(change.name, base.name),
        namespace=_newer(change.namespace, base.namespace),
        gloss=_newer(change.gloss, base.gloss),
        desc=_newer(change.desc, base.desc),
        usage=_newer(change.usage, base.usage),
        datatype=_newer(change.datatype, base.datatype),
        values=_values(base.values, change.values),
        default=_newer(change.default, base.default),
        rules=_rules(base.rules, change.rules),
    )


def _values(base: Values | None, change: Values | None) -> Values | None:
    """TD, `valList/@mode` and `valItem/@mode`."""
    if change is None:
        return base
    if change.mode == "delete":
        return None
    if change.mode != "change" or base is None:
        return replace(change, items=tuple(item for item in change.items if item.mode != "delete"))
    found = {item.ident: item for item in base.items}
    for item in change.items:
        if item.mode == "delete":
            found.pop(item.ident, None)
        elif item.mode == "change" and item.ident in found:
            found[item.ident] = Item(item.ident, item.desc or found[item.ident].desc)
        else:
            found[item.ident] = item
    return replace(base, items=tuple(found.values()), kind=change.kind or base.kind)
