"""What a word is to the search: the same here and in ``page/search.js``, which a test holds to it.

Words are folded: without case and diacritics, compatibility forms as the letters that they stand for (Unicode, UAX 15).
Where a script sets no spaces between words, each character is a word, and a word of a reader is a phrase of them.
"""

from __future__ import annotations

import re
from unicodedata import category, normalize

LONGEST = 64
"""Of longer words, which are no words, so much counts."""

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Myanmar, Khmer, kana, Han; and Hangul, whose words carry their particles."""

_WORD = re.compile(rf"(?=[^\W_])[{UNSPACED}]|[^\W_{UNSPACED}]+")
_PLAIN_WORD = re.compile("[a-z0-9]+")
_NOT_PLAIN = re.compile("[^\u0000-\u007f\u2010-\u2026]")
"""Anything but ASCII and the quotation marks, dashes and dots of print."""

_LETTERS = str.maketrans(
    {
        **{"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d"},
        **{"ħ": "h", "ł": "l", "þ": "th", "ı": "i", "ς": "σ"},
    }
)
"""Letters that Unicode does not decompose, and the sigma at the end of words."""


class _Seen(dict[int, int | None]):
    """What becomes of a character: nothing of marks on letters, and of characters of format such as soft hyphens."""

    def __missing__(self, point: int) -> int | None:
        """Found out when a text has it."""
        kind = category(chr(point))
        self[point] = seen = None if point >= 0x80 and (kind[0] == "M" or kind == "Cf") else point
        return seen


_SEEN = _Seen()


def fold(text: str) -> str:
    """The text as it is compared."""
    bare = normalize("NFKD", text).translate(_SEEN).lower()
    return normalize("NFC", bare.translate(_LETTERS))


def words(text: str) -> list[str]:
    """The words of a text, folded, in order."""
    found = _WORD.findall(fold(text)) if _NOT_PLAIN.search(text) else _PLAIN_WORD.findall(text.lower())
    return [word[:LONGEST] for word in found] if any(len(word) > LONGEST for word in found) else found
