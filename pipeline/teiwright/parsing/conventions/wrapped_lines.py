"""Lines that end where the paper did: a paragraph is a run of lines of about the same length.

Typed pages, OCR and mail have them; the text of a web page has one line a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from statistics import median

from teiwright.model import FORM_FEED, Convention, Habit
from teiwright.parsing.lines import Line

_NARROWEST, _WIDEST = 38, 110
_FULL = 0.7
"""How much of the usual width a line fills that was broken for want of room."""
_SHARE, _SHARE_BESIDE_CELLS = 0.6, 0.5
"""How many lines are full at least; fewer in what is taken out of a PDF, where each cell of a table is a line."""
_SET_IN = 3
_FEW = 6
_MOST_CAPITALS = 0.8
_NO_LINE = 200
"""No paper is so wide: such a text has one line a paragraph."""
_FEWEST_VERSES = 2
_SHORT_OF_EDGE = 0.85
_FIRST_WORD = re.compile(r"\s*([^\W\d_]+)(?![.)])")
_LAID_OUT = re.compile(r"\s*[•◦▪\uf0b7*-] |\s*\(?\w{1,4}[.)]\s*$|\s+\d+\. |.*(?:\S {3,}\S|\.{4}|(?:\. ){4})")
"""An item of a list, a label alone: such lines, and rows of a table, end where they do for a reason."""


def find(text: str, *, asked: bool = False) -> int:
    """The usual width of the lines; 0 if they are not broken at the paper's edge.

    Looked at are all lines but the last of runs of three or more: most of them must fill the width, unless ``asked``
    for by a person, who knows that they are. What is set in from the margin as a whole is verse or an address.
    """
    lines = text.splitlines()
    groups = [group for page in _pages(text, lines) for group in _at_margin(page)]
    inner = [len(line.strip()) for group in groups for line in group[:-1]]
    if len(inner) < (1 if asked else 3):
        return _of_broken_sentences(lines)
    width = round(median(inner))
    if asked:
        return width
    full = sum(_FULL * width <= length <= 1.3 * width for length in inner)
    share = _SHARE_BESIDE_CELLS if FORM_FEED in text else _SHARE
    if _NARROWEST <= width <= _WIDEST and full >= share * len(inner) and not _begin_with_capitals(groups):
        return width
    return _of_broken_sentences(lines) if len(inner) < _FEW else 0


def _begin_with_capitals(groups: Sequence[Sequence[str]]) -> bool:
    """Whether nearly all lines begin so but the first ones of their runs: those of verse do, and few of prose.

    What is typed in capitals alone says nothing.
    """
    first = [line.lstrip("«“\"' \t")[:1] for group in groups for line in group[1:] if not line.isupper()]
    return sum(map(str.isupper, first)) > _MOST_CAPITALS * len(first)


def _of_broken_sentences(lines: Sequence[str]) -> int:
    """The width of a short text whose sentences go on in the next line in small letters; 0 if none does.

    No line is much longer: where one line a paragraph is written, there are long ones.
    """
    if max(map(len, lines), default=0) > _NO_LINE:
        return 0
    broken = [len(line.strip()) for line, after in pairwise(lines) if _breaks_sentence(line, after)]
    width = max(broken, default=0)
    if not _NARROWEST <= width <= _WIDEST or any(len(line.strip()) > 1.3 * width for line in lines):
        return 0
    return width


def _breaks_sentence(line: str, after: str) -> bool:
    """Whether a line ends in a word or a comma, and the next begins with a word in small letters that is no label."""
    end, word = line.rstrip()[-1:], _FIRST_WORD.match(after)
    return (end.isalpha() or end in (",", "-")) and word is not None and word[1].islower()


def _pages(text: str, lines: Sequence[str]) -> Iterator[Sequence[str]]:
    """The lines of each page that a form feed ends: in what is taken out of a PDF the margin is another on each."""
    if FORM_FEED not in text:
        yield lines
    else:
        yield from (page.splitlines() for page in text.split(FORM_FEED))


def _at_margin(lines: Sequence[str]) -> Iterator[list[str]]:
    groups = list(_groups(lines))
    margin = min(map(_indent, groups), default=0)
    return (group for group in groups if _indent(group) < margin + _SET_IN)


def _groups(lines: Sequence[str]) -> Iterator[list[str]]:
    """The runs of three lines or more that could be paragraphs."""
    group: list[str] = []
    for line in [*lines, ""]:
        if line and not line.isspace():
            group.append(line)
            continue
        if len(group) > 2 and not any("\t" in line or _LAID_OUT.match(line) for line in group):
            yield group
        group = []


def _indent(group: Sequence[str]) -> int:
    """How far the line that stands farthest left is set in."""
    return min(len(line) - len(line.lstrip()) for line in group)


def fills(lengths: list[int], width: int) -> bool:
    """Whether lines of these lengths are one paragraph: all but the last fill the width."""
    return bool(width) and all(length >= _FULL * width for length in lengths[:-1])


def is_verse(lines: Sequence[Line], width: int) -> bool:
    """Whether lines are set in together among wrapped ones, end before the edge, and all begin with a capital."""
    if not width or len(lines) < _FEWEST_VERSES:
        return False
    return all(
        line.indent >= _SET_IN
        and len(line.text) < _SHORT_OF_EDGE * width
        and not line.text.lstrip("«“\"'")[:1].islower()
        for line in lines
    )


@lru_cache
def convention(width: int) -> Convention:
    """Whether the lines are broken at the paper's edge."""
    why = f"lines of about {width} characters" if width else "one line a paragraph"
    return Convention(Habit.WRAPPED_LINES.value, width > 0, float(width > 0), why)
