"""A package that is a folder; no link in it is followed, also none that is put there while it is read."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Collection, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.verifying.entries import CHUNK, Entry, Kind, Limits, refusal

_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_FILE = os.O_RDONLY | _NO_FOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_FOLDER = os.O_RDONLY | _NO_FOLLOW | getattr(os, "O_DIRECTORY", 0)
_BY_DESCRIPTOR = os.open in os.supports_dir_fd


@dataclass(frozen=True)
class FolderPackage:
    """A folder and all below it."""

    path: Path
    limits: Limits
    serialization: None = None

    def entries(self) -> Iterator[Entry | Diagnostic]:
        """In the order of names; a file with other names outside the folder (hard links) is told."""
        names: Counter[tuple[int, int]] = Counter()
        shared: dict[str, os.stat_result] = {}
        for found in self._walk(""):
            if isinstance(found, Diagnostic):
                yield found
                continue
            path, status = found
            entry = _entry(path, status, self.path)
            yield entry
            if entry.kind is Kind.FILE:
                names[status.st_dev, status.st_ino] += 1
                if status.st_nlink > 1:
                    shared[path] = status
                yield from self._sparse(path, status)
        for path, status in shared.items():
            if status.st_nlink > names[status.st_dev, status.st_ino]:
                message = "the file has another name outside the package (a hard link), through which it can change"
                yield Diagnostic(Code.SHARED_FILE, Location(path), message, "make a copy of the package for keeping")

    def _walk(self, above: str) -> Iterator[tuple[str, os.stat_result] | Diagnostic]:
        folder = self.path / above if above else self.path
        try:
            with os.scandir(folder) as found:
                names = sorted(found, key=lambda each: os.fsencode(each.name))
        except OSError as error:
            yield _unreadable(above, error)
            return
        for each in names:
            path = f"{above}/{each.name}" if above else each.name
            status = each.stat(follow_symlinks=False)
            yield path, status
            if stat.S_ISDIR(status.st_mode) and path.count("/") < self.limits.depth:  # deeper ones are found by name
                yield from self._walk(path)

    def _sparse(self, path: str, status: os.stat_result) -> Iterator[Diagnostic]:
        stored = getattr(status, "st_blocks", status.st_size // 512 + 1) * 512
        if self.limits.bursts(stored, status.st_size):
            message = f"the file claims {status.st_size:,} bytes, of which the disk holds {stored:,}"
            yield Diagnostic(Code.ARCHIVE_BOMB, Location(path), message, "look at who made the package, and why")

    def contents(self, wanted: Collection[str]) -> Iterator[tuple[str, Iterator[bytes]]]:
        """In the order of folders; each is opened from the top, so that no link can be put in between."""
        pairs = sorted((path.rpartition("/")[::2] for path in wanted), key=lambda pair: (pair[0], pair[1]))
        for above, group in groupby(pairs, key=lambda pair: pair[0]):
            with _opened(self.path, above) as descriptor:
                for _, name in group:
                    path = f"{above}/{name}" if above else name
                    with closing(_chunks(descriptor, self.path, path, name)) as chunks:
                        yield path, chunks


@contextmanager
def _opened(root: Path, above: str) -> Iterator[int | None]:
    """A descriptor of the folder ``above``, or ``None`` where the system has none."""
    if not _BY_DESCRIPTOR:
        yield None
        return
    try:
        descriptor = os.open(root, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        for part in above.split("/") if above else ():
            below = os.open(part, _FOLDER, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = below
    except OSError as error:
        os.close(descriptor)
        why = (error.strerror or "unknown reason").lower()
        raise refusal(Code.NOT_READABLE, above, f"the folder cannot be read: {why}") from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _chunks(folder: int | None, root: Path, path: str, name: str) -> Generator[bytes, None, None]:
    try:
        descriptor = os.open(root / path, _FILE) if folder is None else os.open(name, _FILE, dir_fd=folder)
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        raise refusal(Code.NOT_READABLE, path, f"the file cannot be read: {why}", "look at its permissions") from error
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise refusal(Code.SPECIAL_FILE, path, "it was a file when the folder was listed, and is none any more")
        while chunk := os.read(descriptor, CHUNK):
            yield chunk
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        raise refusal(Code.NOT_READABLE, path, f"the file cannot be read to its end: {why}") from error
    finally:
        os.close(descriptor)


def _entry(path: str, status: os.stat_result, root: Path) -> Entry:
    mode = status.st_mode
    if stat.S_ISREG(mode):
        return Entry(path, Kind.FILE, status.st_size)
    if stat.S_ISDIR(mode):
        return Entry(path, Kind.FOLDER)
    if stat.S_ISLNK(mode):
        return Entry(path, Kind.LINK, 0, f"a symbolic link to `{(root / path).readlink()}`")
    names = {stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}
    return Entry(path, Kind.SPECIAL, 0, names.get(stat.S_IFMT(mode), "no file"))


def _unreadable(path: str, error: OSError) -> Diagnostic:
    why = (error.strerror or "unknown reason").lower()
    hint = "look at its permissions"
    return Diagnostic(Code.NOT_READABLE, Location(path), f"the folder cannot be read: {why}", hint)
