"""The source as ``compare`` sees it: its ink, its lines, and where a note's text may begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from teiwright.comparing.marks import LABEL, bare
from teiwright.comparing.squeezed import Squeezed, squeeze

_LINE = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a note's text may begin: behind a label at the beginning of a line, or there without one.

    All numbers are indices of the squeezed source. ``ordinal`` labels (``  1. ``) may count anew.
    """

    label_start: int
    text_start: int
    label: str | None
    ordinal: bool


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source's text and its ink."""

    text: str
    ink: Squeezed

    def begins_line(self, ink: Squeezed, index: int) -> bool:
        """Whether only white space stands before the character in its line."""
        return not self._before(ink, index).strip()

    def begins_item(self, ink: Squeezed, index: int) -> bool:
        """Whether the character is the first of its line, or the first behind the label of a note: ``1. - One``."""
        before = self._before(ink, index)
        return not before.strip() or LABEL.fullmatch(before) is not None

    def _before(self, ink: Squeezed, index: int) -> str:
        """What stands before a character in its line."""
        offset = ink.offset(index)
        return self.text[self.text.rfind("\n", 0, offset) + 1 : offset]

    def ends_line(self, ink: Squeezed, index: int) -> bool:
        """Whether the character before ``index`` is the last of its line."""
        if index == 0:
            return True
        offset = ink.offset(index - 1) + 1
        end = self.text.find("\n", offset)
        return not self.text[offset : len(self.text) if end < 0 else end].strip()

    def fills_line(self, ink: Squeezed, start: int, end: int) -> bool:
        """Whether the characters are all the ink of their line."""
        return self.begins_line(ink, start) and self.ends_line(ink, end)


def read_source(text: str) -> SourceText:
    """The source in linear time."""
    return SourceText(text, squeeze(text))


def beginnings(source: SourceText) -> Iterator[Beginning]:
    """Every place where a note's text may begin, in source order; those with a label before those without."""
    for line in _LINE.finditer(source.text):
        start = source.ink.index_at(line.start())
        found = LABEL.match(source.text, line.start())
        if found is not None and _is_label(found):
            core, close = found["core"], found["close"]
            ordinal = core.isdecimal() and close == "." and not found["open"]
            yield Beginning(start, source.ink.index_at(found.end()), bare(core), ordinal)
        yield Beginning(start, start, None, False)


def _is_label(found: re.Match[str]) -> bool:
    if found["space"] or found["close"]:
        return True
    core, behind = found["core"], found.string[found.end() : found.end() + 1]
    glued = core.isdecimal() and (behind.isupper() or behind in "“\"‘'([")  # ``1Not printed.``, as OCR has it
    return glued or not core.isalnum() or not core.isascii()
