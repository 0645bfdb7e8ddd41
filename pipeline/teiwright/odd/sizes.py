"""How large content models are when they are written out: a few lines of an ODD can mean millions of patterns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from teiwright.odd.specification import (
    Alternate,
    AnyElement,
    ClassRef,
    Content,
    ElementRef,
    MacroRef,
    MacroSpec,
    Occurs,
    Sequence,
    Values,
)

LARGEST = 100_000
"""Parts of one model, macros opened and repeats written out; the largest of TEI has some hundreds."""


class Sizes:
    """Counts without writing out; each macro is counted once."""

    def __init__(self, macros: Mapping[str, MacroSpec], members: Mapping[str, tuple[str, ...]]) -> None:
        self._macros = macros
        self._members = members
        self._known: dict[str, int] = {}

    def of(self, content: Iterable[Content]) -> int:
        """The number of parts."""
        return sum(map(self._part, content))

    def _part(self, part: Content) -> int:
        match part:
            case Sequence(parts, occurs) | Alternate(parts, occurs):
                return _times(occurs) * (1 + self.of(parts))
            case ClassRef(key, occurs):
                return _times(occurs) * (1 if part.plain else 1 + len(self._members.get(key, ())))
            case MacroRef(key) if key in self._macros:
                if key not in self._known:
                    self._known[key] = self.of(self._macros[key].content or ())
                return self._known[key]
            case Values(items):
                return 1 + len(items)
            case ElementRef() | AnyElement():
                return _times(part.occurs)
            case _:
                return 1


def _times(occurs: Occurs) -> int:
    return max(occurs.least, occurs.most or 0, 1)
