"""Which renderer writes which format; each is imported when it is asked for, so that a short report is quick."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from enum import Enum
from typing import assert_never

from teiwright.diagnostics import Report


class Format(Enum):
    """The formats of a report."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"
    MARKDOWN = "markdown"


def render_report(
    report: Report,
    format: Format | str = Format.TEXT,  # noqa: A002 (the word users know)
    *,
    colour: bool | None = None,
    known: int = 0,
) -> str:
    """A report as text that ends with a newline.

    ``colour`` concerns ``text`` alone; left out, it depends on whether standard output is a terminal
    and on the variable ``NO_COLOR`` (https://no-color.org). So many findings are ``known`` and left out, which matters
    where there is no other. A format that there is not raises ``ValueError``.
    """
    return "".join(parts_of_report(report, format, colour=colour, known=known))


def parts_of_report(
    report: Report,
    format: Format | str,  # noqa: A002 (as above)
    *,
    colour: bool | None = None,
    known: int = 0,
) -> Iterator[str]:
    """The same text piece by piece, so that nobody need hold all of a long one."""
    nothing = "no new findings" if known else "no findings"
    parts = _parts(report, Format(format), colour, nothing)
    return (part.encode("utf-8", "backslashreplace").decode() for part in parts)


def _parts(report: Report, chosen: Format, colour: bool | None, nothing: str) -> Iterator[str]:
    """The report; a byte of a file's name that is not UTF-8 is still half a surrogate in it (PEP 383)."""
    match chosen:
        case Format.TEXT:
            from teiwright.reporting.as_text import as_text

            return as_text(report, colour=_wants_colour() if colour is None else colour, nothing=nothing)
        case Format.JSON:
            from teiwright.reporting.as_json import as_json

            return as_json(report)
        case Format.SARIF:
            from teiwright.reporting.as_sarif import as_sarif

            return as_sarif(report)
        case Format.JUNIT:
            from teiwright.reporting.as_junit import as_junit

            return as_junit(report, nothing)
        case Format.GITHUB:
            from teiwright.reporting.as_github import as_github

            return as_github(report)
        case Format.MARKDOWN:
            from teiwright.reporting.as_markdown import as_markdown

            return as_markdown(report, nothing)
    assert_never(chosen)


def _wants_colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
