"""A document's findings are decided together: the longest, then the surest; none overlaps another."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable
from dataclasses import replace

from teiwright.naming.found import Found


def decide(candidates: Iterable[Found], kept: Iterable[Found] = (), weaker: Iterable[Found] = ()) -> tuple[Found, ...]:
    """Choose among candidates, leaving untouched what was chosen before; in order of place.

    ``weaker`` candidates come only where nothing else is.
    """
    chosen: list[tuple[int, int]] = []
    decided = list(kept)
    for found in decided:
        insort(chosen, (found.start, found.end))
    ranked = [*sorted(_merged(candidates), key=_rank), *sorted(_merged(weaker), key=_rank)]
    for found in ranked:
        if not _overlaps(chosen, found):
            insort(chosen, (found.start, found.end))
            decided.append(found)
    return tuple(sorted(decided, key=lambda f: f.start))


def _rank(found: Found) -> tuple[int, float, int, str, str]:
    return (found.start - found.end, -found.score, found.start, found.kind.value, found.by)


def _merged(candidates: Iterable[Found]) -> list[Found]:
    """Several recognisers' findings of one range and kind are one, as sure as the surest, with what the others add.

    Who finds it is the recogniser that can say why, before the model, which cannot.
    """
    merged: dict[tuple[int, int, str], Found] = {}
    for found in sorted(candidates, key=lambda f: (f.by == "model", -f.score, f.by)):
        place = (found.start, found.end, found.kind.value)
        first = merged.setdefault(place, found)
        if first is not found:
            score = max(first.score, found.score)
            merged[place] = replace(first, score=score, role=first.role or found.role, post=first.post or found.post)
    return list(merged.values())


def _overlaps(chosen: list[tuple[int, int]], found: Found) -> bool:
    at = bisect_right(chosen, (found.start, found.end))
    before = at > 0 and chosen[at - 1][1] > found.start
    return before or (at < len(chosen) and chosen[at][0] < found.end)
