"""What a run says of itself while it works, and how it tells of many findings."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from teiwright.cli.outcomes import show_grouped
from teiwright.cli.progress import duration, told_as_json, tracked
from teiwright.diagnostics import Code, Diagnostic, Location, Report


@dataclass(frozen=True)
class Done:
    findings: tuple[Diagnostic, ...] = ()


BAD = Diagnostic(Code.EMPTY_TEXT, Location("letter.txt"), "there is nothing in it")


def test_a_run_says_how_fast_it_is_and_how_many_failed(capsys: pytest.CaptureFixture[str]) -> None:
    items = [(number, Done((BAD,) if number % 50 == 0 else ())) for number in range(200)]

    assert list(tracked(items, 200, "documents")) == items
    first, *_, last = capsys.readouterr().err.splitlines()

    assert first.startswith("20 of 200 documents, ")
    assert first.endswith(" seconds to go, 1 with errors")
    assert " a second, 4 with errors" in last


def test_times_are_told_in_plain_words() -> None:
    assert [duration(seconds) for seconds in (0.2, 1.4, 59, 200, 9000)] == [
        *("0 seconds", "1 second", "59 seconds"),
        *("3 minutes", "2.5 hours"),
    ]


def test_programs_are_told_in_lines_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    list(told_as_json([(1, Done()), (2, Done((BAD,)))], 2, "views"))

    (line,) = capsys.readouterr().err.splitlines()
    said = json.loads(line)
    assert said.pop("seconds") >= 0
    assert said == {"what": "views", "done": 2, "total": 2, "failed": 1}


def test_many_findings_are_told_by_their_codes_with_three_examples(capsys: pytest.CaptureFixture[str]) -> None:
    many = [Diagnostic(Code.EMPTY_TEXT, Location(f"letter-{n:03}.txt"), "there is nothing in it") for n in range(140)]
    one = Diagnostic(Code.SAME_NAME, Location("other.txt"), "it has the id of another")

    assert show_grouped(Report.of([*many, one])) == 2
    lines = capsys.readouterr().err.splitlines()

    assert lines[0] == f"{Code.EMPTY_TEXT.number} {Code.EMPTY_TEXT.title}: 140 errors"
    assert lines[1].startswith("  letter-000.txt: error")
    assert lines[4] == "  … and 137 more"
    assert len(lines) == 7
