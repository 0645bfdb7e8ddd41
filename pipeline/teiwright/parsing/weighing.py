"""What it is worth to read a candidate as the callout of a note: how both look, and what number came before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from teiwright.parsing.conventions.callouts import Candidate

_SKIPPED, _SKIPPED_NUMBER, _SKIPPED_SYMBOL = -3.0, -4.0, -2.0
"""What it costs that a note has no callout. If a list tells the author's notes, theirs had symbols, which are lost
oftener than numbers."""
_IN_HEADING = 3.0
"""How much likelier the note of the source is called in the heading, and how much less so below it."""
_LATER_SYMBOLS = {"†", "‡", "§", "¶"}
START = -1
"""The number before the first numeric callout: any may follow."""
MOST_AFTER = 5.0
"""What a step is worth at most, with what an equal label adds."""

State = tuple[int, str]
"""The last numeric callout: value and letter."""


@dataclass(frozen=True, slots=True)
class NoteText:
    """What the source prints before a note, and whether the note says that it stood in the original.

    In a list that counts from 1 anew the label is no evidence for a mark, but a mark that equals it is a little
    likelier. Printed series number their editors' notes and leave symbols to the authors' own.
    """

    label: str
    in_original: bool = False
    below: int | None = None
    """Where the heading ends in which it is called: a series that tells the source in a note calls it there."""


def skips_of(labels: Sequence[NoteText]) -> list[float]:
    """What it costs to skip each note."""
    if not any(label.in_original for label in labels):
        return [_SKIPPED] * len(labels)
    return [_SKIPPED_SYMBOL if label.in_original else _SKIPPED_NUMBER for label in labels]


def gain(state: State, candidate: Candidate, label: NoteText, skipped: int) -> float:
    """What it is worth to read this candidate as the callout of the note with this label."""
    worth, equals_label = worth_for(candidate, label)
    step, if_equal = worth_after(state, candidate, skipped)
    return worth + step + if_equal * equals_label


def worth_for(candidate: Candidate, label: NoteText) -> tuple[float, bool]:
    """What a candidate is worth as the callout of a note, whatever came before; and whether its mark is the label."""
    equals_label = candidate.mark == label.label
    if label.below is not None:
        worth = _IN_HEADING if candidate.span.start < label.below else -_IN_HEADING
        return candidate.score + worth, equals_label
    if candidate.number is None:
        return candidate.score + (3.0 if equals_label else 0.0) + (1.5 if label.in_original else 0.0), equals_label
    return candidate.score - (3.0 if label.in_original else 0.0), equals_label


def worth_after(state: State, candidate: Candidate, skipped: int) -> tuple[float, float]:
    """What a candidate is worth after the last number; and what else if its mark equals the note's label."""
    if candidate.number is None:
        return _worth_of_order(candidate.mark, skipped), 0.0
    step = step_to(state, candidate)
    if not skipped:
        return step.next
    return step.over_lacking if skipped == step.lacking else step.later


class Step(NamedTuple):
    """What the number of a candidate is worth after the last one, and what else if its mark equals the note's label."""

    next: tuple[float, float]
    """If no note was skipped."""
    later: tuple[float, float]
    """If some were."""
    lacking: int = 0
    """How many numbers lack: if as many notes have no callout, that is why."""
    over_lacking: tuple[float, float] = (3.0, 2.0)


def step_to(state: State, candidate: Candidate) -> Step:
    """The step from the last number to a candidate with a number.

    If notes between them have no callout, as many numbers may be lacking; or theirs were symbols, and none lacks.
    """
    last, letter = state
    number = candidate.number or 0
    if last == START:
        worth = (0.5 if number <= 1 else 0.0) + (-1.5 if candidate.score < 0 else 0.0)
        return _step(worth, 2.0, worth - 1.0)
    if candidate.suffix:
        follows = number == last and candidate.suffix > letter
        worth = 3.0 if follows else -1.0 if number == last + 1 else -4.0
        return _step(worth, 0.0, worth)
    step = number - last
    if step == 1 or (number == 1 and last == 99):
        return _NEXT_NUMBER
    if step == 0:
        return _SAME_NUMBER if candidate.score > 0 else _SAME_DOUBTFUL
    if step > 1:
        worth = -1.5 - 0.5 * step if step <= 4 else -4.0
        return _step(worth, 2.0, worth, step - 1)
    return _NUMBER_BEFORE


@cache
def _step(following: float, if_equal: float, later: float, lacking: int = 0) -> Step:
    """There are few different ones."""
    return Step((following, if_equal), (later, if_equal), lacking)


_NEXT_NUMBER = Step((4.0, 0.5), (3.0, 0.5))
_SAME_NUMBER = Step((1.0, 2.0), (1.0, 2.0))
_SAME_DOUBTFUL = Step((-2.0, 2.0), (-2.0, 2.0))
_NUMBER_BEFORE = Step((-4.0, 2.0), (-4.0, 2.0))


def _worth_of_order(symbol: str, skipped: int) -> float:
    """Symbols run * † ‡ § on each page: before a later one others may lack, before the first none does."""
    if symbol in _LATER_SYMBOLS:
        return 0.6 * min(skipped, 2)
    return -4.0 if skipped and symbol == "*" else 0.0
