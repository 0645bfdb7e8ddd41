"""The record of a folder of very many files (see ``writing``), on disk and not in memory."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, MutableMapping
from itertools import starmap
from pathlib import Path

from teiwright.rows import rows_of
from teiwright.writing import RECORD, fill_record, record_line, write_lines_if_changed


class Record(MutableMapping[str, str]):
    """Name and digest of each file that teiwright last wrote in ``folder``, in the order of names.

    It lies in a temporary file of SQLite, which keeps some megabytes of it in memory, whatever their number.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open = sqlite3.connect("", isolation_level=None)
        self._open.executescript(
            "PRAGMA journal_mode = OFF; CREATE TABLE file (name BLOB PRIMARY KEY, digest BLOB) WITHOUT ROWID;"
        )
        fill_record(self, folder)

    def __getitem__(self, name: str) -> str:
        row = self._open.execute("SELECT digest FROM file WHERE name = ?", (os.fsencode(name),)).fetchone()
        if row is None:
            raise KeyError(name)
        return bytes.hex(row[0])

    def __setitem__(self, name: str, digest: str) -> None:
        row = (os.fsencode(name), bytes.fromhex(digest))
        self._open.execute("INSERT OR REPLACE INTO file VALUES (?, ?)", row)

    def setdefault(self, name: str, digest: str) -> str:
        """The digest of a name; of one that is new, this one from now on."""
        row = (os.fsencode(name), bytes.fromhex(digest))
        is_new = self._open.execute("INSERT OR IGNORE INTO file VALUES (?, ?)", row).rowcount
        return digest if is_new else self[name]

    def __delitem__(self, name: str) -> None:
        if not self._open.execute("DELETE FROM file WHERE name = ?", (os.fsencode(name),)).rowcount:
            raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self.entries())

    def __len__(self) -> int:
        return int(self._open.execute("SELECT count(*) FROM file").fetchone()[0])

    def entries(self) -> Iterator[tuple[str, str]]:
        """Names with their digests; what is taken from the record meanwhile may come or not."""
        query = "SELECT name, digest FROM file WHERE name > ? ORDER BY name LIMIT ?"
        return ((os.fsdecode(name), bytes.hex(digest)) for name, digest in rows_of(self._open, query))

    def write(self) -> None:
        """Put it into the folder; no file for an empty one."""
        if self:
            write_lines_if_changed(self._folder / RECORD, lambda: starmap(record_line, self.entries()))

    def close(self) -> None:
        """Let go of the temporary file."""
        self._open.close()
