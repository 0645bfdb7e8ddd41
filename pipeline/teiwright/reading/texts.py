"""``read``: one text as it came, how it was decoded, and what is known of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from teiwright.diagnostics import Code, Lines, Location
from teiwright.model import FORM_FEED, Metadata, Source
from teiwright.reading.decoding import decoded
from teiwright.reading.findings import bytes_of, stop
from teiwright.reading.sidecars import metadata_beside

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMES = {
    **{"\x00": "NUL", "\x07": "bell", "\x08": "backspace", "\x0b": "vertical tab"},
    **{"\x0e": "shift out", "\x0f": "shift in", "\x1a": "substitute", "\x1b": "escape"},
}
_CONTROL = "remove it, for example with `tr -d '\\000-\\010\\013\\016-\\037'`"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read at once: bytes of a text, characters of a line."""

    bytes: int = 200_000_000
    line: int = 10_000_000


def read(path: Path, metadata: Metadata | None = None, *, limits: Limits | None = None) -> Source:
    """Read a text and, if no metadata are given, its sidecar ``NAME.toml``.

    The text is kept as decoded, its line ends too, because every place in it is an offset; only a byte order
    mark is dropped, and where all lines end in CR alone, as on old Macintoshes, LF stands in its place.
    For a form feed, which ends a page and which XML cannot hold, stands its sign: ``␌``.
    Raises ``TeiwrightError`` if it is no text that XML could hold.
    """
    allowed = limits or Limits()
    data = bytes_of(path, allowed.bytes)
    if not data:
        raise stop(Code.EMPTY_TEXT, Location(str(path)), "the file is empty", "put the text into it")
    text, encoding = decoded(path, data)
    if "\n" not in text:
        text = text.replace("\r", "\n")
    text = text.replace("\f", FORM_FEED)
    if not text.replace(FORM_FEED, "").strip():
        message = "the file has no text, just white space"
        raise stop(Code.EMPTY_TEXT, Location(str(path)), message, "put the text into it")
    _refuse_long_lines(path, text, allowed.line)
    _refuse_controls(path, text)
    digest = sha256(data).hexdigest()
    known = metadata_beside(path) if metadata is None else metadata
    _compare_checksum(path, known, digest)
    return Source(path, text, digest, encoding, known)


def _refuse_long_lines(path: Path, text: str, longest: int) -> None:
    """A line of millions of characters is no printed line: it costs hours and teaches nothing."""
    end_of_line = "\n" if "\n" in text else "\r"
    start = 0
    line = 1
    while start < len(text):
        end = text.find(end_of_line, start)
        end = len(text) if end < 0 else end
        if end - start > longest:
            message = f"the line has {end - start:,} characters; at most {longest:,} are read"
            hint = "look whether its line ends were lost, and put an empty line between paragraphs"
            raise stop(Code.LINE_TOO_LONG, Location(str(path), line, 1), message, hint)
        start, line = end + 1, line + 1


def _refuse_controls(path: Path, text: str) -> None:
    """XML 1.0 (2.2) has no place for these, not even as a character reference."""
    first = _FORBIDDEN.search(text)
    if first is None:
        return
    character = first[0]
    name = _NAMES.get(character) or ("no character" if character > "\uff00" else "a control character")
    times = sum(1 for _ in _FORBIDDEN.finditer(text))
    also = "" if times == 1 else f"; {times:,} such characters are in the text"
    message = f"U+{ord(character):04X} ({name}) cannot stand in XML{also}"
    hint = "remove it" if character > "\uff00" else _CONTROL
    raise stop(Code.CONTROL_CHARACTER, Lines(text).at(path, first.start()), message, hint)


def _compare_checksum(path: Path, metadata: Metadata, digest: str) -> None:
    wanted = metadata.sha256
    if wanted is not None and wanted.lower() != digest:
        message = f"the text has the checksum `{digest}`, where its metadata say `{wanted}`"
        hint = "get the text again as it was received; if it was changed on purpose, renew the checksum"
        raise stop(Code.WRONG_CHECKSUM, Location(str(path)), message, hint)
