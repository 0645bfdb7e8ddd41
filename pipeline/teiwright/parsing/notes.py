"""Which notes a text has, listed, in brackets or at the feet of its pages, and what calls each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from teiwright.model import Certainty, Habit, Place, Reason, Span
from teiwright.parsing import phrases
from teiwright.parsing.alignment import Match, align
from teiwright.parsing.conventions import bracketed_notes, callouts, foot_notes, margin_lists, note_lists, page_edges
from teiwright.parsing.decided import Decided, forbids
from teiwright.parsing.findings import CalledNote
from teiwright.parsing.lines import Mark, Marks
from teiwright.parsing.weighing import NoteText

_IN_ORIGINAL = re.compile(r"[\[(]Foot-?note in (?:the )?(?:original|source)", re.IGNORECASE)
_SOURCE = re.compile(r"\s*Source: ")
_BLOCK = re.compile(r"\S.*?(?=\n[ \t]*\n|\Z)", re.DOTALL)
_FIRST_LINE = re.compile(r"\s*[^\n]*")
_SURE = 4.0
_SAME_MARK = 5.0
"""How much surer a callout is because a note on the same page begins with its mark."""


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a text: lists, those in brackets among them, feet of pages; and all of them with what calls them."""

    lists: Sequence[note_lists.NoteList]
    bracketed: Sequence[note_lists.NoteList]
    feet: Sequence[foot_notes.FootRun]
    called: Sequence[CalledNote]


def find(
    text: str, pages: Sequence[Mark], edges: page_edges.Edges, signs: callouts.Signs, others: Marks, use: Decided
) -> Notes:
    """All notes of a text; none of its ``signs`` calls one that stands in a mark of others, or at a page's edge."""
    bracketed = [] if forbids(use, Habit.BRACKETED_NOTES) else bracketed_notes.find(text)
    lists: list[note_lists.NoteList] = []
    if not any(found.calls for found in bracketed):  # a remark in brackets may stand beside notes of another form
        lists = _lists(text, use) or _lists_at_margin(text, use, signs, others)
    lists, bracketed = (lists, []) if lists else (bracketed, bracketed)
    feet = [run for span in _bodies(text, lists) for run in _feet(text, span, signs, others, use)]
    if not lists and (edges.pages or not feet):
        at_margin = _feet_at_margin(text, use, signs, _spans(text, pages, edges), others)
        feet = max(feet, at_margin, key=foot_notes.count)
    at_feet = Marks([Mark(run.span, Reason.LAYOUT) for run in feet])
    calls = Marks([Mark(call.span, Reason.CALLOUT) for run in feet for call in run.calls])
    called = [note for found in lists for note in _call(text, found, signs, (others, at_feet, calls))]
    called += [note for run in feet for note in _called_at_foot(run)]
    return Notes(lists, bracketed, feet, called)


def _lists(text: str, use: Decided) -> list[note_lists.NoteList]:
    if forbids(use, Habit.NOTE_LISTS):
        return []
    return note_lists.find(text, asked=Habit.NOTE_LISTS in use)


def _lists_at_margin(text: str, use: Decided, signs: callouts.Signs, others: Marks) -> list[note_lists.NoteList]:
    """Numbers that end the text, if the text calls most of them as notes, and nearly all if they are few."""
    found = None if forbids(use, Habit.NOTE_LISTS) else margin_lists.find(text, Span(0, len(text)))
    if found is None:
        return []
    calls = _sure_calls(text, _call(text, found, signs, (others,)))
    return [found] if len(calls) * 4 >= len(found.notes) * 3 and margin_lists.are_callouts(text, calls) else []


def _spans(text: str, marks: Sequence[Mark], edges: page_edges.Edges) -> Sequence[Span]:
    """What stands on each page, without what stands at its edges; nothing if no page is marked."""
    if edges.pages or not marks:
        return edges.pages
    begun = [0, *sorted(mark.span.start for mark in marks), len(text)]
    return [Span(start, end) for start, end in pairwise(begun) if start < end]


def _feet_at_margin(
    text: str, use: Decided, signs: callouts.Signs, pages: Sequence[Span], others: Marks
) -> list[foot_notes.FootRun]:
    """Numbers that end a page, if the page calls them all as notes."""
    if not pages or forbids(use, Habit.FOOT_NOTES):
        return []
    feet = [foot for page in pages if (foot := _foot_of_page(text, page, signs, others))]
    return feet if margin_lists.are_callouts(text, [call for foot in feet for call in foot.calls]) else []


