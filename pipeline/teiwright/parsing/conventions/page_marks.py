"""Page marks: ``[Page 77]`` where the page begins that the number names, also roman or bracketed; or typed ``-2-``."""

from __future__ import annotations

import re
from functools import lru_cache

from teiwright.model import Convention, Habit, PageBreak, Reason, Span
from teiwright.parsing.lines import Mark
from teiwright.parsing.wording import counted

_MARK = re.compile(r"\[(?:Page|page|PAGE|[Pp]g?\.)[ \xa0]?(\[?(?:\d{1,5}[a-z]?|[ivxlcdmIVXLCDM]{1,9})\]?)\]")
_TYPED = re.compile(r"\n[ \t]*((?P<dash>[-–—])[ ]?(?P<n>\d{1,4})[ ]?(?P=dash))[ \t\r]*(?=\n)")
_SECOND = 2


def find(text: str) -> list[Mark]:
    """Every page mark of a text. An unnumbered page that an editor numbered keeps its brackets: ``[30]``."""
    return [_mark(Span(*match.span()), match.group(1)) for match in _MARK.finditer(text)] or _typed(text)


def _typed(text: str) -> list[Mark]:
    """``-2-`` by itself in a line, as a typist numbers the pages after the first; all must count on from there."""
    found = list(_TYPED.finditer(text))
    if [int(match["n"]) for match in found] != list(range(_SECOND, _SECOND + len(found))):
        return []
    return [_mark(Span(*match.span(1)), match["n"]) for match in found]


def _mark(span: Span, number: str) -> Mark:
    return Mark(span, Reason.PAGE_MARK, PageBreak(span, number))


def convention(text: str, marks: list[Mark]) -> Convention:
    """Whether the text has page marks, and how many."""
    return _convention(len(marks), "-2-" if marks and text[marks[0].span.start] != "[" else "[Page 77]")


@lru_cache
def _convention(count: int, form: str) -> Convention:
    return Convention(Habit.PAGE_MARKS.value, count > 0, float(count > 0), f"{counted(count, 'mark')} like {form}")
