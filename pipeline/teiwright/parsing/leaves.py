"""From a range of the source to the leaves of the draft, and from all leaves to the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from teiwright.model import Consumed, Content, LineBreak, NoteCall, PageBreak, Reason, Span, Text
from teiwright.parsing.lines import BY_PLACE, Line, Mark, Marks
from teiwright.parsing.masses import consumed_of, span_of

_LINE_END = re.compile(r"[ \t\r]*\n\s*")
_PARTED_WORD = re.compile("(?<=[^\\W\\d_])[-\u00ad][ \\t\\r]*\\n[ \\t]*(?=[^\\W\\d_])")
"""With a hyphen, or with a soft one: a PDF says by it that it is no part of the word."""
Leaf = Text | PageBreak | NoteCall | LineBreak


class Leaves:
    """Makes the content of blocks from ranges of the source."""

    def __init__(self, text: str, marks: Marks, width: int = 0) -> None:
        self._text = text
        self._marks = marks
        self.width = width
        """The usual width of lines that end where the paper did; 0 if lines end where a thought does."""
        self.wrapped = width > 0
        """Whether lines end where the paper did, so that a hyphen at a line's end may part a word."""

    @property
    def source_text(self) -> str:
        """The text whose ranges the leaves are."""
        return self._text

    def begins_page(self, line: Line) -> bool:
        """Whether the mark of a page stands first in a line."""
        if not line.opens_with_mark:
            return False
        start = line.span.start
        return any(isinstance(mark.leaf, PageBreak) for mark in self._marks.within(span_of((start, start + 1))))

    def words(self, content: Content) -> str:
        """The text of leaves; what stands in the lists and quotations among them is left out."""
        return "".join(self._text[leaf.span.start : leaf.span.end] for leaf in content if isinstance(leaf, Text))

    def content(self, span: Span, *, keep_lines: bool = False, open_end: bool = False) -> tuple[Leaf, ...]:
        """The leaves of a range, without the white space at its edges.

        With ``keep_lines`` the ends of printed lines become ``LineBreak``; otherwise they stay white space.
        With ``open_end`` the text goes on after an interruption, and the line end after the range is kept as its space.
        """
        if open_end and self._text[span.end : span.end + 1] == "\n":
            inner = list(self.content(span, keep_lines=keep_lines))
            last = inner[-1] if inner else None
            if isinstance(last, Text) and last.span.end == span.end:
                return (*inner[:-1], Text(span_of((last.span.start, span.end + 1))))
            return (*inner, Text(span_of((span.end, span.end + 1))))
        inside = self._marks.within(span)
        at, end = span
        if not inside and (not (keep_lines or self.wrapped) or self._text.find("\n", at, end) < 0):
            return self._plain(span)
        leaves: list[Leaf] = []
        for mark in inside:
            self._text_between(leaves, at, mark.span.start, keep_lines)
            at = mark.span.end
            match mark.leaf:
                case PageBreak():
                    leaves.append(mark.leaf)
                    at = self._skip_space(at, end)
                case NoteCall():
                    _trim_right(leaves, self._text)
                    leaves.append(mark.leaf)
                case _:
                    pass
        self._text_between(leaves, at, end, keep_lines)
        _trim_edges(leaves, self._text)
        return tuple(leaves)

    def _plain(self, span: Span) -> tuple[Leaf, ...]:
        """The leaves of a range that has no marks and whose line ends are white space: one text, or none."""
        text = self._text
        start, end = span
        if start < end and not text[start].isspace() and not text[end - 1].isspace():
            return (Text(span),)
        raw = text[start:end]
        stripped = raw.strip()
        start += len(raw) - len(raw.lstrip())
        return (Text(span_of((start, start + len(stripped)))),) if stripped else ()

    def _skip_space(self, at: int, end: int) -> int:
        while at < end and self._text[at].isspace():
            at += 1
        return at

    def _text_between(self, leaves: list[Leaf], at: int, end: int, keep_lines: bool) -> None:
        if at >= end:
            return
        if not keep_lines:
            leaves += self._words(at, end) if self.wrapped else [Text(span_of((at, end)))]
            return
        has_line_end = self._text.find("\n", at, end) >= 0
        for match in _LINE_END.finditer(self._text, at, end) if has_line_end else ():
            if match.start() > at:
                leaves.append(Text(span_of((at, match.start()))))
            leaves.append(LineBreak(span_of(match.span())))
            at = match.end()
        if at < end:
            leaves.append(Text(span_of((at, end))))

    def _words(self, at: int, end: int) -> Iterator[Leaf]:
        """The text of a range, parted where a line's end parts a word."""
        for match in _PARTED_WORD.finditer(self._text, at, end):
            yield Text(span_of((at, match.start() + 1)))
            yield LineBreak(span_of((match.start() + 1, match.end())), inside_word=True)
            at = match.end()
        yield Text(span_of((at, end)))


def _trim_right(leaves: list[Leaf], text: str) -> None:
    while leaves and isinstance(last := leaves[-1], Text):
        span = last.span
        if not text[span.end - 1].isspace():
            return
        end = span.start + len(text[span.start : span.end].rstrip())
        if end > span.start:
            leaves[-1] = Text(span_of((span.start, end)))
            return
        leaves.pop()


def _trim_edges(leaves: list[Leaf], text: str) -> None:
    """Cut the white space at both edges; a page break at an edge stays."""
    while leaves and isinstance(leaves[0], LineBreak):
        leaves.pop(0)
    while leaves and isinstance(leaves[-1], LineBreak):
        leaves.pop()
    if leaves and isinstance(first := leaves[0], Text) and text[first.span.start].isspace():
        span = first.span
        start = span.end - len(text[span.start : span.end].lstrip())
        if start == span.end:
            leaves.pop(0)
            _trim_edges(leaves, text)
            return
        leaves[0] = Text(span_of((start, span.end)))
    _trim_right(leaves, text)


def ledger(text: str, texts: Iterable[Span], marks: Iterable[Mark]) -> tuple[Consumed, ...]:
    """Every range that is no text of the edition, with the reason; white space is layout.

    ``texts`` are the ranges of all ``Text`` leaves, in any order.
    """
    layout = Reason.LAYOUT
    waiting = sorted(marks, key=BY_PLACE)[::-1]
    begins = waiting[-1].span.start if waiting else len(text)
    edges: list[tuple[int, int]] = []
    reasons: list[Reason] = []
    at = 0
    for start, end in [*sorted(texts), Span(len(text), len(text))]:
        while begins < start and waiting:
            mark = waiting.pop()
            if begins > at:
                edges.append((at, begins))
                reasons.append(layout)
            if begins >= at:
                edges.append((begins, at := mark.span.end))
                reasons.append(mark.reason)
            begins = waiting[-1].span.start if waiting else len(text)
        if start > at:
            edges.append((at, start))
            reasons.append(layout)
        at = max(at, end)
    return tuple(map(consumed_of, zip(map(span_of, edges), reasons, strict=True)))
