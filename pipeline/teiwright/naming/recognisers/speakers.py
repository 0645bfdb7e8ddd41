"""Persons by what they do: ``Kestrel said he would``, ``Kestrel explained his plan``.

A name before a verb, and right after the verb the same one as ``he`` or ``his``: so it is no body's and no state's.
After a preposition it is no subject (``my host in Hof sent his wife``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from teiwright.model import Kind
from teiwright.naming.found import Found
from teiwright.naming.gazetteer import gazetteer
from teiwright.naming.learned.tokens import tokens_of
from teiwright.naming.script import Script
from teiwright.naming.shapes import NAME, trimmed
from teiwright.naming.words import COMMON_WORDS, word_set

_VERB = (
    r"(?:\w{2,}ed|said|says|told|thought|felt|knew|wrote|gave|made|took|held|saw|sent|found|took|began|spoke|"
    r"hopes|believes|thinks|feels|states|plans|intends|considers)"
)
_SPEAKS = re.compile(rf"\s(?:(?:then|also|again|further|now|later)\s)?{_VERB}\s(?:that\s)?(?:he|she|his|her)\b")
_ENDS_WITH_NAME = re.compile(rf"(?P<before>\w+\s+)?(?<![\w’'-])(?P<name>{NAME})$")
_PREPOSITIONS = word_set("from in of at near to by with for on about against than via over under")
_REACH = 60


def speakers(script: Script) -> Iterator[Found]:
    """The name right before such a verb; a word that is also written small may be none."""
    for match in _SPEAKS.finditer(script.text):
        before = max(0, match.start() - _REACH)
        name = _ENDS_WITH_NAME.search(script.text[before : match.start()])
        if name is None or (name["before"] or "").strip() in _PREPOSITIONS:
            continue
        span = before + name.start("name"), match.start()
        words = tokens_of(name["name"]).words
        if trimmed(script.text, *span) != span or words in gazetteer():
            continue
        if len(words) == 1 and (words[0].lower() in COMMON_WORDS or words[0].lower() in script.lowercase_words):
            continue
        yield Found(*span, Kind.PERSON, 0.9, "speaker", "of whom the sentence goes on as `he` or `she`")
