"""Roman numbers, as labels of items and headings of chapters have them."""

from __future__ import annotations

from itertools import pairwise

_WORTH = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def value_of(number: str) -> int:
    """What a number of the signs I, V, X, L and C is worth: one that stands before a greater one is taken away."""
    worth = [_WORTH[sign] for sign in number.lower()]
    return sum(-this if this < following else this for this, following in pairwise([*worth, 0]))
