"""Lists in parts: the way from one part to the others, counts in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from teiwright.publishing.markup import NOTHING, Html, joined, link, text, way

Item = TypeVar("Item")


def in_parts(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of ``size``, the last one shorter."""
    source = iter(items)
    while part := list(islice(source, size)):
        yield part


def counted(number: int, one: str, many: str) -> str:
    """``1 mention``, ``1,204 mentions``."""
    return f"{number:,} {one if number == 1 else many}"


def letters(ways: Mapping[str, str], here: str = "") -> Html:
    """The way to each letter of an index; ``here`` is the one that is open."""
    items = [
        Html(f'<li><span aria-current="page">{text(letter)}</span></li>')
        if letter == here
        else Html(f"<li>{_way(to, letter)}</li>")
        for letter, to in ways.items()
    ]
    return Html(f'<nav aria-label="Letters"><ul class="letters">\n{joined(items)}\n</ul></nav>') if items else NOTHING


def _way(to: str, letter: str) -> Html:
    return link(to, text(letter)) if not to.startswith("#") else Html(f'<a href="{text(to)}">{text(letter)}</a>')


def turning(paths: Sequence[str], here: int) -> Html:
    """The way to the pages before and after, and to the first and the last."""
    if len(paths) < 2:
        return NOTHING
    ways = [("First", 0, here > 1), ("← Previous", here - 1, here > 0)]
    after = [("Next →", here + 1, here + 1 < len(paths)), ("Last", len(paths) - 1, here + 2 < len(paths))]
    before, behind = (
        [link(way(paths[here], paths[to]), words) for words, to, is_way in some if is_way] for some in (ways, after)
    )
    place = Html(f"<span>Page {here + 1:,} of {len(paths):,}</span>")
    return Html(f'<nav class="turn" aria-label="Pages">\n{joined([*before, place, *behind])}\n</nav>')
