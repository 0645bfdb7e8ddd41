"""What it is worth to read a candidate as the callout of a note: how both look, and what number came before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from teiwright.parsing.conventions.callouts import Candidate

_SKIPPED, _SKIPPED_NUMBER, _SKIPPED_SYMBOL = -3.0, -4.0, -2.0
"""What it costs that a note has no callout. If a list tells the author's notes, theirs had symbols, which are lost
oftener than numbers."""
_LATER_SYMBOLS = {"†", "‡", "§", "¶"}
START = -1
"""The number before the first numeric callout: any may follow."""

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
    if candidate.number is None:
        return candidate.score + (3.0 if equals_label else 0.0) + (1.5 if label.in_original else 0.0), equals_label
    return candidate.score - (3.0 if label.in_original else 0.0), equals_label


def worth_after(state: State, candidate: Candidate, skipped: int) -> tuple[float, float]:
    """What a candidate is worth after the last number; and what else if its mark equals the note's label.

    If notes between them have no callout, as many numbers may be lacking; or theirs were symbols, and none lacks.
    """
    if candidate.number is None:
        return _worth_of_order(candidate.mark, skipped), 0.0
    last, letter = state
    if last == START:
        unsupported = -1.5 if candidate.score < 0 else 0.0
        return (0.5 if candidate.number <= 1 else 0.0) + unsupported - (1.0 if skipped else 0.0), 2.0
    if candidate.suffix:
        follows = candidate.number == last and candidate.suffix > letter
        return (3.0 if follows else -1.0 if candidate.number == last + 1 else -4.0), 0.0
    step = candidate.number - last
    if step == 1 or (candidate.number == 1 and last == 99):
        return (3.0 if skipped else 4.0), 0.5
    if skipped and step == skipped + 1:
        return 3.0, 2.0
    if step == 0:
        return (1.0 if candidate.score > 0 else -2.0), 2.0
    if 1 < step <= 4:
        return -1.5 - 0.5 * step, 2.0
    return -4.0, 2.0


def _worth_of_order(symbol: str, skipped: int) -> float:
    """Symbols run * † ‡ § on each page: before a later one others may lack, before the first none does."""
    if symbol in _LATER_SYMBOLS:
        return 0.6 * min(skipped, 2)
    return -4.0 if skipped and symbol == "*" else 0.0
