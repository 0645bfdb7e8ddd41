"""The order in which a text is understood: marks, notes, lines, units, anatomy, ledger."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from operator import attrgetter, itemgetter

from teiwright.model import (
    Certainty,
    Consumed,
    Content,
    Convention,
    Dated,
    Division,
    Draft,
    FormeWork,
    Habit,
    LineBreak,
    Note,
    NoteCall,
    PageBreak,
    Paragraph,
    Place,
    Reason,
    Source,
    Span,
    StrayNotes,
    Text,
    Use,
)
from teiwright.parsing import anatomy, bodies, findings, fronts, phrases, plays, web_pages
from teiwright.parsing.alignment import Match, align
from teiwright.parsing.conventions import (
    bracketed_notes,
    callouts,
    emphasis_signs,
    foot_notes,
    margin_lists,
    note_lists,
    page_edges,
    page_marks,
    running_heads,
    strike_signs,
    wrapped_lines,
)
from teiwright.parsing.findings import CalledNote
from teiwright.parsing.leaves import ledger
from teiwright.parsing.lines import BY_PLACE, Line, Mark, Marks, split_lines
from teiwright.parsing.units import PageUnit, Reader, Unit
from teiwright.parsing.weighing import NoteText

_IN_ORIGINAL = re.compile(r"[\[(]Foot-?note in (?:the )?(?:original|source)", re.IGNORECASE)
_SOURCE = re.compile(r"\s*Source: ")
_BLOCK = re.compile(r"\S.*?(?=\n[ \t]*\n|\Z)", re.DOTALL)
_FIRST_LINE = re.compile(r"\s*[^\n]*")
_SURE = 4.0
_SAME_MARK = 5.0
"""How much surer a callout is because a note on the same page begins with its mark."""
_WITHOUT_TEXT = {PageBreak, NoteCall, LineBreak}
_WORDLESS = {"str", "str | None", "bool"}
"""Types of fields, as they are written."""


def parse_source(source: Source) -> Draft:
    """See ``teiwright.parsing.parse``."""
    text, use = source.text, dict(source.metadata.conventions)
    pages, edges = _pages(text, use)
    strikes, styles = ([], []) if _forbids(use, Habit.STRIKE_SIGNS) else strike_signs.find(text)
    emphasis, italics = ([], []) if _forbids(use, Habit.EMPHASIS_SIGNS) else emphasis_signs.find(text)
    others = Marks([*pages, *strikes, *emphasis, *page_edges.set_apart(edges)])
    signs = callouts.Signs(text)
    bracketed = [] if _forbids(use, Habit.BRACKETED_NOTES) else bracketed_notes.find(text)
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
    marks = Marks([*pages, *strikes, *emphasis, *_note_marks(text, called)])
    width = 0 if _forbids(use, Habit.WRAPPED_LINES) else wrapped_lines.find(text, asked=Habit.WRAPPED_LINES in use)
    reader = Reader(text, marks, width, edges.lines)
    reader.consumed += bracketed_notes.closing(bracketed)
    play = None if _forbids(use, Habit.SPEECHES) else _play(reader, lists, feet, asked=Habit.SPEECHES in use)
    conventions = (
        page_marks.convention(text, pages),
        page_edges.convention(edges.lines),
        strike_signs.convention(styles),
        emphasis_signs.convention(italics),
        note_lists.convention([] if bracketed else lists),
        bracketed_notes.convention(bracketed),
        foot_notes.convention(feet),
        wrapped_lines.convention(width),
        plays.convention(play),
    )
    divisions, dates = (play.divisions, play.dates) if play else _divisions(reader, edges, lists, feet)
    divisions = _with_stray_notes(divisions, called)
    notes = tuple([_note(reader, note) for note in called])
    return Draft(
        *(source, divisions, notes, _ledger(reader, divisions, notes)),
        styles=(*styles, *italics),
        dates=dates,
        directions=play.directions if play else (),
        conventions=tuple(_as_decided(convention, use) for convention in conventions) if use else conventions,
        findings=tuple(findings.find(source, called, pages, signs.all, others, divisions)),
    )


def _pages(text: str, use: Mapping[Habit, Use]) -> tuple[list[Mark], page_edges.Edges]:
    """The marks of pages, and what stands at the edges of pages, which may tell their numbers."""
    if _forbids(use, Habit.PAGE_MARKS):
        return page_marks.set_aside(text), page_edges.NONE
    marks = page_marks.find(text)
    if _forbids(use, Habit.RUNNING_HEADS):
        return marks, page_edges.NONE
    edges = page_edges.find(text) if marks else page_edges.Edges(running_heads.find(text), {})
    return page_edges.number(marks, edges), edges


def _divisions(
    reader: Reader, edges: page_edges.Edges, lists: Sequence[note_lists.NoteList], feet: Sequence[foot_notes.FootRun]
) -> tuple[tuple[Division, ...], tuple[Dated, ...]]:
    """The divisions of a text whose marks are known, and their dates."""
    found = [*_first_page(reader.text, edges), *_units(reader, lists, feet)]
    above, units, below = web_pages.split(reader.leaves, found)
    front, front_dates, rest = fronts.split(reader.leaves, units)
    parts = anatomy.divide(reader.leaves, rest)
    return (*above, *front, *parts.divisions, *below), (*front_dates, *parts.dates)


def _play(
    reader: Reader, lists: Sequence[note_lists.NoteList], feet: Sequence[foot_notes.FootRun], *, asked: bool
) -> plays.Play | None:
    """The play that a text is, notes left out."""
    if not (asked or plays.may_be_there(reader.text)):
        return None
    cuts = sorted([found.span for found in lists] + [run.span for run in feet])
    edges = [0, *(edge for span in cuts for edge in span), len(reader.text)]
    lines = [
        line
        for start, end in zip(edges[::2], edges[1::2], strict=True)
        for line in split_lines(reader.text, Span(start, end), reader.marks)
    ]
    return plays.find(reader, lines, asked=asked)


def _ledger(reader: Reader, divisions: tuple[Division, ...], notes: Sequence[Note]) -> tuple[Consumed, ...]:
    texts = [*_texts(divisions), *_texts(tuple([note.content for note in notes]))]
    labels = [Mark(note.label_span, Reason.NOTE_LABEL) for note in notes]
    return ledger(reader.text, texts, [*reader.marks, *labels, *reader.consumed])


def _forbids(use: Mapping[Habit, Use], habit: Habit) -> bool:
    return use.get(habit) is Use.NEVER


def _as_decided(convention: Convention, use: Mapping[Habit, Use]) -> Convention:
    """A convention with what a person decided on it as its reason."""
    match use.get(Habit(convention.name)):
        case Use.NEVER:
            return replace(convention, why="never, as the metadata or the project say")
        case Use.ALWAYS:
            return replace(convention, why=f"always, as the metadata or the project say: {convention.why}")
        case _:
            return convention


def _lists(text: str, use: Mapping[Habit, Use]) -> list[note_lists.NoteList]:
    if _forbids(use, Habit.NOTE_LISTS):
        return []
    return note_lists.find(text, asked=Habit.NOTE_LISTS in use)


def _lists_at_margin(
    text: str, use: Mapping[Habit, Use], signs: callouts.Signs, others: Marks
) -> list[note_lists.NoteList]:
    """Numbers that end the text, if the text calls most of them as notes, and nearly all if they are few."""
    found = None if _forbids(use, Habit.NOTE_LISTS) else margin_lists.find(text, Span(0, len(text)))
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
    text: str, use: Mapping[Habit, Use], signs: callouts.Signs, pages: Sequence[Span], others: Marks
) -> list[foot_notes.FootRun]:
    """Numbers that end a page, if the page calls them all as notes."""
    if not pages or _forbids(use, Habit.FOOT_NOTES):
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


def _feet(
    text: str, span: Span, signs: callouts.Signs, others: Marks, use: Mapping[Habit, Use]
) -> list[foot_notes.FootRun]:
    """The notes at the feet of pages."""
    asked = Habit.FOOT_NOTES in use
    if _forbids(use, Habit.FOOT_NOTES) or not (asked or foot_notes.may_be_there(text, span, signs.within(span))):
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


def _units(reader: Reader, lists: Sequence[note_lists.NoteList], feet: Sequence[foot_notes.FootRun]) -> Iterator[Unit]:
    """The units of the text, notes left out; where a page's foot ends, a new page begins."""
    cuts: list[tuple[Span, foot_notes.FootRun | None]] = [(found.span, None) for found in lists]
    cuts += [(run.span, run) for run in feet]
    at = 0
    foot: foot_notes.FootRun | None = None
    for span, run in [*sorted(cuts, key=itemgetter(0)), (Span(len(reader.text), len(reader.text)), None)]:
        lines = split_lines(reader.text, Span(at, span.start), reader.marks)
        if lines and foot is not None and not (reader.at_edge(lines[0]) or reader.leaves.begins_page(lines[0])):
            top, lines = _page_top(reader, lines, foot_notes.end_pages(feet))
            yield top
        yield from reader.units(lines)
        at, foot = span.end, run


