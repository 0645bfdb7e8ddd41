"""Units: what a run of lines is by its layout alone, before its meaning in the document is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from teiwright.model import FORM_FEED, Certainty, FormeWork, ListBlock, PageBreak, Span, Table, Text
from teiwright.parsing import lists, memoranda, tables
from teiwright.parsing.columns import Columns, is_rule
from teiwright.parsing.conventions.page_edges import EdgeLine
from teiwright.parsing.leaves import Leaves
from teiwright.parsing.lines import Line, Mark, Marks

_OMISSION = re.compile(r"(?:[.…•·*_–—-][ \xa0\t]*){3,}|…")
_DOTS = frozenset(".…•·*_–—-")
_ENCLOSURE_LABEL = re.compile(
    r"\[(?:Sub-?)?(?:[Ee]n|[Ii]n)closure|\[(?:Attachment|Annex|Appendix|Tab|Inclosure|Enclosure)\b", re.IGNORECASE
)
_SET_IN, _SET_FAR_IN = 2, 12
_NEAR = 20
_FULL, _ROOM = 0.7, 0.92
"""Of the usual width of lines: what a line fills that was broken for want of room, and what surely leaves room."""
_ENDS_SENTENCE = tuple(".?!:”\"’'—")


class TextUnit(NamedTuple):
    """Lines that no blank line parts; made by ``text_unit``."""

    lines: tuple[Line, ...]
    text: str
    """The text of the lines without marks, line ends as ``\\n``."""
    span: Span
    """The range of the source, without the white space around it."""


def text_unit(lines: Sequence[Line]) -> TextUnit:
    """The unit of some lines."""
    if len(lines) == 1:
        (line,) = lines
        return TextUnit((line,), line.text, line.span)
    text = "\n".join([line.text for line in lines])
    return TextUnit(tuple(lines), text, Span(lines[0].span.start, lines[-1].span.end))


@dataclass(frozen=True, slots=True)
class PageUnit:
    """A page mark, or several, alone on a line; or a page break that was inferred, with a running head."""

    leaves: tuple[PageBreak | FormeWork, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class ListUnit:
    """A whole list, with its lines."""

    block: ListBlock
    span: Span
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class TableUnit:
    """A whole table."""

    block: Table
    span: Span


@dataclass(frozen=True, slots=True)
class OmissionUnit:
    """A line of dots or asterisks."""

    line: Line

    @property
    def span(self) -> Span:
        """The range of the source, without the white space around it."""
        return self.line.span


Unit = TextUnit | PageUnit | ListUnit | TableUnit | OmissionUnit


class Reader:
    """Reads units from lines; keeps the marks of bullets and cells that it consumed."""

    def __init__(self, text: str, marks: Marks, width: int = 0, edges: Mapping[int, EdgeLine] | None = None) -> None:
        self.text = text
        self.marks = marks
        self._edges = edges or {}
        self.leaves = Leaves(text, marks, width)
        self.consumed: list[Mark] = []
        self.columns = Columns(text)
        self._is_solid = self.leaves.wrapped and FORM_FEED in text
        self._has_tabs = "\t" in text
        self._has_parties = memoranda.may_be_there(text)

    def units(self, lines: Sequence[Line]) -> list[Unit]:
        """All units of a run of lines; none goes on beyond the edge of a page."""
        if not self._edges:
            return list(self._units(lines))
        runs = groupby(lines, key=lambda line: self.at_edge(line) or line.is_page_mark)
        return [unit for _, run in runs for unit in self._units(list(run))]

    def _units(self, lines: Sequence[Line]) -> Iterator[Unit]:
        at = 0
        while at < len(lines):
            if self._has_parties and (fields := memoranda.read(self, lines, at)):
                yield from (ListUnit(field.block, field.span, field.lines) for field in fields)
                at = fields[-1].after
                continue
            unit, at = self._unit(lines, at)
            yield unit

    def _unit(self, lines: Sequence[Line], at: int) -> tuple[Unit, int]:
        line = lines[at]
        if self._edges and (self.at_edge(line) or line.is_page_mark):
            return self.between_pages(lines, at)
        if line.marked and line.is_page_mark:
            return PageUnit(self.page_breaks(line), line.span), at + 1
        if _is_omission(line.text):
            return OmissionUnit(line), at + 1
        if line.has_tab and (found := tables.read(self, lines, at)):
            return TableUnit(found.block, found.span), found.after
        if self.columns.possible and (found := tables.read_columns(self, lines, at)):
            return TableUnit(found.block, found.span), found.after
        if found_list := lists.read(self, lines, at):
            return ListUnit(found_list.block, found_list.span, tuple(lines[at : found_list.after])), found_list.after
        if self._has_tabs and tables.is_title(lines, at) and (found := tables.read(self, lines, at)):
            return TableUnit(found.block, found.span), found.after
        return self._text_unit(lines, at)

    def _text_unit(self, lines: Sequence[Line], at: int) -> tuple[Unit, int]:
        end = at + 1
        while (
            end < len(lines)
            and not (line := lines[end]).after_blank
            and not is_rule(lines[end - 1].text)
            and not is_rule(line.text)
            and not line.is_page_mark
            and not self.at_edge(line)
            and not line.has_tab
            and not _is_omission(line.text)
            and not (line.text[0] == "[" and _ENCLOSURE_LABEL.match(line.text))
            and not lists.begins(lines, end)
            and not (self._has_parties and memoranda.begins(self, lines, end))
            and not self.columns.begin(lines, end)
            and not (self.leaves.wrapped and _begins_paragraph(lines, end))
            and not (self._is_solid and _has_room(lines[at:end], line, self.leaves.width))
        ):
            end += 1
        return text_unit(lines[at:end]), end

    def at_edge(self, line: Line) -> bool:
        """Whether a line stands at the edge of a page: a running head, a page's number."""
        return line.span.end in self._edges

    def parts_pages(self, line: Line) -> bool:
        """Whether a line is none of the text, but stands between two pages."""
        return line.is_page_mark or self.at_edge(line)

    def between_pages(self, lines: Sequence[Line], at: int) -> tuple[PageUnit, int]:
        """All that parts two pages: the foot of the one, the mark of the other, its head."""
        leaves: list[PageBreak | FormeWork] = []
        end = at
        while end < len(lines) and (self.at_edge(line := lines[end]) or line.is_page_mark):
            leaves += self.page_breaks(line)
            if self.at_edge(line):
                leaves += self._at_edge(line.span, self._edges[line.span.end])
            end += 1
        return PageUnit(tuple(leaves), Span(lines[at].span.start, lines[end - 1].span.end)), end

    def _at_edge(self, span: Span, edge: EdgeLine) -> Iterator[PageBreak | FormeWork]:
        if edge.begins is not None:
            yield PageBreak(Span(span.start, span.start), edge.begins, inferred=True, certainty=Certainty.HIGH)
        yield FormeWork(tuple(leaf for leaf in self.leaves.content(span) if isinstance(leaf, Text)), edge.kind)

    def page_breaks(self, line: Line) -> tuple[PageBreak, ...]:
        """The page breaks of a line."""
        return tuple(m.leaf for m in self.marks.within(line.span) if isinstance(m.leaf, PageBreak))


