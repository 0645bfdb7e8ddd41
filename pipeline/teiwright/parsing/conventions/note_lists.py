"""Notes listed at the end: ``  1. Not printed.``, numbered anew from 1 whatever their printed marks were.

The web pages of printed series yield this form: the list is indented, an item's later lines more deeply.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from teiwright.model import Convention, Place, Span

_ITEM = re.compile(r"^(?P<indent> {1,3})(?P<label>(?P<n>\d{1,4})\.) (?=\S)", re.MULTILINE)
_OUTSIDE = re.compile(r"^ {0,3}\S", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A note where the source has it: its label, and the range of its text."""

    label: str
    label_span: Span
    span: Span
    place: Place = Place.END


@dataclass(frozen=True, slots=True)
class NoteList:
    """A list of notes, and the range of the text before it whose callouts it answers."""

    notes: tuple[FoundNote, ...]
    span: Span
    text: Span


def find(text: str) -> list[NoteList]:
    """Every run of items that counts 1, 2, 3 … and that ends the text, or a part of it.

    A text of several documents has several runs; each answers the callouts since the one before.
    """
    runs: list[list[re.Match[str]]] = []
    for match in _ITEM.finditer(text):
        number = int(match["n"])
        if runs and number == len(runs[-1]) + 1 and _uninterrupted(text, runs[-1][-1].end(), match.start()):
            runs[-1].append(match)
        elif number == 1:
            runs.append([match])
    return _with_ranges(text, runs)


def _uninterrupted(text: str, start: int, end: int) -> bool:
    """Whether no line that is less indented stands between two items."""
    line_end = text.find("\n", start, end)
    return line_end < 0 or _OUTSIDE.search(text, line_end + 1, end) is None


def _with_ranges(text: str, runs: list[list[re.Match[str]]]) -> list[NoteList]:
    lists: list[NoteList] = []
    for run in runs:
        end = _end_of(text, run[-1].end())
        starts = [match.start() for match in run[1:]] + [end]
        notes = tuple(
            FoundNote(match["n"], Span(match.start("label"), match.end("label")), Span(match.end(), stop))
            for match, stop in zip(run, starts, strict=True)
        )
        before = lists[-1].span.end if lists else 0
        lists.append(NoteList(notes, Span(run[0].start(), end), Span(before, run[0].start())))
    return lists


def _end_of(text: str, start: int) -> int:
    line_end = text.find("\n", start)
    if line_end < 0:
        return len(text)
    outside = _OUTSIDE.search(text, line_end + 1)
    return len(text) if outside is None else outside.start()


def convention(lists: list[NoteList]) -> Convention:
    """Whether the text lists its notes at the end."""
    count = sum(len(found.notes) for found in lists)
    return Convention(
        "notes listed at the end, renumbered from 1",
        count > 0,
        float(count > 0),
        f"{count} notes in {len(lists)} lists",
    )
