"""Tables without tabs: columns parted by spaces, as a typewriter sets them, or led to their figures by dots.

Columns are where every row of a run of lines is white; what is only set in from the margin has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from teiwright.model import Span
from teiwright.parsing import phrases
from teiwright.parsing.dates import find_dates
from teiwright.parsing.lines import Line

_SIGNS = ("   ", "....", ". . . .")
"""Without one of these, which are quickly looked for, a text has no columns."""
_GAP = re.compile(r"\S {3,}\S")
_WIDE = re.compile(r"   (?<=\S   ) *(?=\S)")
"""A gap behind a word. It begins with spaces, which are quickly looked for."""
_FOUR_DOTS = re.compile(r"\.(?: ?\.){3}")
"""What every leader has; it is quickly looked for."""
_LEADER = re.compile(r"(?P<name>\S.*?(?: ?\.){4,}) *(?P<figure>[^\s.].{0,39})")
_RULE = re.compile(r"[-_–—=](?: ?[-_–—=]){3,}")
_COUNTER = re.compile(r"\(?(?:\d{1,2}|[A-Za-z]|[ivx]{1,4})[.)]")
_NARROWEST = 2
"""How wide the white between two columns is at least where all rows have it; in single rows it is wider."""
_WHITE = re.compile(rb"(?<=\x01)\x00{%d,}(?=\x01)" % _NARROWEST)


def is_rule(text: str) -> bool:
    """Whether a line is drawn with signs: it parts what stands above it from what stands below."""
    return _RULE.fullmatch(text) is not None


class Columns:
    """Finds the rows of such tables. A line that was read in vain with those above it is not tried again."""

    def __init__(self, text: str) -> None:
        self._text = text
        has_signs = any(sign in text for sign in _SIGNS)
        self._has_leaders = has_signs and _FOUR_DOTS.search(text) is not None
        self._has_gaps = has_signs and _WIDE.search(text) is not None
        self.possible = self._has_leaders or self._has_gaps
        """Whether any line of the text can be a row."""
        self._plain_until = 0

    def begin(self, lines: Sequence[Line], at: int) -> bool:
        """Whether a run of rows begins at a line."""
        return bool(self.rows(lines, at))

    def rows(self, lines: Sequence[Line], at: int) -> list[list[Span]]:
        """The rows that begin at a line, each with the ranges of its cells; none if it is no table."""
        if not self.possible or lines[at].span.start < self._plain_until:
            return []
        led = self._led(lines, at) if self._has_leaders else []
        if len(led) > 1:
            return led
        return self._set(lines, at) if self._has_gaps and self._may_be_set(lines, at) else []

    def _led(self, lines: Sequence[Line], at: int) -> list[list[Span]]:
        """Rows whose names are led to their figures by dots, which stay with the name."""
        found = []
        for line in _run(lines, at):
            start, end = line.span
            row = _LEADER.fullmatch(self._text, start, end) if _FOUR_DOTS.search(self._text, start, end) else None
            if row is None:
                break
            found.append([Span(*row.span("name")), Span(*row.span("figure"))])
        return found

    def _may_be_set(self, lines: Sequence[Line], at: int) -> bool:
        """Whether a line has a gap, or is the head of columns, set in from the margin above a line that has one."""
        line = lines[at]
        if _GAP.search(self._text, line.span.start, line.span.end):
            return True
        below = lines[at + 1] if at + 1 < len(lines) else None
        if below is None or below.after_blank or len(line.text) > line.indent:
            return False
        return _GAP.search(self._text, below.span.start, below.span.end) is not None

    def _set(self, lines: Sequence[Line], at: int) -> list[list[Span]]:
        """Rows set in columns: half of them, and two at least, have text in more than one."""
        rows: list[Line] = []
        used = bytearray()
        edges: list[int] = []
        for line in _run(lines, at):
            if not is_rule(line.text):
                wider = _with(used, self._raw(line))
                if not (found := _edges(wider)) and len(rows) > 1:
                    break
                used, edges = wider, found
            rows.append(line)
        cells = [[line.span] if is_rule(line.text) else self._cells(line, edges) for line in rows]
        parted = sum(sum(map(bool, row)) > 1 for row in cells)
        if parted > 1 and 2 * parted >= len(cells) and not self._dates(cells) and not self._counts(cells):
            return cells
        self._plain_until = rows[-1].span.end
        return []

    def _dates(self, cells: Sequence[Sequence[Span]]) -> bool:
        """Whether the last column is place and date: they stand opposite a number or a name above a letter."""
        last = "\n".join(self._text[row[-1].start : row[-1].end] for row in cells if len(row) > 1)
        return phrases.is_dateline(last) and len(find_dates(last)) == 1

    def _counts(self, cells: Sequence[Sequence[Span]]) -> bool:
        """Whether two columns are labels and what they count: ``a.   The bridge`` is no row."""
        rows = [row for row in cells if len(row) > 1]
        return all(len(row) == 2 and _COUNTER.fullmatch(self._text, row[0].start, row[0].end) for row in rows)

    def _raw(self, line: Line) -> str:
        return self._text[line.start : line.span.end]

    def _cells(self, line: Line, edges: Sequence[int]) -> list[Span]:
        """The ranges of a row's cells, empty ones too, but for those at its end."""
        row = self._raw(line)
        bounds = [0, *(edge for edge in edges if edge < len(row)), len(row)]
        cells = []
        for left, right in pairwise(bounds):
            inner = row[left:right]
            begins = line.start + left + len(inner) - len(inner.lstrip())
            cells.append(Span(begins, begins + len(inner.strip())))
        return cells


def _run(lines: Sequence[Line], at: int) -> Iterator[Line]:
    """The lines from one on that no blank line parts."""
    for index in range(at, len(lines)):
        line = lines[index]
        if (index > at and line.after_blank) or line.is_page_mark or line.has_tab:
            return
        yield line


def _with(used: bytearray, row: str) -> bytearray:
    """The places that have text in one of the rows so far, or in this one."""
    wider = used.ljust(len(row), b"\0")
    for at, sign in enumerate(row):
        if not sign.isspace():
            wider[at] = 1
    return wider


def _edges(used: bytearray) -> list[int]:
    """Where columns end: the last place of each run of white between text."""
    return [gap.end() - 1 for gap in _WHITE.finditer(used)]
