"""A warning that a person has accepted is told with the reason and counted apart."""

import json

import pytest

from teiwright.diagnostics import Code, Diagnostic, Location, Report
from teiwright.reporting import render_report


@pytest.fixture
def accepted():
    finding = Diagnostic(Code.NOTE_WITHOUT_CALLOUT, Location("a.txt", 3, 1), "a note", "look", accepted="lost in print")
    return Report.of([finding])


def test_text_gives_the_reason_in_place_of_the_hint(accepted):
    said = "a.txt:3:1: accepted warning[TW214] a note\n  why: lost in print\n1 accepted\n"
    assert render_report(accepted, "text", colour=False) == said


def test_sarif_calls_it_suppressed(accepted):
    (result,) = json.loads(render_report(accepted, "sarif"))["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": "external", "justification": "lost in print"}]


def test_json_has_the_reason(accepted):
    assert json.loads(render_report(accepted, "json"))["accepted"] == "lost in print"
