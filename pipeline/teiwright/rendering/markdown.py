"""An edition as Markdown: CommonMark, with the tables, footnotes and strike-through that most of its readers know.

It is made of the text as the e-book has it. Every character that could be markup is escaped, so that text stays text.
What the edition adds (a page number, a remark) stands in brackets that are not escaped: ``[962]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from teiwright.rendering.markdown_lines import (
    BRACKET,
    BRACKET_END,
    BREAK,
    CLOSE,
    OPEN,
    TARGET,
    bracketed,
    escaped,
    finished,
)

_HTML = "{http://www.w3.org/1999/xhtml}"
_TYPE = "{http://www.idpf.org/2007/ops}type"


def _tags(listed: str) -> frozenset[str]:
    return frozenset(f"{_HTML}{name}" for name in listed.split())


_BLOCKS = _tags("p div section article aside ul ol h1 h2 h3 h4 h5 h6 table blockquote figure figcaption")
_LINES = _tags("p figcaption")
_HEADINGS = {f"{_HTML}h{level}": "#" * level for level in range(1, 7)}
_EMPHASIS = {**dict.fromkeys(_tags("i em cite"), "1"), f"{_HTML}b": "2", f"{_HTML}del": "3"}
_LINE_END = "\\\n"
"""A break that is no new paragraph."""
_LABEL = re.compile(r"[0-9A-Za-z]+")
_BEGINS_BLOCK = ("- ", "> ", "| ", "#")


def markdown(chapter: etree._Element) -> str:
    """The page that holds an e-book's text (``xslt/epub/chapter.xsl``), as Markdown."""
    (body,) = chapter.iterchildren(f"{_HTML}body")
    return "\n\n".join(_Writer(_labels(body)).blocks(body)) + "\n"


def _labels(body: etree._Element) -> dict[str, str]:
    """The label of each note: the mark that was printed, if it can be a label and no other note has it; else its id."""
    labels: dict[str, str] = {}
    for note in body.iter(f"{_HTML}aside"):
        identifier = note.get("id", "")
        mark = next((a.text or "" for a in note.iter(f"{_HTML}a") if a.get("role") == "doc-backlink"), "")
        free = _LABEL.fullmatch(mark) and mark not in labels.values()
        labels[identifier] = mark if free else re.sub(r"[\s\[\]^]", "-", identifier)
    return labels


class _Writer:
    """Writes blocks; ``labels`` are those of the notes, by their ids."""

    def __init__(self, labels: dict[str, str]) -> None:
        self._labels = labels

    def blocks(self, element: etree._Element) -> list[str]:
        """The blocks in an element; what text is between them is a paragraph."""
        found: list[str] = []
        run = [self._text(element, element.text)]
        for child in element.iterchildren(tag=etree.Element):
            if child.tag in _BLOCKS:
                above = finished("".join(run))
                made = self._block(child)
                if made and found and not above and _is_next_line(child):
                    made[0] = f"{found.pop()}{_LINE_END}{made[0]}"
                found += [above, *made] if above else made
                run = []
            else:
                run.append(self._inline(child))
            run.append(self._text(element, child.tail))
        return [block for block in (*found, finished("".join(run))) if block]

    def _block(self, element: etree._Element) -> list[str]:
        if element.tag in _HEADINGS:
            return self._heading(element)
        if element.tag in _LINES:
            return [finished(self._inside(element))]
        if element.tag == f"{_HTML}aside":
            label = self._labels[element.get("id", "")]
            return [f"[^{label}]: {_indented(self.blocks(element), '    ')}"]
        if element.tag == f"{_HTML}blockquote":
            return ["\n".join(f"> {line}".rstrip() for line in "\n\n".join(self.blocks(element)).split("\n"))]
        if element.tag in _tags("ul ol"):
            items = [_indented(self._item(item), "  ") for item in element.iterchildren(tag=etree.Element)]
            return [("\n\n" if any("\n" in item for item in items) else "\n").join(f"- {item}" for item in items)]
        if element.tag == f"{_HTML}table":
            return [self._table(element)]
        return self.blocks(element)

    def _heading(self, element: etree._Element) -> list[str]:
        title = finished(self._inside(element).replace(BREAK, " "))
        return [f"{_HEADINGS[str(element.tag)]} {title}"] if title else []

    def _item(self, element: etree._Element) -> list[str]:
        """An item, its printed label on the line of its first words."""
        found = self.blocks(element)
        labelled = element.find(f"{_HTML}span[@class='label']") is not None
        if labelled and len(found) > 1 and not found[1].startswith(_BEGINS_BLOCK):
            found[:2] = [f"{found[0]} {found[1]}"]
        return found

    def _table(self, element: etree._Element) -> str:
        """Its cells hold one line each; Markdown wants a row of headings, if only an empty one."""
        rows = [
            [self._cell(c) for c in row.iterchildren(*_tags("td th"))] for row in element.iterchildren(f"{_HTML}tr")
        ]
        width = max((len(row) for row in rows), default=0)
        headed = element.find(f"{_HTML}tr/{_HTML}th[@scope='col']") is not None
        rows = rows if headed else [[""] * width, *rows]
        lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
        return "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])

    def _cell(self, element: etree._Element) -> str:
        return finished(self._inside(element).replace(BREAK, " "))

    def _inside(self, element: etree._Element) -> str:
        """What is in an element as one line; blocks in it are parted by a space."""
        parts = [self._text(element, element.text)]
        for child in element.iterchildren(tag=etree.Element):
            parts += [self._inline(child), self._text(element, child.tail)]
        return "".join(parts)

    def _inline(self, element: etree._Element) -> str:
        if element.get(_TYPE) == "noteref":
            return f"{BRACKET}^{self._labels[element.get('href', '')[1:]]}{BRACKET_END}"
        if element.get("role") == "doc-backlink":
            return ""
        if element.tag == f"{_HTML}br":
            return BREAK
        inner = self._inside(element)
        if element.tag in _BLOCKS or element.tag in _tags("li tr td th"):
            return f" {inner} "
        target = element.get("href", "")
        if target.startswith(("http:", "https:", "mailto:")) and inner.strip() and BRACKET not in inner:
            return f"{BRACKET}{inner}{BRACKET_END}{TARGET}{target}{TARGET}"
        if (kind := _EMPHASIS.get(str(element.tag))) and not _is_made(element):
            return f"{OPEN}{kind}{inner}{CLOSE}{kind}"
        return inner

    def _text(self, element: etree._Element, text: str | None) -> str:
        return (bracketed if _is_made(element) else escaped)(text or "")


def _is_next_line(element: etree._Element) -> bool:
    """Whether a paragraph is the line below the one before: of verse, of a list of characters, or of a speech."""
    before = element.getprevious()
    if element.tag not in _LINES or before is None or before.tag not in _LINES:
        return False
    here, there = (set(one.get("class", "").split()) for one in (element, before))
    return "speaker" in there or bool(here & there & {"verse", "castItem"})


def _is_made(element: etree._Element) -> bool:
    return any("data-made" in one.attrib for one in (element, *element.iterancestors()))


def _indented(blocks: Iterable[str], indent: str) -> str:
    lines = "\n\n".join(blocks).split("\n")
    return "\n".join([lines[0], *(f"{indent}{line}" if line else "" for line in lines[1:])])
