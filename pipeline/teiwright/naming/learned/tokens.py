"""The words and marks of a script, and the runs of them in which a name can stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from teiwright.naming.shapes import UPPER
from teiwright.naming.words import word_set

_ABBREVIATED = (
    "Mr|Mrs|Ms|Dr|Drs|Messrs|Mme|Mlle|Jr|Sr|St|Ste|Mt|Ft|Gen|Col|Lt|Lieut|Maj|Capt|Adm|Comdr|Cmdr|Brig|Sgt|Sen|Rep|Gov|"
    "Amb|Prof|Rev|Hon|Wm|Geo|Chas|Jno|Thos|Robt|Jas|Jos|Alex|Edw|Benj|Fredk|No|Nos"
)
_TOKEN = re.compile(
    # what most words are comes first, so that nothing else is tried with them
    r"[a-z]+(?![^\W\d_]|[’'])"
    rf"|(?:[{UPPER}]\.){{2,}}(?:[{UPPER}](?!\w))?|(?:{_ABBREVIATED}|[{UPPER}])\.|[’']s(?!\w)"
    r"|[^\W\d_]+(?:[’'](?!s(?!\w))[^\W\d_]+)*|\d+(?:[.,:/]\d+)*|\S"
)
_JOINTS = word_set(
    """
    - – ’ of the de la le los las del della di da dos do du des den der van von zu ten ter el al bin ibn ben y e
    am an auf bei nad sur on and
    """
)
"""What may stand between two capitalised words of one name."""
_PARTICLES = word_set("de la le del della di da dos du van von zu ten ter el al bin ibn ben d’ d'")
"""What may begin a name with a small letter."""
_SUFFIXES = (("Jr.",), ("Sr.",))
_HYPHENS = frozenset("-–")
"""What follows one of them, even with a small letter, is part of the name (``Kai-shek``)."""
_LONGEST_JOINT = 3
_LONGEST_RUN = 60
"""No name is as long; a title in capitals may be."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a script in order: their words, and where each starts and ends."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def tokens_of(text: str) -> Tokens:
    """Split a text; ``J.``, ``Jr.`` and ``U.S.`` are one token each, a possessive ending is one by itself."""
    found = list(_TOKEN.finditer(text.replace("'", "’")))
    words = tuple([match[0] for match in found])
    return Tokens(words, tuple([match.start() for match in found]), tuple([match.end() for match in found]))


def runs(words: tuple[str, ...], breaks: frozenset[int] = frozenset()) -> Iterator[tuple[int, int]]:
    """The ranges of tokens that begin and end with a capitalised word, with nothing but joints between.

    ``breaks`` are tokens with which no name goes on. What is outside of the ranges is in no name.
    A particle before the first capital belongs to its range.
    """
    start = last = -1
    for at, word in enumerate(words):
        if start >= 0 and (at in breaks or at - start >= _LONGEST_RUN):
            yield start, last + 1
            start = -1
        if word[0].isupper():
            if start < 0:
                start = at
                while start > 0 and words[start - 1] in _PARTICLES and at - start < _LONGEST_JOINT:
                    start -= 1
            last = at
        elif start >= 0:
            if words[at - 1] in _HYPHENS and word.isalpha():
                last = at
            elif not _joins(words, at, last):
                yield start, last + 1
                start = -1
    if start >= 0:
        yield start, last + 1


def _joins(words: tuple[str, ...], at: int, last: int) -> bool:
    """Whether a run may go on over this token."""
    word = words[at]
    if word == ",":
        return words[at + 1 : at + 2] in _SUFFIXES
    if at - last > _LONGEST_JOINT:
        return False
    return word in _JOINTS