def _foot_of_page(text: str, page: Span, signs: callouts.Signs, others: Marks) -> foot_notes.FootRun | None:
    """The notes of a page: below an empty line, or right below the text."""
    found = margin_lists.find(text, page)
    for run in (*margin_lists.find_below_text(text, page), *([found] if found else [])):
        if foot := _as_foot(text, run, _call(text, run, signs, (others,))):
            return foot
    return None


def _as_foot(text: str, run: note_lists.NoteList, called: Sequence[CalledNote]) -> foot_notes.FootRun | None:
    calls = _sure_calls(text, called)
    if len(calls) < len(run.notes):
        return None
    notes = tuple([replace(note, place=Place.FOOT) for note in run.notes])
    return foot_notes.FootRun(notes, tuple(calls), run.span)


def _sure_calls(text: str, called: Sequence[CalledNote]) -> list[callouts.Candidate]:
    """Callouts with the very mark of their note, and no space before it: `clause 1` calls nothing."""
    return [
        note.match.candidate
        for note in called
        if note.match is not None
        and note.match.candidate.mark == note.found.label
        and note.match.certainty is not Certainty.LOW
        and not text[note.match.candidate.span.start - 1].isspace()
    ]


def _feet(text: str, span: Span, signs: callouts.Signs, others: Marks, use: Decided) -> list[foot_notes.FootRun]:
    """The notes at the feet of pages."""
    asked = Habit.FOOT_NOTES in use
    if forbids(use, Habit.FOOT_NOTES) or not (asked or foot_notes.may_be_there(text, span, signs.within(span))):
        return []
    return foot_notes.find(text, span, _candidates(text, span, signs, (others,)), asked=asked)


def _candidates(text: str, span: Span, signs: callouts.Signs, others: Sequence[Marks]) -> list[callouts.Candidate]:
    """What could be a callout. None stands in another mark, nor in a file number, but for a sure one at its end."""
    number_end = _end_of_file_number(text, span)
    found = [
        c
        for c in callouts.find(text, span, signs)
        if c.span.start >= number_end or (c.score >= _SURE and not text[c.span.end : number_end].strip())
    ]
    for marks in others:
        if marks:
            found = [candidate for candidate in found if not marks.cover(candidate.span)]
    return found


def _end_of_file_number(text: str, span: Span) -> int:
    """Where the file number ends with which a document begins; its start if there is none."""
    line = _FIRST_LINE.match(text, span.start, span.end)
    return line.end() if line and phrases.is_file_number(line.group().strip()) else span.start


def _call(text: str, found: note_lists.NoteList, signs: callouts.Signs, others: Sequence[Marks]) -> list[CalledNote]:
    """The notes of a list with their callouts in the text that it answers."""
    if found.calls:
        return [
            CalledNote(note, Match(index, call, margin=call.score + _SAME_MARK))
            for index, (note, call) in enumerate(zip(found.notes, found.calls, strict=True))
        ]
    candidates = _candidates(text, found.text, signs, others)
    notes = [NoteText(n.label, _IN_ORIGINAL.search(text, n.span.start, n.span.end) is not None) for n in found.notes]
    if notes and _SOURCE.match(text, found.notes[0].span.start):
        notes[0] = replace(notes[0], below=_end_of_heading(text, found.text, others))
    matches = {match.note: match for match in align(notes, candidates)}
    return [CalledNote(note, matches.get(index)) for index, note in enumerate(found.notes)]


def _end_of_heading(text: str, span: Span, marks: Sequence[Marks]) -> int:
    """Where the first block ends that is more than marks and a file number."""
    for block in _BLOCK.finditer(text, span.start, span.end):
        inner = Span(*block.span())
        words = block.group() if not marks else marks[0].plain(text, inner)
        if words and not phrases.is_file_number(words):
            return block.end()
    return span.start


def _called_at_foot(run: foot_notes.FootRun) -> Iterator[CalledNote]:
    for index, (note, call) in enumerate(zip(run.notes, run.calls, strict=True)):
        yield CalledNote(note, Match(index, call, margin=call.score + _SAME_MARK))


def _bodies(text: str, lists: Sequence[note_lists.NoteList]) -> Iterator[Span]:
    at = 0
    for found in lists:
        yield Span(at, found.span.start)
        at = found.span.end
    yield Span(at, len(text))
