"""Names, tokens, languages and addresses: how they may be written (XML 1.0, fifth edition; XML Schema, part 2)."""

from __future__ import annotations

import re
from functools import cached_property

_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_INNER = rf"{_START}\-.0-9\xb7\u0300-\u036f\u203f\u2040"


class Form:
    """A regular expression that is compiled when it is first needed: those of names take long."""

    def __init__(self, source: str) -> None:
        self.source = source

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.source)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """As ``re.fullmatch``."""
        return self._compiled.fullmatch(text)


_NAME_START = Form(f"[:{_START}]")
_NAME_CHARACTER = Form(f"[:{_INNER}]")
NCNAME = Form(f"[{_START}][{_INNER}]*")
NAME = Form(f"[:{_START}][:{_INNER}]*")
NMTOKEN = Form(f"[:{_INNER}]+")
QNAME = Form(f"(?:([{_START}][{_INNER}]*):)?([{_START}][{_INNER}]*)")
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
