"""The project's own edition: the five texts in ``seeds/`` and what is made of them."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import bagit
import pytest

ROOT = Path(__file__).parent.parent.parent
NAMES = sorted(path.stem for path in (ROOT / "seeds").glob("*.txt"))


def build(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "teiwright", "build", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    found = {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return {name: digest for name, digest in found.items() if not name.startswith(".teiwright/")}


def clone(folder: Path) -> Path:
    """What git has of the project, without what a build makes."""
    for name in ("seeds", "tei"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "teiwright.toml", folder)
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone, built once for all tests of this file; they only look at it."""
    folder = clone(tmp_path_factory.mktemp("clone"))
    ended = build(folder)
    assert ended.returncode == 0, ended.stderr
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_each_text_is_as_it_was_received(name: str) -> None:
    known = tomllib.loads((ROOT / "seeds" / f"{name}.toml").read_text())

    assert hashlib.sha256((ROOT / "seeds" / f"{name}.txt").read_bytes()).hexdigest() == known["sha256"]


def test_what_is_committed_is_what_the_build_makes(built: Path) -> None:
    assert digests(built / "tei") == digests(ROOT / "tei")


def test_without_what_is_committed_it_makes_the_same(built: Path, tmp_path: Path) -> None:
    folder = clone(tmp_path)
    for edition in (folder / "tei").glob("*.*"):
        edition.unlink()

    assert build(folder, "--jobs", "1").returncode == 0
    assert digests(folder) == digests(built)


@pytest.mark.parametrize("name", NAMES)
def test_each_text_has_an_edition_a_page_and_a_pdf(built: Path, name: str) -> None:
    for path in (f"tei/{name}.xml", f"out/html/{name}.html", f"out/pdf/{name}.pdf"):
        assert (built / path).stat().st_size > 1000


def test_the_index_leads_to_every_page(built: Path) -> None:
    index = (built / "out/html/index.html").read_text()

    assert [name for name in NAMES if f'href="{name}.html"' not in index] == []


def test_the_deposit_is_valid_in_the_eyes_of_others(built: Path) -> None:
    bag = bagit.Bag(str(built / "out/deposit/russo-japanese-relations"))

    bag.validate()
    payload = {path.partition("/representations/")[2] for path in bag.payload_entries()}
    for name in NAMES:
        expected = {f"tei/{name}.xml", f"source/{name}.txt", f"source/{name}.toml"}
        assert expected | {f"html/{name}.html", f"pdf/{name}.pdf"} <= payload


def test_the_only_findings_are_the_two_notes_whose_marks_were_lost(built: Path) -> None:
    ended = build(built, "--strict")
    findings = [line for line in ended.stderr.splitlines() if not line.startswith(" ")]

    assert findings == [
        "seeds/grew-despatch-5529.txt:31:3: accepted warning[TW214] note 4 has no callout in the text",
        "seeds/grew-despatch-5529.txt:32:3: accepted warning[TW214] note 5 has no callout in the text",
    ]
    assert ended.returncode == 0


def test_a_second_build_does_nothing_in_a_tenth_of_the_time(tmp_path: Path) -> None:
    folder = clone(tmp_path)
    began = time.perf_counter()
    build(folder)
    first = time.perf_counter() - began

    def times() -> dict[Path, int]:
        made = (path for path in folder.rglob("*") if ".teiwright" not in path.parts)
        return {path: path.stat().st_mtime_ns for path in made}

    before = times()

    def again() -> float:
        began = time.perf_counter()
        assert "nothing had changed" in build(folder).stdout
        return time.perf_counter() - began

    assert min(again() for _ in range(3)) < first / 10
    assert times() == before


def test_several_workers_make_the_same_bytes(built: Path, tmp_path: Path) -> None:
    folder = clone(tmp_path)
    build(folder, "--jobs", "3")

    assert digests(folder) == digests(built)


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")
def test_a_build_that_was_killed_is_taken_up_where_it_was(built: Path, tmp_path: Path) -> None:
    folder = clone(tmp_path)
    for edition in (folder / "tei").glob("*.*"):
        edition.unlink()
    for seconds in (0.3, 0.7, 1.0, 1.3, 1.7, 2.1):
        command = [sys.executable, "-m", "teiwright", "build", "--jobs", "2"]
        process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if (bag := folder / "out/deposit/russo-japanese-relations").exists():
            bagit.Bag(str(bag)).validate()

    assert build(folder).returncode == 0
    assert digests(folder) == digests(built)
