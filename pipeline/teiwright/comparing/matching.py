"""The heaviest common subsequence of two short stretches: words, signs, and the edition's marks."""

from __future__ import annotations

from dataclasses import dataclass

from teiwright.comparing.edition_text import Mark
from teiwright.comparing.walking import Cursor, Eaten, Pair

_MARK_WEIGHT = 3
"""Less than that of any word but the shortest: a mark beside a word is moved sooner than the word."""


@dataclass(frozen=True, slots=True)
class Item:
    """A word, a sign, or (with a length of nothing) a mark of the edition, by its number in the stream."""

    start: int
    end: int
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Item ``mine`` of the edition is the source's items from ``theirs`` to ``theirs_end``."""

    mine: int
    theirs: int
    theirs_end: int

    def eaten(self, mark: Mark, theirs: list[Item]) -> Eaten:
        """The ink that the mark stands for."""
        return Eaten(mark, theirs[self.theirs].start, theirs[self.theirs_end - 1].end)


def best_matching(pair: Pair, mine: list[Item], theirs: list[Item]) -> list[Match]:
    """Dynamic programming over all pairs, from the end; long words and equal gaps weigh more."""
    lengths = _lengths(pair, mine, theirs)
    width = len(theirs) + 1
    scores = [[0] * width for _ in range(len(mine) + 1)]
    for i in range(len(mine) - 1, -1, -1):
        row, below = scores[i], scores[i + 1]
        for j in range(len(theirs) - 1, -1, -1):
            best = below[j] if below[j] >= row[j + 1] else row[j + 1]
            found = lengths.get((i, j))
            if found is not None and found[1] + below[j + found[0]] > best:
                best = found[1] + below[j + found[0]]
            row[j] = best
    return _traced(scores, lengths, len(mine), len(theirs))


def _traced(
    scores: list[list[int]], lengths: dict[tuple[int, int], tuple[int, int]], rows: int, columns: int
) -> list[Match]:
    matches: list[Match] = []
    i = j = 0
    while i < rows and j < columns:
        found = lengths.get((i, j))
        if found is not None and scores[i][j] == found[1] + scores[i + 1][j + found[0]]:
            matches.append(Match(i, j, j + found[0]))
            i, j = i + 1, j + found[0]
        elif scores[i + 1][j] >= scores[i][j + 1]:
            i += 1
        else:
            j += 1
    return matches


def _lengths(pair: Pair, mine: list[Item], theirs: list[Item]) -> dict[tuple[int, int], tuple[int, int]]:
    """For each pair that matches: how many items of the source, and the weight."""
    text, ink = pair.stream.ink, pair.ink
    by_word: dict[str, list[int]] = {}
    by_end = {item.end: j + 1 for j, item in enumerate(theirs)}
    for j, item in enumerate(theirs):
        by_word.setdefault(ink.text[item.start : item.end], []).append(j)
    lengths: dict[tuple[int, int], tuple[int, int]] = {}
    for i, item in enumerate(mine):
        if item.mark is not None:
            for j, other in enumerate(theirs):
                after = pair.eat(Cursor(item.start, item.mark, other.start))
                end = by_end.get(after.source) if after is not None else None
                if end is not None and end > j:
                    lengths[i, j] = (end - j, _MARK_WEIGHT)
            continue
        word = text.text[item.start : item.end]
        for j in by_word.get(word, ()):
            same_gap = text.gaps[item.start] == ink.gaps[theirs[j].start]
            lengths[i, j] = (1, 2 * len(word) + same_gap)
    return lengths
