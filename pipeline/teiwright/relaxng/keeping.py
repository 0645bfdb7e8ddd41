"""A compiled schema as text, so that it need not be read and held against the specification anew.

What is read back was written by us, and is still nothing but names and numbers: it can do no harm.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from teiwright.relaxng.datatypes import LIBRARIES, Datatype, facets_of, find
from teiwright.relaxng.names import AnyName, Name, NameChoice, NameClass, NsName
from teiwright.relaxng.patterns import (
    Attribute,
    Choice,
    Data,
    Element,
    Empty,
    Group,
    Interleave,
    NotAllowed,
    OneOrMore,
    Pattern,
    Pool,
    Text,
    Value,
    Words,
)

_Row = list[Any]


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a schema is once it has been compiled: patterns, elements by their names, what is said of them."""

    pool: Pool
    start: Pattern
    elements: tuple[Element, ...]
    documented: Mapping[str, str]
    annotations: frozenset[str]


def packed(compiled: Compiled) -> str:
    """As text. Not for a schema with values that depend on prefixes, nor after the first document."""
    patterns = sorted(_all(compiled), key=lambda pattern: pattern.serial)
    numbers = {pattern: number for number, pattern in enumerate(patterns)}
    return json.dumps(
        {
            "rows": [_row(pattern, numbers) for pattern in patterns],
            "start": numbers[compiled.start],
            "elements": [numbers[element] for element in compiled.elements],
            "documented": dict(compiled.documented),
            "annotations": sorted(compiled.annotations),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def unpacked(text: str) -> Compiled:
    """Back from text. The order of patterns is kept, since that of choices follows it."""
    data = json.loads(text)
    pool = Pool()
    made: list[Pattern] = []
    for row in data["rows"]:
        made.append(_MAKERS[row[0]](row, made, pool))
    elements = tuple(pattern for number in data["elements"] if isinstance(pattern := made[number], Element))
    return Compiled(pool, made[data["start"]], elements, data["documented"], frozenset(data["annotations"]))


def _all(compiled: Compiled) -> set[Pattern]:
    found = {*compiled.pool.patterns, *compiled.elements, compiled.start}
    waiting: list[Pattern] = list(found)
    while waiting:
        for part in _parts(waiting.pop()):
            if part not in found:
                found.add(part)
                waiting.append(part)
    return found


def _parts(pattern: Pattern) -> Iterable[Pattern]:
    match pattern:
        case Choice(items=items) | Group(items=items) | Interleave(items=items):
            return items
        case OneOrMore(item=item) | Words(item=item):
            return (item,)
        case Element():
            return (pattern.content,)
        case Attribute(value=value):
            return (value,)
        case Data(but=but) if but is not None:
            return (but,)
        case _:
            return ()


# -- to rows


def _row(pattern: Pattern, numbers: Mapping[Pattern, int]) -> _Row:
    match pattern:
        case Text() | Empty() | NotAllowed():
            return [type(pattern).__name__]
        case Choice(items=items) | Group(items=items) | Interleave(items=items):
            return [type(pattern).__name__, *(numbers[item] for item in items)]
        case OneOrMore(item=item) | Words(item=item):
            return [type(pattern).__name__, numbers[item]]
        case Element():
            return ["Element", _names(pattern.names), numbers[pattern.content], pattern.documentation]
        case Attribute(names=names, value=value):
            return ["Attribute", _names(names), numbers[value]]
        case Data(datatype=datatype, facets=facets, but=but):
            return ["Data", *_called(datatype), facets.given, None if but is None else numbers[but]]
        case Value(datatype=datatype, text=text):
            return ["Value", *_called(datatype), text]
        case _:
            raise AssertionError(pattern)


def _names(names: NameClass) -> _Row:
    match names:
        case Name(name):
            return ["name", name]
        case AnyName(but):
            return ["any", None if but is None else _names(but)]
        case NsName(namespace, but):
            return ["of", namespace, None if but is None else _names(but)]
        case NameChoice(items):
            return ["choice", *map(_names, items)]


def _called(datatype: Datatype) -> tuple[str, str]:
    """The library that a datatype is of, and its name there."""
    return next((library, datatype.name) for library in LIBRARIES if find(library, datatype.name) is datatype)


# -- from rows


def _named(row: _Row | None) -> NameClass | None:
    return None if row is None else _class(row)


def _class(row: _Row) -> NameClass:
    match row:
        case ["name", name]:
            return Name(name)
        case ["any", but]:
            return AnyName(_named(but))
        case ["of", namespace, but]:
            return NsName(namespace, _named(but))
        case _:
            return NameChoice(tuple(map(_class, row[1:])))


def _type(row: _Row) -> Datatype:
    found = find(row[1], row[2])
    if found is None:
        raise KeyError(row[2])
    return found


def _element(row: _Row, made: list[Pattern], pool: Pool) -> Pattern:
    # its content may come later
    return pool.element(_class(row[1]), partial(made.__getitem__, row[2]), row[3])


def _data(row: _Row, made: list[Pattern], pool: Pool) -> Pattern:
    datatype = _type(row)
    facets = facets_of(datatype, ((name, text) for name, text in row[3]))
    return pool.data(datatype, facets, None if row[4] is None else made[row[4]])


def _value(row: _Row, _made: list[Pattern], pool: Pool) -> Pattern:
    datatype = _type(row)
    return pool.value(datatype, row[3], datatype.value(row[3], {}))


_MAKERS: Mapping[str, Callable[[_Row, list[Pattern], Pool], Pattern]] = {
    "Text": lambda _row, _made, pool: pool.text,
    "Empty": lambda _row, _made, pool: pool.empty,
    "NotAllowed": lambda _row, _made, pool: pool.not_allowed,
    "Choice": lambda row, made, pool: pool.choice(made[number] for number in row[1:]),
    "Group": lambda row, made, pool: pool.group(made[number] for number in row[1:]),
    "Interleave": lambda row, made, pool: pool.interleave(made[number] for number in row[1:]),
    "OneOrMore": lambda row, made, pool: pool.one_or_more(made[row[1]]),
    "Words": lambda row, made, pool: pool.words(made[row[1]]),
    "Element": _element,
    "Attribute": lambda row, made, pool: pool.attribute(_class(row[1]), made[row[2]]),
    "Data": _data,
    "Value": _value,
}