def _begins_paragraph(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is set in below one at the margin: books and typists begin a paragraph so, without a blank line.

    The lines after it are at the margin again; below a label alone (``1.  All windows``) they hang under its text.
    What is set in far is the end of a letter.
    """
    before, line = lines[at - 1], lines[at]
    step = line.indent - before.indent
    if step < _SET_IN:
        return False
    depth = before.indent - min(each.indent for each in lines[max(0, at - _NEAR) : at])
    if step >= _SET_FAR_IN:
        return depth < _SET_FAR_IN
    if depth > 1:
        return False
    after = lines[at + 1] if at + 1 < len(lines) and not lines[at + 1].after_blank else None
    if after is not None and after.indent <= line.indent:
        return after.indent < line.indent
    return before.text.endswith(_ENDS_SENTENCE)


def _has_room(above: Sequence[Line], line: Line, width: int) -> bool:
    """Whether the next word would have had room in the last line above, which ends a paragraph or is a heading then.

    Programs that take the text out of a PDF drop the indent of paragraphs, and set no empty line in its place.
    """
    last = above[-1]
    first_word = line.text.split(None, 1)[0]
    if line.text[0].islower() or len(last.text) + 1 + len(first_word) > _ROOM * width:
        return False
    is_heading = len(above) == 1 and not last.text.endswith(",")
    follows_full_line = len(above) > 1 and len(above[-2].text) >= _FULL * width
    ends = last.text.endswith(_ENDS_SENTENCE)
    return (ends and follows_full_line) or ((ends or is_heading) and len(line.text) >= _FULL * width)


def _is_omission(text: str) -> bool:
    return text[:1] in _DOTS and _OMISSION.fullmatch(text) is not None and not is_rule(text)
