"""What a schema may not say once it is simplified (RELAX NG, chapter 7, and 5 of the DTD compatibility).

Patterns come here as their pool made them, so that what cannot be (``notAllowed``) has gone already (4.20).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from itertools import chain

from teiwright.relaxng.names import Name, NameClass, contains, is_open, listed_in, local, overlap
from teiwright.relaxng.patterns import (
    Attribute,
    Choice,
    Data,
    Element,
    Group,
    Interleave,
    NotAllowed,
    OneOrMore,
    Pattern,
    Several,
    Text,
    Value,
    Words,
)


class Content(IntEnum):
    """What an element has between its tags (7.2)."""

    EMPTY = 1
    COMPLEX = 2
    SIMPLE = 3


class BrokenRestrictionError(ValueError):
    """Says which."""


@dataclass(frozen=True, slots=True)
class _Names:
    """Names that stand in a pattern, outside its elements: those listed, and classes without end."""

    plain: frozenset[str] = frozenset()
    classes: tuple[NameClass, ...] = ()


_NONE = _Names()


def check_start(pattern: Pattern) -> None:
    """A document begins with an element (7.1.5)."""
    match pattern:
        case Choice(items=items):
            for item in items:
                check_start(item)
        case Element() | NotAllowed():
            return
        case _:
            raise BrokenRestrictionError("the start of a schema is an element, or a choice of elements")


class Restrictions:
    """Looks at each pattern once, since patterns are shared."""

    def __init__(self) -> None:
        self._contents: dict[Pattern, Content] = {}
        self._attributes: dict[Pattern, _Names] = {}
        self._elements: dict[Pattern, _Names] = {}
        self._repeated: set[Pattern] = set()
        self._once = _Collector(_is_open_attribute, into_repeated=False)

    def check(self, content: Pattern) -> None:
        """What an element holds, with its attributes. Raises ``BrokenRestrictionError``."""
        self._content(content)
        self._wildcards(content)

    # -- what is data and what is not (7.2), and what stands beside what (7.3, 7.4)

    def _content(self, pattern: Pattern) -> Content:
        found = self._contents.get(pattern)
        if found is None:
            found = self._contents[pattern] = self._new_content(pattern)
        return found

    def _new_content(self, pattern: Pattern) -> Content:
        match pattern:
            case Choice(items=items):
                return max(self._content(item) for item in items)
            case Group(items=items) | Interleave(items=items):
                types = [self._content(item) for item in items]
                if Content.SIMPLE in types and sum(kind is not Content.EMPTY for kind in types) > 1:
                    raise BrokenRestrictionError("data stand beside other content")
                self._beside(pattern)
                return max(types)
            case OneOrMore(item=item):
                if self._content(item) is Content.SIMPLE:
                    raise BrokenRestrictionError("data are repeated outside a list")
                self._repeat(item)
                return self._content(item)
            case Attribute(value=value):
                self._value_of_attribute(value)
                return Content.EMPTY
            case Words(item=item):
                _check_list(item)
                return Content.SIMPLE
            case Data() | Value():
                _check_data(pattern)
                return Content.SIMPLE
            case Text() | Element():
                return Content.COMPLEX
            case _:
                return Content.EMPTY

    def _value_of_attribute(self, value: Pattern) -> None:
        """Neither elements nor attributes (7.1.1)."""
        if _has(value, (Element, Attribute)):
            raise BrokenRestrictionError("an element or attribute stands in an attribute")
        self._content(value)

    def _beside(self, pattern: Group | Interleave) -> None:
        """An attribute is named once (7.3); what is mingled can be told apart (7.4)."""
        if pattern.attributes:
            twice = _overlapping(self._attributes_of(item) for item in pattern.items if item.attributes)
            if twice is not None:
                raise BrokenRestrictionError(f"{_called('attribute', twice)} may come twice on one element")
        if isinstance(pattern, Interleave):
            twice = _overlapping(self._elements_of(item) for item in pattern.items)
            if twice is not None:
                raise BrokenRestrictionError(f"{_called('element', twice)} stands in two parts of an interleave")
            if sum(_has(item, (Text,)) for item in pattern.items) > 1:
                raise BrokenRestrictionError("text stands in two parts of an interleave, or of mixed")

    def _attributes_of(self, pattern: Pattern) -> _Names:
        found = self._attributes.get(pattern)
        if found is None:
            match pattern:
                case Attribute(names=names):
                    found = _names_of(names)
                case Choice() | Group() | Interleave():
                    found = _joined(self._attributes_of(item) for item in pattern.items if item.attributes)
                case OneOrMore(item=item):
                    found = self._attributes_of(item)
                case _:
                    found = _NONE
            self._attributes[pattern] = found
        return found

    def _elements_of(self, pattern: Pattern) -> _Names:
        found = self._elements.get(pattern)
        if found is None:
            match pattern:
                case Element(names=names):
                    found = _names_of(names)
                case Choice() | Group() | Interleave():
                    found = _joined(self._elements_of(item) for item in pattern.items)
                case OneOrMore(item=item):
                    found = self._elements_of(item)
                case _:
                    found = _NONE
            self._elements[pattern] = found
        return found

    # -- attributes that are repeated, and those of any name

    def _repeat(self, pattern: Pattern) -> None:
        """A repeated pattern has no group or interleave with attributes (7.1.2)."""
        if not pattern.attributes or pattern in self._repeated:
            return
        self._repeated.add(pattern)
        match pattern:
            case Group() | Interleave():
                raise BrokenRestrictionError("attributes are repeated in a group or interleave")
            case Choice(items=items):
                for item in items:
                    self._repeat(item)
            case OneOrMore(item=item):
                self._repeat(item)

    def _wildcards(self, content: Pattern) -> None:
        """An attribute of any name is repeated (7.3)."""
        if self._once.of(content):
            raise BrokenRestrictionError("an attribute of any name is not repeated")


def _is_open_attribute(pattern: Pattern) -> bool:
    return isinstance(pattern, Attribute) and is_open(pattern.names)


def _names_of(names: NameClass) -> _Names:
    if isinstance(names, Name):
        return _Names(frozenset((names.name,)))
    return _Names(classes=(names,)) if is_open(names) else _Names(frozenset(listed_in(names)))


def _joined(several: Iterable[_Names]) -> _Names:
    found = list(several)
    plain = frozenset(name for each in found for name in each.plain)
    return _Names(plain, tuple(dict.fromkeys(names for each in found for names in each.classes)))


def _overlapping(several: Iterable[_Names]) -> str | None:
    """A name that two have, ``*`` if it is any, ``None`` if there is none."""
    seen: set[str] = set()
    classes: list[NameClass] = []
    for names in several:
        if not seen.isdisjoint(names.plain):
            return min(seen & names.plain)
        for other in classes:
            if twice := next((name for name in sorted(names.plain) if overlap(other, Name(name))), None):
                return twice
        for own in names.classes:
            if any(overlap(own, other) for other in classes):
                return "*"
            if twice := next((name for name in sorted(seen) if overlap(own, Name(name))), None):
                return twice
        seen |= names.plain
        classes += names.classes
    return None


def _called(what: str, name: str) -> str:
    return f"an {what} of any name" if name == "*" else f"the {what} `{local(name)}`"


def _inside(pattern: Pattern) -> Iterator[Pattern]:
    """A pattern and those in it, up to elements, attributes and lists."""
    waiting = [pattern]
    while waiting:
        here = waiting.pop()
        yield here
        if isinstance(here, Several):
            waiting += reversed(here.items)
        elif isinstance(here, OneOrMore):
            waiting.append(here.item)


def _has(pattern: Pattern, kinds: tuple[type[Pattern], ...]) -> bool:
    return any(isinstance(here, kinds) for here in _inside(pattern))


def _check_list(pattern: Pattern) -> None:
    """What stands in a list (7.1.3)."""
    for here in _inside(pattern):
        match here:
            case Element() | Attribute():
                raise BrokenRestrictionError("an element or attribute stands in a list")
            case Text() | Words() | Interleave():
                raise BrokenRestrictionError("text, a list or interleave stands in a list")
            case Data():
                _check_data(here)


def _check_data(pattern: Data | Value) -> None:
    """What is taken away from data (7.1.4)."""
    if isinstance(pattern, Value) or pattern.but is None:
        return
    for item in pattern.but.items if isinstance(pattern.but, Choice) else (pattern.but,):
        match item:
            case Data() | Value():
                _check_data(item)
            case NotAllowed():
                pass
            case _:
                raise BrokenRestrictionError("the except of data has more than data and values")


_ID_TYPES = frozenset({"ID", "IDREF", "IDREFS"})


def check_ids(elements: Iterable[Element]) -> None:
    """Ids and references to them can be told by the names of attribute and element (DTD compatibility, 5).

    Raises ``BrokenRestrictionError``, with the element as its second argument.
    """
    typed: dict[tuple[str, str], str] = {}
    with_ids = _Collector(_has_id)
    for element in elements:
        for here in with_ids.of(element.content):
            for key, kind in _id(element, here):
                if typed.setdefault(key, kind) != kind:
                    raise BrokenRestrictionError(_conflict(*key), element)
    if typed:
        _check_others(elements, typed)


class _Collector:
    """Finds attributes and data outside elements; looks into each pattern once, since patterns are shared."""

    def __init__(self, wanted: Callable[[Pattern], bool], *, into_repeated: bool = True) -> None:
        self._wanted = wanted
        self._into_repeated = into_repeated
        self._known: dict[Pattern, tuple[Pattern, ...]] = {}

    def of(self, pattern: Pattern) -> tuple[Pattern, ...]:
        """Those that are wanted."""
        if not (pattern.attributes or pattern.data):
            return ()
        found = self._known.get(pattern)
        if found is None:
            if isinstance(pattern, Several):
                found = tuple(chain.from_iterable(map(self.of, pattern.items)))
            elif isinstance(pattern, OneOrMore):
                found = self.of(pattern.item) if self._into_repeated else ()
            else:
                found = (pattern,) if self._wanted(pattern) else ()
            self._known[pattern] = found
        return found


def _has_id(pattern: Pattern) -> bool:
    match pattern:
        case Attribute(value=inner) | Words(item=inner):
            return any(map(_has_id, _inside(inner)))
        case _:
            return bool(_id_type(pattern))


def _id(element: Element, pattern: Pattern) -> Iterator[tuple[tuple[str, str], str]]:
    """Names of element and attribute, and the type."""
    kind = _id_type(pattern.value) if isinstance(pattern, Attribute) else ""
    if not isinstance(pattern, Attribute) or not kind:
        raise BrokenRestrictionError("ID, IDREF and IDREFS are types of whole values of attributes only", element)
    if is_open(element.names) or is_open(pattern.names):
        raise BrokenRestrictionError(f"an attribute of type {kind}, or its element, can have any name", element)
    yield from (((name, named), kind) for name in listed_in(element.names) for named in listed_in(pattern.names))


def _conflict(element: str, attribute: str) -> str:
    return f"the attribute `{local(attribute)}` of `{local(element)}` has an id type in one place, and none in another"


def _check_others(elements: Iterable[Element], typed: Mapping[tuple[str, str], str]) -> None:
    """Another pattern for such an element gives such an attribute the same type."""
    by_attribute: dict[str, list[str]] = {}
    kinds: dict[str, set[str]] = {}
    for (element, attribute), kind in typed.items():
        by_attribute.setdefault(attribute, []).append(element)
        kinds.setdefault(attribute, set()).add(kind)

    def same_named(pattern: Pattern) -> bool:
        return isinstance(pattern, Attribute) and any(contains(pattern.names, named) for named in by_attribute)

    competing = _Collector(same_named)
    for other in elements:
        for found in competing.of(other.content):
            if not isinstance(found, Attribute):
                continue
            kind = _id_type(found.value)
            for named in filter(partial(contains, found.names), by_attribute):
                if kinds[named] == {kind}:
                    continue
                for name in by_attribute[named]:
                    if typed[name, named] != kind and contains(other.names, name):
                        raise BrokenRestrictionError(_conflict(name, named), other)


def _id_type(value: Pattern) -> str:
    """``ID``, ``IDREF``, ``IDREFS``, or nothing."""
    return value.datatype.name if isinstance(value, Data | Value) and value.datatype.name in _ID_TYPES else ""
