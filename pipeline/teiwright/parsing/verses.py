"""Poems: lines of verse in groups that blank lines part, with titles and numbers above them (Guidelines 6.2).

A text is verse if nearly all of it is short lines that begin with capitals, most of their words in small letters (those
of lists and addresses are names), and if sentences go on from line to line: some end with a stop, some with none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from teiwright.model import (
    Block,
    Convention,
    Dated,
    Division,
    FormeWork,
    Habit,
    Head,
    PageBreak,
    Paragraph,
    Span,
    Stanza,
    Verse,
)
from teiwright.parsing import anatomy, bodies, measure, phrases, signing
from teiwright.parsing.lines import Line
from teiwright.parsing.units import Reader
from teiwright.parsing.wording import counted

_WIDEST, _USUAL = 80, 60
_FEWEST_LINES = 4
_MOST_OTHERS = 8
"""How many times as many lines of verse there are as lines that are none, or that stand alone."""
_SMALL_WORDS = 0.55
_FEWEST_GOING_ON, _FEWEST_STOPS = 0.2, 0.2
_NUMBER = re.compile(r"[IVXLC]+\.?|\d{1,3}\.?")
_WORD = re.compile(r"[^\W\d_][\w’']*")
_JOINING = {
    *("a", "an", "the", "of", "to", "in", "on", "for", "and", "or", "by", "at", "with", "from", "upon", "written"),
    *("der", "die", "das", "und", "von", "an", "le", "la", "les", "de", "du", "des", "et", "à"),
}
_GOES_ON = re.compile(r"[\w,’'—–-]$")
_PUNCTUATED = re.compile(r"[^\w\s]$")
_LONGEST_TITLE = 3


@dataclass(frozen=True, slots=True)
class Poems:
    """The poems of a text as divisions, with the dates in them."""

    divisions: tuple[Division, ...]
    dates: tuple[Dated, ...]
    lines: int
    groups: int


class _Kind(Enum):
    STANZA = auto()
    TITLE = auto()
    NUMBER = auto()
    PAGE = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class _Group:
    """Lines that no blank line parts."""

    kind: _Kind
    lines: tuple[Line, ...]

    @property
    def span(self) -> Span:
        return Span(self.lines[0].span.start, self.lines[-1].span.end)


def may_be_there(text: str) -> bool:
    """Whether lines are short enough on the average for verse; it is quickly seen."""
    return len(text) < _USUAL * (text.count("\n") + 1)


def find(reader: Reader, lines: Sequence[Line], *, asked: bool) -> Poems | None:
    """The poems that a text is; ``None`` if it is something else."""
    groups = list(_titled([_group(reader, lines[start:end], asked=asked) for start, end in _edges(lines)]))
    verse = [
        [line for line in group.lines if not reader.parts_pages(line)] for group in groups if group.kind is _Kind.STANZA
    ]
    last = max((at for at, group in enumerate(groups) if group.kind is _Kind.STANZA), default=0)
    others = sum(len(group.lines) for group in groups[:last] if group.kind is _Kind.OTHER)
    if not verse or not (asked or _is_verse([[line.text for line in group] for group in verse], others)):
        return None
    dates: list[Dated] = []
    divisions = tuple(_Making(reader, min(line.indent for group in verse for line in group)).divisions(groups, dates))
    return Poems(divisions, tuple(dates), sum(map(len, verse)), len(verse))


def convention(poems: Poems | None) -> Convention:
    """Whether the text is verse, and how much of it."""
    if poems is None:
        return Convention(Habit.VERSE.value, chosen=False, score=0.0, why="none")
    why = f"{counted(poems.lines, 'line')} in {counted(poems.groups, 'group')}"
    return Convention(Habit.VERSE.value, chosen=True, score=1.0, why=why)


def _edges(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Where groups begin and end."""
    start = 0
    for at in range(1, len(lines)):
        if lines[at].after_blank:
            yield start, at
            start = at
    if lines:
        yield start, len(lines)


