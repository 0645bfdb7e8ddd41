"""All elements of TEI, whatever schema is at hand: a name that a schema does not have may be TEI all the same."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from teiwright.checking.nearness import distance

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_TELLING, _LONGEST = 4, 24


@lru_cache(maxsize=1)
def elements() -> Mapping[str, str]:
    """Names, each with its gloss, which may be empty (``tei_elements.tsv`` says from where)."""
    lines = (Path(__file__).parent / "tei_elements.tsv").read_text("utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines if not line.startswith("#"))
    return {name: gloss for name, _, gloss in pairs}


def but_not_here(name: str) -> str | None:
    """What to say of an element of TEI that a schema does not have; ``None`` if TEI does not have it either."""
    gloss = elements().get(name)
    if gloss is None:
        return None
    return f"`{name}`{f' ({gloss})' if gloss and gloss.lower() != name.lower() else ''} is TEI, but not in this schema"


def meant(name: str) -> str | None:
    """The element of TEI that a slip of the hand, and perhaps another case, turn into ``name``.

    Short names cannot be told apart.
    """
    if not _TELLING <= len(name) <= _LONGEST:
        return None
    index = _by_letters_left_out()
    likely = {each for part in _letters_left_out(name) for each in index.get(part, ())}
    near = [(apart, each) for each in likely if (apart := distance(name, each, 2)) < 2]
    return min(near)[1] if near else None


@lru_cache(maxsize=1)
def _by_letters_left_out() -> Mapping[str, list[str]]:
    """Two words that are one slip apart become the same when at most one letter of each is left out."""
    index: dict[str, list[str]] = {}
    for name in elements():
        for part in _letters_left_out(name):
            index.setdefault(part, []).append(name)
    return index


def _letters_left_out(name: str) -> set[str]:
    plain = name.lower()
    return {plain, *(plain[:at] + plain[at + 1 :] for at in range(len(plain)))}
