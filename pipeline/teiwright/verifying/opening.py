"""Which kind of package a path is: told by what is there, not by its name."""

from __future__ import annotations

from pathlib import Path

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.verifying.entries import Limits, Package
from teiwright.verifying.folders import FolderPackage
from teiwright.verifying.tars import BLOCK, TarPackage
from teiwright.verifying.zips import ZipPackage

_HINT = "name a folder, a zip or a tar (also `.tar.gz`, `.tar.bz2`)"
_NOT_READ = {b"\xfd7zXZ": "xz", b"7z\xbc\xaf": "7-Zip", b"Rar!": "rar", b"\x28\xb5\x2f\xfd": "zstd"}


def open_package(path: Path, limits: Limits) -> Package:
    """Raises ``TeiwrightError`` for what is no folder, zip or tar."""
    if path.is_dir():
        return FolderPackage(path, limits)
    try:
        if not path.exists():
            raise _refused(path, Code.NOT_FOUND, "there is no such file or folder")
        if not path.is_file():
            raise _refused(path, Code.NOT_READABLE, "it is neither a file nor a folder")
        with path.open("rb") as file:
            head = file.read(BLOCK)
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or "its name cannot be").lower()
        raise _refused(path, Code.NOT_READABLE, f"the package cannot be read: {why}") from error
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")) or _ends_as_zip(path):
        return ZipPackage(path, limits)
    if head.startswith(b"\x1f\x8b"):
        return TarPackage(path, limits, "gz")
    if head.startswith(b"BZh"):
        return TarPackage(path, limits, "bz2")
    if len(head) == BLOCK and (head[257:262] == b"ustar" or _is_old_tar(head)):
        return TarPackage(path, limits)
    for sign, name in _NOT_READ.items():
        if head.startswith(sign):
            raise _refused(path, Code.UNKNOWN_PACKAGE, f"the file is packed by {name}, which is not read")
    raise _refused(path, Code.UNKNOWN_PACKAGE, "the file is no zip and no tar")


def _ends_as_zip(path: Path) -> bool:
    """A zip may begin with a program that unpacks it."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 22))
        return file.read(4) == b"PK\x05\x06"


def _is_old_tar(head: bytes) -> bool:
    stored = head[148:156].strip(b"\0 ")
    plain = sum(head[:148]) + 32 * 8 + sum(head[156:])
    return bool(stored) and all(digit in b"01234567" for digit in stored) and int(stored, 8) == plain


def _refused(path: Path, code: Code, message: str) -> TeiwrightError:
    return TeiwrightError(Diagnostic(code, Location(str(path)), message, _HINT))
