"""Notes as blocks at the foot of each page, where they interrupt the text: typescripts through OCR.

A note begins a line with its mark, ``(1) …``, ``- (6) …``, ``² …``, ``* …``; further lines go on with it.
It is one only if the text above calls it with that mark. After the last of a page a new page begins.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from teiwright.model import Certainty, Convention, Habit, Place, Span
from teiwright.parsing.conventions.callouts import SUPERSCRIPT, Candidate
from teiwright.parsing.conventions.note_lists import FoundNote
from teiwright.parsing.wording import counted

_NOTE = re.compile(
    r"[ \t]*(?:[-–][ \t]+)?(?P<label>\((?P<n>\d{1,3})\)|(?P<r>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|(?P<s>\*{1,6}|[†‡¶]{1,3}))[ \t]*(?=\S)"
)
_OMISSION = re.compile(r"[\s*†‡¶.•_–—-]+")
"""``* * * * *`` parts two scenes, or says that something was left out."""
_BEGINS_WITH_SYMBOL = re.compile(r"\n[ \t]*(?=[*†‡¶])[*†‡¶]{1,6}[ \t]*\w")
_GLUED = 4.0
"""What a symbol right behind a word is worth as a callout."""
_BLOCK = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_SHORT = 120
_LEAST_SCORE = 0.0
_LEAST_ASKED = -1.0
"""`word(1)` may be a callout if a person says that the text has notes of this kind."""


@dataclass(frozen=True, slots=True)
class FootRun:
    """The notes at one page's foot, and the range of the source that they take up."""

    notes: tuple[FoundNote, ...]
    calls: tuple[Candidate, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class _Piece:
    """A note, or the continuation of one: a range that begins with a label or not."""

    span: Span
    match: re.Match[str] | None


def find(text: str, span: Span, candidates: Sequence[Candidate], *, asked: bool = False) -> list[FootRun]:
    """The notes at the foot of each page.

    Empty if the text calls none of them by a raised mark or a symbol, unless a person ``asked`` for them.
    """
    finder = _Finder(text, candidates, _LEAST_ASKED if asked else _LEAST_SCORE)
    for block in _BLOCK.finditer(text, span.start, span.end):
        finder.take(Span(*block.span()))
    return finder.finish()


def may_be_there(text: str, span: Span, signs: Sequence[Candidate]) -> bool:
    """Whether a mark is raised, or a symbol stands behind a word and one begins a line; no other stands before a word.

    ``*so*`` is emphasis and ``* so`` in such a text the item of a list; ``*So in the original.`` may be a note.
    """
    if any(sign.raised for sign in signs):
        return True
    if not any(sign.score >= _GLUED for sign in signs) or not _BEGINS_WITH_SYMBOL.search(text, span.start, span.end):
        return False
    return not any(text[sign.span.end : sign.span.end + 1].isalnum() and _opens(text, sign) for sign in signs)


def _opens(text: str, sign: Candidate) -> bool:
    """Whether a symbol before a word is more than a note's label: it stands in a line, or its like closes it there."""
    start, end = text.rfind("\n", 0, sign.span.start) + 1, text.find("\n", sign.span.end)
    before, after = text[start : sign.span.start], text[sign.span.end : end if end >= 0 else len(text)]
    return bool(before.strip()) or sign.mark in after


def _mark_of(match: re.Match[str]) -> str:
    return match["n"] or match["s"] or match["r"].translate(SUPERSCRIPT)


class _Finder:
    """Goes through the blocks of a text and keeps the notes at the foot of the page that it is on."""

    def __init__(self, text: str, candidates: Sequence[Candidate], least: float) -> None:
        self._text = text
        self._least = least
        self._candidates = candidates
        self._starts = [candidate.span.start for candidate in candidates]
        self._runs: list[FootRun] = []
        self._notes: list[tuple[_Piece, Candidate]] = []
        self._ends: list[int] = []
        self._waiting: list[Span] = []
        self._first_words: Counter[str] = Counter()
        self._page_start = 0
        self._claimed: set[int] = set()

    def take(self, block: Span) -> None:
        """Look at the next block: notes of this foot, what may go on with them, or text of the next page."""
        pieces = self._pieces(block)
        if pieces and pieces[0].match is not None:
            self._join_waiting()
            self._add(pieces)
        elif self._notes:
            if self._may_go_on(block):
                self._waiting.append(block)
            else:
                self._end_page()

    def finish(self) -> list[FootRun]:
        """All runs."""
        self._end_page()
        return self._runs

    def _pieces(self, block: Span) -> list[_Piece]:
        """The notes of a block, each with its further lines; empty if its first line begins none."""
        pieces: list[_Piece] = []
        at = block.start
        while at < block.end:
            line_end = self._text.find("\n", at, block.end)
            line_end = block.end if line_end < 0 else line_end
            match = _NOTE.match(self._text, at, line_end)
            if (
                match is not None
                and not _OMISSION.fullmatch(self._text, at, line_end)
                and self._call_of(match) is not None
            ):
                pieces.append(_Piece(Span(at, line_end), match))
            elif pieces:
                pieces[-1] = _Piece(Span(pieces[-1].span.start, line_end), pieces[-1].match)
            else:
                return []
            at = line_end + 1
        return pieces

    def _call_of(self, match: re.Match[str]) -> Candidate | None:
        """The callout of a note: above it on this page, that is, since the last foot; the surest if several fit."""
        mark = _mark_of(match)
        best: Candidate | None = None
        for candidate in self._between(self._page_start, match.start()):
            fits = candidate.mark == mark and candidate.score > self._least and id(candidate) not in self._claimed
            if fits and (best is None or candidate.score > best.score):
                best = candidate
        return best

    def _between(self, start: int, end: int) -> Sequence[Candidate]:
        """The candidates that begin in a range."""
        return self._candidates[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _add(self, pieces: Sequence[_Piece]) -> None:
        for piece in pieces:
            assert piece.match is not None  # noqa: S101  # every piece of a block begins with a label
            call = self._call_of(piece.match)
            if call is None:
                continue
            self._claimed.add(id(call))
            self._notes.append((piece, call))
            self._ends.append(piece.span.end)
            if word := _FIRST_WORD.search(self._text, piece.match.end(), piece.span.end):
                self._first_words[word.group()] += 1

    def _may_go_on(self, block: Span) -> bool:
        """Whether a short block without a callout can belong to the note above it."""
        if len(block) > _SHORT or "~~" in self._text[block.start : block.end]:
            return False
        called = any(candidate.raised for candidate in self._between(block.start, block.end))
        return not called and self._text[block.end - 1] in ".;,)"

    def _join_waiting(self) -> None:
        """Blocks between two notes of one foot belong to the note above them."""
        if self._waiting and self._ends:
            self._ends[-1] = self._waiting[-1].end
        self._waiting.clear()

    def _end_page(self) -> None:
        """Close the foot. What waits still belongs to the last note if notes of this text begin like it."""
        for block in self._waiting:
            word = _FIRST_WORD.match(self._text, block.start)
            if word is None or not self._first_words[word.group()]:
                break
            self._ends[-1] = block.end
        self._waiting.clear()
        if self._notes:
            self._runs.append(self._run())
        self._notes, self._ends = [], []

    def _run(self) -> FootRun:
        notes = []
        for (piece, _), end in zip(self._notes, self._ends, strict=True):
            match = piece.match
            assert match is not None  # noqa: S101  # as in _add
            label = Span(match.start() + len(match.group()) - len(match.group().lstrip()), match.end("label"))
            notes.append(FoundNote(_mark_of(match), label, Span(match.end(), end), Place.FOOT))
        span = Span(self._notes[0][0].span.start, self._ends[-1])
        self._page_start = span.end
        return FootRun(tuple(notes), tuple(call for _, call in self._notes), span)


def count(runs: Sequence[FootRun]) -> int:
    """How many notes there are."""
    return sum(len(run.notes) for run in runs)


def end_pages(runs: Sequence[FootRun]) -> Certainty:
    """How sure it is that pages end where notes do. Notes of symbols alone may stand right below their paragraphs."""
    return Certainty.HIGH if any(call.raised for run in runs for call in run.calls) else Certainty.MEDIUM


def convention(runs: Sequence[FootRun]) -> Convention:
    """Whether the text has notes at the foot of its pages."""
    return _convention(count(runs), len(runs))


@lru_cache
def _convention(notes: int, pages: int) -> Convention:
    found = f"{counted(notes, 'note')} on {counted(pages, 'page')}"
    return Convention(Habit.FOOT_NOTES.value, notes > 0, float(notes > 0), found)
