"""What a pattern waits for: the names, attributes and values that would be right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from teiwright.relaxng.finding import Wanted
from teiwright.relaxng.names import NameClass, contains, is_open, listed_in
from teiwright.relaxng.patterns import (
    After,
    Attribute,
    Choice,
    Data,
    Element,
    Group,
    Interleave,
    OneOrMore,
    Pattern,
    Several,
    Text,
    Value,
    Words,
)

_REMEMBERED = 2048
"""Answers: the same mistake is made again and again, and a pattern is walked through each time."""


def _wanted(classes: Iterable[NameClass]) -> Wanted:
    known = list(classes)
    return Wanted(tuple(sorted({name for names in known for name in listed_in(names)})), any(map(is_open, known)))


@lru_cache(maxsize=_REMEMBERED)
def elements(pattern: Pattern) -> Wanted:
    """The elements that may stand next."""
    return _wanted(element.names for element in _first(pattern, only_needed=False))


def needed(pattern: Pattern) -> Wanted:
    """The elements of which one must come before the content may end."""
    return _wanted(element.names for element in _first(pattern, only_needed=True))


def _first(pattern: Pattern, *, only_needed: bool) -> Iterator[Element]:
    match pattern:
        case Element():
            yield pattern
        case Choice(items=items) | Interleave(items=items):
            for item in items:
                if not (only_needed and item.nullable):
                    yield from _first(item, only_needed=only_needed)
        case Group(items=items):
            for item in items:
                if not (only_needed and item.nullable):
                    yield from _first(item, only_needed=only_needed)
                if not item.nullable:
                    break
        case OneOrMore(item=item):
            yield from _first(item, only_needed=only_needed)
        case After(pairs=pairs):
            for inner, _ in pairs:
                yield from _first(inner, only_needed=only_needed)


def _standing_in(element: Element) -> Iterator[Pattern]:
    """What may stand directly in an element, at any point of its content; each pattern once, since they are shared."""
    waiting, seen = [element.content], {element.content}
    while waiting:
        here = waiting.pop()
        yield here
        if isinstance(here, OneOrMore):
            waiting.append(here.item)
        elif isinstance(here, Several):
            waiting += [item for item in here.items if item not in seen]
            seen.update(here.items)


@lru_cache(maxsize=_REMEMBERED)
def within(element: Element) -> frozenset[str]:
    """The elements that may stand directly in an element."""
    children = (part for part in _standing_in(element) if isinstance(part, Element))
    return frozenset(name for child in children for name in listed_in(child.names))


@lru_cache(maxsize=_REMEMBERED)
def holds_text(element: Element) -> bool:
    """Whether text may stand directly in an element."""
    return any(isinstance(part, Text) for part in _standing_in(element))


@lru_cache(maxsize=_REMEMBERED)
def can_precede(pattern: Pattern, one: str, other: str) -> bool:
    """Whether an element of one name may stand before another, with anything between them."""
    match pattern:
        case Choice(items=items):
            return any(can_precede(item, one, other) for item in items)
        case Group(items=items) | Interleave(items=items):
            firsts = [number for number, item in enumerate(items) if _has_child(item, one)]
            seconds = [number for number, item in enumerate(items) if _has_child(item, other)]
            is_mingled = isinstance(pattern, Interleave)
            apart = any(first < second or (is_mingled and first != second) for first in firsts for second in seconds)
            return apart or any(can_precede(item, one, other) for item in items)
        case OneOrMore(item=item):
            return _has_child(item, one) and _has_child(item, other)
        case _:
            return False


def _has_child(pattern: Pattern, name: str) -> bool:
    match pattern:
        case Element(names=names):
            return contains(names, name)
        case Choice(items=items) | Group(items=items) | Interleave(items=items):
            return any(_has_child(item, name) for item in items)
        case OneOrMore(item=item):
            return _has_child(item, name)
        case _:
            return False


def attributes(pattern: Pattern) -> Wanted:
    """The attributes that an element may have."""
    return _wanted(attribute.names for attribute in _attributes(pattern))


def _attributes(pattern: Pattern) -> Iterator[Attribute]:
    match pattern:
        case Attribute():
            yield pattern
        case Choice(items=items) | Interleave(items=items) | Group(items=items):
            for item in items:
                if item.attributes:
                    yield from _attributes(item)
        case OneOrMore(item=item):
            yield from _attributes(item)


def required(pattern: Pattern) -> list[Wanted]:
    """The attributes that are missing: of each entry, one."""
    match pattern:
        case Attribute(names=names):
            return [_wanted([names])]
        case Group(items=items) | Interleave(items=items):
            return [wanted for item in items for wanted in required(item)]
        case Choice(items=items):
            found = [required(item) for item in items]
            if not all(found):
                return []
            every = {name for wanted in found for each in wanted for name in each.names}
            return [Wanted(tuple(sorted(every)), any(each.is_open for wanted in found for each in wanted))]
        case OneOrMore(item=item):
            return required(item)
        case _:
            return []


def values(pattern: Pattern) -> Wanted:
    """What a text may be."""
    found = list(_strings(pattern))
    data = [item for item in found if isinstance(item, Data)]
    return Wanted(
        values=_once(item.text for item in found if isinstance(item, Value)),
        types=_once(item.datatype.name for item in data),
        examples=tuple(sorted({item.datatype.sign for item in data if item.datatype.sign}, key=_rarity)),
        patterns=_once(text for item in data for name, text in item.facets.given if name == "pattern"),
    )


def _rarity(example: str) -> tuple[bool, bool, str]:
    """Years and days before times, and before days without a year."""
    return example.startswith("-"), ":" in example, example


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(texts)))


def _strings(pattern: Pattern) -> Iterator[Pattern]:
    match pattern:
        case Data() | Value():
            yield pattern
        case Choice(items=items) | Interleave(items=items) | Group(items=items):
            for item in items:
                yield from _strings(item)
        case OneOrMore(item=item) | Words(item=item):
            yield from _strings(item)
        case After(pairs=pairs):
            for inner, _ in pairs:
                yield from _strings(inner)


def of_type(pattern: Pattern, types: frozenset[str]) -> bool:
    """Whether a value may be of one of these datatypes."""
    return any(isinstance(item, Data | Value) and item.datatype.name in types for item in _strings(pattern))


def depends_on_prefixes(pattern: Pattern) -> bool:
    """Whether a value means something else where other prefixes are declared."""
    return any(isinstance(item, Data | Value) and item.datatype.needs_prefixes for item in _strings(pattern))
