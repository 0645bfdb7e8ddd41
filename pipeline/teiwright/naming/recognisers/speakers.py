"""Persons by what they do: ``Kestrel said he would``, ``Kestrel explained his plan``.

A name before a verb, and right after the verb the same one as ``he`` or ``his``: so it is no body's and no state's.
After a preposition it is no subject (``my host in Hof sent his wife``), after an article no name (``the Shah``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from teiwright.model import Kind
from teiwright.naming.found import Found
from teiwright.naming.gazetteer import gazetteer
from teiwright.naming.learned.tokens import tokens_of
from teiwright.naming.recognisers.titles import TITLE_WORDS
from teiwright.naming.script import Script
from teiwright.naming.shapes import NAME, trimmed
from teiwright.naming.words import COMMON_WORDS, word_set

_VERB = (
    r"(?:\w{2,}ed|said|says|told|thought|felt|knew|wrote|gave|made|took|held|saw|sent|found|took|began|spoke|"
    r"hopes|believes|thinks|feels|states|plans|intends|considers)"
)
_PRONOUN = re.compile(r"h(?<=\sh)(?:e|is|er)\b|s(?<=\ss)he\b")
"""In this order, because a search for two letters is fast."""
_VERB_BEFORE = re.compile(rf"\s(?:(?:then|also|again|further|now|later)\s)?{_VERB}\s(?:that\s)?$")
_NAME_BEFORE = re.compile(rf"(?P<before>\w+\s+)?(?<![\w’'-])(?P<name>{NAME})$")
_NO_NAME_AFTER = word_set("from in of at near to by with for on about against than via over under the a an this The A")
_ABBREVIATED = 3
"""So many capitals may stand for an office: ``PM``, ``DCM``."""
_REACH = 60
"""How far back a name may begin, and its verb."""


def speakers(script: Script) -> Iterator[Found]:
    """The name right before such a verb; a title, and a word that is also written small, may be none."""
    for pronoun in _PRONOUN.finditer(script.text):
        begin = max(0, pronoun.start() - _REACH)
        verb = _VERB_BEFORE.search(script.text[begin : pronoun.start()])
        if verb is None or not (name := _name(script, begin + verb.start())):
            continue
        yield Found(*name, Kind.PERSON, 0.9, "speaker", "of whom the sentence goes on as `he` or `she`")


def _name(script: Script, end: int) -> tuple[int, int] | None:
    """Where the person's name is that ends here."""
    begin = max(0, end - _REACH)
    match = _NAME_BEFORE.search(script.text[begin:end])
    if match is None or (match["before"] or "").strip() in _NO_NAME_AFTER:
        return None
    span = begin + match.start("name"), end
    words = tokens_of(match["name"]).words
    if trimmed(script.text, *span) != span or words in gazetteer():
        return None
    word = words[0]
    small = word.lower() in COMMON_WORDS or word.lower() in script.lowercase_words
    is_short = word.isupper() and len(word) <= _ABBREVIATED
    return None if len(words) == 1 and (small or is_short or word in TITLE_WORDS) else span
