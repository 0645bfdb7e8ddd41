"""What an attribute holds, worked out: its words, and how many of them."""

from __future__ import annotations

from dataclasses import dataclass

from teiwright.odd.specification import ONCE, Attribute, Content, Occurs, Values


@dataclass(frozen=True, slots=True)
class Held:
    """Any of ``choices``, so often as ``occurs`` says; any text at all if there are none."""

    choices: tuple[Content, ...]
    occurs: Occurs = ONCE


def held(attribute: Attribute) -> Held:
    """A closed list stands for the datatype, a half-closed one beside it (TD, `valList/@type`)."""
    datatype, values = attribute.datatype, attribute.values
    choices = () if datatype is None else datatype.choices
    if values is not None and values.kind == "closed":
        choices = (values,)
    elif values is not None and values.kind == "semi" and choices:
        choices = (Values(values.items, "semi"), *choices)
    return Held(choices, ONCE if datatype is None else datatype.occurs)
