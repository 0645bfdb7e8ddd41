"""The head of a memorandum, line by line: ``TO:      The Secretary``, ``FROM:``, ``DATE:``, ``SUBJECT:``.

Each line is the list of what its label names, with the label as its head. What does not fit in it hangs below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from teiwright.model import Item, ListBlock, Span
from teiwright.parsing.lines import Line
from teiwright.parsing.masses import span_of

if TYPE_CHECKING:
    from teiwright.parsing.units import Reader

_KINDS = {
    "to": "to", "memorandum for": "to", "an": "to", "à": "to",
    "from": "from", "fm": "from", "von": "from", "de": "from",
    "via": "through", "through": "through", "thru": "through", "über": "through",
    "cc": "copies", "bcc": "copies", "copy": "copies", "copies": "copies", "copies to": "copies", "kopie": "copies",
    "date": "date", "sent": "date", "datum": "date",
    "subject": "subject", "subj": "subject", "re": "subject", "betr.": "subject", "betr": "subject",
    "betreff": "subject", "betrifft": "subject", "objet": "subject", "sujet": "subject",
    "ref": "reference", "reference": "reference", "references": "reference", "bezug": "reference",
}  # fmt: skip
"""What each label names, in English, German and French."""
_WORDS = "|".join(sorted(map(re.escape, _KINDS), key=len, reverse=True))
_LABEL = re.compile(rf"(?:{_WORDS})[ \t]*:(?=\s|$)", re.IGNORECASE)
_LABEL_BESIDE = re.compile(rf"(?:[ \xa0]{{3,}}|[ \xa0]*\t\s*)(?=(?:{_WORDS})[ \t]*:\s)", re.IGNORECASE)
"""``TO:  The Secretary          DATE:  March 3, 1954``"""
_PARTY = r"[ \t]*(?:to|an|à|memorandum for|from|fm|von|de)[ \t]*:"
_FIRST_PARTY = re.compile(_PARTY, re.IGNORECASE)
_LATER_PARTY = re.compile("\n" + _PARTY, re.IGNORECASE)  # `\n` first: a search for it is fast
_MAKE_A_HEAD = {"to", "from", "date", "subject"}
_LINES_KEPT = {"to", "from", "through", "copies"}
"""One below the other are several people, or one with the office below the name."""


@dataclass(frozen=True, slots=True)
class Field:
    """A label with what stands behind it, and the index of the line after both."""

    block: ListBlock
    span: Span
    lines: tuple[Line, ...]
    after: int


def may_be_there(text: str) -> bool:
    """Whether a line of a text says who writes or to whom."""
    return _FIRST_PARTY.match(text) is not None or _LATER_PARTY.search(text) is not None


def read(reader: Reader, lines: Sequence[Line], at: int) -> list[Field]:
    """The head of a memorandum that begins at a line; empty if none begins there.

    One label is no head: who writes or who receives is one of at least two that say who, when or of what.
    """
    found: list[Field] = []
    while at < len(lines) and (end := _end_of_field(lines, at)) > at:
        found += _fields(reader, tuple(lines[at:end]), end)
        at = end
    kinds = {field.block.kind for field in found}
    return found if len(kinds & _MAKE_A_HEAD) > 1 and kinds & {"to", "from"} else []


def is_of_head(block: ListBlock) -> bool:
    """Whether a list is of the kinds that the head of a memorandum has."""
    return block.head is not None and block.kind in _KINDS.values()


def begins(reader: Reader, lines: Sequence[Line], at: int) -> bool:
    """Whether the head of a memorandum begins at a line."""
    return _LABEL.match(lines[at].text) is not None and bool(read(reader, lines, at))


def _end_of_field(lines: Sequence[Line], at: int) -> int:
    """The index of the line after a field and what hangs below it; ``at`` if none is there."""
    line = lines[at]
    match = None if line.opens_with_mark else _LABEL.match(line.text)
    if match is None or not (line.text[0].isupper() or match.group().startswith(("cc", "bcc"))):
        return at
    end = at + 1
    while end < len(lines) and _hangs(lines[end], line):
        end += 1
    return end if end > at + 1 or match.end() < len(line.text) else at


def _hangs(line: Line, below: Line) -> bool:
    is_deeper = line.indent > below.indent and not line.after_blank
    return is_deeper and not line.is_page_mark and not _LABEL.match(line.text)


def _fields(reader: Reader, lines: tuple[Line, ...], after: int) -> list[Field]:
    """The fields of a line and what hangs below them.

    Below two fields side by side it goes on with the first, behind both: words stay in their order.
    """
    first = lines[0].span
    besides = [match.end() for match in _LABEL_BESIDE.finditer(reader.text, first.start, first.end)]
    if not besides or len(lines) == 1:
        edges = [first.start, *besides, lines[-1].span.end]
        return [_field(reader, span_of(pair), lines, after) for pair in pairwise(edges)]
    found = _fields(reader, lines[:1], after)
    kind, span = found[0].block.kind, span_of((lines[1].span.start, lines[-1].span.end))
    return [*found, Field(_list(reader, kind, span), span, lines[1:], after)]


def _field(reader: Reader, span: Span, lines: tuple[Line, ...], after: int) -> Field:
    label = _LABEL.match(reader.text, span.start)
    assert label is not None  # noqa: S101  # the same characters have matched before
    kind = _KINDS[label.group().rstrip(": \t").lower()]
    block = _list(reader, kind, span_of((label.end(), span.end)))
    return Field(replace(block, head=reader.leaves.content(span_of(label.span()))), span, lines, after)


def _list(reader: Reader, kind: str, span: Span) -> ListBlock:
    return ListBlock((Item(None, reader.leaves.content(span, keep_lines=kind in _LINES_KEPT)),), kind)
