"""Running heads of printed books, with the number of the page at its outer edge.

A left page has an even number, before the head; a right one an odd number, behind it (Chicago Manual of Style, 1.16).
The line is above the page, so that the page begins with it.
"""

from __future__ import annotations

import re
from itertools import pairwise

_VERSO = r"(?P<left>\d{0,3}[02468])[ \t]+(?P<verso>\S[^\n\d]{3,60}?)"
_RECTO = r"(?P<recto>[^\s\d][^\n\d]{3,60}?)[ \t]+(?P<right>\d{0,3}[13579])"
_LINE = re.compile(rf"^[ \t]*(?:{_VERSO}|{_RECTO})[ \t\r]*$", re.MULTILINE)
_MOST_PAGES = 4
"""How many pages on the next head may be: the first of a chapter has none, and some are lost in scanning."""
_LEAST = 2


def find(text: str) -> dict[int, str]:
    """The numbers of the pages that begin with a running head, by where the words of its line begin.

    There are two at least, all in capitals; their numbers go on by few, and the same words stand above two pages.
    """
    found = [match for match in _LINE.finditer(text) if _head(match).isupper()]
    heads = [_head(match) for match in found]
    numbers = [int(match["left"] or match["right"]) for match in found]
    counts_on = all(0 < other - one <= _MOST_PAGES for one, other in pairwise(numbers))
    if len(found) < _LEAST or not counts_on or len(set(heads)) == len(heads):
        return {}
    return {_words_at(match): str(number) for match, number in zip(found, numbers, strict=True)}


def _head(match: re.Match[str]) -> str:
    return " ".join((match["verso"] or match["recto"]).split()).strip(".,")


def _words_at(match: re.Match[str]) -> int:
    return match.start("left") if match["left"] else match.start("recto")
