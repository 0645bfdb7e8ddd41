"""The tokens of the compact syntax (its chapter 2), each with its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path

from teiwright.relaxng.datatypes.lexical import NCNAME
from teiwright.relaxng.errors import SchemaError


class Is(Enum):
    """What kind of token."""

    NAME = "a name"
    QUOTED = "a name after a backslash"
    PREFIXED = "a name with a prefix"
    WILDCARD = "a prefix with a star"
    LITERAL = "a text in quotes"
    DOCUMENTATION = "documentation"
    SIGN = "a sign"
    END = "the end of the file"


@dataclass(frozen=True, slots=True)
class Token:
    """``text`` is without quotes, backslash or the signs of a comment."""

    kind: Is
    text: str
    line: int
    column: int

    def __str__(self) -> str:
        return self.kind.value if self.kind is Is.END else f"`{' '.join(self.text.split())[:40]}`"


_ESCAPE = re.compile(r"\\x+\{([0-9A-Fa-f]{1,6})\}")


_HIDDEN = {sign: chr(0xF0000 + ord(sign)) for sign in "\n\r\"'#"}
"""Signs that mean nothing but themselves when they were escaped, and the private characters they hide behind."""
_SHOWN = str.maketrans({hidden: sign for sign, hidden in _HIDDEN.items()})


def _escaped(char: str) -> str:
    return _HIDDEN.get(char, char)


@lru_cache(maxsize=1)
def _tokens() -> re.Pattern[str]:
    name = NCNAME.source
    return re.compile(
        rf"""(?P<space>[ \t\n]+)
        |(?P<documentation>\#\#[^\n]*)
        |(?P<comment>\#[^\n]*)
        |(?P<long>\"\"\".*?\"\"\"|'''.*?''')
        |(?P<literal>"[^"\n]*"|'[^'\n]*')
        |(?P<wildcard>{name}:\*)
        |(?P<prefixed>{name}:{name})
        |(?P<quoted>\\{name})
        |(?P<name>{name})
        |(?P<sign>&=|\|=|>>|[=,|&?*+{{}}()\[\]~\-])""",
        re.VERBOSE | re.DOTALL,
    )


_KINDS = {"name": Is.NAME, "prefixed": Is.PREFIXED, "sign": Is.SIGN}


def tokens(path: Path, data: bytes) -> Iterator[Token]:
    """The tokens of a file, the last of kind ``END``. Raises ``SchemaError``."""
    text = _decoded(path, data)
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    at = 0
    while at < len(text):
        line = bisect_right(starts, at)
        column = at - starts[line - 1] + 1
        found = _tokens().match(text, at)
        if found is None:
            raise SchemaError(path, line, f"`{text[at]}` begins nothing of the compact syntax", column)
        at = found.end()
        token = _token(found, line, column)
        if token is not None:
            yield token
    yield Token(Is.END, "", len(starts), at - starts[-1] + 1)


def _token(found: re.Match[str], line: int, column: int) -> Token | None:
    text = found[0].translate(_SHOWN) if not found[0].isascii() else found[0]
    match found.lastgroup:
        case "space" | "comment":
            return None
        case "documentation":
            return Token(Is.DOCUMENTATION, text.lstrip("#").strip(), line, column)
        case "long":
            return Token(Is.LITERAL, text[3:-3], line, column)
        case "literal":
            return Token(Is.LITERAL, text[1:-1], line, column)
        case "wildcard":
            return Token(Is.WILDCARD, text[:-2], line, column)
        case "quoted":
            return Token(Is.QUOTED, text[1:], line, column)
        case kind:
            return Token(_KINDS[str(kind)], text, line, column)


def _decoded(path: Path, data: bytes) -> str:
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SchemaError(path, line, f"a byte is not of its encoding, {encoding[:6].rstrip('-')}") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        return _ESCAPE.sub(lambda found: _escaped(chr(int(found[1], 16))), text)
    except (ValueError, OverflowError) as error:
        raise SchemaError(path, 1, "an escape stands for no character") from error
