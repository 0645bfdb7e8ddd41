"""Whether lines are verse or prose (Guidelines 6.2): those of verse end before the edge and begin with a capital."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BEFORE_WORD = re.compile(r"[\s«“‘\"'’([_—–-]*")
_EDGE = 62
"""A line of verse is seldom as long; what fills it was broken for want of room."""
_STEPS = (2, 6, 12)
"""From how many spaces on a line is set in by one, two, three steps."""
_FEWEST_SURE = 3


def is_verse(lines: Sequence[str], first: int, *, wrapped: bool = False) -> bool | None:
    """Whether lines are verse; ``None`` if they don't say.

    ``first`` is how long the first one is printed, behind a label; ``wrapped`` if most lines of the text are prose.
    """
    if any(begins_small(line) for line in lines[1:]):
        return False
    if len(lines) >= _FEWEST_SURE:
        return True
    if len(lines) == 1:
        return False if len(lines[0]) > _EDGE + _STEPS[-1] else None
    return True if first < _EDGE and not wrapped else None


def begins_small(line: str) -> bool:
    """Whether the first word of a line has a small letter, whatever signs stand before it."""
    match = _BEFORE_WORD.match(line)
    assert match is not None  # noqa: S101  # it matches nothing, too
    return line[match.end() : match.end() + 1].islower()


def decided(kinds: Sequence[bool | None]) -> list[bool]:
    """The kinds of runs of lines one after the other; one that doesn't say is as its neighbours, or as most are."""
    known = [kind for kind in kinds if kind is not None]
    usual = sum(known) * 2 > len(known)
    later: list[bool | None] = [None] * len(kinds)
    following: bool | None = None
    for at in range(len(kinds) - 1, -1, -1):
        later[at] = following
        following = following if kinds[at] is None else kinds[at]
    result: list[bool] = []
    before: bool | None = None
    for kind, after in zip(kinds, later, strict=True):
        if kind is not None:
            before = kind
            result.append(kind)
        else:
            result.append(before if before is not None and before is after else usual)
    return result


def depth(indent: int, margin: int) -> int:
    """How many steps a line is set in from the margin."""
    return sum(indent - margin >= step for step in _STEPS)
