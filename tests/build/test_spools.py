"""What is longer than memory should hold comes as it was put there, and reports of it read like any other."""

from __future__ import annotations

import random

import pytest

from teiwright.diagnostics import Code, Diagnostic, Location, Report
from teiwright.reporting import Format, render_report
from teiwright.spooling import Spool, in_order, report_of_many


@pytest.mark.parametrize("count", [0, 1, 4_999, 5_000, 5_099, 5_100, 12_345])
def test_a_spool_is_read_like_a_list(count: int) -> None:
    numbers, spool = list(range(count)), Spool(range(count))

    assert (len(spool), list(spool)) == (count, numbers)
    assert spool == numbers
    assert [spool[index] for index in (0, count // 2, -1) if count] == [
        numbers[index] for index in (0, count // 2, -1) if count
    ]
    assert list(spool.between(count // 3, count // 2)) == numbers[count // 3 : count // 2]
    assert spool[count - 3 : count] == numbers[max(0, count - 3) : count]


def test_a_spool_can_be_read_at_several_places_at_once() -> None:
    spool = Spool(range(9_000))

    assert [(one, other) for one, other in zip(spool, spool.between(4_500, 9_000), strict=False)][:2] == [
        (0, 4_500),
        (1, 4_501),
    ]
    assert sum(one + other for one, other in zip(spool, spool.between(4_500, 9_000), strict=False)) == sum(range(9_000))


def test_more_than_fits_into_memory_is_sorted_and_equal_ones_keep_their_order() -> None:
    items = [(random.Random(1 + number).randrange(50), number) for number in range(1_000)]  # noqa: S311 (a test)

    assert list(in_order(items, lambda item: item[0], run=64)) == sorted(items)
    assert list(in_order(items, lambda item: item[0], run=500)) == sorted(items)
    assert list(in_order([], lambda item: item)) == []


@pytest.fixture(scope="module")
def findings() -> list[Diagnostic]:
    """Many, in no order, with doubles, and with some that differ in their hints alone."""
    chance = random.Random(7)  # noqa: S311 (a test)
    codes = [Code.EMPTY_TEXT, Code.NOTE_WITHOUT_CALLOUT, Code.ID_CHANGED]
    return [
        Diagnostic(
            chance.choice(codes),
            Location(f"letter-{chance.randrange(900)}.txt", chance.randrange(9)),
            chance.choice(["there is nothing in it", "it is not\u2028called"]),
            chance.choice([None, "look at it", "delete it"]),
        )
        for _ in range(25_000)
    ]


def test_a_report_of_many_findings_is_that_of_all_of_them(findings: list[Diagnostic]) -> None:
    many, one = report_of_many(iter(findings)), Report.of(findings)

    assert len(many.findings) < len(findings)
    assert many.findings == one.findings
    assert (many.errors, many.warnings, many.notes) == (one.errors, one.warnings, one.notes)


@pytest.mark.parametrize("format_", [Format.TEXT, Format.MARKDOWN])
def test_it_is_written_with_the_same_bytes(findings: list[Diagnostic], format_: Format) -> None:
    few = findings[:12_000]

    assert render_report(report_of_many(few), format_) == render_report(Report.of(few), format_)
