"""What a difference is to a reader: a lost word, a mark without a note, a note that the edition lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from teiwright.comparing.aligning import Alignment
from teiwright.comparing.edition_text import Mark, Sign
from teiwright.comparing.marks import ANY_CALLOUT, ANY_PAGE, LABEL, NOTE_SIGNS, RAISED_SIGNS, bare
from teiwright.comparing.sliding import Difference, is_edge
from teiwright.comparing.squeezed import Squeezed
from teiwright.comparing.walking import Pair
from teiwright.diagnostics import Code
from teiwright.model import Span


@dataclass(frozen=True, slots=True)
class Event:
    """Something lost, added or changed. ``source`` and ``edition`` are spans of ink of ``pair``.

    ``theirs`` and ``ours`` are what the source and the edition have there; ``None`` is nothing.
    """

    code: Code
    pair: Pair
    source: Span
    edition: Span
    theirs: str | None = None
    ours: str | None = None
    mark: Mark | None = None


_CHANGES = frozenset({Code.WORD_CHANGED, Code.CHARACTER_CHANGED})


def events(alignment: Alignment, *, lost_marks: frozenset[str] = frozenset()) -> Iterator[Event]:
    """All that an alignment found, in the order of the edition."""
    beside = {d.source.end for d in alignment.differences} | {d.source.start for d in alignment.differences}
    pair = alignment.pair
    edges = frozenset(i for eaten in alignment.trail.eaten for i in (eaten.start, eaten.end))
    readings = (_Reading(pair, difference, lost_marks, edges) for difference in alignment.differences)
    yield from _merged(event for reading in readings for event in reading.events())
    for unequal in alignment.trail.unequal:
        if unequal.source in beside:
            continue
        code = Code.WORDS_JOINED if unequal.joined else Code.WORDS_SPLIT
        source = _widened(pair.ink, Span(unequal.source - 1, unequal.source + 1))
        edition = _widened(pair.stream.ink, Span(unequal.edition - 1, unequal.edition + 1))
        yield Event(code, pair, source, edition, spaced(pair.ink, source), spaced(pair.stream.ink, edition))


def _merged(found: Iterable[Event]) -> Iterator[Event]:
    """Changes of the same word are one change."""
    last: Event | None = None
    for event in found:
        if last is not None and _overlap(last, event):
            source = Span(last.source.start, max(last.source.end, event.source.end))
            edition = Span(last.edition.start, max(last.edition.end, event.edition.end))
            last = _change(event.pair, source, edition)
            continue
        if last is not None:
            yield last
        last = event
    if last is not None:
        yield last


def _overlap(one: Event, two: Event) -> bool:
    both = one.source.end > two.source.start and one.edition.end > two.edition.start
    return both and {one.code, two.code} <= _CHANGES


def _change(pair: Pair, source: Span, edition: Span) -> Event:
    theirs, ours = spaced(pair.ink, source), spaced(pair.stream.ink, edition)
    code = Code.CHARACTER_CHANGED if _is_slight(theirs, ours) else Code.WORD_CHANGED
    return Event(code, pair, source, edition, theirs, ours)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One difference on its way to its events."""

    pair: Pair
    difference: Difference
    lost_marks: frozenset[str]
    edges: frozenset[int]

    def events(self) -> Iterator[Event]:
        difference = self.difference
        pages, pieces = self._pages()
        callouts: list[Event] = []
        words: list[Span] = []
        for piece in pieces:
            found = [*self._callouts(piece)] or [*self._notes(piece)]
            if found:
                callouts += found
            else:
                words.append(piece)
        unmet = [mark for mark in difference.marks if mark.required]
        yield from _paired([*pages], [m for m in unmet if m.sign is Sign.PAGE], self, Code.PAGE_MARK_CHANGED)
        marks = [event for event in callouts if event.code is Code.NOTE_MARK_MISSING]
        yield from (event for event in callouts if event.code is not Code.NOTE_MARK_MISSING)
        yield from _paired(marks, [m for m in unmet if m.sign is Sign.CALLOUT], self, Code.NOTE_MARK_CHANGED)
        for mark in unmet:
            if mark.sign is Sign.LABEL:
                yield self.added(mark)
        yield from self._words(words)

    def added(self, mark: Mark) -> Event:
        """A mark of the edition that the source does not have here."""
        code = {
            Sign.CALLOUT: Code.NOTE_MARK_ADDED,
            Sign.PAGE: Code.PAGE_MARK_ADDED,
        }.get(mark.sign, Code.LABEL_ADDED)
        start = self.difference.source.start
        return Event(code, self.pair, Span(start, start), Span(mark.at, mark.at), None, mark.n, mark)

    def _pages(self) -> tuple[list[Event], list[Span]]:
        span, ink = self.difference.source, self.pair.ink.text
        found: list[Event] = []
        pieces: list[Span] = []
        start = span.start
        at = Span(self.difference.edition.start, self.difference.edition.start)
        for match in ANY_PAGE.finditer(ink, span.start, span.end):
            if match.start() > start:
                pieces.append(Span(start, match.start()))
            where = Span(match.start(), match.end())
            found.append(Event(Code.PAGE_MARK_MISSING, self.pair, where, at, match["n"]))
            start = match.end()
        if start < span.end:
            pieces.append(Span(start, span.end))
        return found, pieces

    def _callouts(self, piece: Span) -> Iterator[Event]:
        """The marks of notes that the piece consists of, if it consists of nothing else."""
        if len(self.difference.edition):
            return
        ink = self.pair.ink
        found = list(ANY_CALLOUT.finditer(ink.text, piece.start, piece.end))
        if not found or sum(match.end() - match.start() for match in found) != len(piece):
            return
        called = any(mark.sign is Sign.CALLOUT for mark in self.difference.marks)
        if not called and not self.lost_marks & {bare(match.group()) for match in found}:
            before = ink.text[piece.start - 1 : piece.start]
            raised = ink.text[piece.start] in f"^{RAISED_SIGNS}" or found[0]["a"]
            loose = ink.gaps[piece.start] or not before or before.isdigit()
            sign = ink.text[piece.start] in NOTE_SIGNS and not self.pair.source.begins_line(ink, piece.start)
            if loose and not raised and not sign:
                return
        at = Span(self.difference.edition.start, self.difference.edition.start)
        for match in found:
            where = Span(match.start(), match.end())
            n = next(filter(None, match.groups()), match.group())
            yield Event(Code.NOTE_MARK_MISSING, self.pair, where, at, n)

    def _notes(self, piece: Span) -> Iterator[Event]:
        """The notes that the piece consists of: labelled lines beside other notes, or at the end."""
        ink, source = self.pair.ink, self.pair.source
        if len(self.difference.edition) or not source.begins_line(ink, piece.start):
            return
        beside = piece.start in ink.free or piece.end in ink.free or piece.end == len(ink.text)
        if not beside or not source.ends_line(ink, piece.end):
            return
        text = source.text
        start = text.rfind("\n", 0, ink.offset(piece.start)) + 1
        end = ink.offset(piece.end - 1) + 1
        lines = [match.start() + start for match in re.finditer(r"(?m)^", text[start:end])]
        matches = [LABEL.match(text, line) for line in lines]
        labels = [found for found in matches if found and (found["close"] or found["space"])]
        if not labels or labels[0].start() != start:
            return
        at = Span(self.difference.edition.start, self.difference.edition.start)
        behind = [ink.index_at(label.start("label")) for label in labels[1:]]
        for label, stop in zip(labels, [*behind, piece.end], strict=True):
            where = Span(ink.index_at(label.start("label")), stop)
            content = Span(ink.index_at(label.end()), stop)
            yield Event(Code.NOTE_MISSING, self.pair, where, at, f"{label['label']} {spaced(ink, content)}")

    def _words(self, pieces: Sequence[Span]) -> Iterator[Event]:
        """Lost, added and changed words; half a word makes the whole word a changed one."""
        edition = self.difference.edition
        mine, theirs = self.pair.stream.ink, self.pair.ink
        here = Span(edition.start, edition.start)
        if not len(edition):
            for piece in pieces:
                if _is_whole(theirs, piece, self.edges):
                    yield Event(Code.WORD_MISSING, self.pair, piece, here, spaced(theirs, piece))
                else:
                    yield self._changed(piece, here)
        elif not pieces and _is_whole(mine, edition):
            where = Span(self.difference.source.start, self.difference.source.start)
            yield Event(Code.WORD_ADDED, self.pair, where, edition, None, spaced(mine, edition))
        else:
            start = self.difference.source.start
            piece = Span(pieces[0].start, pieces[-1].end) if pieces else Span(start, start)
            yield self._changed(piece, edition)

    def _changed(self, piece: Span, edition: Span) -> Event:
        theirs_ink, ours_ink = self.pair.ink, self.pair.stream.ink
        if not len(edition):
            edition = _beside(edition.start, attached=not is_edge(theirs_ink, piece.start))
        elif not len(piece):
            piece = _beside(piece.start, attached=not is_edge(ours_ink, edition.start))
        source, edition = _widened(theirs_ink, piece), _widened(ours_ink, edition)
        return _change(self.pair, source, edition)


