"""Page marks: ``[Page 77]`` where the page begins that the number names, also roman or bracketed; ``-2-``, ``[218]``.

A form feed ends a page and says no number: programs that take the text out of a PDF set one behind each.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from teiwright.model import FORM_FEED, Certainty, Convention, Habit, PageBreak, Reason, Span
from teiwright.parsing.lines import Mark
from teiwright.parsing.wording import counted

_MARK = re.compile(r"\[(?:Page|page|PAGE|[Pp]g?\.)[ \xa0]?(\[?(?:\d{1,5}[a-z]?|[ivxlcdmIVXLCDM]{1,9})\]?)\]")
_TYPED = re.compile(r"\n[ \t]*((?P<dash>[-–—])[ ]?(?P<n>\d{1,4})[ ]?(?P=dash))[ \t\r]*(?=\n)")
_BRACKETED = re.compile(r"\n[ \t]*(?P<mark>\[(?P<n>\d{1,4})\])[ \t\r]*(?=\n)")
_FORM_FEED = re.compile(rf"\s*(?P<sign>{FORM_FEED})\s*")
_FORMS = {"[": "[Page 77]", FORM_FEED: "a form feed"}
_SECOND = 2
_FEWEST = 3


def find(text: str, apart: Collection[Span] = ()) -> list[Mark]:
    """Every page mark of a text. An unnumbered page that an editor numbered keeps its brackets: ``[30]``.

    Numbers in brackets that are ``apart``, at the edges of pages, are none: nothing says beside which line they stood.
    """
    marks = (
        [_mark(Span(*match.span()), match.group(1)) for match in _MARK.finditer(text)]
        or _typed(text)
        or _bracketed(text, apart)
    )
    return sorted([*marks, *_form_feeds(text, marks)]) if FORM_FEED in text else marks


def _form_feeds(text: str, marks: Sequence[Mark]) -> Iterator[Mark]:
    """A form feed begins a page, unless a mark beside it says which, or nothing comes behind it."""
    begun = {mark.span.start for mark in marks}
    ended = {mark.span.end for mark in marks}
    for match in _FORM_FEED.finditer(text):
        at = match.start("sign")
        named = match.start() in ended or match.end() in begun or match.end() == len(text)
        span = Span(at, at + 1)
        page = PageBreak(span, None, inferred=True, certainty=Certainty.HIGH)
        yield Mark(span, Reason.PAGE_MARK, None if named else page)


def set_aside(text: str) -> list[Mark]:
    """The form feeds of a text in which no page is to begin: their signs are no part of it."""
    return [Mark(Span(*match.span("sign")), Reason.LAYOUT) for match in _FORM_FEED.finditer(text)]


def _typed(text: str) -> list[Mark]:
    """``-2-`` by itself in a line, as a typist numbers the pages after the first; all must count on from there."""
    found = list(_TYPED.finditer(text))
    if [int(match["n"]) for match in found] != list(range(_SECOND, _SECOND + len(found))):
        return []
    return [_mark(Span(*match.span(1)), match["n"]) for match in found]


def _bracketed(text: str, apart: Collection[Span]) -> list[Mark]:
    """``[218]`` by itself in a line; three at least, which count on, and not from 1 as the items of a list do."""
    found = list(_BRACKETED.finditer(text))
    first = int(found[0]["n"]) if found else 0
    counts_on = [int(match["n"]) for match in found] == list(range(first, first + len(found)))
    if len(found) < _FEWEST or first == 1 or not counts_on:
        return []
    marks = [_mark(Span(*match.span("mark")), match["n"]) for match in found]
    return [] if any(mark.span in apart for mark in marks) else marks


def _mark(span: Span, number: str) -> Mark:
    return Mark(span, Reason.PAGE_MARK, PageBreak(span, number))


def convention(text: str, marks: list[Mark]) -> Convention:
    """Whether the text has page marks, and how many."""
    first = marks[0].span.of(text) if marks else "["
    form = "[218]" if first[1:2].isdecimal() and first[0] == "[" else _FORMS.get(first[0], "-2-")
    return _convention(len(marks), form)


@lru_cache
def _convention(count: int, form: str) -> Convention:
    return Convention(Habit.PAGE_MARKS.value, count > 0, float(count > 0), f"{counted(count, 'mark')} like {form}")
