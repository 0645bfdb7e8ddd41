"""Languages and the scripts in which they are written."""

from __future__ import annotations

import re

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # the form of RFC 5646
_RTL = re.compile(r"^(ar|arc|dv|fa|he|ps|sd|syr|ug|ur|yi)(-|$)|-(Arab|Hebr|Syrc|Thaa)(-|$)")
_CJK = re.compile(r"^(zh|ja|ko|yue|wuu|nan|hak|lzh)(-|$)|-(Hani|Hans|Hant|Jpan|Kore)(-|$)")
_OTHER_SCRIPTS = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u1100-\u11ff\u2e80-\u2fdf\u3001-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff]"
)
"""Hebrew, Arabic, Syriac, Thaana and their kin; Chinese, Japanese and Korean."""


def is_language(tag: str) -> bool:
    """Whether it has the form of a language tag."""
    return _LANGUAGE.fullmatch(tag) is not None


def is_from_the_right(language: str) -> bool:
    """Whether it is written from right to left."""
    return _RTL.search(language) is not None


def has_other_scripts(text: str) -> bool:
    """Whether it has words in another script than Latin, Greek and Cyrillic."""
    try:
        text.encode("cp1252")  # much faster than any search; most of what is not ASCII are quotation marks and dashes
    except UnicodeEncodeError:
        return _OTHER_SCRIPTS.search(text) is not None
    return False


def is_foreign(language: str) -> bool:
    """Whether it is written in such a script."""
    return bool(_RTL.search(language) or _CJK.search(language))
