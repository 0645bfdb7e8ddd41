"""Each mistake in an ODD is a file in ``bad/``, whose first line is what is said of it, with line, column and hint.

An XML comment cannot hold two hyphens in a row: there they are one apart.
"""

from pathlib import Path

import pytest

from teiwright.diagnostics import Diagnostic, TeiwrightError
from teiwright.odd import compile_odd

HERE = Path(__file__).resolve().parent
BAD = sorted((HERE / "bad").glob("*.odd"))


def said(path: Path) -> list[Diagnostic]:
    try:
        return [note for made in compile_odd(path, HERE / "letters.xml") for note in made.notes]
    except TeiwrightError as error:
        return [error.finding]


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_mistake_is_said_with_its_place_and_what_to_do(path):
    expected = path.read_text("utf-8").partition(" -->\n")[0].removeprefix("<!-- ").replace("- -", "--")
    found = [f"{d.code.number} {d.where.line}:{d.where.column} {d.message}; {d.hint}" for d in said(path)]

    assert found == [expected]
