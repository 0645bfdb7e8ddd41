"""Numbers as text: few characters each, none that a JavaScript string would have to escape.

Of the 91 characters from ``#`` to ``~`` without the backslash, the first 60 end a number and the other 31 continue it.
"""

from __future__ import annotations

from collections.abc import Iterator

_ENDING, _CONTINUING = 60, 31
_DIGITS = "".join(chr(point) for point in range(ord("#"), ord("~") + 1) if chr(point) != "\\")


def encode(number: int) -> str:
    """One number, not negative."""
    digits = ""
    while number >= _ENDING:
        number -= _ENDING
        digits += _DIGITS[_ENDING + number % _CONTINUING]
        number //= _CONTINUING
    return digits + _DIGITS[number]


def numbers(text: str) -> Iterator[int]:
    """The numbers that were written one after the other."""
    number, weight = 0, 1
    for character in text:
        digit = _DIGITS.index(character)
        number += weight * digit
        weight *= _CONTINUING
        if digit < _ENDING:
            yield number
            number, weight = 0, 1


class Codes(dict[int, str]):
    """Numbers and how they are written, each made once."""

    def __missing__(self, number: int) -> str:
        """Made when it is first asked for."""
        self[number] = written = encode(number)
        return written
