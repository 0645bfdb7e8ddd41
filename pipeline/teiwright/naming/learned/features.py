"""What the model sees of a token: its word and its neighbours', lists that hold it, and what the document says of it.

Features of one word alone are made once for each word; the rest depends on the place.
Training and tagging call the same functions.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache

from teiwright.naming.found import Found
from teiwright.naming.gazetteer import Gazetteer
from teiwright.naming.learned.tokens import Tokens
from teiwright.naming.recognisers.titles import TITLE_WORDS
from teiwright.naming.script import BARRIER, Script, Zone
from teiwright.naming.words import (
    BODIES,
    CALENDAR,
    COMPASS_BEFORE,
    DEMONYMS,
    FUNCTION_WORDS,
    GENERIC_AFTER,
    OFFICES,
    ORGANISATION_AFTER,
    RANKS,
    word_set,
)

EDGE = BARRIER
"""The word before the first and after the last."""
_REMEMBERED = 10_000
"""Of how many words the features are kept at most, so that memory does not grow with the collection."""
OFFSETS = (-2, -1, 0, 1, 2)
_PLACE_BEFORE = word_set("in at from to near via of visit between outside toward towards reached left")
_CLASSES = (
    ("title", TITLE_WORDS),
    ("office", OFFICES),
    ("rank", RANKS),
    ("demonym", DEMONYMS),
    ("calendar", CALENDAR),
    ("organisation", ORGANISATION_AFTER),
    ("body", BODIES),
    ("generic", frozenset(GENERIC_AFTER.split("|"))),
    ("compass", frozenset(COMPASS_BEFORE.split("|"))),
    ("function", FUNCTION_WORDS),
)
_NO_CLASS = len(_CLASSES)


@dataclass(frozen=True)
class Lexicon:
    """What training learned of words: names of persons, how often a word is small, which words are alike."""

    forenames: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()
    small: dict[str, int] = field(default_factory=dict)
    clusters: dict[str, int] = field(default_factory=dict)


_RANKED = {member: at for at, (_, members) in reversed(list(enumerate(_CLASSES))) for member in members}
"""The first class that holds a word."""


class Words:
    """The features of words alone, each word's class found once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._kinds: dict[str, str] = {}
        self._tellings: dict[str, tuple[list[str], list[str]]] = {}

    def kind(self, word: str) -> str:
        """The first class that holds the word; names of persons come last."""
        if (kind := self._kinds.get(word)) is None:
            if len(self._kinds) > 10 * _REMEMBERED:
                self._kinds.clear()
            kind = self._kinds[word] = self._kind(word)
        return kind

    def of(self, word: str, offset: int) -> list[str]:
        """The features of the word that stands ``offset`` words from the token in question."""
        far, near = self._told(word)
        features = [f"{offset}{feature}" for feature in (far if offset in {-2, 2} else near)]
        if offset == 0:
            small = word.lower()
            features += [f"p{n}={small[:n]}" for n in (2, 3, 4) if len(small) > n]
            features += [f"e{n}={small[-n:]}" for n in (1, 2, 3, 4) if len(small) > n]
            features.append(f"low={self.lexicon.small.get(small, -1)}")
            features.append(f"len={min(len(word), 5)}")
        return features

    def _told(self, word: str) -> tuple[list[str], list[str]]:
        """What is said of a word that stands two words away, and of one that is nearer."""
        if (told := self._tellings.get(word)) is None:
            small, bare, lexicon = word.lower(), folded(word), self.lexicon
            far = [f"w={small}", f"k={self.kind(word)}"]
            if (cluster := lexicon.clusters.get(small)) is not None:
                far.append(f"c={cluster}")
            near = [*far, f"s={shape(word)}"]
            if bare in lexicon.forenames:
                near.append("forename")
            if bare in lexicon.surnames:
                near.append("surname")
            if len(self._tellings) > _REMEMBERED:
                self._tellings.clear()
            told = self._tellings[word] = far, near
        return told

    def of_three(self, before: str, word: str, after: str) -> list[str]:
        """The features of a word together with its neighbours."""
        left, here, right = self.kind(before), self.kind(word), self.kind(after)
        return [
            f"w-1={before}|{word}",
            f"w+1={word}|{after}",
            f"k={left}|{here}|{right}",
            f"b={before}|{here}",
            f"a={here}|{after}",
            f"ba={before}|{here}|{after}",
            f"s={shape(before)}|{shape(word)}|{shape(after)}",
        ]

    def _kind(self, word: str) -> str:
        if not word[0].isalpha():
            return "digit" if word[0].isdigit() else word[0]
        bare = folded(word)
        rank = min(_RANKED.get(form, _NO_CLASS) for form in (bare, word, bare.rstrip(".")))
        if rank < _NO_CLASS:
            return _CLASSES[rank][0]
        if not word[0].isupper():
            return "small"
        if bare in self.lexicon.forenames:
            return "forename+" if bare in self.lexicon.surnames else "forename"
        return "surname" if bare in self.lexicon.surnames else "capital"


def folded(word: str) -> str:
    """A word of capitals as running text would have it."""
    return word.title() if len(word) > 3 and word.isupper() else word


