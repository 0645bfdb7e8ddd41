"""For people at a terminal: the finding, the line it speaks of, and a caret under the spot."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path

from teiwright.diagnostics import Diagnostic, Location, Report, Severity

_WIDTH = 100
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters and halves of characters (Unicode categories Cc and Cs)."""
_LARGEST = 64 * 1024 * 1024
_MOST_EXCERPTS = 1000
"""Nobody reads more lines of files than this, and to fetch and print them is what takes the time of a long report."""
_FILES_AT_ONCE = 4
"""Findings come file by file, with a few places in others."""
_PLAIN, _BOLD, _RED, _YELLOW, _BLUE = "0", "1", "1;31", "1;33", "1;34"
_STYLES = {Severity.ERROR: _RED, Severity.WARNING: _YELLOW, Severity.NOTE: _BLUE}

_Excerpt = tuple[str, int] | None
_Paint = Callable[[str, str], str]
_ExcerptOf = Callable[[Location], _Excerpt]


def as_text(report: Report, *, colour: bool = False, nothing: str = "no findings") -> Iterator[str]:
    """Each finding with its line of the file, where the file can be read, and at last how many there are."""
    paint = _painted if colour else _plain
    lines_of = lru_cache(maxsize=_FILES_AT_ONCE)(_read)
    excerpt_of = partial(_excerpt, lines_of=lines_of)
    findings = iter(report.findings)
    for finding in islice(findings, _MOST_EXCERPTS):
        yield _ended(_finding(finding, paint, excerpt_of))
    if (rest := len(report.findings) - _MOST_EXCERPTS) > 0:
        yield f"the lines of the files are shown for {_MOST_EXCERPTS:,} findings; {rest:,} more, without them:\n"
    for finding in findings:
        yield _ended(_finding(finding, paint, None))
    yield _ended([_sum(report, paint) or nothing])


def _ended(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _plain(text: str, _style: str) -> str:
    return text


def _painted(text: str, style: str) -> str:
    return f"\x1b[{style}m{text}\x1b[{_PLAIN}m"


def _finding(finding: Diagnostic, paint: _Paint, excerpt_of: _ExcerptOf | None) -> Iterator[str]:
    severity = finding.code.severity
    style = _STYLES[severity]
    weight = severity.value if finding.accepted is None else f"accepted {severity.value}"
    name = paint(f"{weight}[{finding.code.number}]", style)
    yield f"{paint(visible(str(finding.where)), _BOLD)}: {name} {visible(finding.message)}"
    for place in (finding.where, *finding.related):
        if place is not finding.where:
            yield f"  {paint('see', _BLUE)} {visible(str(place))}"
        excerpt = None if excerpt_of is None else excerpt_of(place)
        if excerpt is not None:
            text, column = excerpt
            yield f"  {paint('|', _BLUE)} {text}"
            if column:
                yield f"  {paint('|', _BLUE)} {' ' * (column - 1)}{paint('^', style)}"
    if finding.accepted is not None:
        yield f"  {paint('why:', _BLUE)} {visible(finding.accepted)}"
    elif finding.hint is not None:
        yield f"  {paint('hint:', _BLUE)} {visible(finding.hint)}"


def visible(text: str) -> str:
    """Text of strangers on a terminal: what would move the cursor or change its colour is shown as ``�``."""
    return text if text.isprintable() else _UNSHOWN.sub("\ufffd", text)


def _excerpt(place: Location, *, lines_of: Callable[[str], list[str]]) -> _Excerpt:
    """A stretch of the line around the column, and the column in it, counted in places on the screen."""
    if not place.line:
        return None
    lines = lines_of(place.path)
    if place.line > len(lines):
        return None
    line = lines[place.line - 1]
    column = min(place.column, len(line) + 1)
    start = max(0, min(column - _WIDTH // 2, len(line) - _WIDTH))
    before = ("…" if start else "") + visible(line[start : max(start, column - 1)].replace("\t", " "))
    behind = visible(line[max(start, column - 1) : start + _WIDTH].replace("\t", " "))
    behind += "…" if start + _WIDTH < len(line) else ""
    text = (before + behind).rstrip()
    return (text, _places(before) + 1 if column else 0) if text else None


def _places(text: str) -> int:
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(c) in ("W", "F") for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) != 0 for c in text)


def _read(name: str) -> list[str]:
    path = Path(name)
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return []
        data = path.read_bytes()
    except (OSError, ValueError):
        return []
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    return data.decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _sum(report: Report, paint: _Paint) -> str:
    parts = []
    if report.errors:
        parts.append(paint(f"{report.errors:,} error" + ("s" if report.errors > 1 else ""), _RED))
    if report.warnings:
        parts.append(paint(f"{report.warnings:,} warning" + ("s" if report.warnings > 1 else ""), _YELLOW))
    if report.notes:
        parts.append(f"{report.notes:,} note" + ("s" if report.notes > 1 else ""))
    if report.accepted:
        parts.append(f"{report.accepted:,} accepted")
    return ", ".join(parts)
