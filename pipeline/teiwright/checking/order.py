"""Numbers that should rise: those of pages, and those of notes within a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from teiwright.checking.marks import TEI, Mark, MarkFlaw
from teiwright.diagnostics import Code

_PB, _NOTE, _TEXT, _DIV = (f"{TEI}{name}" for name in ("pb", "note", "text", "div"))
_ROMAN = re.compile(r"(?=.)m*(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def unordered_pages(marks: Iterable[Mark]) -> Iterator[MarkFlaw]:
    """Page breaks whose number is not above that of the page before; roman ones count for themselves.

    They may start anew at 1 in a division that has begun since: a translation, or a paper bound in, has its own.
    """
    last: dict[str, tuple[int, Mark]] = {}
    for page in marks:
        numbered = _page(page.attributes.get("n") or "") if page.name == _PB and _is_in_text(page) else None
        if numbered is None:
            continue
        kind, number = numbered
        before = last[kind][1] if kind in last else None
        is_anew = before is not None and number == 1 and (_innermost(page) or 0) > before.number
        if before is not None and number <= last[kind][0] and not is_anew:
            yield MarkFlaw(
                Code.PAGES_UNORDERED,
                page,
                f"page `{page.attributes['n']}` follows page `{before.attributes['n']}`",
                "look at the original: a page mark may be misread, or text may stand in the wrong place",
                (before,),
            )
        last[kind] = (number, page)


def _innermost(mark: Mark) -> int | None:
    """The division that an element stands in: the number of its start tag."""
    return next((number for name, number in reversed(mark.within) if name == _DIV), None)


def _is_in_text(mark: Mark) -> bool:
    """In the text of the document itself, not of one inside it."""
    return len(mark.within) > 1 and mark.within[1][0] == _TEXT


def _page(mark: str) -> tuple[str, int] | None:
    """``12``, ``[30]``, ``xiv``: in what figures, and which number; ``None`` for anything else."""
    plain = mark.strip("[]() ")
    if plain.isascii() and plain.isdigit():
        return "arabic", int(plain[:9])
    if _ROMAN.fullmatch(plain.lower()) and plain in {plain.lower(), plain.upper()}:
        return "roman", _roman(plain.lower())
    return None


def _roman(mark: str) -> int:
    values = [_DIGITS[letter] for letter in mark]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


def unordered_notes(marks: Iterable[Mark]) -> Iterator[MarkFlaw]:
    """Numbered foot-notes that do not rise within their division.

    A number may be repeated, since printers did, and start anew after 99, since some series count so.
    """
    last: dict[int, tuple[int, Mark]] = {}
    for note in marks:
        division = _division(note) if note.name == _NOTE and _is_in_text(note) else None
        mark = note.attributes.get("n") or ""
        if division is None or not (mark.isascii() and mark.isdigit()):
            continue
        number, before = int(mark[:9]), last.get(division)
        if before is not None and number < before[0] and not (before[0] >= 95 and number <= 5):
            yield MarkFlaw(
                Code.NOTE_OUT_OF_ORDER,
                note,
                f"note `{mark}` stands after note `{before[1].attributes['n']}`",
                "look at the original: a mark may be misread, or a note may hang on the wrong place",
                (before[1],),
            )
        last[division] = (number, note)


def _division(note: Mark) -> int | None:
    """The nearest division of a foot-note that is anchored where it stands: the number of its start tag."""
    for name, number in reversed(note.within):
        if name.rpartition(" ")[2] in {"div", "noteGrp", "note"}:
            return number if name == _DIV else None
    return None
