"""A report with everything that is hard to write down."""

import pytest

from teiwright.diagnostics import Code, Diagnostic, Location, Report

AWKWARD = 'a "b" <c> & 100% | `d`: e, f\nsecond line \x07\x1b[31m red'


@pytest.fixture
def report(tmp_path):
    text = tmp_path / "source 1.txt"
    text.write_text("one two\nthe Japanes\u0065 (大使) aid\n", encoding="utf-8")
    return Report.of(
        [
            Diagnostic(
                Code.WORD_MISSING,
                Location(str(text), 2, 19),
                "the edition lacks `aid` of the source",
                "put it back",
                (Location("tei/a.xml", 7, 3),),
            ),
            Diagnostic(Code.NOTE_WITHOUT_CALLOUT, Location("seeds/a,b:c.txt", 48, 1), AWKWARD),
            Diagnostic(Code.DUPLICATE_ID, Location("tei/a.xml", 5, 0, "/TEI/text[1]"), "id `p1` stands twice"),
            Diagnostic(Code.NOT_FOUND, Location("missing.txt"), "`missing.txt` is not there", "correct the path"),
        ]
    )


@pytest.fixture
def empty():
    return Report()
