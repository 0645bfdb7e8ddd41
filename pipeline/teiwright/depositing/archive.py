"""A folder as one zip file with the same bytes each time it is made."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from io import FileIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold; the true ones would differ from run to run."""

_UNIX = 3
_REGULAR_FILE = 0o100644 << 16
_CHUNK = 1 << 20


def write_zip(folder: Path, paths: Iterable[str], target: Path) -> dict[str, str]:
    """Put the files of ``folder`` into ``target`` under its name (RFC 8493, section 4; E-ARK CSIP wants the same).

    Returns the SHA-256 of each file as it was read for it.

    Stored, as deflated bytes differ from zlib to zlib; and on the disk, not in its buffers, before it is published.
    """
    with target.open("xb") as out:
        with ZipFile(out, "w", ZIP_STORED) as archive:
            ordered = sorted(paths, key=str.encode)
            digests = {path: _add(archive, f"{folder}/{path}", f"{folder.name}/{path}") for path in ordered}
        out.flush()
        os.fsync(out.fileno())
    return digests


def _add(archive: ZipFile, file: str, name: str) -> str:
    entry = ZipInfo(name, _EPOCH)
    entry.create_system, entry.external_attr = _UNIX, _REGULAR_FILE
    running = hashlib.sha256()
    with FileIO(file, "rb") as source:
        entry.file_size = os.fstat(source.fileno()).st_size
        with archive.open(entry, "w") as out:
            while chunk := source.read(_CHUNK):
                out.write(chunk)
                running.update(chunk)
    return running.hexdigest()
