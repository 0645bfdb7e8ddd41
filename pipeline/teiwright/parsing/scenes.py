"""The parts of a play, as its lines tell them, and the tree that they make: divisions, speeches, directions.

Guidelines 7.2. What a speech holds is verse or prose; a direction stands in the speech that goes on behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from teiwright.model import (
    Block,
    Certainty,
    Content,
    Direction,
    Division,
    FormeWork,
    Head,
    PageBreak,
    Paragraph,
    Span,
    Speech,
    Stanza,
    Verse,
)
from teiwright.parsing import measure
from teiwright.parsing.labels import Label, Labels
from teiwright.parsing.leaves import Leaves

_BRACKETED = re.compile(r"_?\[[^\[\]]*\][.]?_?", re.DOTALL)
_IN_PARENTHESES = re.compile(r"(?:(?<=[.?!:;…—–-])|(?<=\A))\s*(_?\([^()]*\)[.]?_?)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of an act, a scene, a prologue."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Turn:
    """A speech begins."""

    label: Label


@dataclass(frozen=True, slots=True)
class Set:
    """A direction by itself."""

    span: Span


@dataclass(frozen=True, slots=True)
class Run:
    """Lines that no blank line parts; ``indents`` is ``None`` for the first, if it begins behind a label."""

    lines: tuple[Span, ...]
    indents: tuple[int | None, ...]
    first: int
    """How long the first line is with what stands before it."""


@dataclass(frozen=True, slots=True)
class Page:
    """What stands between two pages, or the mark of one before the first word of a line."""

    leaf: PageBreak | FormeWork


@dataclass(frozen=True, slots=True)
class End:
    """``FINIS``."""

    span: Span


Part = Heading | Turn | Set | Run | Page | End


@dataclass
class Tree:
    """Makes divisions of parts. ``sign`` opens the directions of the play: a bracket or a parenthesis."""

    leaves: Leaves
    labels: Labels
    sign: str
    directions: list[Span] = field(default_factory=list)
    """The directions among words that were met."""

    def divisions(self, parts: Sequence[Part], top: Division) -> Iterator[Division]:
        """The divisions of a play, of which the first holds what stands above the first heading."""
        runs = [part for part in parts if isinstance(part, Run)]
        kinds = measure.decided([self._is_verse(run) for run in runs])
        kind_of = {id(run): kind for run, kind in zip(runs, kinds, strict=True)}
        margins = [
            i for run, is_verse in zip(runs, kinds, strict=True) if is_verse for i in run.indents if i is not None
        ]
        margin = min(margins, default=0)
        building = _Building(top.kind, list(top.blocks))
        for part in parts:
            match part:
                case Heading(kind, span):
                    yield from building.close_division()
                    building = _Building(kind, [Head(self.leaves.content(span, keep_lines=True))])
                case Turn(label):
                    building.begin_speech(self._speaker(label), self._certainty(label))
                case Set(span):
                    building.wait(Direction(self.leaves.content(span)))
                case Page(leaf):
                    building.wait(leaf)
                case End(span):
                    building.close_speech()
                    building.blocks.append(Paragraph(self.leaves.content(span), "center"))
                case Run():
                    if building.speaker is not None or kind_of[id(part)]:  # else all of it is a direction
                        self.directions += self._within(Span(part.lines[0].start, part.lines[-1].end))
                    building.add(self._blocks_of(part, margin, is_verse=kind_of[id(part)]))
                case _:
                    assert_never(part)
        yield from building.close_division()

    def _is_verse(self, run: Run) -> bool | None:
        lines = [span.of(self.leaves.source_text) for span in run.lines]
        return measure.is_verse(lines, run.first, wrapped=self.leaves.wrapped)

    def _speaker(self, label: Label) -> Content:
        return self.leaves.content(label.span)

    def _certainty(self, label: Label) -> Certainty | None:
        return Certainty.LOW if label.key in self.labels.doubtful else None

    def _blocks_of(self, run: Run, margin: int, *, is_verse: bool) -> list[Block]:
        leaves = self.leaves
        whole = Span(run.lines[0].start, run.lines[-1].end)
        if not is_verse:
            return [Paragraph(leaves.content(whole))]
        depths = [0 if indent is None else measure.depth(indent, margin) for indent in run.indents]
        return [Verse(leaves.content(span), depth) for span, depth in zip(run.lines, depths, strict=True)]

    def _within(self, span: Span) -> Iterator[Span]:
        """The directions among words. Parentheses hold one where a sentence has ended, in a play without brackets."""
        text = span.of(self.leaves.source_text)
        if self.sign == "[":
            found = [match.span() for match in _BRACKETED.finditer(text)]
        else:
            found = [match.span(1) for match in _IN_PARENTHESES.finditer(text)]
        for start, end in found:
            yield Span(span.start + start, span.start + end)


@dataclass
class _Building:
    """A division while it is built. A direction stands in a speech that goes on behind it, or between two."""

    kind: str
    blocks: list[Block]
    speaker: Content | None = None
    certainty: Certainty | None = None
    spoken: list[Block] = field(default_factory=list)
    waiting: list[Block] = field(default_factory=list)

    def begin_speech(self, speaker: Content, certainty: Certainty | None) -> None:
        self.close_speech()
        self.speaker, self.certainty = speaker, certainty

    def wait(self, block: Direction | PageBreak | FormeWork) -> None:
        self.waiting.append(block)

    def add(self, blocks: Sequence[Block]) -> None:
        """What is said; before the first speech it tells what the stage shows, unless it is verse."""
        if self.speaker is not None:
            self.spoken += [*self.waiting, *blocks]
            self.waiting = []
            return
        self.close_speech()
        verses = tuple([block for block in blocks if isinstance(block, Verse)])
        if verses:
            self.blocks.append(Stanza(verses))
        else:
            self.blocks += [Direction(block.content) for block in blocks if isinstance(block, Paragraph)]

    def close_speech(self) -> None:
        """End the speech. A label with nothing below it is none, but for a direction that is all of it."""
        if self.speaker is not None:
            if not self.spoken and any(isinstance(block, Direction) for block in self.waiting):
                self.spoken, self.waiting = self.waiting, []
            if self.spoken:
                self.blocks.append(Speech(self.speaker, tuple(self.spoken), self.certainty))
            else:
                self.blocks.append(Paragraph(self.speaker, "center"))
        self.blocks += self.waiting
        self.speaker, self.spoken, self.waiting = None, [], []

    def close_division(self) -> Iterator[Division]:
        self.close_speech()
        if self.blocks or self.kind == "document":
            yield Division(self.kind, tuple(self.blocks))
