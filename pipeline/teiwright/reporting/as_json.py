"""JSON lines (https://jsonlines.org): one finding a line, for programs that read as it comes."""

from __future__ import annotations

import json
from collections.abc import Iterator

from teiwright.diagnostics import Diagnostic, Location, Report


def as_json(report: Report) -> Iterator[str]:
    """One object a finding; nothing for an empty report."""
    return (json.dumps(_finding(finding), ensure_ascii=False) + "\n" for finding in report.findings)


def _finding(finding: Diagnostic) -> dict[str, object]:
    return {
        "code": finding.code.number,
        "name": finding.code.title,
        "severity": finding.code.severity.value,
        **_place(finding.where),
        "message": finding.message,
        "hint": finding.hint,
        "accepted": finding.accepted,
        "related": [_place(place) for place in finding.related],
    }


def _place(place: Location) -> dict[str, object]:
    return {
        "path": place.path,
        "line": place.line or None,
        "column": place.column or None,
        "offset": place.offset,
        "xpath": place.xpath,
    }
