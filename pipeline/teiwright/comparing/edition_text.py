"""The text of a TEI document as a reader meets it: one stream for the running text, one for each note.

The document is walked with expat, which knows line and column of every character.
What the source cannot have (header, corrections, expansions, descriptions of pictures) is left out;
what became markup (marks of notes and pages, labels in attributes) is kept as a ``Mark`` at its place.
TEI Guidelines 3.5 (editorial changes), 3.9 (notes), 3.11 (page breaks), 12.3 (additions, deletions).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from xml.parsers import expat

from teiwright.comparing.squeezed import INK, Squeezed
from teiwright.comparing.vocabulary import (
    DIVISIONS,
    INLINE,
    MILESTONES,
    OF_THE_SOURCE,
    PARTING,
    STYLED,
    UNSEEN,
)

Place = tuple[int, int]
"""Line and column in the TEI file, counted from 1."""


class Sign(Enum):
    """What a mark stands for."""

    CALLOUT = "callout of a note"
    PAGE = "page mark"
    LABEL = "label of a list item"
    BULLET = "bullet of a list item"
    STRIKE = "sign that strikes text through"
    STYLE_OPEN = "sign of emphasis"
    STYLE_CLOSE = "sign of emphasis, closing"
    SUPPLIED = "supplied text"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that is no text in TEI but ink in the source, before the character ``at`` of its stream.

    ``n`` is what is printed; ``required`` marks must be in the source, others may be.
    """

    sign: Sign
    at: int
    n: str
    place: Place
    required: bool = True
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Stream:
    """A text that the source has in one piece; ``offsets`` of its ``ink`` index ``places``."""

    ink: Squeezed
    places: tuple[Place, ...]
    marks: tuple[Mark, ...]
    begin: Place = (1, 1)

    def place(self, index: int) -> Place:
        """Line and column of the character at ``index``."""
        if not self.places:
            return self.begin
        if self.ink.text and index >= len(self.ink.text):
            line, column = self.place(len(self.ink.text) - 1)
            return (line, column + 1)
        offset = self.ink.offset(index)
        run = offset // _STRIDE
        line, column = self.places[run]
        return (line, column + offset % _STRIDE)


@dataclass(frozen=True, slots=True)
class NoteText:
    """A note: its stream, its printed mark, where it begins, and whether it stands at its callout."""

    stream: Stream
    n: str
    place: Place
    called: bool


@dataclass(frozen=True, slots=True)
class EditionText:
    """The running text and the notes in document order; ``page_breaks`` counts every ``pb``."""

    main: Stream
    notes: tuple[NoteText, ...]
    page_breaks: int


# An offset of a stream's ink is the number of its run times this, plus the character's place in the run.
_STRIDE = 1 << 32

_XML_ID = "http://www.w3.org/XML/1998/namespace id"


@dataclass(slots=True)
class _Growing:
    """A stream while it is read."""

    parts: list[str] = field(default_factory=list)
    gaps: bytearray = field(default_factory=bytearray)
    free: set[int] = field(default_factory=lambda: {0})
    starts: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    begin: Place = (1, 1)
    length: int = 0
    parted: bool = False
    loose: bool = True

    def part(self, *, loose: bool) -> None:
        self.parted = True
        self.loose = self.loose or loose

    def write(self, data: str, line: int, column: int) -> None:
        behind = 0
        for found in INK.finditer(data):
            if data[behind : found.start()].strip("\u00ad\ufeff"):
                self.parted = True
            ink = found.group()
            if self.loose:
                self.free.add(self.length)
            self.gaps.append(self.parted or self.loose)
            self.gaps.extend(bytes(len(ink) - 1))
            self.starts.append(self.length)
            self.places.append((line, column + found.start()))
            self.parts.append(ink)
            self.length += len(ink)
            self.parted = self.loose = False
            behind = found.end()
        if data[behind:].strip("\u00ad\ufeff"):
            self.parted = True

    def grown(self) -> Stream:
        offsets = range(0, _STRIDE * len(self.starts), _STRIDE)
        ink = Squeezed("".join(self.parts), bytes(self.gaps), self.starts, offsets, frozenset(self.free))
        return Stream(ink, tuple(self.places), tuple(self.marks), self.begin)


