"""Bags by the book: each case of bagit_cases.toml has its verdict, and bagit-python's where they should agree."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

import bagit
import pytest

from teiwright.verifying import verify

CASES = tomllib.loads(Path(__file__).with_name("bagit_cases.toml").read_text("utf-8"))["case"]


def written(case: dict[str, Any], folder: Path) -> Path:
    """The bag of a case."""

    def checksum(match: re.Match[str]) -> str:
        return hashlib.new(match[1], (folder / match[2]).read_bytes(), usedforsecurity=False).hexdigest()

    folder.mkdir()
    for path, text in case["files"].items():
        encoding = "utf-8" if path == "bagit.txt" or path.startswith("data/") else case.get("encoding", "utf-8")
        filled = re.sub(r"\{(\w+) ([^}]+)\}", checksum, text)
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(filled.encode(encoding))
    return folder


def judged(folder: Path) -> str:
    """What bagit-python says; it has no warnings that a program could read."""
    try:
        bagit.Bag(str(folder)).validate()
    except (bagit.BagError, ValueError, LookupError):
        return "invalid"
    return "valid"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_verdict_is_that_of_the_standard(case: dict[str, Any], tmp_path: Path) -> None:
    report = verify(written(case, tmp_path / "bag")).report

    found = [str(finding) for finding in report.findings]
    assert (report.errors > 0) == (case["verdict"] == "invalid"), found
    if case["verdict"] == "warning":
        assert report.warnings > 0


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_bagit_python_says_the_same_but_where_it_errs(case: dict[str, Any], tmp_path: Path) -> None:
    expected = "invalid" if case["verdict"] == "invalid" else "valid"
    says = case.get("judge", {}).get("says", expected)

    assert says in ("any", judged(written(case, tmp_path / "bag")))
