"""What a mistyped name was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

_LONGEST = 24
"""Letters; what is longer is no slip of the hand, and would take long to compare."""

_MANY = 1000
"""Names; so many are ids of one document, and not worth remembering."""


def nearest(word: str, names: Iterable[str], count: int = 1) -> list[str]:
    """The names that one or two slips of the hand (Damerau, 1964) turn into ``word``, nearest first."""
    given = tuple(names)
    return list((_nearest(word, given) if len(given) < _MANY else _nearest_of_many(word, given))[:count])


@lru_cache(maxsize=4096)
def _nearest(word: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return _nearest_of_many(word, names)


def _nearest_of_many(word: str, names: tuple[str, ...]) -> tuple[str, ...]:
    if len(word) > _LONGEST:
        return ()
    allowed = 1 if len(word) < 4 else 2
    letters = set(word.lower())
    scored = [(distance(word, name, allowed), name) for name in names if not _is_far(letters, name, allowed)]
    return tuple(name for score, name in sorted(scored) if score <= allowed)


def _is_far(letters: set[str], name: str, most: int) -> bool:
    """Whether it lacks more of these letters, or has more others, than can be slips: seen without comparing them."""
    others = set(name.lower())
    return len(letters - others) > most or len(others - letters) > most


def by_nearness(word: str, names: Iterable[str]) -> list[str]:
    """All names, those that look most like ``word`` first."""
    return list(_by_nearness(word, tuple(names)))


@lru_cache(maxsize=4096)
def _by_nearness(word: str, names: tuple[str, ...]) -> tuple[str, ...]:
    if len(word) > _LONGEST:
        return tuple(sorted(names))
    return tuple(sorted(names, key=lambda name: (distance(word, name, len(word)), name)))


def distance(one: str, other: str, most: int) -> float:
    """How many letters were added, left out, changed or swapped; another case counts as a half."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    one, other = _apart(one, other)
    before: list[float] = []
    row: list[float] = [float(i) for i in range(len(other) + 1)]
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [float(i)]
        for j, against in enumerate(other, 1):
            cost = 0.0 if letter == against else 0.5 if letter.lower() == against.lower() else 1.0
            best = min(before[j - 1] + cost, before[j] + 1, row[j - 1] + 1)
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]


def _apart(one: str, other: str) -> tuple[str, str]:
    """Without what both begin and end with: that costs nothing, and ids begin alike by the thousand."""
    start, most = 0, min(len(one), len(other))
    while start < most and one[start] == other[start]:
        start += 1
    end = 0
    while end < most - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]
