"""Notes that end the text at the margin, each begun by the mark that calls it: ``1. Not printed.``, ``1 Not printed.``.

Whoever copies a page, or types it, sets them so; OCR glues mark and note (``1Not printed.``).
A list of paragraphs with numbers looks alike: notes are those alone that the text above calls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from teiwright.model import Span
from teiwright.parsing.conventions.note_lists import FoundNote, NoteList

_ITEM = re.compile(r"[ \t]*(?P<label>\^?(?P<n>\d{1,3})[.:)]?)[ \xa0\t]*(?=[^\W\d_]|[“\"‘'(\[])")
_LINE = re.compile(r"[^\n]*\S[^\n]*")


def find(text: str) -> NoteList | None:
    """The blocks that end the text and begin with numbers that count on, one by one. Something stands above them."""
    runs: list[list[re.Match[str]]] = []
    first = 0
    for block in _blocks_from_below(text):
        run = _items(text, block)
        if not run or (runs and int(run[-1]["n"]) + 1 != int(runs[-1][0]["n"])):
            break
        runs.append(run)
        first = block.start
    items = [item for run in reversed(runs) for item in run]
    if not items or first == 0:
        return None
    return NoteList(tuple(_notes(text, items)), Span(first, len(text)), Span(0, first))


def _blocks_from_below(text: str) -> Iterator[Span]:
    """The blocks that empty lines part, the last first."""
    end = start = len(text)
    while start > 0:
        begin = text.rfind("\n", 0, start - 1) + 1
        if text[begin:start].isspace() or not text[begin:start]:
            if text[start:end].strip():
                yield Span(start, end)
            end = begin
        start = begin
    if text[:end].strip():
        yield Span(0, end)


def _items(text: str, block: Span) -> list[re.Match[str]]:
    """The items of a block: its first line begins one, and so does each that counts on. Empty if the first does not."""
    items: list[re.Match[str]] = []
    for line in _LINE.finditer(text, block.start, block.end):
        match = _ITEM.match(text, line.start(), line.end())
        if match is not None and (not items or int(match["n"]) == int(items[-1]["n"]) + 1):
            items.append(match)
        elif not items:
            break
    return items


def _notes(text: str, items: Sequence[re.Match[str]]) -> Iterator[FoundNote]:
    ends = [*(item.start() for item in items[1:]), len(text)]
    for item, end in zip(items, ends, strict=True):
        yield FoundNote(item["n"], Span(*item.span("label")), Span(item.end(), end))
