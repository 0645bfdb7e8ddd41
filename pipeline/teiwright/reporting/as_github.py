"""GitHub's workflow commands, which become annotations on the lines of a pull request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from teiwright.diagnostics import Diagnostic, Report, Severity


def as_github(report: Report) -> Iterator[str]:
    """One command a finding, errors first: of each kind only ten are shown, and that is said."""
    counts = Counter(finding.code.severity for finding in report.findings)
    for severity in _ORDER:
        of_this = (finding for finding in report.findings if finding.code.severity is severity)
        yield from map(_command, of_this if counts[severity] else ())
    if any(count > _SHOWN for count in counts.values()):
        counted = ", ".join(f"{counts[severity]:,} of kind {severity.value}" for severity in _ORDER if counts[severity])
        yield f"::notice title=teiwright::{_data(f'there are more findings than are shown here: {counted}')}\n"


_SHOWN = 10
"""Annotations of a kind that GitHub shows of one step."""
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def _command(finding: Diagnostic) -> str:
    place = finding.where
    properties = {
        "file": place.path,
        "line": str(place.line) if place.line else "",
        "col": str(place.column) if place.column else "",
        "title": f"{finding.code.number} {finding.code.title}",
    }
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items() if value)
    message = finding.message
    if finding.related:
        message += "\nsee " + ", ".join(str(place) for place in finding.related)
    if finding.hint is not None:
        message += f"\nhint: {finding.hint}"
    return f"::{_COMMANDS[finding.code.severity]} {written}::{_data(message)}\n"


def _data(text: str) -> str:
    """The escapes of the runner's own toolkit; without them a message could begin a command of its own."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
