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
        round_ = _Round(grammar, possible)
        found = {ident for ident, element in grammar.elements.items() if all(map(round_.can, element.content))}
        if found == possible:
            return frozenset(grammar.elements.keys() - possible)
        possible = found


class _Round:
    """What can be satisfied with elements that are known to be possible; each macro is asked once."""

    def __init__(self, grammar: Grammar, possible: set[str]) -> None:
        self._grammar = grammar
        self._possible = possible
        self._macros: dict[str, bool] = {}

    def can(self, part: Content) -> bool:
        """Whether a part of a model can be satisfied."""
        match part:
            case TextNode() | Empty() | DataRef() | RelaxNg() | AnyElement():
                return True
            case Values(items):
                return bool(items)
            case ElementRef(key, occurs):
                return occurs.least == 0 or key in self._possible
            case ClassRef():
                return self._class(part)
            case MacroRef(key):
                if key not in self._macros:
                    self._macros[key] = all(map(self.can, self._grammar.macros[key]))
                return self._macros[key]
            case Sequence(parts, occurs):
                return occurs.least == 0 or all(map(self.can, parts))
            case Alternate(parts, occurs):
                return occurs.least == 0 or any(map(self.can, parts))
            case _ as never:
                assert_never(never)

    def _class(self, ref: ClassRef) -> bool:
        if ref.occurs.least == 0 or ref.expand.startswith("sequenceOptional"):
            return True
        wanted = [name in self._possible for name in self._grammar.expanded(ref)]
        return all(wanted) if ref.expand.startswith("sequence") else any(wanted)
