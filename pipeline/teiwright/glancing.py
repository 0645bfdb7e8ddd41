"""Digests of files, of which one that lies as it lay when it was last read is not read again.

As git's index does, it goes by size, times and inode. A file that was touched since the build began might be changed
again within the same tick of the clock; what was found of it is not written down.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from stat import S_ISREG

from teiwright.digests import digest_of_file

TABLE = "CREATE TABLE glance (path BLOB PRIMARY KEY, lies TEXT, digest TEXT) WITHOUT ROWID;"


class Glances:
    """Digests of the files of a project, by their paths in it; an empty one of what is no file.

    ``clock`` is a file beside them that may be touched: its file system tells the time.
    """

    def __init__(self, database: sqlite3.Connection, folder: Path, clock: Path) -> None:
        self._database, self._folder, self._clock = database, os.fspath(folder), clock
        self._began: int | None = None  # who only reads what was remembered may not be allowed to touch the clock
        self._expected: dict[bytes, tuple[str, str]] = {}

    def __call__(self, name: str) -> str:
        """The digest of a file."""
        if self._began is None:
            self._began = _now(self._clock)
        path = f"{self._folder}/{name}"
        if not os.access(path, os.F_OK):  # most texts have no sidecar; an exception takes three times as long
            return ""
        try:
            found = os.stat(path)  # noqa: PTH116 (thousands of times, and a path takes five times as long)
        except OSError:
            return ""
        if not S_ISREG(found.st_mode):
            return digest_of_file(Path(path))
        lies = f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"
        key = os.fsencode(name)
        known = self._expected.get(key) or self._noted(key)
        if known and known[0] == lies:
            return known[1]
        digest = digest_of_file(Path(path))
        if digest and max(found.st_mtime_ns, found.st_ctime_ns) < self._began:
            self._database.execute("INSERT OR REPLACE INTO glance VALUES (?, ?, ?)", (key, lies, digest))
        return digest

    def _noted(self, path: bytes) -> tuple[str, str] | None:
        query = "SELECT lies, digest FROM glance WHERE path = ?"
        found: tuple[str, str] | None = self._database.execute(query, (path,)).fetchone()
        return found

    def expect(self, noted: Iterable[tuple[bytes, str, str]]) -> None:
        """What was noted of files that are asked for next (path, how it lay, digest), so that this takes no query.

        It can't lead astray if it is out of date: no file lies again as it lay when it was another.
        """
        self._expected = {path: (lies, digest) for path, lies, digest in noted}

    def note(self, names: Iterable[str]) -> None:
        """Look at files that were just made, so that they need not be read by the next build."""
        self._began = _now(self._clock)
        for name in names:
            self(name)


def _now(clock: Path) -> int:
    os.utime(clock)
    return clock.stat().st_ctime_ns if os.name == "posix" else clock.stat().st_mtime_ns