def _paired(missing: list[Event], unmet: list[Mark], reading: _Reading, changed: Code) -> Iterator[Event]:
    """A mark lost and a mark added at one place are one mark changed."""
    for event, mark in zip(missing, unmet, strict=False):
        yield Event(changed, event.pair, event.source, Span(mark.at, mark.at), event.theirs, mark.n, mark)
    yield from missing[len(unmet) :]
    yield from (reading.added(mark) for mark in unmet[len(missing) :])


def _is_slight(theirs: str, ours: str) -> bool:
    if " " in theirs or " " in ours:
        return False
    if [c for c in theirs if c.isalnum()] == [c for c in ours if c.isalnum()]:
        return True
    start = _agreeing(theirs, ours)
    end = _agreeing(theirs[start:][::-1], ours[start:][::-1])
    return max(len(theirs), len(ours)) - start - end <= 1


def _agreeing(one: str, two: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))


def _is_whole(ink: Squeezed, span: Span, edges: frozenset[int] = frozenset()) -> bool:
    """Whether the span begins and ends where words or marks do."""
    return all(is_edge(ink, index) or index in edges for index in (span.start, span.end))


def _beside(index: int, *, attached: bool) -> Span:
    """The character before or behind, whichever belongs to the word of what has no counterpart."""
    return Span(index - 1, index) if attached else Span(index, index + 1)


def _widened(ink: Squeezed, span: Span) -> Span:
    """The whole words of which the span is a part."""
    start, end = max(0, span.start), min(span.end, len(ink.text))
    while not is_edge(ink, start):
        start -= 1
    while end > start and not is_edge(ink, end):
        end += 1
    return Span(start, end)


def spaced(ink: Squeezed, span: Span) -> str:
    """The ink of a span with one space where white space stood."""
    pieces: list[str] = []
    start = span.start
    while start < span.end:
        gap = ink.gaps.find(b"\1", start + 1, span.end)
        stop = span.end if gap < 0 else gap
        pieces.append(ink.text[start:stop])
        start = stop
    return " ".join(pieces)
