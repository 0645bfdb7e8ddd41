"""Of a large document what is said of names: its header and lists of entries, and of its text the names and dates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from lxml import etree

_TEI = "{http://www.tei-c.org/ns/1.0}"
_WHOLE = frozenset(
    f"{_TEI}{name}"
    for name in (
        *("teiHeader", "standOff", "listPerson", "listPlace", "person", "place"),
        *("dateline", "persName", "placeName"),
    )
)
"""Elements that are kept with all that is in them, names if they are linked; of the others those around them."""
_NAMES = frozenset(f"{_TEI}{name}" for name in ("persName", "placeName"))
_MOST = 250_000
"""Names; of a document with more pointers it is said that the rest was not followed."""
_LINKED = re.compile(rb"<(?:[\w.-]+:)?(?:pers|place)Name\b[^>]*\sref\s*=")
_PIECE, _OVERLAP = 1 << 22, 1 << 14


@dataclass(frozen=True, slots=True)
class Kept:
    """What is left of a document, and the number of each name in it among all its elements, counted from 1."""

    tree: etree._ElementTree
    numbers: dict[etree._Element, int]


def has_linked_names(path: Path) -> bool:
    """Looked for piece by piece; a start tag longer than the overlap is none that a person wrote."""
    with path.open("rb") as file:
        before = b""
        while chunk := file.read(_PIECE):
            if _LINKED.search(before + chunk):
                return True
            before = chunk[-_OVERLAP:]
    return False


def names_alone(path: Path) -> Kept:
    """Read a document as a stream. Raises ``ExpatError`` and ``ValueError`` for what is no XML or has entities."""
    pruner = _Pruner()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = pruner.start, pruner.end
    parser.CharacterDataHandler, parser.EntityDeclHandler = pruner.text, _refuse
    with path.open("rb") as file:
        parser.ParseFile(file)
    return pruner.kept()


def _refuse(*_: object) -> None:
    raise ValueError("entity declarations are not read")


class _Pruner:
    """Builds a tree of what is kept: an element that may go is built when something in it is to stay."""

    def __init__(self) -> None:
        self._root: etree._Element | None = None
        self._open: list[etree._Element] = []
        self._pending: list[tuple[str, dict[str, str], int]] = []
        """Elements that are open inside those, and not built yet."""
        self._numbers: dict[etree._Element, int] = {}
        self._count = 0
        self._whole = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        tag = _braced(name)
        self._pending.append((tag, attributes, self._count))
        if self._count == 1:
            self._build()
        elif len(self._numbers) < _MOST and (self._whole or _is_kept(tag, attributes)):
            self._whole += 1
            self._build()

    def _build(self) -> None:
        for tag, attributes, number in self._pending:
            named = {_braced(key): value for key, value in attributes.items()}
            element = etree.SubElement(self._open[-1], tag, named) if self._open else etree.Element(tag, named)
            self._root = element if self._root is None else self._root
            self._open.append(element)
            if tag in _NAMES:
                self._numbers[element] = number
        self._pending.clear()

    def text(self, text: str) -> None:
        if not self._whole:
            return
        inside = self._open[-1]
        if len(inside):
            inside[-1].tail = f"{inside[-1].tail or ''}{text}"
        else:
            inside.text = f"{inside.text or ''}{text}"

    def end(self, _name: str) -> None:
        if self._pending:
            self._pending.pop()
            return
        self._open.pop()
        self._whole -= self._whole > 0

    def kept(self) -> Kept:
        if self._root is None:
            raise ValueError("there is no element")
        return Kept(self._root.getroottree(), self._numbers)


def _is_kept(tag: str, attributes: Mapping[str, str]) -> bool:
    return tag in _WHOLE and (tag not in _NAMES or "ref" in attributes)


def _braced(name: str) -> str:
    return f"{{{name}" if "}" in name else name
