"""What stands at the edges of pages that form feeds part: running heads and feet, and the numbers of the pages.

Programs that take the text out of a PDF leave these lines between the halves of a sentence. They are known by how books
are printed, not by their words: a page's number is by one more than that of the page before, and a running head is the
same on neighbouring pages, or on the left ones and on the right ones (Chicago Manual of Style, 1.6 to 1.16).
Nothing of the text stands above a number at the head of a page, nor below one at its foot.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from teiwright.model import FORM_FEED, Convention, Habit, PageBreak, Reason, Span
from teiwright.parsing.lines import Mark
from teiwright.parsing.roman import value_of
from teiwright.parsing.wording import counted

_DEEPEST = 4
"""How many lines at an edge are looked at: two numbers, a head, a rule between them."""
_LONGEST = 120
_LINE = re.compile(r"[^\s␌](?:[^\n␌]*[^\s␌])?")
_WITHIN_LINE = re.compile("[^\\s␌][ \\t\\r]*␌[ \\t␌]*[^\\s␌]")
_ALONE = re.compile(r"[-–—]?\s*(?P<n>\d{1,4}|[ivxlc]{1,7})\s*[-–—]?")
_NAMED = re.compile(
    r"(?:Page|page|PAGE|Seite|[pS]\.)\s*(?P<n>\d{1,4})(?:\s*(?:of|von|/)\s*\d{1,4})?|(?P<m>\d{1,4})/\d{1,4}"
)
_OUTSIDE = re.compile(r"(?P<n>\d{1,4})\s+\D.*|.*\D\s(?P<m>\d{1,4})|.*\s{2,}(?P<r>[ivxlc]{1,7})")
_BESIDE = re.compile(r"\[\d{1,4}\]|[|_–—-]+")
"""A number at the margin that tells the pages of another edition, or a line that is drawn."""
_NO_LETTER = re.compile(r"[\W\d_]+")
_FEWEST = 3
_FEWEST_LETTERS = 3
_NEAR = 2

Edge = Literal["top", "foot"]
_EDGES: tuple[Edge, Edge] = ("top", "foot")


class EdgeLine(NamedTuple):
    """A line at the edge of a page. ``begins`` is the number of a page that nothing else than this line begins."""

    kind: str
    begins: str | None = None


@dataclass(frozen=True, slots=True)
class Edges:
    """The lines at the edges of all pages, by where they end; the numbers of the pages; what stands between."""

    lines: Mapping[int, EdgeLine]
    numbers: Mapping[int, str]
    """By where the sign stands that begins the page; 0 for the first one."""
    pages: tuple[Span, ...] = ()
    apart: tuple[Span, ...] = ()
    """The ranges of the lines: nothing in them calls a note."""


NONE = Edges({}, {})


class _Page(NamedTuple):
    """A page by where it begins, with its lines."""

    start: int
    lines: tuple[Span, ...]

    def at(self, edge: Edge) -> tuple[Span, ...]:
        """The lines at an edge, from the outermost; of a page of few lines the upper half or the lower one."""
        upper = (len(self.lines) + 1) // 2
        return self.lines[: min(upper, _DEEPEST)] if edge == "top" else self.lines[: upper - 1 : -1][:_DEEPEST]


class _Number(NamedTuple):
    """What may be the number of a page: on which one it stands, at which edge, as which line of it."""

    page: int
    edge: Edge
    depth: int
    printed: str
    alone: bool


class _Recurring(NamedTuple):
    """What recurs at the edges of pages: numbers, lines by page, edge and depth, numbers in brackets."""

    numbers: Mapping[int, _Number]
    repeated: Set[tuple[int, Edge, int]]
    has_margin: bool


def find(text: str) -> Edges:
    """The edges of the pages of a text; none if no form feed parts any, or one stands behind words of its line."""
    pages = list(_pages(text)) if FORM_FEED in text and not _WITHIN_LINE.search(text) else []
    if sum(bool(page.lines) for page in pages) < len(_EDGES):
        return NONE
    numbers = _numbers(text, pages)
    known = _Recurring(numbers, _repeated(text, pages, numbers), _has_margin(text, pages, numbers))
    lines: dict[int, EdgeLine] = {}
    between: list[Span] = []
    apart: list[Span] = []
    for index, page in enumerate(pages):
        above, below = (_edge(text, index, page.at(edge), edge, known) for edge in _EDGES)
        lines |= {line.end: EdgeLine(_kind(text, line, "header")) for line in above}
        lines |= {line.end: EdgeLine(_kind(text, line, "footer")) for line in below}
        apart += (*above, *below)
        if inner := page.lines[len(above) : len(page.lines) - len(below)]:
            between.append(Span(inner[0].start, inner[-1].end))
    begun = {max(pages[index].start - 1, 0): number.printed for index, number in numbers.items()}
    return Edges(lines, begun, tuple(between), tuple(apart)) if lines else NONE


def _pages(text: str) -> Iterator[_Page]:
    start = 0
    for page in text.split(FORM_FEED):
        end = start + len(page)
        yield _Page(start, tuple([Span(*line.span()) for line in _LINE.finditer(text, start, end)]))
        start = end + 1


def _numbers(text: str, pages: Sequence[_Page]) -> dict[int, _Number]:
    """The numbers of the pages: those that count on with them.

    The page on which a chapter begins may have its number at the foot, where the others have it at the head.
    """
    groups: dict[tuple[bool, int], list[_Number]] = defaultdict(list)
    for number in _possible_numbers(text, pages):
        arabic = number.printed.isdecimal()
        value = int(number.printed) if arabic else value_of(number.printed)
        groups[arabic, value - number.page].append(number)
    found: dict[int, _Number] = {}
    filled = [index for index, page in enumerate(pages) if page.lines]
    for group in sorted(groups.values(), key=len, reverse=True):
        at_edge = [[number for number in group if number.edge == edge] for edge in _EDGES]
        usual = max(at_edge, key=len)
        if _count_on(usual, filled):
            for number in (*usual, *(number for number in group if number.alone)):
                found.setdefault(number.page, number)
    return found


def _possible_numbers(text: str, pages: Sequence[_Page]) -> Iterator[_Number]:
    for index, page in enumerate(pages):
        for edge in _EDGES:
            for depth, line in enumerate(page.at(edge)):
                words = line.of(text)
                if len(words) > _LONGEST:
                    continue
                alone = _ALONE.fullmatch(words) or _NAMED.fullmatch(words)
                if match := alone or _OUTSIDE.fullmatch(words):
                    printed = next(number for number in match.groups() if number)
                    yield _Number(index, edge, depth, printed, alone is not None)


def _count_on(group: Sequence[_Number], filled: Sequence[int]) -> bool:
    """Whether most pages from the first to the last have their number; of few, all after the first, in a line alone."""
    pages = sorted({number.page for number in group})
    if len(pages) >= _FEWEST:
        return 2 * len(pages) > pages[-1] - pages[0]
    return set(pages) >= set(filled[1:]) and all(number.alone and number.depth == 0 for number in group)


def _repeated(text: str, pages: Sequence[_Page], numbers: Mapping[int, _Number]) -> Set[tuple[int, Edge, int]]:
    """Which lines, by page, edge and depth, stand at the same edge of pages nearby, whatever their figures.

    The first page of a text has its title there, and a running head only beside its number.
    """
    places: dict[tuple[Edge, str], list[tuple[int, int]]] = defaultdict(list)
    for index, page in enumerate(pages):
        for edge in _EDGES:
            for depth, line in enumerate(page.at(edge)):
                words = _NO_LETTER.sub(" ", line.of(text)).strip().casefold()
                if len(words) >= _FEWEST_LETTERS and len(line) <= _LONGEST:
                    places[edge, words].append((index, depth))
    filled = {index for index, page in enumerate(pages) if page.lines}
    found: set[tuple[int, Edge, int]] = set()
    for (edge, _), lines in places.items():
        for run in _neighbours(lines):
            on = {page for page, _ in run}
            pair = len(on) == len(_EDGES) and all(_has_number(numbers, page, edge) for page in on)
            if pair or len(on) >= _FEWEST or on == filled:
                found |= {(page, edge, depth) for page, depth in run if page or _has_number(numbers, page, edge)}
    return found


def _has_number(numbers: Mapping[int, _Number], page: int, edge: Edge) -> bool:
    return page in numbers and numbers[page].edge == edge


def _neighbours(lines: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Runs of lines on pages that follow each other, or are all left ones or all right ones."""
    run = [lines[0]]
    for before, line in pairwise(lines):
        if line[0] - before[0] > _NEAR:
            yield run
            run = []
        run.append(line)
    yield run


