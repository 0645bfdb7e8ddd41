"""Quotations of whole paragraphs: which of the paragraphs that follow belong to one, by its marks alone.

Printers open every paragraph of a quotation with the mark and close the last one; or they open only the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum, auto

_SIGN = re.compile("[“”]")
_LONGEST = 40
_ANNOUNCES = (":", ":—", ":”", ":’")
_BEFORE_MARK = " \xa0\t•◦▪●‣"
_AFTER_MARK = " .,;)]0123456789*†‡§"
"""What may stand behind the closing mark: punctuation, and the callout of a note."""


class _Part(Enum):
    OPENS = auto()
    WHOLE = auto()
    INNER = auto()
    CLOSES = auto()
    OTHER = auto()


def opens(text: str) -> bool:
    """Whether a paragraph begins with a mark of quotation."""
    return text.lstrip(_BEFORE_MARK)[:1] in ("“", '"')


def announces(text: str) -> bool:
    """Whether a quotation may follow a paragraph: it ends in a colon."""
    return text.endswith(_ANNOUNCES)


def extent(blocks: Iterable[Sequence[str]], *, announced: bool) -> int:
    """How many of the blocks, each with its paragraphs, are one quotation; 0 if none begins, or if it has no end.

    A quotation that nothing announces is one only if it goes over several paragraphs.
    """
    paragraphs = 0
    for index, block in enumerate(blocks):
        if index == _LONGEST:
            return 0
        for at, text in enumerate(block):
            paragraphs += 1
            part = _part_of(text)
            if part is _Part.OTHER or (paragraphs == 1 and part not in (_Part.OPENS, _Part.WHOLE)):
                return 0
            if part in (_Part.WHOLE, _Part.CLOSES):
                complete = at == len(block) - 1 and (announced or paragraphs > 1)
                return index + 1 if complete else 0
    return 0


def _part_of(text: str) -> _Part:
    """What a paragraph is in a quotation, by its first mark and by how many it opens without closing them."""
    begins = opens(text)
    if begins and _is_interrupted(text):
        return _Part.OTHER
    ends = text.rstrip(_AFTER_MARK)[-1:] in ("”", '"')
    match begins, _unclosed(text), ends:
        case True, 1, _:
            return _Part.OPENS
        case True, 0, True:
            return _Part.WHOLE
        case _, 0, _:
            return _Part.INNER
        case False, -1, True:
            return _Part.CLOSES
        case _:
            return _Part.OTHER


def _is_interrupted(text: str) -> bool:
    """``“The plan,” he says, “is bound to fail.”`` is no quotation of a whole paragraph."""
    inner = text.strip(_BEFORE_MARK + _AFTER_MARK)
    if inner.find("”", 0, -1) < 0:
        return False
    depth = 0
    for sign in _SIGN.finditer(inner):
        opens_one = sign[0] == "“"
        depth += 1 if opens_one else -1
        if depth == 0 and not opens_one and sign.end() < len(inner):
            return True
    return False


def _unclosed(text: str) -> int:
    """How many marks are opened and not closed; straight marks do not say which they are."""
    if "“" in text or "”" in text:
        return text.count("“") - text.count("”")
    if text.count('"') % 2 == 0:
        return 0
    return 1 if opens(text) else -1
