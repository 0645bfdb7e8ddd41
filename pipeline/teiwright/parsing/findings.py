"""What a person should look at after parsing: notes and callouts without each other, doubtful callouts, odd pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from teiwright.diagnostics import Code, Diagnostic, Lines, Location
from teiwright.model import Certainty, Division, ListBlock, PageBreak, Paragraph, Reason, Source, Span
from teiwright.parsing.alignment import Match
from teiwright.parsing.conventions.callouts import Candidate
from teiwright.parsing.conventions.note_lists import FoundNote
from teiwright.parsing.lines import Mark, Marks

_NUMBER_ALONE = re.compile(r"\n[ \t]*(?P<n>[1-9]\d{0,3})[ \t\r]*(?=\n|\Z)")  # `\n` first: a search for it is fast
_FEWEST_PAGES = 3
_SHOWN_PAGES = 3
_SYMBOL_SCORE = 4.0
"""A symbol right behind a word calls a note; with a space before it, it may be anything."""


@dataclass(frozen=True, slots=True)
class CalledNote:
    """A note as found, with the callout that was matched to it, if any."""

    found: FoundNote
    match: Match | None


class _Places:
    """Lines and columns of offsets; the lines are counted only if there is something to report."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lines: Lines | None = None

    def at(self, offset: int) -> Location:
        """The place of a code point offset."""
        if self._lines is None:
            self._lines = Lines(self._source.text)
        return self._lines.at(self._source.path, offset)

    def printed(self, candidate: Candidate) -> str:
        """A candidate as the text has it: ``¹``, where its mark is 1."""
        return candidate.span.of(self._source.text)


def find(
    source: Source,
    called: Sequence[CalledNote],
    pages: Sequence[Mark],
    signs: Sequence[Candidate],
    others: Marks,
    divisions: Sequence[Division],
    speakers: Sequence[Span],
) -> Iterator[Diagnostic]:
    """All findings, in no order. In ``others``, the marks of other kinds, none of the ``signs`` is a callout.

    ``speakers`` are labels of a play that may be none.
    """
    places = _Places(source)
    yield from _speakers(places, source.text, speakers)
    yield from _web_page(places, divisions)
    yield from _notes(places, called)
    yield from _callouts(places, called, [sign for sign in signs if not others.cover(sign.span)])
    yield from _pages(places, pages)
    if not pages:
        yield from _numbers_alone(places, source.text)


def _web_page(places: _Places, divisions: Sequence[Division]) -> Iterator[Diagnostic]:
    """The links of a web page: nothing else makes paragraphs in front of a document."""
    front = divisions[0] if divisions else None
    if front is not None and front.kind == "front" and isinstance(front.blocks[0], Paragraph | ListBlock):
        yield Diagnostic(
            Code.WEB_PAGE,
            places.at(0),
            "the text begins with the links of a web page; they stand in `front`",
            "delete them from the source, and those below the document, if they are no part of it",
        )


def _speakers(places: _Places, text: str, labels: Sequence[Span]) -> Iterator[Diagnostic]:
    for label in labels:
        yield Diagnostic(
            Code.UNSURE_SPEAKER,
            places.at(label.start),
            f"`{label.of(text)}` is read as the label of a speaker, but it comes only once",
            "compare with the original",
        )


def _notes(places: _Places, called: Sequence[CalledNote]) -> Iterator[Diagnostic]:
    for note in called:
        label = note.found.label_span
        if note.match is None:
            yield Diagnostic(
                Code.NOTE_WITHOUT_CALLOUT,
                places.at(label.start),
                f"note {note.found.label} has no callout in the text",
                "its mark was probably lost in scanning; it is kept where the source has it",
            )
        elif note.match.certainty is Certainty.LOW:
            mark = note.match.candidate.mark
            yield Diagnostic(
                Code.UNSURE_CALLOUT,
                places.at(note.match.candidate.span.start),
                f"`{mark}` is read as the callout of note {note.found.label}, but not with certainty",
                "compare with the original",
                (places.at(label.start),),
            )


def _callouts(places: _Places, called: Sequence[CalledNote], signs: Sequence[Candidate]) -> Iterator[Diagnostic]:
    """Raised figures and symbols behind a word that call no note. A bare number may be a number."""
    if not signs:
        return
    taken = {note.match.candidate.span for note in called if note.match is not None}
    labels = Marks([Mark(note.found.label_span, Reason.NOTE_LABEL) for note in called])
    for candidate in signs:
        looks_like_one = candidate.raised or candidate.score >= _SYMBOL_SCORE
        elsewhere = candidate.span in taken or labels.cover(candidate.span)
        if looks_like_one and not elsewhere:
            yield Diagnostic(
                Code.CALLOUT_WITHOUT_NOTE,
                places.at(candidate.span.start),
                f"`{places.printed(candidate)}` looks like a callout, but the text has no note for it",
                "it stays in the text; add the note to the source if the original has one",
            )


def _pages(places: _Places, pages: Sequence[Mark]) -> Iterator[Diagnostic]:
    last = 0
    for page in pages:
        number = (page.leaf.n or "") if isinstance(page.leaf, PageBreak) else ""
        if not number.isdecimal():
            continue
        if last and int(number) <= last:
            yield Diagnostic(
                Code.PAGE_OUT_OF_ORDER,
                places.at(page.span.start),
                f"page {number} follows page {last}",
                "look whether a page is doubled or its number misread",
            )
        last = int(number)


def _numbers_alone(places: _Places, text: str) -> Iterator[Diagnostic]:
    """Numbers by themselves in their lines that count on like pages: the line does not say which page it belongs to."""
    found = list(_NUMBER_ALONE.finditer(text))
    numbers = [int(match["n"]) for match in found]
    first = numbers[0] if numbers else 0
    if len(numbers) < _FEWEST_PAGES or first == 1 or numbers != list(range(first, first + len(numbers))):
        return
    yield Diagnostic(
        Code.NUMBERS_ALONE,
        places.at(found[0].start("n")),
        f"the numbers {first} to {numbers[-1]}, alone in their lines, may be those of pages; they stay text",
        "if they are, write `[Page 12]` in place of each, where page 12 begins",
        tuple(places.at(match.start("n")) for match in found[1:_SHOWN_PAGES]),
    )
