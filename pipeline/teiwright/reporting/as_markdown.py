"""A summary in Markdown for a pull request or a job's page: tables by code and by file, then the findings."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from teiwright.diagnostics import Code, Report, Severity

_MOST = 200


def as_markdown(report: Report) -> str:
    """Two tables and a list; long lists are cut, and say so."""
    if not report.findings:
        return "No findings.\n"
    by_code: Counter[Code] = Counter(finding.code for finding in report.findings)
    by_file: dict[str, Counter[Severity]] = defaultdict(Counter)
    for finding in report.findings:
        by_file[finding.where.path][finding.code.severity] += 1
    lines = [f"**{_counted(report.errors, 'error')}, {_counted(report.warnings, 'warning')}**", ""]
    lines += ["| code | finding | severity | count |", "| --- | --- | --- | ---: |"]
    for code in sorted(by_code, key=lambda code: code.number):
        lines.append(f"| {code.number} | {code.title} | {code.severity.value} | {by_code[code]} |")
    lines += ["", "| file | errors | warnings |", "| --- | ---: | ---: |"]
    for path, counts in sorted(by_file.items()):
        lines.append(f"| {_code(path)} | {counts[Severity.ERROR]} | {counts[Severity.WARNING]} |")
    lines += ["", "| place | code | message |", "| --- | --- | --- |"]
    for finding in report.findings[:_MOST]:
        lines.append(f"| {_code(str(finding.where))} | {finding.code.number} | {_text(finding.message)} |")
    if len(report.findings) > _MOST:
        lines += ["", f"{len(report.findings) - _MOST:,} more findings are not shown."]
    return "\n".join(lines) + "\n"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _code(text: str) -> str:
    """A code span in a cell, where a pipe ends the cell and backticks need a longer fence (GFM 4.10, 6.3)."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest else ""
    return fence + pad + _one_line(text).replace("|", "\\|") + pad + fence


def _text(text: str) -> str:
    """Prose in which nothing is markup but the code spans that our own messages have."""
    pieces = re.split("(`[^`]*`)", _one_line(text))
    return "".join(piece.replace("|", "\\|") if i % 2 else _escaped(piece) for i, piece in enumerate(pieces))


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|~@!&])", r"\\\1", text)


def _one_line(text: str) -> str:
    return " ".join(text.split())
