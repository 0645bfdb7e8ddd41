"""Names, tokens, languages and addresses: how they may be written (XML 1.0, fifth edition; XML Schema, part 2)."""

from __future__ import annotations

import re
from functools import cached_property

_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_INNER = rf"{_START}\-.0-9\xb7\u0300-\u036f\u203f\u2040"
_ASCII_START = "A-Z_a-z"
_ASCII_INNER = rf"{_ASCII_START}\-.0-9"


class Form:
    """A regular expression that is compiled when it is first needed: those of names take long.

    ``in_ascii`` says the same of texts in ASCII, which most are, and takes a moment.
    """

    def __init__(self, source: str, in_ascii: str | None = None) -> None:
        self.source = source
        self._in_ascii = in_ascii or source

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.source)

    @cached_property
    def _compiled_in_ascii(self) -> re.Pattern[str]:
        return re.compile(self._in_ascii)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """As ``re.fullmatch``."""
        return (self._compiled_in_ascii if text.isascii() else self._compiled).fullmatch(text)


def _form(source: str) -> Form:
    """Of ``START`` and ``INNER``, the characters with which a name begins and goes on."""
    return Form(
        source.replace("START", _START).replace("INNER", _INNER),
        source.replace("START", _ASCII_START).replace("INNER", _ASCII_INNER),
    )


_NAME_START = _form("[:START]")
_NAME_CHARACTER = _form("[:INNER]")
NCNAME = _form("[START][INNER]*")
NAME = _form("[:START][:INNER]*")
NMTOKEN = _form("[:INNER]+")
QNAME = _form("(?:([START][INNER]*):)?([START][INNER]*)")
LANGUAGE = Form("[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*")
_BAD_ESCAPE = re.compile("%(?![0-9A-Fa-f]{2})")
_BEFORE_COLON = re.compile("[^:/?#]*")
_SPACES = re.compile("[ \\t\\r\\n]+")


def words(text: str) -> list[str]:
    """The words of a list; only what XML calls white space parts them."""
    return [word for word in _SPACES.split(text) if word]


def is_name_start(char: str) -> bool:
    r"""``\i``."""
    return _NAME_START.fullmatch(char) is not None


def is_name_character(char: str) -> bool:
    r"""``\c``."""
    return _NAME_CHARACTER.fullmatch(char) is not None


def is_address(text: str) -> bool:
    """``anyURI``: what the XLink rules (5.4) can turn into a URI reference.

    Nearly everything can; not an escape without its digits, a second fragment, a scheme that is no name.
    """
    if _BAD_ESCAPE.search(text) or text.count("#") > 1:
        return False
    before = _BEFORE_COLON.match(text)
    end = before.end() if before else 0
    return text[end : end + 1] != ":" or _SCHEME.fullmatch(text[:end]) is not None
