"""The anatomy of a document: heading and opener, body, closer, and the enclosures that follow it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from teiwright.model import (
    Block,
    Dated,
    Dateline,
    DespatchNumber,
    Division,
    FileNumber,
    Head,
    Label,
    Opener,
    OpenerPart,
    Salute,
    Span,
)
from teiwright.parsing import bodies, closers, named_lists, phrases, sections, signing
from teiwright.parsing.dates import find_dates
from teiwright.parsing.leaves import Leaves
from teiwright.parsing.units import PageUnit, TextUnit, Unit, text_unit

_SENTENCE_END = re.compile(r"[a-z]{3}\. ")
_LONGEST_PAIR = 500
"""Neither a signature nor a dateline is longer than half of it."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the anatomy of a text comes to."""

    divisions: tuple[Division, ...]
    dates: tuple[Dated, ...]


def divide(leaves: Leaves, units: Sequence[Unit]) -> Parts:
    """The document and its enclosures, or the beginning of a longer text and its sections."""
    dates: list[Dated] = []
    units = sections.with_whole_heading(units)
    if parts := sections.find(units):
        beginning = _Anatomy(leaves, units, dates, is_enclosure=False).beginning(parts[0].at)
        dates += [date for part in parts for date in sections.dated(leaves, part)]
        return Parts((beginning, *(sections.division(leaves, part) for part in parts)), tuple(dates))
    divisions = []
    for index, part in enumerate(_split(list(_part_signatures(units)))):
        kind = "document" if index == 0 else "enclosure"
        divisions.append(_Anatomy(leaves, part, dates, is_enclosure=index > 0).division(kind))
    return Parts(tuple(divisions), tuple(dates))


def beginning(leaves: Leaves, units: Sequence[Unit], dates: list[Dated]) -> Division:
    """What stands above the parts of a longer text that have no more headings of a document."""
    return _Anatomy(leaves, units, dates, is_enclosure=False).beginning(len(units))


# -- where one document ends and the next begins


def _split(units: Sequence[Unit]) -> list[list[Unit]]:
    """Parts: the document, then each enclosure with the page marks just before its label."""
    parts: list[list[Unit]] = [[]]
    start = 0
    for index, unit in enumerate(units):
        if parts[-1] and isinstance(unit, TextUnit) and _begins_enclosure(units, index, start):
            start = index
            following: list[Unit] = []
            while len(parts[-1]) > 1 and isinstance(parts[-1][-1], PageUnit):
                following.insert(0, parts[-1].pop())
            parts.append(following)
        parts[-1].append(unit)
    return parts


def _begins_enclosure(units: Sequence[Unit], index: int, start: int) -> bool:
    """Whether an enclosure begins with a unit; ``start`` is the first of the part before it."""
    unit = units[index]
    if not isinstance(unit, TextUnit):
        return False
    text = unit.text
    if phrases.is_enclosure_label(text):
        return text.startswith("[") or _after_signature(units, index, start)
    if phrases.is_bracketed_label(text) and len(unit.lines) == 1:
        is_of_signature = text.lower().startswith(("[seal", "[file copy", "[initial"))
        return not is_of_signature and _after_signature(units, index, start)
    if _greets(units, index):
        return _after_letter(units, index)
    if len(text) > phrases.LONGEST_DATELINE or not _after_signature(units, index, start):
        return False
    return _opens_letter(units, index) or _heads_letter(units, index)


def _opens_letter(units: Sequence[Unit], index: int) -> bool:
    """Whether a unit is the dateline above a letter."""
    unit = units[index]
    return isinstance(unit, TextUnit) and phrases.is_dateline(unit.text) and _goes_on_as_letter(units, index)


def _heads_letter(units: Sequence[Unit], index: int) -> bool:
    """Whether a number or a title stands above the next letter of a collection, and signs nothing itself."""
    unit = units[index]
    if not isinstance(unit, TextUnit) or len(unit.lines) > 1 or index + 1 >= len(units):
        return False
    above = next((units[at] for at in range(index - 1, -1, -1) if not isinstance(units[at], PageUnit)), None)
    if isinstance(above, TextUnit) and phrases.is_dateline(above.text):
        return False  # a number below a dateline is that of the letter that has begun
    if phrases.is_enclosure_label(unit.text) or phrases.is_bracketed_label(unit.text):
        return False
    heads = phrases.is_despatch_number(unit.text) or phrases.is_numeral(unit.text) or phrases.is_title(unit.text)
    signs = closers.is_signature(unit.text) or signing.is_role(unit.text) or phrases.is_dateline(unit.text)
    is_head = phrases.is_correspondence(unit.text) or (heads and not signs)
    return is_head and (_opens_letter(units, index + 1) or _greets(units, index + 1))


