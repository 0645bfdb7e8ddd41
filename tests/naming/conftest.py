"""Builds drafts from a few lines of text, without the parser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from teiwright.model import (
    Block,
    Closer,
    Dateline,
    Division,
    Draft,
    FormeWork,
    Head,
    Inline,
    Item,
    LineBreak,
    ListBlock,
    Metadata,
    Note,
    NoteCall,
    Opener,
    PageBreak,
    Paragraph,
    Place,
    Source,
    Span,
    Text,
)

MARK = re.compile(r"\[Page (?P<page>\d+)\] |<(?P<call>\d+)>|\{(?P<running>[^}]*)\}|(?P<line>\n)")
"""In the test texts: ``[Page 5] `` is a page mark, ``<1>`` a callout, ``{…}`` a running head."""


class Builder:
    """Collects blocks and the source text that they are made from."""

    def __init__(self) -> None:
        self.text = ""
        self.blocks: list[Block] = []
        self.notes: list[Note] = []

    def leaves(self, written: str) -> tuple[Inline, ...]:
        start, items, last = len(self.text), [], 0
        self.text += written + "\n\n"
        for mark in MARK.finditer(written):
            if mark.start() > last:
                items.append(Text(Span(start + last, start + mark.start())))
            items.append(self.mark(mark, start))
            last = mark.end()
        if last < len(written):
            items.append(Text(Span(start + last, start + len(written))))
        return tuple(items)

    @staticmethod
    def mark(mark: re.Match[str], start: int) -> Inline:
        span = Span(start + mark.start(), start + mark.end())
        if mark["page"]:
            return PageBreak(span, mark["page"])
        if mark["call"]:
            return NoteCall(span, 0, mark["call"])
        if mark["running"]:
            return FormeWork((Text(Span(span.start + 1, span.end - 1)),), "header")
        return LineBreak(span)

    def add(self, zone: str, written: str) -> None:
        if zone == "participants":
            items = tuple(Item(None, self.leaves(line)) for line in written.split("\n"))
            self.blocks.append(ListBlock(items, "participants"))
            return
        content = self.leaves(written)
        match zone:
            case "head":
                self.blocks.append(Head(content))
            case "dateline":
                self.blocks.append(Opener((Dateline(content),)))
            case "signed":
                self.blocks.append(Closer(None, (content,)))
            case "note":
                self.notes.append(Note("1", "1", Span(0, 0), content, Place.END, True))
            case "p":
                self.blocks.append(Paragraph(content))
            case _:
                raise ValueError(zone)

    def draft(self, metadata: Metadata) -> Draft:
        source = Source(Path("text.txt"), self.text, "", "utf-8", metadata)
        return Draft(source, (Division("document", tuple(self.blocks)),), tuple(self.notes), ())


@pytest.fixture
def draft_of() -> Callable[..., Draft]:
    """A draft of (zone, text) pairs; the zones are the cases of ``Builder.add``."""

    def build(*blocks: tuple[str, str], metadata: Metadata | None = None) -> Draft:
        builder = Builder()
        for zone, written in blocks:
            builder.add(zone, written)
        return builder.draft(metadata or Metadata("text"))

    return build
