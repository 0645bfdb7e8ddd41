"""Every code can be explained, by number and by name."""

import re
from pathlib import Path

import pytest

import teiwright
from teiwright.diagnostics import Code
from teiwright.reporting import UnknownCodeError, explain, short_help

PARTS = ["What it finds.", "Why it matters.", "Example.", "What to do."]


@pytest.mark.parametrize("code", Code, ids=lambda code: code.number)
def test_every_code_has_an_explanation_of_one_shape(code):
    text = explain(code.number)
    lines = text.splitlines()
    assert lines[0] == f"# {code.number} {code.title}"
    assert len(lines) < 25
    assert re.findall(r"^\*\*(.+?)\*\*", text, re.MULTILINE) == PARTS


def test_no_explanation_is_left_of_a_code_that_is_gone():

    folder = Path(teiwright.__file__).parent / "explanations"
    assert {path.stem for path in folder.glob("*.md")} <= {code.number for code in Code}


@pytest.mark.parametrize("name", ["TW214", "tw214", "214", "note-without-callout", " Note-Without-Callout "])
def test_a_code_is_known_by_number_and_by_name(name):
    assert explain(name).startswith("# TW214 note-without-callout")


def test_a_wrong_name_is_answered_with_the_right_one():
    with pytest.raises(UnknownCodeError, match=r"did you mean .*`TW214` \(note-without-callout\)"):
        explain("note-without-calout")


@pytest.mark.parametrize("name", ["", "xyzzy", "../TW214", "TW000"])
def test_an_unknown_name_is_refused(name):
    with pytest.raises(UnknownCodeError, match="no finding is called"):
        explain(name)


def test_the_short_help_is_what_the_code_finds():
    assert short_help(Code.WORDS_SPLIT) == "One word of the source is two in the edition."
