"""Notes listed at the end.

``  1. Not printed.``, numbered anew from 1 whatever the printed marks were: the web pages of printed series yield
this form; the list is indented, an item's later lines more deeply. ``[^1]: Not printed.`` is Markdown's form.
Transcriptions put a list under the heading ``Notes``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from teiwright.model import FORM_FEED, Convention, Habit, Place, Span
from teiwright.parsing.conventions.callouts import Candidate
from teiwright.parsing.masses import span_of
from teiwright.parsing.wording import counted

_MARKDOWN = re.compile(r"^ {0,3}(?P<label>\[\^(?P<mark>\d{1,4}[a-z]?|[*†‡§¶]{1,4})\]:)[ \t]*(?=\S)", re.MULTILINE)
_HEADING = re.compile(r"^[ \t]*(?:foot|end)?notes[ \t]*[:.]?[ \t]*$", re.MULTILINE | re.IGNORECASE)
_HEADED = re.compile(
    r"^[ \t]*(?P<label>[\[(]?(?P<mark>\d{1,4}[a-z]?|[*†‡§¶]{1,4})[\])]?[.:]?)[ \t]+(?=\S)", re.MULTILINE
)
_CALLED = re.compile(r"\n[ \t]*(?P<label>(?P<call>[\[(]?(?P<mark>\d{1,3}|[a-z])[\])])[.:]?)[ \t]+(?=\S)")
_BEHIND_WORD = r"(?<=[^\W\d_]|[.,;!?”\"’»*_])"
_BEFORE_STOP = r"(?<=[^\s:]) {}(?=[.,;:!?\n]|[ \xa0][;:!?»])"
"""``août (1) ;``: French print sets a space before it."""
_EMPTY_LINE = re.compile(r"\n[ \t\r]*(?=\n)")
_TEXT_AFTER = re.compile(r"\n[ \t\r]*\n\s*\S")
_SURE = 4.0
_ITEM = r"(?P<indent> {1,3})(?P<label>(?P<n>\d{1,4})\.) (?=\S)"
_FIRST_ITEM = re.compile(_ITEM)
_LATER_ITEM = re.compile("\n" + _ITEM)  # not `^`, which is tried at every character
_AT_MARGIN = re.compile(r"^(?P<indent>)(?P<label>(?P<n>\d{1,4})\.) (?=\S)", re.MULTILINE)
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
    calls: tuple[Candidate, ...] = ()
    """What calls each note, if its label says so by itself."""


def find(text: str, *, asked: bool = False) -> list[NoteList]:
    """Every list of notes in a text, whatever its form; each answers the callouts since the one before.

    If a person ``asked`` for one, a list that ends the text may also stand at the margin.
    """
    for form in (_renumbered, _in_markdown, _below_a_heading, _as_called):
        if lists := form(text):
            return lists
    return _at_the_margin(text) if asked else []


def _at_the_margin(text: str) -> list[NoteList]:
    """The last run of items that counts 1, 2, 3 … without an indent."""
    run: list[re.Match[str]] = []
    for match in _AT_MARGIN.finditer(text):
        if match["n"] == "1":
            run = [match]
        elif run and int(match["n"]) == len(run) + 1:
            run.append(match)
    return _with_ranges(text, [run], to_end=True) if run else []


def _in_markdown(text: str) -> list[NoteList]:
    """``[^1]: Not printed.``: the label repeats the callout."""
    items = list(_MARKDOWN.finditer(text)) if "[^" in text else []
    return [_marked(text, items)] if items else []


def _below_a_heading(text: str) -> list[NoteList]:
    """A list under the heading ``Notes`` that ends the text; the label is the printed mark."""
    headings = list(_HEADING.finditer(text)) if "notes" in text.casefold() else []
    items = list(_HEADED.finditer(text, headings[-1].end())) if headings else []
    if not items or text[headings[-1].end() : items[0].start()].strip():
        return []
    numbers = [int(item["mark"]) for item in items if item["mark"].isdecimal()]
    return [_marked(text, items)] if numbers == sorted(numbers) else []


def _as_called(text: str) -> list[NoteList]:
    """A list that ends the text, whose labels are the callouts themselves: ``(1)``, ``[1]``, ``1)``, ``(a)``.

    All of them, in order, must stand behind a word or its punctuation.
    """
    if not any(sign in text for sign in ("1)", "1]", "a)", "a]")):
        return []
    run: list[re.Match[str]] = []
    for item in _CALLED.finditer(text):
        if item["mark"] in "1a":
            run = [item]
        elif run and _counts_on(run[-1], item):
            run.append(item)
        else:
            run = []
    if not run or _TEXT_AFTER.search(text, run[-1].end()):
        return []
    calls = tuple(_calls(text, run))
    if len(calls) < len(run):
        return []
    return [replace(_marked(text, run), calls=calls)]


def _counts_on(one: re.Match[str], other: re.Match[str]) -> bool:
    a, b = one["mark"], other["mark"]
    signs = one["call"].replace(a, "") == other["call"].replace(b, "")
    return signs and (int(b) == int(a) + 1 if a.isdecimal() and b.isdecimal() else ord(b[0]) == ord(a[0]) + 1)


def _calls(text: str, run: Sequence[re.Match[str]]) -> Iterator[Candidate]:
    """What calls each note of a list, as long as it does in order. One bracket alone is part of the mark: ``1)``."""
    at, end = 0, run[0].start()
    for item in run:
        label = re.escape(item["call"])
        found = re.compile(f"{_BEHIND_WORD}{label}|{_BEFORE_STOP.format(label)}").search(text, at, end)
        if found is None:
            return
        at = found.end()
        start = at - len(item["call"])
        number = int(item["mark"]) if item["mark"].isdecimal() else None
        if text[start] in "([":
            signs = Span(start, start + 1), Span(at - 1, at)
            yield Candidate(Span(start + 1, at - 1), item["mark"], number, _SURE, signs=signs)
        else:
            yield Candidate(Span(start, at), item["call"], number, _SURE)


def _marked(text: str, items: list[re.Match[str]]) -> NoteList:
    """The notes of a list, to the end of the text, or to its first empty line if no note is parted from the next."""
    end = len(text)
    if len(items) > 1 and not any(_EMPTY_LINE.search(text, a.end(), b.start()) for a, b in pairwise(items)):
        after = _EMPTY_LINE.search(text, items[-1].end())
        end = after.start() if after else end
    starts = [item.start() for item in items[1:]] + [end]
    notes = tuple(
        FoundNote(item["mark"], Span(item.start("label"), item.end("label")), Span(item.end(), stop))
        for item, stop in zip(items, starts, strict=True)
    )
    start = items[0].start()
    return NoteList(notes, Span(start, end), Span(0, start))


def _renumbered(text: str) -> list[NoteList]:
    """Every run of items that counts 1, 2, 3 … and that ends the text, or a part of it.

    A text of several documents has several runs; each answers the callouts since the one before.
    Where form feeds part the pages, as in what is taken out of a PDF, other paragraphs are set in, too: a list ends it.
    """
    runs: list[list[re.Match[str]]] = []
    first = _FIRST_ITEM.match(text)
    for match in [*([first] if first else []), *_LATER_ITEM.finditer(text)]:
        number = int(match["n"])
        if runs and number == len(runs[-1]) + 1 and _uninterrupted(text, runs[-1][-1].end(), match.start("indent")):
            runs[-1].append(match)
        elif number == 1:
            runs.append([match])
    lists = _with_ranges(text, runs)
    return [found for found in lists if found.span.end == len(text)] if FORM_FEED in text else lists


def _uninterrupted(text: str, start: int, end: int) -> bool:
    """Whether no line that is less indented stands between two items."""
    line_end = text.find("\n", start, end)
    return line_end < 0 or _OUTSIDE.search(text, line_end + 1, end) is None


def _with_ranges(text: str, runs: list[list[re.Match[str]]], *, to_end: bool = False) -> list[NoteList]:
    lists: list[NoteList] = []
    for run in runs:
        end = len(text) if to_end else _end_of(text, run[-1].end())
        starts = [match.start("indent") for match in run[1:]] + [end]
        notes = tuple(
            FoundNote(match["n"], span_of(match.span("label")), span_of((match.end(), stop)))
            for match, stop in zip(run, starts, strict=True)
        )
        before = lists[-1].span.end if lists else 0
        start = run[0].start("indent")
        lists.append(NoteList(notes, Span(start, end), Span(before, start)))
    return lists


def _end_of(text: str, start: int) -> int:
    line_end = text.find("\n", start)
    if line_end < 0:
        return len(text)
    outside = _OUTSIDE.search(text, line_end + 1)
    return len(text) if outside is None else outside.start()


def convention(lists: Sequence[NoteList]) -> Convention:
    """Whether the text lists its notes at the end."""
    return _convention(sum(len(found.notes) for found in lists), len(lists))


@lru_cache
def _convention(count: int, lists: int) -> Convention:
    found = f"{counted(count, 'note')} in {counted(lists, 'list')}"
    return Convention(Habit.NOTE_LISTS.value, count > 0, float(count > 0), found)
