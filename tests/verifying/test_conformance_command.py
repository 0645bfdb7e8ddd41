"""The benchmark of conformance finds the packages of a suite, and tells where we disagree."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

COMMAND = Path(__file__).parent.parent.parent / "benchmarks" / "verify_conformance.py"


def test_agreement_is_counted_and_disagreement_listed(bag: Path, store: Path, tmp_path: Path) -> None:
    suite = tmp_path / "suite"
    shutil.copytree(bag, suite / "v1.0/valid/sound")
    shutil.copytree(bag, suite / "v1.0/invalid/sound-in-truth")
    shutil.copytree(store / "letters", suite / "1.1/good-objects/letters")
    shutil.copytree(store / "letters", suite / "1.1/bad-objects/letters")
    (suite / "1.1/bad-objects/letters/v1/content/note.xml").write_text("changed")

    ended = subprocess.run([sys.executable, COMMAND, suite], capture_output=True, text=True, check=True)

    lines = ended.stdout.splitlines()
    assert lines[0] == "v1.0/invalid/sound-in-truth: accepted"
    assert "suite: teiwright agrees in 3 of 4" in lines
    assert "suite: bagit-python agrees in 1 of 2" in lines


def test_without_packages_it_says_so(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, COMMAND, tmp_path], capture_output=True, text=True, check=False)

    assert ended.returncode == 2
    assert "no packages below" in ended.stderr
