"""Commands on many files: one that is bad is named, all others are done, and workers change no byte."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from teiwright.cli import teiwright

LETTERS = {"one": "Dear Sir,\n\nA letter.\n", "two": "Another letter.\n", "three": "The last letter.\n"}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "texts").mkdir()
    for name, text in LETTERS.items():
        (tmp_path / "texts" / f"{name}.txt").write_text(text)
    return lambda *arguments: CliRunner().invoke(teiwright, arguments, standalone_mode=False)


def content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_text_that_takes_its_process_down_is_named_and_the_others_are_encoded(
    run: Callable[..., Result],  # noqa: ARG001 (it makes the texts)
    tmp_path: Path,
) -> None:
    info = tmp_path / "plugins" / "deadly-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: deadly\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[teiwright.recognisers]\ndeadly = deadly:deadly\n")
    (tmp_path / "plugins" / "deadly.py").write_text(
        "import os\ndef deadly(script):\n    return os._exit(9) if 'Another' in script.text else ()\n"
    )
    paths = os.pathsep.join(filter(None, [str(tmp_path / "plugins"), os.environ.get("PYTHONPATH", "")]))

    ended = subprocess.run(
        [sys.executable, "-m", "teiwright", "encode", "texts", "-o", "tei"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": paths},
    )

    assert ended.returncode == 3
    assert "texts/two.txt: error[TW999] the process that worked on this file came to a sudden end" in ended.stderr
    assert sorted(content(tmp_path / "tei")) == ["one.xml", "teiwright.sha256", "three.xml"]


def test_one_worker_and_several_make_the_same_pages(run: Callable[..., Result], tmp_path: Path) -> None:
    run("encode", "texts", "-o", "tei")
    (tmp_path / "tei" / "broken.xml").write_text("<TEI>")

    told = [run("render", "tei", "--to", "text", "-o", f"out-{jobs}", "--jobs", jobs).stderr for jobs in ("1", "2")]

    assert content(tmp_path / "out-1") == content(tmp_path / "out-2")
    assert sorted(content(tmp_path / "out-1")) == ["one.txt", "teiwright.sha256", "three.txt", "two.txt"]
    assert told[0] == told[1]
    assert "tei/broken.xml" in told[0]


def test_folders_are_compared_text_by_text(run: Callable[..., Result], tmp_path: Path) -> None:
    run("encode", "texts", "-o", "tei")
    assert (
        "3 of 3 texts compared: 9 words, 0 notes, 0 page breaks, 0 lost, 0 invented"
        in run("compare", "texts", "tei").stdout
    )

    edition = tmp_path / "tei" / "one.xml"
    edition.write_text(edition.read_text().replace("A letter", "The letter"))
    (tmp_path / "tei" / "two.xml").unlink()
    (tmp_path / "texts" / "three.txt").rename(tmp_path / "texts" / "four.txt")

    told = run("compare", "texts", "tei")

    assert "1 of 3 texts compared" in told.stdout
    for finding in (
        "tei/one.xml:",
        "tei/two.xml: error[TW101]",
        "tei/four.xml: error",
        "tei/three.xml: warning[TW907]",
    ):
        assert finding in told.stdout
    assert told.return_value == 2


def test_packages_are_verified_by_several_workers(run: Callable[..., Result], tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        (tmp_path / name).write_bytes(b"PK no zip")

    alone, together = run("verify", "a.zip", "b.zip"), run("verify", "a.zip", "b.zip", "--jobs", "2")

    assert together.output == alone.output
    assert together.output.count("error[") == 2