def _group(reader: Reader, lines: Sequence[Line], *, asked: bool) -> _Group:
    own = [line for line in lines if not reader.parts_pages(line)]
    texts = [line.text for line in own]
    if not own:
        kind = _Kind.PAGE
    elif max(map(len, texts)) > _WIDEST or any(map(_is_of_letter, texts)) or any(line.has_tab for line in own):
        kind = _Kind.OTHER
    elif len(lines) == 1 and _NUMBER.fullmatch(texts[0]):
        kind = _Kind.NUMBER
    elif len(lines) <= _LONGEST_TITLE and all(map(_is_title, texts)):
        kind = _Kind.TITLE
    elif asked or all(not measure.begins_small(line.text) or _turns_over(own, at) for at, line in enumerate(own)):
        kind = _Kind.STANZA
    else:
        kind = _Kind.OTHER
    return _Group(kind, tuple(lines))


def _is_of_letter(text: str) -> bool:
    return phrases.is_salutation(text) or signing.is_valediction(text) or phrases.is_dateline(text)


def _is_title(text: str) -> bool:
    """Whether a line has the form of a title: in capitals, or each word that joins no others with one."""
    words = [word for word in _WORD.findall(text) if word.lower() not in _JOINING]
    return text[-1] not in ",;:—-" and all(word[0].isupper() for word in words)


def _titled(groups: Sequence[_Group]) -> Iterator[_Group]:
    """A title stands above verse, with the number above it; so does a line alone above the first stanza."""
    number: tuple[Line, ...] = ()
    for at, (group, below) in enumerate(zip(groups, _kinds_below(groups), strict=True)):
        is_above = below in (_Kind.STANZA, _Kind.NUMBER)
        following = groups[at + 1].kind if at + 1 < len(groups) else None
        if group.kind is _Kind.NUMBER and following is _Kind.TITLE and is_above:
            number = group.lines
            continue
        if group.kind is _Kind.TITLE and not is_above:
            yield _Group(_Kind.STANZA if at and len(group.lines) > 1 else _Kind.OTHER, group.lines)
        elif group.kind is _Kind.TITLE or (
            at == 0 and is_above and len(group.lines) == 1 and group.kind is _Kind.STANZA
        ):
            yield _Group(_Kind.TITLE, (*number, *group.lines))
        else:
            yield group
        number = ()


def _kinds_below(groups: Sequence[_Group]) -> list[_Kind | None]:
    """For each group the kind of the next that is no title."""
    kinds: list[_Kind | None] = []
    below: _Kind | None = None
    for group in reversed(groups):
        kinds.append(below)
        below = below if group.kind is _Kind.TITLE else group.kind
    return kinds[::-1]


