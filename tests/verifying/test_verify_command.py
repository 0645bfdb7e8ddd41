"""The command: what it prints, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from teiwright.cli import teiwright
from teiwright.cli.outcomes import run


def test_what_is_proven_is_said_in_one_line(bag: Path, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(teiwright, ["verify", str(bag), str(store)]) == 0

    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{bag}: sound; 12 files with ")
    assert first.endswith(" 10 of them proven by sha256 and sha512; BagIt 1.0, E-ARK CSIP and RO-Crate 1.2")
    assert second.startswith(f"{store}: sound; ")


def test_what_is_not_sound_ends_with_1(bag: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (bag / "bag-info.txt").write_text("changed: yes\n")

    assert run(teiwright, ["verify", str(bag)]) == 1

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{bag}/bag-info.txt: error[TW770] the file is not what was described")
    assert lines[-1].startswith(f"{bag}: not sound, 1 error; ")


def test_what_is_no_package_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text("letter")

    assert run(teiwright, ["verify", str(tmp_path)]) == 2
    assert "there is no `bagit.txt`" in capsys.readouterr().out


def test_a_package_in_the_folder_is_pointed_to(bag: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (bag.parent / "letter.txt").write_text("letter")

    assert run(teiwright, ["verify", str(bag.parent)]) == 2
    assert "`letters` in it is one; name that" in capsys.readouterr().out


def test_warnings_fail_only_if_that_is_asked(bag: Path) -> None:
    (bag / "notes.txt").write_text("no manifest speaks of this")

    assert run(teiwright, ["verify", str(bag)]) == 0
    assert run(teiwright, ["verify", "--strict", str(bag)]) == 1


@pytest.mark.parametrize("form", ["json", "sarif", "junit", "github", "markdown"])
def test_reports_for_programs_go_to_standard_output_alone(
    bag: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (bag / "bag-info.txt").write_text("changed: yes\n")

    assert run(teiwright, ["verify", "--format", form, str(bag)]) == 1

    said = capsys.readouterr()
    assert "TW770" in said.out
    assert "not sound" not in said.out
    assert "not sound, 1 error" in said.err
    if form == "json":
        assert json.loads(said.out)["name"] == "file-changed"


def test_a_profile_that_is_not_there_is_told(bag: Path) -> None:
    assert run(teiwright, ["verify", "--profile", str(bag / "nothing.json"), str(bag)]) == 2


def test_names_of_strangers_cannot_move_the_cursor(bag: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (bag / "data/\x1b[2Jletter.txt").write_text("letter")

    run(teiwright, ["verify", str(bag)])

    assert "\x1b" not in capsys.readouterr().out


def test_deposit_verify_is_the_same(bag: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(teiwright, ["deposit", "--verify", str(bag)]) == 0
    assert ": sound; " in capsys.readouterr().out
