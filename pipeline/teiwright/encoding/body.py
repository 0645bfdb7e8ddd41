"""Divisions: ``div`` with what may stand at its top, in it and at its bottom (Guidelines 4.1, 4.2).

TEI allows a heading or an opener only at the top of a ``div``, a closer or a postscript only at its bottom.
A block that a draft has elsewhere becomes a paragraph there: its words stay, and so does its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from teiwright.encoding.blocks import fill_line, write_block, write_stamp
from teiwright.encoding.front import is_front, write_front
from teiwright.encoding.openers import write_closer, write_opener
from teiwright.encoding.values import DIVISIONS, one_of
from teiwright.encoding.vocabulary import XML_ID, Attributes
from teiwright.model import (
    Block,
    Closer,
    Division,
    FormeWork,
    Head,
    Opener,
    PageBreak,
    Postscript,
    Stamp,
    StrayNotes,
)

if TYPE_CHECKING:
    from teiwright.encoding.elements import Element
    from teiwright.encoding.writer import Writer

_COMMON = ("p", "list", "quote", "table", "lg", "l", "sp", "stage", "castList")
_PARTS = {
    **{"chapter": "section", "entry": "section", "prologue": "section"},
    **{"act": "act", "scene": "scene", "poem": "poem"},
}
"""Divisions that stand inside the document which they are parts of, and their ``@type``; a scene inside its act."""
_ANYWHERE = StrayNotes | PageBreak | FormeWork | Stamp


def write_text(writer: Writer, root: Element) -> None:
    """``text``: ``front`` if the draft begins with divisions of that kind, then ``body``."""
    text = root.add("text")
    divisions = writer.draft.divisions
    fronts = next((i for i, d in enumerate(divisions) if not is_front(d)), len(divisions))
    front = text.add("front")
    write_front(writer, front, divisions[:fronts], _fill)
    _settle(text, front)
    body = text.add("body")
    last: Element | None = None
    whole = act = body
    for division, attributes in _named(writer, divisions[fronts:]):
        around = act if division.kind == "scene" else whole if division.kind in _PARTS else body
        last = around.add("div", attributes)
        whole = last if division.kind == "document" else whole
        act = last if division.kind == "act" else act if division.kind == "scene" else whole
        _fill(writer, last, division.blocks)
    if last is None:
        last = body.add("div", {"type": "document", XML_ID: writer.ids.take("doc")})
        last.add("p")
    writer.loose_notes(last, writer.forgotten_notes())


def _settle(text: Element, front: Element) -> None:
    """A front without anything is none; one of mere marks, such as a page break, holds them in a ``div``."""
    if not front.content:
        text.content.remove(front)
    elif not front.holds("div", "titlePage"):
        marks, front.content = front.content, []
        front.add("div", {"type": "front"}).content = marks


def _named(writer: Writer, divisions: tuple[Division, ...]) -> Iterator[tuple[Division, Attributes]]:
    """Each division with its ``@type``, ``@xml:id`` and, for an enclosure, the document it belongs to."""
    document: str | None = None
    enclosures = 0
    parts: Counter[str] = Counter()
    for division in divisions:
        match division.kind:
            case "document":
                document = writer.ids.take("doc")
                kind = writer.draft.source.metadata.kind or "document"
                yield division, {"type": one_of(kind, DIVISIONS, "document"), XML_ID: document}
            case "enclosure":
                enclosures += 1
                attributes = {"type": "enclosure", XML_ID: writer.ids.take(f"enclosure-{enclosures}")}
                yield division, attributes | ({} if document is None else {"corresp": f"#{document}"})
            case kind if kind in _PARTS:
                part = _PARTS[kind]
                parts[part] += 1
                yield division, {"type": part, XML_ID: writer.ids.take(f"{part}-{parts[part]}")}
            case other:
                yield division, {"type": one_of(other, DIVISIONS, "section")}


def _fill(writer: Writer, div: Element, blocks: tuple[Block, ...]) -> None:
    top = _end_of_top(blocks)
    bottom = max(top, _start_of_bottom(blocks))
    for block in blocks[:top]:
        _top(writer, div, block)
    for block in blocks[top:bottom]:
        write_block(writer, div, block)
    if div.holds(*_COMMON):
        for block in blocks[bottom:]:
            _bottom(writer, div, block)
    else:  # TEI wants a paragraph before a closer
        for block in blocks[bottom:]:
            write_block(writer, div, block)


def _end_of_top(blocks: tuple[Block, ...]) -> int:
    """Where the last heading or opener ends that only its like, stamps and marks precede."""
    end = 0
    for index, block in enumerate(blocks):
        if isinstance(block, Opener | Head):
            end = index + 1
        elif not isinstance(block, _ANYWHERE):
            break
    return end


def _start_of_bottom(blocks: tuple[Block, ...]) -> int:
    """Where the first closer or postscript begins that only its like, stamps and marks follow."""
    start = len(blocks)
    for index in range(len(blocks) - 1, -1, -1):
        if isinstance(blocks[index], Closer | Postscript):
            start = index
        elif not isinstance(blocks[index], _ANYWHERE):
            break
    return start


def _top(writer: Writer, div: Element, block: Block) -> None:
    match block:
        case Opener(parts):
            write_opener(writer, div, parts)
        case Head(content):
            fill_line(writer, div.add("head"), content)
        case Stamp():
            write_stamp(writer, div.add("opener"), block)
        case _:
            write_block(writer, div, block)


def _bottom(writer: Writer, div: Element, block: Block) -> None:
    match block:
        case Closer():
            write_closer(writer, div, block)
        case Postscript(blocks):
            _postscript(writer, div, blocks)
        case Stamp():
            write_stamp(writer, div.add("closer"), block)
        case _:
            write_block(writer, div, block)


def _postscript(writer: Writer, div: Element, blocks: tuple[Block, ...]) -> None:
    """``postscript``; one without a paragraph, such as a mere page break, is none."""
    postscript = div.add("postscript")
    for block in blocks:
        if isinstance(block, Closer) and postscript.holds(*_COMMON):
            write_closer(writer, postscript, block)
        else:
            write_block(writer, postscript, block)
    if not postscript.holds(*_COMMON):
        div.content.remove(postscript)
        div.content += postscript.content
