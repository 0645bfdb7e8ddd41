"""How findings of the parser are put into words."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """A number and what it counts: `1 note`, `2 notes`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
