"""Which files an edition is made of, and whether one of them has changed since they were last looked at."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from teiwright.diagnostics import TeiwrightError
from teiwright.project import load_project

Snapshot = Mapping[str, tuple[int, int]]
"""When each file was written, and how long it is."""

_BESIDE = (".txt", ".toml", ".csv")
"""What may lie beside a text and say something of it."""


def watched(file: Path) -> Iterator[Path]:
    """Files and folders on which an edition depends; of a project file that cannot be read, itself alone."""
    yield file
    try:
        project = load_project(file)
        texts = project.texts()
    except TeiwrightError:
        return
    for folder in sorted({text.parent for text in texts}):
        yield from (path for path in sorted(folder.iterdir()) if path.suffix in _BESIDE)
    own = (project.schema, project.fonts, project.stylesheets, project.metadata, project.permalinks)
    yield from (path for path in (project.editions, project.persons, project.places, *own) if path is not None)


def snapshot(*paths: Path) -> Snapshot:
    """All files that are, or lie in, these; links are not followed, so that it ends."""
    found: dict[str, tuple[int, int]] = {}
    for path in paths:
        if path.is_dir():
            for folder, _, names in os.walk(path):
                for name in names:
                    _look(Path(folder, name), found)
        else:
            _look(path, found)
    return found


def _look(path: Path, found: dict[str, tuple[int, int]]) -> None:
    try:
        status = path.stat()
    except OSError:
        return  # gone meanwhile
    found[str(path)] = (status.st_mtime_ns, status.st_size)
