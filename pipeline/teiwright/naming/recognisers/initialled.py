"""A forename, an initial and a surname in one: ``Phyllis D. Bernau``. Nothing else is written like that."""

from __future__ import annotations

import re
from collections.abc import Iterator

from teiwright.model import Kind
from teiwright.naming.found import Found
from teiwright.naming.script import Script
from teiwright.naming.shapes import UPPER, trimmed
from teiwright.naming.words import word_set

_SMALL_AFTER_CAPITAL = r"(?=\w*[a-zà-ÿ])\w+"
_SMALL = rf"[{UPPER}]{_SMALL_AFTER_CAPITAL}"
_INITIALLED = re.compile(
    rf"[{UPPER}](?<![\w’'-].)"  # in this order, because a search for a capital is fast
    rf"(?:{_SMALL_AFTER_CAPITAL} (?:[{UPPER}]\. ?){{1,2}}|\.\s?(?:[{UPPER}]\.\s?)?{_SMALL} )"
    rf"{_SMALL}(?:-\w+)*(?:, (?:Jr|Sr)\b\.?)?(?!\w)",
    re.DOTALL,
)
_STATES = word_set("Mex Mexico Dak Dakota Car Carolina Va Virginia Y C J H")
"""What follows an initial in the abbreviated name of a state: ``N. Mex.``, ``So. Car.``"""


def initialled(script: Script) -> Iterator[Found]:
    """Names with an initial between or before two written-out parts."""
    for match in _INITIALLED.finditer(script.text):
        is_place = match[0].rsplit(maxsplit=1)[-1] in _STATES
        if not is_place and trimmed(script.text, *match.span()) == match.span():
            yield Found(*match.span(), Kind.PERSON, 0.84, "initials", "a forename, an initial and a surname")
