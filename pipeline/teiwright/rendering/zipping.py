"""Zip files with the same bytes each time they are made."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold; the true ones would differ from run to run."""

_UNIX = 3
_REGULAR_FILE = 0o100644 << 16


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The files in this order; stored, as deflated bytes differ from zlib to zlib."""
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_STORED) as archive:
        for name, data in files:
            entry = ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = _UNIX, _REGULAR_FILE
            archive.writestr(entry, data)
    return whole.getvalue()


def member(archive: Path, name: str) -> bytes:
    """One file of a zip that we made."""
    with ZipFile(archive) as opened:
        return opened.read(name)


def members(archive: Path) -> list[str]:
    """The names of the files in a zip that we made, in their order."""
    with ZipFile(archive) as opened:
        return opened.namelist()
