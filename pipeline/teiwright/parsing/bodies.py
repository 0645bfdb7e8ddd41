"""The body of a document: paragraphs, and the lists, tables and page breaks among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from teiwright.model import (
    Block,
    Head,
    Inline,
    LineBreak,
    ListBlock,
    Omission,
    Opener,
    PageBreak,
    Paragraph,
    Quote,
    Salute,
    Span,
    Text,
)
from teiwright.parsing import lists, named_lists, phrases, quotations
from teiwright.parsing.columns import is_rule
from teiwright.parsing.conventions import wrapped_lines
from teiwright.parsing.leaves import Leaves
from teiwright.parsing.lines import Line
from teiwright.parsing.units import ListUnit, OmissionUnit, PageUnit, TableUnit, TextUnit, Unit

_WORDLESS = PageUnit | OmissionUnit
_UNNAMED = {"numbered", "bulleted", "simple"}
_SENTENCE_END = tuple(".?!:;”\"’')]…—")
_ENDS_NO_SENTENCE = re.compile(
    r"\b(?:a|an|the|of|to|and|or|but|with|by|for|from|into|upon|at|as|than|my|his|her|its|our|your|their|this|these|those"
    r"|der|die|das|und|oder|von|vom|zum|zur|mit|für|le|la|les|un|une|et|ou|du|de|des|au|aux|par|pour|avec)$"
)
"""Articles, conjunctions and what stands before a noun: the word itself comes on the next page, or line."""

_QUOTED_WORD = re.compile('[^\\W\\d_][”"»]')
"""The end of a quotation without a stop: that of the sentence may come behind it."""
_PARTED_WORD = re.compile("[^\\W\\d_][-\u00ad]")


def blocks(leaves: Leaves, units: Sequence[Unit], *, wrapped: bool = False) -> list[Block]:
    """The blocks of a run of units. With ``wrapped`` lines end where the paper did, not where a thought does."""
    return _attach_lists(list(_with_quotations(leaves, units, wrapped)))


def _with_quotations(leaves: Leaves, units: Sequence[Unit], wrapped: bool) -> Iterator[Block]:
    """The blocks of a run of units, with quotations that a colon announces set off."""
    start = at = 0
    while at < len(units):
        end = at + _quotation(leaves, units, at)
        if end == at:
            at += 1
            continue
        yield from _blocks(leaves, units[start:at], wrapped)
        yield Quote(tuple(_attach_lists(list(_blocks(leaves, units[at:end], wrapped)))))
        start = at = end
    yield from _blocks(leaves, units[start:], wrapped)


def _quotation(leaves: Leaves, units: Sequence[Unit], at: int) -> int:
    """How many units are a quotation that begins here; a list, a page break or dots may be among them.

    After the words that announce it, what is quoted may have its own title above the first mark.
    """
    first = at + _is_title_of_quotation(leaves, units, at)
    if isinstance(units[first], _WORDLESS) or not quotations.opens(_text_of(leaves, units[first])):
        return 0
    following = (_paragraphs_of(leaves, units[index]) for index in range(first, len(units)))
    length = quotations.extent(following, announced=_is_announced(leaves, units, at))
    return first - at + length if length else 0


def _is_title_of_quotation(leaves: Leaves, units: Sequence[Unit], at: int) -> bool:
    unit = units[at]
    has_form = isinstance(unit, TextUnit) and len(unit.lines) == 1 and phrases.is_title(unit.text)
    return has_form and at + 1 < len(units) and _is_announced(leaves, units, at)


def _is_announced(leaves: Leaves, units: Sequence[Unit], at: int) -> bool:
    before = next((u for u in reversed(units[max(0, at - 3) : at]) if not isinstance(u, PageUnit)), None)
    return before is not None and quotations.announces(_text_of(leaves, before))


def _text_of(leaves: Leaves, unit: Unit) -> str:
    return unit.text if isinstance(unit, TextUnit) else leaves.source_text[unit.span.start : unit.span.end]


def _paragraphs_of(leaves: Leaves, unit: Unit) -> list[str]:
    match unit:
        case PageUnit() | OmissionUnit():
            return []
        case TextUnit():
            return [unit.text]
        case _:
            return [line for line in _text_of(leaves, unit).splitlines() if line.strip()]


def _blocks(leaves: Leaves, units: Sequence[Unit], wrapped: bool) -> Iterator[Block]:
    at = 0
    while at < len(units):
        unit = units[at]
        match unit:
            case TextUnit():
                if (named := named_lists.below(units, at)) is not None:
                    head = leaves.content(unit.span)
                    yield from named_lists.parted(leaves, named_lists.with_head(named.block, unit.text, head))
                    at += 1
                elif (last := _interrupted(leaves, units, at)) > at:
                    yield _joined(leaves, units[at : last + 1])
                    at = last
                elif wrapped:
                    yield Paragraph(leaves.content(unit.span))
                elif len(unit.lines) == 1:
                    is_title = phrases.is_title(unit.text) and not phrases.is_summary(unit.text)
                    yield Paragraph(leaves.content(unit.span), "center" if is_title else None)
                else:
                    yield from _paragraphs(leaves, unit)
            case PageUnit():
                yield from unit.leaves
            case ListUnit():
                yield from named_lists.parted(leaves, unit.block)
            case TableUnit():
                yield unit.block
            case OmissionUnit():
                yield Omission(leaves.content(unit.span))
        at += 1


def _interrupted(leaves: Leaves, units: Sequence[Unit], at: int) -> int:
    """The index of the unit in which a sentence goes on that a page's beginning interrupts."""
    last = at
    while (after := _behind_page(leaves, units, last)) > last:
        here, following = units[last], units[after]
        if not (isinstance(here, TextUnit) and isinstance(following, TextUnit)):
            break
        if not _is_broken(here.text, following.text):
            break
        last = after
    return last


