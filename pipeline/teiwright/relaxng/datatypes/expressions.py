"""Regular expressions of XML Schema (Datatypes, appendix F), matched in time linear in the text.

Python's own engine backtracks, and a schema from a stranger could make it do so for ever; here the expression
becomes a nondeterministic automaton, which is walked with all its states at once and remembers its steps.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache

from teiwright.relaxng.datatypes.blocks import BLOCKS
from teiwright.relaxng.datatypes.lexical import is_name_character, is_name_start

_LARGEST = 20_000
"""States of one expression."""
_REMEMBERED = 4_000
_DIGIT, _MOST_DIGITS = frozenset("0123456789"), 5
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", **{sign: sign for sign in "\\|.?*+(){}-[]^"}}
Test = Callable[[str], bool]


class ExpressionError(ValueError):
    """Something that is no regular expression of XML Schema."""


def _word(char: str) -> bool:
    return unicodedata.category(char)[0] not in "PZC"


_CLASSES: dict[str, Test] = {
    "s": lambda char: char in " \t\n\r",
    "i": is_name_start,
    "c": is_name_character,
    "d": lambda char: unicodedata.category(char) == "Nd",
    "w": _word,
}


def _not(test: Test) -> Test:
    return lambda char: not test(char)


def _not_line_end(char: str) -> bool:
    return char not in "\n\r"


def _is(wanted: str) -> Test:
    return lambda char: char == wanted


def _between(first: str, last: str) -> Test:
    return lambda char: first <= char <= last


def _any_of(tests: list[Test]) -> Test:
    return lambda char: any(test(char) for test in tests)


def _but(test: Test, without: Test) -> Test:
    return lambda char: test(char) and not without(char)


class Expression:
    """An expression that a whole text must match."""

    def __init__(self, source: str) -> None:
        automaton = _Parser(source)
        self._tests = automaton.tests
        self._free = automaton.free
        self._end = automaton.end
        self._first = self._reach({automaton.begin})
        self._steps: dict[tuple[frozenset[int], str], frozenset[int]] = {}

    def matches(self, text: str) -> bool:
        """Whether the whole text matches."""
        state = self._first
        steps = self._steps
        for char in text:
            key = (state, char)
            after = steps.get(key)
            if after is None:
                after = self._reach({then for at in state for test, then in self._tests.get(at, ()) if test(char)})
                if len(steps) > _REMEMBERED:
                    steps.clear()
                steps[key] = after
            if not after:
                return False
            state = after
        return self._end in state

    def _reach(self, states: set[int]) -> frozenset[int]:
        waiting = list(states)
        while waiting:
            for then in self._free.get(waiting.pop(), ()):
                if then not in states:
                    states.add(then)
                    waiting.append(then)
        return frozenset(states)


class _Parser:
    """Reads an expression and makes its automaton (Thompson, 1968)."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._depth = 0
        self._states = 0
        self.tests: dict[int, list[tuple[Test, int]]] = {}
        self.free: dict[int, list[int]] = {}
        self.begin, self.end = self._branches()
        if self._at < len(source):
            raise ExpressionError(f"`{source[self._at]}` is out of place")

    def _state(self) -> int:
        self._states += 1
        if self._states > _LARGEST:
            raise ExpressionError("it repeats too often")
        return self._states

    def _link(self, one: int, other: int) -> None:
        self.free.setdefault(one, []).append(other)

    def _peek(self) -> str:
        return self._source[self._at : self._at + 1]

    def _take(self) -> str:
        char = self._peek()
        if not char:
            raise ExpressionError("it ends too early")
        self._at += 1
        return char

    def _branches(self) -> tuple[int, int]:
        self._depth += 1
        if self._depth > 50:
            raise ExpressionError("it nests too deep")
        begin, end = self._state(), self._state()
        while True:
            first, last = self._branch()
            self._link(begin, first)
            self._link(last, end)
            if self._peek() != "|":
                self._depth -= 1
                return begin, end
            self._take()

    def _branch(self) -> tuple[int, int]:
        begin = last = self._state()
        while self._peek() not in ("", "|", ")"):
            first, then = self._piece()
            self._link(last, first)
            last = then
        return begin, last

    def _piece(self) -> tuple[int, int]:
        start = self._at
        made = self._atom()
        after_atom = self._at
        least, most = self._quantifier()
        if (least, most) == (1, 1):
            return made
        end_of_piece = self._at
        begin = last = self._state()
        end = self._state()
        for number in range(max(least, most or 0, 1)):
            if number:
                self._at = start
                made = self._atom()
            if number >= least:
                self._link(last, end)
            self._link(last, made[0])
            last = made[1]
        if most is None:
            self._link(last, made[0])
            if not least:
                self._link(begin, end)
        if most != 0:
            self._link(last, end)
        self._at = end_of_piece if end_of_piece > after_atom else after_atom
        return begin, end

    def _quantifier(self) -> tuple[int, int | None]:
        match self._peek():
            case "?":
                self._at += 1
                return 0, 1
            case "*":
                self._at += 1
                return 0, None
            case "+":
                self._at += 1
                return 1, None
            case "{":
                self._at += 1
                return self._counted()
            case _:
                return 1, 1

    def _counted(self) -> tuple[int, int | None]:
        least = self._number()
        most: int | None = least
        sign = self._take()
        if sign == ",":
            most = None if self._peek() == "}" else self._number()
            sign = self._take()
        if sign != "}" or (most is not None and most < least):
            raise ExpressionError("a count in braces is wrong")
        return least, most

    def _number(self) -> int:
        digits = ""
        while self._peek() in _DIGIT:
            digits += self._take()
        if not digits or len(digits) > _MOST_DIGITS:
            raise ExpressionError("a count in braces is no number, or too large")
        return int(digits)

    def _atom(self) -> tuple[int, int]:
        char = self._take()
        if char == "(":
            made = self._branches()
            if self._take() != ")":
                raise ExpressionError("a parenthesis is not closed")
            return made
        test = self._single(char)
        begin, end = self._state(), self._state()
        self.tests[begin] = [(test, end)]
        return begin, end

    def _single(self, char: str) -> Test:
        match char:
            case "[":
                return self._class()
            case ".":
                return _not_line_end
            case "\\":
                return self._escape()
            case "?" | "*" | "+" | "{" | "}" | ")" | "]":
                raise ExpressionError(f"`{char}` is out of place")
            case _:
                return _is(char)

    def _escape(self) -> Test:
        char = self._take()
        if char in _ESCAPES:
            return _is(_ESCAPES[char])
        if char in {"p", "P"}:
            test = self._property()
            return test if char == "p" else _not(test)
        known = _CLASSES.get(char.lower())
        if known is None:
            raise ExpressionError(f"`\\{char}` is not known")
        return known if char.islower() else _not(known)

    def _property(self) -> Test:
        end = self._source.find("}", self._at)
        if self._take() != "{" or end < 0:
            raise ExpressionError("a property of characters is not in braces")
        name = self._source[self._at : end]
        self._at = end + 1
        if name.startswith("Is"):
            if name[2:] not in BLOCKS:
                raise ExpressionError(f"the block of characters `{name[:40]}` is not known")
            return _between(*BLOCKS[name[2:]])
        if not (len(name) in {1, 2} and name[0] in "LMNPZSC"):
            raise ExpressionError(f"the property of characters `{name[:40]}` is not known")
        return lambda char: unicodedata.category(char).startswith(name)

    def _class(self) -> Test:
        negative = self._peek() == "^"
        if negative:
            self._take()
        tests: list[Test] = []
        without: Test | None = None
        while (char := self._take()) != "]" or not tests:
            if char == "-" and self._peek() == "[":
                self._take()
                without = self._class()
                if self._take() != "]":
                    raise ExpressionError("something follows what is taken away from a class")
                break
            tests.append(self._member(char))
        test = _not(_any_of(tests)) if negative else _any_of(tests)
        return test if without is None else _but(test, without)

    def _member(self, char: str) -> Test:
        if char == "[":
            raise ExpressionError("`[` is out of place")
        first = char
        if char == "\\":
            if self._peek() not in _ESCAPES:
                return self._escape()
            first = _ESCAPES[self._take()]
        after = self._source[self._at + 1 : self._at + 2]
        if self._peek() != "-" or after in {"]", "[", ""}:
            return _is(first)
        self._take()
        last = self._take()
        if last == "\\":
            last = _ESCAPES.get(self._take(), "")
        if last < first:
            raise ExpressionError(f"the range `{first}-{last}` runs backwards")
        return _between(first, last)


@lru_cache(maxsize=1024)
def expression(source: str) -> Expression:
    """The expression, compiled once. Raises ``ExpressionError``."""
    return Expression(source)