def _greets(units: Sequence[Unit], index: int, *, alone: bool = False) -> bool:
    """Whether a letter begins with its salutation, or with whom it goes to and then its salutation.

    ``alone`` if the salutation may also be a line of its own.
    """
    unit = units[index] if index < len(units) else None
    if not isinstance(unit, TextUnit):
        return False
    if phrases.run_in_salutation(unit.text) or (alone and phrases.is_salutation(unit.text)):
        return True
    return phrases.is_addressee(unit.text) and _greets(units, index + 1, alone=alone)


def _after_letter(units: Sequence[Unit], index: int) -> bool:
    """Whether a letter ends just above: a signature, and above it leave is taken or a paragraph ends."""
    above = [unit for unit in units[max(0, index - 6) : index] if not isinstance(unit, PageUnit)][-2:]
    if len(above) < 2 or not (isinstance(text := above[0], TextUnit) and isinstance(name := above[1], TextUnit)):
        return False
    ends = signing.is_valediction(text.text) or (phrases.is_paragraph(text.text) and text.text.endswith("."))
    return ends and closers.is_signature(name.text) and not phrases.is_dateline(name.text)


def _signature_over_dateline(unit: TextUnit) -> int:
    """How many of a unit's lines are a signature if the rest is the dateline of the next letter; else 0."""
    if len(unit.text) > _LONGEST_PAIR:
        return 0
    for count in range(1, len(unit.lines) - 1):
        above = "\n".join(line.text for line in unit.lines[:count])
        below = "\n".join(line.text for line in unit.lines[count:])
        signs = closers.is_signature(above) and (count == 1 or signing.is_role(unit.lines[count - 1].text))
        # `Department of State,` goes on: it is the first line of the dateline
        if signs and above[-1] != "," and phrases.is_dateline(below) and not signing.is_role(unit.lines[count].text):
            return count
    return 0


def _parting(unit: TextUnit) -> int:
    """After how many lines a unit falls into two: a valediction and a signature, or a signature and a dateline."""
    first = unit.lines[0].text
    if signing.is_valediction(first) and closers.is_signature(unit.text[len(first) + 1 :]):
        return 1
    return _signature_over_dateline(unit)


def _part_signatures(units: Sequence[Unit]) -> Iterator[Unit]:
    """A signature and the dateline of the next letter may follow each other without a blank line."""
    for unit in units:
        if isinstance(unit, TextUnit) and len(unit.lines) > 1 and (count := _parting(unit)):
            yield text_unit(unit.lines[:count])
            yield text_unit(unit.lines[count:])
        else:
            yield unit


def _after_signature(units: Sequence[Unit], index: int, start: int) -> bool:
    """Whether the block before, page marks aside, is a signature. The first block of a part signs nothing."""
    for at in range(index - 1, max(-1, index - 5), -1):
        before = units[at]
        if not isinstance(before, PageUnit) and not closers.is_address_below(units, at):
            text = before.text if isinstance(before, TextUnit) else None
            signs = named_lists.is_nameless(before) if text is None else closers.is_signature(text)
            return signs and _is_written_before(units, at, start)
    return False


def _is_written_before(units: Sequence[Unit], index: int, start: int = 0) -> bool:
    """Nobody signs before anything is written; a label is nothing of its own."""
    return any(not isinstance(unit := units[at], PageUnit) and not _labels(unit) for at in range(start, index))


def _labels(unit: Unit) -> bool:
    return _is_label(unit) or (isinstance(unit, TextUnit) and phrases.is_enclosure_label(unit.text))


def _goes_on_as_letter(units: Sequence[Unit], index: int) -> bool:
    """Whether a letter's body follows a dateline; at the foot of a letter nothing does."""
    following = next((units[at] for at in range(index + 1, len(units)) if not isinstance(units[at], PageUnit)), None)
    if not isinstance(following, TextUnit) or signing.is_postscript(following.text):
        return False
    text = following.text
    if phrases.is_addressee(text) or phrases.is_salutation(text):
        return True
    return len(text) > 60 and not closers.is_signature(text) and not phrases.is_enclosure_label(text)


# -- one document


