"""Which callout belongs to which note: a global, monotone, scored alignment.

Both lists are in order, so notes are matched to candidates without crossing.
Printed numbers run on by one (through a chapter, from 99 to 1 again), symbols stand between them,
and either side can have lost a member.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from teiwright.model import Certainty
from teiwright.parsing.conventions.callouts import Candidate

_SKIPPED_NOTE = -3.0
_MAX_SKIPS = 12
_BEAM = 30.0
_LIKELY = -1.5
"""A candidate below this is tried only where a sequence waits for its number."""
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


class _Path(NamedTuple):
    score: float
    end: int
    """Where the last callout ends; the next one begins there or later."""
    matches: tuple[int, Candidate, object] | None
    skipped: int = 0
    """How many notes since the last callout have none."""


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
    table = _Table(labels)
    for candidate in candidates:
        if table.may_fit(candidate):
            table.take(candidate)
    return _with_margins(labels, candidates, _unwind(table.best_end()))


class _Table:
    """The best readings so far: for each number of notes decided, one for each last printed number."""

    def __init__(self, labels: Sequence[NoteText]) -> None:
        self._labels = labels
        self._rows: list[dict[_State, _Path]] = [{} for _ in range(len(labels) + 1)]
        self._low = 0
        self._high = 0
        self._top = 0.0
        self._awaited: set[int] = set()
        self._keep((_START, ""), {0: _Path(0.0, 0, None)})

    def may_fit(self, candidate: Candidate) -> bool:
        """Whether the candidate looks like a callout, or is the number that some reading waits for."""
        return candidate.score >= _LIKELY or candidate.number in self._awaited

    def take(self, candidate: Candidate) -> None:
        """Try one candidate as the callout of every note that may be next."""
        if candidate.number is None:
            fresh = self._with_symbol(candidate)
        else:
            fresh = {(candidate.number, candidate.suffix): self._with_number(candidate)}
        for state, paths in fresh.items():
            if paths:
                self._keep(state, paths)
        self._drop_hopeless()

    def _open_rows(self) -> range:
        return range(self._low, min(len(self._labels), self._high + 1))

    def _with_number(self, candidate: Candidate) -> dict[int, _Path]:
        """The best reading with a number as the next callout, for each number of notes decided."""
        fresh: dict[int, _Path] = {}
        steps: dict[_State, tuple[float, float]] = {}
        floor = self._top - _BEAM
        start, end = candidate.span.start, candidate.span.end
        for done in self._open_rows():
            worth, equals_label = _worth_for(candidate, self._labels[done])
            best: _Path | None = None
            best_score = 0.0
            for state, path in self._rows[done].items():
                if path.end > start or path.score < floor:
                    continue
                if (step := steps.get(state)) is None:
                    step = steps[state] = _worth_after(state, candidate)
                score = path.score + (worth + step[0] + step[1] * equals_label)
                if best is None or score > best_score:
                    best, best_score = path, score
            if best is not None:
                fresh[done + 1] = _Path(best_score, end, (done, candidate, best.matches))
        return fresh

    def _with_symbol(self, candidate: Candidate) -> dict[_State, dict[int, _Path]]:
        """The readings with a symbol as the next callout: each waits for the same number as before."""
        fresh: dict[_State, dict[int, _Path]] = {}
        floor = self._top - _BEAM
        start, end = candidate.span.start, candidate.span.end
        is_later_symbol = candidate.mark in _LATER_SYMBOLS
        for done in self._open_rows():
            worth, _ = _worth_for(candidate, self._labels[done])
            for state, path in self._rows[done].items():
                if path.end > start or path.score < floor:
                    continue
                score = path.score + worth
                if path.skipped and is_later_symbol:
                    score += 0.6 * min(path.skipped, 2)
                fresh.setdefault(state, {})[done + 1] = _Path(score, end, (done, candidate, path.matches))
        return fresh

    def _keep(self, state: _State, fresh: dict[int, _Path]) -> None:
        """Keep fresh readings, by number of notes decided, where they are the best of their kind.

        A kept reading also goes on by skipping notes, to where another is as good.
        """
        path: _Path | None = None
        last = max(fresh)
        for done in range(min(fresh), len(self._rows)):
            own = fresh.get(done)
            if path is None or (own is not None and own.score > path.score):
                path = own
            row = self._rows[done]
            if path is not None and (state not in row or row[state].score < path.score):
                if state not in row:
                    self._await(state, done)
                row[state] = path
                self._high = max(self._high, done)
                self._top = max(self._top, path.score)
                score, end, matches, skipped = path
                path = _Path(score + _SKIPPED_NOTE, end, matches, skipped + 1) if skipped < _MAX_SKIPS else None
            else:
                path = None
            if path is None and done >= last:
                return

    def _await(self, state: _State, done: int) -> None:
        last, _ = state
        if last == _START:
            label = self._labels[done].label if done < len(self._labels) else ""
            self._awaited |= {1, int(label)} if label.isdecimal() else {1}
        else:
            self._awaited |= {last, last + 1, 1} if last == 99 else {last, last + 1}

    def _drop_hopeless(self) -> None:
        """Leave rows behind that have fallen far below the best, so that the cost stays linear in the text."""
        floor = self._top - _BEAM
        before = self._low
        while self._low < self._high and all(path.score < floor for path in self._rows[self._low].values()):
            self._rows[self._low] = {}
            self._low += 1
        if self._low > before:
            self._refresh()

    def _refresh(self) -> None:
        self._awaited = set()
        for done in range(self._low, self._high + 1):
            for state in self._rows[done]:
                self._await(state, done)

    def best_end(self) -> _Path:
        """The best reading of all notes; the later notes of a reading that stops early are skipped."""
        total = len(self._rows) - 1
        ends = [
            (path.score + (total - done) * _SKIPPED_NOTE, -done, path)
            for done in range(self._low, self._high + 1)
            for path in self._rows[done].values()
        ]
        return max(ends, key=lambda end: end[:2])[2]


def _gain(state: _State, candidate: Candidate, label: NoteText) -> float:
    """What it is worth to read this candidate as the callout of the note with this label."""
    worth, equals_label = _worth_for(candidate, label)
    step, if_equal = _worth_after(state, candidate)
    return worth + step + if_equal * equals_label


def _worth_for(candidate: Candidate, label: NoteText) -> tuple[float, bool]:
    """What a candidate is worth as the callout of a note, whatever came before; and whether its mark is the label."""
    equals_label = candidate.mark == label.label
    if candidate.number is None:
        return candidate.score + (3.0 if equals_label else 0.0) + (1.5 if label.in_original else 0.0), equals_label
    return candidate.score - (2.0 if label.in_original else 0.0), equals_label


def _worth_after(state: _State, candidate: Candidate) -> tuple[float, float]:
    """What a candidate is worth after the last number; and what else if its mark equals the note's label."""
    if candidate.number is None:
        return 0.0, 0.0
    last, letter = state
    if last == _START:
        unsupported = -1.5 if candidate.score < 0 else 0.0
        return (0.5 if candidate.number <= 1 else 0.0) + unsupported, 2.0
    if candidate.suffix:
        follows = candidate.number == last and candidate.suffix > letter
        return (3.0 if follows else -1.0 if candidate.number == last + 1 else -4.0), 0.0
    step = candidate.number - last
    if step == 1 or (candidate.number == 1 and last == 99):
        return 4.0, 0.5
    if step == 0:
        return (1.0 if candidate.score > 0 else -2.0), 2.0
    if 1 < step <= 4:
        return -0.5 * step, 2.0
    return -4.0, 2.0


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
    nexts = _next_numbers(found)
    for index, (note, candidate) in enumerate(found):
        before = found[index - 1][1].span.end if index else 0
        after = found[index + 1][1].span.start if index + 1 < len(found) else 1 << 60
        own = _gain(state, candidate, labels[note]) + _bond(candidate, nexts[index])
        best = _SKIPPED_NOTE
        while position < len(candidates) and candidates[position].span.start < before:
            position += 1
        for at in range(position, len(candidates)):
            if (rival := candidates[at]).span.end > after:
                break
            if rival is not candidate:
                best = max(best, _gain(state, rival, labels[note]) + _bond(rival, nexts[index]))
        matches.append(Match(note, candidate, own - best))
        if candidate.number is not None:
            state = (candidate.number, candidate.suffix)
    return matches


def _next_numbers(found: list[tuple[int, Candidate]]) -> list[int | None]:
    """For each match the number of the next numeric callout after it."""
    following: int | None = None
    numbers: list[int | None] = []
    for _, candidate in reversed(found):
        numbers.append(following)
        following = following if candidate.number is None else candidate.number
    return numbers[::-1]


def _bond(candidate: Candidate, following: int | None) -> float:
    """How well the next numeric callout goes on after this one."""
    if candidate.number is None or following is None:
        return 0.0
    return 2.0 if following - candidate.number in (0, 1) or candidate.number == 99 else -2.0