class _Shapes(dict[int, str]):
    """For ``str.translate``: what kind of character each is, found once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kind = "X" if char.isupper() else "x" if char.isalpha() else "0" if char.isdigit() else char
        self[code] = kind
        return kind


_SHAPES = _Shapes()


@cache
def shape(word: str) -> str:
    """Capitals, small letters and digits, runs cut to two: ``McGhee`` is ``XxXxx``."""
    kinds = word[:12].translate(_SHAPES)
    for three in ("xxx", "XXX", "000"):
        while three in kinds:
            kinds = kinds.replace(three, three[:2])
    return kinds


@dataclass(frozen=True, slots=True)
class Context:
    """What a whole document says of its words, and the rules and the gazetteer of its places."""

    tokens: Tokens
    places: tuple[str, ...]
    """What the gazetteer says of each token, and before the first and after the last."""
    rules: tuple[str, ...]
    words: dict[str, tuple[str, ...]]
    zones: dict[int, str]
    breaks: frozenset[int]

    @classmethod
    def of(cls, script: Script, tokens: Tokens, found: Iterable[Found], gazetteer: Gazetteer | None) -> Context:
        """Read the document once."""
        places = [_NO] * (len(tokens.words) + 2)
        for first, last, kind in gazetteer.search(tokens.words) if gazetteer else ():
            places[first + 1 : last + 1] = [f"B{kind}", *[f"I{kind}"] * (last - first - 1)]
        rules, people = _rules(tokens, found)
        return cls(
            tokens,
            tuple(places),
            rules,
            _words(script, tokens, people),
            _zones(script, tokens),
            _breaks(script, tokens),
        )

    def around(self, at: int) -> tuple[str, str, str]:
        """The word before a token, its own, and the one after."""
        words = self.tokens.words
        return words[at - 1] if at else EDGE, words[at], words[at + 1] if at + 1 < len(words) else EDGE

    def of_token(self, at: int, around: tuple[str, str, str], kind: Callable[[str], str]) -> Evidence:
        """What speaks for or against a name at one token, but for its words; often the same at many tokens."""
        before, word, after = around
        places = self.places[at : at + 3]
        neighbours = (kind(before), kind(after), before) if places[1] != _NO else _NOBODY
        return (
            self.words.get(folded(word), ()),
            self.zones.get(at, ""),
            kind(word),
            places,
            self.rules[at : at + 3],
            neighbours,
        )


Evidence = tuple[tuple[str, ...], str, str, tuple[str, ...], tuple[str, ...], tuple[str, str, str]]
"""What the document says of the word; zone and class; gazetteer and rules, before, here and after; who is beside it."""
_NO = "-"
_NOBODY = "", "", ""
_NOTHING = (_NO, _NO, _NO)


def features_of(evidence: Evidence) -> list[str]:
    """Evidence as the model weighs it."""
    says, zone, here, places, rules, (left, right, before) = evidence
    features = list(says)
    if zone:
        features.append(f"z={zone}|{here}")
    place, rule = places[1], rules[1]
    if place != _NO:
        features += [f"g={place}", f"gk={place}|{left}|{here}|{right}", f"gb={place}|{before}"]
    if places != _NOTHING:
        features.append(f"g={places[0]}|{place}|{places[2]}")
    if rule != _NO:
        features += [f"r={rule}", f"rg={rule}|{place}"]
    if rules != _NOTHING:
        features.append(f"r={rules[0]}|{rule}|{rules[2]}")
    return features


def _rules(tokens: Tokens, found: Iterable[Found]) -> tuple[tuple[str, ...], set[str]]:
    """What the rules say of each token, and the last words of the persons they found."""
    rules = [_NO] * (len(tokens.words) + 2)
    people: set[str] = set()
    for one in found:
        at = bisect_left(tokens.starts, one.start)
        if tokens.starts[at : at + 1] != (one.start,):
            continue
        label, last = "B", at
        while at < len(tokens.words) and tokens.starts[at] < one.end:
            rules[at + 1] = f"{label}{one.kind.name[:2]}{one.by}"
            label, last, at = "I", at, at + 1
        if one.kind.name == "PERSON":
            people.add(folded(tokens.words[last]))
    return tuple(rules), people


def _breaks(script: Script, tokens: Tokens) -> frozenset[int]:
    """The tokens that follow a callout."""
    return frozenset(bisect_left(tokens.starts, call) for call in script.calls)


def _zones(script: Script, tokens: Tokens) -> dict[int, str]:
    """The zone of each token outside running text."""
    zones: dict[int, str] = {}
    for stretch in script.stretches:
        if stretch.zone is not Zone.RUNNING:
            first, last = bisect_left(tokens.starts, stretch.start), bisect_left(tokens.starts, stretch.end)
            zones.update(dict.fromkeys(range(first, last), stretch.zone.name))
    return zones


def _words(script: Script, tokens: Tokens, people: set[str]) -> dict[str, tuple[str, ...]]:
    """For each capitalised word: whether it is also written small, is a person's elsewhere, stands after `in`."""
    small = script.lowercase_words
    after: set[str] = set()
    given: set[str] = set()
    previous = EDGE
    seen: set[str] = set()
    for word in tokens.words:
        if word[0].isupper():
            seen.add(folded(word))
            if previous in _PLACE_BEFORE:
                after.add(folded(word))
            elif len(previous) == 2 and previous[1] == "." and previous[0].isupper():
                given.add(folded(word))
        previous = word
    found: dict[str, tuple[str, ...]] = {}
    for word in seen:
        says = [
            name
            for name, holds in (
                ("d=small", word.lower() in small),
                ("d=person", word in people),
                ("d=in", word in after),
                ("d=initial", word in given),
            )
            if holds
        ]
        found[word] = tuple(says)
    return found
