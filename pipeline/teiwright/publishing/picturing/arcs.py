"""Correspondents one below the other, and lines between those who wrote to each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from teiwright.publishing.markup import Html, joined, text
from teiwright.publishing.paging import counted
from teiwright.publishing.picturing.svg import TARGET, WIDTH, box, linked, number, picture, words

_SHOWN = 40
"""So many correspondents are in the picture."""

_ROW = 26
_REACH = 230
_ROUND = 0.42
"""How far a line reaches out, for each unit that it reaches down."""

_LABEL = 50


@dataclass(frozen=True, slots=True)
class Ties:
    """Letters from one to another; how each correspondent is called, and the page of some."""

    letters: Mapping[tuple[str, str], int]
    names: Mapping[str, str]
    pages: Mapping[str, str]

    def both_ways(self) -> Counter[tuple[str, str]]:
        """Letters between two; the smaller key first."""
        between = Counter[tuple[str, str]]()
        for (one, other), count in self.letters.items():
            between[min(one, other), max(one, other)] += count
        return between


def arcs(ties: Ties) -> Html:
    """The picture of those between whom the most letters went."""
    between = ties.both_ways()
    totals = _totals(between)
    ordered = _ordered(between, totals)
    rows = {one: (index + 1) * _ROW for index, one in enumerate(ordered)}
    axis = int(min(_REACH, 30 + len(ordered) * _ROW * _ROUND)) + 10
    shapes = [*_lines(ties, between, rows, axis), *_nodes(ties, totals, rows, axis)]
    left_out = len(totals) - len(ordered)
    shown = f"{len(ordered)} between whom the most letters went are shown, {left_out:,} others are not. "
    said = "Lines join those who wrote to each other; the thicker a line, the more letters. "
    said += (shown if left_out else "") + "The table below has the same in words."
    return picture((len(ordered) + 1) * _ROW, "Who wrote to whom", said, shapes)


def _totals(between: Counter[tuple[str, str]]) -> Counter[str]:
    totals = Counter[str]()
    for (one, other), count in between.items():
        totals.update({one: count, other: count})
    return totals


def _ordered(between: Counter[tuple[str, str]], totals: Counter[str]) -> list[str]:
    """Those of the strongest ties; each stands near those to whom it is tied most."""
    near: defaultdict[str, Counter[str]] = defaultdict(Counter)
    chosen: set[str] = set()
    for pair in sorted(between, key=lambda pair: (-between[pair], pair)):
        near[pair[0]][pair[1]] = near[pair[1]][pair[0]] = between[pair]
        if len(chosen.union(pair)) <= _SHOWN:
            chosen.update(pair)
    ordered: list[str] = []
    drawn = Counter[str]()
    while len(ordered) < len(chosen):
        following = min(chosen.difference(ordered), key=lambda one: (-drawn[one], -totals[one], one))
        ordered.append(following)
        drawn.update(near[following])
    return ordered


def _lines(ties: Ties, between: Counter[tuple[str, str]], rows: Mapping[str, int], axis: int) -> Iterator[Html]:
    shown = {pair: count for pair, count in sorted(between.items()) if pair[0] in rows and pair[1] in rows}
    for pair, count in shown.items():
        top, bottom = sorted(rows[one] for one in pair)
        reach = min(axis - 10, 16 + (bottom - top) * _ROUND)
        width = number(1 + 6 * (count / max(shown.values())) ** 0.5)
        line = f"M{axis} {top}A{number(reach)} {number((bottom - top) / 2)} 0 0 0 {axis} {bottom}"
        said = "; ".join(
            f"{ties.names[one]} to {ties.names[other]}: {counted(ties.letters[one, other], 'letter', 'letters')}"
            for one, other in (pair, pair[::-1])
            if (one, other) in ties.letters
        )
        yield Html(f'<path d="{line}" class="arc" stroke-width="{width}"><title>{text(said)}</title></path>')


def _nodes(ties: Ties, totals: Counter[str], rows: Mapping[str, int], axis: int) -> Iterator[Html]:
    most = max(totals[one] for one in rows)
    for one, y in rows.items():
        name, radius = ties.names[one], number(3 + 7 * (totals[one] / most) ** 0.5)
        short = name if len(name) <= _LABEL else f"{name[: _LABEL - 2]} \u2026"
        circle = Html(f'<circle cx="{axis}" cy="{y}" r="{radius}" class="mark"/>')
        shapes = joined([circle, words(axis + 18, y + 4, short)])
        if one in ties.pages:
            ground = box(axis - 12, y - TARGET / 2, WIDTH - axis, TARGET, "ground")
            said = f"{name}, {counted(totals[one], 'letter', 'letters')}"
            yield linked(ties.pages[one], said, joined([ground, shapes]))
        else:
            yield Html(f"<g><title>{text(name)}</title>{shapes}</g>")
