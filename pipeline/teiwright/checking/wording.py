"""The words of messages: lists of names, glosses, hints."""

from __future__ import annotations

from collections.abc import Iterable

_MOST_NAMES = 5


def quoted(text: str, most: int = 60) -> str:
    """A value in backticks, on one line, cut if it is long."""
    line = " ".join(text.split())
    return f"`{line if len(line) <= most else line[: most - 1] + '…'}`"


def listed(names: Iterable[str]) -> str:
    """At most five names, and how many more there are."""
    known = list(names)
    shown = ", ".join(f"`{name}`" for name in known[:_MOST_NAMES])
    more = len(known) - _MOST_NAMES
    return f"{shown} and {more} more" if more > 0 else shown
