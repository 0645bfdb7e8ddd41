"""The same editions make the same bytes, however they are packed; killed at any moment, nothing is half there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from teiwright.depositing import Contents, Wish, deposit
from teiwright.diagnostics import TeiwrightError

Digests = Callable[[Path], dict[str, str]]
BENCHMARK = Path(__file__).parent.parent.parent / "benchmarks" / "deposit_speed.py"

PACK = """
import os, sys
from pathlib import Path
os.umask(int(sys.argv[3], 8))
sys.path.insert(0, str(Path(sys.argv[4]).parent))
from deposit_speed import deposit_all
deposit_all(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    command = [sys.executable, "-c", "import sys; sys.path.insert(0, sys.argv[1]); import deposit_speed, pathlib;"]
    command[-1] += "deposit_speed.make_documents(pathlib.Path(sys.argv[2]), 7, 2000)"
    subprocess.run([*command, BENCHMARK.parent, tmp_path / "letters"], check=True)
    return tmp_path / "letters"


@pytest.mark.parametrize(
    ("zone", "language", "umask", "seed"),
    [("UTC", "C", "022", "0"), ("Asia/Tokyo", "de_DE.UTF-8", "077", "1"), ("America/St_Johns", "tr_TR", "000", "4242")],
)
def test_time_zone_locale_umask_and_hash_seed_make_no_difference(
    letters: Path, tmp_path: Path, digests: Digests, zone: str, language: str, umask: str, seed: str
) -> None:
    for name, settings in (
        ("one", {"TZ": zone, "LC_ALL": language, "LANG": language, "PYTHONHASHSEED": seed}),
        ("other", {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "7"}),
    ):
        mask = umask if name == "one" else "027"
        command = [sys.executable, "-c", PACK, letters, tmp_path / name / "deposit", mask, BENCHMARK]
        subprocess.run(command, check=True, env={**os.environ, **settings}, cwd=tmp_path if name == "one" else "/")

    assert digests(tmp_path / "one") == digests(tmp_path / "other")
    assert "deposit/letters.zip" in digests(tmp_path / "one")


def test_the_order_of_files_makes_no_difference(contents: Contents, tmp_path: Path, digests: Digests) -> None:
    deposit(contents, tmp_path / "one", Wish(zip=True))
    deposit(replace(contents, files=contents.files[::-1]), tmp_path / "other", Wish(zip=True))

    assert digests(tmp_path / "one") == digests(tmp_path / "other")


def test_where_the_files_lay_makes_no_difference(
    contents: Contents, made: Path, tmp_path: Path, digests: Digests
) -> None:
    deposit(contents, tmp_path / "one")
    moved = made.rename(tmp_path / "moved")
    headers = tuple(replace(each, path=moved / each.path.relative_to(made)) for each in contents.headers)
    files = tuple(
        replace(each, content=moved / each.content.relative_to(made)) if isinstance(each.content, Path) else each
        for each in contents.files
    )
    deposit(replace(contents, headers=headers, files=files), tmp_path / "other")

    assert digests(tmp_path / "one") == digests(tmp_path / "other")


def test_a_second_deposit_takes_the_place_of_the_first(contents: Contents, tmp_path: Path, digests: Digests) -> None:
    deposit(contents, tmp_path / "out/deposit", Wish(zip=True))
    deposit(contents, tmp_path / "out/deposit")

    assert [path.name for path in (tmp_path / "out").iterdir()] == ["deposit"]
    assert "letters.zip" not in digests(tmp_path / "out/deposit")


def test_what_killed_runs_left_is_swept_away(contents: Contents, target: Path) -> None:
    for name in (".teiwright-deposit-deposit-99", ".teiwright-deposit-deposit-98-earlier"):
        (target.parent / name / "letters" / "data").mkdir(parents=True)

    deposit(contents, target)

    assert [path.name for path in target.parent.iterdir()] == ["deposit"]


@pytest.mark.skipif(not hasattr(os, "sync"), reason="the system has no sync(2)")
def test_all_files_are_on_the_disk_before_the_deposit_and_the_store_get_their_names(
    contents: Contents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    rename = Path.rename
    monkeypatch.setattr(os, "sync", lambda: told.append("sync"))
    monkeypatch.setattr(Path, "rename", lambda path, to: (told.append(f"rename to {to.name}"), rename(path, to))[1])

    deposit(contents, tmp_path / "deposit", Wish(ocfl=tmp_path / "store"))

    (version,) = (tmp_path / "store").glob("*/*/*/*")
    for name in (version.name, "deposit"):
        at = told.index(f"rename to {name}")
        assert told[at - 1] == told[at + 1] == "sync"


def test_the_leftovers_of_other_deposits_are_left_alone(contents: Contents, tmp_path: Path) -> None:
    for name in (".teiwright-deposit-de-posit-99", ".teiwright-deposit-de-99-note", ".teiwright-deposit-de[1]-99"):
        (tmp_path / name).mkdir()

    deposit(contents, tmp_path / "de")

    left = {path.name for path in tmp_path.iterdir()} - {"made", "de"}
    assert left == {".teiwright-deposit-de-posit-99", ".teiwright-deposit-de-99-note", ".teiwright-deposit-de[1]-99"}


def test_what_a_killed_run_left_is_swept_away_also_where_the_name_looks_like_a_pattern(
    contents: Contents, tmp_path: Path
) -> None:
    (tmp_path / ".teiwright-deposit-de[1]-99").mkdir()

    deposit(contents, tmp_path / "de[1]")

    assert {path.name for path in tmp_path.iterdir()} == {"made", "de[1]"}


def test_a_deposit_that_a_killed_run_set_aside_is_not_lost_if_the_next_run_fails(
    contents: Contents, made: Path, target: Path, digests: Digests
) -> None:
    before = digests(target)
    target.rename(target.with_name(".teiwright-deposit-deposit-98-earlier"))
    (made / "tei/letter.xml").write_text("<changed/>")

    with pytest.raises(TeiwrightError):
        deposit(contents, target)

    assert digests(target) == before


def test_what_a_killed_run_was_removing_is_not_brought_back(contents: Contents, target: Path) -> None:
    aside = target.rename(target.with_name(".teiwright-deposit-deposit-98-earlier"))
    (aside / "README.md").unlink()

    assert deposit(contents, target).findings == ()

    assert [path.name for path in target.parent.iterdir()] == ["deposit"]
    assert (target / "README.md").is_file()


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")
def test_killed_at_any_moment_the_deposit_is_absent_or_whole() -> None:
    command = [sys.executable, BENCHMARK, "--documents", "150", "--size", "1000", "--kills", "8"]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)

    assert ended.returncode == 0, ended.stderr
    assert "the run after them: whole" in ended.stdout
    assert "beside it is left: nothing" in ended.stdout
