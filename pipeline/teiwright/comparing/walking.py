"""The direct walk: an edition's stream and the source side by side, as long as they agree.

Text is compared in whole runs between two marks, so that a text that agrees takes linear time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import assert_never

from teiwright.comparing.edition_text import Mark, Sign, Stream
from teiwright.comparing.marks import (
    BULLET,
    STRIKE,
    STYLE_PAIRS,
    callout_pattern,
    label_pattern,
    level,
    next_callout_pattern,
    page_line_pattern,
    page_pattern,
)
from teiwright.comparing.source_text import SourceText
from teiwright.comparing.squeezed import Squeezed

_LOOKAHEAD = 12
_STRIDE = 64
_CARRIED = "carried"
"""Stands above a style that goes on with the next block."""
_CLOSING = {"": "", **dict(STYLE_PAIRS)}


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far both are: the stream's next character and next mark, the source's next character."""

    edition: int = 0
    mark: int = 0
    source: int = 0
    braces: bool = False
    styles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Eaten:
    """Ink of the source that is markup in the edition."""

    mark: Mark
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unequal:
    """White space on one side only, before these two characters."""

    edition: int
    source: int
    joined: bool


@dataclass(slots=True)
class Trail:
    """What a walk met on its way."""

    eaten: list[Eaten] = field(default_factory=list)
    unequal: list[Unequal] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pair:
    """A stream of the edition and the part of the source in which it is looked for."""

    stream: Stream
    source: SourceText
    ink: Squeezed

    def walk(self, at: Cursor, trail: Trail | None = None, until: int | None = None) -> tuple[Cursor, bool]:
        """Go on until something differs, or the stream ends, or it has come to ``until``.

        Returns where it stopped, and whether nothing differed.
        """
        stream = self.stream
        text, marks = stream.ink.text, stream.marks
        behind = at.source
        while True:
            if until is not None and at.edition >= until:
                return at, True
            if at.mark < len(marks) and marks[at.mark].at <= at.edition:
                after = self.eat(at)
                if after is None:
                    return at, False
                if trail is not None and after.source > at.source:
                    trail.eaten.append(Eaten(marks[at.mark], at.source, after.source))
                at = after
                continue
            stop = marks[at.mark].at if at.mark < len(marks) else len(text)
            stop = stop if until is None else min(stop, until)
            if stop == at.edition:
                return at, True
            length = self._common(at, stop)
            if length and trail is not None:
                trail.unequal.extend(self._gaps(at, behind, length))
            at = Cursor(at.edition + length, at.mark, at.source + length, False, at.styles)
            behind = at.source
            if at.edition < stop:
                return at, False

    def _common(self, at: Cursor, stop: int) -> int:
        """How many characters agree, up to ``stop``; in growing strides, so that little is copied in vain."""
        text, ink = self.stream.ink.text, self.ink.text
        length, done, stride = stop - at.edition, 0, _STRIDE
        while done < length:
            step = min(stride, length - done)
            if not ink.startswith(text[at.edition + done : at.edition + done + step], at.source + done):
                return done + _agreeing(text, at.edition + done, ink, at.source + done, step)
            done += step
            stride *= 2
        return done

    def _gaps(self, at: Cursor, behind: int, length: int) -> Iterator[Unequal]:
        mine, theirs = self.stream.ink, self.ink
        parted = 1 in theirs.gaps[behind : at.source + 1]
        if mine.gaps[at.edition] != parted and not self._is_free(at.edition, behind, at.source):
            yield Unequal(at.edition, at.source, joined=parted)
        ours = mine.gaps[at.edition + 1 : at.edition + length]
        other = theirs.gaps[at.source + 1 : at.source + length]
        if ours == other:
            return
        for number, (one, two) in enumerate(zip(ours, other, strict=True), start=1):
            edition, source = at.edition + number, at.source + number
            if one != two and not self._is_free(edition, source, source):
                yield Unequal(edition, source, joined=not one)

    def _is_free(self, edition: int, behind: int, source: int) -> bool:
        return edition in self.stream.ink.free or any(i in self.ink.free for i in range(behind, source + 1))

    def eat(self, at: Cursor) -> Cursor | None:
        """Step over the next mark and the ink that it stands for; ``None`` if the source has no such ink."""
        mark = self.stream.marks[at.mark]
        match mark.sign:
            case Sign.CALLOUT:
                return self._callout(mark, at)
            case Sign.STYLE_OPEN:
                return self._style_open(at)
            case Sign.STYLE_CLOSE:
                return self._style_close(at)
            case Sign.PAGE:
                end = self._page_end(mark, at)
            case Sign.LABEL:
                end = self._label_end(mark, at)
            case Sign.SUPPLIED:
                end = self._supplied_end(mark, at)
            case Sign.BULLET:
                end = self._bullet_end(at)
            case Sign.STRIKE:
                end = self._strike_end(at)
            case _:
                assert_never(mark.sign)
        return self._unless_required(mark, at) if end is None else self._over(at, end)

    def _label_end(self, mark: Mark, at: Cursor) -> int | None:
        found = label_pattern(mark.n).match(self.ink.text, at.source)
        return found.end() if found else None

    def _strike_end(self, at: Cursor) -> int:
        has = self.ink.text.startswith(STRIKE, at.source) and not self._continues(at)
        return at.source + len(STRIKE) if has else at.source

    def _over(self, at: Cursor, end: int, *, braces: bool | None = None) -> Cursor:
        return Cursor(at.edition, at.mark + 1, end, at.braces if braces is None else braces, at.styles)

    def _unless_required(self, mark: Mark, at: Cursor) -> Cursor | None:
        return None if mark.required else self._over(at, at.source)

    def _continues(self, at: Cursor) -> bool:
        """Whether the text behind the mark goes on in the source without any ink for the mark."""
        marks = self.stream.marks
        stop = min(at.edition + _LOOKAHEAD, len(self.stream.ink.text))
        for mark in marks[at.mark + 1 : at.mark + 8]:
            if mark.at > at.edition:
                stop = min(stop, mark.at)
                break
        ahead = self.stream.ink.text[at.edition : stop]
        return bool(ahead) and self.ink.text.startswith(ahead, at.source)

    def _callout(self, mark: Mark, at: Cursor) -> Cursor | None:
        ink = self.ink.text
        if self._follows_callout(at):
            found = next_callout_pattern(mark.n).match(ink, at.source)
            if found and (at.braces or not found["closed"]):
                return self._over(at, found.end(), braces=False)
        found = callout_pattern(mark.n).match(ink, at.source)
        if found is None or self._cuts_number(at, found.end()):
            return self._unless_required(mark, at)
        return self._over(at, found.end(), braces=bool(found["opened"]) or at.braces)

    def _follows_callout(self, at: Cursor) -> bool:
        before = self.stream.marks[at.mark - 1] if at.mark else None
        return before is not None and before.sign is Sign.CALLOUT and before.at == at.edition

    def _cuts_number(self, at: Cursor, end: int) -> bool:
        """A callout ``8`` is not the first half of ``89``, unless the edition goes on with ``9``."""
        ink = self.ink
        if end >= len(ink.text) or ink.gaps[end]:
            return False
        last, following = ink.text[end - 1], ink.text[end]
        if not (last.isdigit() and following.isdigit() and last.isdecimal() == following.isdecimal()):
            return False
        marks, text = self.stream.marks, self.stream.ink.text
        after = marks[at.mark + 1] if at.mark + 1 < len(marks) else None
        if after is not None and after.at == at.edition:
            return after.n[:1] != level(following)
        return text[at.edition : at.edition + 1] != following

    def _page_end(self, mark: Mark, at: Cursor) -> int | None:
        """Where the ink of a page mark ends. None is looked for if the edition inferred the page and has its number."""
        if not mark.required and self._continues(at):
            return at.source
        found = page_pattern(mark.n).match(self.ink.text, at.source)
        if found is not None:
            return found.end()
        found = page_line_pattern(mark.n).match(self.ink.text, at.source)
        if found is not None and self.source.fills_line(self.ink, at.source, found.end()):
            return found.end()
        return None

    def _supplied_end(self, mark: Mark, at: Cursor) -> int:
        for form in (f"[{mark.n}]", f"<{mark.n}>", f"({mark.n})", mark.n):
            if self.ink.text.startswith(form, at.source):
                return at.source + len(form)
        return at.source

    def _bullet_end(self, at: Cursor) -> int:
        found = BULLET.match(self.ink.text, at.source)
        if found is None or self._continues(at) or not self.source.begins_item(self.ink, at.source):
            return at.source
        return found.end()

    def _style_open(self, at: Cursor) -> Cursor:
        if at.styles[-1:] == (_CARRIED,):
            return Cursor(at.edition, at.mark + 1, at.source, at.braces, at.styles[:-1])
        sign = ""
        if not self._continues(at):
            ink = self.ink.text
            sign = next((opening for opening, _ in STYLE_PAIRS if ink.startswith(opening, at.source)), "")
        return Cursor(at.edition, at.mark + 1, at.source + len(sign), at.braces, (*at.styles, sign))

    def _style_close(self, at: Cursor) -> Cursor | None:
        """A sign that was opened must be closed, or it was none and its ink is lost."""
        *outer, opened = at.styles or ("",)
        closing = _CLOSING[opened]
        if not self.ink.text.startswith(closing, at.source):
            return self._carried(at)
        return Cursor(at.edition, at.mark + 1, at.source + len(closing), at.braces, tuple(outer))

    def _carried(self, at: Cursor) -> Cursor | None:
        """Where the edition ends a style with a block and begins it again with the next, the source has no sign.

        The mark of a note may stand between them.
        """
        following = self.stream.marks[at.mark + 1 : at.mark + 4]
        if any(mark.sign is Sign.STYLE_OPEN and mark.at == at.edition for mark in following):
            return Cursor(at.edition, at.mark + 1, at.source, at.braces, (*at.styles, _CARRIED))
        return None


def _agreeing(one: str, i: int, two: str, j: int, length: int) -> int:
    """How many of at most ``length`` characters agree from two places on."""
    low, high = 0, min(length, len(two) - j)
    while low < high:
        middle = (low + high + 1) // 2
        if two.startswith(one[i : i + middle], j):
            low = middle
        else:
            high = middle - 1
    return low
