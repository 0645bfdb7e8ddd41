"""Digests of files, of folders and of the program itself: by these a build knows what has changed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import file_digest, sha256
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def key_of(*parts: object) -> str:
    """One digest for all that a step depends on."""
    return sha256("\0".join(map(str, parts)).encode("utf-8", "surrogateescape")).hexdigest()


def key_of_all(parts: Iterable[object]) -> str:
    """The same of more parts than memory should hold."""
    digest, rest, before = sha256(), iter(parts), b""
    while some := list(islice(rest, _AT_ONCE)):
        digest.update(before + "\0".join(map(str, some)).encode("utf-8", "surrogateescape"))
        before = b"\0"
    return digest.hexdigest()


_AT_ONCE = 1_000


def digest_of_file(path: Path) -> str:
    """SHA-256 of a file; empty if there is none."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 (thousands of times, and a path takes longer)
            start = file.read(_SHORT)
            if len(start) < _SHORT:
                return sha256(start).hexdigest()
            file.seek(0)
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


_SHORT = 100_000
"""Of files up to so many bytes to set up the reading of long ones takes longer than to read them."""


def state_of_file(path: Path) -> str:
    """Changes with size or time of a file that may be too large to be read at each build; empty if there is none."""
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{found.st_size} {found.st_mtime_ns}"


def digest_of_files(paths: Iterable[Path]) -> str:
    """One digest for many files, folders among them, and their names; wherever they lie."""
    return key_of(*(f"{file.relative_to(root)}:{digest_of_file(file)}" for root, file in _files(paths)))


def _files(paths: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    for path in paths:
        if path.is_dir():
            inside = (file for file in sorted(path.rglob("*")) if file.suffix != ".pyc" and file.is_file())
            yield from ((path, file) for file in inside)
        else:
            yield path.parent, path


def stamp_of_program() -> str:
    """Changes with the size or time of any file of the program: a hundred times as fast as its digest."""
    from teiwright.resources import schema_folder, xslt_folder  # noqa: PLC0415 (a short name for two folders)

    parts: list[object] = [sys.version]
    for folder in (_PACKAGE, schema_folder(), xslt_folder()):
        waiting = [str(folder)]
        while waiting:
            with os.scandir(waiting.pop()) as entries:
                for entry in sorted(entries, key=lambda each: each.name):
                    if entry.is_dir():
                        if entry.name != "__pycache__":
                            waiting.append(entry.path)
                        continue
                    found = entry.stat()
                    parts += (entry.path, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    return key_of(*parts)


@lru_cache(maxsize=1)
def digest_of_program() -> str:
    """Changes with every change of the program, its schema and its stylesheets."""
    from teiwright.resources import schema_folder, xslt_folder  # noqa: PLC0415 (a short name for two folders)

    printer = "with PDF" if find_spec("typst") else "without PDF"
    return key_of(printer, digest_of_files([_PACKAGE, schema_folder(), xslt_folder()]))
