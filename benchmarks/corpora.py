"""Reads TEI corpora: the text of each document block by block, and the names that its editors tagged.

A document is ``div[@type='document']`` where a file has such, and else the file.
``plain`` writes one as the plain text that the program reads: callouts run in, notes listed at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from teiwright.naming.script import Zone
from teiwright.naming.words import word_set

_TEI = "{http://www.tei-c.org/ns/1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ZONES = {
    "head": Zone.HEAD,
    "dateline": Zone.DATELINE,
    "signed": Zone.SIGNED,
}
_BLOCKS = word_set(
    """
    ab addrLine argument byline cell closer div docDate epigraph head item l label list opener p postscript
    quote row salute signed dateline table trailer
    """
)
_HIDDEN = word_set("desc figDesc figure fw gap graphic index standOff teiHeader")
_KINDS = {"persName": "person", "placeName": "place"}
_SWALLOW = frozenset({"orgName"})
_PERSON_LIST = "participants"


@dataclass(frozen=True, slots=True)
class Name:
    """A tagged name within its block; ``key`` is what the editors say it refers to."""

    start: int
    end: int
    kind: str
    key: str = ""


@dataclass(slots=True)
class Block:
    """A paragraph, heading, line or note: its text with single spaces, and the names in it."""

    zone: Zone
    text: str = ""
    names: list[Name] = field(default_factory=list)
    callouts: list[tuple[int, str]] = field(default_factory=list)
    note: int = 0
    """The running number of the note that it belongs to; 0 in the text."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a corpus; ``volume`` is the file it is from."""

    id: str
    volume: str
    blocks: tuple[Block, ...]


def documents(path: Path) -> Iterator[Document]:
    """The documents of a file, in order."""
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True, remove_comments=True)
    root = etree.parse(path, parser).getroot()
    divisions = [d for d in root.iter(f"{_TEI}div") if d.get("type") == "document" and d.get(_ID)]
    if divisions:
        for division in divisions:
            yield Document(f"{path.stem}-{division.get(_ID)}", path.stem, _Reader().read(division))
        return
    for text in root.iter(f"{_TEI}text"):
        yield Document(path.stem, path.stem, _Reader().read(text))
        return


def plain(document: Document) -> tuple[str, list[Name]]:
    """The document as plain text, with the names at their places in it."""
    parts: list[str] = []
    names: list[Name] = []
    length, last = 0, 0
    for block in sorted(document.blocks, key=lambda b: b.note):
        lead = f"  {block.note}. " if block.note != last else "     " if block.note else ""
        last = block.note
        text, places = _with_callouts(block)
        names += [
            Name(length + len(lead) + places[n.start], length + len(lead) + places[n.end - 1] + 1, n.kind, n.key)
            for n in block.names
        ]
        end = "\n" if block.note else "\n\n"
        parts.append(lead + text + end)
        length += len(parts[-1])
    return "".join(parts), names


def _with_callouts(block: Block) -> tuple[str, list[int]]:
    """The text with its callouts written in, and where each of its characters went."""
    pieces, places, last, added = [], list(range(len(block.text) + 1)), 0, 0
    for position, mark in block.callouts:
        pieces += [block.text[last:position], mark]
        added += len(mark)
        last = position
        for at in range(position, len(places)):
            places[at] += len(mark)
    return "".join([*pieces, block.text[last:]]), places


class _Reader:
    """Walks one document."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.notes = 0
        self.current = Block(Zone.RUNNING)
        self.zone = Zone.RUNNING
        self.note = 0
        self.waiting: list[etree._Element] = []

    def read(self, root: etree._Element) -> tuple[Block, ...]:
        self._children(root, inside=False)
        self._end()
        while self.waiting:
            note = self.waiting.pop(0)
            self.zone, self.note = Zone.RUNNING, self.note + 1
            self.current = Block(self.zone, note=self.note)
            self._children(note, inside=False)
            self._end()
        return tuple(b for b in self.blocks if b.text)

    def _end(self) -> None:
        block = self.current
        stripped = block.text.rstrip()
        block.text = stripped
        block.names = [n for n in (_trimmed(block.text, name) for name in block.names) if n is not None]
        block.callouts = [(min(at, len(stripped)), mark) for at, mark in block.callouts]
        self.blocks.append(block)
        self.current = Block(self.zone, note=self.note)

    def _children(self, element: etree._Element, inside: bool) -> None:
        self._text(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, etree.QName(child).localname, inside)
            self._text(child.tail)

    def _element(self, element: etree._Element, name: str, inside: bool) -> None:
        language = element.get(_LANGUAGE)
        if name in _HIDDEN or (name == "div" and language and not language.startswith("en")):
            return
        if name == "note":
            self._note(element)
        elif name == "lb":
            self._text(" ")
        elif name == "choice":
            first = next((c for c in element if etree.QName(c).localname in {"orig", "sic", "abbr"}), element[0])
            self._children(first, inside)
        elif name in _BLOCKS:
            self._block(element, name)
        else:
            self._phrase(element, name, inside)

    def _note(self, element: etree._Element) -> None:
        if element.get("rend") == "inline" or element.get("place") == "inline" or self.note:
            self._block(element, "p")
            return
        self.notes += 1
        self.current.callouts.append((len(self.current.text.rstrip()), str(self.notes)))
        self.waiting.append(element)

    def _block(self, element: etree._Element, name: str) -> None:
        self._end()
        before = self.zone
        typed = element.get("type") or ""
        if name == "list":
            self.zone = Zone.PARTICIPANTS if typed in {_PERSON_LIST, "to", "from"} else Zone.RUNNING
        else:
            self.zone = _ZONES.get(name, before if name in {"item", "label"} else Zone.RUNNING)
        self.current = Block(self.zone, note=self.note)
        self._children(element, inside=False)
        self.zone = before
        self._end()

    def _phrase(self, element: etree._Element, name: str, inside: bool) -> None:
        kind = _KINDS.get(name) or (_rs(element) if name in {"rs", "name"} else None)
        named = kind is not None or name in _SWALLOW
        block, start = self.current, len(self.current.text)
        self._children(element, inside or named)
        if kind and not inside and block is self.current:
            key = element.get("corresp") or element.get("ref") or element.get("key") or ""
            block.names.append(Name(start, len(block.text), kind, key))

    def _text(self, text: str | None) -> None:
        if not text:
            return
        collapsed = re.sub(r"\s+", " ", text)
        if collapsed.startswith(" ") and (not self.current.text or self.current.text.endswith(" ")):
            collapsed = collapsed[1:]
        self.current.text += collapsed


def _rs(element: etree._Element) -> str | None:
    """``rs`` and ``name`` with a type count if they hold a name and no pronoun."""
    text = "".join(map(str, element.itertext())).strip()
    kind = element.get("type")
    return kind if kind in {"person", "place"} and text[:1].isupper() else None


def _trimmed(text: str, name: Name) -> Name | None:
    """Without white space and marks that the editors' tag took in, and without a possessive."""
    start, end = name.start, min(name.end, len(text))
    while start < end and not (text[start].isalnum() or text[start] in "‘’[("):
        start += 1
    while end > start and text[end - 1] in " ,;:’'":
        end -= 1
    if text[start:end].endswith(("’s", "'s")):
        end -= 2
    return Name(start, end, name.kind, name.key) if end > start else None
