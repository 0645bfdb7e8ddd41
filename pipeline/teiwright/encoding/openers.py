"""``opener`` and ``closer`` (Guidelines 4.2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from teiwright.encoding.blocks import fill_line, in_source_order
from teiwright.encoding.inline import words_in
from teiwright.encoding.values import AROUND_SIGNATURES, one_of
from teiwright.model import (
    Closer,
    Content,
    Dateline,
    DespatchNumber,
    FileNumber,
    Label,
    OpenerPart,
    Salute,
    Text,
)

if TYPE_CHECKING:
    from teiwright.encoding.elements import Element
    from teiwright.encoding.writer import Writer

_PARTS = ("salute", "signed", "dateline")


def write_opener(writer: Writer, div: Element, parts: tuple[OpenerPart, ...]) -> None:
    """What stands above the body, in the order of the source."""
    opener = div.add("opener")
    for part in parts:
        match part:
            case FileNumber(content):
                _number(writer, opener, content, "file")
            case DespatchNumber(content):
                _number(writer, opener, content, "despatch")
            case Dateline(content):
                fill_line(writer, opener.add("dateline"), content)
            case Salute(content, run_in):
                attributes = {"rend": "run-in"} if run_in else {}
                fill_line(writer, opener.add("salute", attributes), content)
            case Label(content):
                fill_line(writer, opener.add("seg", {"type": "label"}), content)
            case _:
                assert_never(part)


def write_closer(writer: Writer, div: Element, closer: Closer) -> None:
    """Valediction, signatures, and what stands around them.

    Below all of it a dateline stands by itself; in a postscript, in which none may (``model.divWrapper`` is not in
    its model), it is a group of its own.
    """
    parts = in_source_order(closer)
    low = parts.pop() if len(parts) > 1 and parts[-1][0] == "dateline" else None
    element = div.add("closer")
    for kind, content in parts:
        _part(writer, element, kind, content)
    if low is not None:
        _part(writer, div if div.name != "postscript" else div.add("closer"), *low)


def _part(writer: Writer, parent: Element, kind: str, content: Content) -> None:
    if kind in _PARTS:
        fill_line(writer, parent.add(kind), content)
    else:
        attributes = {"type": one_of(kind, AROUND_SIGNATURES, "label")}
        fill_line(writer, parent.add("seg", attributes), content)


def _number(writer: Writer, opener: Element, content: Content, kind: str) -> None:
    """``idno`` holds text only: marks behind it follow it; a number with marks inside it is a ``seg``."""
    texts = 0
    while texts < len(content) and isinstance(content[texts], Text):
        texts += 1
    spans = [part.span for part in content[:texts] if isinstance(part, Text)]
    plain = bool(spans) and not any(isinstance(part, Text) for part in content[texts:])
    if not content:
        return
    if not plain or any(a.style for s in spans for a in writer.annotations.touching(s.start, s.end)):
        fill_line(writer, opener.add("seg", {"type": kind}), content)
        return
    number = opener.add("idno", {"type": kind})
    number.content.append(words_in(writer.text, spans))
    fill_line(writer, opener, content[texts:])
