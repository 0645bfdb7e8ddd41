"""The page that shows a text as it came beside its encoding, each line with its number and address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import groupby
from urllib.parse import quote

from lxml import etree

from teiwright.extracted import CollectionPage
from teiwright.model import Piece, Source
from teiwright.rendering.context import Context
from teiwright.rendering.engine import Prepared
from teiwright.rendering.marking import OURS
from teiwright.rendering.scripts import has_other_scripts
from teiwright.rendering.side_by_side import CONTAINERS, Row, SideBySide, Token, is_line, side_by_side
from teiwright.rendering.tei import TEI, edition_id
from teiwright.rendering.web import collection_page

FOLDER = "source"
_TITLE, _MAIN = "title-of-the-page", "main-of-the-page"
_PREFIXES = {"http://www.w3.org/XML/1998/namespace": "xml:", TEI[1:-1]: "", OURS[1:-1]: None}


def source_page(prepared: Prepared, source: Source, pieces: Sequence[Piece], context: Context) -> tuple[str, bytes]:
    """The page of one text as a file beside those of the editions; ``pieces`` cover the ink of the source.

    It leads to the edition's page if the context has a home, and so pages.
    """
    document = edition_id(prepared.edition)
    if prepared.root is None or prepared.tree is None:
        raise ValueError(document)  # who asks has seen the findings of the first pass
    shown = side_by_side(prepared.root, source.text, pieces)
    page = _Page(shown, source, pieces, f"../{quote(document)}.html" if context.home else "")
    language = prepared.root.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    before, between, after = _frame(_alike(context))
    title = escape(f"{document}: source and encoding", quote=False)
    made = f"{before}{title}{between}{page.main(prepared.tree.title, language)}{after}"
    return f"{FOLDER}/{document}.html", made.encode("utf-8", "xmlcharrefreplace")


def _alike(context: Context) -> Context:
    """The part of the context that all pages have in common, so that their frame is made once."""
    return Context(
        collection=context.collection,
        home=context.home,
        sections=context.sections,
        address=context.address,
        stylesheets=context.stylesheets,
    )


@lru_cache(maxsize=2)
def _frame(context: Context) -> tuple[str, str, str]:
    page = CollectionPage(f"{FOLDER}/x.html", _TITLE, f"<h1>{_MAIN}</h1>", kind="source")
    framed = collection_page(page, context, "source.css").decode()
    before, rest = framed.split(_TITLE, 1)
    between, after = rest.split(f"<h1>{_MAIN}</h1>", 1)
    return before, between, after


class _Page:
    def __init__(self, shown: SideBySide, source: Source, pieces: Sequence[Piece], reading: str) -> None:
        self._shown, self._source, self._reading = shown, source, reading
        self._pieces = list(pieces)
        self._next = 0
        self._offset = 0
        self._lines = source.text.split("\n")

    def main(self, title: str, language: str) -> str:
        rows = "\n".join(self._row(row) for row in self._shown.rows)
        lang = f' lang="{escape(language)}"' if language else ""
        name = escape(self._source.path.name)
        return (
            f"<h1>Source and encoding</h1>\n"
            f'<p class="lead">{self._title(title)}</p>\n'
            f'<p class="facts">{name}, {len(self._lines):,} lines: the text as it was received, '
            f"and beside each part of it the encoding in TEI from which all else is made.</p>\n"
            f"{self._legend()}{_SWITCH}\n"
            f'<div class="pairs"{lang}>\n{rows}\n</div>\n'
        )

    def _title(self, title: str) -> str:
        words = escape(title, quote=False)
        return f'<a href="{self._reading}">{words}</a>' if self._reading else words

    def _legend(self) -> str:
        """What of the source is no text of the edition, and how much of it."""
        counted = Counter(piece.became for piece in _joined(self._pieces) if piece.became)
        items = "".join(
            f'<li><mark class="{_class(what)}">{escape(what)}</mark> {number:,}</li>'
            for what, number in sorted(counted.items(), key=lambda one: (-one[1], one[0]))
        )
        return f'<ul class="legend" aria-label="Marks in the source that became markup">{items}</ul>\n' if items else ""

    def _row(self, row: Row) -> str:
        lines = "".join(self._line(number) for number in range(row.first, row.end))
        encoded = _Encoded(self._shown, self._reading).lines(row.tokens)
        if not row.units and not row.tokens and any(self._lines[n].strip() for n in range(row.first, row.end)):
            encoded = '<p class="none">not in the edition</p>'
        return f"<div><div>{lines}</div><div>{encoded}</div></div>"

    def _line(self, number: int) -> str:
        text, begin = self._lines[number], self._offset
        end = begin + len(text)
        self._offset = end + 1
        parts: list[str] = []
        here: list[Piece] = []
        while self._next < len(self._pieces) and self._pieces[self._next].start < end:
            here.append(self._pieces[self._next])
            self._next += 1
        done = begin
        for piece in _joined(one for one in here if one.became):
            parts.append(escape(text[done - begin : piece.start - begin], quote=False))
            parts.append(self._mark(piece, text[piece.start - begin : piece.end - begin]))
            done = piece.end
        parts.append(escape(text[done - begin :], quote=False))
        n = number + 1
        way = ' dir="auto"' if has_other_scripts(text) else ""
        return f'<p id="L{n}"{way}><a href="#L{n}">{n}</a>{"".join(parts)}</p>'

    def _mark(self, piece: Piece, text: str) -> str:
        """A mark of the source; that of a note leads to where the source has the note, and back."""
        kind, words = _class(piece.became), escape(text, quote=False)
        to = self._shown.notes if kind == "callout" else self._shown.calls if kind == "label" else {}
        if (line := to.get(piece.tag)) is not None:
            words = f'<a href="#L{line + 1}">{words}</a>'
        return f'<mark class="{kind}" title="{escape(piece.became)}">{words}</mark>'


_SWITCH = (
    '<fieldset class="show"><legend>Show of the encoding</legend>'
    '<label><input type="radio" name="show" id="show-text">text</label>'
    '<label><input type="radio" name="show" id="show-tags" checked>elements</label>'
    '<label><input type="radio" name="show" id="show-all">elements and attributes</label></fieldset>'
)


def _class(became: str) -> str:
    return became.split(" ", 1)[0]


def _joined(pieces: Iterator[Piece] | Sequence[Piece]) -> Iterator[Piece]:
    """Words one after the other that became the same are one mark (``[Page`` and ``962]``)."""
    for (tag, became), same in groupby(pieces, key=lambda piece: (piece.tag, piece.became)):
        group = list(same)
        yield Piece(group[0].start, group[-1].end, tag, 0, became)


class _Encoded:
    """The encoding of one row, in lines as a reader of XML would break them."""

    def __init__(self, shown: SideBySide, reading: str) -> None:
        self._shown, self._reading = shown, reading
        self._made: list[str] = []
        self._line: list[str] = []
        self._has_text = False

    def lines(self, tokens: Sequence[Token]) -> str:
        for token in tokens:
            line = is_line(token.element)
            if token.kind in {"open", "empty"} and (line or (self._has_text and token.element.tag in CONTAINERS)):
                self._end()
            self._line.append(self._token(token))
            self._has_text |= token.kind == "call" or bool(token.kind == "text" and token.text.strip())
            if (line and token.kind == "close") or (token.kind == "empty" and token.element.tag == _LB):
                self._end()
        self._end()
        return "".join(self._made)

    def _end(self) -> None:
        line = "".join(self._line)
        if line.strip():
            self._made.append(f"<p>{line}</p>" if self._has_text else f'<p class="tags">{line}</p>')
        self._line, self._has_text = [], False

    def _token(self, token: Token) -> str:
        match token.kind:
            case "text":
                return escape(token.text, quote=False)
            case "close":
                return f"<code>&lt;/{_name(token.element)}></code>"
            case "call":
                return self._call(token)
            case _:
                end = "/" if token.kind == "empty" else ""
                tag = f"<code>&lt;{_name(token.element)}{_attributes(token.element)}{end}></code>"
                return tag + self._page(token.element) if token.element.tag == _PB else self._way(token.element) + tag

    def _call(self, token: Token) -> str:
        label = escape(token.element.get(f"{OURS}label", ""))
        line = self._shown.notes.get(token.tag)
        return f'<sup><a href="#L{line + 1}">{label}</a></sup>' if line is not None else f"<sup>{label}</sup>"

    def _way(self, element: etree._Element) -> str:
        """To the same place of the page for readers."""
        identifier = element.get(f"{OURS}id", "")
        if not identifier or not self._reading or not is_line(element):
            return ""
        return f'<a href="{self._address(identifier)}" aria-label="{escape(identifier)} on the page">¶</a>'

    def _page(self, element: etree._Element) -> str:
        """The number of a page of the original, which stands in an attribute."""
        number = " ".join(element.get("n", "").split())
        if not number or not self._reading:
            return f'<span class="pb">[{escape(number)}]</span> ' if number else ""
        href = self._address(element.get(f"{OURS}id", ""))
        return f'<a class="pb" href="{href}">[{escape(number)}]</a> '

    def _address(self, identifier: str) -> str:
        return f"{self._reading}#{quote(identifier, safe=':~')}"


_LB, _PB = f"{TEI}lb", f"{TEI}pb"


def _name(element: etree._Element) -> str:
    name = etree.QName(element)
    return name.localname if name.namespace == TEI[1:-1] else f"{element.prefix or ''}:{name.localname}".lstrip(":")


def _attributes(element: etree._Element) -> str:
    written = "".join(
        f' {prefix}{name.localname}="{escape(str(value))}"'
        for attribute, value in element.attrib.items()
        if (name := etree.QName(attribute)) and (prefix := _PREFIXES.get(name.namespace or TEI[1:-1], "")) is not None
    )
    return f"<var>{written}</var>" if written else ""
