"""Numbers as text: few characters each, none that a JavaScript string would have to escape.

Of the 91 characters from ``#`` to ``~`` without the backslash, the first 60 end a number and the other 31 continue it.
"""

from __future__ import annotations

import re

_ENDING, _CONTINUING = 60, 31
_DIGITS = "".join(chr(point) for point in range(ord("#"), ord("~") + 1) if chr(point) != "\\")
_WRITTEN = re.compile(f"[{_DIGITS[_ENDING]}-{_DIGITS[-1]}]*[{re.escape(_DIGITS[:_ENDING])}]")


def encode(number: int) -> str:
    """One number, not negative."""
    digits = ""
    while number >= _ENDING:
        number -= _ENDING
        digits += _DIGITS[_ENDING + number % _CONTINUING]
        number //= _CONTINUING
    return digits + _DIGITS[number]


def divided(text: str) -> list[str]:
    """What was written one after the other, each number as it is written."""
    return _WRITTEN.findall(text)


class Codes(dict[int, str]):
    """Numbers and how they are written, each made once."""

    def __missing__(self, number: int) -> str:
        """Made when it is first asked for."""
        self[number] = written = encode(number)
        return written


class _Numbers(dict[str, int]):
    """What is written, and which number it is; each read once."""

    def __missing__(self, written: str) -> int:
        """Read when it is first met."""
        number = 0
        for character in reversed(written):
            number = number * _CONTINUING + _DIGITS.index(character)
        self[written] = number
        return number


NUMBERS = _Numbers()
"""Which number it is that is written so."""
