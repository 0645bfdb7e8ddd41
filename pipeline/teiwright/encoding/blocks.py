"""Paragraphs, lists, quotations, tables, verse, speeches: what may stand in a division, an item, a cell or a note."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, assert_never

from teiwright.encoding.annotations import certainty
from teiwright.encoding.inline import Flow, forme_work, page_break, write_words
from teiwright.encoding.values import ALIGNMENTS, DEPTHS, LIST_KINDS, LIST_SHAPES, ROLES, allowed
from teiwright.encoding.vocabulary import word_of
from teiwright.encoding.writer import Practice
from teiwright.model import (
    Block,
    CastList,
    Closer,
    Content,
    Direction,
    FormeWork,
    Head,
    Inline,
    Item,
    LineBreak,
    ListBlock,
    NoteCall,
    Omission,
    Opener,
    PageBreak,
    Paragraph,
    Postscript,
    Quote,
    Row,
    Speech,
    Stamp,
    Stanza,
    StrayNotes,
    Table,
    Text,
    TitlePage,
    Verse,
)

if TYPE_CHECKING:
    from teiwright.encoding.elements import Element
    from teiwright.encoding.writer import Writer

_LEAVES = (Text, PageBreak, NoteCall, LineBreak, FormeWork)


def write_block(writer: Writer, parent: Element, block: Block) -> None:  # noqa: PLR0912 - one branch a block
    """A block where paragraphs may stand; what TEI allows only elsewhere becomes paragraphs."""
    match block:
        case Paragraph(content, rend):
            attributes = allowed("rend", rend, ALIGNMENTS) if rend else None
            fill_paragraph(writer, parent.add("p", attributes), content)
        case ListBlock():
            _list(writer, parent, block)
        case Quote(blocks):
            quote = parent.add("quote", {"rend": "blockquote"})
            for inner in blocks:
                write_block(writer, quote, inner)
        case Table():
            _table(writer, parent, block)
        case Omission(content):
            _omission(writer, parent.add("p", {"rend": "center"}), content)
        case Stamp(content, kind):
            fill_line(writer, parent.add("p").add("stamp", _stamp(kind)), content)
        case Verse() | Stanza():
            _verse(writer, parent, block)
        case Speech():
            _speech(writer, parent, block)
        case Direction(content):
            fill_line(writer, parent.add("stage"), content)
        case CastList():
            _cast(writer, parent, block)
        case StrayNotes(notes):
            writer.loose_notes(parent, notes)
        case PageBreak():
            page_break(writer, parent, block)
        case FormeWork():
            forme_work(writer, parent, block)
        case Postscript(blocks):
            for inner in blocks:
                write_block(writer, parent, inner)
        case Head() | Opener() | Closer() | TitlePage():
            rend = "right" if isinstance(block, Closer) else "center"
            for line in lines_of(block):
                fill_line(writer, parent.add("p", {"rend": rend}), line)
        case _:
            assert_never(block)


def write_stamp(writer: Writer, parent: Element, stamp: Stamp) -> None:
    """``stamp`` (Guidelines 11.3.3) where phrases may stand."""
    fill_line(writer, parent.add("stamp", _stamp(stamp.kind)), stamp.content)


def fill_paragraph(writer: Writer, element: Element, content: Content) -> None:
    """Mixed content with lists, quotations and tables in it, but no paragraphs: of a ``p``."""
    if write_words(writer, element, content):
        return
    flow = Flow(writer, element)
    for index, part in enumerate(content):
        match part:
            case Text() | PageBreak() | NoteCall() | LineBreak() | FormeWork():
                flow.inline(content, index)
            case ListBlock() | Quote() | Table() | Stanza() | Direction() | StrayNotes():
                write_block(writer, flow.interrupt(), part)
                flow.resume(content, index)
            case Omission(dots):
                _omission(writer, flow.interrupt(), dots)
                flow.resume(content, index)
            case Stamp():
                write_stamp(writer, flow.interrupt(), part)
                flow.resume(content, index)
            case _:
                _lines(flow, part)
    flow.finish()


def fill_item(writer: Writer, element: Element, content: Content) -> None:
    """Mixed content with any blocks in it (``macro.specialPara``): of an ``item``, a ``cell``, a ``note``."""
    if write_words(writer, element, content):
        return
    flow = Flow(writer, element)
    for index, part in enumerate(content):
        if isinstance(part, _LEAVES):
            flow.inline(content, index)
        else:
            write_block(writer, flow.interrupt(), part)
            flow.resume(content, index)
    flow.finish()


def fill_note(writer: Writer, element: Element, content: Content) -> None:
    """The content of a note: phrases if it is one paragraph, otherwise ``p`` for each."""
    match content:
        case (Paragraph(inner, _),):
            fill_item(writer, element, inner)
        case _ if any(isinstance(part, Paragraph) for part in content):
            fill_item(writer, element, tuple(_paragraphs(content)))
        case _:
            fill_item(writer, element, content)


def fill_line(writer: Writer, element: Element, content: Content) -> None:
    """Content where TEI allows phrases only; of a block in it, each line is kept as a line."""
    if write_words(writer, element, content):
        return
    flow = Flow(writer, element)
    for index, part in enumerate(content):
        if isinstance(part, _LEAVES):
            flow.inline(content, index)
        else:
            _lines(flow, part)
    flow.finish()


def lines_of(block: Block) -> Iterator[Content]:  # noqa: PLR0912 - one branch a block
    """The lines of text in a block, in source order, without its structure."""
    match block:
        case Paragraph(content) | Head(content) | Omission(content) | Stamp(content):
            yield from _split(content)
        case Direction(content) | Verse(content):
            yield from _split(content)
        case ListBlock(items, _, head):
            yield from _split(head or ())
            for item in items:
                yield from _split(_item_line(item))
        case Table(rows, head):
            yield from _split(head or ())
            for row in rows:
                for cell in () if isinstance(row, PageBreak) else row.cells:
                    yield from _split(cell.content)
        case Quote(blocks) | Postscript(blocks):
            for inner in blocks:
                yield from lines_of(inner)
        case Stanza(lines, head):
            yield from _split(head or ())
            for line in lines:
                yield from lines_of(line)
        case Speech(speaker, blocks):
            yield from _split(speaker)
            for inner in blocks:
                yield from lines_of(inner)
        case CastList(items, head):
            yield from _split(head or ())
            for character in items:
                yield from _split((character,) if isinstance(character, PageBreak) else character)
        case Opener(parts):
            for part in parts:
                yield from _split(part.content)
        case TitlePage(pieces):
            for piece in pieces:
                yield from _split((piece,) if isinstance(piece, PageBreak) else piece.content)
        case Closer():
            for _, content in in_source_order(block):
                yield from _split(content)
        case PageBreak() | FormeWork():
            yield (block,)
        case StrayNotes():
            pass
        case _:
            assert_never(block)


def _item_line(item: Item | PageBreak) -> Content:
    return (item,) if isinstance(item, PageBreak) else (*(item.label or ()), *item.content)


def in_source_order(closer: Closer) -> list[tuple[str, Content]]:
    """The parts of a closer as the source has them, with their kind; a dateline may stand first or last."""
    parts: list[tuple[str, Content]] = [("signed", content) for content in closer.signed]
    if closer.salute is not None:
        parts.insert(0, ("salute", closer.salute))
    if closer.dateline is not None:
        parts.append(("dateline", closer.dateline))
    return sorted([*parts, *closer.around], key=_first_offset)


def _first_offset(kind_and_content: tuple[str, Content]) -> int:
    return next((part.span.start for part in kind_and_content[1] if isinstance(part, Text)), -1)


def _split(content: Content) -> Iterator[Content]:
    """A content with blocks in it as several that have none."""
    for is_inline, parts in groupby(content, lambda part: isinstance(part, _LEAVES)):
        if is_inline:
            yield tuple(parts)
        else:
            for part in parts:
                yield from lines_of(part)  # type: ignore[arg-type]  # groupby knows nothing of its key's meaning


def _lines(flow: Flow, block: Block) -> None:
    for line in lines_of(block):
        flow.new_line()
        for index in range(len(line)):
            flow.inline(line, index)
    flow.new_line()


def _paragraphs(content: Content) -> Iterator[Inline | Block]:
    """The content with each run of phrases, and the lists in it, as a paragraph."""
    for loose, parts in groupby(content, lambda part: isinstance(part, (*_LEAVES, ListBlock, Quote, Table))):
        if loose:
            yield Paragraph(tuple(parts))
        else:
            yield from parts


def _list(writer: Writer, parent: Element, block: ListBlock) -> None:
    """``list`` (Guidelines 3.8): every item of a list has a ``label`` or none has."""
    attributes = allowed("rend", block.kind, LIST_SHAPES) | allowed("type", block.kind, LIST_KINDS)
    element = parent.add("list", attributes)
    if block.head is not None:
        fill_line(writer, element.add("head"), block.head)
    items = [item for item in block.items if isinstance(item, Item)]
    labelled = any(item.label is not None for item in items)
    for item in block.items:
        if isinstance(item, PageBreak):
            page_break(writer, element, item)
            continue
        if labelled:
            fill_line(writer, element.add("label"), item.label or ())
        fill_item(writer, element.add("item"), item.content)
    if not items:
        element.add("item")


def _verse(writer: Writer, parent: Element, block: Verse | Stanza) -> None:
    """``l`` and ``lg`` (Guidelines 6.2); lines that are set in alike have the same ``@rend``."""
    if isinstance(block, Verse):
        depth = DEPTHS[min(block.depth, len(DEPTHS) - 1)]
        fill_line(writer, parent.add("l", {"rend": depth} if depth else None), block.content)
        return
    group = parent.add("lg")
    if block.head is not None:
        fill_line(writer, group.add("head"), block.head)
    for line in block.lines:
        write_block(writer, group, line)


def _speech(writer: Writer, parent: Element, block: Speech) -> None:
    """``sp`` (Guidelines 7.2.2)."""
    speech = parent.add("sp", certainty(block.certainty))
    fill_line(writer, speech.add("speaker"), block.speaker)
    for inner in block.blocks:
        write_block(writer, speech, inner)


def _cast(writer: Writer, parent: Element, block: CastList) -> None:
    """``castList`` (Guidelines 7.1.4)."""
    cast = parent.add("castList")
    if block.head is not None:
        fill_line(writer, cast.add("head"), block.head)
    for item in block.items:
        if isinstance(item, PageBreak):
            page_break(writer, cast, item)
        else:
            fill_line(writer, cast.add("castItem"), item)


def _table(writer: Writer, parent: Element, block: Table) -> None:
    """``table`` (Guidelines 15.1.1)."""
    element = parent.add("table")
    if block.head is not None:
        fill_line(writer, element.add("head"), block.head)
    for row in block.rows:
        if isinstance(row, PageBreak):
            page_break(writer, element, row)
        else:
            _row(writer, element, row)
    if not any(isinstance(row, Row) for row in block.rows):
        element.add("row").add("cell")


def _row(writer: Writer, table: Element, row: Row) -> None:
    element = table.add("row", allowed("role", row.role, ROLES))
    for cell in row.cells:
        fill_item(writer, element.add("cell", allowed("role", cell.role, ROLES)), cell.content)
    if not row.cells:
        element.add("cell")


def _omission(writer: Writer, element: Element, content: Content) -> None:
    """``gap`` before the dots or asterisks that the source prints for it (Guidelines 3.5.3)."""
    writer.practices.add(Practice.OMISSIONS)
    element.add("gap", {"reason": "omitted"})
    fill_line(writer, element, content)


def _stamp(kind: str) -> dict[str, str]:
    return {"type": word_of(kind, "stamp")}
