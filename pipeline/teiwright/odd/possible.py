"""Which elements no document can have, because their models ask for what cannot be there."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from teiwright.odd.specification import (
    Alternate,
    AnyElement,
    ClassRef,
    Content,
    DataRef,
    ElementRef,
    Empty,
    MacroRef,
    RelaxNg,
    Sequence,
    TextNode,
    Values,
)

if TYPE_CHECKING:
    from teiwright.odd.resolving import Grammar


def impossible(grammar: Grammar) -> frozenset[str]:
    """The least set of elements that can be, turned round."""
    possible: set[str] = set()
    while True:
        found = {
            ident
            for ident, element in grammar.elements.items()
            if all(_can(part, possible, grammar) for part in element.content)
        }
        if found == possible:
            return frozenset(grammar.elements.keys() - possible)
        possible = found


def _can(part: Content, possible: set[str], grammar: Grammar) -> bool:
    """Whether a part of a model can be satisfied with elements that are known to be possible."""
    match part:
        case TextNode() | Empty() | DataRef() | RelaxNg() | AnyElement():
            return True
        case Values(items):
            return bool(items)
        case ElementRef(key, occurs):
            return occurs.least == 0 or key in possible
        case ClassRef(_, occurs):
            if occurs.least == 0 or part.expand.startswith("sequenceOptional"):
                return True
            members = grammar.expanded(part)
            if part.expand.startswith("sequence"):
                return all(name in possible for name in members)
            return any(name in possible for name in members)
        case MacroRef(key):
            return all(_can(inner, possible, grammar) for inner in grammar.macros[key])
        case Sequence(parts, occurs):
            return occurs.least == 0 or all(_can(inner, possible, grammar) for inner in parts)
        case Alternate(parts, occurs):
            return occurs.least == 0 or any(_can(inner, possible, grammar) for inner in parts)
        case _ as never:
            assert_never(never)
