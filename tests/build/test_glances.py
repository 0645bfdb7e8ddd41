"""A file that lies as it lay is not read again; one that may have changed is."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from teiwright import glancing
from teiwright.digests import digest_of_file
from teiwright.glancing import TABLE, Glances

LONG_AFTER, LONG_BEFORE = 1 << 62, 0


@pytest.fixture
def glances(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A build that begins long after, or long before, the files in its folder were touched; and what it reads."""
    database, clock, read = sqlite3.connect(":memory:"), tmp_path / "clock", []
    database.execute(TABLE)
    clock.touch()

    def digest(path: Path) -> str:
        read.append(path.name)
        return digest_of_file(path)

    def begun(now: int):
        monkeypatch.setattr(glancing, "_now", lambda _: now)
        return Glances(database, tmp_path, clock), read

    monkeypatch.setattr(glancing, "digest_of_file", digest)
    return begun


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text("A word.")
    return path


def test_a_file_that_lies_as_it_lay_is_read_once(glances, letter):
    for _ in range(2):
        digest_of, read = glances(LONG_AFTER)
        assert digest_of("letter.txt") == digest_of_file(letter)
    assert read == ["letter.txt"]


def test_a_file_that_another_of_the_same_size_and_time_took_the_place_of_is_read(glances, letter, tmp_path):
    digest_of, _ = glances(LONG_AFTER)
    before = digest_of("letter.txt")
    (tmp_path / "other").write_text("A ward.")
    shutil.copystat(letter, tmp_path / "other")
    (tmp_path / "other").replace(letter)

    assert digest_of("letter.txt") == digest_of_file(letter) != before


def test_a_file_that_was_touched_since_the_build_began_is_read_each_time(glances, letter):
    digest_of, read = glances(LONG_BEFORE)
    digest_of(letter.name)
    digest_of(letter.name)
    assert read == ["letter.txt"] * 2


def test_files_that_a_build_made_are_looked_at_when_it_ends(glances, letter):
    digest_of, read = glances(LONG_BEFORE)
    glances(LONG_AFTER)
    digest_of.note([letter.name])
    digest_of(letter.name)
    assert read == ["letter.txt"]


def test_what_is_no_file_has_no_digest(glances, tmp_path):
    (tmp_path / "folder").mkdir()
    digest_of, _ = glances(LONG_AFTER)
    assert (digest_of("folder"), digest_of("none.txt"), digest_of("")) == ("", "", "")


def test_a_file_that_changed_since_a_note_of_it_was_taken_along_is_read(glances, letter):
    digest_of, read = glances(LONG_AFTER)
    before = digest_of("letter.txt")
    (noted,) = digest_of._database.execute("SELECT * FROM glance").fetchall()

    digest_of.expect([noted])
    letter.write_text("Another word.")

    assert digest_of("letter.txt") == digest_of_file(letter) != before
    assert read == ["letter.txt"] * 2
