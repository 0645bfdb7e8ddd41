"""The files that a step makes of all documents together: as many as these, so that they are never all in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import ItemsView, Iterator, Mapping

from teiwright.glancing import Glances
from teiwright.remembered import cooked, raw
from teiwright.rows import marks, pages_of, rows_of

MADE = "CREATE TEMP TABLE made (path BLOB PRIMARY KEY, digest TEXT) WITHOUT ROWID;"


class Making:
    """Notes the digests of files that are made, by their paths."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._open = database

    def update(self, digests: Mapping[str, str]) -> None:
        """Note some."""
        rows = ((raw(path), digest) for path, digest in digests.items())
        self._open.executemany("INSERT OR REPLACE INTO made VALUES (?, ?)", rows)


class FilesOfAll(Mapping[str, str]):
    """The files that a step of all documents made, read when they are asked for."""

    def __init__(self, database: sqlite3.Connection, glances: Glances, step: str) -> None:
        self._open, self._glances, self._step = database, glances, step

    def __getitem__(self, path: str) -> str:
        query = "SELECT digest FROM file WHERE path = ? AND step = ? AND name = x''"
        row = self._open.execute(query, (raw(path), self._step)).fetchone()
        if row is None:
            raise KeyError(path)
        return str(row[0])

    def __iter__(self) -> Iterator[str]:
        query = "SELECT path FROM file WHERE step = ? AND name = x'' AND path > ? ORDER BY path LIMIT ?"
        return (cooked(path) for (path,) in rows_of(self._open, query, self._step))

    def items(self) -> ItemsView[str, str]:
        """Paths with their digests; what was noted of how they lie is read with them."""
        return _Digests(self)

    def each(self) -> Iterator[tuple[str, str]]:
        """The same, one by one."""
        query = """SELECT path, file.digest, lies, glance.digest FROM file LEFT JOIN glance USING (path)
            WHERE step = ? AND name = x'' AND path > ? ORDER BY path LIMIT ?"""
        for rows in pages_of(self._open, query, self._step):
            self._glances.expect((path, lies, digest) for path, _, lies, digest in rows if lies)
            yield from ((cooked(path), digest) for path, digest, _, _ in rows)

    def as_made(self, paths: tuple[str, ...]) -> dict[str, str]:
        """Those of some that are as they were made, with their digests."""
        query = f"""SELECT path, file.digest, lies, glance.digest FROM file LEFT JOIN glance USING (path)
            WHERE step = ? AND name = x'' AND path IN {marks(paths)}"""  # noqa: S608 (marks alone)
        rows = self._open.execute(query, (self._step, *map(raw, paths))).fetchall()
        self._glances.expect((path, lies, noted) for path, _, lies, noted in rows if lies)
        made = ((cooked(path), digest) for path, digest, _, _ in rows)
        return {path: digest for path, digest in made if self._glances(path) == digest}

    def __len__(self) -> int:
        query = "SELECT count(*) FROM file WHERE step = ? AND name = x''"
        return int(self._open.execute(query, (self._step,)).fetchone()[0])


class _Digests(ItemsView[str, str]):
    def __init__(self, files: FilesOfAll) -> None:
        super().__init__(files)
        self._files = files

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return self._files.each()
