"""Which files a run is about: files, folders with all that is in them, patterns, standard input."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from teiwright.diagnostics import Code, Diagnostic, Location

STANDARD_INPUT = Path("-")
_SUFFIXES = frozenset({".xml", ".tei"})
_PATTERN = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files, each once and in order; the folders that were named; and what was wrong with an argument."""

    files: tuple[Path, ...]
    folders: tuple[Path, ...] = ()
    findings: tuple[Diagnostic, ...] = ()


def gather(arguments: Iterable[Path], exclude: Sequence[str] = (), output: Path | None = None) -> Inputs:
    """Find the files. ``exclude`` are patterns of paths; ``output`` is a folder whose files are copies of others."""
    files: dict[Path, None] = {}
    folders: list[Path] = []
    findings: list[Diagnostic] = []
    for argument in arguments:
        if argument.is_dir():
            folders.append(argument)
            found = [path for path in _inside(argument, output, findings) if not _is_excluded(path, exclude)]
            if not found:
                findings.append(_nothing(argument, "no TEI file (`*.xml`, `*.tei`) in this folder"))
            files.update(dict.fromkeys(found))
        elif _PATTERN & set(str(argument)) and not argument.exists():
            found = [path for path in _matching(argument) if not _is_excluded(path, exclude)]
            if not found:
                findings.append(_nothing(argument, "no file matches this pattern"))
            files.update(dict.fromkeys(found))
        else:
            files[argument] = None
    return Inputs(tuple(files), tuple(folders), tuple(findings))


def real_places(paths: Iterable[Path]) -> list[str]:
    """Absolute and without links. The links of a folder are followed once for all its files."""
    folders: dict[Path, str] = {}
    places: list[str] = []
    for path in paths:
        folder = folders.get(path.parent)
        if folder is None:
            folder = folders[path.parent] = str(path.parent.resolve())
        place = os.path.join(folder, path.name)  # noqa: PTH118 (a tenth of the time that Path takes)
        is_plain = path.name not in {"", ".."} and not os.path.islink(place)  # noqa: PTH114 (the same)
        places.append(place if is_plain else str(path.resolve()))
    return places


def _nothing(argument: Path, message: str) -> Diagnostic:
    hint = "look for a typing error, or at what is excluded"
    return Diagnostic(Code.NO_SOURCES, Location(str(argument)), message, hint)


def _is_excluded(path: Path, exclude: Sequence[str]) -> bool:
    name = path.as_posix()
    return any(fnmatch(name, pattern) or fnmatch(path.name, pattern) for pattern in exclude)


def _inside(folder: Path, output: Path | None, findings: list[Diagnostic]) -> Iterator[Path]:
    """Files in all folders below; hidden ones are passed over."""

    def refused(error: OSError) -> None:
        why = (error.strerror or "unknown reason").lower()
        where, message = Location(str(error.filename)), f"the folder cannot be read: {why}"
        findings.append(Diagnostic(Code.NOT_READABLE, where, message, "look at its permissions"))

    passed = output.resolve() if output else None
    for root, names, files in os.walk(folder, onerror=refused):
        here = Path(root)
        names[:] = sorted(name for name in names if not name.startswith(".") and (here / name).resolve() != passed)
        for name in sorted(files):
            if Path(name).suffix in _SUFFIXES and not name.startswith("."):
                yield here / name


def _matching(pattern: Path) -> list[Path]:
    base = Path(pattern.anchor) if pattern.is_absolute() else Path()
    try:
        return sorted(path for path in base.glob(str(pattern.relative_to(pattern.anchor))) if path.is_file())
    except (ValueError, NotImplementedError):
        return []
