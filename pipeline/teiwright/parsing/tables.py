"""Tables: rows are lines, cells are parted by tabs, or set in columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from teiwright.model import Cell, PageBreak, Reason, Row, Span, Table
from teiwright.parsing import phrases, signing
from teiwright.parsing.lines import Line, Mark
from teiwright.parsing.masses import span_of

if TYPE_CHECKING:
    from teiwright.parsing.units import Reader

_TABS = re.compile(r"\t+")
_TITLE = re.compile(r"(?:(?:TABLE|Table)\s+\w+\b.*|[^\W_a-z].*[^\s.:;,—-])")
_ASIDE = re.compile(r"[(\[].*[)\]]\.?")
"""A line in parentheses, such as the unit of what the table counts."""
_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table, its range, and the index of the line after it."""

    block: Table
    span: Span
    after: int


def read(reader: Reader, lines: Sequence[Line], at: int) -> FoundTable | None:
    """The table that begins at a line with tabs, or at its title.

    A line without tabs close to rows is a row with one cell: a title between them, a sum below them. A page mark
    between rows stays between them.
    """
    end = _end_of(lines, at)
    gap = _gap(reader.text, lines[at:end])
    rows: list[Row | PageBreak] = []
    for line in lines[at:end]:
        if line.is_page_mark:
            rows += reader.page_breaks(line)
        else:
            rows.append(_row(reader, line, gap))
    if not lines[at].has_tab:
        rows[0] = Row(rows[0].cells, "label") if isinstance(rows[0], Row) else rows[0]
    return FoundTable(Table(tuple(rows)), Span(lines[at].span.start, lines[end - 1].span.end), end)


def read_columns(reader: Reader, lines: Sequence[Line], at: int) -> FoundTable | None:
    """The table that begins at a line whose columns are parted by spaces or dots."""
    found = reader.columns.rows(lines, at)
    if not found:
        return None
    for row in found:
        for cell, following in pairwise(row):
            if following.start > cell.end:
                reader.consumed.append(Mark(Span(cell.end, following.start), Reason.CELL_GAP))
    content = reader.leaves.content
    rows = tuple(Row(tuple(Cell(content(cell)) for cell in row)) for row in found)
    after = at + len(found)
    return FoundTable(Table(rows), Span(lines[at].span.start, lines[after - 1].span.end), after)


def is_title(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the title of the table below it: close above its rows, and no sentence that introduces them.

    A second line of the title stands in parentheses (``(in thousands of tons)``).
    """
    line = lines[at]
    first = at + 1
    if first < len(lines) and not lines[first].after_blank and _ASIDE.fullmatch(lines[first].text):
        first += 1
    return (
        first < len(lines)
        and lines[first].has_tab
        and not lines[first].after_blank
        and (line.after_blank or (at > 0 and lines[at - 1].is_page_mark))
        and not line.has_tab
        and len(line.text) <= _LONGEST_TITLE
        and (_TITLE.fullmatch(line.text) is not None or _ASIDE.fullmatch(line.text) is not None)
    )


def _end_of(lines: Sequence[Line], at: int) -> int:
    """Rows go on while no blank line comes, or beyond it if a row of the table follows at once.

    What is parted from a row by nothing but its line's end is a row as well, unless it is running text.
    """
    end = last = at + 1
    while end < len(lines) and (lines[end].has_tab or lines[end].is_page_mark or _is_close(lines, end)):
        end += 1
        if not lines[end - 1].is_page_mark:
            last = end
    return last


def _is_close(lines: Sequence[Line], at: int) -> bool:
    """Whether a line without tabs is close to rows: to the one above, or over a page's end to the one below.

    A name with a full stop behind it signs what the table ends.
    """
    line = lines[at]
    if line.after_blank or phrases.is_paragraph(line.text):
        return False
    if at + 1 < len(lines) and lines[at + 1].has_tab:
        return True
    return not lines[at - 1].is_page_mark and not (line.text.endswith(".") and signing.is_name(line.text))


def _gap(text: str, lines: Sequence[Line]) -> int:
    """How many tabs part two cells: two if all runs of tabs are even, else one."""
    runs = (len(m.group()) for line in lines for m in _TABS.finditer(text, line.start, line.span.end))
    return 2 if all(run % 2 == 0 for run in runs) else 1


def _row(reader: Reader, line: Line, gap: int) -> Row:
    cells: list[Cell] = []
    at = line.start
    line_end = line.span.end
    content = reader.leaves.content
    for match in _TABS.finditer(reader.text, line.start, line_end):
        start, end = match.span()
        cells.append(Cell(content(span_of((at, start)))))
        cells += [Cell(())] * ((end - start) // gap - 1)
        reader.consumed.append(Mark(span_of((start, end)), Reason.CELL_GAP))
        at = end
    cells.append(Cell(content(span_of((at, line_end)))))
    return Row(tuple(cells))
