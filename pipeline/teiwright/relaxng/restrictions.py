"""What a schema may not say (RELAX NG, 7.1 and 7.2): patterns that nothing could match, or that data forbid."""

from __future__ import annotations

from enum import IntEnum

from teiwright.relaxng.patterns import (
    After,
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
    Text,
    Value,
    Words,
)


class Content(IntEnum):
    """What an element has between its tags."""

    EMPTY = 1
    COMPLEX = 2
    SIMPLE = 3


class BrokenRestrictionError(ValueError):
    """Says which."""


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


def content_type(pattern: Pattern, known: dict[Pattern, Content]) -> Content:
    """What stands between the tags; raises if data are mingled with other things (7.2)."""
    found = known.get(pattern)
    if found is None:
        found = known[pattern] = _content_type(pattern, known)
    return found


def _content_type(pattern: Pattern, known: dict[Pattern, Content]) -> Content:
    match pattern:
        case Choice(items=items):
            return max(content_type(item, known) for item in items)
        case Group(items=items) | Interleave(items=items):
            types = [content_type(item, known) for item in items]
            if Content.SIMPLE in types and sum(kind is not Content.EMPTY for kind in types) > 1:
                raise BrokenRestrictionError("data stand beside other content")
            return max(types)
        case OneOrMore(item=item):
            if content_type(item, known) is Content.SIMPLE:
                raise BrokenRestrictionError("data are repeated outside a list")
            return content_type(item, known)
        case Attribute(value=value):
            _check_string(value, "an attribute", in_list=False)
            return Content.EMPTY
        case Words(item=item):
            _check_string(item, "a list", in_list=True)
            return Content.SIMPLE
        case Data() | Value():
            _check_data(pattern)
            return Content.SIMPLE
        case Text() | Element():
            return Content.COMPLEX
        case _:
            return Content.EMPTY


def _check_string(pattern: Pattern, where: str, *, in_list: bool) -> None:
    match pattern:
        case Element() | Attribute() | After():
            raise BrokenRestrictionError(f"an element or attribute stands in {where}")
        case Text() | Words() | Interleave() if in_list:
            raise BrokenRestrictionError("text, a list or interleave stands in a list")
        case Choice(items=items) | Group(items=items) | Interleave(items=items):
            for item in items:
                _check_string(item, where, in_list=in_list)
        case OneOrMore(item=item):
            _check_string(item, where, in_list=in_list)
        case Words(item=item):
            _check_string(item, "a list", in_list=True)
        case Data() | Value():
            _check_data(pattern)
        case Text() | Empty() | NotAllowed():
            return


def _check_data(pattern: Pattern) -> None:
    if isinstance(pattern, Data) and pattern.but is not None:
        items = pattern.but.items if isinstance(pattern.but, Choice) else (pattern.but,)
        for item in items:
            if not isinstance(item, Data | Value | NotAllowed):
                raise BrokenRestrictionError("the except of data has more than data and values")
            _check_data(item)
