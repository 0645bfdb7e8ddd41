"""Which callout belongs to which note: a global, monotone, scored alignment.

Both lists are in order, so notes are matched to candidates without crossing.
Printed numbers run on by one (through a chapter, from 99 to 1 again), symbols stand between them,
and either side can have lost a member.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter

from teiwright.model import Certainty
from teiwright.parsing.conventions.callouts import Candidate
from teiwright.parsing.margins import margins_of
from teiwright.parsing.weighing import (
    MOST_AFTER,
    START,
    NoteText,
    State,
    Step,
    skips_of,
    step_to,
    worth_after,
    worth_for,
)

_MAX_SKIPS = 12
_BEAM = 30.0
_LIKELY = -1.5
"""A candidate below this is tried only where a sequence waits for its number."""
_CERTAIN, _PROBABLE = 5.5, 0.8
"""Margins from which a match is right in 98 of 100 cases where no mark is lost, and below which in half of them:
``benchmarks/calibration.py`` counts them."""
_PROBABLE_IF_STUCK = 3.5
"""The same for the end of a number: in two cases of five below it, it is no callout but a part of the number."""


@dataclass(frozen=True, slots=True)
class Match:
    """Note ``note`` is called by ``candidate``; ``margin`` is by how much no other reading is as good."""

    note: int
    candidate: Candidate
    margin: float

    @property
    def certainty(self) -> Certainty | None:
        """``None`` if nothing speaks against the match."""
        if self.margin >= _CERTAIN:
            return None
        probable = _PROBABLE_IF_STUCK if self.candidate.stuck else _PROBABLE
        return Certainty.MEDIUM if self.margin >= probable else Certainty.LOW


_SCORE_AND_NOTES = itemgetter(0, 1)
_Matches = tuple[int, Candidate, object] | None
_Path = tuple[float, int, _Matches, int]
"""A reading: its score; where the last callout ends, since the next one begins there or later; its matches; and how
many notes since the last callout have none. Thousands are made, and most are left behind."""


def align(labels: Sequence[NoteText], candidates: Sequence[Candidate]) -> list[Match]:
    """Match notes, in order, to candidates."""
    table = _Table(labels)
    for candidate in candidates:
        if table.may_fit(candidate):
            table.take(candidate)
    found = _unwind(table.best_end())
    margins = margins_of(labels, candidates, found)
    return [Match(note, candidate, margin) for (note, candidate), margin in zip(found, margins, strict=True)]


class _Table:
    """The best readings so far: for each number of notes decided, one for each last printed number."""

    def __init__(self, labels: Sequence[NoteText]) -> None:
        self._labels = labels
        self._skips = skips_of(labels)
        self._rows: list[dict[State, _Path]] = [{} for _ in range(len(labels) + 1)]
        self._low = 0
        self._high = 0
        self._top = 0.0
        self._awaited: set[int] = set()
        self._states: set[State] = set()
        """For which of them the numbers that they wait for are in ``_awaited``."""
        self._keep((START, ""), {0: (0.0, 0, None, 0)})

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
        steps: dict[State, Step] = {}
        floor = self._top - _BEAM
        start, end = candidate.span.start, candidate.span.end
        for done in self._open_rows():
            worth, equals_label = worth_for(candidate, self._labels[done])
            found = False
            best_score, least, best_matches = 0.0, floor, None
            for state, (score, ended, matches, skipped) in self._rows[done].items():
                if score < least or ended > start:
                    continue
                if (step := steps.get(state)) is None:
                    step = steps[state] = step_to(state, candidate)
                after = step.next
                if skipped:
                    after = step.over_lacking if skipped == step.lacking else step.later
                score += worth + after[0] + after[1] * equals_label  # noqa: PLW2901  # of the longer reading
                if not found or score > best_score:
                    found, best_score, best_matches = True, score, matches
                    if (least_that_may_win := score - worth - MOST_AFTER) > least:
                        least = least_that_may_win
            if found:
                fresh[done + 1] = (best_score, end, (done, candidate, best_matches), 0)
        return fresh

    def _with_symbol(self, candidate: Candidate) -> dict[State, dict[int, _Path]]:
        """The readings with a symbol as the next callout: each waits for the same number as before."""
        fresh: dict[State, dict[int, _Path]] = {}
        floor = self._top - _BEAM
        start, end = candidate.span.start, candidate.span.end
        for done in self._open_rows():
            worth, _ = worth_for(candidate, self._labels[done])
            for state, (score, ended, matches, skipped) in self._rows[done].items():
                if ended > start or score < floor:
                    continue
                better = score + worth + worth_after(state, candidate, skipped)[0]
                fresh.setdefault(state, {})[done + 1] = (better, end, (done, candidate, matches), 0)
        return fresh

    def _keep(self, state: State, fresh: dict[int, _Path]) -> None:
        """Keep fresh readings, by number of notes decided, where they are the best of their kind.

        A kept reading also goes on by skipping notes, to where another is as good.
        """
        rows, skips = self._rows, self._skips
        path: _Path | None = None
        last = max(fresh)
        for done in range(min(fresh), len(rows)):
            own = fresh.get(done)
            if path is None or (own is not None and own[0] > path[0]):
                path = own
            known = rows[done].get(state)
            if path is None or (known is not None and known[0] >= path[0]):
                path = None
                if done >= last:
                    return
                continue
            if known is None and state not in self._states:
                self._await(state, done)
            rows[done][state] = path
            score, end, matches, skipped = path
            self._high = max(self._high, done)
            self._top = max(self._top, score)
            path = None
            if skipped < _MAX_SKIPS and done < len(skips):
                path = (score + skips[done], end, matches, skipped + 1)
            elif done >= last:
                return

    def _await(self, state: State, done: int) -> None:
        last, _ = state
        if last == START:
            label = self._labels[done].label if done < len(self._labels) else ""
            self._awaited |= {0, 1, int(label)} if label.isdecimal() else {0, 1}
        else:
            self._states.add(state)
            self._awaited |= {last, last + 1, 1} if last == 99 else {last, last + 1}

    def _drop_hopeless(self) -> None:
        """Leave rows behind that have fallen far below the best, so that the cost stays linear in the text."""
        floor = self._top - _BEAM
        before = self._low
        while self._low < self._high and all(path[0] < floor for path in self._rows[self._low].values()):
            self._rows[self._low] = {}
            self._low += 1
        if self._low > before:
            self._refresh()

    def _refresh(self) -> None:
        self._awaited, self._states = set(), set()
        for done in range(self._low, self._high + 1):
            for state in self._rows[done].keys() - self._states:
                self._await(state, done)

    def best_end(self) -> _Path:
        """The best reading of all notes; the later notes of a reading that stops early are skipped."""
        rest = [*accumulate(reversed(self._skips), initial=0.0)][::-1]
        ends = [
            (path[0] + rest[done], -done, path)
            for done in range(self._low, self._high + 1)
            for path in self._rows[done].values()
        ]
        return max(ends, key=_SCORE_AND_NOTES)[2]


def _unwind(path: _Path) -> list[tuple[int, Candidate]]:
    found: list[tuple[int, Candidate]] = []
    _, _, link, _ = path
    while link is not None:
        note, candidate, link = link  # type: ignore[assignment]
        found.append((note, candidate))
    return found[::-1]
