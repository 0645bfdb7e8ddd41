"""What a step of the collection wrote down while it worked, so that the next time it looks only at what has changed.

A notebook is a SQLite file. It may be lost at any time: a step that finds an empty one makes everything anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from teiwright.digests import key_of
from teiwright.extracted import Shelf

_MADE = """
CREATE TABLE IF NOT EXISTS made (path TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID;
CREATE TEMP TABLE now (path TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_NUMBERED = "CREATE TABLE IF NOT EXISTS seen (number INTEGER PRIMARY KEY, digest TEXT);"


@contextmanager
def notebook(file: Path | None, tables: str) -> Iterator[sqlite3.Connection]:
    """Open a notebook with these ``tables``; what is written stays if all went well, and else none of it.

    Without a ``file`` it is for this once, in a temporary folder.
    """
    with TemporaryDirectory(prefix="teiwright-") as folder, closing(_opened(file, Path(folder))) as database:
        database.executescript(f"BEGIN; {_NUMBERED} {_MADE} {tables}")
        yield database
        database.execute("COMMIT")


def _opened(file: Path | None, folder: Path) -> sqlite3.Connection:
    database = sqlite3.connect(file or folder / "notes.sqlite", isolation_level=None)
    # What a killed run leaves is undone by the journal; nobody needs that of a temporary file.
    safety = ("journal_mode = DELETE", "synchronous = NORMAL") if file else ("journal_mode = OFF", "synchronous = OFF")
    for setting in (*safety, "cache_size = -64000", "temp_store = FILE"):
        database.execute(f"PRAGMA {setting}")
    return database


class Numbers(Collection[int]):
    """Numbers of documents in their order, with a bit for each that there may be."""

    def __init__(self, numbers: Iterable[int] = ()) -> None:
        self._bits = bytearray()
        self._count = 0
        for number in numbers:
            self._bits.extend(bytes(max(0, number // 8 + 1 - len(self._bits))))
            self._count += number not in self
            self._bits[number // 8] |= 1 << number % 8

    def __contains__(self, number: object) -> bool:
        return (
            isinstance(number, int)
            and number // 8 < len(self._bits)
            and bool(self._bits[number // 8] >> number % 8 & 1)
        )

    def __iter__(self) -> Iterator[int]:
        return (number for number in range(8 * len(self._bits)) if number in self)

    def __len__(self) -> int:
        return self._count


def renewed(database: sqlite3.Connection, shelf: Shelf) -> Numbers:
    """The numbers of the documents that are others than when this was last asked, or that are gone."""
    database.execute("CREATE TEMP TABLE IF NOT EXISTS seen_now (number INTEGER PRIMARY KEY, digest TEXT)")
    database.execute("DELETE FROM seen_now")
    database.executemany("INSERT INTO seen_now VALUES (?, ?)", enumerate(shelf.digests()))
    others = """SELECT number FROM seen_now LEFT JOIN seen USING (number) WHERE seen.digest IS NOT seen_now.digest
        UNION ALL SELECT number FROM seen WHERE number NOT IN (SELECT number FROM seen_now)"""
    changed = Numbers(number for (number,) in database.execute(others))
    remove(database, "seen", changed)
    rows = "SELECT number, digest FROM seen_now WHERE number NOT IN (SELECT number FROM seen)"
    database.execute(f"INSERT INTO seen {rows}")
    return changed


def remove(database: sqlite3.Connection, table: str, numbers: Iterable[int], column: str = "number") -> None:
    """Remove what was written down of some documents."""
    rows = ((number,) for number in numbers)
    database.executemany(f"DELETE FROM {table} WHERE {column} = ?", rows)  # noqa: S608 (names of ours)


def is_as_before(database: sqlite3.Connection, path: str, *facts: object) -> bool:
    """Whether a file is made of the same facts as the last time; from now on of these."""
    digest = key_of(*facts)
    before = database.execute("SELECT digest FROM made WHERE path = ?", (path,)).fetchone()
    if before != (digest,):
        database.execute("INSERT OR REPLACE INTO made VALUES (?, ?)", (path, digest))
    database.execute("INSERT OR IGNORE INTO now VALUES (?)", (path,))
    return bool(before == (digest,))


def forget_others(database: sqlite3.Connection) -> None:
    """Forget of what files were made about which this was not asked."""
    database.execute("DELETE FROM made WHERE path NOT IN now")
