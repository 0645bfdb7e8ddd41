"""Names that the trained model sees, from the words around them and what else is known of the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from teiwright.model import Kind
from teiwright.naming.found import Found, Recogniser
from teiwright.naming.gazetteer import Gazetteer
from teiwright.naming.learned.features import Context
from teiwright.naming.learned.model import Model
from teiwright.naming.learned.tokens import Tokens, tokens_of
from teiwright.naming.script import Script
from teiwright.naming.words import GENERIC_AFTER

_HYPHENS = frozenset("-–")
_NOUN = re.compile(rf"\s+(?:{GENERIC_AFTER})\b")


def learned(model: Model, places: Gazetteer | None, by_rule: Iterable[Found]) -> Recogniser:
    """The recogniser for one model, which is told what the rules found and which names the gazetteer has."""

    def recognise(script: Script) -> Iterator[Found]:
        tokens = tokens_of(script.text)
        for tagged in model.tag(Context.of(script, tokens, by_rule, places)):
            start, end = tokens.starts[tagged.first], tokens.ends[tagged.last - 1]
            found = Found(start, end, tagged.kind, model.score(tagged.margin), "model", "by the words around it")
            for part in _parts(found, tokens, tagged.first, tagged.last, places):
                yield _with_noun(script.text, part)

    return recognise


def _with_noun(text: str, found: Found) -> Found:
    """A capitalised noun of geography makes a place of what it follows, a person's name included: ``Bering Strait``."""
    noun = _NOUN.match(text, found.end)
    return replace(found, end=noun.end(), kind=Kind.PLACE) if noun else found


def _parts(found: Found, tokens: Tokens, first: int, last: int, places: Gazetteer | None) -> Iterator[Found]:
    """The places that hyphens join, ``Berlin-Prague``, one by one if the gazetteer has each."""
    joints = [at for at in range(first, last) if tokens.words[at] in _HYPHENS]
    if found.kind is Kind.PERSON or not joints or places is None:
        yield found
        return
    edges = [first - 1, *joints, last]
    parts = [(a + 1, b) for a, b in pairwise(edges)]
    if all(tokens.words[a:b] in places for a, b in parts):
        yield from (replace(found, start=tokens.starts[a], end=tokens.ends[b - 1]) for a, b in parts)
    else:
        yield found
