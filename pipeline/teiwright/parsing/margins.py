"""How sure each match of callouts and notes is: by how much the reading is better than the best other one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from teiwright.parsing.conventions.callouts import Candidate
from teiwright.parsing.weighing import START, NoteText, State, gain, skips_of

_ENOUGH = 6.0
"""A margin that leaves no doubt; larger ones are not told apart, so that most numbers of a text need no weighing."""
_MOST_BESIDE_SCORE = 12.0
"""More than a candidate can be worth beside its own score."""


@dataclass(frozen=True, slots=True)
class _Link:
    """One match of the best reading: after which number, and after how many notes without a callout."""

    note: int
    candidate: Candidate
    state: State
    skipped: int

    def as_call_of(self, labels: Sequence[NoteText], note: int, skipped: int) -> float:
        """What it would be worth as the callout of a note."""
        return gain(self.state, self.candidate, labels[note], skipped)


def _links(found: Sequence[tuple[int, Candidate]]) -> Iterator[_Link]:
    state: State = (START, "")
    last = -1
    for note, candidate in found:
        yield _Link(note, candidate, state, note - last - 1)
        last = note
        if candidate.number is not None:
            state = (candidate.number, candidate.suffix)


def margins_of(
    labels: Sequence[NoteText], candidates: Sequence[Candidate], found: Sequence[tuple[int, Candidate]]
) -> list[float]:
    """How much better the reading is than the best in which a note has another callout, or a callout another note."""
    links = list(_links(found))
    elsewhere = _over_other_candidates(labels, candidates, links)
    otherwise = _over_other_notes(labels, links)
    return [min(margins) for margins in zip(elsewhere, otherwise, strict=True)]


def _over_other_candidates(
    labels: Sequence[NoteText], candidates: Sequence[Candidate], links: Sequence[_Link]
) -> Iterator[float]:
    """The margin of each match over the best other candidate between its neighbours, or over none at all.

    One of more than ``_ENOUGH`` may be larger.
    """
    position = 0
    nexts = _next_numbers([(link.note, link.candidate) for link in links])
    skips = skips_of(labels)
    for index, link in enumerate(links):
        before = links[index - 1].candidate.span.end if index else 0
        after = links[index + 1].candidate.span.start if index + 1 < len(links) else 1 << 60
        label = labels[link.note]
        own = link.as_call_of(labels, link.note, link.skipped) + _bond(link.candidate, nexts[index])
        best = max(skips[link.note], own - _ENOUGH)
        while position < len(candidates) and candidates[position].span.start < before:
            position += 1
        for at in range(position, len(candidates)):
            if (rival := candidates[at]).span.end > after:
                break
            if rival.score + _MOST_BESIDE_SCORE > best and rival is not link.candidate:
                best = max(best, gain(link.state, rival, label, link.skipped) + _bond(rival, nexts[index]))
        yield own - best


def _over_other_notes(labels: Sequence[NoteText], links: Sequence[_Link]) -> list[float]:
    """The margin of each match over the readings in which another note of its neighbourhood is the one not called.

    Where a note has no callout, those before it may each be called by the callout of the one before, or those
    after it by the callout of the one after, up to the next note without one.
    """
    margins = [inf] * len(links)
    skips = skips_of(labels)
    first = 0
    for index, link in enumerate(links):
        first = index if link.skipped else first
        is_last = index + 1 == len(links)
        lacking = len(labels) - link.note - 1 if is_last else links[index + 1].skipped
        if lacking:
            _shift(labels, skips, links, range(index, first - 1, -1), margins)
        if (is_last or lacking) and links[first].skipped:
            _shift(labels, skips, links, range(first, index + 1), margins)
    return margins


def _shift(
    labels: Sequence[NoteText], skips: Sequence[float], links: Sequence[_Link], run: range, margins: list[float]
) -> None:
    """Lower the margins of a run of matches to what it costs that their callouts call the notes beside theirs.

    ``run`` begins beside the note without a callout and goes away from it; for each of its ends another is without.
    """
    by = -run.step
    gap = links[run.start].note + by
    moved = _widened(labels, links, run.start + 1, -1) if by > 0 else 0.0
    costs = []
    for index in run:
        link = links[index]
        own = link.as_call_of(labels, link.note, link.skipped)
        narrower = index == run.start and by < 0
        end = own - link.as_call_of(labels, link.note + by, link.skipped + (by > 0) - narrower)
        freed = skips[gap] - skips[link.note]
        wider = _widened(labels, links, index + 1, 1) if by < 0 else 0.0
        costs.append(moved + end + freed + wider)
        moved += own - link.as_call_of(labels, link.note + by, link.skipped - narrower)
    best = inf
    for index, cost in zip(reversed(run), reversed(costs), strict=True):
        best = min(best, cost)
        margins[index] = min(margins[index], best)


def _widened(labels: Sequence[NoteText], links: Sequence[_Link], index: int, by: int) -> float:
    """What is lost when the gap of notes without callouts before a match grows."""
    if index >= len(links):
        return 0.0
    link = links[index]
    return link.as_call_of(labels, link.note, link.skipped) - link.as_call_of(labels, link.note, link.skipped + by)


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
