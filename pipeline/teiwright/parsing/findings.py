"""What a person should look at after parsing: notes and callouts without each other, doubtful callouts, odd pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from teiwright.diagnostics import Code, Diagnostic, Lines
from teiwright.model import Certainty, PageBreak, Reason, Source, Span
from teiwright.parsing.alignment import Match
from teiwright.parsing.conventions import callouts
from teiwright.parsing.conventions.note_lists import FoundNote
from teiwright.parsing.lines import Mark, Marks

_DOUBTFUL = {Certainty.LOW, Certainty.MEDIUM}
_SYMBOL_SCORE = 4.0
"""A symbol right behind a word calls a note; with a space before it, it may be anything."""


@dataclass(frozen=True, slots=True)
class CalledNote:
    """A note as found, with the callout that was matched to it, if any."""

    found: FoundNote
    match: Match | None


def find(source: Source, called: Sequence[CalledNote], pages: Sequence[Mark], others: Marks) -> Iterator[Diagnostic]:
    """All findings, in no order. ``others`` are the marks in which no callout can stand."""
    lines = Lines(source.text)
    yield from _notes(source, lines, called)
    yield from _callouts(source, lines, called, others)
    yield from _pages(source, lines, pages)


def _notes(source: Source, lines: Lines, called: Sequence[CalledNote]) -> Iterator[Diagnostic]:
    for note in called:
        where = lines.at(source.path, note.found.label_span.start)
        if note.match is None:
            yield Diagnostic(
                Code.NOTE_WITHOUT_CALLOUT,
                where,
                f"note {note.found.label} has no callout in the text",
                "its mark was probably lost in scanning; it is kept where the source has it",
            )
        elif note.match.certainty in _DOUBTFUL:
            mark = note.match.candidate.mark
            yield Diagnostic(
                Code.UNSURE_CALLOUT,
                lines.at(source.path, note.match.candidate.span.start),
                f"`{mark}` is read as the callout of note {note.found.label}, but not with certainty",
                "compare with the original",
                (where,),
            )


def _callouts(source: Source, lines: Lines, called: Sequence[CalledNote], others: Marks) -> Iterator[Diagnostic]:
    """Raised figures and symbols behind a word that call no note. A bare number may be a number."""
    taken = {note.match.candidate.span for note in called if note.match is not None}
    labels = Marks([Mark(note.found.label_span, Reason.NOTE_LABEL) for note in called])
    for candidate in callouts.find_signs(source.text, Span(0, len(source.text))):
        looks_like_one = candidate.raised or candidate.score >= _SYMBOL_SCORE
        elsewhere = candidate.span in taken or labels.cover(candidate.span) or others.cover(candidate.span)
        if looks_like_one and not elsewhere:
            yield Diagnostic(
                Code.CALLOUT_WITHOUT_NOTE,
                lines.at(source.path, candidate.span.start),
                f"`{candidate.mark}` looks like a callout, but the text has no note for it",
                "it stays in the text; add the note to the source if the original has one",
            )


def _pages(source: Source, lines: Lines, pages: Sequence[Mark]) -> Iterator[Diagnostic]:
    last = 0
    for page in pages:
        assert isinstance(page.leaf, PageBreak)  # noqa: S101  # page marks are made with it
        number = page.leaf.n or ""
        if not number.isdecimal():
            continue
        if last and int(number) <= last:
            yield Diagnostic(
                Code.PAGE_OUT_OF_ORDER,
                lines.at(source.path, page.span.start),
                f"page {number} follows page {last}",
                "look whether a page is doubled or its number misread",
            )
        last = int(number)
