"""What earlier builds did, so that the next one does only what changed.

Small files in ``.teiwright/``, each replaced in one step: a killed build loses at most what it was doing.
Deleting the folder costs one full build and nothing else.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import file_digest, sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.writing import write_whole

_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Memory:
    """What one step made: under which key, which files (relative to the project) with which digests."""

    key: str
    files: Mapping[str, str]
    findings: tuple[Diagnostic, ...] = ()
    figures: Mapping[str, int] = field(default_factory=dict)
    summary: Mapping[str, str] = field(default_factory=dict)

    def holds(self, folder: Path, key: str) -> bool:
        """Whether the step need not be taken again: nothing that it read or wrote has changed."""
        return self.key == key and all(digest_of_file(folder / name) == digest for name, digest in self.files.items())


@contextmanager
def alone(state: Path) -> Iterator[None]:
    """Hold a project for one build; a second one that is started meanwhile gets a finding.

    The lock is the operating system's, so that a killed build does not leave it behind.
    """
    if os.name != "posix":
        yield
        return
    import fcntl  # noqa: PLC0415 (POSIX has it, Windows does not)

    state.mkdir(parents=True, exist_ok=True)
    with (state / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = "another build of this project is running"
            hint = "wait until it has ended, or stop it"
            finding = Diagnostic(Code.BUILD_RUNNING, Location(str(state.parent)), message, hint)
            raise TeiwrightError(finding) from error
        yield


def remember(file: Path, memory: Memory, folder: Path) -> None:
    """Keep a memory for the next build."""
    data = {
        "key": memory.key,
        "files": dict(memory.files),
        "findings": [_packed(finding, folder) for finding in memory.findings],
        "figures": dict(memory.figures),
        "summary": dict(memory.summary),
    }
    write_whole(file, json.dumps(data, indent=1).encode())


def recall(file: Path, folder: Path) -> Memory | None:
    """The memory of an earlier build; none if there is none, or if it cannot be understood."""
    try:
        data = json.loads(file.read_bytes())
        findings = tuple(_unpacked(finding, folder) for finding in data["findings"])
        return Memory(data["key"], data["files"], findings, data["figures"], data["summary"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def key_of(*parts: object) -> str:
    """One digest for all that a step depends on."""
    return sha256("\0".join(map(str, parts)).encode("utf-8", "surrogateescape")).hexdigest()


def digest_of_file(path: Path) -> str:
    """SHA-256 of a file; empty if there is none."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


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


@lru_cache(maxsize=1)
def digest_of_program() -> str:
    """Changes with every change of the program, its schema and its stylesheets."""
    from teiwright.resources import schema_folder, xslt_folder  # noqa: PLC0415 (a short name for two folders)

    printer = "with PDF" if find_spec("typst") else "without PDF"
    return key_of(printer, digest_of_files([_PACKAGE, schema_folder(), xslt_folder()]))


def _packed(finding: Diagnostic, folder: Path) -> dict[str, Any]:
    return {
        "code": finding.code.name,
        "message": finding.message,
        "hint": finding.hint,
        "where": _packed_place(finding.where, folder),
        "related": [_packed_place(place, folder) for place in finding.related],
    }


def _packed_place(place: Location, folder: Path) -> list[Any]:
    # Relative to the project, so that the memory holds wherever the build is started from.
    path = Path(place.path)
    inside = path.is_relative_to(folder)
    name = path.relative_to(folder).as_posix() if inside else place.path
    return [inside, name, place.line, place.column, place.xpath]


def _unpacked(data: dict[str, Any], folder: Path) -> Diagnostic:
    places = [_unpacked_place(place, folder) for place in (data["where"], *data["related"])]
    return Diagnostic(Code[data["code"]], places[0], data["message"], data["hint"], tuple(places[1:]))


def _unpacked_place(data: list[Any], folder: Path) -> Location:
    inside, name, *numbers = data
    return Location(str(folder / name) if inside else name, *numbers)
