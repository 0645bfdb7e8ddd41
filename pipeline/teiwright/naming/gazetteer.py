"""Names of places that the program brings along: the modern world, and what it was called from 1850 to 1990.

``historical-places.tsv`` is our own list, for any collection; ``modern-places.tsv`` is made from GeoNames (CC BY 4.0).
They say that a name can be a place's, never which place is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

_DATA = "teiwright.naming.data"


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names by their first word; each with its further words and its kind, the longest first."""

    by_first: dict[str, tuple[tuple[tuple[str, ...], str], ...]]

    @classmethod
    def of(cls, names: Iterable[tuple[str, str]]) -> Gazetteer:
        """From (name, kind) pairs; of two kinds of one name the first counts."""
        found: dict[str, dict[tuple[str, ...], str]] = {}
        for name, kind in names:
            first, *rest = split(name)
            found.setdefault(first, {}).setdefault(tuple(rest), kind)
        return cls(
            {first: tuple(sorted(rests.items(), key=lambda item: -len(item[0]))) for first, rests in found.items()}
        )

    def __contains__(self, words: tuple[str, ...]) -> bool:
        """Whether a name has just these words."""
        return self.kind(words) is not None

    def kind(self, words: tuple[str, ...]) -> str | None:
        """What the name of just these words is a name of."""
        rests = self.by_first.get(words[0], ()) if words else ()
        return next((kind for rest, kind in rests if rest == words[1:]), None)

    def search(self, words: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
        """The longest names in a sequence of words from left to right: first and last+1 word, and kind."""
        at, get = 0, self.by_first.get
        for position, word in enumerate(words):
            if position < at or not word[0].isupper():
                continue
            rests = get(word, ())
            if not rests and word.isupper():
                rests = tuple(r for r in get(word.title(), ()) if r[0] or len(word) >= _SHOUTED)
            for rest, kind in rests:
                end = position + 1 + len(rest)
                if _same(words[position + 1 : end], rest):
                    at = end
                    yield position, end, kind
                    break


_SHOUTED = 4
"""Words of so many capitals may be written like that in a heading; shorter ones are abbreviations."""


def _same(words: tuple[str, ...], rest: tuple[str, ...]) -> bool:
    if words == rest or not rest:
        return words == rest
    return len(words) == len(rest) and words[0].title() == rest[0] and [w.title() for w in words] == list(rest)


@cache
def gazetteer() -> Gazetteer:
    """What is packaged, read once."""
    return Gazetteer.of((*historical(), *modern()))


def historical() -> list[tuple[str, str]]:
    """Names of our own list with their kinds."""
    return [(row[0], row[1]) for row in _rows("historical-places.tsv")]


def modern() -> list[tuple[str, str]]:
    """Names from GeoNames: states, and towns by their size."""
    return [(row[0], row[1]) for row in _rows("modern-places.tsv")]


def split(name: str) -> list[str]:
    """A name as the tagger's tokens."""
    from teiwright.naming.learned.tokens import tokens_of  # noqa: PLC0415 (they need each other's words)

    return [name] if name.isalpha() else list(tokens_of(name).words)


def _rows(file: str) -> list[list[str]]:
    text = resources.files(_DATA).joinpath(file).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()[1:]]
