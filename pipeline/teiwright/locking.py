"""A project is built by one at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.writing import not_writable


@contextmanager
def alone(folder: Path, name: str = "lock") -> Iterator[TextIO]:
    """Hold a project for one build; a second one that is started meanwhile gets a finding.

    The lock is the operating system's, so that a killed build does not leave it behind. It is held as long as any
    process has the file open, which is what it gives: a worker that was forked has to close it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / name).open("a")
    except OSError as error:
        raise TeiwrightError(not_writable(folder / name, error)) from error
    with lock:
        _hold(lock, folder)
        yield lock


def _hold(lock: TextIO, folder: Path) -> None:
    if os.name != "posix":
        return
    import fcntl  # noqa: PLC0415 (POSIX has it, Windows does not)

    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        message = "another build of this project is running"
        hint = "wait until it has ended, or stop it"
        finding = Diagnostic(Code.BUILD_RUNNING, Location(str(folder.parent)), message, hint)
        raise TeiwrightError(finding) from error