def _has_margin(text: str, pages: Sequence[_Page], numbers: Mapping[int, _Number]) -> bool:
    """Whether numbers in brackets, alone in their lines at the edges of numbered pages, mostly go up: in the margin."""
    lines = [words for page in pages for line in _at_edges(page) if (words := line.of(text))[0] == "["]
    found = [int(words[1:-1]) for words in lines if _BESIDE.fullmatch(words)]
    rising = sum(one < other for one, other in pairwise(found))
    return bool(numbers) and 4 * rising >= 3 * (len(found) - 1)


def _at_edges(page: _Page) -> Sequence[Span]:
    return (*page.at("top"), *reversed(page.at("foot")))


def _edge(text: str, index: int, lines: Sequence[Span], edge: Edge, known: _Recurring) -> Sequence[Span]:
    """Of the lines at an edge, from the outermost, those that are no text."""
    depth = known.numbers[index].depth + 1 if _has_number(known.numbers, index, edge) else 0
    while True:
        inner = depth
        while inner < len(lines) and _BESIDE.fullmatch(words := lines[inner].of(text)):
            inner += 1
            depth = inner if known.has_margin and words[0] in "[|" else depth
        if (index, edge, inner) not in known.repeated:
            return lines[: inner if depth else 0]
        depth = inner + 1


def _kind(text: str, line: Span, otherwise: str) -> str:
    """What ``fw/@type`` says of a line."""
    words = line.of(text)
    return "pageNum" if _ALONE.fullmatch(words) or _NAMED.fullmatch(words) or words[0] == "[" else otherwise


def set_apart(edges: Edges) -> list[Mark]:
    """The edges as marks, for what is not to be looked for in them."""
    return [Mark(span, Reason.LAYOUT) for span in edges.apart]


def number(marks: Sequence[Mark], edges: Edges) -> tuple[list[Mark], Edges]:
    """The marks of pages with the numbers that the edges of the pages tell, and the edges.

    Numbers of marks are those of the original's pages; what stands at the edges then counts those of a later print.
    """
    if any(isinstance(mark.leaf, PageBreak) and mark.leaf.n for mark in marks):
        return [*marks], replace(edges, numbers={})
    numbered = [
        mark._replace(leaf=replace(mark.leaf, n=edges.numbers.get(mark.span.start)))
        if isinstance(mark.leaf, PageBreak)
        else mark
        for mark in marks
    ]
    return numbered, edges


def convention(lines: Mapping[int, EdgeLine]) -> Convention:
    """Whether running heads and page numbers stand between the pages of the text."""
    return _convention(len(lines))


@lru_cache
def _convention(count: int) -> Convention:
    return Convention(
        Habit.RUNNING_HEADS.value, count > 0, float(count > 0), f"{counted(count, 'line')} at the edges of pages"
    )
