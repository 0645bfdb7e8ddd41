"""Plays: acts and scenes, speeches, stage directions, the list of characters (Guidelines 7).

The lines are read one after the other into parts by what each says; then what each speech holds is verse or prose.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from teiwright.model import (
    CastList,
    Content,
    Convention,
    Dated,
    Division,
    Habit,
    PageBreak,
    Span,
)
from teiwright.parsing import anatomy, bodies, labels, measure, scenes, theatre
from teiwright.parsing.columns import is_rule
from teiwright.parsing.labels import Label, Labels
from teiwright.parsing.lines import Line
from teiwright.parsing.units import Reader
from teiwright.parsing.wording import counted

_CLOSES = {"[": "]", "(": ")"}
_LONGEST_DIRECTION = 3000
_WIDEST_CAST = 90


@dataclass(frozen=True, slots=True)
class Play:
    """A play as divisions, with what stands off from them."""

    divisions: tuple[Division, ...]
    dates: tuple[Dated, ...]
    directions: tuple[Span, ...]
    speeches: int
    speakers: int
    doubtful: tuple[Span, ...]
    """Labels that come once, and whom nothing introduces."""


def may_be_there(text: str) -> bool:
    """Whether a text could be a play; of most texts that is quickly denied."""
    return theatre.may_be_there(text) or labels.may_be_there(text)


def find(reader: Reader, lines: Sequence[Line], *, asked: bool) -> Play | None:
    """The play that a text is; ``None`` if it is none."""
    words = [line for line in lines if not reader.parts_pages(line)]
    if not words:
        return None
    cast = next((at for at, line in enumerate(lines) if theatre.is_cast_heading(line.text)), None)
    moving = [line.text for line in words if theatre.moves(line.text) or theatre.is_curtain(line.text)]
    is_theatre = bool(moving or cast is not None) or any(theatre.heading(line.text) for line in words)
    below = cast if cast is None else _end_of_block(lines, cast + 1)
    listed = [line.text for line in lines[cast:below]] if cast is not None else []
    blocks = list(_blocks(reader, lines if below is None else [*lines[:cast], *lines[below:]]))
    found = labels.find(reader.text, blocks, " ".join([*moving, *listed]), is_theatre=is_theatre, asked=asked)
    return _Reading(reader, lines, found).play(cast) if found.by_start else None


def convention(play: Play | None) -> Convention:
    """Whether the text is a play, and by what one sees it."""
    if play is None:
        return Convention(Habit.SPEECHES.value, chosen=False, score=0.0, why="none")
    why = f"{counted(play.speeches, 'turn')} of {counted(play.speakers, 'speaker')}"
    return Convention(Habit.SPEECHES.value, chosen=True, score=1.0, why=why)


def _end_of_block(lines: Sequence[Line], at: int) -> int:
    """The index behind the last line of the block that begins at a line."""
    end = min(at + 1, len(lines))
    while end < len(lines) and not lines[end].after_blank:
        end += 1
    return end


def _start(reader: Reader, line: Line) -> int:
    """Where a line begins, behind the mark of a page that opens it."""
    start = line.span.start
    if line.opens_with_mark:
        for mark in reader.marks.within(line.span):
            if isinstance(mark.leaf, PageBreak) and not reader.text[start : mark.span.start].strip():
                start = mark.span.end
        start += len(reader.text[start : line.span.end]) - len(reader.text[start : line.span.end].lstrip())
    return start


def _blocks(reader: Reader, lines: Sequence[Line]) -> Iterator[tuple[int, int, bool]]:
    """Where each line begins, where its block ends, and whether a blank line stands above."""
    end = 0
    for at, line in enumerate(lines):
        if reader.parts_pages(line):
            continue
        if line.span.end > end:
            below = at + 1
            while below < len(lines) and not lines[below].after_blank and not reader.parts_pages(lines[below]):
                below += 1
            end = lines[below - 1].span.end
        yield _start(reader, line), end, line.after_blank


@dataclass
class _Reading:
    """Reads the parts of a play, line by line."""

    reader: Reader
    lines: Sequence[Line]
    labels: Labels

    def __post_init__(self) -> None:
        self._starts = [_start(self.reader, line) for line in self.lines]
        opening = [self.reader.text[start] for start in self._starts if start < len(self.reader.text)]
        self._sign = "[" if "[" in opening or "[" in self.reader.text[self._starts[0] :] else "("

    def play(self, cast: int | None) -> Play:
        first = next(at for at, start in enumerate(self._starts) if start in self.labels.by_start)
        body = self._body(first)
        dates: list[Dated] = []
        top = self._top(body, cast, dates)
        tree = scenes.Tree(self.reader.leaves, self.labels, self._sign)
        divisions = tuple(tree.divisions(list(self._parts(body)), top))
        turns = self.labels.by_start.values()
        doubtful = tuple([label.span for label in turns if label.key in self.labels.doubtful])
        return Play(
            divisions,
            tuple(dates),
            tuple(tree.directions),
            len(turns),
            len({label.key for label in turns}),
            doubtful,
        )

    # -- what stands above

    def _body(self, first: int) -> int:
        """Where the play itself begins: with the headings above its first speech. A table of contents has others."""
        start, kinds = first, set[str]()
        for at in range(first - 1, -1, -1):
            kind = theatre.heading(self.lines[at].text) if self.lines[at].text else None
            if kind is None and theatre.is_cast_heading(self.lines[at].text):
                break
            if kind is None:
                continue
            if kind in kinds or "act" in kinds:
                break
            kinds.add(kind)
            start = at
        if start == first:
            for at in range(first - 1, -1, -1):
                if not theatre.is_direction(self.lines[at].text):
                    break
                start = at
        return start

    def _top(self, body: int, cast: int | None, dates: list[Dated]) -> Division:
        """The title, the list of characters, and what else stands above the play."""
        leaves, units = self.reader.leaves, self.reader.units
        if cast is None or cast >= body:
            return anatomy.beginning(leaves, units(self.lines[:body]), dates)
        end = self._end_of_cast(cast, body)
        above = anatomy.beginning(leaves, units(self.lines[:cast]), dates)
        ruled = cast + 1 < end and is_rule(self.lines[cast + 1].text)
        items = [self._cast_item(at) for at in self._cast_items(cast + 1 + ruled, end)]
        if all(isinstance(item, PageBreak) for item in items):
            return Division(above.kind, (*above.blocks, *bodies.blocks(leaves, units(self.lines[cast:body]))))
        head = Span(self.lines[cast].span.start, self.lines[cast + ruled].span.end)
        listed = CastList(tuple(items), leaves.content(head, keep_lines=True))
        return Division(above.kind, (*above.blocks, listed, *bodies.blocks(leaves, units(self.lines[end:body]))))

    def _end_of_cast(self, cast: int, body: int) -> int:
        """Behind the first block below the heading, and the blocks after it that are as short and name speakers."""
        speakers = [label.key.split() for label in self.labels.by_start.values()]
        end = cast + 1
        while end < body:
            after = min(_end_of_block(self.lines, end), body)
            texts = [line.text for line in self.lines[end:after]]
            if any(len(text) > _WIDEST_CAST or theatre.is_heading(text) for text in texts):
                break
            words = re.findall(r"\w+", texts[0].upper())
            names_one = texts[0][:1] not in "([_" and any(set(key) <= set(words) for key in speakers)
            if end > cast + 1 and not names_one:
                break
            end = after
        return end

    def _cast_items(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The lines of each item: what is set in deeper and begins with a small letter goes on with the one above."""
        at = start
        while at < end:
            after = at + 1
            while after < end and not self.lines[after].after_blank and measure.begins_small(self.lines[after].text):
                after += 1
            yield at, after
            at = after

    def _cast_item(self, item: tuple[int, int]) -> Content | PageBreak:
        first, after = self.lines[item[0]], self.lines[item[1] - 1]
        if first.is_page_mark:
            return self.reader.page_breaks(first)[0]
        return self.reader.leaves.content(Span(first.span.start, after.span.end))

    # -- the parts

    def _parts(self, at: int) -> Iterator[scenes.Part]:
        lines = self.lines
        while at < len(lines):
            line, start = lines[at], self._starts[at]
            if self.reader.parts_pages(line):
                between, at = self.reader.between_pages(lines, at)
                yield from map(scenes.Page, between.leaves)
                continue
            if line.opens_with_mark:
                yield from (scenes.Page(leaf) for leaf in self.reader.page_breaks(line) if leaf.span.start < start)
            label = self.labels.by_start.get(start)
            if label is None and (kind := theatre.heading(line.text)):
                end = self._end_of_heading(at)
                yield scenes.Heading(kind, Span(start, lines[end - 1].span.end))
                at = end
            elif label is None and (end := self._end_of_direction(at)) > at:
                yield scenes.Set(Span(start, lines[end - 1].span.end))
                at = end
            elif label is None and line.after_blank and self._is_last(at) and theatre.ends(line.text):
                yield scenes.End(Span(start, line.span.end))
                at += 1
            elif label is not None:
                yield scenes.Turn(label)
                at = yield from self._behind_label(label, at)
            else:
                run, at = self._run(at, start)
                yield run

    def _is_last(self, at: int) -> bool:
        """Whether a line is the last of its block."""
        return at + 1 == len(self.lines) or self.lines[at + 1].after_blank

    def _behind_label(self, label: Label, at: int) -> Generator[scenes.Part, None, int]:
        """What stands in the line of a label, whose direction may end in a later line; returns the line behind."""
        text, lines = self.reader.text, self.lines
        while at + 1 < len(lines) and lines[at].span.end < label.after:
            at += 1
        if label.direction is not None:
            yield scenes.Set(label.direction)
        rest = text[label.after : lines[at].span.end]
        if not rest.strip():
            return at + 1
        run, end = self._run(at, label.after + len(rest) - len(rest.lstrip()))
        yield run
        return end

    def _run(self, at: int, start: int) -> tuple[scenes.Run, int]:
        """The lines up to the next blank line or the next part."""
        spans = [Span(start, self.lines[at].span.end)]
        indents = [self.lines[at].indent if start == self._starts[at] else None]
        first = len(self.lines[at].text)
        at += 1
        while at < len(self.lines) and not self._begins_part(at):
            line = self.lines[at]
            if self._is_open(spans[-1]):
                spans[-1] = Span(spans[-1].start, line.span.end)
            else:
                spans.append(line.span)
                indents.append(line.indent)
            at += 1
        return scenes.Run(tuple(spans), tuple(indents), first), at

    def _begins_part(self, at: int) -> bool:
        line = self.lines[at]
        if (
            line.after_blank
            or self.reader.parts_pages(line)
            or line.opens_with_mark
            or self._starts[at] in self.labels.by_start
        ):
            return True
        return theatre.heading(line.text) is not None or self._end_of_direction(at) > at

    def _is_open(self, span: Span) -> bool:
        """Whether a bracket is opened in a line that a later line closes."""
        text = span.of(self.reader.text)
        return self._sign == "[" and text.rfind("[") > text.rfind("]")

    def _end_of_heading(self, at: int) -> int:
        """A title goes on below, up to a blank line, a label or a direction."""
        end = at + 1
        while end < len(self.lines) and not self._begins_part(end) and not theatre.is_setting(self.lines[end].text):
            end += 1
        return end

    def _end_of_direction(self, at: int) -> int:
        """The index after the direction that is all of some lines from here on; ``at`` if there is none."""
        line, text = self.lines[at], self.reader.text
        start = self._starts[at]
        opening = text[start : start + 2].lstrip("_")[:1]
        if opening in ("[", "(") and (opening == self._sign or line.after_blank):
            return self._closing(at, opening)
        if not theatre.is_direction(line.text):
            return at
        end = at + 1
        while end < len(self.lines) and not self.lines[end].after_blank:
            following = self.lines[end]
            goes_on = line.after_blank or measure.begins_small(following.text)
            if not goes_on or self._starts[end] in self.labels.by_start or self.reader.parts_pages(following):
                break
            end += 1
        return end

    def _closing(self, at: int, opening: str) -> int:
        start, text = self._starts[at], self.reader.text
        close = text.find(_CLOSES[opening], start, start + _LONGEST_DIRECTION)
        end = at
        while close >= 0 and end < len(self.lines) and self.lines[end].span.end <= close:
            end += 1
            if end < len(self.lines) and (self.lines[end].after_blank or self._starts[end] in self.labels.by_start):
                return at
        if close < 0 or end == len(self.lines):
            return at
        is_whole = not text[close + 1 : self.lines[end].span.end].strip(" ._—–-")
        return end + 1 if is_whole else at
