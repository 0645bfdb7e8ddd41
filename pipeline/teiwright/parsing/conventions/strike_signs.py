"""Struck-out text between ``~~`` and ``~~``, as in Markdown; it may run over lines but not over a blank one."""

from __future__ import annotations

import re
from functools import lru_cache

from teiwright.model import Convention, Habit, Reason, Span, Styled
from teiwright.parsing.lines import Mark
from teiwright.parsing.wording import counted

_STRUCK = re.compile(r"~~(?=\S)((?:(?!~~|\n[ \t]*\n).)+?)(?<=\S)~~", re.DOTALL)


def find(text: str) -> tuple[list[Mark], list[Styled]]:
    """The signs, and the ranges between them."""
    marks, styles = [], []
    for match in _STRUCK.finditer(text) if "~~" in text else ():
        start, end = match.span()
        marks += [Mark(Span(start, start + 2), Reason.STRIKE_SIGN), Mark(Span(end - 2, end), Reason.STRIKE_SIGN)]
        styles.append(Styled(Span(start + 2, end - 2), "strikethrough"))
    return marks, styles


def convention(styles: list[Styled]) -> Convention:
    """Whether the text strikes words out."""
    return _convention(len(styles))


@lru_cache
def _convention(count: int) -> Convention:
    return Convention(Habit.STRIKE_SIGNS.value, count > 0, float(count > 0), counted(count, "range"))
