"""Notes that end a text or a page at the margin, each begun by its mark: ``1. Not printed.``, ``1 Not printed.``.

Whoever copies a page, or types it, sets them so; OCR glues mark and note (``1Not printed.``).
A list of paragraphs with numbers looks alike: notes are those alone that the text above calls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from teiwright.model import Span
from teiwright.parsing.conventions.callouts import SUPERSCRIPT, Candidate
from teiwright.parsing.conventions.note_lists import FoundNote, NoteList

_ITEM = re.compile(r"[ \t]*(?P<label>\^?(?P<n>\d{1,3})[.:)]?)[ \xa0\t]*(?=[^\W\d_]|[“\"‘'(\[])")
_SIGN = re.compile(r"[ \t]*(?P<label>(?P<n>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\*{1,4}|[†‡§¶]{1,3}))[ \xa0\t]*(?=[^\s*†‡§¶])")
_RAISED = re.compile(r"[ \t]*(?P<label>(?P<n>\d{1,3}|\*{1,4}|[†‡§¶]{1,3}))[ \t]*\n[ \t]*(?=[^\W\d_]|[“\"‘'])")
"""A mark that is set higher than its note stands in a line of its own where a program keeps the lines of a page."""
_RULE = re.compile(r"[ \t]*[-_–—*=]{3,}[ \t\r]*\n")
_LONGEST_PAGE, _MOST_NOTES = 20_000, 40
"""More characters than a printed page has, and more notes than stand at its foot."""
_STOPS = frozenset(".,;:!?”\"’'»)]…—")
_LINE = re.compile(r"[^\n]*\S[^\n]*")


def find(text: str, page: Span) -> NoteList | None:
    """The blocks that end a page, or all of a text, and begin with numbers that count on, below something else."""
    runs: list[list[re.Match[str]]] = []
    first = page.start
    for block in _blocks_from_below(text, page):
        run = _items(text, block)
        if not run or (runs and int(run[-1]["n"]) + 1 != int(runs[-1][0]["n"])):
            break
        runs.append(run)
        first = run[0].start()
    items = [item for run in reversed(runs) for item in run]
    if not items or not text[page.start : first].strip():
        return None
    return NoteList(tuple(_notes(items, page.end)), Span(first, page.end), Span(page.start, first))


def find_below_text(text: str, page: Span) -> Iterator[NoteList]:
    """The notes that may stand at the foot of a page with no empty line above them, from wherever they may begin.

    Their marks are numbers that count on, or signs, or both in turn; the page has what calls the first of them.
    """
    if len(page) > _LONGEST_PAGE:
        return
    found = (_label(text, *line.span(), page.end) for line in _LINE.finditer(text, page.start, page.end))
    labels = [label for label in found if label][-_MOST_NOTES:]
    for at, first in enumerate(labels):
        if any(not _is_part_of_number(text, call, first["n"]) for call in _calls(text, first, page)):
            items = [first]
            for label in labels[at + 1 :]:
                if _may_follow(label["n"], [item["n"] for item in items]) and any(_calls(text, label, page)):
                    items.append(label)
            start = first.start()
            yield NoteList(tuple(_notes(items, page.end)), Span(start, page.end), Span(page.start, start))


def _label(text: str, start: int, end: int, page_end: int) -> re.Match[str] | None:
    """The mark with which a line begins a note, or which stands alone above one."""
    return _ITEM.match(text, start, end) or _SIGN.match(text, start, end) or _RAISED.match(text, start, page_end)


def _calls(text: str, label: re.Match[str], page: Span) -> Iterator[int]:
    """Where on the page above it the mark of a note stands right behind something."""
    at = text.find(label["n"], page.start + 1, label.start())
    while at > 0:
        if not text[at - 1].isspace():
            yield at
        at = text.find(label["n"], at + 1, label.start())


def _is_part_of_number(text: str, at: int, mark: str) -> bool:
    return text[at - 1].isdigit() or text[at + len(mark)].isdigit()


def _may_follow(mark: str, marks: Sequence[str]) -> bool:
    """Whether a number is the next one after the last number; a sign may follow anything."""
    numbers = [int(each) for each in marks if each.isdecimal()]
    return not mark.isdecimal() or not numbers or int(mark) == numbers[-1] + 1


def are_callouts(text: str, calls: Sequence[Candidate]) -> bool:
    """Whether every third at least stands behind a stop, or is raised: ``B1`` and ``Article2`` call nothing."""
    behind_stop = sum(call.raised or text[call.span.start - 1] in _STOPS for call in calls)
    return 0 < len(calls) <= 3 * behind_stop


def _blocks_from_below(text: str, page: Span) -> Iterator[Span]:
    """The blocks that empty lines part, the last first."""
    end = start = page.end
    while start > page.start:
        begin = max(text.rfind("\n", page.start, start - 1) + 1, page.start)
        if not text[begin:start].strip():
            if text[start:end].strip():
                yield Span(start, end)
            end = begin
        start = begin
    if text[start:end].strip():
        yield Span(start, end)


def _items(text: str, block: Span) -> list[re.Match[str]]:
    """The items of a block: its first line begins one, and so does each that counts on. Empty if the first does not.

    A rule may part the notes from the text: ``------``.
    """
    rule = _RULE.match(text, block.start, block.end)
    items: list[re.Match[str]] = []
    for line in _LINE.finditer(text, rule.end() if rule else block.start, block.end):
        match = _ITEM.match(text, line.start(), line.end())
        if match is not None and (not items or int(match["n"]) == int(items[-1]["n"]) + 1):
            items.append(match)
        elif not items:
            break
    return items


def _notes(items: Sequence[re.Match[str]], end: int) -> Iterator[FoundNote]:
    ends = [*(item.start() for item in items[1:]), end]
    for item, stop in zip(items, ends, strict=True):
        yield FoundNote(item["n"].translate(SUPERSCRIPT), Span(*item.span("label")), Span(item.end(), stop))
