"""Running heads of printed books, with the number of the page at its outer edge.

A left page has an even number, before the head; a right one an odd number, behind it (Chicago Manual of Style, 1.16).
The line is above the page, so that the page begins with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from teiwright.parsing.conventions.page_edges import EdgeLine

_VERSO = r"(?P<left>\d{0,3}[02468])\s+(?P<verso>\D{4,60})"
_RECTO = r"(?P<recto>\D{4,60}?)\s+(?P<right>\d{0,3}[13579])"
_LINE = re.compile(f"{_VERSO}|{_RECTO}")
_LONGEST = 200
_MOST_PAGES = 4
"""How many pages on the next head may be: the first of a chapter has none, and some are lost in scanning."""
_LEAST = 2


class _RunningHead(NamedTuple):
    """Where the words of its line end, the number of the page, and what else stands there."""

    end: int
    number: int
    words: str


def find(text: str) -> dict[int, EdgeLine]:
    """The running heads that begin a page, by where the words of their line end.

    There are two at least, all in capitals; their numbers go on by few, and the same words stand above two pages.
    """
    found = list(_in_capitals(text))
    counts_on = all(0 < two.number - one.number <= _MOST_PAGES for one, two in pairwise(found))
    if len(found) < _LEAST or not counts_on or len({head.words for head in found}) == len(found):
        return {}
    return {head.end: EdgeLine("header", str(head.number)) for head in found}


def _in_capitals(text: str) -> Iterator[_RunningHead]:
    """Lines with a page's number at their outer edge; most others are passed over by their small letters."""
    start = 0
    for line in text.split("\n"):
        if len(line) < _LONGEST and line.isupper() and (match := _LINE.fullmatch(words := line.strip())):
            head = " ".join((match["verso"] or match["recto"]).split()).strip(".,")
            yield _RunningHead(start + line.index(words[0]) + len(words), int(match["left"] or match["right"]), head)
        start += len(line) + 1
