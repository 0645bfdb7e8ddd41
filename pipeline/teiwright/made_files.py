"""The files that a step makes of all documents together: as many as these, so that they are never all in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping

from teiwright.remembered import cooked, raw

_PAGE = 500
"""Rows that are read at a time, so that tables may be written between them."""

MADE = "CREATE TEMP TABLE made (path BLOB PRIMARY KEY, digest TEXT) WITHOUT ROWID;"


class Making:
    """Notes the digests of files that are made, by their paths."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._open = database

    def __setitem__(self, path: str, digest: str) -> None:
        self._open.execute("INSERT OR REPLACE INTO made VALUES (?, ?)", (raw(path), digest))


class FilesOfAll(Mapping[str, str]):
    """The files that a step of all documents made, read when they are asked for."""

    def __init__(self, database: sqlite3.Connection, step: str) -> None:
        self._open, self._step = database, step

    def __getitem__(self, path: str) -> str:
        query = "SELECT digest FROM file WHERE path = ? AND step = ? AND name = x''"
        row = self._open.execute(query, (raw(path), self._step)).fetchone()
        if row is None:
            raise KeyError(path)
        return str(row[0])

    def __iter__(self) -> Iterator[str]:
        query = "SELECT path FROM file WHERE step = ? AND name = x'' AND path > ? ORDER BY path LIMIT ?"
        last = b""
        while rows := self._open.execute(query, (self._step, last, _PAGE)).fetchall():
            yield from (cooked(path) for (path,) in rows)
            last = rows[-1][0]

    def __len__(self) -> int:
        query = "SELECT count(*) FROM file WHERE step = ? AND name = x''"
        return int(self._open.execute(query, (self._step,)).fetchone()[0])
