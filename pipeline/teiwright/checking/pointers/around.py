"""What lies around a document: the files that its pointers may be followed to, and the ids in them.

A file is read only inside the project's folder, since a pointer may come from a stranger, or if the user
named it. There is no network here.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.parsers import expat

_XML_ID = "http://www.w3.org/XML/1998/namespace}id"
_INCLUDE = "http://www.w3.org/2001/XInclude}include"
_LARGEST = 64 * 1024 * 1024
_MOST_PARTS = 10_000


@dataclass(frozen=True, slots=True)
class Around:
    """Where a document lies, and the files and folders that its pointers may be followed to.

    ``wholes`` are files that include this one (XInclude): its pointers may mean what stands elsewhere in them.
    """

    path: Path
    project: Path
    trusted: frozenset[Path] = frozenset()
    wholes: tuple[Path, ...] = ()

    def allows(self, target: Path) -> bool:
        """Whether a file may be looked at; ``target`` is an absolute path without links."""
        return _Fence.around(self.project, self.trusted).allows(str(target))


@dataclass(frozen=True, slots=True)
class _Fence:
    """Folders and files as texts: of thousands of pointers each is compared with them, and paths are slow."""

    named: frozenset[str]
    begins: tuple[str, ...]

    @staticmethod
    @lru_cache(maxsize=64)
    def around(project: Path, trusted: frozenset[Path]) -> _Fence:
        named = frozenset({str(project.resolve()), *map(str, trusted)})
        return _Fence(named, tuple(each.rstrip(os.sep) + os.sep for each in sorted(named)))

    def allows(self, target: str) -> bool:
        return target in self.named or target.startswith(self.begins)


@dataclass(frozen=True, slots=True)
class Contents:
    """The ids in a file, as often as they stand there and each once, and the files that it includes."""

    ids: tuple[str, ...]
    known: frozenset[str]
    includes: tuple[Path, ...]


def contents_of(path: Path) -> Contents | None:
    """What a file holds; ``None`` if it is no XML or not safe to read."""
    try:
        return _contents(path, path.stat().st_mtime_ns)
    except OSError:
        return None


@lru_cache(maxsize=4096)
def _contents(path: Path, _changed: int) -> Contents | None:
    if path.stat().st_size > _LARGEST:
        return None
    ids: list[str] = []
    includes: list[Path] = []
    parser = expat.ParserCreate(namespace_separator="}")

    def start(name: str, attributes: dict[str, str]) -> None:
        if _XML_ID in attributes:
            ids.append(" ".join(attributes[_XML_ID].split()))
        if name == _INCLUDE and attributes.get("parse", "xml") == "xml" and "href" in attributes:
            parts = urlsplit(urljoin(path.as_uri(), attributes["href"].strip()))
            if parts.scheme == "file" and not parts.netloc:
                includes.append(Path(unquote(parts.path)).resolve())

    def refuse(*_: object) -> None:
        raise ValueError("entity declarations are not read")

    parser.StartElementHandler = start
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(path.read_bytes(), True)
    except (OSError, expat.ExpatError, ValueError, LookupError):
        return None
    return Contents(tuple(ids), frozenset(ids), tuple(dict.fromkeys(includes)))


def parts_of(path: Path, around: Around) -> list[Path]:
    """The files that a file includes, and those that these include, as far as they may be looked at."""
    found: dict[Path, None] = {}
    waiting = [path]
    while waiting and len(found) < _MOST_PARTS:
        held = contents_of(waiting.pop())
        for target in held.includes if held else ():
            if target not in found and target != path and around.allows(target) and target.is_file():
                found[target] = None
                waiting.append(target)
    return list(found)


def ids_of(path: Path) -> frozenset[str] | None:
    """The ids in a file; ``None`` if it cannot be read."""
    held = contents_of(path)
    return None if held is None else held.known
