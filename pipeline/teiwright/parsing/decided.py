"""What a person decided on the conventions of a text, whatever the text itself says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from teiwright.model import Convention, Habit, Use

Decided = Mapping[Habit, Use]


def forbids(use: Decided, habit: Habit) -> bool:
    """Whether a text has not a convention, as a person says."""
    return use.get(habit) is Use.NEVER


def as_decided(convention: Convention, use: Decided) -> Convention:
    """A convention with what a person decided on it as its reason."""
    match use.get(Habit(convention.name)):
        case Use.NEVER:
            return replace(convention, why="never, as the metadata or the project say")
        case Use.ALWAYS:
            return replace(convention, why=f"always, as the metadata or the project say: {convention.why}")
        case _:
            return convention
