"""A surname that a full or titled name of this document introduced is a person wherever it recurs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from teiwright.model import Kind
from teiwright.naming.found import Found
from teiwright.naming.recognisers.titles import TITLE_WORDS
from teiwright.naming.script import Script, Zone
from teiwright.naming.shapes import ABBREVIATED, UPPER, particle_before, surname
from teiwright.naming.words import COMMON_WORDS, NOT_IN_NAMES

_INTRODUCE = frozenset(
    {"title", "heading", "signature", "participants", "initials", "office", "drafter", "syllables", "speaker"}
)
_JOINED = re.compile(r"[’'-]")
_POSSESSIVE = re.compile(r"[’']s$")
_GIVEN = re.compile(rf"(?<![\w’'-])(?:(?:[{UPPER}]\.\s?){{1,3}}|{ABBREVIATED}\s|[{UPPER}]\w+\s)$", re.IGNORECASE)
_GIVEN_AFTER = re.compile(rf"\s[{UPPER}]\w+-[^\W\d_A-Z]\w+")
_SENTENCE = re.compile(r"(?:^|[.!?:\n\ue000]|[”\"(])\s*$")
_CAPITAL_AFTER = re.compile(rf"\s+[{UPPER}]")
_REACH = 40


def repeated(script: Script, decided: Iterable[Found]) -> Iterator[Found]:
    """Each further place of a known surname, with the initials or the forename before it."""
    names = _introduced(script, decided)
    if not names:
        return
    for word, start in script.capitalised:
        if word in names or _JOINED.search(word):
            form = _form(names, word)
            if form in names and script.stretch_at(start).zone is not Zone.DATELINE:
                yield from _again(script, start, start + len(form), names[form])


def _form(names: dict[str, str], word: str) -> str:
    """The word without its possessive ending; with its hyphens if it is a known name so (``Smith-Jones``)."""
    bare = _POSSESSIVE.sub("", word)
    return bare if bare in names else bare.split("-")[0]


def _introduced(script: Script, decided: Iterable[Found]) -> dict[str, str]:
    """Surnames, as written and with only the first letter capital, and what introduced each."""
    names: dict[str, str] = {}
    for found in decided:
        text = script.text[found.start : found.end]
        full = found.by == "authority" and " " in text
        if found.kind is not Kind.PERSON or not (full or found.by in _INTRODUCE):
            continue
        last = surname(text).strip(".,")
        if len(last) > 2 and last not in NOT_IN_NAMES:
            forms = (last, last.capitalize()) if last.isupper() else (last,)
            for form in forms:
                names.setdefault(form, " ".join(text.split()))
    return names


def _again(script: Script, start: int, end: int, introduced: str) -> Iterator[Found]:
    before = script.text[max(0, start - _REACH) : start]
    word = script.text[start:end].casefold()
    if (word in COMMON_WORDS or word in script.lowercase_words) and (
        _SENTENCE.search(before) or _CAPITAL_AFTER.match(script.text, end)
    ):
        return
    reason = f"`{introduced}` is named in this document"
    particle = particle_before(before)
    start -= particle + _given(before[: len(before) - particle], script.lowercase_words)
    after = _GIVEN_AFTER.match(script.text, end)
    yield Found(start, after.end() if after else end, Kind.PERSON, 0.9, "repetition", reason)


def _given(before: str, lowercase: frozenset[str]) -> int:
    """How many characters before the surname are forenames and initials, at most three of them.

    A capitalised word is a forename unless it is of another kind, or begins a sentence and is no name.
    """
    rest = before
    for _ in range(3):
        match = _GIVEN.search(rest)
        if match is None or not match[0][0].isupper() or not _is_given(match[0].strip(), rest, lowercase):
            break
        rest = rest[: match.start()]
    return len(before) - len(rest)


def _is_given(word: str, before: str, lowercase: frozenset[str]) -> bool:
    if word.endswith("."):
        return True
    if word in NOT_IN_NAMES or word in TITLE_WORDS or word.casefold() in lowercase or word.endswith("ly"):
        return False
    return not (word.isupper() and len(word) > 1 and _SENTENCE.search(before[: -len(word) - 1]))
