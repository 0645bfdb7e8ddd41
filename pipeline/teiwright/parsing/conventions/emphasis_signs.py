"""Words in italics between ``_`` and ``_``, as Project Gutenberg writes them; a blank line ends them.

A text has them if each of its underscores is one of a pair, but for those within words and for blanks (``____``).
"""

from __future__ import annotations

import re
from functools import lru_cache

from teiwright.model import Convention, Habit, Reason, Span, Styled
from teiwright.parsing.lines import Mark
from teiwright.parsing.wording import counted

_ITALIC = re.compile(r"(?<![\w_])_(?=[^\s_])(?:(?!\n[ \t\r]*\n)[^_])+(?<=[^\s_])_(?![\w_])")
_SIGN = re.compile(r"(?<!\w)_(?!_)|(?<!_)_(?!\w)")


def find(text: str) -> tuple[list[Mark], list[Styled]]:
    """The signs, and the ranges between them."""
    pairs = [match.span() for match in _ITALIC.finditer(text)] if "_" in text else []
    if 2 * len(pairs) != (sum(1 for _ in _SIGN.finditer(text)) if pairs else 0):
        return [], []
    signs = [Mark(Span(at, at + 1), Reason.EMPHASIS_SIGN) for start, end in pairs for at in (start, end - 1)]
    return signs, [Styled(Span(start + 1, end - 1), "italic") for start, end in pairs]


def convention(styles: list[Styled]) -> Convention:
    """Whether the text sets words in italics."""
    return _convention(len(styles))


@lru_cache
def _convention(count: int) -> Convention:
    return Convention(Habit.EMPHASIS_SIGNS.value, count > 0, float(count > 0), counted(count, "range"))
