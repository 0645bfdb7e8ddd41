"""A draft as one string, so that one expression can be searched for in the whole document at once.

The leaves of each block are joined to a stretch; page marks and callouts vanish, so that a name
broken by one is whole. Between stretches stands a barrier, which no expression for a name can match.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import assert_never

from teiwright.model import (
    Block,
    CastList,
    Closer,
    Content,
    Dateline,
    DespatchNumber,
    Direction,
    Draft,
    FileNumber,
    FormeWork,
    Head,
    Inline,
    Item,
    Label,
    LineBreak,
    ListBlock,
    NoteCall,
    Omission,
    Opener,
    OpenerPart,
    PageBreak,
    Paragraph,
    Postscript,
    Quote,
    Row,
    Salute,
    Span,
    Speech,
    Stamp,
    Stanza,
    StrayNotes,
    Table,
    Text,
    TitlePage,
    TitlePart,
    Verse,
)
from teiwright.naming.shapes import UPPER

BARRIER = "\ue000"
"""A private-use character: neither a letter nor white space to an expression."""

_LOWERCASE = re.compile(r"[a-z](?<![\w’'-].)[a-z]+(?![\w-])", re.DOTALL)
_CAPITALISED = re.compile(rf"[{UPPER}](?<![\w’'-].)[\w’'-]*\w(?!\w)", re.DOTALL)
"""Both in this order, because a search for a kind of letter is fast."""


class Zone(Enum):
    """What kind of block a stretch is, as far as names are concerned."""

    HEAD = "heading"
    DATELINE = "dateline"
    SIGNED = "signature"
    PARTICIPANTS = "list of participants"
    RUNNING = "running text"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One block's text within the script, and in which division it stands (-1 for a note)."""

    zone: Zone
    start: int
    end: int
    division: int


@dataclass(frozen=True)
class Script:
    """The whole document: its text, its stretches in order, and whence each piece of text came."""

    text: str
    stretches: tuple[Stretch, ...]
    _starts: tuple[int, ...]
    _sources: tuple[int, ...]
    _stretch_starts: tuple[int, ...]
    calls: tuple[int, ...] = ()
    """Where a callout stood between two words."""

    def before_call(self, start: int, end: int) -> int:
        """Where a range ends if it may not go over a callout, nor end with white space."""
        at = bisect_right(self.calls, start)
        if at < len(self.calls) and self.calls[at] < end:
            return start + len(self.text[start : self.calls[at]].rstrip())
        return end

    def source_span(self, start: int, end: int) -> Span:
        """The range of the source that a range of the script came from, marks between included."""
        return Span(self._source(start), self._source(end - 1) + 1)

    def place_of(self, span: Span) -> tuple[int, int]:
        """The range of the script in which a range of the source stands; the inverse of ``source_span``."""
        return self._place(span.start), self._place(span.end - 1) + 1

    @cached_property
    def _by_source(self) -> tuple[list[int], list[int]]:
        pieces = sorted(zip(self._sources, self._starts, strict=True))
        return [source for source, _ in pieces], [start for _, start in pieces]

    def _place(self, offset: int) -> int:
        sources, starts = self._by_source
        piece = bisect_right(sources, offset) - 1
        return starts[piece] + offset - sources[piece]

    def stretch_at(self, position: int) -> Stretch:
        """The stretch in which a position lies."""
        return self.stretches[max(0, bisect_right(self._stretch_starts, position) - 1)]

    @cached_property
    def lowercase_words(self) -> frozenset[str]:
        """Words that the document also has in small letters, so that their capital may be a sentence's."""
        return frozenset(_LOWERCASE.findall(self.text))

    @cached_property
    def capitalised(self) -> tuple[tuple[str, int], ...]:
        """Each word that begins with a capital, hyphens and apostrophes in it, and where it begins."""
        return tuple([(match[0], match.start()) for match in _CAPITALISED.finditer(self.text)])

    def of_zone(self, zone: Zone) -> Iterator[Stretch]:
        """The stretches of one kind, in order."""
        return (stretch for stretch in self.stretches if stretch.zone is zone)

    def _source(self, position: int) -> int:
        piece = bisect_right(self._starts, position) - 1
        return self._sources[piece] + position - self._starts[piece]


@dataclass(frozen=True, slots=True)
class _Run:
    """The inline items of one stretch before they are joined."""

    zone: Zone
    division: int
    items: tuple[Text | PageBreak | NoteCall | LineBreak, ...]


def read_script(draft: Draft) -> Script:
    """Join the leaves of a draft; numbers, stamps and running heads are left out: they hold no names."""
    runs = [run for n, d in enumerate(draft.divisions) for block in d.blocks for run in _block(block, n)]
    runs += [run for note in draft.notes for run in _content(note.content, Zone.RUNNING, -1)]
    leaves = sorted(i.span.start for run in runs for i in run.items if isinstance(i, Text) and len(i.span))
    return _Joiner(draft.source.text, leaves).join(runs)


