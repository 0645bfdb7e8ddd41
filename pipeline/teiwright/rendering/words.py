"""The words of an edition and of what was made of it: the running text, and each note by itself.

The readers know nothing of each other nor of the stylesheets: one reads TEI, one HTML, one Typst, one PDF.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from lxml import etree

from teiwright.rendering.shapes import (
    STANDING,
    is_among_blocks,
    is_label_of_item,
    is_loose,
    is_parted,
    name_of,
    parts_words,
    shape_of,
    shape_of_all,
)
from teiwright.rendering.tei import TEI, line_of


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_TEI_BLOCKS = _names(
    "text front body back group div div1 div2 div3 floatingText head p ab list item table row cell "
    "opener closer dateline salute signed byline postscript titlePage docTitle titlePart docImprint "
    "docDate docAuthor docEdition imprimatur stamp quote cit lg l figure figDesc fw address addrLine "
    "noteGrp trailer epigraph argument idno seg"
)
_INLINE_IF_NOT_ALONE = _names("docAuthor idno seg quote cit stamp docDate dateline salute signed byline address")
_LINE_PARENTS = _names("opener closer div div1 div2 div3 front body back postscript titlePage floatingText")
_QUOTE = f"{TEI}quote"
_DESCRIPTIONS = frozenset({"gap", "graphic", "space"})
"""Elements whose content describes what is not there, and is no text of the document."""

_CHOICE, _SECOND_READINGS = f"{TEI}choice", frozenset({"sic", "orig", "abbr"})
_DEPENDENT = _INLINE_IF_NOT_ALONE | _SECOND_READINGS | {"label"}


@dataclass(slots=True)
class Stream:
    """Text with marked word boundaries; ``pieces`` are texts, each with the element that has it if that has a line.

    A space alone is a boundary.
    """

    pieces: list[tuple[str, etree._Element | None]] = field(default_factory=list)

    def add(self, text: str | None) -> None:
        """Text as it follows what is there."""
        if text:
            self.pieces.append((text, None))

    def boundary(self) -> None:
        """What follows is a new word."""
        self.pieces.append(BOUNDARY)

    def words(self) -> list[str]:
        """The words; what divides them is white space of XML (XML 1.0, 2.3), and no other space is."""
        return [word.decode("utf-8", "surrogatepass") for word in self._encoded()]

    def has_words_of(self, other: Stream) -> bool:
        """Whether both have the same words: asked of every text, and answered without looking at one by itself."""
        return self._encoded() == other._encoded()

    def _encoded(self) -> list[bytes]:
        # Bytes divide where XML does, but for two control characters that XML does not allow; strings elsewhere, too.
        return (
            "".join([text for text, _ in self.pieces])
            .replace(_SOFT_HYPHEN, "")
            .encode("utf-8", "surrogatepass")
            .split()
        )

    def words_with_lines(self) -> list[tuple[str, int]]:
        """The words, each with the line on which the element begins in which it does; far slower than ``words``."""
        found: list[tuple[str, int]] = []
        open_word = False
        for text, element in self.pieces:
            line = 0 if element is None else line_of(element)
            for part in re.split(r"([ \t\r\n]+)", text.replace(_SOFT_HYPHEN, "")):
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


_SOFT_HYPHEN = "\u00ad"
"""Where a line may end within a word: some formats write an element for it, or a hyphen where one does."""

BOUNDARY: tuple[str, None] = (" ", None)


@dataclass(slots=True)
class Text:
    """The running text, the notes in the order of the text, and what a book has in its margins."""

    main: Stream = field(default_factory=Stream)
    notes: list[Stream] = field(default_factory=list)
    margins: Stream = field(default_factory=Stream)

    def new_note(self) -> Stream:
        """A stream for the next note."""
        self.notes.append(Stream())
        return self.notes[-1]

    def without_parts(self) -> Text:
        """All words one after the other: the running text, then the notes."""
        whole = Text()
        for stream in (self.main, *self.notes):
            whole.main.pieces += stream.pieces
            whole.main.boundary()
        return whole


def words_of_text(text: str) -> Text:
    """The words of plain text, which has no parts."""
    found = Text()
    found.main.add(text)
    return found


def words_of_tei(root: etree._Element) -> Text:
    """The words of ``text`` as the Guidelines mean them: without descriptions of gaps and pictures."""
    found = Text()
    for text in root.iterfind(f"{TEI}text"):
        _walk(text, found.main, found)
    return found


def _walk(element: etree._Element, stream: Stream, found: Text) -> None:
    pieces = stream.pieces  # of which there are thousands
    if text := element.text:
        pieces.append((text, element))
    parted = is_parted(element)
    for child in element if element.tag != _CHOICE else _in_reading_order(element):
        if isinstance(tag := child.tag, str):
            if parted and parts_words(child):
                pieces.append(BOUNDARY)
            match _manner(tag) or _manner_here(child):
                case "phrase":
                    _walk(child, stream, found)
                case "block":
                    pieces.append(BOUNDARY)
                    _walk(child, stream, found)
                    pieces.append(BOUNDARY)
                case "note":
                    _walk(child, found.new_note(), found)
                case "reading":
                    pieces.append(BOUNDARY)
                    _walk(child, stream, found)
                case "line break" if child.get("break") != "no":
                    pieces.append(BOUNDARY)
                case _:
                    pass
        if text := child.tail:
            pieces.append((text, child))


_Manner = Literal["phrase", "block", "reading", "note", "line break", "unseen"]


@cache
def _manner(tag: str) -> _Manner | None:
    """How the words of an element stand among others; none if that depends on where it is."""
    name, shape = tag.removeprefix(TEI), shape_of_all(tag)
    if not tag.startswith(TEI):
        return "phrase"
    if name in _DESCRIPTIONS or shape == "unseen":
        return "unseen"
    if name in _DEPENDENT or is_loose(tag):
        return None
    if name in _TEI_BLOCKS or shape in STANDING:
        return "block"
    by_name: dict[str, _Manner] = {"note": "note", "lb": "line break", "rdg": "reading"}
    return by_name.get(name, "phrase")


def _manner_here(element: etree._Element) -> _Manner:
    name = name_of(element)
    if _is_block(element, name):
        return "block"
    parent = element.getparent()
    return "reading" if name in _SECOND_READINGS and parent is not None and parent.tag == _CHOICE else "phrase"


def _is_block(element: etree._Element, name: str) -> bool:
    if name not in _TEI_BLOCKS:
        return shape_of(element) in STANDING or is_label_of_item(element)
    if name not in _INLINE_IF_NOT_ALONE:
        return True
    parent = etree.QName(element.getparent()).localname
    if name in {"idno", "seg"}:
        return parent in {"opener", "closer"} and (name == "idno" or "type" in element.attrib)
    if name == "cit":
        return is_among_blocks(element) or any(_holds_blocks(quote, "p", "lg") for quote in element.iterfind(_QUOTE))
    if name == "quote":
        return is_among_blocks(element) or _holds_blocks(element, "p", "list", "lg", "quote", "table")
    return parent in _LINE_PARENTS


def _holds_blocks(quote: etree._Element, *names: str) -> bool:
    return quote.get("rend") == "blockquote" or any(quote.find(f"{TEI}{name}") is not None for name in names)


def _in_reading_order(choice: etree._Element) -> list[etree._Element]:
    """In a ``choice`` the edition's reading comes first, as the views show it."""
    return sorted(choice, key=lambda c: isinstance(c.tag, str) and etree.QName(c).localname in _SECOND_READINGS)


