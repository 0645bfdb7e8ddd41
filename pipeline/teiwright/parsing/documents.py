"""The order in which a text is understood: marks, notes, lines, units, anatomy, ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter, itemgetter

from teiwright.model import (
    Certainty,
    Consumed,
    Content,
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
from teiwright.parsing import anatomy, bodies, findings, fronts, notes, phrases, plays, verses, web_pages
from teiwright.parsing.conventions import (
    bracketed_notes,
    callouts,
    emphasis_signs,
    foot_notes,
    note_lists,
    page_edges,
    page_marks,
    running_heads,
    strike_signs,
    wrapped_lines,
)
from teiwright.parsing.decided import Decided, as_decided, forbids
from teiwright.parsing.findings import CalledNote
from teiwright.parsing.leaves import ledger
from teiwright.parsing.lines import BY_PLACE, Line, Mark, Marks, split_lines
from teiwright.parsing.units import PageUnit, Reader, Unit

_WITHOUT_TEXT = {PageBreak, NoteCall, LineBreak}
_WORDLESS = {"str", "str | None", "bool"}
"""Types of fields, as they are written."""


def parse_source(source: Source) -> Draft:
    """See ``teiwright.parsing.parse``."""
    text, use = source.text, dict(source.metadata.conventions)
    pages, edges = _pages(text, use)
    strikes, styles = ([], []) if forbids(use, Habit.STRIKE_SIGNS) else strike_signs.find(text)
    emphasis, italics = ([], []) if forbids(use, Habit.EMPHASIS_SIGNS) else emphasis_signs.find(text)
    others = Marks([*pages, *strikes, *emphasis, *page_edges.set_apart(edges)])
    signs = callouts.Signs(text)
    found = notes.find(text, pages, edges, signs, others, use)
    marks = Marks([*pages, *strikes, *emphasis, *_note_marks(text, found.called)])
    width = 0 if forbids(use, Habit.WRAPPED_LINES) else wrapped_lines.find(text, asked=Habit.WRAPPED_LINES in use)
    reader = Reader(text, marks, width, edges.lines)
    reader.consumed += bracketed_notes.closing(found.bracketed)
    play, poems = _play_or_poems(reader, use, found)
    conventions = (
        page_marks.convention(text, pages),
        page_edges.convention(edges.lines),
        strike_signs.convention(styles),
        emphasis_signs.convention(italics),
        note_lists.convention([] if found.bracketed else found.lists),
        bracketed_notes.convention(found.bracketed),
        foot_notes.convention(found.feet),
        wrapped_lines.convention(width),
        plays.convention(play),
        verses.convention(poems),
    )
    literary = play or poems
    divisions, dates = _divisions(reader, edges, found) if literary is None else (literary.divisions, literary.dates)
    divisions = _with_stray_notes(divisions, found.called)
    made = tuple([_note(reader, note) for note in found.called])
    return Draft(
        *(source, divisions, made, _ledger(reader, divisions, made)),
        styles=(*styles, *italics),
        dates=dates,
        directions=play.directions if play else (),
        conventions=tuple(as_decided(convention, use) for convention in conventions) if use else conventions,
        findings=tuple(
            findings.find(source, found.called, pages, signs.all, others, divisions, play.doubtful if play else ())
        ),
    )


def _pages(text: str, use: Decided) -> tuple[list[Mark], page_edges.Edges]:
    """The marks of pages, and what stands at the edges of pages, which may tell their numbers."""
    if forbids(use, Habit.PAGE_MARKS):
        return page_marks.set_aside(text), page_edges.NONE
    edges = page_edges.NONE if forbids(use, Habit.RUNNING_HEADS) else page_edges.find(text)
    marks = page_marks.find(text, edges.apart)
    if not marks and not forbids(use, Habit.RUNNING_HEADS):
        edges = page_edges.Edges(running_heads.find(text), {})
    return page_edges.number(marks, edges)


def _divisions(
    reader: Reader, edges: page_edges.Edges, noted: notes.Notes
) -> tuple[tuple[Division, ...], tuple[Dated, ...]]:
    """The divisions of a text whose marks are known, and their dates."""
    found = [*_first_page(reader.text, edges), *_units(reader, noted)]
    above, units, below = web_pages.split(reader.leaves, found)
    front, front_dates, rest = fronts.split(reader.leaves, units)
    parts = anatomy.divide(reader.leaves, rest)
    return (*above, *front, *parts.divisions, *below), (*front_dates, *parts.dates)


def _play_or_poems(
    reader: Reader, use: Mapping[Habit, Use], noted: notes.Notes
) -> tuple[plays.Play | None, verses.Poems | None]:
    """The play or the poems that a text is, notes left out; of most texts it is quickly denied that they are either."""
    text = reader.text
    may_be_play = use.get(Habit.SPEECHES) is Use.ALWAYS or plays.may_be_there(text)
    may_be_verse = use.get(Habit.VERSE) is Use.ALWAYS or verses.may_be_there(text)
    if not (may_be_play or may_be_verse):
        return None, None
    cuts = sorted([found.span for found in noted.lists] + [run.span for run in noted.feet])
    edges = [0, *(edge for span in cuts for edge in span), len(text)]
    spans = [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    lines = [line for span in spans for line in split_lines(text, span, reader.marks)]
    if may_be_play and not forbids(use, Habit.SPEECHES):
        play = plays.find(reader, lines, asked=Habit.SPEECHES in use)
        if play is not None:
            return play, None
    if may_be_verse and not forbids(use, Habit.VERSE):
        return None, verses.find(reader, lines, asked=Habit.VERSE in use)
    return None, None


def _ledger(reader: Reader, divisions: tuple[Division, ...], made: Sequence[Note]) -> tuple[Consumed, ...]:
    texts = [*_texts(divisions), *_texts(tuple([note.content for note in made]))]
    labels = [Mark(note.label_span, Reason.NOTE_LABEL) for note in made]
    return ledger(reader.text, texts, [*reader.marks, *labels, *reader.consumed])


def _units(reader: Reader, noted: notes.Notes) -> Iterator[Unit]:
    """The units of the text, notes left out; where a page's foot ends, a new page begins."""
    cuts: list[tuple[Span, foot_notes.FootRun | None]] = [(found.span, None) for found in noted.lists]
    cuts += [(run.span, run) for run in noted.feet]
    at = 0
    foot: foot_notes.FootRun | None = None
    for span, run in [*sorted(cuts, key=itemgetter(0)), (Span(len(reader.text), len(reader.text)), None)]:
        lines = split_lines(reader.text, Span(at, span.start), reader.marks)
        if lines and foot is not None and not (reader.at_edge(lines[0]) or reader.leaves.begins_page(lines[0])):
            top, lines = _page_top(reader, lines, foot_notes.end_pages(noted.feet))
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
