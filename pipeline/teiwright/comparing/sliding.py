"""A difference, and where a reader would see it: at whole words where it can be put there.

``one [. two] .`` is also ``one. [two.]``, because what was lost begins as what follows it does.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from teiwright.comparing.edition_text import Mark, Stream
from teiwright.comparing.squeezed import Squeezed
from teiwright.comparing.walking import Pair
from teiwright.model import Span

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Difference:
    """Ink of the edition and ink of the source that stand at one place and have no counterpart."""

    edition: Span
    source: Span
    marks: tuple[Mark, ...] = ()


def slid(pair: Pair, difference: Difference) -> Difference:
    """The same difference, moved to whole words if it stands on one side only and can be moved."""
    edition, source = difference.edition, difference.source
    if difference.marks or (len(edition) > 0) == (len(source) > 0):
        return difference
    mine, theirs = pair.stream.ink, pair.ink
    free = _free_of_marks(pair.stream, edition)
    if len(edition):
        length = _slide(mine, edition, theirs, source.start, free)
    else:
        length = _slide(theirs, source, mine, edition.start, free)
    return Difference(_moved(edition, length), _moved(source, length))


def _moved(span: Span, length: int) -> Span:
    return Span(span.start + length, span.end + length)


def _free_of_marks(stream: Stream, edition: Span) -> int:
    """How many characters behind the difference no mark of the edition stands in the way."""
    at = bisect_left(stream.marks, edition.start, key=lambda mark: mark.at)
    return (stream.marks[at].at if at < len(stream.marks) else len(stream.ink.text)) - edition.end


def _slide(ink: Squeezed, span: Span, other: Squeezed, at: int, free: int) -> int:
    if is_edge(ink, span.start) and is_edge(ink, span.end):
        return 0
    longest = min(_LONGEST, free, len(ink.text) - span.end, len(other.text) - at)
    for length in range(1, longest + 1):
        last = length - 1
        if not ink.text[span.start + last] == ink.text[span.end + last] == other.text[at + last]:
            return 0
        if is_edge(ink, span.start + length) and is_edge(ink, span.end + length):
            return length
    return 0


def is_edge(ink: Squeezed, index: int) -> bool:
    """Whether a word begins or ends there."""
    return index <= 0 or index >= len(ink.text) or bool(ink.gaps[index]) or index in ink.free
