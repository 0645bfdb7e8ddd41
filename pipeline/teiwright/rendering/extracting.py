"""What a collection must know of one edition, read from it as the first pass leaves it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from teiwright.extracted import Extract, Footnote, NameKind, Naming, Passage, PassageKind, SourcePage
from teiwright.rendering.extracting_header import Programs, header_facts
from teiwright.rendering.shapes import (
    STANDING,
    is_among_blocks,
    is_label_of_item,
    is_parted,
    name_of,
    parts_words,
    shape_of,
)
from teiwright.rendering.tei import TEI

_OURS = "{urn:x-teiwright:edition}"
_ID, _REF, _LABEL, _CALLED = (f"{_OURS}{name}" for name in ("id", "ref", "label", "called"))


def _elements(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_BLOCKS = _elements(
    "text front body back group div div1 div2 div3 div4 div5 div6 div7 floatingText head p ab lg l "
    "list item table row cell figure figDesc titlePage docTitle titlePart docImprint docEdition "
    "imprimatur opener closer postscript trailer epigraph argument addrLine fw noteGrp"
)
"""Elements that begin and end a block wherever they stand."""

_LINES = _elements("docAuthor idno seg dateline salute signed byline address stamp docDate")
"""Elements that are phrases within a sentence, and lines of their own where the Guidelines have no sentence around."""

_AROUND_LINES = _elements("opener closer div div1 div2 div3 front body back postscript titlePage floatingText")
_AROUND_NUMBERS = frozenset({"opener", "closer"})
_DESCRIPTIONS = frozenset({"gap", "graphic", "space"})
"""Their content says what is not there, and is no text of the document."""

_SECOND_READINGS = frozenset({"sic", "orig", "abbr"})
_NEXT = frozenset({f"{TEI}l", f"{TEI}castItem"})
_KINDS: dict[str, PassageKind] = {
    **{"head": "heading", "titlePart": "heading"},
    **{"item": "item", "label": "item", "cell": "cell", "l": "line"},
}
_NAMES: dict[str, NameKind] = {"persName": "person", "placeName": "place", "orgName": "organization"}
_TYPES: dict[str, NameKind] = {
    **{"person": "person", "place": "place", "org": "organization", "organization": "organization"},
    "organisation": "organization",
}
_LAYOUT = re.compile(r"[ \t\r\n]+")


def extract(prepared: etree._Element, edition_id: str) -> Extract:
    """The extract of an edition, given its ``TEI`` element after the first pass (``t:id``, ``t:ref``, ``t:label``)."""
    reader = _Reader(prepared, Programs(prepared))
    for element in prepared.iterfind(f"{TEI}text"):
        reader.block(element, "paragraph", element.get(_ID, ""))
    reader.read_notes(reader.waiting)
    text = "".join(reader.pieces)
    return replace(
        header_facts(prepared, edition_id),
        anchors=tuple(_anchors(prepared)),
        opening=_opening(text, [p for p in reader.passages if p.start >= reader.body]),
        passages=tuple(reader.passages),
        names=tuple(reader.names),
        notes=tuple(reader.notes),
        # A page may begin where no word follows.
        pages=tuple(page._replace(at=min(page.at, len(text))) for page in reader.pages),
        text=text,
    )


def _anchors(root: etree._Element) -> Iterator[str]:
    names = {f"{TEI}{name}" for name in (*_NAMES, "name", "rs")}
    for text in root.iterfind(f"{TEI}text"):
        yield from (e.get(_ID, "") for e in text.iter(etree.Element) if _ID in e.attrib and e.tag not in names)


@dataclass(slots=True)
class _Waiting:
    """A note that was met: its words come after the running text. ``page`` is the source page of its mark."""

    element: etree._Element
    called: int | None
    page: str


@dataclass(slots=True)
class _Opened:
    """What has begun: ``start`` and ``page`` are those of its first word, once there is one."""

    start: int = -1
    page: str = ""


@dataclass(slots=True)
class _Reader:
    """Walks the text once, and writes down what stands where.

    ``length`` is that of the text so far; ``gap`` the white space to be written before the next word, so that
    none stands at the end of a block or of a name.
    """

    root: etree._Element
    programs: Programs
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    gap: str = ""
    edge: str = "\n\n"
    """What parts the block that has begun from the one before."""
    page: str = ""
    passages: list[Passage] = field(default_factory=list)
    names: list[Naming] = field(default_factory=list)
    notes: list[Footnote] = field(default_factory=list)
    pages: list[SourcePage] = field(default_factory=list)
    waiting: list[_Waiting] = field(default_factory=list)
    opened: list[_Opened] = field(default_factory=list)
    body: int = 0
    kind: PassageKind = "paragraph"
    anchor: str = ""
    start: int = -1
    start_page: str = ""

    def write(self, text: str | None) -> None:
        """Text as it follows what is there; runs of layout become one space."""
        if not text:
            return
        words = _LAYOUT.sub(" ", text)
        if words.startswith(" "):
            self.space()
        if written := words.strip(" "):
            self._begin()
            self.pieces.append(written)
            self.length += len(written)
            if words.endswith(" "):
                self.space()

    def space(self) -> None:
        """What follows is a new word of the same block."""
        self.gap = self.gap or " "

    def _begin(self) -> None:
        if self.start < 0:
            self.gap = self.edge if self.length else ""
        if self.gap:
            self.pieces.append(self.gap)
            self.length += len(self.gap)
            self.gap = ""
        if self.start < 0:
            self.start, self.start_page = self.length, self.page
        for opened in self.opened:
            opened.start, opened.page = self.length, self.page
        self.opened.clear()

    def open(self) -> _Opened:
        """What begins with the next word."""
        self.opened.append(_Opened())
        return self.opened[-1]

    def next_word(self) -> int:
        """Where a word would begin that came now."""
        if self.start < 0:
            return self.length + (len(self.edge) if self.length else 0)
        return self.length + len(self.gap)

    def end_passage(self) -> None:
        """End the block, if it has any words."""
        if self.start >= 0:
            self.passages.append(Passage(self.kind, self.anchor, self.start_page, self.start, self.length))
        self.start, self.gap = -1, ""

    def block(self, element: etree._Element, kind: PassageKind, anchor: str) -> None:
        """An element whose words are no part of the block around it, which goes on behind it."""
        self.end_passage()
        before = self.kind, self.anchor
        self.kind, self.anchor = kind, anchor
        self.edge = "\n" if _is_next_line(element) else "\n\n"
        if element.tag == f"{TEI}body":
            self.body = self.body or self.next_word()
        self.walk(element)
        self.end_passage()
        self.kind, self.anchor = before
        self.edge = "\n\n"

    def walk(self, element: etree._Element) -> None:
        """The content of an element."""
        self.write(element.text)
        parted = is_parted(element)
        for child in _in_reading_order(element):
            if isinstance(child.tag, str):
                if parted and parts_words(child):
                    self.space()
                self._child(child, name_of(child))
            self.write(child.tail)

    def _child(self, child: etree._Element, name: str) -> None:
        match name:
            case "note":
                called = self.length if self.start >= 0 else self.next_word()
                self.waiting.append(_Waiting(child, None if child.get(_CALLED) == "no" else called, self.page))
            case "pb":
                self._page_break(child)
            case "lb":
                if child.get("break") != "no":
                    self.space()
            case "persName" | "placeName" | "orgName" | "name" | "rs":
                self._name(child, name)
            case _ if name in _DESCRIPTIONS or shape_of(child) == "unseen":
                pass
            case _ if _is_block(child, name):
                self.block(child, *self._passage_of(child, name))
            case _ if _is_second(child, name):
                self.space()
                self.walk(child)
            case _:
                self.walk(child)

    def _passage_of(self, element: etree._Element, name: str) -> tuple[PassageKind, str]:
        """What the words of a block are part of: a note, whatever is in it, else the block itself."""
        if self.kind == "note":
            return self.kind, self.anchor
        return _KINDS.get(name, _inherited(self.kind)), element.get(_ID, self.anchor)

    def _page_break(self, element: etree._Element) -> None:
        self.page = " ".join(element.get("n", "").split())
        facs = _picture(self.root, element.get("facs", ""))
        self.pages.append(SourcePage(self.page, element.get(_ID, ""), self.next_word(), facs))

    def _name(self, element: etree._Element, name: str) -> None:
        place, opened = len(self.names), self.open()
        self.walk(element)
        kind = _kind_of_name(element, name)
        if opened.start < 0:
            self.opened.remove(opened)
        elif kind is not None:
            ref, anchor, cert = element.get(_REF, ""), element.get(_ID, ""), self.programs.certainty(element)
            naming = Naming(kind, ref, anchor, opened.page, opened.start, self.length, cert, _role(element))
            # A name within a name comes after the one that holds it.
            self.names.insert(place, naming)

    def read_notes(self, notes: list[_Waiting]) -> None:
        """The words of notes, those of notes within one before the next."""
        for note in notes:
            self.waiting, self.page = [], note.page
            element, opened = note.element, self.open()
            anchor, label = element.get(_ID, ""), element.get(_LABEL, "")
            self.block(element, "note", anchor)
            start = opened.start if opened.start >= 0 else self.length
            self.opened.clear()
            called = None if note.called is None else min(note.called, start)
            place, cert = element.get("place", ""), element.get("cert", "")
            self.notes.append(Footnote(label, anchor, note.page, start, self.length, called, place, cert))
            self.read_notes(self.waiting)


def _opening(text: str, passages: Iterable[Passage], longest: int = 180) -> str:
    """The beginning of the first paragraph that is more than a label, dots or a line of a title."""
    for passage in passages:
        words = text[passage.start : min(passage.end, passage.start + longest)]
        if passage.kind == "paragraph" and len(words) > 40:
            return words if passage.end - passage.start <= longest else f"{words.rsplit(' ', 1)[0]} …"
    return ""


def _inherited(kind: PassageKind) -> PassageKind:
    """A paragraph within an item is part of the item; a list within a heading is no heading."""
    return kind if kind in {"item", "cell", "note"} else "paragraph"


def _is_block(element: etree._Element, name: str) -> bool:
    if name in _BLOCKS or shape_of(element) in STANDING or is_label_of_item(element):
        return True
    if name == "cit":
        return is_among_blocks(element) or any(_holds_blocks(one, "p", "lg") for one in element.iterfind(f"{TEI}quote"))
    if name == "quote":
        return is_among_blocks(element) or _holds_blocks(element, "p", "list", "lg", "quote", "table")
    if name not in _LINES:
        return False
    around = etree.QName(element.getparent()).localname
    if name in {"idno", "seg"}:
        return around in _AROUND_NUMBERS and (name == "idno" or "type" in element.attrib)
    return around in _AROUND_LINES


def _is_next_line(element: etree._Element) -> bool:
    """Whether a block is the line below the one before: of verse, of a list of characters, or of a speech."""
    before = element.getprevious()
    return before is not None and (before.tag == f"{TEI}speaker" or (before.tag == element.tag and before.tag in _NEXT))


def _holds_blocks(quote: etree._Element, *names: str) -> bool:
    return quote.get("rend") == "blockquote" or any(quote.find(f"{TEI}{name}") is not None for name in names)


def _is_second(element: etree._Element, name: str) -> bool:
    """Whether it is another reading of what was read before it."""
    return name == "rdg" or (name in _SECOND_READINGS and etree.QName(element.getparent()).localname == "choice")


def _in_reading_order(element: etree._Element) -> Iterator[etree._Element]:
    """In a ``choice`` the edition's own reading comes first, as the views show it."""
    if element.tag != f"{TEI}choice":
        return iter(element)
    second = {f"{TEI}{name}" for name in _SECOND_READINGS}
    return iter(sorted(element, key=lambda child: child.tag in second))


def _kind_of_name(element: etree._Element, name: str) -> NameKind | None:
    """What a name names; none if it is neither a person, a place nor an organization (a ship, a title)."""
    if name in _NAMES:
        return _NAMES[name]
    kind = _TYPES.get(element.get("type", ""))
    return kind or ("person" if element.get(_REF) else None)


def _role(element: etree._Element) -> str:
    kind = element.get("type", "")
    return kind if kind in {"from", "to"} else ""


def _picture(root: etree._Element, facs: str) -> str:
    """The picture of a page: what ``@facs`` names, or the first ``graphic`` of what it points to."""
    target = (facs.split() or [""])[0]
    if not target.startswith("#"):
        return target
    for facsimile in root.iterfind(f"{TEI}facsimile"):
        for element in facsimile.iter(f"{TEI}surface", f"{TEI}graphic", f"{TEI}zone"):
            if element.get("{http://www.w3.org/XML/1998/namespace}id") == target[1:]:
                graphics = element.iter(f"{TEI}graphic")
                return next((url for graphic in graphics if (url := graphic.get("url", ""))), "")
    return ""