@dataclass(slots=True)
class _Element:
    """An open element and what must happen when it closes.

    ``taken``: a ``choice`` whose reading of the source was met;
    ``apart``: notes in it do not stand at a callout.
    """

    name: str
    closing: Mark | None = None
    stream: bool = False
    block: bool = False
    supplied: bool = False
    taken: bool = False
    apart: bool = False


@dataclass(slots=True)
class _Note:
    growing: _Growing
    n: str
    place: Place
    called: bool
    identifier: str
    targets: tuple[str, ...]


def _stands_apart(name: str, attributes: dict[str, str], parent: _Element | None) -> bool:
    if name == "noteGrp":
        return attributes.get("type") == "unanchored" or (parent is not None and parent.apart)
    return name in DIVISIONS


class EntityError(ValueError):
    """The document declares entities: its text would not be what stands in it, and could be without end."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _Reader:
    """Receives expat's events and grows the streams."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = False
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.EntityDeclHandler = self.entity
        self.main = _Growing()
        self.streams = [self.main]
        self.elements: list[_Element] = []
        self.notes: list[_Note] = []
        self.unseen = 0
        self.anchors: dict[str, tuple[_Growing, Mark]] = {}
        self.links: list[tuple[str, _Growing, Mark]] = []
        self.page_breaks = 0

    def here(self) -> Place:
        return (self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def entity(self, *_: object) -> None:
        raise EntityError(self.parser.CurrentLineNumber)

    def start(self, qualified: str, attributes: dict[str, str]) -> None:
        name = qualified.rpartition(" ")[2]
        parent = self.elements[-1] if self.elements else None
        if self.unseen or self._is_unseen(name, parent):
            self.unseen += 1
            return
        element = _Element(name, apart=_stands_apart(name, attributes, parent))
        self.elements.append(element)
        stream = self.streams[-1]
        if not stream.length and stream is self.main:
            stream.begin = self.here()
        if name == "note":
            self._note(element, attributes, parent)
        elif name == "pb":
            self._page(stream, attributes)
        elif name in MILESTONES:
            stream.part(loose=attributes.get("break") == "no" or name != "lb")
        elif name not in INLINE or (parent is not None and parent.name in PARTING):
            element.block = True
            stream.part(loose=True)
        self._marks(element, stream, attributes, parent)

    def _is_unseen(self, name: str, parent: _Element | None) -> bool:
        if parent is None:
            return False
        if parent.name == "choice":
            unwanted = parent.taken or name not in OF_THE_SOURCE
            parent.taken = parent.taken or not unwanted
            return unwanted
        return name in UNSEEN

    def _marks(self, element: _Element, stream: _Growing, attributes: dict[str, str], parent: _Element | None) -> None:
        in_list = parent is not None and parent.name == "list"
        match element.name:
            case "item" if in_list:
                self._add(stream, Sign.BULLET, "", required=False)
                if attributes.get("n", "").strip():
                    self._add(stream, Sign.LABEL, attributes["n"])
            case "label" if in_list:
                self._add(stream, Sign.BULLET, "", required=False)
            case "del":
                mark = self._add(stream, Sign.STRIKE, "", required=False)
                element.closing = mark
            case name if name in STYLED:
                self._add(stream, Sign.STYLE_OPEN, "", required=False)
                element.closing = Mark(Sign.STYLE_CLOSE, 0, "", self.here(), required=False)
            case "supplied":
                element.supplied = element.stream = True
                self.streams.append(_Growing(loose=stream.loose, parted=stream.parted))
            case "anchor" | "ptr" | "ref":
                self._link(element.name, stream, attributes)

    def _add(self, stream: _Growing, sign: Sign, n: str, *, required: bool = True, note: int | None = None) -> Mark:
        mark = Mark(sign, stream.length, n, self.here(), required, note)
        stream.marks.append(mark)
        return mark

    def _page(self, stream: _Growing, attributes: dict[str, str]) -> None:
        self.page_breaks += 1
        n = attributes.get("n", "").strip()
        inferred = "resp" in attributes or "cert" in attributes
        if n:
            self._add(stream, Sign.PAGE, n, required=not inferred)
        stream.part(loose=True)

    def _link(self, name: str, stream: _Growing, attributes: dict[str, str]) -> None:
        """Remember where a note that stands elsewhere may be called; which one it is, only the end tells."""
        mark = Mark(Sign.CALLOUT, stream.length, "", self.here())
        identifier = attributes.get(_XML_ID)
        if name == "anchor" and identifier:
            self.anchors[identifier] = (stream, mark)
        elif name == "ptr":
            for target in attributes.get("target", "").split():
                self.links.append((target.removeprefix("#"), stream, mark))

    def _note(self, element: _Element, attributes: dict[str, str], parent: _Element | None) -> None:
        n = attributes.get("n", "").strip()
        where = attributes.get("place", attributes.get("rend", "")).split()
        stream = self.streams[-1]
        if "inline" in where or not (n or "place" in attributes):
            element.block = True
            stream.part(loose=True)
            return
        called = parent is not None and not parent.apart
        targets = tuple(target.removeprefix("#") for target in attributes.get("target", "").split())
        place = self.here()
        note = _Note(_Growing(begin=place), n, place, called, attributes.get(_XML_ID, ""), targets)
        if called and n:
            self._add(stream, Sign.CALLOUT, n, note=len(self.notes))
        self.notes.append(note)
        element.stream = True
        self.streams.append(note.growing)

    def end(self, _: str) -> None:
        if self.unseen:
            self.unseen -= 1
            return
        element = self.elements.pop()
        if element.stream:
            grown = self.streams.pop()
            if element.supplied:
                self._supplied(grown)
        stream = self.streams[-1]
        if element.closing is not None:
            stream.marks.append(replace(element.closing, at=stream.length, place=self.here()))
        if element.block:
            stream.part(loose=True)

    def _supplied(self, grown: _Growing) -> None:
        """What the editor supplied may be in the source (often in brackets) or not."""
        self._add(self.streams[-1], Sign.SUPPLIED, "".join(grown.parts), required=False)
        self.streams[-1].part(loose=True)

    def text(self, data: str) -> None:
        if not self.unseen:
            self.streams[-1].write(data, *self.here())

    def read(self, data: bytes) -> EditionText:
        self.parser.Parse(data, True)
        self._resolve()
        notes = [NoteText(note.growing.grown(), note.n, note.place, note.called) for note in self.notes]
        return EditionText(self.main.grown(), tuple(notes), self.page_breaks)

    def _resolve(self) -> None:
        """A note that stands elsewhere is called by a pointer to it, or at the anchor that it points to."""
        by_id = {note.identifier: number for number, note in enumerate(self.notes) if note.identifier}
        calls = [(by_id[target], stream, mark) for target, stream, mark in self.links if target in by_id]
        for number, note in enumerate(self.notes):
            calls += [(number, *self.anchors[target]) for target in note.targets if target in self.anchors]
        for number, stream, mark in calls:
            note = self.notes[number]
            if note.called or not note.n:
                continue
            note.called = True
            stream.marks.append(replace(mark, n=note.n, note=number))
            stream.marks.sort(key=lambda each: each.at)


class _Counting(_Reader):
    """Also writes down where each tag begins, in their order."""

    def __init__(self, tags: list[Place]) -> None:
        super().__init__()
        self._tags = tags

    def start(self, qualified: str, attributes: dict[str, str]) -> None:
        self._tags.append(self.here())
        super().start(qualified, attributes)

    def end(self, name: str) -> None:
        # An empty element ends where it begins; one column on, places stay in the order of the tags.
        line, column = self.here()
        self._tags.append((line, column + 1) if self._tags[-1] == (line, column) else (line, column))
        super().end(name)


def read_edition(data: bytes, tags: list[Place] | None = None) -> EditionText:
    """The streams of a TEI document. ``tags`` is told where each tag begins.

    Raises ``expat.ExpatError`` if expat cannot read it, ``EntityError`` if it declares entities.
    """
    return (_Reader() if tags is None else _Counting(tags)).read(data)
