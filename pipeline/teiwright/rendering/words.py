"""The words of an edition and of what was made of it: the running text, and each note by itself.

The three readers know nothing of each other nor of the stylesheets: one reads TEI, one HTML, one Typst.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from lxml import etree

from teiwright.rendering.tei import TEI, line_of


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_TEI_BLOCKS = _names(
    "text front body back group div div1 div2 div3 floatingText head p ab list item label table row cell "
    "opener closer dateline salute signed byline postscript titlePage docTitle titlePart docImprint "
    "docDate docAuthor docEdition imprimatur stamp quote cit lg l figure figDesc fw address addrLine "
    "noteGrp trailer epigraph argument idno seg"
)
_INLINE_IF_NOT_ALONE = _names("idno seg quote cit stamp docDate dateline salute signed byline address")
_LINE_PARENTS = _names("opener closer div div1 div2 div3 front body back postscript titlePage floatingText")
_IN_BLOCK_QUOTES = frozenset(f"{TEI}{name}" for name in ("p", "list", "lg", "quote", "table"))
_DESCRIPTIONS = frozenset({"gap", "graphic", "space"})
"""Elements whose content describes what is not there, and is no text of the document."""

_SECOND_READINGS = ("sic", "orig", "abbr")


@dataclass(slots=True)
class Stream:
    """Text with marked word boundaries; ``pieces`` are (text, line), and a space alone is a boundary."""

    pieces: list[tuple[str, int]] = field(default_factory=list)

    def add(self, text: str | None, line: int = 0) -> None:
        """Text as it follows what is there."""
        if text:
            self.pieces.append((text, line))

    def boundary(self) -> None:
        """What follows is a new word."""
        self.pieces.append((" ", 0))

    def words(self) -> list[tuple[str, int]]:
        """The words, each with the line on which it begins."""
        found: list[tuple[str, int]] = []
        open_word = False
        for text, line in self.pieces:
            for part in re.split(r"([ \t\r\n]+)", text):
                if not part:
                    continue
                if part[0] in " \t\r\n":
                    open_word = False
                elif open_word:
                    found[-1] = (found[-1][0] + part, found[-1][1])
                else:
                    found.append((part, line))
                    open_word = True
        return found


@dataclass(slots=True)
class Text:
    """The running text, and the notes in the order of the text."""

    main: Stream = field(default_factory=Stream)
    notes: list[Stream] = field(default_factory=list)

    def new_note(self) -> Stream:
        """A stream for the next note."""
        self.notes.append(Stream())
        return self.notes[-1]


def words_of_tei(root: etree._Element) -> Text:
    """The words of ``text`` as the Guidelines mean them: without descriptions of gaps and pictures."""
    found = Text()
    for text in root.iterfind(f"{TEI}text"):
        _walk(text, found.main, found)
    return found


def _walk(element: etree._Element, stream: Stream, found: Text) -> None:
    stream.add(element.text, line_of(element))
    for child in _in_reading_order(element):
        if isinstance(child.tag, str):
            _child(child, stream, found)
        stream.add(child.tail, line_of(child))


def _child(child: etree._Element, stream: Stream, found: Text) -> None:
    name = etree.QName(child).localname
    if name == "note":
        note = found.new_note()
        _walk(child, note, found)
    elif name in _DESCRIPTIONS:
        return
    elif name == "lb":
        stream.boundary() if child.get("break") != "no" else None
    elif _is_block(child, name):
        stream.boundary()
        _walk(child, stream, found)
        stream.boundary()
    elif name in _SECOND_READINGS and etree.QName(child.getparent()).localname == "choice":
        stream.boundary()
        _walk(child, stream, found)
    else:
        _walk(child, stream, found)


def _is_block(element: etree._Element, name: str) -> bool:
    if name not in _TEI_BLOCKS:
        return False
    if name not in _INLINE_IF_NOT_ALONE:
        return True
    parent = etree.QName(element.getparent()).localname
    if name in {"idno", "seg"}:
        return parent in {"opener", "closer"} and (name == "idno" or "type" in element.attrib)
    if name in {"quote", "cit"}:
        return element.get("rend") == "blockquote" or any(child.tag in _IN_BLOCK_QUOTES for child in element)
    return parent in _LINE_PARENTS


def _in_reading_order(element: etree._Element) -> list[etree._Element]:
    """In a ``choice`` the edition's reading comes first, as the views show it."""
    children = list(element)
    if element.tag != f"{TEI}choice":
        return children
    return sorted(children, key=lambda c: isinstance(c.tag, str) and etree.QName(c).localname in _SECOND_READINGS)


_VOID = frozenset({"br", "img", "meta", "link", "input", "hr", "wbr"})
_HTML_BLOCKS = _names("p div section article li ul ol h1 h2 h3 h4 h5 h6 td th tr table blockquote figure figcaption br")


class _Page(HTMLParser):
    """Reads the words of a page: those in the article and in the notes, but for what the stylesheet adds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = Text()
        self._open: list[tuple[str, Stream | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        stream = self._open[-1][1] if self._open else None
        if stream is not None and tag in _HTML_BLOCKS:
            stream.boundary()
        if "data-made" in given or "made" in classes:
            stream = None
        elif tag == "article":
            stream = self.text.main
        elif tag == "div" and "note-text" in classes:
            stream = self.text.new_note()
        if tag not in _VOID:
            self._open.append((tag, stream))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            closed, _ = self._open.pop()
            if closed == tag:
                break
        if self._open and (outer := self._open[-1][1]) is not None and tag in _HTML_BLOCKS:
            outer.boundary()

    def handle_data(self, data: str) -> None:
        if self._open and (stream := self._open[-1][1]) is not None:
            stream.add(data)


def words_of_html(page: str) -> Text:
    """The words of the edition on a page."""
    reader = _Page()
    reader.feed(page)
    reader.close()
    return reader.text


_TYPST = re.compile(
    r'(?P<word>#"(?:[^"\\]|\\.)*";)|(?P<literal>"(?:[^"\\]|\\.)*")|(?P<note>#(?:foot|stray-note)\("(?:[^"\\]|\\.)*"\)\[)'
    r'|(?P<call>#[a-z-]+\((?:"(?:[^"\\]|\\.)*"|[^"()])*\)\[)'
    r"|(?P<open>\[)|(?P<close>\])|(?P<space>\s+|#linebreak\(\))|(?P<other>.)",
    re.DOTALL,
)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


def words_of_typst(source: str) -> Text:
    """The words of the edition in a Typst source: the string literals that stand where markup is expected."""
    body = source.split("#show: book.with(", 1)[-1].rsplit("\n#colophon((", 1)[0]
    found = Text()
    streams = [found.main]
    for token in _TYPST.finditer(body):
        match token.lastgroup:
            case "word":
                streams[-1].add(re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), token[0][2:-2]))
            case "space":
                streams[-1].boundary()
            case "note":
                streams.append(found.new_note())
            case "open" | "call":
                streams.append(streams[-1])
            case "close":
                streams.pop()
            case _:
                pass
    return found
