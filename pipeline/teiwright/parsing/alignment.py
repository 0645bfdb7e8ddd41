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


@dataclass(frozen=True, slots=True)
class _Path:
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
        self._put(0, (_START, ""), _Path(0.0, 0, None))

    def may_fit(self, candidate: Candidate) -> bool:
        """Whether the candidate looks like a callout, or is the number that some reading waits for."""
        return candidate.score >= _LIKELY or candidate.number in self._awaited

    def take(self, candidate: Candidate) -> None:
        """Try one candidate as the callout of every note that may be next."""
        fresh: list[tuple[int, _State, _Path]] = []
        floor = self._top - _BEAM
        for done in range(self._low, min(len(self._labels), self._high + 1)):
            label = self._labels[done]
            for state, path in self._rows[done].items():
                if path.end > candidate.span.start or path.score < floor:
                    continue
                score = path.score + _gain(state, candidate, label)
                if path.skipped and candidate.mark in _LATER_SYMBOLS:
                    score += 0.6 * min(path.skipped, 2)
                after = state if candidate.number is None else (candidate.number, candidate.suffix)
                fresh.append((done + 1, after, _Path(score, candidate.span.end, (done, candidate, path.matches))))
        for done, state, path in fresh:
            self._put(done, state, path)
        if fresh:
            self._drop_hopeless()

    def _put(self, done: int, state: _State, path: _Path) -> None:
        """Keep a reading if it is the best of its kind, and the readings that skip the notes after it."""
        while done < len(self._rows):
            row = self._rows[done]
            old = row.get(state)
            if old is not None and old.score >= path.score:
                return
            row[state] = path
            self._high = max(self._high, done)
            self._top = max(self._top, path.score)
            self._await(state, done)
            if path.skipped >= _MAX_SKIPS:
                return
            path = _Path(path.score + _SKIPPED_NOTE, path.end, path.matches, path.skipped + 1)
            done += 1

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
        while self._low < self._high and all(path.score < floor for path in self._rows[self._low].values()):
            self._rows[self._low] = {}
            self._low += 1
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
