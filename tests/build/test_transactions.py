"""What is remembered of some documents is written at once, and never by halves."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from teiwright.transactions import in_batches, whole


@pytest.fixture
def notes(tmp_path):
    with closing(sqlite3.connect(tmp_path / "notes.sqlite", isolation_level=None)) as database:
        database.execute("CREATE TABLE letter (name TEXT)")
        yield database


def letters(database: sqlite3.Connection) -> list[str]:
    """Those that another process finds."""
    (_, _, file), *_ = database.execute("PRAGMA database_list")
    with closing(sqlite3.connect(file)) as other:
        return [name for (name,) in other.execute("SELECT name FROM letter ORDER BY name")]


def test_what_was_written_of_all_items_stays(notes):
    for name in in_batches(notes, (f"{number:02}" for number in range(40))):
        with whole(notes):
            notes.execute("INSERT INTO letter VALUES (?)", (name,))
    assert len(letters(notes)) == 40


def test_what_was_written_before_somebody_pressed_ctrl_c_stays(notes):
    def until_the_third():
        yield from ("a", "b")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        for name in in_batches(notes, until_the_third()):
            notes.execute("INSERT INTO letter VALUES (?)", (name,))
    assert letters(notes) == ["a", "b"]


def test_of_what_fails_halfway_nothing_stays(notes):
    def kept(name: str) -> None:
        with whole(notes):
            notes.execute("INSERT INTO letter VALUES (?)", (name,))
            notes.execute("INSERT INTO nowhere VALUES (?)", (name,))

    with pytest.raises(sqlite3.OperationalError):
        for name in in_batches(notes, ["a"]):
            kept(name)
    assert letters(notes) == []
