"""Numbers that should rise: those of pages, and those of notes within a document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from teiwright.checking.flaw import Flaw
from teiwright.checking.positions import local
from teiwright.diagnostics import Code

_TEI = "{http://www.tei-c.org/ns/1.0}"
_ROMAN = re.compile(r"(?=.)m*(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def unordered_pages(root: etree._Element) -> Iterator[Flaw]:
    """Page breaks whose number is not above that of the page before; roman ones count for themselves."""
    last: dict[str, tuple[int, etree._Element]] = {}
    for page in root.iterfind(f"./{_TEI}text//{_TEI}pb"):
        numbered = _page(page.get("n") or "")
        if numbered is None:
            continue
        kind, number = numbered
        if kind in last and number <= last[kind][0]:
            before = last[kind][1]
            yield Flaw(
                Code.PAGES_UNORDERED,
                page,
                f"page `{page.get('n')}` follows page `{before.get('n')}`",
                "look at the original: a page mark may be misread, or text may stand in the wrong place",
                (before,),
            )
        last[kind] = (number, page)


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


def unordered_notes(root: etree._Element) -> Iterator[Flaw]:
    """Numbered foot-notes that do not rise within their division.

    A number may be repeated, since printers did, and start anew after 99, since some series count so.
    """
    for division in root.iterfind(f"./{_TEI}text//{_TEI}div"):
        before: tuple[int, etree._Element] | None = None
        for note in division.iter(f"{_TEI}note"):
            number = _note_number(note, division)
            if number is None:
                continue
            if before is not None and number < before[0] and not (before[0] >= 95 and number <= 5):
                yield Flaw(
                    Code.NOTE_OUT_OF_ORDER,
                    note,
                    f"note `{note.get('n')}` stands after note `{before[1].get('n')}`",
                    "look at the original: a mark may be misread, or a note may hang on the wrong place",
                    (before[1],),
                )
            before = (number, note)


def _note_number(note: etree._Element, division: etree._Element) -> int | None:
    """The number of a foot-note whose nearest division is this one and that is anchored where it stands."""
    mark = note.get("n") or ""
    if not (mark.isascii() and mark.isdigit()):
        return None
    for ancestor in note.iterancestors():
        if ancestor is division:
            return int(mark[:9])
        if local(ancestor) in {"div", "noteGrp", "note"}:
            return None
    return None
