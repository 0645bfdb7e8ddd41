"""Persons by the title before the name: ``Mr. Togo``, ``Lieutenant-General Tatekawa``; it stays outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from teiwright.model import Kind
from teiwright.naming.found import Found
from teiwright.naming.script import Script, Stretch, Zone
from teiwright.naming.shapes import NAME, UPPER, trimmed
from teiwright.naming.words import COMMON_WORDS, FUNCTION_WORDS, NOT_IN_NAMES, OFFICES, RANKS, word_set

_CIVIL = word_set(
    """
    Mr. Mr Messrs. Messrs Mrs. Mrs Miss Ms. Ms Mme. Madame Mlle. M. MM. Mgr. Señor Señora Señorita Sr. Don
    Doña Dr. Drs. Prof. Professor Sir Lord Lady Earl Count Countess Baron Baroness Viscount Marquis
    Marquess Duke Duchess Prince Princess King Queen Emperor Empress Tsar Czar Kaiser Shah Sheikh
    Sheik Sultan Emir Pasha Herr Frau Signor Monsieur Comrade Rev. Reverend Bishop Archbishop
    Cardinal Pope Patriarch Metropolitan Monsignor Rabbi Canon Revd. Revd née
    """
)
_RANKS = word_set(
    """
    General Gen. Colonel Col. Major Maj. Captain Capt. Lieutenant Lieut. Lt. Brigadier Commander Comdr. Cmdr.
    Commodore Admiral Adm. Marshal Generalissimo Sergeant
    Rottenführer Scharführer Unterscharführer Oberscharführer Hauptscharführer Untersturmführer Obersturmführer
    Hauptsturmführer Sturmbannführer Obersturmbannführer Standartenführer Oberführer Brigadeführer Gruppenführer
    Obergruppenführer Reichsführer Gauleiter Oberleutnant Leutnant Hauptmann Oberst
    Generals Gens. Colonels Cols. Admirals Captains
    """
)
_BEFORE_RANKS = r"(?:(?:Lieutenant|Lieut\.|Lt\.|Major|Maj\.|Brigadier|Brig\.|Rear|Vice|Field)[\s-]+)?"

_OFFICES = """
    Ambassador|Minister|Foreign Minister|Prime Minister|War Minister|Navy Minister|Finance Minister|Premier
    Ambassadors|Senators|Presidents|Ministers|Secretaries
    President|Vice President|Vice-President|Chancellor|Secretary|Under Secretary|Undersecretary
    Assistant Secretary|Deputy Secretary|Foreign Secretary|Secretary General|Consul General|Consul-General
    Consul|Vice Consul|Vice-Consul|Consular Agent|Chargé|Counselor|Counsellor|Naval Attache|Naval Attaché
    Military Attache|Military Attaché|Attache|Attaché|Commissar|Commissioner|High Commissioner|Governor
    Governor General|Governor-General|Senator|Congressman|Judge|Chief Justice|Mr. Justice|Chairman
    Secretary of State|Secretary of Defense|Secretary of War|Secretary of the Treasury|Secretary of Labor
    Secretary of the Navy|Secretary of the Army|Secretary of Commerce|Secretary of Agriculture
    Secretary of the Interior|Secretary of the Air Force|Attorney General|Postmaster General
    Director of Central Intelligence
"""

_PERSONAL = word_set("Mr Messrs Mrs Miss Ms Mme Madame Mlle Dr Drs Prof Professor Señor Señora Herr Frau")
_ADJECTIVES = word_set("General Major Chief Minister")
_PLURAL = word_set(
    "Messrs MM Drs Generals Colonels Cols Gens Admirals Captains Ambassadors Senators Presidents Ministers Secretaries"
)

_TITLES = sorted(
    {*_CIVIL, *_RANKS, *re.split(r"\s*[|\n]\s*", _OFFICES.strip())}, key=lambda title: (-len(title), title)
)
_ALTERNATIVES = "|".join(re.escape(title).replace(r"\ ", r"\s+") for title in _TITLES)
_SHORT = rf"(?:{'|'.join(re.escape(title) for title in _TITLES if title.endswith('.'))})"
_TITLED = re.compile(
    rf"(?<![\w-])(?P<title>(?:[Ee]x-)?(?:SS[\s-]+)?{_BEFORE_RANKS}(?:{_ALTERNATIVES}))\s+"
    rf"(?!{_SHORT})(?P<name>{NAME}(?:\s+&\s+{NAME})?)"
)


def _first_words(titles: list[str]) -> str:
    """An expression for the words that titles begin with, by their initials: a search for one of these is fast."""
    words = sorted({re.split(r"[\s.-]", title)[0] for title in titles})
    groups = ((initial, "|".join(word[1:] for word in group)) for initial, group in groupby(words, itemgetter(0)))
    return "|".join(rf"{initial}(?<![\w-].)(?:{rest})" for initial, rest in groups)


_FIRST_WORD = re.compile(_first_words([*_TITLES, "Brig.", "Rear", "Vice", "Field", "Ex", "ex"]), re.DOTALL)
_IN_HEADINGS = re.compile(rf"(?<![\w-])(?P<title>Chief|Director|Delegate)\s+(?P<name>{NAME})")
_NEXT = re.compile(rf"(?:(?P<and>\s*,?\s+and)|,)\s+(?!{_SHORT})(?P<name>{NAME})")
_AND = re.compile(r"\s*,?\s+and\b")
_WORD_BEFORE = re.compile(rf"(?:(?P<word>[{UPPER}][\w’-]*)\s|[{UPPER}]\.\s?)$")
_UNSPEAKABLE = re.compile(r"[B-DF-HJ-NP-TV-XZ]+")
"""Capitals without a vowel after a rank or an office are a command's: ``Commander TDC``."""
_REACH = 24
"""How far back the word before ``M.`` may begin."""
_WORD = re.compile(rf"(?:SS\s+)?[{UPPER}]\S*\s+")

