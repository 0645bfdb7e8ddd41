"""Places by their names in the gazetteer, for want of a model: only names that are hardly ever anything else."""

from __future__ import annotations

from collections.abc import Iterator

from teiwright.naming.found import Found, Recogniser
from teiwright.naming.gazetteer import Gazetteer
from teiwright.naming.learned.tokens import tokens_of
from teiwright.naming.recognisers.known import extended
from teiwright.naming.script import Script
from teiwright.naming.words import COMMON_WORDS, NOT_IN_NAMES, word_set

_PLACE_BEFORE = word_set("in at from to near of via outside toward towards reached left visited")
_SURE = frozenset({"state", "region", "sea", "river", "strait", "island"})


def listed(places: Gazetteer) -> Recogniser:
    """The recogniser for one gazetteer."""

    def recognise(script: Script) -> Iterator[Found]:
        tokens = tokens_of(script.text)
        words = tokens.words
        for first, last, kind in places.search(words):
            word, before = words[first], words[first - 1] if first else ""
            alone = last - first == 1
            if alone and (word.lower() in COMMON_WORDS or word in NOT_IN_NAMES or _in_a_name(words, first, last)):
                continue
            doubtful = alone and (kind not in _SURE or word.lower() in script.lowercase_words) and not word.isupper()
            if doubtful and before not in _PLACE_BEFORE:
                continue
            found = extended(script.text, tokens.starts[first], tokens.ends[last - 1])
            yield Found(found.start, found.end, found.kind, 0.96, "gazetteer", "a name of the gazetteer")

    return recognise


def _in_a_name(words: tuple[str, ...], first: int, last: int) -> bool:
    """Whether another capitalised word stands right beside it: ``Jackson Smith``, ``J. Washington``."""
    before, after = words[first - 1] if first else "", words[last] if last < len(words) else ""
    return (before[:1].isupper() and before not in NOT_IN_NAMES) or (after[:1].isupper() and after not in NOT_IN_NAMES)
