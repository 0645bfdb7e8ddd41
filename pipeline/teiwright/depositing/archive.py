"""A bag as one zip file with the same bytes each time it is made (RFC 8493, section 4)."""

from __future__ import annotations

import os
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold; the true ones would differ from run to run."""

_UNIX = 3
_REGULAR_FILE = 0o100644 << 16


def write_zip(bag: Path, target: Path) -> None:
    """Put ``bag`` into ``target`` under its own name; stored, as deflated bytes differ from zlib to zlib."""
    temporary = target.with_name(f".teiwright-tmp-{os.getpid()}-{target.name}")
    files = sorted((path for path in bag.rglob("*") if path.is_file()), key=lambda path: path.as_posix().encode())
    try:
        with ZipFile(temporary, "w", ZIP_STORED) as archive:
            for path in files:
                entry = ZipInfo(f"{bag.name}/{path.relative_to(bag).as_posix()}", _EPOCH)
                entry.create_system, entry.external_attr = _UNIX, _REGULAR_FILE
                entry.file_size = path.stat().st_size
                with path.open("rb") as source, archive.open(entry, "w") as out:
                    while chunk := source.read(1 << 20):
                        out.write(chunk)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