def _block(block: Block, division: int) -> Iterator[_Run]:  # noqa: PLR0912 (one branch a kind of block)
    match block:
        case Opener(parts):
            for part in parts:
                yield from _opener_part(part, division)
        case Head(content):
            yield from _content(content, Zone.HEAD, division)
        case Paragraph(content):
            yield from _content(content, Zone.RUNNING, division)
        case ListBlock(items, kind, head):
            zone = Zone.PARTICIPANTS if kind == "participants" else Zone.RUNNING
            yield from _content(head or (), Zone.RUNNING, division)
            for item in items:
                yield from _item(item, zone, division)
        case Quote(blocks) | Postscript(blocks):
            for inner in blocks:
                yield from _block(inner, division)
        case Table(rows, head):
            yield from _content(head or (), Zone.RUNNING, division)
            for row in rows:
                yield from _row(row, division)
        case Closer(salute, signed, dateline, around):
            yield from _content(salute or (), Zone.RUNNING, division)
            for _, content in around:
                yield from _content(content, Zone.RUNNING, division)
            for signature in signed:
                yield from _content(signature, Zone.SIGNED, division)
            yield from _content(dateline or (), Zone.DATELINE, division)
        case TitlePage(parts):
            for titled in parts:
                if isinstance(titled, TitlePart):
                    yield from _content(titled.content, Zone.RUNNING, division)
        case Verse(content) | Direction(content):
            yield from _content(content, Zone.RUNNING, division)
        case Stanza(lines, head):
            yield from _content(head or (), Zone.RUNNING, division)
            for line in lines:
                yield from _block(line, division)
        case Speech(_, blocks):  # the label names a role, which is nobody's name
            for inner in blocks:
                yield from _block(inner, division)
        case CastList() | Omission() | Stamp() | StrayNotes() | PageBreak() | FormeWork():
            return
        case _:
            assert_never(block)


def _opener_part(part: OpenerPart, division: int) -> Iterator[_Run]:
    match part:
        case Dateline(content):
            yield from _content(content, Zone.DATELINE, division)
        case Salute(content) | Label(content):
            yield from _content(content, Zone.RUNNING, division)
        case FileNumber() | DespatchNumber():
            return
        case _:
            assert_never(part)


def _item(item: Item | PageBreak, zone: Zone, division: int) -> Iterator[_Run]:
    if isinstance(item, Item):
        yield from _content(item.label or (), Zone.RUNNING, division)
        heads_a_list = any(isinstance(inner, ListBlock) for inner in item.content)
        own = Zone.RUNNING if heads_a_list else zone
        yield from _content(item.content, own, division, lists=zone)


def _row(row: Row | PageBreak, division: int) -> Iterator[_Run]:
    if isinstance(row, Row):
        for cell in row.cells:
            yield from _content(cell.content, Zone.RUNNING, division)


def _content(content: Content, zone: Zone, division: int, lists: Zone | None = None) -> Iterator[_Run]:
    run: list[Text | PageBreak | NoteCall | LineBreak] = []
    for item in content:
        if isinstance(item, Text | PageBreak | NoteCall | LineBreak):
            run.append(item)
            continue
        yield _Run(zone, division, tuple(run))
        run = []
        yield from _inner(item, lists or zone, division)
    yield _Run(zone, division, tuple(run))


def _inner(block: Inline | Block, zone: Zone, division: int) -> Iterator[_Run]:
    """A block within mixed content; a list within a list of participants lists participants, too."""
    if isinstance(block, ListBlock) and zone is Zone.PARTICIPANTS:
        block = ListBlock(block.items, "participants", block.head)
    if not isinstance(block, Text | NoteCall | LineBreak):
        yield from _block(block, division)


@dataclass(slots=True)
class _Joiner:
    """Collects the script's text piece by piece."""

    source: str
    leaves: list[int]
    text: list[str] = field(default_factory=list)
    length: int = 0
    calls: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)

    def join(self, runs: list[_Run]) -> Script:
        stretches = []
        for run in runs:
            start = self.length
            self._run(run)
            if self.length > start:
                stretches.append(Stretch(run.zone, start, self.length, run.division))
                self._add(f"\n{BARRIER}\n")
        positions = tuple(stretch.start for stretch in stretches)
        sources = tuple(self.starts), tuple(self.sources)
        return Script("".join(self.text), tuple(stretches), *sources, positions, tuple(self.calls))

    def _run(self, run: _Run) -> None:
        before: Span | None = None
        between: list[PageBreak | NoteCall | LineBreak] = []
        for item in run.items:
            if not isinstance(item, Text):
                between.append(item)
            elif len(item.span):
                if before is not None:
                    if self._parts_words(before, item.span, between):
                        self.calls.append(self.length)
                    self._add(self._joint(before, item.span, between))
                self.starts.append(self.length)
                self.sources.append(item.span.start)
                self._add(item.span.of(self.source))
                before, between = item.span, []

    def _parts_words(self, before: Span, after: Span, between: list[PageBreak | NoteCall | LineBreak]) -> bool:
        """Whether a callout stands behind a word that is whole (``Kai-`` is not)."""
        called = any(isinstance(mark, NoteCall) for mark in between)
        return called and self.source[before.end - 1] != "-" and not self.source[after.start].islower()

    def _joint(self, before: Span, after: Span, between: list[PageBreak | NoteCall | LineBreak]) -> str:
        """What stands for the marks between two leaves, so that words neither run together nor fall apart."""
        foreign = bisect_left(self.leaves, after.start) - bisect_left(self.leaves, before.end)
        if after.start < before.end or foreign > 0:
            return BARRIER  # a note or a running head lies between: no name may cover it
        if any(isinstance(mark, LineBreak) for mark in between):
            return "\n"
        left, right = self.source[before.end - 1], self.source[after.start]
        if left.isspace() or left == "-" or right.isspace() or before.end == after.start:
            return ""
        called = any(isinstance(mark, NoteCall) for mark in between) and left.isalnum() and right.isalnum()
        spaced = self.source[before.end].isspace() or self.source[after.start - 1].isspace()
        return " " if called or spaced else ""

    def _add(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)
