"""Which callout belongs to which note: a global, monotone, scored alignment.

Both lists are in order, so notes are matched to candidates without crossing.
Printed numbers run on by one (through a chapter, from 99 to 1 again), symbols stand between them,
and either side can have lost a member.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from teiwright.model import Certainty
from teiwright.parsing.conventions.callouts import Candidate

_SKIPPED_NOTE = -3.0
_MAX_SKIPS = 12
_BEAM = 40.0
_LATER_SYMBOLS = {"†", "‡", "§", "¶"}
"""Symbols run * † ‡ § ¶: one of these says that notes before it were called, though their marks may be lost."""
_START = -1
"""The number before the first numeric callout: any may follow."""


@dataclass(frozen=True, slots=True)
class Match:
    """Note ``note`` is called by ``candidate``; ``margin`` is by how much no other reading is as good."""

    note: int
    candidate: Candidate
    margin: float

    @property
    def certainty(self) -> Certainty | None:
        """``None`` if nothing speaks against the match."""
        if self.margin >= 4.0:
            return None
        if self.margin >= 2.0:
            return Certainty.HIGH
        return Certainty.MEDIUM if self.margin >= 1.0 else Certainty.LOW


@dataclass(frozen=True, slots=True)
class _Path:
    score: float
    end: int
    """Where the last callout ends; the next one begins there or later."""
    matches: tuple[int, Candidate, object] | None
    gain: float = 0.0


_State = tuple[int, str]
"""The last numeric callout: value and letter."""


@dataclass(frozen=True, slots=True)
class NoteText:
    """What the source prints before a note, and whether the note says that it stood in the original.

    In a list that counts from 1 anew the label is no evidence for a mark, but a mark that equals it is a little
    likelier. Printed series number their editors' notes and leave symbols to the authors' own.
    """

    label: str
    in_original: bool = False


def align(labels: Sequence[NoteText], candidates: Sequence[Candidate]) -> list[Match]:
    """Match notes, in order, to candidates."""
    states: list[dict[_State, _Path]] = [{} for _ in range(len(labels) + 1)]
    states[0][(_START, "")] = _Path(0.0, 0, None)
    low = 0
    for candidate in candidates:
        low = _advance(states, labels, candidate, low)
    best = _best_end(states)
    return _with_margins(labels, candidates, _unwind(best))


def _advance(states: list[dict[_State, _Path]], labels: Sequence[NoteText], candidate: Candidate, low: int) -> int:
    """Try one candidate against every note that may be next; returns the first note still in play."""
    fresh: list[tuple[int, _State, _Path]] = []
    top = max((p.score for row in states[low:] for p in row.values()), default=0.0)
    for done in range(low, min(len(labels), _reach(states, low)) + 1):
        for state, path in states[done].items():
            if path.end > candidate.span.start or path.score < top - _BEAM:
                continue
            for skipped in range(min(_MAX_SKIPS, len(labels) - 1 - done) + 1):
                note = done + skipped
                gain = _gain(state, candidate, labels[note])
                score = path.score + gain + skipped * _SKIPPED_NOTE
                if skipped and candidate.mark in _LATER_SYMBOLS:
                    score += 0.6 * min(skipped, 2)
                if score < path.score - 30:
                    break
                after = state if candidate.number is None else (candidate.number, candidate.suffix)
                fresh.append((note + 1, after, _Path(score, candidate.span.end, (note, candidate, path.matches), gain)))
    for done, state, path in fresh:
        old = states[done].get(state)
        if old is None or path.score > old.score:
            states[done][state] = path
    return _first_in_play(states, low)


def _reach(states: list[dict[_State, _Path]], low: int) -> int:
    high = low
    for done in range(low, len(states)):
        if states[done]:
            high = done
        elif done > high + _MAX_SKIPS:
            break
    return high


def _first_in_play(states: list[dict[_State, _Path]], low: int) -> int:
    """Drop rows that have fallen hopelessly behind, so that the cost stays linear in the text."""
    best = max((p.score - done * 0.0 for done in range(low, len(states)) for p in states[done].values()), default=0.0)
    while low < len(states) - 1 and all(p.score < best - _BEAM for p in states[low].values()):
        low += 1
    return low


def _gain(state: _State, candidate: Candidate, label: NoteText) -> float:
    """What it is worth to read this candidate as the callout of the note with this label."""
    score = candidate.score
    if candidate.number is None:
        return score + (3.0 if candidate.mark == label.label else 0.0) + (1.5 if label.in_original else 0.0)
    equals_label = 1.0 if candidate.mark == label.label else 0.0
    if label.in_original:
        score -= 2.0
    last, letter = state
    if last == _START:
        unsupported = -1.5 if candidate.score < 0 else 0.0
        return score + 2.0 * equals_label + (0.5 if candidate.number <= 1 else 0.0) + unsupported
    if candidate.suffix:
        follows = candidate.number == last and candidate.suffix > letter
        return score + (3.0 if follows else -1.0 if candidate.number == last + 1 else -4.0)
    step = candidate.number - last
    if step == 1 or (candidate.number == 1 and last == 99):
        return score + 4.0 + 0.5 * equals_label
    score += 2.0 * equals_label
    if step == 0:
        return score + (1.0 if candidate.score > 0 else -2.0)
    if 1 < step <= 4:
        return score - 0.5 * step
    return score - 4.0


def _best_end(states: list[dict[_State, _Path]]) -> _Path:
    total = len(states) - 1
    ends = [
        (path.score + (total - done) * _SKIPPED_NOTE, -done, path)
        for done, row in enumerate(states)
        for path in row.values()
    ]
    return max(ends, key=lambda end: end[:2])[2]


def _unwind(path: _Path) -> list[tuple[int, Candidate]]:
    found: list[tuple[int, Candidate]] = []
    link = path.matches
    while link is not None:
        note, candidate, link = link  # type: ignore[assignment]
        found.append((note, candidate))
    return found[::-1]


def _with_margins(
    labels: Sequence[NoteText], candidates: Sequence[Candidate], found: list[tuple[int, Candidate]]
) -> list[Match]:
    """The margin of each match over the best other candidate between its neighbours, or over none at all."""
    matches = []
    position = 0
    state: _State = (_START, "")
    for index, (note, candidate) in enumerate(found):
        before = found[index - 1][1].span.end if index else 0
        after = found[index + 1][1].span.start if index + 1 < len(found) else 1 << 60
        own = _gain(state, candidate, labels[note]) + _bond(candidate, found, index)
        rivals = [_SKIPPED_NOTE]
        while position < len(candidates) and candidates[position].span.start < before:
            position += 1
        for rival in candidates[position:]:
            if rival.span.end > after:
                break
            if rival is not candidate:
                rivals.append(_gain(state, rival, labels[note]) + _bond(rival, found, index))
        matches.append(Match(note, candidate, own - max(rivals)))
        if candidate.number is not None:
            state = (candidate.number, candidate.suffix)
    return matches


def _bond(candidate: Candidate, found: list[tuple[int, Candidate]], index: int) -> float:
    """How well the next numeric callout goes on after this one."""
    following = next((c for _, c in found[index + 1 :] if c.number is not None), None)
    if candidate.number is None or following is None or following.number is None:
        return 0.0
    return 2.0 if following.number - candidate.number in (0, 1) or candidate.number == 99 else -2.0
