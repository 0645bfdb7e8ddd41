"""Lists: labels alone on a line with the item below, bullets, and lines that begin ``- (a)``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from teiwright.model import Block, Content, Inline, Item, ListBlock, PageBreak, Paragraph, Quote, Reason, Span, Text
from teiwright.parsing import phrases, quotations, roman
from teiwright.parsing.columns import is_rule
from teiwright.parsing.lines import Line, Mark

if TYPE_CHECKING:
    from teiwright.parsing.units import Reader

_LABEL = re.compile(
    r"[“\"(\[]{0,2}(?P<value>\d{1,3}(?P<letter>[a-z]?)|[A-Za-z]|[ivxl]{1,7}|[IVXL]{1,7})(?P<after>[.)\]]{1,2}|\.\))?—?"
)
_BULLET = re.compile(r"(?P<sign>[•◦▪●‣\uf0b7\uf0a7]|[-–*+])(?P<gap>[ \xa0\t]+)(?=\S)")
_BULLET_SIGNS = frozenset("•◦▪●‣\uf0b7\uf0a7-–*+")
"""Two are the bullets of the fonts Symbol and Wingdings, which a PDF gives without their meaning."""
_MARK = "\ufffc"
"""Stands for a mark that is all that an item has: a page may begin where an item would."""
_SIGN_AND_GAP = re.compile(r"\S[ \xa0\t]+")
_LABEL_AHEAD = re.compile(r"(?:\((?:\d{1,3}|[a-z]{1,4})\)|(?:\d{1,3}|[a-z])[.)])(?=[ \xa0]+\S)")
_LONGEST_LABEL = 8
_FULL_LINE = 90
_LOOK_AHEAD = 16
_ROMAN = frozenset("ivxl")
"""``(c)`` and ``(d)`` are letters."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a label is made: what counts (``1``, ``a``, ``A``, ``i``, ``I``) and the signs around it."""

    counter: str
    signs: str


@dataclass(frozen=True, slots=True)
class FoundList:
    """A list, its range, and the index of the line after it."""

    block: ListBlock
    span: Span
    after: int


def begins(lines: Sequence[Line], at: int) -> bool:
    """Whether a list begins at this line."""
    return is_label(lines, at) or bullet(lines[at]) is not None


def read(reader: Reader, lines: Sequence[Line], at: int) -> FoundList | None:
    """The list that begins at a line, with all lists inside it; ``None`` if none begins there."""
    if is_label(lines, at):
        return _Labelled(reader, lines).read(at)
    if bullet(lines[at]) is not None:
        return _bulleted(reader, lines, at)
    return None


# -- labels alone on their lines