class _Anatomy:
    """Takes one document's units apart, from both ends."""

    def __init__(self, leaves: Leaves, units: Sequence[Unit], dates: list[Dated], *, is_enclosure: bool) -> None:
        self._leaves = leaves
        self._units = list(units)
        self._dates = dates
        self._is_enclosure = is_enclosure

    def division(self, kind: str) -> Division:
        opening, at = self._opening(len(self._units))
        if not any(isinstance(part, Dateline) for b in opening if isinstance(b, Opener) for part in b.parts):
            self._date_elsewhere()
        headings = [self._leaves.words(block.content) for block in opening if isinstance(block, Head)]
        body, closing = closers.split(self._units[at:], headings)
        if closing.dateline is not None:
            self._dates += dated(self._leaves, closing.dateline.span)
        blocks = [*opening, *bodies.blocks(self._leaves, body), *closers.blocks(self._leaves, closing)]
        return Division(kind, tuple(bodies.run_in_salute(self._leaves, blocks)))

    def beginning(self, end: int) -> Division:
        """What stands above the first section, which begins with a unit."""
        opening, at = self._opening(end)
        return Division("document", (*opening, *bodies.blocks(self._leaves, self._units[at:end])))

    def _date_elsewhere(self) -> None:
        """Without a dateline, the date among the lists of a memorandum is the document's, or else the heading's."""
        spans = [unit.span for at, unit in enumerate(self._units) if named_lists.is_date_of_head(self._units, at)]
        for span in spans:
            self._dates += dated(self._leaves, span)
        for unit in self._units[: 0 if spans else 3]:
            if isinstance(unit, TextUnit) and self._is_head(unit, 0):
                self._dates += dated(self._leaves, unit.span)
                return

    def _opening(self, end: int) -> tuple[list[Block], int]:
        """The blocks above the body, and the index of the first unit of the body."""
        blocks: list[Block] = []
        parts: list[OpenerPart] = []
        has_head = False
        at = 0
        while at < end:
            unit = self._units[at]
            if isinstance(unit, PageUnit):
                blocks += _flush(parts)
                blocks += unit.leaves
                at += 1
                continue
            if named_lists.is_date(unit):
                parts.append(self._dateline(unit.span))
                at += 1
                continue
            if not isinstance(unit, TextUnit):
                break
            found, rest = self._part(unit, at, has_head)
            if found is None:
                break
            # below a dateline or a number no heading follows
            has_head = has_head or isinstance(found, Dateline | Salute | DespatchNumber if at else Dateline | Salute)
            if isinstance(found, Head):
                blocks += _flush(parts)
                blocks.append(found)
                has_head = True
            else:
                parts.append(found)
            if rest is not None:
                self._units[at] = rest
            else:
                at += 1
        blocks += _flush(parts)
        return blocks, at

    def _part(self, unit: TextUnit, at: int, has_head: bool) -> tuple[OpenerPart | Head | None, TextUnit | None]:
        """What a unit is above the body, and what of it is left over."""
        text = unit.text
        first = unit.lines[0].text
        content = self._leaves.content
        if named_lists.below(self._units, at) is not None:
            return None, None  # `[ALSO PRESENT]`
        if (phrases.is_enclosure_label(text) and self._is_enclosure) or phrases.is_bracketed_label(first):
            if not has_head and first[0] != "[" and text[-1] == "." and not self._title_follows(at, alone=True):
                return Head(content(unit.span)), None  # `Exhibit 1.` is itself the title of what follows
            return Label(content(unit.lines[0].span)), _rest(unit, 1)
        if not has_head and not self._is_enclosure and at == 0 and self._is_file_number(text):
            return FileNumber(content(unit.span)), None
        if has_head or self._is_enclosure or self._is_above_a_greeting(unit, at):
            found, rest = self._opener_part(unit)
            if found is not None:
                return found, rest
        elif phrases.is_secrecy_mark(text) and self._title_follows(at, alone=True):
            return Label(content(unit.span)), None
        elif at == 0 and phrases.is_despatch_number(text) and self._title_follows(at):
            return DespatchNumber(content(unit.span)), None
        if has_head and not self._is_below_opener(at) and phrases.is_subtitle(text):
            return Head(content(unit.span)), None
        if not has_head and self._is_head(unit, at):
            return Head(content(unit.span, keep_lines=True)), None
        return None, None

    def _opener_part(self, unit: TextUnit) -> tuple[OpenerPart | None, TextUnit | None]:
        """What a unit is below a heading, or at the head of a letter without one, and what of it is left over."""
        first, content = unit.lines[0], self._leaves.content
        if phrases.is_despatch_number(first.text):
            return DespatchNumber(content(first.span)), _rest(unit, 1)
        if (count := _dateline_lines(unit)) > 0:
            return self._dateline(text_unit(unit.lines[:count]).span), _rest(unit, count)
        if phrases.is_secrecy_mark(first.text) or phrases.is_kind_of_paper(first.text):
            return Label(content(first.span)), _rest(unit, 1)
        if phrases.is_salutation(unit.text):
            return Salute(content(unit.span)), None
        return None, None

    def _is_file_number(self, text: str) -> bool:
        """Whether the first line of a text says where the original lies, by its number or above the title."""
        return phrases.is_file_number(text) or (phrases.is_collection(text) and self._title_follows(0, alone=True))

    def _title_follows(self, at: int, *, alone: bool = False) -> bool:
        """Whether the next unit, labels aside, is the title of what follows it; ``alone`` if it looks like one."""
        at += 1
        while at < len(self._units) and (_is_label(self._units[at]) or isinstance(self._units[at], PageUnit)):
            at += 1
        unit = self._units[at] if at < len(self._units) else None
        if not isinstance(unit, TextUnit) or phrases.is_dateline(unit.text) or phrases.is_despatch_number(unit.text):
            return False
        return self._is_head(unit, at) and (not alone or phrases.is_title(unit.text))

    def _is_below_opener(self, at: int) -> bool:
        """Whether a dateline or a number stands just above: a line in parentheses adds to a heading only."""
        unit = self._units[at - 1]
        return isinstance(unit, TextUnit) and (phrases.is_dateline(unit.text) or phrases.is_despatch_number(unit.text))

    def _is_above_a_greeting(self, unit: TextUnit, at: int) -> bool:
        """Whether a text begins with the dateline of a letter, which has no heading then; a telegram need not greet."""
        if _is_written_before(self._units, at) or not phrases.is_dateline(unit.text):
            return False
        below = self._units[at + 1] if at + 1 < len(self._units) else None
        return _greets(self._units, at + 1, alone=True) or (
            isinstance(below, TextUnit) and phrases.is_addressee(below.text)
        )

    def _is_head(self, unit: TextUnit, at: int) -> bool:
        text = unit.text
        if (
            len(text) > 420
            or phrases.run_in_salutation(text)
            or text[0] in '“"'
            or (text[0] == "[" and text[-1] == "]")
        ):
            return False
        if phrases.is_classification(text) or phrases.is_addressee(text):
            return False
        if phrases.is_sentence(text) and not phrases.is_numbered_title(text) and not phrases.is_title_of_paper(text):
            return False
        if text[-1] in ",;:" or (self._is_enclosure and phrases.is_paragraph(text)):
            return False
        follows_body = any(not isinstance(self._units[index], PageUnit) for index in range(at + 1, len(self._units)))
        if not follows_body and not self._is_enclosure and not _is_written_before(self._units, at):
            return phrases.is_title(text)  # what it names was not printed: a secret paper, told by its title and source
        sentences = len(_SENTENCE_END.findall(text))
        is_sentence = text[-1] == "." and len(text) > 200 and not text.endswith(("a.m.", "p.m.", " m."))
        return follows_body and sentences <= 2 and not is_sentence

    def _dateline(self, span: Span) -> Dateline:
        self._dates += dated(self._leaves, span)
        return Dateline(self._leaves.content(span, keep_lines=True))


def dated(leaves: Leaves, span: Span) -> Iterator[Dated]:
    """The first date of a dateline; dates of receipt are not dates of writing."""
    for found in find_dates(leaves.source_text[span.start : span.end])[:1]:
        yield Dated(Span(span.start + found.start, span.start + found.end), found.value)


def _is_label(unit: Unit) -> bool:
    return isinstance(unit, TextUnit) and len(unit.lines) == 1 and phrases.is_bracketed_label(unit.text)


def _flush(parts: list[OpenerPart]) -> list[Block]:
    opener: list[Block] = [Opener(tuple(parts))] if parts else []
    parts.clear()
    return opener


def _rest(unit: TextUnit, count: int) -> TextUnit | None:
    return text_unit(unit.lines[count:]) if count < len(unit.lines) else None


def _dateline_lines(unit: TextUnit) -> int:
    """How many of a unit's first lines are its dateline: to the date, and the lines of receipt below it."""
    for count in range(1, min(len(unit.lines), 5) + 1):
        if phrases.is_dateline("\n".join(line.text for line in unit.lines[:count])):
            while count < len(unit.lines) and phrases.is_received(unit.lines[count].text):
                count += 1  # noqa: PLW2901  # the lines of receipt belong to it
            return count
    return 0
