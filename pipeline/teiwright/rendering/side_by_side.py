"""A text and its encoding in rows: some lines of the source, and the part of the TEI document that they became."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from lxml import etree

from teiwright.model import Piece
from teiwright.rendering.marking import OURS
from teiwright.rendering.tei import TEI


def _elements(listed: str) -> frozenset[str]:
    return frozenset(f"{TEI}{name}" for name in listed.split())


CONTAINERS = _elements(
    "TEI text front body back group floatingText div div1 div2 div3 div4 div5 div6 div7 list table lg noteGrp sp "
    "titlePage docTitle castList castGroup listBibl"
)
"""Elements that hold blocks, and no text of their own."""

_LINES = _elements("item row note titlePart docImprint docDate docAuthor fw stage speaker castItem bibl salute")
_NOTE, _TEXT = f"{TEI}note", f"{TEI}text"
_INK = re.compile("[^\\s\u00ad\ufeff]")
_NOWHERE = -1


class Token(NamedTuple):
    """A part of the encoding: a tag, some text, or (``call``) the place of a note whose tags stand in another row."""

    kind: Literal["open", "close", "empty", "text", "call"]
    element: etree._Element
    tag: int
    text: str = ""


@dataclass(slots=True)
class Row:
    """Lines of the source from ``first`` to before ``end``, counted from 0, and what they became.

    ``units`` are the blocks of the edition that have words there; none if nothing of the edition has these lines.
    """

    first: int
    end: int
    units: set[int] = field(default_factory=set)
    tokens: list[Token] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The rows in the order of the source; ``calls`` and ``notes`` say on which line it calls and has a note."""

    rows: tuple[Row, ...]
    calls: Mapping[int, int]
    notes: Mapping[int, int]
    document: Document


def side_by_side(root: etree._Element, text: str, pieces: Sequence[Piece]) -> SideBySide:
    """Cut the encoding (``TEI`` after the first pass) into the rows in which the source has its words.

    Each tag and each word of the encoding is in one row, each line of the source, too.
    """
    document = Document.of(root)
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    lined = [(bisect_right(starts, piece.start) - 1, piece) for piece in pieces]
    blank = [not line.strip() for line in text.split("\n")]
    rows, row_of = _rows(blank, ((line, document.unit_of(piece)) for line, piece in lined))
    words: dict[int, list[tuple[int, int]]] = defaultdict(list)
    calls: dict[int, int] = {}
    notes: dict[int, int] = {}
    marks: dict[int, int] = {}
    for line, piece in lined:
        if not piece.became:
            words[piece.tag].append((piece.before, row_of[line]))
        elif piece.became.startswith("label of a note"):
            notes.setdefault(piece.tag, line)
        elif piece.tag != _NOWHERE:
            marks.setdefault(piece.tag, row_of[line])
            if piece.became.startswith("callout"):
                calls.setdefault(piece.tag, line)
    _Dealing(document, words, marks, rows).deal()
    return SideBySide(tuple(rows), calls, notes, document)


def _rows(blank: Sequence[bool], found: Iterator[tuple[int, int]]) -> tuple[list[Row], list[int]]:
    """Lines that share a block are one row; empty lines belong to what is above them. Also the row of each line."""
    units: list[set[int]] = [set() for _ in blank]
    for line, unit in found:
        if unit != _NOWHERE:
            units[line].add(unit)
    rows: list[Row] = []
    row_of: list[int] = []
    for line, of_line in enumerate(units):
        last = rows[-1] if rows else None
        if last is not None and (blank[line] or of_line & last.units or not (of_line or last.units)):
            last.end = line + 1
            last.units |= of_line
        else:
            rows.append(Row(line, line + 1, of_line))
        row_of.append(len(rows) - 1)
    return rows, row_of


@dataclass(slots=True)
class Document:
    """The tags of a document in their order, and for the text behind each the block to which it belongs."""

    tags: list[etree._Element] = field(default_factory=list)
    opens: list[bool] = field(default_factory=list)
    units: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, root: etree._Element) -> Document:
        """Tags are counted from that of the root, but for what the first pass added to the header."""
        document = cls()
        around = [_NOWHERE]
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if str(element.tag).startswith(OURS):
                continue
            if event == "start":
                around.append(document._unit(element, around[-1]))
            else:
                around.pop()
            document.tags.append(element)
            document.opens.append(event == "start")
            document.units.append(around[-1])
        return document

    def _unit(self, element: etree._Element, around: int) -> int:
        if element.tag in CONTAINERS:
            return _NOWHERE
        return len(self.tags) if is_line(element) or around == _NOWHERE else around

    def unit_of(self, piece: Piece) -> int:
        """The block in which the source has a piece."""
        if piece.tag == _NOWHERE or not piece.became:
            return piece.tag if piece.tag == _NOWHERE else self.units[piece.tag]
        if piece.became.startswith(("label of a", "bullet of a")):
            return self.units[piece.tag]
        around = self.units[piece.tag - 1] if self.opens[piece.tag] else self.units[piece.tag]
        return piece.tag if around == _NOWHERE else around


