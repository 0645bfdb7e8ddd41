"""Page marks: ``[Page 77]`` where the page begins that the number names, also roman or bracketed."""

from __future__ import annotations

import re

from teiwright.model import Convention, Habit, PageBreak, Reason, Span
from teiwright.parsing.lines import Mark
from teiwright.parsing.wording import counted

_MARK = re.compile(r"\[(?:Page|page|PAGE|[Pp]g?\.)[ \xa0]?(\[?(?:\d{1,5}[a-z]?|[ivxlcdmIVXLCDM]{1,9})\]?)\]")


def find(text: str) -> list[Mark]:
    """Every page mark of a text. An unnumbered page that an editor numbered keeps its brackets: ``[30]``."""
    return [
        Mark(
            Span(match.start(), match.end()),
            Reason.PAGE_MARK,
            PageBreak(Span(match.start(), match.end()), match.group(1)),
        )
        for match in _MARK.finditer(text)
    ]


def convention(marks: list[Mark]) -> Convention:
    """Whether the text has page marks, and how many."""
    count = len(marks)
    return Convention(Habit.PAGE_MARKS.value, count > 0, float(count > 0), f"{counted(count, 'mark')} like [Page 77]")
