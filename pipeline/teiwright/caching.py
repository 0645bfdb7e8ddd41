"""The folder where results are kept from run to run: our own alone, and safe to delete.

``$TEIWRIGHT_CACHE``, else ``teiwright`` in ``$XDG_CACHE_HOME`` or where the system keeps such things
(XDG Base Directory Specification). A folder that belongs to somebody else, or that others may write to,
is not used: what lies there could be made by anybody.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from teiwright.diagnostics import TeiwrightError
from teiwright.writing import write_whole


def cache_folder(name: str) -> Path | None:
    """A folder for one kind of thing; ``None`` if there can be none, so that nothing is kept."""
    base = _base()
    if base is None:
        return None
    folder = base / name
    try:
        for each in (base, folder):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not is_ours_alone(each):
                return None
    except OSError:
        return None
    return folder


def is_ours_alone(path: Path) -> bool:
    """Whether nobody else can have written here; symbolic links are not followed."""
    if os.name != "posix":
        return not path.is_symlink()
    try:
        found = path.lstat()
    except OSError:
        return False
    mine = found.st_uid == os.geteuid()
    return mine and not stat.S_ISLNK(found.st_mode) and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def read_kept(path: Path) -> bytes | None:
    """What was kept; ``None`` if there is nothing, or if others may have written it."""
    try:
        return path.read_bytes() if path.is_file() and is_ours_alone(path) else None
    except OSError:
        return None


def keep(path: Path, data: bytes) -> None:
    """Keep something, in one step. A full disk is no reason to end a run."""
    try:
        write_whole(path, data)
        path.chmod(0o600)
    except (TeiwrightError, OSError):
        return


def key_of_contents(files: Iterable[Path], versions: Iterable[str]) -> str:
    """A key that changes with any byte of any file, with their names, and with the versions of those who read them."""
    digest = sha256()
    for part in (*versions, *(part for path in files for part in (path.name, _digest(path)))):
        digest.update(part.encode("utf-8", "surrogateescape") + b"\0")
    return digest.hexdigest()


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _base() -> Path | None:
    if named := os.environ.get("TEIWRIGHT_CACHE"):
        return Path(named)
    if named := os.environ.get("XDG_CACHE_HOME"):
        return Path(named) / "teiwright"
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) / "teiwright" / "Cache" if local else None
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "teiwright"