def _turns_over(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the rest of the one above, for which its measure had no room: set in, in small letters."""
    return at > 0 and lines[at].indent > lines[at - 1].indent and measure.begins_small(lines[at].text)


def _is_verse(groups: Sequence[Sequence[str]], others: int) -> bool:
    """Whether lines, beside others that can be none, are verse by their number, their words and their ends."""
    lines = [line for group in groups for line in group]
    alone = sum(len(group) == 1 for group in groups)
    words = [word for line in lines for word in _WORD.findall(line)[1:]]
    inner = [line for group in groups for line in group[:-1]]
    if len(lines) < max(_FEWEST_LINES, _MOST_OTHERS * others, _MOST_OTHERS * alone) or not words:
        return False
    small = sum(word[0].islower() for word in words)
    goes_on = sum(_GOES_ON.search(line) is not None for line in inner)
    punctuated = sum(_PUNCTUATED.search(line) is not None for line in lines)
    return (
        small >= _SMALL_WORDS * len(words)
        and goes_on >= _FEWEST_GOING_ON * len(inner)
        and punctuated >= _FEWEST_STOPS * len(lines)
    )


@dataclass(frozen=True, slots=True)
class _Making:
    """Makes divisions of groups; ``margin`` is where lines begin that are not set in."""

    reader: Reader
    margin: int

    def divisions(self, groups: Sequence[_Group], dates: list[Dated]) -> Iterator[Division]:
        """The whole, and, if titles stand in its midst, a division for each poem."""
        starts = self._starts(groups)
        first = starts[0]
        if len(starts) == 1:
            top = self._top(groups[:first], dates)
            yield Division(top.kind, (*top.blocks, *self._blocks(groups[first:])))
            return
        begins = self._title_of_first(groups, first)
        yield self._top(groups[:begins], dates)
        for start, end in zip([begins, *starts[1:]], [*starts[1:], len(groups)], strict=True):
            below = next(at for at in range(start, len(groups)) if groups[at].kind is not _Kind.TITLE)
            heads = [Head(self.reader.leaves.content(one.span, keep_lines=True)) for one in groups[start:below]]
            yield Division("poem", (*heads, *self._blocks(groups[below:end])))

    def _starts(self, groups: Sequence[_Group]) -> list[int]:
        """Where poems begin: the first below all that stands above it, the others with their titles."""
        first = next(at for at, one in enumerate(groups) if one.kind in (_Kind.STANZA, _Kind.NUMBER))
        titles = [at for at in range(first, len(groups)) if groups[at].kind is _Kind.TITLE]
        return [first, *(at for at in titles if groups[at - 1].kind is not _Kind.TITLE)]

    def _title_of_first(self, groups: Sequence[_Group], first: int) -> int:
        """Of several titles at the top the last is that of the first poem."""
        return first - 1 if first and groups[first - 1].kind is _Kind.TITLE else first

    def _top(self, groups: Sequence[_Group], dates: list[Dated]) -> Division:
        lines = [line for group in groups for line in group.lines]
        if lines and _NUMBER.fullmatch(lines[0].text):
            head = Head(self.reader.leaves.content(groups[0].span, keep_lines=True))
            return Division("document", (head, *self._blocks(groups[1:])))
        return anatomy.beginning(self.reader.leaves, self.reader.units(lines), dates)

    def _blocks(self, groups: Sequence[_Group]) -> Iterator[Block]:
        """Stanzas; those below a number are a group that the number heads."""
        at = 0
        while at < len(groups):
            group = groups[at]
            end = at + 1
            if group.kind is _Kind.NUMBER:
                while end < len(groups) and groups[end].kind is _Kind.STANZA:
                    end += 1
                yield self._numbered(group, groups[at + 1 : end])
            elif group.kind is _Kind.STANZA:
                yield Stanza(tuple(self._verses(group)))
            else:
                yield from bodies.blocks(self.reader.leaves, self.reader.units(group.lines))
            at = end

    def _numbered(self, number: _Group, stanzas: Sequence[_Group]) -> Block:
        head = self.reader.leaves.content(number.span)
        if not stanzas:
            return Paragraph(head, "center")
        if len(stanzas) == 1:
            return Stanza(tuple(self._verses(stanzas[0])), head)
        return Stanza(tuple(Stanza(tuple(self._verses(stanza))) for stanza in stanzas), head)

    def _verses(self, group: _Group) -> Iterator[Verse | PageBreak | FormeWork]:
        at, lines = 0, group.lines
        while at < len(lines):
            if self.reader.parts_pages(lines[at]):
                between, at = self.reader.between_pages(lines, at)
                yield from between.leaves
                continue
            first, end = lines[at], at + 1
            while end < len(lines) and not self.reader.parts_pages(lines[end]) and _turns_over(lines, end):
                end += 1
            span = Span(first.span.start, lines[end - 1].span.end)
            yield Verse(self.reader.leaves.content(span), measure.depth(first.indent, self.margin))
            at = end
