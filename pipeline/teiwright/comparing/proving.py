"""The whole proof: notes found, running text aligned, what was lost here and added there put together."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from teiwright.comparing.aligning import Alignment, align
from teiwright.comparing.differing import Event, events
from teiwright.comparing.edition_text import EditionText, NoteText, Sign
from teiwright.comparing.locating import Block, Located, locate
from teiwright.comparing.marks import LABEL, bare
from teiwright.comparing.source_text import SourceText
from teiwright.comparing.walking import Pair
from teiwright.diagnostics import Code

_MOVES = {
    (Code.WORD_MISSING, Code.WORD_ADDED): Code.TEXT_MOVED,
    (Code.NOTE_MARK_MISSING, Code.NOTE_MARK_ADDED): Code.NOTE_MOVED,
    (Code.PAGE_MARK_MISSING, Code.PAGE_MARK_ADDED): Code.PAGE_MARK_MOVED,
}

_MOST_TWINS = 12
"""So many are tried if anything differs; each costs one more walk through the running text."""


@dataclass(frozen=True, slots=True)
class NoteEvent:
    """Something about a note as a whole: it has no text in the source, or that of another note."""

    code: Code
    note: NoteText
    block: Block | None


@dataclass(frozen=True, slots=True)
class Proof:
    """What differs, and what of the source became markup, in characters by kind."""

    events: tuple[Event, ...]
    notes: tuple[NoteEvent, ...]
    consumed: Counter[str]


def prove(source: SourceText, edition: EditionText) -> Proof:
    """Compare everything; nothing is left out of either side."""
    alignments, located = alignments_of(source, edition)
    found = _found(alignments, edition.notes, located)
    consumed = _consumed(alignments, located)
    return Proof(tuple(_moves(found)), tuple(_note_events(edition.notes, located, found)), consumed)


def alignments_of(source: SourceText, edition: EditionText) -> tuple[list[Alignment], Located]:
    """The running text, then each note that was found, beside the part of the source that has it.

    If the source has the words and the label of a note twice, once in the running text, either may be the note.
    """
    located = locate(source, edition.notes)
    main = _main_alignment(source, edition, located)
    for number, twin in located.twins[:_MOST_TWINS]:
        if main.differences and twin not in located.blocks:
            other = located.with_twin(number, twin)
            instead = _main_alignment(source, edition, other)
            if _size(instead) < _size(main):
                main, located = instead, other
    return [main, *_note_alignments(source, edition.notes, located)], located


def _main_alignment(source: SourceText, edition: EditionText, located: Located) -> Alignment:
    cuts = sorted((b.beginning.label_start, b.end) for b in located.blocks if b is not None)
    return align(Pair(edition.main, source, source.ink.without(cuts)))


def _size(alignment: Alignment) -> int:
    """How many characters and marks differ."""
    return sum(len(each.edition) + len(each.source) + len(each.marks) for each in alignment.differences)


def _found(alignments: Sequence[Alignment], notes: Sequence[NoteText], located: Located) -> list[Event]:
    """The events of all streams; what a lost mark is becomes clear from the marks that others lack."""
    differences = [difference for alignment in alignments for difference in alignment.differences]
    unmet = (mark for difference in differences for mark in difference.marks if mark.sign is Sign.CALLOUT)
    lost = frozenset(bare(mark.n) for mark in unmet)
    found = [event for alignment in alignments for event in events(alignment, lost_marks=lost)]
    without_note = {bare(e.theirs) for e in found if e.code is Code.NOTE_MARK_MISSING and e.theirs}
    pairs = zip(notes, located.blocks, strict=True)
    without_text = {bare(note.n) for note, block in pairs if block is None and note.n}
    return [_as_note(event, without_note | without_text) for event in found]


def _note_alignments(source: SourceText, notes: Sequence[NoteText], located: Located) -> Iterator[Alignment]:
    for note, block in zip(notes, located.blocks, strict=True):
        if block is not None:
            part = source.ink.part(block.beginning.text_start, block.text_end)
            yield align(Pair(note.stream, source, part))


def _consumed(alignments: Sequence[Alignment], located: Located) -> Counter[str]:
    consumed: Counter[str] = Counter()
    for alignment in alignments:
        for eaten in alignment.trail.eaten:
            consumed[eaten.mark.sign.value] += eaten.end - eaten.start
    labels = sum(end - start for b in located.blocks if b is not None for start, end in b.label)
    if labels:
        consumed["label of a note"] = labels
    return consumed


def _as_note(event: Event, marks: set[str]) -> Event:
    """Lost lines that begin with the label of a lost note are that note."""
    if event.code is not Code.WORD_MISSING:
        return event
    source, ink = event.pair.source, event.pair.ink
    offset = ink.offset(event.source.start)
    label = LABEL.match(source.text, offset)
    if label is None or bare(label["core"]) not in marks or not source.begins_line(ink, event.source.start):
        return event
    return replace(event, code=Code.NOTE_MISSING)


def _moves(found: list[Event]) -> Iterator[Event]:
    """What is lost here and added there, and is the same, was moved."""
    missing: dict[tuple[Code, str], list[int]] = defaultdict(list)
    for number, event in enumerate(found):
        if event.theirs is not None and event.ours is None:
            missing[event.code, _key(event, event.theirs)].append(number)
    moved: dict[int, int] = {}
    for number, event in enumerate(found):
        if event.ours is None or event.theirs is not None:
            continue
        for (lost, added), _ in _MOVES.items():
            candidates = missing[lost, _key(event, event.ours)] if event.code is added else []
            if candidates:
                moved[number] = candidates.pop(_closest(candidates, number))
    gone = set(moved.values())
    for number, event in enumerate(found):
        if number in moved:
            other = found[moved[number]]
            code = _MOVES[other.code, event.code]
            across = Pair(event.pair.stream, other.pair.source, other.pair.ink)
            yield replace(event, code=code, source=other.source, theirs=other.theirs, pair=across)
        elif number not in gone:
            yield event


def _key(event: Event, text: str) -> str:
    return text if event.code in (Code.WORD_MISSING, Code.WORD_ADDED) else bare(text)


def _closest(numbers: list[int], number: int) -> int:
    at = min(bisect_left(numbers, number), len(numbers) - 1)
    return at - 1 if at and number - numbers[at - 1] <= abs(numbers[at] - number) else at


def _note_events(notes: Sequence[NoteText], located: Located, found: Sequence[Event]) -> Iterator[NoteEvent]:
    for note, block in zip(notes, located.blocks, strict=True):
        if block is None:
            yield NoteEvent(Code.NOTE_ADDED, note, None)
    changed = {event.mark.note for event in found if event.mark is not None}
    for number, (note, block) in enumerate(zip(notes, located.blocks, strict=True)):
        if block is None or number in changed:
            continue
        if not _label_fits(note, block, located.ordinals[number]):
            yield NoteEvent(Code.NOTE_MARK_CHANGED, note, block)
    yield from _exchanged(notes, located)


def _label_fits(note: NoteText, block: Block, ordinal: int) -> bool:
    label = block.beginning.label
    if not note.called:
        return (bare(note.n) if note.n else None) == label
    return label is None or not note.n or block.beginning.ordinal or label in (bare(note.n), str(ordinal))


def _exchanged(notes: Sequence[NoteText], located: Located) -> Iterator[NoteEvent]:
    """Notes of one kind of label must follow each other in the source as their callouts do in the edition."""
    kinds: dict[str | None, list[int]] = defaultdict(list)
    for number, (note, block) in enumerate(zip(notes, located.blocks, strict=True)):
        if block is not None and note.called:
            kinds["1." if block.beginning.ordinal else block.beginning.label].append(number)
    for numbers in kinds.values():
        blocks = [block for number in numbers if (block := located.blocks[number]) is not None]
        for out in _out_of_order([block.beginning.label_start for block in blocks]):
            yield NoteEvent(Code.NOTES_EXCHANGED, notes[numbers[out]], blocks[out])


def _out_of_order(values: Sequence[int]) -> Iterator[int]:
    """The positions that are not part of one longest rising sequence."""
    ends: list[int] = []
    last: list[int] = []
    previous: list[int | None] = []
    for number, value in enumerate(values):
        at = bisect_left(ends, value)
        previous.append(last[at - 1] if at else None)
        ends[at : at + 1] = [value]
        last[at : at + 1] = [number]
    rising: set[int] = set()
    step: int | None = last[-1] if last else None
    while step is not None:
        rising.add(step)
        step = previous[step]
    yield from (number for number in range(len(values)) if number not in rising)