def is_line(element: etree._Element) -> bool:
    """Whether its words are lines of their own."""
    return element.tag in _LINES or f"{OURS}block" in element.attrib


def is_apart(element: etree._Element) -> bool:
    """Whether it is a note that the source may have elsewhere than at its mark."""
    if element.tag != _NOTE:
        return False
    where = element.get("place", element.get("rend", "")).split()
    return "inline" not in where and bool(element.get("n", "").strip() or "place" in element.attrib)


_Dealt = list[tuple[Token, int]]


@dataclass(slots=True)
class _Dealing:
    """Gives each part of the encoding to a row. ``words`` says where the text behind a tag is, ``marks`` a tag."""

    document: Document
    words: Mapping[int, list[tuple[int, int]]]
    marks: Mapping[int, int]
    rows: list[Row]

    def deal(self) -> None:
        """Notes come after the running text of their row; where they stand the text has a call."""
        streams: list[_Dealt] = [[]]
        done: list[_Dealt] = []
        within = 0
        for tag, (element, opens) in enumerate(zip(self.document.tags, self.document.opens, strict=True)):
            within += element.tag == _TEXT and opens
            if within:
                self._tag(tag, element, opens, streams, done)
            within -= element.tag == _TEXT and not opens
        # What holds a note is dealt before it, so that a note that was not found stands where it is called.
        for stream in (streams[0], *reversed(done)):
            self._put(stream)

    def _tag(self, tag: int, element: etree._Element, opens: bool, streams: list[_Dealt], done: list[_Dealt]) -> None:
        mark = self.marks.get(tag, _NOWHERE)
        if opens and is_apart(element):
            streams[-1].append((Token("call", element, tag), mark))
            streams.append([])
            mark = _NOWHERE
        if not len(element) and not element.text:
            if opens:
                streams[-1].append((Token("empty", element, tag), mark))
        else:
            streams[-1].append((Token("open" if opens else "close", element, tag), mark))
        if not opens and is_apart(element):
            done.append(streams.pop())
        streams[-1] += self._text(tag, element, (element.text if opens else element.tail) or "")

    def _text(self, tag: int, element: etree._Element, text: str) -> Iterator[tuple[Token, int]]:
        places = self.words.get(tag, [])
        if not places:
            if text.strip() or (text and self.document.units[tag] != _NOWHERE):
                yield Token("text", element, tag, text), _NOWHERE
            return
        rows = [row for before, row in sorted(places)]
        if len(set(rows)) == 1:
            yield Token("text", element, tag, text), rows[0]
            return
        ink = [found.start() for found in _INK.finditer(text)]
        cuts = [(0, rows[0])]
        for before, row in sorted(places):
            if row != cuts[-1][1]:
                cuts.append((ink[before], row))
        for (start, row), end in zip(cuts, [*(cut for cut, _ in cuts[1:]), len(text)], strict=True):
            yield Token("text", element, tag, text[start:end]), row

    def _put(self, stream: _Dealt) -> None:
        """A tag that opens belongs to what follows, all else that the source has not to what is before it."""
        found = [row for _, row in stream if row != _NOWHERE]
        row = found[0] if found else self._row_of_call(stream[0][0].tag)
        following = [row] * len(stream)
        for at in range(len(stream) - 1, -1, -1):
            after = following[at + 1] if at + 1 < len(stream) else (found[-1] if found else row)
            following[at] = stream[at][1] if stream[at][1] != _NOWHERE else after
        opened = True
        for at, (token, known) in enumerate(stream):
            opens = token.kind == "open" or (opened and token.kind != "close")
            row = known if known != _NOWHERE else following[at] if opens else row
            opened = token.kind == "open"
            self.rows[row].tokens.append(token)

    def _row_of_call(self, tag: int) -> int:
        places = (number for number, row in enumerate(self.rows) if any(t.tag == tag for t in row.tokens))
        return next(places, 0)
