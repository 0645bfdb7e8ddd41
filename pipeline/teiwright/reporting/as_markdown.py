"""A summary in Markdown for a pull request or a job's page: tables by code and by file, then the findings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from heapq import nsmallest
from itertools import groupby, islice

from teiwright.diagnostics import Code, Report

_MOST = 200
_MOST_FILES = 50
_MOST_CODES = 8


def as_markdown(report: Report, nothing: str = "no findings") -> Iterator[str]:
    """Three tables and a list; long ones are cut, and say so."""
    if not report.findings:
        yield f"{nothing.capitalize()}.\n"
        return
    total = Counter(finding.code for finding in report.findings)
    counts = [_counted(report.errors, "error"), _counted(report.warnings, "warning")]
    counts += [_counted(report.notes, "note")] if report.notes else []
    yield f"**{', '.join(counts)}**\n"
    for block in (_by_code(total), *_by_file(report, total), *_findings(report)):
        yield f"\n{block}\n"


def _by_code(total: Mapping[Code, int]) -> str:
    rows = [
        f"| {code.number} | {code.title} | {code.severity.value} | {total[code]} |"
        for code in sorted(total, key=lambda code: code.number)
    ]
    return "\n".join(["| code | finding | severity | count |", "| --- | --- | --- | ---: |", *rows])


def _by_file(report: Report, total: Mapping[Code, int]) -> Iterator[str]:
    """Files down, codes across: where what is wrong is seen at a glance. The worst files come first."""
    codes = sorted(total, key=lambda code: (-total[code], code.number))
    shown, rest = codes[:_MOST_CODES], codes[_MOST_CODES:]
    heads = [*(code.number for code in shown), *(["others"] if rest else []), "all"]
    lines = [f"| file | {' | '.join(heads)} |", f"| --- |{' ---: |' * len(heads)}"]
    for path, found in nsmallest(_MOST_FILES, _files(report), key=lambda file: (-file[1].total(), file[0])):
        cells = [str(found[code] or "") for code in shown]
        cells += [str(sum(found[code] for code in rest) or "")] if rest else []
        lines.append(f"| {_code(path)} | {' | '.join([*cells, str(found.total())])} |")
    yield "\n".join(lines)
    if (more := sum(1 for _ in _files(report)) - _MOST_FILES) > 0:
        yield f"{more:,} more files have findings."


def _files(report: Report) -> Iterator[tuple[str, Counter[Code]]]:
    """Each file, and how often what is found in it."""
    for path, found in groupby(report.findings, key=lambda finding: finding.where.path):
        yield path, Counter(finding.code for finding in found)


def _findings(report: Report) -> Iterator[str]:
    rows = [
        f"| {_code(str(finding.where))} | {finding.code.number} | {_text(finding.message)} |"
        for finding in islice(report.findings, _MOST)
    ]
    yield "\n".join(["| place | code | message |", "| --- | --- | --- |", *rows])
    if len(report.findings) > _MOST:
        yield f"{len(report.findings) - _MOST:,} more findings are not shown."


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
