"""The lines of a text, and what stands in them once the marks of notes and pages are taken out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from teiwright.model import Inline, NoteCall, Reason, Span
from teiwright.parsing.masses import span_of


class Mark(NamedTuple):
    """A range that is markup. ``leaf`` is what it became; ``None`` if it only sets something off."""

    span: Span
    reason: Reason
    leaf: Inline | None = None


class Line(NamedTuple):
    """A line that is not blank. ``span`` is without the white space around it, ``text`` without marks too."""

    span: Span
    indent: int
    text: str
    after_blank: bool
    marked: bool
    """Whether a mark stands in it; a line with a mark and without text is a page mark alone."""
    has_tab: bool = False
    start: int = 0
    """Where the line begins, before its white space: a row's first cells may be empty."""
    opens_with_mark: bool = False
    """Whether a mark stands before its first word."""

    @property
    def is_page_mark(self) -> bool:
        """Whether nothing but marks of pages stand in the line."""
        return self.marked and not self.text


_SPACES = re.compile(r"[ \xa0]{2,}")
_HARD_BESIDE_SPACE = (" \xa0", "\xa0 ", "\xa0\xa0")
_CALLOUT_ALONE = "\ufffc"
BY_PLACE = attrgetter("span")
"""The order of marks in the source."""


class Marks:
    """Marks in source order, without overlaps; answers which of them stand in a range."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._marks = sorted(marks, key=BY_PLACE)
        self._starts = [mark.span.start for mark in self._marks]

    def __iter__(self):  # type: ignore[no-untyped-def]  # a plain list iterator
        return iter(self._marks)

    def __len__(self) -> int:
        return len(self._marks)

    def cover(self, span: Span) -> bool:
        """Whether a mark lies over a part of the range."""
        start, end = span
        at = bisect_left(self._starts, end)
        return at > 0 and self._marks[at - 1].span.end > start

    def within(self, span: Span) -> Sequence[Mark]:
        """The marks that begin in the range; they never reach beyond a line."""
        starts = self._starts
        start, end = span
        first = bisect_left(starts, start)
        if first == len(starts) or starts[first] >= end:
            return ()
        return self._marks[first : bisect_left(starts, end, first)]

    def plain(self, text: str, span: Span) -> str:
        """The text of a range without its marks; white space around a mark becomes one space."""
        inside = self.within(span)
        if not inside:
            return text[span.start : span.end].strip()
        pieces, at = [], span.start
        for mark in inside:
            pieces.append(text[at : mark.span.start])
            at = mark.span.end
        pieces.append(text[at : span.end])
        plain = "".join(pieces).strip()
        has_run = "  " in plain or ("\xa0" in plain and any(run in plain for run in _HARD_BESIDE_SPACE))
        return _SPACES.sub(" ", plain) if has_run else plain


def _alone(marks: Marks, span: Span) -> str:
    """What stands for callouts that have a line for themselves: it is no page mark, and has nothing else to be."""
    return _CALLOUT_ALONE if any(isinstance(mark.leaf, NoteCall) for mark in marks.within(span)) else ""


def split_lines(text: str, span: Span, marks: Marks) -> list[Line]:
    """The lines of a range that are not blank."""
    lines: list[Line] = []
    starts = iter(mark.span.start for mark in marks.within(span))
    next_mark = next(starts, span.end)
    start = span.start
    after_blank = True
    for raw in text[span.start : span.end].split("\n"):
        if stripped := raw.strip():
            first = start if len(stripped) == len(raw) else start + raw.index(stripped[0])
            end = first + len(stripped)
            while next_mark < first:
                next_mark = next(starts, span.end)
            marked = next_mark < end
            inner = span_of((first, end))
            words = (marks.plain(text, inner) or _alone(marks, inner)) if marked else stripped
            opens_with_mark = marked and next_mark == first
            values = (inner, first - start, words, after_blank, marked, "\t" in raw, start, opens_with_mark)
            lines.append(tuple.__new__(Line, values))  # a call of `Line` takes three times as long
            after_blank = False
        else:
            after_blank = True
        start += len(raw) + 1
    return lines