def is_label(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is nothing but a label, and an item follows."""
    text = lines[at].text
    if len(text) > _LONGEST_LABEL or not (match := _LABEL.fullmatch(text)):
        return False
    if at + 1 >= len(lines) or lines[at + 1].is_page_mark:
        return False
    following = lines[at + 1]
    if _is_initial(lines, at, text) or (at == 0 and not following.after_blank and _is_alone(lines, text)):
        return False
    if text.isdecimal():
        return not following.after_blank and _is_counted(lines, at, int(text))
    if len(match["value"]) > 1 and match["value"].isupper() and _counts_alone(lines, text):
        return False
    if following.after_blank and _opens_letter(lines, at + 1):
        return False
    if following.after_blank:
        # `3.` and its item may be parted by a blank line if the item is made of paragraphs;
        # a numeral without any sign that stands free is a heading
        return bool(match["after"]) and not match["value"].isalpha()
    return bool(match["after"]) or text[0] in "([" or not following.after_blank


def _is_counted(lines: Sequence[Line], at: int, value: int) -> bool:
    """Whether a number without any sign is the first, or has the one before or after it near by: else it is a page."""
    near = {lines[index].text for index in range(max(0, at - _LOOK_AHEAD), min(len(lines), at + _LOOK_AHEAD))}
    return value == 1 or str(value - 1) in near or str(value + 1) in near


def _is_alone(lines: Sequence[Line], text: str) -> bool:
    """Whether no label follows the first line of a text that goes on with it: then it is part of a title."""
    following = {(style, value + 1) for style, value in styles(text)}
    return all(following.isdisjoint(styles(line.text)) for line in lines[1:] if len(line.text) <= _LONGEST_LABEL)


def _counts_alone(lines: Sequence[Line], text: str) -> bool:
    """Whether a roman number such as ``LXXIV.`` is not the first, and has none before or after it: it heads a text."""
    readings = styles(text)
    beside = {(style, other) for style, value in readings for other in (value - 1, value + 1)}
    first = any(value == 1 for _, value in readings)
    return not first and all(beside.isdisjoint(styles(line.text)) for line in lines if len(line.text) <= _LONGEST_LABEL)


def _opens_letter(lines: Sequence[Line], at: int) -> bool:
    """Whether lines open a letter, which the number above them counts: place and date, a greeting, ``[Postcard]``."""
    texts = [line.text for line in lines[at : at + 4]]
    openings = (phrases.is_dateline, phrases.is_salutation)
    return phrases.is_bracketed_label(texts[0]) or any(opens(text) for text in texts for opens in openings)


def _is_initial(lines: Sequence[Line], at: int, text: str) -> bool:
    """Whether a capital above the last line signs: ``G.`` above ``Brigadier General``, and no ``F.`` before it."""
    if len(text) != 2 or text[1] != "." or not "B" <= text[0] <= "Z" or at + 2 != len(lines):
        return False
    letter_before = chr(ord(text[0]) - 1)
    return all(line.text[:2] != f"{letter_before}." for line in lines[:at])


def styles(text: str) -> list[tuple[Style, int]]:
    """The readings of a label: ``(i)`` is a ninth letter or a first roman number."""
    match = _LABEL.fullmatch(text)
    if match is None:
        return []
    value = match["value"]
    signs = text[: match.start("value")].strip('“"') + "|" + (match["after"] or "")
    if value[0].isdigit():
        return [(Style("1", signs), int(value.rstrip("abcdefghijklmnopqrstuvwxyz")))]
    found = []
    case = "a" if value.islower() else "A"
    if set(value.lower()) <= _ROMAN:
        found.append((Style("i" if value.islower() else "I", signs), roman.value_of(value)))
    if len(value) == 1:
        found.append((Style(case, signs), ord(value.lower()) - 96))
    return found


class _Labelled:
    """Reads a list of labels, with deeper lists where the style of the labels changes."""

    def __init__(self, reader: Reader, lines: Sequence[Line]) -> None:
        self._reader = reader
        self._lines = lines

    def read(self, at: int, outer: tuple[tuple[Style, int], ...] = ()) -> FoundList:
        start = self._lines[at].span.start
        items: list[Item | PageBreak] = []
        style, value = self._first_reading(at)
        while True:
            label = self._reader.leaves.content(self._lines[at].span)
            content, at, end = self._item(at + 1, (*outer, (style, value)))
            items.append(Item(label, content))
            following = self._next_value(at, style, value)
            if following is None:
                breaks_after = self._skip_pages(at)
                following = self._next_value(breaks_after, style, value) if breaks_after > at else None
                if following is None:
                    break
                for line in self._lines[at:breaks_after]:
                    items += self._reader.page_breaks(line)
                at = breaks_after
            value = following
        return FoundList(ListBlock(tuple(items), "numbered"), Span(start, end), at)

    def _skip_pages(self, at: int) -> int:
        while at < len(self._lines) and self._lines[at].is_page_mark:
            at += 1
        return at

    def _first_reading(self, at: int) -> tuple[Style, int]:
        readings = styles(self._lines[at].text)
        return min(readings, key=lambda reading: (reading[1] != 1, reading[1]))

    def _next_value(self, at: int, style: Style, value: int) -> int | None:
        """The value of the label at a line if it goes on with this list."""
        if at >= len(self._lines) or not is_label(self._lines, at):
            return None
        for found, number in styles(self._lines[at].text):
            if found.counter == style.counter and found.signs == style.signs and value <= number <= value + 3:
                return number
        return None

    def _item(self, at: int, open_lists: tuple[tuple[Style, int], ...]) -> tuple[Content, int, int]:
        """The content of an item, the index of the line after it, and where its text ends."""
        paragraphs: list[tuple[Inline | Block, ...]] = []
        end = self._lines[at - 1].span.end
        while at < len(self._lines):
            line = self._lines[at]
            if is_label(self._lines, at):
                if any(self._next_value(at, style, value) is not None for style, value in open_lists):
                    break
                if not self._opens_list(at) or not paragraphs:
                    break
                found = self.read(at, open_lists)
                paragraphs.append((found.block,))
                at, end = found.after, found.span.end
                continue
            if paragraphs and line.after_blank and not self._goes_on(at, open_lists):
                break
            if bullet(line) is not None:
                found_list = _bulleted(self._reader, self._lines, at)
                paragraphs.append((found_list.block,))
                at, end = found_list.after, found_list.span.end
                continue
            if paragraphs and not line.after_blank and end - self._lines[at - 1].span.start > _FULL_LINE:
                break  # a long line was not broken by the paper's edge: what follows is something else
            if line.is_page_mark:
                paragraphs.append(tuple(self._reader.page_breaks(line)))
            else:
                paragraphs.append(self._reader.leaves.content(line.span))
            end = line.span.end
            at += 1
        return _as_item(self._reader, paragraphs), at, end

    def _goes_on(self, at: int, open_lists: tuple[tuple[Style, int], ...]) -> bool:
        """Whether the item goes on after a blank line."""
        return self._continues(at, open_lists) or self._is_quoted_below(at)

    def _is_quoted_below(self, at: int) -> bool:
        """Whether a paragraph is what the item above it announces with a colon: a quotation belongs to its sentence."""
        announced = quotations.announces(self._lines[at - 1].text)
        return announced and quotations.extent([[self._lines[at].text]], announced=True) == 1

    def _opens_list(self, at: int) -> bool:
        return any(value == 1 for _, value in styles(self._lines[at].text))

    def _continues(self, at: int, open_lists: tuple[tuple[Style, int], ...]) -> bool:
        """Whether the paragraphs from here on lead to a next label of an open list, so belong to the item."""
        for ahead in range(at, min(at + _LOOK_AHEAD, len(self._lines))):
            if not is_label(self._lines, ahead):
                continue
            if any(self._next_value(ahead, style, value) is not None for style, value in open_lists):
                return True
            opened = {style for style, _ in open_lists}
            if any(value == 1 and style in opened for style, value in styles(self._lines[ahead].text)):
                return False
        return False


def _as_item(reader: Reader, paragraphs: Sequence[tuple[Inline | Block, ...]]) -> Content:
    """One paragraph stays phrases; several become paragraphs, with lists, quotations and page breaks between them."""
    found = _with_quotations(reader, paragraphs)
    texts = [p for p in found if p and isinstance(p[0], Text)]
    blocks: list[Inline | Block] = []
    for content in found:
        is_text = any(isinstance(leaf, Text) for leaf in content)
        if is_text and len(texts) > 1:
            blocks.append(Paragraph(content))
        else:
            blocks += content
    return tuple(blocks)


def _with_quotations(
    reader: Reader, paragraphs: Sequence[tuple[Inline | Block, ...]]
) -> list[tuple[Inline | Block, ...]]:
    """An item's paragraphs, with what one of them announces and quotes set off."""
    words = [[reader.leaves.words(content)] if content else [] for content in paragraphs]
    found: list[tuple[Inline | Block, ...]] = []
    at = 0
    while at < len(paragraphs):
        announced = at > 0 and quotations.announces("".join(words[at - 1]))
        length = quotations.extent(words[at:], announced=True) if announced else 0
        if length:
            found.append((Quote(tuple(Paragraph(content) for content in paragraphs[at : at + length])),))
        else:
            found.append(paragraphs[at])
        at += length or 1
    return found


# -- bullets


def bullet(line: Line) -> re.Match[str] | None:
    """The bullet that a line begins with. A hyphen or an asterisk is one only with a space after it."""
    text = f"{line.text} {_MARK}" if line.marked and line.text in _BULLET_SIGNS else line.text
    match = _BULLET.match(text) if text[:1] in _BULLET_SIGNS else None
    if match is None or line.opens_with_mark:
        return None
    if match["sign"] in "*+–" and not line.indent:
        return None  # a footnote's asterisk, a dash that begins a line of speech
    if match["sign"] in "-–" and is_rule(line.text):
        return None  # `- - - - -` is a line that is drawn
    return match


def _bulleted(reader: Reader, lines: Sequence[Line], at: int) -> FoundList:
    """A bulleted list: items of one indent; what is indented more deeply belongs to the item above it."""
    start, indent = lines[at].span.start, lines[at].indent
    items: list[Item | PageBreak] = []
    end = start
    while at < len(lines):
        line = lines[at]
        if bullet(line) is not None and line.indent == indent:
            item, at, end = _bullet_item(reader, lines, at)
            items.append(item)
        elif line.is_page_mark and _same_level_follows(lines, at, indent):
            items += reader.page_breaks(line)
            at += 1
        else:
            break
    kind = "numbered" if any(isinstance(i, Item) and i.label for i in items) else "bulleted"
    return FoundList(ListBlock(tuple(items), kind), Span(start, end), at)


def _same_level_follows(lines: Sequence[Line], at: int, indent: int) -> bool:
    while at < len(lines) and lines[at].is_page_mark:
        at += 1
    return at < len(lines) and bullet(lines[at]) is not None and lines[at].indent == indent


def _bullet_item(reader: Reader, lines: Sequence[Line], at: int) -> tuple[Item, int, int]:
    line = lines[at]
    sign = _SIGN_AND_GAP.match(reader.text, line.span.start)
    assert sign is not None  # noqa: S101  # bullet() has matched the same characters
    reason = Reason.BULLET if sign.group()[0] not in "-–+*" else Reason.LIST_SIGN
    reader.consumed.append(Mark(Span(sign.start(), sign.start() + 1), reason))
    first = Span(sign.end(), line.span.end)
    label = None
    if (found := _LABEL_AHEAD.match(reader.text, first.start, first.end)) is not None:
        label = reader.leaves.content(Span(*found.span()))
        first = Span(found.end(), first.end)
    at += 1
    end = line.span.end
    lines_of_first = end
    while at < len(lines) and _belongs(lines[at], line) and not lines[at].after_blank and not begins(lines, at):
        lines_of_first = end = lines[at].span.end
        at += 1
    paragraphs: list[tuple[Inline | Block, ...]] = [
        reader.leaves.content(Span(first.start, lines_of_first), keep_lines=not reader.leaves.wrapped)
    ]
    head: Content | None = None
    while at < len(lines) and _belongs(lines[at], line):
        if begins(lines, at):
            parted = lines[at].after_blank
            nested = read(reader, lines, at)
            assert nested is not None  # noqa: S101  # begins() has just said so
            block = nested.block
            if parted and len(paragraphs) == 1 and label is None and nested.span.start - first.start < 90:
                head, paragraphs = paragraphs[0], []
                block = replace(block, head=head)
            paragraphs.append((block,))
            at, end = nested.after, nested.span.end
            continue
        content = reader.page_breaks(lines[at]) if lines[at].is_page_mark else reader.leaves.content(lines[at].span)
        paragraphs.append(tuple(content))
        end = lines[at].span.end
        at += 1
    return Item(label, _as_item(reader, paragraphs)), at, end


def enumerates(lines: Sequence[Line]) -> bool:
    """Whether each of some lines begins with a label, ``(a) That the Clerk write``, and they count on."""
    labels = [_LABEL_AHEAD.match(line.text) for line in lines]
    if len(labels) < 2 or not all(labels):
        return False
    read = [dict(styles(label.group())) for label in labels if label]
    return all(any(two.get(style) == value + 1 for style, value in one.items()) for one, two in pairwise(read))


def hangs(lines: Sequence[Line]) -> bool:
    """Whether lines are one numbered paragraph, ``2.  All windows``, whose further lines hang below its first word."""
    label = _LABEL_AHEAD.match(lines[0].text)
    if label is None:
        return False
    text = lines[0].text[label.end() :]
    column = lines[0].indent + label.end() + len(text) - len(text.lstrip())
    return all(line.indent == column for line in lines[1:])


def _belongs(line: Line, to: Line) -> bool:
    """Whether a line is indented at least as far as the text of the item's first line."""
    return line.indent >= to.indent + 2
