"""The words of a PDF as a screen reader has them: by its tags, in reading order, each note by itself.

Only what Typst writes is understood (its operators, its fonts): this checks our own books, not PDFs at large.
Terms and section numbers are those of ISO 32000-1.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from sys import byteorder

import pikepdf

from teiwright.rendering.words import Stream, Text

_INLINE = frozenset({"/Span", "/Link", "/Em", "/Strong", "/Reference", "/Quote", "/Code"})
# In a literal string, parentheses that are balanced need no backslash (7.3.4.2); deeper than this no glyphs nest them.
# What is matched is never given back (`++`, `*+`), so that a string is read once.
_PLAIN = rb"[^\\()]++|(?:\\.[^\\()]*+)++"
_NESTED = rb"\((?:" + _PLAIN + rb"|\((?:" + _PLAIN + rb"|\((?:" + _PLAIN + rb")*+\))*+\))*+\)"
_STRING = rb"\((?:" + _PLAIN + rb"|" + _NESTED + rb")*+\)"
# Each alternative begins with a plain character: the search then passes over all others at once.
_CONTENT = re.compile(
    rb"/\w+<<[^<>]*/MCID (?P<id>\d+)[^<>]*>>BDC|/Span<</ActualText<FEFF(?P<actual>[0-9A-F]*)>>>BDC"
    rb"|/Artifact(?P<artefact><<(?:[^>]|>(?!>))*>>BDC|\s*BMC)|B(?P<other>DC|MC)\b|E(?P<end>MC)\b"
    rb"|q 1 0 0 -1 [\d.-]+ (?P<height>[\d.-]+) cm|/(?P<font>\w+) [\d.-]+ Tf|\[(?P<array>(?:[^\[\]()]++|"
    + _STRING
    + rb")*+)\]TJ"
    rb"|\((?P<text>(?:" + _PLAIN + rb"|" + _NESTED + rb")*+)\)|<(?P<hex>[0-9A-F]+)>",
    re.DOTALL,
)
_LINE = 5.0
"""By how many points lines in the margin stand lower than those above them; what is raised, by fewer."""
_BETWEEN = re.compile(rb"\)[-+.\d]+\(")
_STRINGS = re.compile(rb"\(((?:" + _PLAIN + rb"|" + _NESTED + rb")*+)\)|<([0-9A-F]+)>", re.DOTALL)
_CHARACTER = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n")
_INVISIBLE = str.maketrans("", "", "\u00ad\u2060")
"""What Typst puts in where a line is divided or must not be; it is no character of the edition."""


class Characters(dict[int, str]):
    """What each glyph of a font stands for (9.10.3), by its number, which a string has in two bytes."""

    def __missing__(self, glyph: int) -> str:
        return "\ufffd"

    def of(self, glyphs: bytes) -> str:
        """What a string says."""
        numbers = array("H", glyphs[: len(glyphs) // 2 * 2])
        if byteorder == "little":
            numbers.byteswap()
        return "".join(map(self.__getitem__, numbers))


@dataclass(slots=True)
class Page:
    """The text of each marked piece of a page, and of its artefacts but running heads (14.8.2.2)."""

    pieces: dict[int, str] = field(default_factory=dict)
    artefacts: str = ""


def words_of_pdf(pdf: bytes, first: int, last: int) -> Text:
    """The words on the pages ``first`` to ``last`` (the first of all is 1); what is in the margin by itself."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        fonts: dict[tuple[int, int], Characters] = {}
        pages: dict[int, Page] = {
            int(page.objgen[0]): _read_page(page, fonts)
            for number, page in enumerate(opened.pages, 1)
            if first <= number <= last
        }
        found = Text()
        _walk(opened.Root.StructTreeRoot.K, 0, pages, found.main, found)
    for page in pages.values():
        found.margins.add(page.artefacts)
        found.margins.boundary()
    return found


def _read_page(page: pikepdf.Page, fonts: dict[tuple[int, int], Characters]) -> Page:
    read = Page()
    known: dict[bytes, Characters] = {}
    for name, font in page.obj.Resources.get("/Font", pikepdf.Dictionary()).items():
        if font.objgen not in fonts:
            fonts[font.objgen] = _characters(font)
        known[str(name)[1:].encode()] = fonts[font.objgen]
    for mark, text in _marked(page.obj["/Contents"].read_bytes(), known):
        if isinstance(mark, int):
            read.pieces[mark] = read.pieces.get(mark, "") + text
        elif mark == "artefact":
            read.artefacts += text
    return read