_SURNAMES_TOO = word_set("King Pope Bishop Major Prince Duke Marshal Judge Baron Lord Dean Chancellor Head")
TITLE_WORDS = {title for title in _TITLES if " " not in title} | OFFICES
_NEVER_FORENAMES = {title for title in _CIVIL | _RANKS if title.rstrip(".") in _PERSONAL or title in _RANKS}
_AFTER_PERSONAL = OFFICES | RANKS | {"Justice", "Delegate", "Congressman", "Senator"}


def titled(script: Script) -> Iterator[Found]:
    """Names with a title before them, anywhere."""
    yield from _titled(script, 0, len(script.text))
    for stretch in script.of_zone(Zone.HEAD):
        yield from _in_heading(script, stretch)


def titled_in(script: Script, heading: Stretch) -> Iterator[Found]:
    """The same names, those of one heading."""
    yield from _titled(script, heading.start, heading.end)
    yield from _in_heading(script, heading)


def _titled(script: Script, start: int, end: int) -> Iterator[Found]:
    position = start
    for first in _FIRST_WORD.finditer(script.text, start, end):
        if first.start() >= position and (match := _TITLED.match(script.text, first.start(), end)):
            position = match.end()
            yield from _names(script, match)


def _in_heading(script: Script, heading: Stretch) -> Iterator[Found]:
    for match in _IN_HEADINGS.finditer(script.text, heading.start, heading.end):
        yield from _names(script, match)


def _names(script: Script, match: re.Match[str]) -> Iterator[Found]:
    title = " ".join(match["title"].split())
    start = after_titles(script.text, match.start("name"), match.end("name"))
    bare = title.rstrip(".")
    if title == "M." and _is_initial(script.text, match.start()):
        return
    stop = _AFTER_PERSONAL if bare in _PERSONAL else NOT_IN_NAMES
    span = _first_kept(script.text, start, match.end("name"), stop)
    if span is None or (bare in _ADJECTIVES and _is_noun(script, span)):
        return
    if bare not in _PERSONAL and _UNSPEAKABLE.fullmatch(script.text, *span):
        return
    spans = [span, *_further(script.text, span[1])] if bare in _PLURAL else [span]
    for kept in spans:
        yield Found(*kept, Kind.PERSON, _score(bare), "title", f"`{title}` stands before it", post=title)


def _is_initial(text: str, start: int) -> bool:
    """Whether ``M.`` stands in a name or a time of day (``Maxwell M. Hamilton``, ``5 P.M.``), not for Monsieur."""
    before = _WORD_BEFORE.search(text[max(0, start - _REACH) : start])
    return before is not None and before["word"] not in FUNCTION_WORDS


def _further(text: str, position: int) -> list[tuple[int, int]]:
    """The names that share a plural title, ``Messrs. Oddie, Cole and Rice``; the series needs its ``and``."""
    spans: list[tuple[int, int]] = []
    while (following := _NEXT.match(text, position)) and (span := trimmed(text, *following.span("name"))):
        spans.append(span)
        position = span[1]
        if following["and"]:
            return spans
    return spans if _AND.match(text, position) else []


def _is_noun(script: Script, span: tuple[int, int]) -> bool:
    """Whether what follows ``General`` is a word that the document has in small letters, too: ``Lines``."""
    first = script.text[slice(*span)].split()[0]
    known = first.casefold() in script.lowercase_words and first.casefold() not in COMMON_WORDS
    return known and first[0].isupper()


def _score(title: str) -> float:
    """After ``Mr.`` even the name of a place is a person's; ``Minister Quito`` may be telegraphese."""
    return 0.92 if title in _PERSONAL else 0.88


def after_titles(text: str, start: int, end: int) -> int:
    """Pass over further titles: ``Minister President X``. A title that is all there is may be a surname."""
    while (word := _WORD.match(text, start, end)) and word[0].removeprefix("SS").strip(" .\n") in TITLE_WORDS:
        start = word.end()
    return start


def after_rank(text: str, start: int, end: int) -> int:
    """Pass over ranks and `Mr.`, which no forename is spelt like, as `Earl` and `Duke` are."""
    while (word := _WORD.match(text, start, end)) and word[0].strip() in _NEVER_FORENAMES:
        start = word.end()
    return start


def _first_kept(text: str, start: int, end: int, stop: frozenset[str]) -> tuple[int, int] | None:
    """The name after a title: its first word is held against the title, the others against all words."""
    first = text[start:end].split(maxsplit=1)[0].strip(".,") if text[start:end].split() else ""
    if first in stop and first not in _SURNAMES_TOO:
        return None
    return trimmed(text, start, end, NOT_IN_NAMES - {first})
