"""Text without its white space, which remembers where each character came from and where white space stood.

Two texts are the same words when their characters agree and white space parts them at the same places;
how much white space there is, and of what kind, is layout.
The soft hyphen says where a word may be broken, and is no character of it (Unicode Standard, 23.2).
Nor is the sign of a form feed: a page's end that has no number has no words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from teiwright.model import FORM_FEED

INK = re.compile(f"[^\\s\u00ad\ufeff{FORM_FEED}]+")
_NO_GAP, _GAP = b"\0", b"\1"


@dataclass(frozen=True, slots=True)
class Squeezed:
    """The inked characters of a text.

    ``gaps`` has 1 for each character that white space precedes;
    ``free`` are the characters before which white space may stand or not;
    ``starts`` and ``offsets`` say from where in the whole text each run of ink came.
    """

    text: str
    gaps: bytes
    starts: Sequence[int]
    offsets: Sequence[int]
    free: frozenset[int] = field(default_factory=frozenset)

    def offset(self, index: int) -> int:
        """Where in the whole text the character at ``index`` stands; at the end: behind the last one."""
        if not self.starts:
            return 0
        if index >= len(self.text):
            return self.offset(len(self.text) - 1) + 1 if self.text else self.offsets[0]
        run = bisect_right(self.starts, index) - 1
        return self.offsets[run] + index - self.starts[run]

    def index_at(self, offset: int) -> int:
        """The first character that stands at ``offset`` or behind it."""
        run = bisect_right(self.offsets, offset) - 1
        if run < 0:
            return 0
        end = self.starts[run + 1] if run + 1 < len(self.starts) else len(self.text)
        return min(self.starts[run] + offset - self.offsets[run], end)

    def part(self, start: int, end: int) -> Squeezed:
        """The characters from ``start`` to ``end`` as a text of their own."""
        return self.without([(0, start), (end, len(self.text))])

    def without(self, ranges: Sequence[tuple[int, int]]) -> Squeezed:
        """The text with sorted ranges cut out; across a cut, white space may stand or not."""
        pieces = list(_between(ranges, len(self.text)))
        starts: list[int] = []
        offsets: list[int] = []
        free: set[int] = set()
        done = 0
        for start, end in pieces:
            free.add(done)
            starts.append(done)
            offsets.append(self.offset(start))
            first, last = bisect_right(self.starts, start), bisect_left(self.starts, end)
            starts.extend(begin - start + done for begin in self.starts[first:last])
            offsets.extend(self.offsets[first:last])
            done += end - start
        text = "".join(self.text[start:end] for start, end in pieces)
        gaps = b"".join(self.gaps[start:end] for start, end in pieces)
        return Squeezed(text, gaps, starts, offsets, frozenset(free))


def _between(ranges: Sequence[tuple[int, int]], length: int) -> Sequence[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    done = 0
    for start, end in ranges:
        if start > done:
            pieces.append((done, start))
        done = max(done, end)
    if done < length:
        pieces.append((done, length))
    return pieces


def squeeze(text: str) -> Squeezed:
    """The inked characters of ``text``, in linear time."""
    parts: list[str] = []
    gaps: list[bytes] = []
    starts: list[int] = []
    offsets: list[int] = []
    length = behind = 0
    for found in INK.finditer(text):
        ink = found.group()
        start = found.start()
        between = text[behind:start]
        gaps.append(_GAP if between.strip("\u00ad\ufeff") else _NO_GAP)
        if len(ink) > 1:
            gaps.append(bytes(len(ink) - 1))
        parts.append(ink)
        starts.append(length)
        offsets.append(start)
        length += len(ink)
        behind = found.end()
    return Squeezed("".join(parts), b"".join(gaps), starts, offsets, frozenset({0}))
