"""The matter in front of a report: title page, notices, distribution list, stamps of archives.

A report has a title page if its title, in capitals, stands again above its first paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from teiwright.model import (
    Block,
    Dated,
    Division,
    Head,
    Item,
    ListBlock,
    PageBreak,
    Stamp,
    TitlePage,
    TitlePart,
)
from teiwright.parsing.anatomy import dated
from teiwright.parsing.dates import find_dates
from teiwright.parsing.leaves import Leaves
from teiwright.parsing.units import PageUnit, TextUnit, Unit

_STAMP = re.compile(r"\b(?:declassified|classification cancelled|regraded|approved for release)\b", re.IGNORECASE)
_STAMP_GOES_ON = re.compile(r"(?:[A-Z]{2,4} )?Date: .{4,20}|By:? .{2,40}|NARA .{2,40}|E\. ?O\. .{2,40}")
_DISTRIBUTION = re.compile(r"(?:distribution|copies to|distribution list)\s*:?", re.IGNORECASE)
_COPY = re.compile(r"copy no\.? .{1,20}", re.IGNORECASE)
_IMPRINT = re.compile(r"(?:publication of|published by|issued by|prepared by|printed (?:by|at))\b", re.IGNORECASE)


def split(leaves: Leaves, units: Sequence[Unit]) -> tuple[list[Division], list[Dated], list[Unit]]:
    """The divisions in front of the text, their dates, and the units of the text itself."""
    end = _title_again(units)
    if end is None:
        return [], [], list(units)
    dates: list[Dated] = []
    return list(_divisions(leaves, units[:end], dates)), dates, list(units[end:])


def _title_again(units: Sequence[Unit]) -> int | None:
    """The index of the unit that repeats the first unit's title, if both stand by themselves in capitals."""
    if not units or not isinstance(first := units[0], TextUnit) or len(first.lines) != 1:
        return None
    title = first.text
    if not title.isupper() or len(title) < 5:
        return None
    for index, unit in enumerate(units[:40]):
        if not _may_be_in_front(unit):
            return None
        if index > 1 and isinstance(unit, TextUnit) and unit.text == title:
            return index
    return None


def _may_be_in_front(unit: Unit) -> bool:
    """Whether a unit is lines or a page mark: a list, a table or a running head is of a text that has begun."""
    if isinstance(unit, PageUnit):
        return all(isinstance(leaf, PageBreak) for leaf in unit.leaves)
    return isinstance(unit, TextUnit)


def _divisions(leaves: Leaves, units: Sequence[Unit], dates: list[Dated]) -> Iterator[Division]:
    page: list[TitlePart | PageBreak] = []
    stamps: list[Block] = []
    lists: list[Division] = []
    at = 0
    while at < len(units):
        unit = units[at]
        at += 1
        if isinstance(unit, PageUnit):
            page += (leaf for leaf in unit.leaves if isinstance(leaf, PageBreak))
            continue
        assert isinstance(unit, TextUnit)  # noqa: S101  # nothing else may be in front
        if _STAMP.search(unit.text) or (stamps and _STAMP_GOES_ON.fullmatch(unit.text)):
            stamps.append(Stamp(leaves.content(unit.span, keep_lines=True), "declassification"))
        elif _DISTRIBUTION.fullmatch(unit.text) and at < len(units) and isinstance(below := units[at], TextUnit):
            lists.append(_distribution(leaves, unit, below))
            at += 1
        else:
            part = TitlePart(_kind(unit, first=not page), leaves.content(unit.span, keep_lines=True))
            page.append(part)
            if part.kind == "date":
                dates += dated(leaves, unit.span)
    yield Division("front", (TitlePage(tuple(page)),))
    yield from lists
    if stamps:
        yield Division("stamps", tuple(stamps))


def _kind(unit: TextUnit, *, first: bool) -> str:
    text = unit.text
    if first:
        return "main"
    if find_dates(text) and len(text) < 40:
        return "date"
    if _COPY.fullmatch(text):
        return "copy"
    if _IMPRINT.match(text):
        return "imprint"
    return "sub" if text.startswith("(") else "notice"


def _distribution(leaves: Leaves, head: TextUnit, below: TextUnit) -> Division:
    items = tuple(Item(None, leaves.content(line.span)) for line in below.lines)
    return Division("distribution", (Head(leaves.content(head.span)), ListBlock(items, "simple")))
