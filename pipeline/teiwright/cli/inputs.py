"""Which files the arguments of a command name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.parallel import default_jobs

Relabel = Callable[[Diagnostic], Diagnostic]

_WORTH_PROCESSES = 2_000_000
"""Bytes from which on several processes are faster than one, as each takes a second to start."""


def size_of(file: Path) -> int:
    """Its bytes; none of what is no file."""
    return file.stat().st_size if file.is_file() else 0


def jobs_for(files: Iterable[Path]) -> int:
    """How many processes files are worth, if nobody said.

    A file by itself needs none; several are safe from a bad one among them if there is one process.
    """
    sizes = [path.stat().st_size for path in files if path.is_file()]
    return 0 if len(sizes) < 2 else default_jobs() if sum(sizes) > _WORTH_PROCESSES else 1


@contextmanager
def unpacked(arguments: Iterable[Path]) -> Iterator[tuple[list[Path], list[Diagnostic], Relabel]]:
    """The arguments, in place of files of many texts a folder with these; and how findings speak of them."""
    from teiwright.bulk.forms import form_of

    with ExitStack() as stack:
        paths: list[Path] = []
        findings: list[Diagnostic] = []
        sources: dict[str, Path] = {}
        for argument in arguments:
            if form_of(argument) is None or argument.is_dir():
                paths.append(argument)
                continue
            import tempfile

            from teiwright.bulk.unpacking import unpack

            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="teiwright-texts-")))
            findings += unpack(argument, folder)
            sources[str(folder)] = argument
            paths.append(folder)
        yield paths, findings, partial(_relabelled, sources)


def _relabelled(sources: Mapping[str, Path], finding: Diagnostic) -> Diagnostic:
    """A finding about a text of a file of many, which says so in place of where it was unpacked."""
    first, *others = (_moved(sources, place) for place in (finding.where, *finding.related))
    return replace(finding, where=first, related=tuple(others))


def _moved(sources: Mapping[str, Path], place: Location) -> Location:
    folder = next((folder for folder in sources if place.path.startswith(folder)), None)
    return place if folder is None else replace(place, path=f"{sources[folder]}{place.path[len(folder) :]}")


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
