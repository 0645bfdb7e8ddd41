"""The end of a document: valediction, signatures with titles, date below, postscript."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from teiwright.model import Block, Closer, Postscript, Span
from teiwright.parsing import bodies, phrases
from teiwright.parsing.leaves import Leaves
from teiwright.parsing.units import PageUnit, TextUnit, Unit


@dataclass(frozen=True, slots=True)
class Closing:
    """Units at the end of a document, sorted by what they are."""

    valediction: TextUnit | None = None
    signatures: tuple[TextUnit, ...] = ()
    dateline: TextUnit | None = None
    postscript: tuple[Unit, ...] = ()
    pages: tuple[PageUnit, ...] = ()


def is_signature(text: str) -> bool:
    """Whether a block can be a signature: a name, the titles below it, perhaps for whom it is signed."""
    lines = text.split("\n")
    if len(lines) > 6 or len(text) > 260:
        return False
    if phrases.is_by_order(lines[0]):
        return len(lines) == 1 or phrases.is_name(lines[1])
    return phrases.is_name(lines[0]) and all(
        phrases.is_name(line) or phrases.is_role(line) or len(line) < 60 for line in lines[1:]
    )


def split(units: Sequence[Unit]) -> tuple[list[Unit], Closing]:
    """The body, and the closing that ends it; the closing is empty if the last block is no signature."""
    end = len(units)
    end, postscript = _postscript(units, end)
    pages: list[PageUnit] = []
    end = _pages(units, end, pages)
    dateline: TextUnit | None = None
    if end > 1 and _is_low_dateline(units[end - 1]) and _is_signature_unit(units[end - 2]):
        last = units[end - 1]
        assert isinstance(last, TextUnit)  # noqa: S101  # _is_low_dateline has looked
        dateline, end = last, end - 1
    signatures: list[TextUnit] = []
    while end > 0 and _is_signature_unit(units[end - 1], below=bool(signatures)):
        last = units[end - 1]
        assert isinstance(last, TextUnit)  # noqa: S101  # as above
        signatures.insert(0, last)
        end = _pages(units, end - 1, pages)
    if not signatures or not any(is_signature(unit.text) for unit in signatures):
        return list(units), Closing()
    valediction = None
    if end > 0 and isinstance(before := units[end - 1], TextUnit) and phrases.is_valediction(before.text):
        valediction, end = before, end - 1
    return list(units[:end]), Closing(valediction, tuple(signatures), dateline, postscript, tuple(pages))


def _postscript(units: Sequence[Unit], end: int) -> tuple[int, tuple[Unit, ...]]:
    for index in range(max(1, end - 6), end):
        unit = units[index]
        if isinstance(unit, TextUnit) and phrases.is_postscript(unit.text) and _is_signature_unit(units[index - 1]):
            return index, tuple(units[index:end])
    return end, ()


def _pages(units: Sequence[Unit], end: int, pages: list[PageUnit]) -> int:
    while end > 0 and isinstance(unit := units[end - 1], PageUnit):
        pages.insert(0, unit)
        end -= 1
    return end


def _is_low_dateline(unit: Unit) -> bool:
    return isinstance(unit, TextUnit) and phrases.is_dateline(unit.text)


def _is_signature_unit(unit: Unit, *, below: bool = False) -> bool:
    if not isinstance(unit, TextUnit):
        return False
    return is_signature(unit.text) or (not below and len(unit.text) < 80 and phrases.is_role(unit.text))


def blocks(leaves: Leaves, closing: Closing) -> list[Block]:
    """The closer and the postscript as blocks."""
    found: list[Block] = []
    if closing.signatures:
        salute = closing.valediction
        found.append(
            Closer(
                leaves.content(salute.span) if salute else None,
                tuple(content for unit in closing.signatures for content in _signed(leaves, unit)),
                leaves.content(closing.dateline.span, keep_lines=True) if closing.dateline else None,
                _by_order(leaves, closing.signatures[0]),
            )
        )
    if closing.postscript:
        found.append(Postscript(tuple(bodies.blocks(leaves, closing.postscript))))
    for page in closing.pages:
        found += page.leaves
    return found


def _by_order(leaves: Leaves, unit: TextUnit):  # type: ignore[no-untyped-def]  # a content or None
    return leaves.content(unit.lines[0].span) if phrases.is_by_order(unit.lines[0].text) else None


def _signed(leaves: Leaves, unit: TextUnit):  # type: ignore[no-untyped-def]  # contents
    lines = unit.lines[1:] if phrases.is_by_order(unit.lines[0].text) else unit.lines
    if lines:
        yield leaves.content(Span(lines[0].span.start, lines[-1].span.end), keep_lines=True)
