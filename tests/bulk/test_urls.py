"""Texts and packages at URLs, as fsspec names them; here in a store that is a piece of memory."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from teiwright.cli import outcomes, teiwright
from teiwright.remote import Url, place_of

LETTERS = [{"id": f"letter-{number}", "text": f"Dear Sir,\n\nLetter {number}.\n"} for number in (1, 2)]
LINES = "".join(json.dumps(letter) + "\n" for letter in LETTERS).encode()

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def store() -> Iterator[Any]:
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    yield memory
    memory.store.clear()
    memory.pseudo_dirs[:] = [""]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs a command as the shell would; its exit code, and what it says."""

    def ran(*arguments: str | Path) -> tuple[int, str]:
        code = outcomes.run(teiwright, [str(argument) for argument in arguments])
        told = capfd.readouterr()
        return code, told.out + told.err

    return ran


def test_a_file_of_texts_is_unpacked_from_a_url(store: Any, run: Run, tmp_path: Path) -> None:
    store.pipe("/box/letters.jsonl", LINES + b"no record\n")

    code, told = run("unpack", "memory://box/letters.jsonl", "-o", tmp_path / "texts")

    assert (tmp_path / "texts" / "letter-2.txt").read_text() == LETTERS[1]["text"]
    assert (code, "memory://box/letters.jsonl:3: error[TW111]" in told) == (1, True)


def test_of_a_folder_of_texts_comes_what_changed_and_what_a_person_changed_stays(
    store: Any, run: Run, tmp_path: Path
) -> None:
    for number in (1, 2, 3):
        store.pipe(f"/box/19{number}0/letter-{number}.txt", b"Dear Sir,\n")
    store.pipe("/box/scan.tif", b"no text")
    unpack = ("unpack", "memory://box/", "-o", tmp_path)
    assert run(*unpack) == (0, f"{tmp_path}: 3 texts\n")

    (tmp_path / "letter-2.txt").write_text("Dear Madam,\n")
    store.pipe("/box/1910/letter-1.txt", b"My dear Sir,\n")
    store.pipe("/box/1920/letter-2.txt", b"My dear Sir,\n")
    store.rm("/box/1930/letter-3.txt")
    _, told = run(*unpack)

    texts = {file.stem: file.read_text() for file in tmp_path.glob("*.txt")}
    assert texts == {"letter-1": "My dear Sir,\n", "letter-2": "Dear Madam,\n"}
    assert "letter-2.txt:1: warning[TW906]" in told


def test_editions_go_from_one_url_to_another(store: Any, run: Run) -> None:
    store.pipe("/box/letters.jsonl", LINES)

    code, _ = run("encode", "memory://box/letters.jsonl", "-o", "memory://box/made.jsonl")

    made = [json.loads(line) for line in store.cat("/box/made.jsonl").splitlines()]
    assert (code, [(row["id"], row["status"]) for row in made]) == (
        0,
        [("letter-1", "written"), ("letter-2", "written")],
    )


def test_files_of_a_pattern_are_checked_and_called_as_the_store_calls_them(store: Any, run: Run) -> None:
    for name in ("one", "two"):
        store.pipe(f"/tei/{name}.xml", b"<TEI")

    code, told = run("check", "memory://tei/o*.xml")

    assert (code, "memory://tei/one.xml" in told, "two.xml" in told, "teiwright-fetched" in told) == (
        1,
        True,
        False,
        False,
    )


def test_a_package_is_packed_to_a_url_and_verified_there(store: Any, run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"/>')

    assert run("pack", tmp_path, "-o", "memory://box/made.zip") == (0, "memory://box/made.zip: 1 foreign\n")
    assert store.cat("/box/made.zip").startswith(b"PK")
    assert "memory://box/made.zip: error[TW750]" in run("verify", "memory://box/made.zip")[1]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("memory://box/none.jsonl", "memory://box/none.jsonl: error[TW101] there is nothing at this address"),
        ("nowhere://box/a.jsonl", "nowhere://box/a.jsonl: error[TW102] fsspec knows no such kind of URL"),
    ],
)
@pytest.mark.usefixtures("store")
def test_what_cannot_be_fetched_is_named(address: str, told: str, run: Run) -> None:
    code, said = run("unpack", address)

    assert (code, said.startswith(told)) == (2, True)


def test_without_fsspec_one_is_told_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("fsspec", "fsspec.core"):
        monkeypatch.setitem(sys.modules, name, None)

    code, told = run("unpack", "s3://box/letters.jsonl")

    assert (code, "pip install 'teiwright[remote]'" in told) == (2, True)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("sftp://reader:secret@archive.org/letters.jsonl", "sftp://reader@archive.org/letters.jsonl"),
        ("https://archive.org/letters.jsonl?X-Signature=secret", "https://archive.org/letters.jsonl?…"),
        ("abfs://letters@archive.org/a.jsonl", "abfs://letters@archive.org/a.jsonl"),
    ],
)
def test_of_an_address_nothing_secret_is_told(address: str, told: str) -> None:
    url = place_of(address)

    assert isinstance(url, Url)
    assert (str(url), "secret" in repr(url)) == (told, False)


def test_a_file_url_is_a_path() -> None:
    assert place_of("file:///letters/letter%201.txt") == Path("/letters/letter 1.txt")
    assert place_of("letters/letter.txt") == Path("letters/letter.txt")
