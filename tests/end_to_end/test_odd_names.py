"""Files may have any name that a file system takes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

ODD = ["a\nb", "-rf", "Núñez an Ünal", "1904", "<b>&amp;", "back\\slash", "$(true)", os.fsdecode(b"\xff\xfe")]

DEPOSIT = """
[deposit]
name = "odd-names"
description = "Texts of any name."
date = 1945-06-18
languages = ["en"]
licence = "https://creativecommons.org/licenses/by/4.0/"
organization = "The Press"
"""


@pytest.fixture
def texts(folder: Path) -> Path:
    for name in ODD:
        (folder / f"{name}.txt").write_text("Dear Sir")
    return folder


def test_texts_of_any_name_are_encoded_and_known_again(teiwright: Any, texts: Path) -> None:
    assert teiwright("encode", ".", "-o", "tei").returncode == 0
    assert sorted(path.stem for path in (texts / "tei").glob("*.xml")) == sorted(ODD)
    for name in ODD:
        (texts / f"{name}.txt").write_text("Dear Madam")

    ended = teiwright("encode", ".", "-o", "tei")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert b"Dear Madam" in (texts / "tei" / f"{ODD[0]}.xml").read_bytes()


@pytest.mark.usefixtures("texts")
def test_what_cannot_be_archived_under_its_name_is_said(teiwright: Any, folder: Path) -> None:
    teiwright("init", ".")
    settings = folder / "teiwright.toml"
    settings.write_text(settings.read_text().replace('"html", "print"', '"html"') + DEPOSIT)

    ended = teiwright("build")

    assert ended.returncode == 1, ended.stderr
    assert "TW805" in ended.stderr
    assert not (folder / "out" / "deposit").exists()


def test_a_name_cannot_write_a_line_of_its_own_into_a_report(teiwright: Any, folder: Path) -> None:
    (folder / "a\nletter.txt:1:1: error[TW601] x\x1b[2J.txt").write_bytes(b"")

    ended = teiwright("encode", ".", "-o", "tei")

    assert [line for line in ended.stderr.splitlines() if "error" in line and "TW105" not in line] == []
    assert "\x1b" not in ended.stderr


def test_a_text_called_index_does_not_take_the_place_of_the_index(teiwright: Any, folder: Path) -> None:
    for name in ("index", "letter"):
        (folder / f"{name}.txt").write_text("Dear Sir")
    teiwright("init", ".")
    settings = folder / "teiwright.toml"
    settings.write_text(settings.read_text().replace('"html", "print"', '"html"'))

    ended = teiwright("build")

    assert ended.returncode == 2
    assert "index.txt: error[TW905]" in ended.stderr
