"""The tags of a document as bytes in its file, and their attributes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.parsers import expat

_ATTRIBUTE = re.compile(rb"""\s(?P<name>[^\s=/>"'<]+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')""")
_NAME = re.compile(rb"""[^\s/>]+""")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"\x00<", b"<\x00")


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes from ``start`` to before ``end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tag:
    """One element: its number from 0, the name in its start tag and in its end tag, its attributes."""

    number: int
    name: Span
    closing: Span | None
    end: int
    attributes: Mapping[str, Span]


def tags_of(data: bytes) -> dict[tuple[int, int], Tag]:
    """All elements by line and column; none for a document in an encoding of which ASCII is no part."""
    if data.startswith(_WIDE):
        return {}
    places: list[tuple[int, int, int]] = []
    closings: dict[int, int] = {}
    open_tags: list[int] = []
    parser = expat.ParserCreate()

    def start(*_: object) -> None:
        open_tags.append(len(places))
        places.append((parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, parser.CurrentByteIndex))

    def end(*_: object) -> None:
        closings[open_tags.pop()] = parser.CurrentByteIndex

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):
        return {}
    return {(line, column): _tag(data, number, at, closings[number])
            for number, (line, column, at) in enumerate(places)}  # fmt: skip


def _tag(data: bytes, number: int, at: int, closing: int) -> Tag:
    name = _name(data, at + 1)
    attributes: dict[str, Span] = {}
    position = name.end
    while found := _ATTRIBUTE.match(data, _blank(data, position)):
        group = "double" if found["double"] is not None else "single"
        attributes[found["name"].decode("utf-8", "replace")] = Span(*found.span(group))
        position = found.end()
    is_empty = data[position : data.find(b">", position)].strip() == b"/"
    ends = None if is_empty else _name(data, closing + 2)
    return Tag(number, name, ends, position, attributes)


def _blank(data: bytes, position: int) -> int:
    """The last of several white spaces, as one is a part of what an attribute is found by."""
    while data[position : position + 1].isspace() and data[position + 1 : position + 2].isspace():
        position += 1
    return position


def _name(data: bytes, at: int) -> Span:
    found = _NAME.match(data, at)
    return Span(at, found.end() if found else at)


def name_span(data: bytes, tag: Tag, attribute: str) -> Span:
    """Where the name of an attribute stands; before its value."""
    value = tag.attributes[attribute]
    start = data.rindex(attribute.encode(), tag.name.end, value.start)
    return Span(start, start + len(attribute.encode()))


def contents(data: bytes) -> tuple[str, int] | None:
    """The text of a document and the number of its elements; ``None`` if it is no XML."""
    texts: list[str] = []
    count = 0
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(*_: object) -> None:
        nonlocal count
        count += 1
        texts.append("\0")

    parser.StartElementHandler = start
    parser.CharacterDataHandler = texts.append
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):
        return None
    return "".join(texts), count
