"""Which files the arguments of a command name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.parallel import default_jobs

_WORTH_PROCESSES = 2_000_000
"""Bytes from which on several processes are faster than one, as each takes a second to start."""


def jobs_for(files: Iterable[Path]) -> int:
    """How many processes files are worth, if nobody said; few files need none."""
    size = sum(path.stat().st_size for path in files if path.is_file())
    return default_jobs() if size > _WORTH_PROCESSES else 0


def expand(arguments: Iterable[Path], suffixes: tuple[str, ...]) -> tuple[list[Path], list[Diagnostic]]:
    """The files that are named, and those in the folders that are named; and what was wrong with a folder."""
    files: dict[Path, None] = {}
    findings = []
    for argument in arguments:
        try:
            files.update(dict.fromkeys(_inside(argument, suffixes) if argument.is_dir() else [argument]))
        except TeiwrightError as error:
            findings.append(error.finding)
    return list(files), findings


def _inside(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix in suffixes and path.is_file())
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        finding = Diagnostic(
            Code.NOT_READABLE,
            Location(str(folder)),
            f"the folder cannot be read: {why}",
            "look at its permissions",
        )
        raise TeiwrightError(finding) from error
    if not found:
        kinds = " or ".join(f"`*{suffix}`" for suffix in suffixes)
        raise TeiwrightError(
            Diagnostic(
                Code.NO_SOURCES,
                Location(str(folder)),
                f"no {kinds} file in this folder",
                "name another folder",
            )
        )
    return found


def without_clashes(files: Iterable[Path], findings: list[Diagnostic]) -> Iterator[Path]:
    """The files whose results have names of their own; the others become findings."""
    from teiwright.project import same_name

    taken: dict[str, Path] = {}
    for path in files:
        other = taken.setdefault(path.stem.casefold(), path)
        if other is path:
            yield path
        else:
            findings.append(same_name(other, path))
