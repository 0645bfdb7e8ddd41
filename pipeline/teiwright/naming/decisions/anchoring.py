"""Finds a decided mention again after the text was edited: by its form and the words around it.

A decision may be lost to an edit, and then it is reported; it must never move to another mention.
An anchor therefore has as many words of its own paragraph as tell its mention from every other of the
same form, and a passage must be much like it, and the only one that is, to be taken for it.

Formulas and lines that hold nothing but a name cannot be told apart so. Their anchors reach into the
paragraphs before and after, and no word of them may have changed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from teiwright.naming.decisions.decision import BREAK, Anchor
from teiwright.naming.script import BARRIER, Script

_GAP = re.compile(rf"[\s{BARRIER}]+")
_WORD = re.compile(rf"\w+|{BARRIER}|[^\w\s]")
_IN_ANCHOR = re.compile(r"\w+|[^\w\s]")
_FEWEST, _MOST = 6, 42
"""How many words on either side an anchor has at least, if its paragraph has them, and at most."""
_ENOUGH = 8
"""With fewer words around it in its paragraph, a mention is told by the paragraphs beside it."""
_UNLIKE, _ALIKE = 0.5, 0.75
"""Of an anchor's words, how many another passage may have at most when the anchor is made,
and how many its own passage must have when it is looked for."""
_SHOWN = 160
"""So many characters on either side are shown to a person."""
_SLACK = 3
"""So many words may have been put between the name and the words of the anchor."""

_Words = Sequence[str]


@dataclass(frozen=True, slots=True)
class Passage:
    """One place where a form stands, in positions of the script."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Likeness:
    passage: Passage
    score: float


@dataclass(frozen=True)
class Passages:
    """A script in which forms and the words around them are looked up."""

    script: Script

    @cached_property
    def _words(self) -> tuple[tuple[str, int, int], ...]:
        return tuple((match[0], match.start(), match.end()) for match in _WORD.finditer(self.script.text))

    @cached_property
    def _starts(self) -> list[int]:
        return [start for _, start, _ in self._words]

    @cached_property
    def _ends(self) -> list[int]:
        return [end for _, _, end in self._words]

    def of(self, form: str) -> tuple[Passage, ...]:
        """Every place of a form, as whole words; any white space in it matches any other."""
        parts = form.split()
        if not parts:
            return ()
        expression = r"\s+".join(map(re.escape, parts))
        found = re.finditer(rf"(?<!\w){expression}(?!\w)", self.script.text)
        return tuple(Passage(match.start(), match.end()) for match in found)

    def anchor(self, start: int, end: int) -> Anchor:
        """The anchor of a mention."""
        quote = _GAP.sub(" ", self.script.text[start:end])
        own = Passage(start, end)
        others = [passage for passage in self.of(quote) if passage != own]
        for words in range(_FEWEST, _MOST + 1, _FEWEST):
            before, after = self._before(own, words), self._after(own, words)
            if len(before) + len(after) >= _ENOUGH and not self._beside(own, others, words):
                anchor = Anchor(quote, " ".join(before), " ".join(after))
                if all(_likeness(anchor, self, other) <= _UNLIKE for other in others):
                    return anchor
        before, after = self._across(own)
        same = [p for p in sorted((own, *others), key=lambda p: p.start) if self._across(p) == (before, after)]
        return Anchor(quote, " ".join(before), " ".join(after), same.index(own) + 1, len(same), whole=True)

    def _beside(self, own: Passage, others: Sequence[Passage], words: int) -> bool:
        """Whether another mention of the form is so near that it would have these words if this one were struck out."""
        at = bisect_left(self._starts, own.start)
        reach = words + _SLACK
        return any(abs(bisect_left(self._starts, other.start) - at) <= reach for other in others)

    def words_around(self, start: int, end: int) -> tuple[str, str]:
        """The text before and after a mention in its paragraph, for a person who decides on it."""
        before, after = self.script.text[:start].rpartition(BARRIER)[2], self.script.text[end:].partition(BARRIER)[0]
        if len(before) > _SHOWN:
            before = "…" + before[-_SHOWN:].partition(" ")[2]
        if len(after) > _SHOWN:
            after = after[:_SHOWN].rpartition(" ")[0] + "…"
        return _GAP.sub(" ", before), _GAP.sub(" ", after)

    def find(self, anchors: Sequence[Anchor]) -> list[Passage | None]:
        """The passage of each anchor, or ``None`` if none, or more than one, could be it."""
        passages = {quote: self.of(quote) for quote in {anchor.quote for anchor in anchors}}
        found = [self._find(anchor, passages) for anchor in anchors]
        claims: dict[Passage, set[tuple[float, Anchor]]] = {}
        for anchor, own in zip(anchors, found, strict=True):
            if own:
                claims.setdefault(own.passage, set()).add((own.score, anchor))
        return [own.passage if own and _best(own, claims[own.passage]) else None for own in found]

    def _find(self, anchor: Anchor, passages: Mapping[str, Sequence[Passage]]) -> _Likeness | None:
        if anchor.whole:
            words = _IN_ANCHOR.findall(anchor.before), _IN_ANCHOR.findall(anchor.after)
            same = [p for p in passages[anchor.quote] if self._across(p) == words]
            return _Likeness(same[anchor.nth - 1], 1.0) if len(same) == anchor.of else None
        scored = (_Likeness(p, _likeness(anchor, self, p)) for p in passages[anchor.quote])
        alike = [likeness for likeness in scored if likeness.score >= _ALIKE]
        return alike[0] if len(alike) == 1 else None

    def _before(self, passage: Passage, words: int) -> list[str]:
        """So many words before a passage, of its paragraph alone."""
        last = bisect_right(self._ends, passage.start)
        found = [word for word, _, _ in self._words[max(0, last - words) : last]]
        return found[len(found) - found[::-1].index(BARRIER) :] if BARRIER in found else found

    def _after(self, passage: Passage, words: int) -> list[str]:
        first = bisect_left(self._starts, passage.end)
        found = [word for word, _, _ in self._words[first : first + words]]
        return found[: found.index(BARRIER)] if BARRIER in found else found

    def _across(self, passage: Passage) -> tuple[list[str], list[str]]:
        """All the words around a passage that an anchor can have, whatever paragraph they are in."""
        last, first = bisect_right(self._ends, passage.start), bisect_left(self._starts, passage.end)
        around = self._words[max(0, last - _MOST) : last], self._words[first : first + _MOST]
        before, after = ([BREAK if word == BARRIER else word for word, _, _ in words] for words in around)
        return before, after


def _likeness(anchor: Anchor, passages: Passages, passage: Passage) -> float:
    """How many of the anchor's words stand in the passage's paragraph in the same order, from 0 to 1."""
    before, after = _IN_ANCHOR.findall(anchor.before), _IN_ANCHOR.findall(anchor.after)
    there_before = passages._before(passage, len(before) + _SLACK)
    there_after = passages._after(passage, len(after) + _SLACK)
    same = _common(before[::-1], there_before[::-1]) + _common(after, there_after)
    return same / (len(before) + len(after))


def _common(one: _Words, other: _Words) -> int:
    if one == other[: len(one)]:
        return len(one)
    if set(one).isdisjoint(other):
        return 0
    return sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())


def _best(own: _Likeness, claims: set[tuple[float, Anchor]]) -> bool:
    """Whether no other anchor claims the passage with as good a right. Two decisions on one mention may."""
    best = max(score for score, _ in claims)
    return own.score == best and len({anchor for score, anchor in claims if score == best}) == 1
