"""Units: what a run of lines is by its layout alone, before its meaning in the document is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from teiwright.model import Certainty, FormeWork, ListBlock, PageBreak, Span, Table, Text
from teiwright.parsing import lists, memoranda, tables
from teiwright.parsing.columns import Columns, is_rule
from teiwright.parsing.leaves import Leaves
from teiwright.parsing.lines import Line, Mark, Marks

_OMISSION = re.compile(r"(?:[.…•·*_–—-][ \xa0\t]*){3,}|…")
_DOTS = frozenset(".…•·*_–—-")
_ENCLOSURE_LABEL = re.compile(
    r"\[(?:Sub-?)?(?:[Ee]n|[Ii]n)closure|\[(?:Attachment|Annex|Appendix|Tab|Inclosure|Enclosure)\b", re.IGNORECASE
)
_SET_IN, _SET_FAR_IN = 2, 12
_NEAR = 20
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

    def __init__(self, text: str, marks: Marks, width: int = 0, heads: Mapping[int, str] | None = None) -> None:
        self.text = text
        self.marks = marks
        self._heads = heads or {}
        self.leaves = Leaves(text, marks, width)
        self.consumed: list[Mark] = []
        self.columns = Columns(text)
        self._has_tabs = "\t" in text
        self._has_parties = memoranda.may_be_there(text)

    def units(self, lines: Sequence[Line]) -> list[Unit]:
        """All units of a run of lines."""
        return list(self._units(lines))

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
        if line.marked and line.is_page_mark:
            return PageUnit(self.page_breaks(line), line.span), at + 1
        if self._heads and self.begins_page(line):
            return self._head_of_page(line), at + 1
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
            and not self.begins_page(line)
            and not line.has_tab
            and not _is_omission(line.text)
            and not (line.text[0] == "[" and _ENCLOSURE_LABEL.match(line.text))
            and not lists.begins(lines, end)
            and not (self._has_parties and memoranda.begins(self, lines, end))
            and not self.columns.begin(lines, end)
            and not (self.leaves.wrapped and _begins_paragraph(lines, end))
        ):
            end += 1
        return text_unit(lines[at:end]), end

    def begins_page(self, line: Line) -> bool:
        """Whether a line is the running head of a page."""
        return line.span.start in self._heads

    def _head_of_page(self, line: Line) -> PageUnit:
        at, number = line.span.start, self._heads[line.span.start]
        leaf = PageBreak(Span(at, at), number, inferred=True, certainty=Certainty.HIGH)
        texts = tuple(leaf for leaf in self.leaves.content(line.span) if isinstance(leaf, Text))
        return PageUnit((leaf, FormeWork(texts, "header")), line.span)

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


def _is_omission(text: str) -> bool:
    return text[:1] in _DOTS and _OMISSION.fullmatch(text) is not None and not is_rule(text)