def _first_page(text: str, edges: page_edges.Edges) -> Iterator[PageUnit]:
    """The beginning of the first page, if the page has its number."""
    if (number := edges.numbers.get(0)) is not None:
        start = len(text) - len(text.lstrip())
        leaf = PageBreak(Span(start, start), number, inferred=True, certainty=Certainty.HIGH)
        yield PageUnit((leaf,), leaf.span)


def _page_top(reader: Reader, lines: list[Line], certainty: Certainty) -> tuple[PageUnit, list[Line]]:
    """The page break after a foot, with the running head of the new page if it has one."""
    start = lines[0].span.start
    leaves: list[PageBreak | FormeWork] = [PageBreak(Span(start, start), None, inferred=True, certainty=certainty)]
    if phrases.is_classification(lines[0].text):
        content = reader.leaves.content(lines[0].span)
        leaves.append(FormeWork(tuple(leaf for leaf in content if isinstance(leaf, Text)), "header"))
        lines = lines[1:]
    return PageUnit(tuple(leaves), Span(start, start)), lines


def _note_marks(text: str, called: Sequence[CalledNote]) -> Iterator[Mark]:
    raised: list[Mark] = []
    for index, note in enumerate(called):
        if note.match is not None:
            candidate = note.match.candidate
            call = NoteCall(candidate.span, index, candidate.mark, note.match.certainty)
            mark = Mark(candidate.span, Reason.CALLOUT, call)
            if candidate.signs:
                raised += [mark, *(Mark(sign, Reason.CALLOUT_SIGN) for sign in candidate.signs)]
            else:
                yield mark
    yield from _in_whole_brackets(text, sorted(raised, key=BY_PLACE))


