"""One printing habit a file: a text, the TEI that it must become, and why.

``pytest tests/parsing --renew`` rewrites the expected part of each file; review the difference like code.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from teiwright.checking import check
from teiwright.comparing import compare
from teiwright.diagnostics import Severity
from teiwright.encoding import encode, serialize
from teiwright.model import Draft

HABITS = sorted((Path(__file__).parent / "habits").glob("*.txt"))
_TEXT, _BECOMES = "=== text\n", "=== becomes\n"


def _body(draft: Draft) -> str:
    """What stands in ``text``, one element a line as it is written, without the indent of its depth."""
    xml = serialize(encode(draft)).decode()
    inner = xml.split("  <text>\n", 1)[1].rsplit("  </text>", 1)[0]
    return "".join(line.removeprefix("    ") for line in inner.splitlines(keepends=True))


@pytest.mark.parametrize("path", HABITS, ids=lambda path: path.stem)
def test_habit(path: Path, draft_of: Callable[[str], Draft], request: pytest.FixtureRequest) -> None:
    why, rest = path.read_text().split(_TEXT, 1)
    text, _, expected = rest.partition(_BECOMES)
    assert len(why) > 20, "say which habit this is"
    actual = _body(draft_of(text.removesuffix("\n")))
    if request.config.getoption("--renew"):
        path.write_text(f"{why}{_TEXT}{text}{_BECOMES}{actual}")
    else:
        assert expected == actual


@pytest.mark.parametrize("path", HABITS, ids=lambda path: path.stem)
def test_the_edition_of_a_habit_is_valid_and_has_all_of_the_text(path: Path, draft_of: Callable[[str], Draft]) -> None:
    text = path.read_text().split(_TEXT, 1)[1].partition(_BECOMES)[0].removesuffix("\n")
    draft = draft_of(text)
    edition = encode(draft)
    findings = (*check(edition).findings, *compare(draft.source, edition).findings)
    assert [str(finding) for finding in findings if finding.code.severity is Severity.ERROR] == []