_STRING = r'"(?:[^"\\]|\\.)*"'
_TYPST = re.compile(
    rf"#(?P<word>{_STRING});|#(?P<name>[a-z-]+)(?P<arguments>\((?:{_STRING}|[^\"()])*\))(?P<content>\[)?"
    rf'|(?P<open>\[)|(?P<close>\])|(?P<space>\s+)|{_STRING}|[^\s"#\[\]]+|#',
    re.DOTALL,
)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}
_STRAY = "The text has no mark for this note:", "The text has no mark for these notes:"


def words_of_typst(source: str) -> Text:
    """The words of the edition in a Typst source: the string literals that stand where markup is expected."""
    return _Typst(printed=False).read(source)


def words_as_printed(source: str) -> Text:
    """The same as a PDF has them: with the few words that the design adds, and what is in the margin by itself."""
    return _Typst(printed=True).read(source)


class _Typst:
    def __init__(self, *, printed: bool) -> None:
        self._printed = printed
        self._text = Text()
        self._streams = [self._text.main]
        self._ends = [""]

    def read(self, source: str) -> Text:
        body = source.split("#show: book.with(", 1)[-1].rsplit("\n#colophon((", 1)[0]
        for token in _TYPST.finditer(body):
            match token.lastgroup:
                case "word":
                    self._streams[-1].add(_unescaped(token["word"][1:-1]))
                case "space":
                    self._streams[-1].boundary()
                case "arguments" | "content":
                    self._call(token["name"], token["arguments"], content=bool(token["content"]))
                case "open":
                    self._open(self._streams[-1])
                case "close" if len(self._streams) > 1:
                    stream = self._streams.pop()
                    stream.add(self._ends.pop())
                case _:
                    pass
        return self._text

    def _open(self, stream: Stream, end: str = "") -> None:
        self._streams.append(stream)
        self._ends.append(end)

    def _call(self, name: str, arguments: str, *, content: bool) -> None:
        stream, end = self._streams[-1], ""
        match name:
            case "linebreak":
                stream.boundary()
            case "foot":
                stream = self._text.new_note()
            case "stray-note" if not self._printed:
                stream = self._text.new_note()
            case "margin-beside" | "margin-words" if self._printed:
                stream = self._text.margins
                stream.boundary()
            case _ if self._printed:
                end = self._made(name, [_unescaped(given[1:-1]) for given in re.findall(_STRING, arguments)], arguments)
        if content:
            self._open(stream, end)

    def _made(self, name: str, given: list[str], arguments: str) -> str:
        """Add what the design puts before the content of a call; what it puts behind it."""
        stream, end = self._streams[-1], ""
        match name:
            case "stray-notes":
                stream.add(f"{_STRAY[arguments != '(1)']} ")
            case "stray-note" | "made-title" | "document-begins":
                stream.add(f" {given[0]} ")
            case "omission":
                stream.add("[…]")
            case "tag" | "sense-number":
                stream.add(given[0])
            case "reading":
                stream.add("[")
                end = f" {given[0]}]" if given[0] else "]"
            case "omitted-reading":
                stream.add(f"[{given[0]}]")
            case "supplied":
                stream.add("⟨")
                end = "⟩"
            case "as-in-source":
                stream.add("[")
                end = "]"
        return end


def _unescaped(literal: str) -> str:
    return re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), literal) if "\\" in literal else literal