def _characters(font: pikepdf.Object) -> Characters:
    pairs = _CHARACTER.findall(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else []
    return Characters({int(glyph, 16): _utf16(text) for glyph, text in pairs})


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")


def _marked(data: bytes, fonts: dict[bytes, Characters]) -> Iterator[tuple[int | str, str]]:
    """Each text of a page with the mark under which it stands (14.6)."""
    marks: list[int | str] = []
    actual: list[bool] = []
    characters = Characters()
    last = 0.0
    for token in _CONTENT.finditer(data):
        match token.lastgroup:
            case "height":
                if abs((height := float(token["height"])) - last) > _LINE and marks[-1:] == ["artefact"]:
                    yield marks[-1], " "
                last = height
            case "font":
                characters = fonts.get(token["font"], characters)
            case "text" | "hex" | "array":
                if marks and not any(actual):
                    yield marks[-1], characters.of(_glyphs(token))
            case "end":
                if marks:
                    marks.pop()
                    actual.pop()
            case "actual":
                yield (marks[-1] if marks else ""), _utf16(token["actual"])
                marks.append(marks[-1] if marks else "")
                actual.append(True)
            case "id":
                marks.append(int(token["id"]))
                actual.append(False)
            case "artefact":
                marks.append("head" if b"/Pagination" in token[0] else "artefact")
                actual.append(False)
                yield marks[-1], " "
            case _:
                marks.append(marks[-1] if marks else "")
                actual.append(False)


def _glyphs(token: re.Match[bytes]) -> bytes:
    """The glyphs of a string or of an array of strings."""
    if token.lastgroup == "text":
        return _unescaped(token["text"])
    if token.lastgroup == "hex":
        return bytes.fromhex(token["hex"].decode())
    joined = _BETWEEN.sub(b"", token["array"])
    if joined.count(b"(") == joined.count(rb"\(") + 1 and rb"\\" not in joined and b"<" not in joined:
        # There is one string left, and no parenthesis in it that could have been taken for its end.
        return _unescaped(joined[joined.index(b"(") + 1 : joined.rindex(b")")])
    strings = _STRINGS.findall(token["array"])
    if any(digits for _, digits in strings):
        return b"".join([_unescaped(plain) if plain else bytes.fromhex(digits.decode()) for plain, digits in strings])
    return _unescaped(b"".join([plain for plain, _ in strings]))  # an escape never goes over two strings


def _unescaped(literal: bytes) -> bytes:
    """The bytes of a literal string (7.3.4.2); its escapes are those of Python, but for parentheses."""
    if b"\\" not in literal:
        return literal
    for character, octal in _UNKNOWN_TO_PYTHON:
        literal = literal.replace(character, octal)
    return literal.decode("unicode_escape").encode("latin-1")


# The backslash itself comes first: what follows it then is no escape.
_UNKNOWN_TO_PYTHON = ((rb"\\", rb"\134"), (rb"\(", rb"\050"), (rb"\)", rb"\051"))


def _walk(node: pikepdf.Object | int, page: int, pages: dict[int, Page], stream: Stream, found: Text) -> None:
    """A structure element, its children, or the number of a piece of content (14.7.4)."""
    if isinstance(node, int):
        if page in pages:
            stream.add(pages[page].pieces.get(node, "").translate(_INVISIBLE))
    elif isinstance(node, pikepdf.Array):
        for child in node:
            _walk(child, page, pages, stream, found)
    elif isinstance(node, pikepdf.Dictionary):
        page = node.Pg.objgen[0] if "/Pg" in node else page
        if "/MCID" in node:
            _walk(int(node.MCID), page, pages, stream, found)
        elif "/S" in node and "/K" in node:
            _walk_element(node, page, pages, stream, found)


def _walk_element(node: pikepdf.Object, page: int, pages: dict[int, Page], stream: Stream, found: Text) -> None:
    role = str(node.S)
    if role == "/Note":
        note = found.new_note()
        _walk(node.K, page, pages, note, found)
    elif role == "/Lbl" and _is_link(node.K):
        return
    elif role in _INLINE and "/Block" not in str(node.get("/A", "")):
        _walk(node.K, page, pages, stream, found)
    else:
        stream.boundary()
        _walk(node.K, page, pages, stream, found)
        stream.boundary()


def _is_link(label: pikepdf.Object) -> bool:
    """Whether a label is the mark of a note, which leads to it or back."""
    one = label[0] if isinstance(label, pikepdf.Array) and len(label) else label
    return isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Link"
