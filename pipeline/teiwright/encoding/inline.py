"""Mixed content: the leaves of a draft and the annotations that stand off from them, as text and elements.

White space: a run of it becomes one space; none stands at the edges of an element that holds text,
none after a page break, and the space before a page break or around a callout's place is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, assert_never

from teiwright.encoding.annotations import Annotation, certainty
from teiwright.encoding.values import FORME_WORK, one_of
from teiwright.model import (
    Certainty,
    Content,
    FormeWork,
    Inline,
    LineBreak,
    NoteCall,
    PageBreak,
    Span,
    Text,
)

if TYPE_CHECKING:
    from teiwright.encoding.elements import Element
    from teiwright.encoding.writer import Writer

_STOPS = ".,;:!?"
_MARKS = (PageBreak, NoteCall, LineBreak, FormeWork)
_SPACE = " \t\r\n"
_RUN = re.compile(r"[ \t\r\n]+")
_BLANK = re.compile(r"\s")
"""White space of any kind parts words, also where layout has swallowed it."""


class Flow:
    """Writes one run of mixed content into an element, which may have content already."""

    _at: int | None = None
    _space_due = False
    _after_word = False
    _line_due = False
    _ahead: tuple[Content, int, int | None] = ((), 0, None)

    def __init__(self, writer: Writer, element: Element) -> None:
        self._writer = writer
        self._text = writer.text
        self._element = element
        self._content = element.content
        self._open: list[Annotation] = []
        self._begun: set[tuple[int, int]] = set()

    def inline(self, content: Content, index: int) -> None:
        """Write the leaf at ``index`` of ``content``; what follows it decides which names stay open."""
        leaf = content[index]
        if self._line_due:
            self._break_line()
        if isinstance(leaf, Text):
            self._gap(leaf.span)
            self._write_text(leaf.span)
            self._at = leaf.span.end
            return
        match leaf:
            case PageBreak():
                self._gap(leaf.span)
                self._look_ahead(leaf.span, content, index)
                self._page_break(leaf, content, index)
            case NoteCall():
                self._gap(leaf.span)
                self._close_before(content, index)
                if self._is_closed_behind(content, index):
                    self._separate(" ")
                self._writer.called_note(self._element, leaf)
            case LineBreak(_, inside_word):
                self._close_before(content, index)
                if inside_word:
                    self._break_word()
                else:
                    self._break_line()
            case FormeWork():
                self._forme_work(leaf, content, index)
            case _:
                raise TypeError(leaf)
        self._at = end_of(leaf, self._at)

    def interrupt(self) -> Element:
        """Close the line: a block stands here, in the element that is returned; then call ``resume``."""
        self._close_to([])
        self._line_due = False
        self._separate("\n")
        return self._element

    def resume(self, content: Content, index: int) -> None:
        """Go on after the block at ``index``."""
        self._at = None
        if index + 1 < len(content):
            self._content.append("\n")
        self._after_word = False

    def new_line(self) -> None:
        """What follows is a line of its own, because a block had to become lines."""
        self._close_to([])
        self._line_due = self._line_due or self._after_word
        self._at = None

    def finish(self) -> None:
        """End the content; white space at its end is layout."""
        if self._open:
            self._close_to([])

    # -- text

    def _gap(self, span: Span) -> None:
        if self._at is not None and span.start > self._at and _BLANK.search(self._text, self._at, span.start):
            self._space_due = True

    def _write_text(self, span: Span) -> None:
        first, last = span
        active = self._writer.annotations.touching(first, last)
        if active and active[0].start < first:
            active = [a for a in active if a.start >= first or a.style or self._goes_on(a)]
        content, space_due, after_word = self._content, self._space_due, self._after_word
        whole = self._text[first:last]
        uneven = _is_uneven(whole)
        for start, end, around in _pieces(first, last, active):
            raw = whole[start - first : end - first]
            core = raw.strip(_SPACE)
            if not core:
                space_due = space_due or start < end
                continue
            has_edges = len(core) < len(raw)
            space_due = space_due or (has_edges and raw[0] in _SPACE)
            if self._open:
                self._close_to(around)
            if space_due and after_word:
                content.append(" ")
            for annotation in around[len(self._open) :]:
                self._open_element(annotation)
            content.append(_RUN.sub(" ", core) if uneven else core)
            space_due, after_word = has_edges and raw[-1] in _SPACE, True
        self._space_due, self._after_word = space_due, after_word

    def _goes_on(self, name: Annotation) -> bool:
        """A name is one element: it opens where it begins, and what a block cuts off of it stays bare."""
        if any(name is other for other in self._open):
            return True
        return self._at is not None and name.start >= self._at and (name.start, name.end) not in self._begun

    # -- marks

    def _break_line(self) -> None:
        self._separate("\n")
        self._element.add("lb")
        self._after_word = self._line_due = False

    def _break_word(self) -> None:
        """A line end within a word (Guidelines 3.2.2): no white space, ``@break`` says that the word goes on."""
        self._element.add("lb", {"break": "no"})
        self._after_word = self._line_due = self._space_due = False

    def _page_break(self, leaf: PageBreak, content: Content, index: int) -> None:
        self._close_before(content, index)
        self._separate(" ")
        page_break(self._writer, self._element, leaf)
        self._after_word = False

    def _forme_work(self, leaf: FormeWork, content: Content, index: int) -> None:
        """A running head is a line of its own: white space stays on both sides of it, unless it parts a word."""
        start, end = start_of(leaf), end_of(leaf, None)
        if start is not None:
            self._gap(Span(start, start))
        self._close_before(content, index)
        self._separate(" ")
        forme_work(self._writer, self._element, leaf)
        after = self._text_after(content, index)
        is_blank = end is not None and after is not None and _BLANK.search(self._text, end, after + 1)
        if is_blank and not _parts_word(content, index):
            self._content.append("\n")
        self._after_word = False

    def _look_ahead(self, span: Span, content: Content, index: int) -> None:
        """The space that the source has after a page break belongs before it."""
        inside = span.of(self._text)
        after = self._text[span.end : span.end + 1]
        following = self._text_after(content, index)
        if inside != inside.strip(_SPACE) or (after and after in _SPACE):
            self._space_due = True
        elif following is not None:
            self._space_due |= bool(_BLANK.search(self._text, span.end, following + 1))

    def _is_closed_behind(self, content: Content, index: int) -> bool:
        """Whether a stop stands behind a callout: the space in ``vers (2).`` is before it then."""
        following = self._text_after(content, index)
        return following is not None and self._text[following] in _STOPS

    def _separate(self, space: str) -> None:
        if self._after_word and (self._space_due or space == "\n"):
            self._content.append(space)
        self._space_due = False

    # -- elements

    def _open_element(self, annotation: Annotation) -> None:
        self._content.append(annotation.tags[0])
        self._open.append(annotation)
        if not annotation.style:
            self._begun.add((annotation.start, annotation.end))

    def _close_to(self, active: Sequence[Annotation]) -> None:
        """Close what is open and not in ``active``."""
        opened = self._open
        common = 0
        for annotation, wanted in zip(opened, active, strict=False) if active else ():
            if annotation is not wanted:
                break
            common += 1
        while len(opened) > common:
            self._content.append(opened.pop().tags[1])

    def _text_after(self, content: Content, index: int) -> int | None:
        """Where the next text of the same line of content begins; a block ends the line."""
        known_content, known_index, known_start = self._ahead
        if known_content is content and index < known_index:
            return known_start
        start = None
        at = index + 1
        while at < len(content) and isinstance(content[at], _MARKS):
            at += 1
        if at < len(content) and isinstance(following := content[at], Text):
            start = following.span.start
        self._ahead = (content, at, start)
        return start

    def _close_before(self, content: Content, index: int) -> None:
        """Keep open round a mark only the names that go on in the next text."""
        if self._open:
            start = self._text_after(content, index)
            self._close_to([a for a in self._open if start is not None and a.start < start < a.end])


def _parts_word(content: Content, index: int) -> bool:
    """Whether a word goes on behind a mark and those beside it."""
    before = next((leaf for leaf in reversed(content[:index]) if not isinstance(leaf, PageBreak | FormeWork)), None)
    return isinstance(before, LineBreak) and before.inside_word


def write_words(writer: Writer, element: Element, content: Content) -> bool:
    """Write content that is nothing but words into an empty element, which most content is; whether it was."""
    if len(content) != 1 or not isinstance(only := content[0], Text) or element.content:
        return False
    if writer.annotations.touching(only.span.start, only.span.end):
        return False
    if core := only.span.of(writer.text).strip(_SPACE):
        element.content.append(_RUN.sub(" ", core) if _is_uneven(core) else core)
    return True


def _is_uneven(text: str) -> bool:
    """Whether a text may have runs of white space that are not one space; it is quickly seen."""
    return "\n" in text or "  " in text or "\t" in text or "\r" in text


_Pieces = list[tuple[int, int, Sequence[Annotation]]]


def _pieces(first: int, last: int, active: list[Annotation]) -> _Pieces:
    """The parts of a range, each with the annotations around it, outermost first."""
    pieces: _Pieces = []
    at = first
    for annotation in active:
        start, end = max(annotation.start, first), min(annotation.end, last)
        if start < at:
            return _pieces_of_nested(first, last, active)
        if start > at:
            pieces.append((at, start, ()))
        pieces.append((start, end, (annotation,)))
        at = end
    if at < last:
        pieces.append((at, last, ()))
    return pieces


def _pieces_of_nested(first: int, last: int, active: list[Annotation]) -> _Pieces:
    cuts = {a.start for a in active} | {a.end for a in active} | {first, last}
    return [
        (start, end, [a for a in active if a.start < end and a.end > start])
        for start, end in pairwise(sorted(c for c in cuts if first <= c <= last))
    ]


def page_break(writer: Writer, parent: Element, leaf: PageBreak) -> None:
    """``pb`` (Guidelines 3.11.3): with its number if that is known, with ``@cert`` if it is inferred."""
    element = parent.add("pb")
    writer.name_page(element, leaf)
    if leaf.inferred:
        element.attributes |= certainty(leaf.certainty or Certainty.MEDIUM)


def forme_work(writer: Writer, parent: Element, leaf: FormeWork) -> None:
    """``fw`` (Guidelines 12.6)."""
    element = parent.add("fw", {"type": one_of(leaf.kind, FORME_WORK, "header")})
    flow = Flow(writer, element)
    for index in range(len(leaf.content)):
        flow.inline(leaf.content, index)
    flow.finish()


def words_in(text: str, spans: list[Span]) -> str:
    """The text of leaves that follow each other, for an element that holds nothing else."""
    pieces = []
    at = spans[0].start
    for span in spans:
        pieces += [" " if _BLANK.search(text, at, span.start) else "", span.of(text)]
        at = span.end
    return _RUN.sub(" ", "".join(pieces)).strip(_SPACE)


def start_of(leaf: FormeWork) -> int | None:
    """Where a running head begins in the source."""
    return leaf.content[0].span.start if leaf.content else None


def end_of(leaf: Inline, otherwise: int | None) -> int | None:
    """Where a leaf ends in the source."""
    match leaf:
        case Text() | PageBreak() | NoteCall() | LineBreak():
            return leaf.span.end
        case FormeWork():
            return end_of(leaf.content[-1], otherwise) if leaf.content else otherwise
        case _:
            assert_never(leaf)
