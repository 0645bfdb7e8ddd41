"""Warnings that a person has looked at are told, and fail nothing, as long as they are those that were looked at."""

from __future__ import annotations

from typing import Any

import pytest

from teiwright.diagnostics import Code

TWO_STRAY_NOTES = "A text without marks.\n\n  1. Not printed.\n  2. See above.\n"


@pytest.fixture
def with_warnings(workplace: Any) -> Any:
    (workplace.folder / "texts" / "delta.txt").write_text(TWO_STRAY_NOTES)
    found = [finding.code for finding in workplace.build().report.findings]
    assert found == [Code.NOTE_WITHOUT_CALLOUT, Code.NOTE_WITHOUT_CALLOUT]
    return workplace


def accept(workplace: Any, count: int, document: str = "delta") -> Any:
    file = workplace.folder / "teiwright.toml"
    table = f'\n[[accepted]]\ncode = "TW214"\ndocument = "{document}"\ncount = {count}\nwhy = "lost in the original"\n'
    file.write_text(file.read_text() + table)
    return workplace.build()


def test_what_is_accepted_is_told_with_its_reason_and_counts_as_no_warning(with_warnings: Any) -> None:
    built = accept(with_warnings, 2)

    assert [finding.accepted for finding in built.report.findings] == ["lost in the original"] * 2
    assert "accepted warning[TW214]" in str(built.report.findings[0])
    assert (built.report.warnings, built.report.accepted) == (0, 2)
    assert [(row.warnings, row.accepted) for row in built.rows if row.name == "delta"] == [(0, 2)]


def test_accepting_makes_nothing_again(with_warnings: Any) -> None:
    assert accept(with_warnings, 2).taken == ()


def test_of_more_warnings_than_were_looked_at_none_is_accepted(with_warnings: Any) -> None:
    assert accept(with_warnings, 1).report.warnings == 2


@pytest.mark.parametrize(
    ("count", "document", "phrase"),
    [(3, "delta", "3 of TW214 in `delta` accepted, but there are 2"), (2, "beta", "there are 0")],
)
def test_an_acceptance_that_nothing_needs_is_a_warning(
    with_warnings: Any, count: int, document: str, phrase: str
) -> None:
    findings = accept(with_warnings, count, document).report.findings

    (left,) = [finding for finding in findings if finding.code is Code.ACCEPTANCE_NOT_NEEDED]
    assert phrase in left.message
    assert left.where.line > 0
