"""Chinese and Korean names as they were romanised: a family name, then a given name of two syllables and a hyphen.

``Kim Chong-p’il``, ``Chou En-lai``: no English compound is written like that, for its second half is no syllable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from teiwright.model import Kind
from teiwright.naming.found import Found
from teiwright.naming.script import Script
from teiwright.naming.words import NOT_IN_NAMES

_INITIAL = r"(?:[bcdfghjklmnprstwxy]|ch|hs|ts|tz|sh|ss|kw|hw)?[’']?(?:[hw]|y)?"
_VOWELS = r"(?:[aeiouêŏŭü]{1,3})"
_END = r"(?:ng|n|h|k|l|m|p|t|r)?"
_SYLLABLE = rf"{_INITIAL}{_VOWELS}{_END}"
_NAMED = re.compile(
    r"(?P<family>[A-Z](?<![\w’'-].)[a-z’']{0,6})"  # in this order, because a search for a capital is fast
    rf"\s+(?P<given>(?i:{_SYLLABLE})-{_SYLLABLE})(?![\w-]|[’'](?!s\b))"
)


def romanised(script: Script) -> Iterator[Found]:
    """The whole name, family first."""
    for match in _NAMED.finditer(script.text):
        if match["given"][0].isupper() and match["family"] not in NOT_IN_NAMES:
            yield Found(*match.span(), Kind.PERSON, 0.95, "syllables", "a given name of two romanised syllables")
