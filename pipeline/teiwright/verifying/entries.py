"""A package as a stream: what is in it, and the bytes of each file, whether it is a folder, a zip or a tar."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Protocol

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError

CHUNK = 1 << 18


class Kind(Enum):
    """What stands under a name."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    SPECIAL = "special"


class Entry(NamedTuple):
    """One thing in a package. ``size`` is what is declared, ``about`` says more of a link or a special file."""

    path: str
    kind: Kind
    size: int = 0
    about: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Beyond which a package is not read, because no deposit needs it."""

    entries: int = 2_000_000
    ratio: int = 200
    """Of unpacked to packed bytes; TEI has about 10, and deflate cannot exceed 1032."""
    grace: int = 16 << 20
    """Unpacked bytes that are free: small files of blanks pack very well."""
    description: int = 256 << 20
    descriptions: int = 1 << 30
    depth: int = 64

    def bursts(self, packed: int, unpacked: int) -> bool:
        """Whether so many bytes out of so few are a bomb."""
        return unpacked > self.grace + self.ratio * packed


class Package(Protocol):
    """A folder, a zip or a tar. Paths have ``/`` between their parts and are relative to the package."""

    @property
    def path(self) -> Path:
        """Where it is."""

    @property
    def serialization(self) -> str | None:
        """Its media type if it is one file, as BagIt profiles name it."""

    def entries(self) -> Iterator[Entry | Diagnostic]:
        """All that is in it, and what is wrong with how it is packed."""

    def contents(self, wanted: Collection[str]) -> Iterator[tuple[str, Iterator[bytes]]]:
        """The bytes of the wanted files, in the order in which they are stored.

        Each must be read before the next is asked for. ``TeiwrightError`` while reading concerns this file alone.
        """


@dataclass(frozen=True)
class Listing:
    """The files of a package by path, and its folders, without what must not be read."""

    files: Mapping[str, Entry]
    folders: frozenset[str]

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.files)

    def below(self, folder: str) -> list[str]:
        """The files in a folder and its folders; ``folder`` ends in ``/`` or is empty, which means all."""
        begin = bisect_left(self._sorted, folder)
        end = bisect_left(self._sorted, folder[:-1] + "0") if folder else len(self._sorted)  # `0` follows `/`
        return self._sorted[begin:end]

    @cached_property
    def _sorted_folders(self) -> list[str]:
        return sorted(self.folders)

    def empty_folders(self, folder: str) -> list[str]:
        """The folders below ``folder`` in which there is no file, at whatever depth."""
        begin = bisect_left(self._sorted_folders, folder)
        end = bisect_left(self._sorted_folders, folder[:-1] + "0") if folder else len(self._sorted_folders)
        return [each for each in self._sorted_folders[begin:end] if not self.below(f"{each}/")]

    def children(self, folder: str) -> tuple[list[str], list[str]]:
        """The names of the files and of the folders that stand in a folder itself."""
        depth = len(folder)
        names = [path[depth:] for path in self.below(folder)]
        folders = {name.partition("/")[0] for name in names if "/" in name}
        folders |= {path[depth:] for path in self._folders_by_parent.get(folder, ())}
        return [name for name in names if "/" not in name], sorted(folders)

    @cached_property
    def _folders_by_parent(self) -> dict[str, list[str]]:
        parents: dict[str, list[str]] = {}
        for path in self.folders:
            head, slash, _ = path.rpartition("/")
            parents.setdefault(head + slash, []).append(path)
        return parents

    def has_folder(self, path: str) -> bool:
        """Whether there is such a folder; ``path`` has no ``/`` at its end."""
        return path in self.folders


def listing_of(entries: Iterable[Entry]) -> Listing:
    """Files and folders; the folders above each file are there, too, though no archive need name them."""
    files: dict[str, Entry] = {}
    folders: set[str] = set()
    for entry in entries:
        if entry.kind is Kind.FILE:
            files[entry.path] = entry
            above = entry.path.rpartition("/")[0]
        else:
            above = entry.path
        while above and above not in folders:
            folders.add(above)
            above = above.rpartition("/")[0]
    return Listing(files, frozenset(folders))


def refusal(code: Code, path: str, message: str, hint: str | None = None, line: int = 0) -> TeiwrightError:
    """An error about a path in the package."""
    return TeiwrightError(Diagnostic(code, Location(path, line), message, hint))
