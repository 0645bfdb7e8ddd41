"""For every code a folder of cases: ``bad-`` files begin with the message that is expected, ``good-`` have none."""

from pathlib import Path

import pytest

from teiwright.checking import check
from teiwright.diagnostics import Code

CASES = Path(__file__).resolve().parent / "cases"
ELSEWHERE = {"nothing-checked", "schema-broken", "unreadable-schema", "schema-too-slow", "broken-odd"}
OF_OTHERS = {"rule-remark", "rule-not-tried", "rules-not-read", "rule-without-prefix", "prefix-not-understood"}
"""Our own law has no such rules and no prefixes: they are in ``test_schematron.py`` and ``test_pointers.py``."""
OF_RUNS = {"schema-not-used", "gone-from-baseline", "broken-baseline", "no-revision", "no-file-changed", "fix-not-kept"}
"""Said of a run over many files: in ``tests/gate/`` and ``tests/fixing/``."""
OF_NAMES = {"name-of-another-kind", "date-against-link", "form-of-two"}
"""Held against authority files: in ``tests/registering/``."""
OTHERS_OWN = {"not-well-formed", "unsafe-xml"}
"""Found when an edition is loaded, before it is checked."""


def cases(kind: str) -> list[Path]:
    return sorted(CASES.glob(f"*/{kind}-*.xml"))


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", cases("bad"), ids=name)
def test_what_is_wrong_is_said_once_and_in_these_words(path, edition_of):
    comment, _, xml = path.read_text("utf-8").partition(" -->\n")
    expected = comment.removeprefix("<!-- ")
    findings = check(edition_of(xml)).findings
    code = next(code for code in Code if path.parent.name == f"{code.value[0]}-{code.title}")
    assert [(d.code, expected in d.message) for d in findings] == [(code, True)], list(map(str, findings))


@pytest.mark.parametrize("path", cases("good"), ids=name)
def test_what_is_right_is_not_reported(path, edition_of):
    assert list(map(str, check(edition_of(path.read_text("utf-8"))).findings)) == []


def test_every_code_of_the_check_has_cases():
    codes = {code.title for code in Code if 500 <= code.value[0] < 600 and code.value[0] // 10 != 53}
    # those of the fifty-third ten are of ODDs
    folders = {path.name.split("-", 1)[1] for path in CASES.iterdir()}
    assert folders == codes - ELSEWHERE - OF_OTHERS - OF_RUNS - OF_NAMES - OTHERS_OWN
