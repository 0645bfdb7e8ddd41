"""Whatever is wrong with what comes in: its own message and exit code, and nothing that was there changes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from teiwright.cli import teiwright as command
from teiwright.cli.outcomes import run

_TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>{}</p></body></text></TEI>'
_EXTERNAL = '<!DOCTYPE TEI [<!ENTITY x SYSTEM "secret.txt">]>' + _TEI.format("&x;")
_BOMB = (
    '<!DOCTYPE TEI [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
    + _TEI.format("&i;")
)

BAD_TEXTS = {
    "binary": (bytes(range(256)) * 9, 1, "TW103", "the file is not text"),
    "latin-1": ("Zürich, den 3. März".encode("latin-1"), 1, "TW104", "is not UTF-8"),
    "utf-16": ("Dear Sir".encode("utf-16-le"), 1, "TW104", "UTF-16LE"),
    "empty": (b"", 1, "TW105", "the file is empty"),
    "blank": (b" \n\n\t", 1, "TW105", "no text"),
    "one-line": (b"word " * 10_000_000, 1, "TW107", "50,000,000 characters"),
    "controls": (b"Dear Sir,\n\nthe \x0bpage\n", 1, "TW106", ":3:5: error"),
}


@pytest.mark.parametrize("name", BAD_TEXTS)
def test_a_bad_text_has_its_own_message(teiwright: Any, folder: Path, digests: Any, name: str) -> None:
    content, exit_code, code, phrase = BAD_TEXTS[name]
    (folder / f"{name}.txt").write_bytes(content)
    (folder / "tei").mkdir()
    (folder / "tei" / f"{name}.xml").write_text("an edition that was there before")
    before = digests()

    ended = teiwright("encode", f"{name}.txt", "-o", "tei")

    assert (ended.returncode, ended.stderr.count("error[")) == (exit_code, 1)
    assert code in ended.stderr
    assert phrase in ended.stderr
    assert digests() == before


BAD_EDITIONS = {
    "external-entity": (_EXTERNAL, 1, "TW502", "declares entities"),
    "entity-bomb": (_BOMB, 1, "TW502", "declares entities"),
    "not-closed": ("<TEI><text></TEI>", 1, "TW501", "1"),
    "empty": ("", 1, "TW501", "the file is empty"),
}


@pytest.mark.parametrize("command", [("check",), ("render", "--to", "html", "-o", "pages"), ("compare", "letter.txt")])
@pytest.mark.parametrize("name", BAD_EDITIONS)
def test_bad_tei_has_its_own_message(
    teiwright: Any, folder: Path, digests: Any, name: str, command: tuple[str, ...]
) -> None:
    content, exit_code, code, phrase = BAD_EDITIONS[name]
    (folder / "letter.txt").write_text("Dear Sir")
    (folder / "secret.txt").write_text("a secret")
    (folder / "bad.xml").write_text(content)
    before = digests()

    ended = teiwright(*command, "bad.xml")

    said = ended.stdout + ended.stderr
    assert ended.returncode == exit_code, said
    assert code in said
    assert phrase in said
    assert "a secret" not in said
    assert digests() == before


def test_a_broken_sidecar_is_pointed_at(teiwright: Any, folder: Path, digests: Any) -> None:
    (folder / "letter.txt").write_text("Dear Sir")
    (folder / "letter.toml").write_text('title = "A Letter"\nlanguage = \n')
    before = digests()

    ended = teiwright("encode", "letter.txt", "-o", "tei")

    assert ended.returncode == 1
    assert ended.stderr.startswith("letter.toml:2:12: error[TW108]")
    assert digests() == before


@pytest.mark.parametrize(
    ("content", "phrase"),
    [("this is no schema", "no well-formed XML"), ("<p>this is none</p>", "schema"), (None, "read")],
)
def test_a_schema_that_is_none_is_said_to_be_none(
    teiwright: Any, folder: Path, content: str | None, phrase: str
) -> None:
    (folder / "letter.xml").write_text(_TEI.format("Dear Sir"))
    if content is not None:
        (folder / "schema.rng").write_text(content)

    ended = teiwright("check", "letter.xml", "--schema", "schema.rng")

    assert ended.returncode == 2
    assert "TW518" in ended.stdout
    assert phrase in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("encode", "missing.txt", "-o", "tei"), "TW101"),
        (("encode", "missing/", "-o", "tei"), "TW101"),
        (("encode", "empty-folder", "-o", "tei"), "TW904"),
        (("encode", "letter.txt", "-o", "letter.txt"), "TW908"),
        (("check", "missing.xml"), "TW101"),
        (("compare", "letter.txt", "missing.xml"), "TW101"),
        (("review", "missing.txt", "--no-browser"), "TW101"),
        (("build",), "TW901"),
        (("build", "--project", "missing"), "TW901"),
        (("init", "missing"), "TW101"),
        (("init", "letter.txt"), "TW101"),
        (("init", "empty-folder"), "TW904"),
        (("deposit", "--verify", "missing"), "TW101"),
        (("verify", "missing"), "TW101"),
        (("verify", "letter.txt"), "TW750"),
    ],
)
def test_bad_surroundings_are_not_the_fault_of_a_text(
    teiwright: Any, folder: Path, digests: Any, arguments: tuple[str, ...], code: str
) -> None:
    (folder / "letter.txt").write_text("Dear Sir")
    (folder / "empty-folder").mkdir()
    before = digests()

    ended = teiwright(*arguments)

    assert ended.returncode == 2, ended
    assert code in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
    assert digests() == before


def test_a_folder_that_may_not_be_read_is_said_to_be_so(teiwright: Any, folder: Path) -> None:
    (folder / "closed").mkdir()
    (folder / "closed" / "letter.txt").write_text("Dear Sir")
    (folder / "closed").chmod(0)
    if os.access(folder / "closed", os.R_OK):
        (folder / "closed").chmod(0o755)
        pytest.skip("this user may read every folder")

    ended = teiwright("encode", "closed", "-o", "tei")

    (folder / "closed").chmod(0o755)
    assert ended.returncode == 2
    assert "TW102" in ended.stderr


def test_one_bad_text_does_not_end_the_run(teiwright: Any, folder: Path) -> None:
    (folder / "texts").mkdir()
    (folder / "texts" / "bad.txt").write_bytes(b"")
    (folder / "texts" / "good.txt").write_text("Dear Sir")

    ended = teiwright("encode", "texts", "missing.txt", "-o", "tei")

    assert ended.returncode == 2
    assert ended.stderr.count("error[") == 2
    assert [path.name for path in (folder / "tei").glob("*.xml")] == ["good.xml"]


def test_a_file_in_the_place_of_a_folder_is_said_to_be_one(teiwright: Any, folder: Path) -> None:
    (folder / "letter.txt").write_text("Sir: All is well.\n")

    ended = teiwright("encode", "letter.txt", "-o", "letter.txt")

    assert ended.returncode == 2
    assert "`letter.txt` is a file, where a folder was expected" in ended.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a folder in use cannot be removed or has another name")
@pytest.mark.parametrize(("name", "code"), [("gone", "TW101"), (os.fsdecode(b"\xff"), "TW102")])
def test_a_folder_that_is_gone_or_has_no_name_is_not_our_fault(
    folder: Path, monkeypatch: Any, capsys: Any, name: str, code: str
) -> None:
    (folder / name).mkdir()
    monkeypatch.chdir(folder / name)
    if name == "gone":
        (folder / name).rmdir()

    assert run(command, ["check", "tei"]) == 2
    assert f"error[{code}] the folder in which this runs" in capsys.readouterr().err


def test_a_command_with_a_typing_error_is_recognised(teiwright: Any) -> None:
    assert "there is no command `chekc`; did you mean `check`?" in teiwright("chekc", "tei").stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("encode",),
        ("encode", "a.txt", "b.txt"),
        ("frobnicate",),
        ("explain", "TW0"),
        ("parse", "--show", "x"),
        ("compare", "letter.xml", "letter.txt"),
    ],
)
def test_a_wrong_command_line_says_how_it_is_used(teiwright: Any, arguments: tuple[str, ...]) -> None:
    ended = teiwright(*arguments)

    assert ended.returncode == 2
    assert "Usage: teiwright" in ended.stderr
