"""``front``: title page, distribution list, stamps (Guidelines 4.5, 4.6)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from teiwright.encoding.blocks import fill_line
from teiwright.encoding.inline import forme_work, page_break
from teiwright.encoding.values import TITLE_PARTS, allowed
from teiwright.model import Block, Division, FormeWork, PageBreak, Stamp, StrayNotes, TitlePage, TitlePart

if TYPE_CHECKING:
    from teiwright.encoding.elements import Element
    from teiwright.encoding.writer import Writer

_KINDS = ("front", "distribution", "stamps")
FillDivision = Callable[["Writer", "Element", tuple[Block, ...]], None]


def is_front(division: Division) -> bool:
    """Whether a division at the beginning of a draft belongs into ``front``."""
    return division.kind in _KINDS


def write_front(writer: Writer, front: Element, divisions: tuple[Division, ...], fill_division: FillDivision) -> None:
    """Title pages and marks stand in ``front`` itself, everything else in a ``div``."""
    for division in divisions:
        for kind, blocks in groupby(division.blocks, partial(_kind_of, division)):
            if kind is not None:
                fill_division(writer, front.add("div", {"type": kind}), tuple(blocks))
                continue
            for block in blocks:
                _directly(writer, front, block)


def _kind_of(division: Division, block: Block) -> str | None:
    """The ``@type`` of the ``div`` that a block belongs into; ``None`` if it needs none."""
    if isinstance(block, TitlePage):
        return None
    if division.kind != "front":
        return division.kind
    if isinstance(block, PageBreak | FormeWork | StrayNotes):
        return None
    return "stamps" if isinstance(block, Stamp) else "front"


def _directly(writer: Writer, front: Element, block: Block) -> None:
    match block:
        case TitlePage():
            _title_page(writer, front, block)
        case PageBreak():
            page_break(writer, front, block)
        case FormeWork():
            forme_work(writer, front, block)
        case StrayNotes(notes):
            writer.loose_notes(front, notes)
        case _:
            raise TypeError(block)


def _title_page(writer: Writer, front: Element, page: TitlePage) -> None:
    """``titlePage``; the parts of the title that follow each other are one ``docTitle``."""
    if not any(isinstance(part, TitlePart) for part in page.parts):
        for part in page.parts:
            if isinstance(part, PageBreak):
                page_break(writer, front, part)
        return
    element = front.add("titlePage")
    title: Element | None = None
    for part in page.parts:
        if isinstance(part, PageBreak):
            page_break(writer, element if title is None else title, part)
            continue
        if part.kind in ("main", "sub"):
            title = element.add("docTitle") if title is None else title
            fill_line(writer, title.add("titlePart", {"type": part.kind}), part.content)
            continue
        title = None
        match part.kind:
            case "imprint":
                fill_line(writer, element.add("docImprint"), part.content)
            case "date":
                fill_line(writer, element.add("docDate"), part.content)
            case other:
                attributes = allowed("type", other, TITLE_PARTS)
                fill_line(writer, element.add("titlePart", attributes), part.content)