def _in_whole_brackets(text: str, marks: list[Mark]) -> Iterator[Mark]:
    """Of ``^{8***}`` both callouts and the braces; if only one is called, the braces hold text, too, and stay."""
    start = 0
    for end, mark in enumerate(marks, start=1):
        if end < len(marks) and marks[end].span.start == mark.span.end:
            continue
        run, start = marks[start:end], end
        around = text[run[0].span.start : mark.span.end]
        whole = all(around.count(opening) == around.count(closing) for opening, closing in ("{}", "[]", "()"))
        yield from (each for each in run if whole or each.leaf is not None)


def _bodies(text: str, lists: Sequence[note_lists.NoteList]) -> Iterator[Span]:
    at = 0
    for found in lists:
        yield Span(at, found.span.start)
        at = found.span.end
    yield Span(at, len(text))


def _note(reader: Reader, called: CalledNote) -> Note:
    found = called.found
    lines = split_lines(reader.text, found.span, reader.marks)
    wrapped = found.place is not Place.END or reader.leaves.wrapped
    blocks = bodies.blocks(reader.leaves, reader.units(lines), wrapped=wrapped)
    content: Content = tuple(blocks)
    if len(blocks) == 1 and isinstance(only := blocks[0], Paragraph):
        content = only.content
    match = called.match
    mark, certainty = (found.label, None) if match is None else (match.candidate.mark, match.certainty)
    return Note(mark, found.label, found.label_span, content, found.place, match is not None, certainty)


def _with_stray_notes(divisions: tuple[Division, ...], called: Sequence[CalledNote]) -> tuple[Division, ...]:
    stray = tuple(index for index, note in enumerate(called) if note.match is None)
    if not stray or not divisions:
        return divisions
    last = divisions[-1]
    return (*divisions[:-1], Division(last.kind, (*last.blocks, StrayNotes(stray))))


def _texts(tree: object) -> list[Span]:
    """The ranges of all text leaves below a value of the draft."""
    found: list[Span] = []
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        kind = type(part)
        if kind is Text:
            found.append(part.span)  # type: ignore[attr-defined]  # the type was just asked for
        elif kind is tuple:
            waiting += part  # type: ignore[arg-type]  # the same
        elif below := _parts_of(kind):  # type: ignore[arg-type]  # a class can be hashed
            waiting += below(part)
    return found


@cache
def _parts_of(kind: type) -> Callable[[object], Iterable[object]] | None:
    """What gives the fields of a value of the draft below which it may have text; ``None`` if it has none.

    A field that is the only one of its value is a tuple.
    """
    fields = {} if kind in _WITHOUT_TEXT else getattr(kind, "__dataclass_fields__", {})
    names = [name for name, field in fields.items() if field.type not in _WORDLESS]
    return attrgetter(*names) if names else None
