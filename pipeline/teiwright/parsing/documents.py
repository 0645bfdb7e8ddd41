"""The order in which a text is understood: marks, notes, lines, units, anatomy, ledger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass

from teiwright.diagnostics import Code, Diagnostic, Lines
from teiwright.model import (
    Certainty,
    Content,
    Division,
    Draft,
    Note,
    NoteCall,
    PageBreak,
    Reason,
    Source,
    Span,
    StrayNotes,
    Text,
)
from teiwright.parsing import anatomy, bodies
from teiwright.parsing.alignment import Match, NoteText, align
from teiwright.parsing.conventions import callouts, note_lists, page_marks, strike_signs
from teiwright.parsing.leaves import ledger
from teiwright.parsing.lines import Mark, Marks, split_lines
from teiwright.parsing.units import Reader


_IN_ORIGINAL = re.compile(r"[\[(]Foot-?note in (?:the )?(?:original|source)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _CalledNote:
    """A note as found, with the callout that was matched to it, if any."""

    found: note_lists.FoundNote
    match: Match | None


def parse_source(source: Source) -> Draft:
    """See ``teiwright.parsing.parse``."""
    text = source.text
    pages = page_marks.find(text)
    strikes, styles = strike_signs.find(text)
    lists = note_lists.find(text)
    called = [note for found in lists for note in _call(text, found, Marks([*pages, *strikes]))]
    note_marks = list(_note_marks(called))
    marks = Marks([*pages, *strikes, *note_marks])
    reader = Reader(text, marks)
    body_lines = [line for span in _bodies(text, lists) for line in split_lines(text, span, marks)]
    parts = anatomy.divide(reader.leaves, reader.units(body_lines))
    notes = tuple(_note(reader, note) for note in called)
    divisions = _with_stray_notes(parts.divisions, called)
    labels = [Mark(note.found.label_span, Reason.NOTE_LABEL) for note in called]
    texts = [*_texts(divisions), *_texts(note.content for note in notes)]
    return Draft(
        source,
        divisions,
        notes,
        ledger(text, texts, [*marks, *labels, *reader.consumed]),
        styles=tuple(styles),
        dates=parts.dates,
        conventions=(page_marks.convention(pages), strike_signs.convention(styles), note_lists.convention(lists)),
        findings=tuple(_findings(source, called)),
    )


def _call(text: str, found: note_lists.NoteList, others: Marks) -> list[_CalledNote]:
    """The notes of a list with their callouts in the text that it answers; no callout stands in another mark."""
    candidates = [c for c in callouts.find(text, found.text) if not others.cover(c.span)]
    notes = [NoteText(n.label, _IN_ORIGINAL.search(text, n.span.start, n.span.end) is not None) for n in found.notes]
    matches = {match.note: match for match in align(notes, candidates)}
    return [_CalledNote(note, matches.get(index)) for index, note in enumerate(found.notes)]


def _note_marks(called: Sequence[_CalledNote]) -> Iterator[Mark]:
    for index, note in enumerate(called):
        if note.match is not None:
            candidate = note.match.candidate
            call = NoteCall(candidate.span, index, candidate.mark, note.match.certainty)
            yield Mark(candidate.span, Reason.CALLOUT, call)
            for sign in candidate.signs:
                yield Mark(sign, Reason.CALLOUT_SIGN)


def _bodies(text: str, lists: Sequence[note_lists.NoteList]) -> Iterator[Span]:
    at = 0
    for found in lists:
        yield Span(at, found.span.start)
        at = found.span.end
    yield Span(at, len(text))


def _note(reader: Reader, called: _CalledNote) -> Note:
    found = called.found
    lines = split_lines(reader.text, found.span, reader.marks)
    blocks = bodies.blocks(reader.leaves, reader.units(lines))
    content: Content = tuple(blocks)
    if len(blocks) == 1 and isinstance(only := blocks[0], bodies.Paragraph):
        content = only.content
    match called.match:
        case None:
            return Note(found.label, found.label, found.label_span, content, found.place, called=False)
        case match:
            mark = match.candidate.mark
            return Note(mark, found.label, found.label_span, content, found.place, True, match.certainty)


def _with_stray_notes(divisions: tuple[Division, ...], called: Sequence[_CalledNote]) -> tuple[Division, ...]:
    stray = tuple(index for index, note in enumerate(called) if note.match is None)
    if not stray or not divisions:
        return divisions
    last = divisions[-1]
    return (*divisions[:-1], Division(last.kind, (*last.blocks, StrayNotes(stray))))


def _texts(tree: object) -> Iterator[Span]:
    """The ranges of all text leaves below a value of the draft."""
    if isinstance(tree, Text):
        yield tree.span
    elif is_dataclass(tree) and not isinstance(tree, Span):
        for part in fields(tree):
            yield from _texts(getattr(tree, part.name))
    elif isinstance(tree, Iterable) and not isinstance(tree, str):
        for part_ in tree:
            yield from _texts(part_)


def _findings(source: Source, called: Sequence[_CalledNote]) -> Iterator[Diagnostic]:
    lines = Lines(source.text)
    for note in called:
        where = lines.at(source.path, note.found.label_span.start)
        if note.match is None:
            yield Diagnostic(
                Code.NOTE_WITHOUT_CALLOUT,
                where,
                f"note {note.found.label} has no callout in the text",
                "its mark was probably lost in scanning; it is kept where the source has it",
            )
        elif note.match.certainty in {Certainty.LOW, Certainty.MEDIUM}:
            yield Diagnostic(
                Code.UNSURE_CALLOUT,
                lines.at(source.path, note.match.candidate.span.start),
                f"`{note.match.candidate.mark}` is read as the callout of note {note.found.label}, but not with certainty",
                "compare with the original",
                (where,),
            )


__all__ = ["PageBreak", "parse_source"]
