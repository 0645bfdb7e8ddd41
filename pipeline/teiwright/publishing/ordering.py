"""The order of indexes: the same on every machine, by no locale."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_IDEOGRAPHIC = frozenset({"CJK", "HANGUL", "HIRAGANA", "KATAKANA"})
_DIGITS = re.compile(r"\d+")


@lru_cache(maxsize=100_000)
def sort_key(name: str) -> str:
    """Words without case, accents and what stands before the first letter; numbers by their value."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    begun = plain.lstrip("".join({c for c in plain if not c.isalnum()}))
    # A digit that stands alone sorts before letters; a longer number has its length before it.
    return _DIGITS.sub(lambda number: f"{len(number[0].lstrip('0')):02d}{number[0].lstrip('0')}", begun or plain)


def letter_of(name: str) -> str:
    """The heading under which a name is listed: a letter, ``0–9``, or the kind of script."""
    first = next((c for c in unicodedata.normalize("NFKD", name) if c.isalnum()), "")
    if first.isdecimal():
        return "0–9"
    if not first:
        return "Other"
    if unicodedata.name(first, "").split(" ", 1)[0] in _IDEOGRAPHIC:
        return "CJK"
    return first.upper()[0]


def file_of_letter(letter: str) -> str:
    """The name of the page of a letter."""
    return "0-9" if letter == "0–9" else letter
