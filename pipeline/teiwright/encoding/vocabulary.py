"""Names and spellings of TEI that every part of the encoder needs."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from functools import lru_cache
from urllib.parse import quote

TEI = "http://www.tei-c.org/ns/1.0"
XML_ID = "xml:id"
XML_LANG = "xml:lang"

Attributes = dict[str, str]

_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})
_NO_CHARACTERS = "\uffff".encode()[:2]
"""How U+FFC0 to U+FFFF begin, of which the last two are none."""
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The letters of XML 1.0 that all its editions have: validators still use the tables of the first four.
_LETTERS = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e\u0386\u0388-\u038a\u038c"
    "\u038e-\u03a1\u03a3-\u03ce\u0401-\u040c\u040e-\u044f\u0451-\u045c\u045e-\u0481\u05d0-\u05ea\u0621-\u063a"
    "\u0641-\u064a\u0905-\u0939\u0e01-\u0e2e\u3041-\u3094\u30a1-\u30fa\u4e00-\u9fa5\uac00-\ud7a3"
)
_NOT_IN_NAME = re.compile(f"[^{_LETTERS}0-9._-]")
_NAME = re.compile(f"[{_LETTERS}_][{_LETTERS}0-9._-]*")
_NAME_BEGINS = re.compile(f"[{_LETTERS}_]")
_NOT_IN_WORD = re.compile(r"[\W_]+")
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_IN_ADDRESS = "%:/?#@!$&'()*+,;=-._~"
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_ZONE = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_DAY = re.compile(rf"(\d{{4}}-\d\d-\d\d){_ZONE}")
_MOMENT = re.compile(rf"(\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?{_ZONE}")
_MONTH = re.compile(rf"\d{{4}}-(?:0[1-9]|1[0-2]){_ZONE}")
_YEAR = re.compile(rf"\d{{4}}{_ZONE}")


def legal(text: str) -> str:
    """The text with U+FFFD for each character that XML 1.0 (2.2) forbids; as long as before."""
    return text if text.isprintable() or _is_legal(text) else _FORBIDDEN.sub("\ufffd", text)


def _is_legal(text: str) -> bool:
    """The same as a search for what is forbidden, in a third of the time: the encoder of UTF-8 refuses surrogates."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return False
    return len(data.translate(None, _CONTROLS)) == len(data) and _NO_CHARACTERS not in data


def one_line(text: str) -> str:
    """The text as a header shows it: legal, with single spaces."""
    return " ".join(legal(text).split())


def name_of(text: str) -> str:
    """``text`` as an NCName: what cannot stand in one becomes its base letter or a hyphen."""
    if _NAME.fullmatch(text):
        return text
    kept = _NOT_IN_NAME.sub(lambda found: _base_letter(found[0]), text)
    name = re.sub("-{2,}", "-", _NOT_IN_NAME.sub("-", kept)).strip("-.")
    return name if _NAME_BEGINS.match(name) else f"x-{name}".rstrip("-")


def _base_letter(character: str) -> str:
    return unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()[:1] or "-"


@lru_cache(maxsize=1024)
def word_of(text: str, otherwise: str) -> str:
    """One ``teidata.enumerated`` word: letters and digits joined by hyphens."""
    return _NOT_IN_WORD.sub("-", legal(text)).strip("-") or otherwise


def address_of(text: str) -> str:
    """A URI reference (RFC 3986): what may not stand in one is escaped, white space is dropped."""
    return quote(_NO_ESCAPE.sub("%25", "".join(legal(text).split())), safe=_IN_ADDRESS)


def language_of(text: str) -> str:
    """A language tag as ``xml:lang`` wants it; ``und`` (undetermined) if it is none."""
    return text if _LANGUAGE.fullmatch(text) else "und"


def is_w3c_date(value: str) -> bool:
    """Whether a value may stand in ``@when`` (``teidata.temporal.w3c``) and the calendar has such a day."""
    if not value.isascii() or value.startswith("0000"):
        return False
    if _YEAR.fullmatch(value) or _MONTH.fullmatch(value):
        return True
    try:
        if day := _DAY.fullmatch(value):
            return bool(date.fromisoformat(day[1]))
        moment = _MOMENT.fullmatch(value)
        return bool(moment and datetime.fromisoformat(moment[1]))
    except ValueError:
        return False
