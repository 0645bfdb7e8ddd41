"""From where the direct walk stops to where it can go on, and what differs between the two places.

The way back is searched near first (a word lost, added or changed), then by stretches of text that both
sides have, in windows that grow tenfold; so the work grows with the size of the difference, not of the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from teiwright.comparing.edition_text import Sign, Stream
from teiwright.comparing.matching import Item, best_matching
from teiwright.comparing.sliding import Difference, slid
from teiwright.comparing.squeezed import Squeezed
from teiwright.comparing.walking import Cursor, Pair, Trail, Unequal
from teiwright.model import Span

_SURE = 20
"""So many characters in a row that agree are no accident."""
_NEAR = 48
_SHINGLE = 24
_WINDOWS = (400, 4_000, 40_000)
_LARGEST_MATRIX = 400_000


@dataclass(frozen=True, slots=True)
class Alignment:
    """All that differs between a stream and the part of the source in which it was looked for."""

    pair: Pair
    differences: tuple[Difference, ...]
    trail: Trail


def align(pair: Pair) -> Alignment:
    """Walk through both to their ends."""
    trail = Trail()
    differences: list[Difference] = []
    at = Cursor()
    text, ink = pair.stream.ink.text, pair.ink.text
    while True:
        at, agreed = pair.walk(at, trail)
        if not agreed and _is_unclosed(pair, at):
            differences.append(_unopened(trail))
            at = replace(at, styles=(*at.styles[:-1], ""))
            continue
        if agreed and at.source >= len(ink):
            return Alignment(pair, tuple(differences), trail)
        if agreed and at.edition >= len(text):
            differences.append(Difference(Span(len(text), len(text)), Span(at.source, len(ink))))
            return Alignment(pair, tuple(differences), trail)
        start = _back_to_word(pair, _back_over_signs(pair, at, trail))
        end = _way_back(pair, start)
        differences.extend(_between(pair, start, end, trail))
        at = end


def _is_unclosed(pair: Pair, at: Cursor) -> bool:
    """Whether the walk stopped where a sign of emphasis should close and does not."""
    marks = pair.stream.marks
    at_close = at.mark < len(marks) and marks[at.mark].sign is Sign.STYLE_CLOSE
    return at_close and bool(at.styles and at.styles[-1])


def _unopened(trail: Trail) -> Difference:
    """What was taken for the sign that opens emphasis is ink that the edition lacks."""
    last = max(i for i, eaten in enumerate(trail.eaten) if eaten.mark.sign is Sign.STYLE_OPEN)
    sign = trail.eaten.pop(last)
    return Difference(Span(sign.mark.at, sign.mark.at), Span(sign.start, sign.end))


def _back_over_signs(pair: Pair, at: Cursor, trail: Trail) -> Cursor:
    """Before signs such as ``~~`` that may be there, and were not: they may stand behind what is lost."""
    marks, mark = pair.stream.marks, at.mark
    eaten = trail.eaten[-1].mark if trail.eaten else None
    while mark and marks[mark - 1].at == at.edition and not marks[mark - 1].required:
        if marks[mark - 1] is eaten:
            break
        mark -= 1
    return Cursor(at.edition, mark, at.source)


def _back_to_word(pair: Pair, at: Cursor) -> Cursor:
    """The beginning of the word in which the walk stopped, but not over a mark."""
    mine, theirs = pair.stream.ink, pair.ink
    floor = pair.stream.marks[at.mark - 1].at if at.mark else 0
    back = 0
    while (
        at.edition - back > floor
        and at.source - back > 0
        and not (at.edition - back < len(mine.text) and mine.gaps[at.edition - back])
        and mine.text[at.edition - back - 1] == theirs.text[at.source - back - 1]
    ):
        back += 1
    return Cursor(at.edition - back, at.mark, at.source - back)


def _way_back(pair: Pair, start: Cursor) -> Cursor:
    """The nearest place from where both agree again; the two ends if there is none."""
    near = _near(pair, start)
    if near is not None:
        return near
    for size in (*_WINDOWS, max(len(pair.stream.ink.text), len(pair.ink.text))):
        far = _far(pair, start, size)
        if far is not None:
            return far
    return Cursor(len(pair.stream.ink.text), len(pair.stream.marks), len(pair.ink.text))


def _agrees(pair: Pair, at: Cursor) -> bool:
    after, agreed = pair.walk(at, until=at.edition + _SURE)
    if after.edition >= at.edition + _SURE:
        return True
    return agreed and after.edition >= len(pair.stream.ink.text) and after.source >= len(pair.ink.text)


def _near(pair: Pair, start: Cursor) -> Cursor | None:
    """Search by growing distance, counted in words, signs and marks of both sides together."""
    mine = list(_edition_steps(pair.stream, start))
    theirs = list(_steps(pair.ink, start.source, _NEAR))
    text, ink = pair.stream.ink.text, pair.ink.text
    marks = pair.stream.marks
    for distance in range(1, len(mine) + len(theirs) - 1):
        for i in range(max(0, distance - len(theirs) + 1), min(distance, len(mine) - 1) + 1):
            (edition, mark), source = mine[i], theirs[distance - i]
            before_mark = mark < len(marks) and marks[mark].at <= edition
            if not before_mark and text[edition : edition + 2] != ink[source : source + 2]:
                continue
            at = Cursor(edition, mark, source)
            if _agrees(pair, at):
                return at
    return None


def _edition_steps(stream: Stream, start: Cursor) -> Iterator[tuple[int, int]]:
    mark = start.mark
    for edition in _steps(stream.ink, start.edition, _NEAR):
        while mark < len(stream.marks) and stream.marks[mark].at < edition:
            mark += 1
        yield edition, mark
        while mark < len(stream.marks) and stream.marks[mark].at == edition:
            mark += 1
            yield edition, mark


def _steps(ink: Squeezed, start: int, count: int) -> Iterator[int]:
    """The beginnings of words, figures and signs from ``start`` on, and the end if it comes soon enough."""
    text, gaps = ink.text, ink.gaps
    index = start
    for _ in range(count):
        yield index
        if index >= len(text):
            return
        letters = text[index].isalpha()
        index += 1
        while letters and index < len(text) and text[index].isalpha() and not gaps[index]:
            index += 1


def _far(pair: Pair, start: Cursor, size: int) -> Cursor | None:
    """The first stretch of ink that both sides have within the next ``size`` characters."""
    text, ink = pair.stream.ink.text, pair.ink.text
    places: dict[str, int] = {}
    for i in _steps(pair.stream.ink, start.edition, size):
        if i - start.edition > size:
            break
        places.setdefault(text[i : i + _SHINGLE], i)
    best: tuple[int, Cursor] | None = None
    for j in _steps(pair.ink, start.source, size):
        travelled = j - start.source
        if travelled > size or (best is not None and travelled >= best[0]):
            break
        found = places.get(ink[j : j + _SHINGLE])
        if found is None or (found == start.edition and j == start.source):
            continue
        distance = found - start.edition + travelled
        if best is None or distance < best[0]:
            at = Cursor(found, _mark_behind(pair.stream, start, found), j)
            if _agrees(pair, at):
                best = (distance, at)
    return None if best is None else best[1]


def _mark_behind(stream: Stream, start: Cursor, edition: int) -> int:
    mark = start.mark
    while mark < len(stream.marks) and stream.marks[mark].at <= edition:
        mark += 1
    return mark


def _between(pair: Pair, start: Cursor, end: Cursor, trail: Trail) -> Iterator[Difference]:
    """What differs between two cursors: as little as possible where that can be found out in bounded time."""
    mine = list(_edition_items(pair.stream, start, end))
    theirs = [Item(i, j) for i, j in _pieces(pair.ink, start.source, end.source)]
    if not mine or not theirs or len(mine) * len(theirs) > _LARGEST_MATRIX:
        if mine or theirs:
            found = _difference(pair, mine, Span(start.edition, end.edition), Span(start.source, end.source))
            yield slid(pair, found)
        return
    at = (0, 0, start.edition, start.source)
    for match in [*best_matching(pair, mine, theirs), None]:
        i, j, edition, source = at
        next_i, next_j = (match.mine, match.theirs) if match else (len(mine), len(theirs))
        if next_i > i or next_j > j:
            stop = mine[next_i].start if next_i < len(mine) else end.edition
            until = theirs[next_j].start if next_j < len(theirs) else end.source
            found = _difference(pair, mine[i:next_i], Span(edition, max(edition, stop)), Span(source, until))
            yield slid(pair, found)
        if match is None:
            return
        mark = mine[next_i].mark
        until = theirs[match.theirs_end - 1].end
        if mark is not None:
            trail.eaten.append(match.eaten(pair.stream.marks[mark], theirs))
        elif next_i == i and next_j == j and edition > start.edition:
            trail.unequal.extend(_gap(pair, mine[next_i].start, theirs[next_j].start))
        at = (next_i + 1, match.theirs_end, mine[next_i].end, until)


def _gap(pair: Pair, edition: int, source: int) -> Iterator[Unequal]:
    mine, theirs = pair.stream.ink, pair.ink
    if mine.gaps[edition] != theirs.gaps[source] and edition not in mine.free and source not in theirs.free:
        yield Unequal(edition, source, joined=not mine.gaps[edition])


def _difference(pair: Pair, items: list[Item], edition: Span, source: Span) -> Difference:
    marks = tuple(pair.stream.marks[item.mark] for item in items if item.mark is not None)
    return Difference(edition, source, marks)


def _pieces(ink: Squeezed, start: int, end: int) -> Iterator[tuple[int, int]]:
    before = start
    for index in _steps(ink, start, end - start + 1):
        if index > before:
            yield before, min(index, end)
        if index >= end:
            return
        before = index


def _edition_items(stream: Stream, start: Cursor, end: Cursor) -> Iterator[Item]:
    mark = start.mark
    for i, j in _pieces(stream.ink, start.edition, end.edition):
        begin = i
        while mark < end.mark and stream.marks[mark].at < j:
            at = stream.marks[mark].at
            if at > begin:
                yield Item(begin, at)
                begin = at
            yield Item(at, at, mark)
            mark += 1
        yield Item(begin, j)
    for number in range(mark, end.mark):
        yield Item(stream.marks[number].at, stream.marks[number].at, number)
