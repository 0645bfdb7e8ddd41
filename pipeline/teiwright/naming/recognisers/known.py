"""Persons and places that the authority file knows, by any of their forms; the longest form wins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from teiwright.model import Kind
from teiwright.naming.authority import Authority
from teiwright.naming.found import Found, Recogniser
from teiwright.naming.recognisers.titles import after_rank
from teiwright.naming.script import Script
from teiwright.naming.shapes import UPPER
from teiwright.naming.words import COMMON_WORDS, COMPASS_BEFORE, GENERIC_AFTER

_BEFORE = re.compile(rf"\b(?:{COMPASS_BEFORE})\s+$")
_AFTER = re.compile(rf"\s+(?:{GENERIC_AFTER})\b")
_INITIALS_BEFORE = re.compile(rf"(?<!\w)(?:[{UPPER}]\.\s*){{1,3}}$")
_REACH = 24
"""How far back a word before a name may begin: the longest compass word and its space."""


def known(authority: Authority) -> Recogniser:
    """The recogniser for one authority file."""
    trie = authority.trie

    def recognise(script: Script) -> Iterator[Found]:
        for start, end, kinds in trie.search(script.text):
            for kind in kinds:
                found = extended(script.text, start, end) if kind is Kind.PLACE else _person(script, start, end)
                if found is not None:
                    yield found

    return recognise


def extended(text: str, start: int, end: int) -> Found:
    """A place, with the capitalised compass word before it and the generic noun after it."""
    before = _BEFORE.search(text[max(0, start - _REACH) : start])
    after = _AFTER.match(text, end)
    start -= len(before[0]) if before else 0
    end = after.end() if after else end
    reason = "a form of the authority file"
    return Found(start, end, Kind.PLACE, 0.9, "authority", f"{reason}, extended" if before or after else reason)


def _person(script: Script, start: int, end: int) -> Found | None:
    """A person, without the title that the file has before it (``Admiral Kestrel``).

    A bare surname that is also a common word is left to titles and repetition.
    """
    bare = after_rank(script.text, start, end)
    title, start = " ".join(script.text[start:bare].split()), bare
    form = script.text[start:end]
    if " " in form or "-" in form:
        return Found(start, end, Kind.PERSON, 0.95, "authority", "a full form of the authority file", post=title)
    if title:
        return Found(
            start, end, Kind.PERSON, 0.95, "authority", "a title and surname of the authority file", post=title
        )
    word = form.casefold()
    if word in COMMON_WORDS or word in script.lowercase_words:
        return None
    initials = _INITIALS_BEFORE.search(script.text[max(0, start - _REACH) : start])
    start -= len(initials[0]) if initials else 0
    return Found(start, end, Kind.PERSON, 0.8, "authority", "a surname of the authority file")