def _behind_page(leaves: Leaves, units: Sequence[Unit], at: int) -> int:
    """The first unit of the next page: behind a page mark on a line of its own, or begun by one. ``at`` if none is."""
    following = units[at + 1] if at + 1 < len(units) else None
    if isinstance(following, PageUnit):
        return at + 2 if at + 2 < len(units) else at
    begins = isinstance(following, TextUnit) and leaves.begins_page(following.lines[0])
    return at + 1 if begins else at


def _is_broken(before: str, after: str) -> bool:
    """Whether a sentence goes on over a page's end: it has no end before, or no beginning after.

    A whole sentence before the break ends the paragraph, whatever follows. What a number or an editor's bracket begins
    is a paragraph of its own, whatever came before.
    """
    if phrases.is_counted(after) or phrases.is_summary(after) or is_rule(before):
        return False
    goes_on = after.lstrip("([“\"‘'")[:1].islower()
    if goes_on and _QUOTED_WORD.fullmatch(before[-2:]):
        return True
    if before[-1:] in _SENTENCE_END:
        return goes_on and before[-1:] in ':;—”"' and after[:1] in "(["
    if goes_on or before[-1:] in ",-–" or _ENDS_NO_SENTENCE.search(before):
        return True
    return before[-1:].isalpha() and phrases.is_sentence(before)


def _joined(leaves: Leaves, units: Sequence[Unit]) -> Paragraph:
    content: list[Inline | Block] = []
    for index, unit in enumerate(units):
        match unit:
            case PageUnit():
                content += unit.leaves
            case TextUnit():
                goes_on = index + 1 < len(units)
                parted = goes_on and leaves.wrapped and _PARTED_WORD.fullmatch(unit.text[-2:]) is not None
                content += leaves.content(unit.span, open_end=goes_on and not parted)
                if parted:
                    content.append(LineBreak(Span(unit.span.end, unit.span.end), inside_word=True))
            case _:
                pass
    return Paragraph(tuple(content))


def _paragraphs(leaves: Leaves, unit: TextUnit) -> Iterator[Block]:
    """Of each line a paragraph, unless lines end where the paper did; an address or a title keeps its lines."""
    if lists.enumerates(unit.lines) or wrapped_lines.is_verse(unit.lines, leaves.width):
        yield Paragraph(leaves.content(unit.span, keep_lines=True))
    elif wrapped_lines.fills([len(line.text) for line in unit.lines], leaves.width) or lists.hangs(unit.lines):
        yield Paragraph(leaves.content(unit.span))
    elif all(len(line.text) < 70 for line in unit.lines):
        yield Paragraph(leaves.content(unit.span, keep_lines=True))
    else:
        for first, last in _sentences(unit.lines):
            yield Paragraph(leaves.content(Span(first.span.start, last.span.end)))


def _sentences(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """The first and the last line of each paragraph: one line, unless a sentence goes on in the next."""
    first = lines[0]
    for line, following in pairwise(lines):
        if not _is_broken(line.text, following.text):
            yield first, line
            first = following
    yield first, lines[-1]


def _attach_lists(found: list[Block]) -> list[Block]:
    """A list or a table belongs to the paragraph that introduces it with a colon."""
    result: list[Block] = []
    for block in found:
        before = result[-1] if result else None
        if (
            isinstance(block, ListBlock)
            and block.head is None
            and block.kind in _UNNAMED
            and isinstance(before, Paragraph)
            and before.rend is None
        ):
            result[-1] = replace(before, content=(*before.content, block))
        else:
            result.append(block)
    return result


def run_in_salute(leaves: Leaves, found: Sequence[Block]) -> list[Block]:
    """Part the salutation from the first paragraph in whose line it stands."""
    result = list(found)
    for index, block in enumerate(result):
        if isinstance(block, Opener | Head | PageBreak):
            continue
        if isinstance(block, Paragraph) and block.content and isinstance(first := block.content[0], Text):
            text = leaves.source_text[first.span.start : first.span.end]
            if (length := phrases.run_in_salutation(text)) and length < len(text.rstrip()):
                cut = first.span.start + length
                rest = Span(cut + len(text[length:]) - len(text[length:].lstrip()), first.span.end)
                salute = Salute((Text(Span(first.span.start, cut)),), run_in=True)
                result[index] = replace(block, content=(Text(rest), *block.content[1:]))
                result.insert(index, Opener((salute,)))
        break
    return _merge_openers(result)


def _merge_openers(found: list[Block]) -> list[Block]:
    result: list[Block] = []
    for block in found:
        if isinstance(block, Opener) and result and isinstance(before := result[-1], Opener):
            result[-1] = Opener((*before.parts, *block.parts))
        else:
            result.append(block)
    return result
