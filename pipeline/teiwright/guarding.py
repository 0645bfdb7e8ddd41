"""One bad file never ends a run: whatever happens with it becomes a finding about it."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError


def guarded(
    path: Path | str, work: Callable[[], Iterable[Diagnostic]], *, debug: bool = False
) -> tuple[Diagnostic, ...]:
    """The findings of ``work`` on one file, whatever happens in it."""
    try:
        return tuple(work())
    except TeiwrightError as error:
        return (error.finding,)
    except Exception as error:  # one bad file never ends the run
        if debug:
            import traceback  # noqa: PLC0415 (only then)

            traceback.print_exception(error)
        return (refused(error, path) or our_bug(path, error),)


_REFUSALS = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.ENAMETOOLONG})
"""What a system answers to a program that did nothing wrong."""


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_PRIMARY = 0xFF
"""The part of an error's number in SQLite that says its kind (sqlite.org/rescode.html)."""


def refused(error: BaseException, path: Path | str) -> Diagnostic | None:
    """The finding about a file that the system keeps from us; none if ``error`` is another.

    ``path`` is where work was going on, as what could not be written does not always have its name in the error.
    """
    if _has_no_space(error):
        where = getattr(error, "filename", None) or path
        hint = "make room, or choose another folder; what was made before is as it was"
        return Diagnostic(Code.NOT_WRITABLE, Location(str(where)), "no space is left on the disk", hint)
    if not (isinstance(error, OSError) and error.errno in _REFUSALS and error.filename):
        return None
    return Diagnostic(
        Code.NOT_READABLE,
        Location(str(error.filename)),
        f"the system refuses it: {(error.strerror or 'unknown reason').lower()}",
        "look at the permissions of the file and of the folders that it is in, and at the free space",
    )


def _has_no_space(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", 0) & _PRIMARY == sqlite3.SQLITE_FULL
    return isinstance(error, OSError) and error.errno in _FULL


def our_bug(path: Path | str, error: BaseException) -> Diagnostic:
    """A failure that is not the user's, as a finding about the file that it happened with."""
    if isinstance(error, MemoryError):
        return too_large(path)
    what = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return Diagnostic(
        Code.OUR_BUG,
        Location(str(path)),
        f"teiwright itself failed here: {what}",
        "run `teiwright --debug …` again and report what it prints together with this file",
    )


def too_large(path: Path | str) -> Diagnostic:
    """Work on one file for which there was not enough memory."""
    return Diagnostic(
        Code.OUR_BUG,
        Location(str(path)),
        "the work on this file wanted more memory than a worker may have",
        "look whether it is one document; if it is, run with fewer workers (`--jobs`), or report it with this file",
    )


def crashed(path: Path | str) -> Diagnostic:
    """A process that ended in the middle of its work on one file."""
    return Diagnostic(
        Code.OUR_BUG,
        Location(str(path)),
        "the process that worked on this file came to a sudden end",
        "look whether memory ran out; else report it together with this file",
    )


def too_slow(path: Path | str) -> Diagnostic:
    """Work on one file that was stopped because it took too long."""
    return Diagnostic(
        Code.OUR_BUG,
        Location(str(path)),
        "the work on this file took longer than any document should, and was stopped",
        "look whether it is one document; if it is, report it together with this file",
    )
