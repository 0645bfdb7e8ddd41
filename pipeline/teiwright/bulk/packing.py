"""Many editions in one file: JSON Lines, Parquet, tar, zip, or a teiCorpus that includes them.

Editions are read one at a time. The file is whole or absent, and the same whenever it is made of the same editions.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import quote

from teiwright.bulk.forms import Form, form_of_editions
from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.encoding import load
from teiwright.writing import TEMPORARY, digest_of

COLUMNS = ("id", "path", "content", "size", "sha256", "status", "findings")
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_ROWS = 256
"""Rows of a group in a Parquet file."""
_FIRST_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Row:
    """One document: its edition, if it has one, and what was found in it.

    ``status`` is `written` for an edition as teiwright wrote it, `edited` if a person changed it since, `foreign` if
    nobody recorded who wrote it, `failed` if there is none.
    """

    id: str
    path: str
    data: bytes | None
    text: str | None
    status: str
    findings: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """As it stands in a table. Size and checksum are those of the file."""
        size, digest = (None, None) if self.data is None else (len(self.data), sha256(self.data).hexdigest())
        values = (self.id, self.path, self.text, size, digest, self.status, list(self.findings))
        return dict(zip(COLUMNS, values, strict=True))


def row_of(file: Path, recorded: str | None) -> Row:
    """The row of an edition as it stands. ``recorded`` is the digest of what teiwright last wrote there."""
    try:
        edition = load(file)
    except TeiwrightError as error:
        return row_without(file, (error.finding,))
    data = file.read_bytes()
    status = "foreign" if recorded is None else "written" if digest_of(data) == recorded else "edited"
    text = data.decode(edition.tree.docinfo.encoding or "utf-8", "replace")
    identifier = edition.tree.getroot().get(_XML_ID) or file.stem
    return Row(identifier, file.as_posix(), data, text, status, tuple(map(str, edition.findings)))


def row_without(file: Path, findings: tuple[Diagnostic, ...]) -> Row:
    """The row of a document that has no edition, with the reason."""
    return Row(file.stem, file.as_posix(), None, None, "failed", tuple(map(str, findings)))


@dataclass(frozen=True, slots=True)
class Target:
    """The file to be made, and the title of a corpus."""

    file: Path
    title: str


def pack(rows: Iterable[Row], target: Target) -> None:
    """Write the file. Raises ``TeiwrightError`` if it cannot be written."""
    writers: Mapping[Form, Callable[[Iterable[Row], IO[bytes], Target], None]] = {
        Form.LINES: _lines,
        Form.PARQUET: _parquet,
        Form.TAR: _tar,
        Form.ZIP: _zip,
        Form.CORPUS: _corpus,
    }
    form = form_of_editions(target.file)
    if form is None:
        hint = "name it `.jsonl`, `.parquet`, `.tar.gz`, `.zip` or `.xml`"
        raise _refused(target.file, "the name does not say what to make", hint)
    if form is Form.PARQUET and not find_spec("pyarrow"):
        raise _refused(target.file, "Parquet needs the package `pyarrow`", "run `pip install 'teiwright[parquet]'`")
    with _whole(target.file) as file:
        writers[form](rows, file, target)


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    temporary = path.with_name(f"{TEMPORARY}{os.getpid()}-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            yield file
        temporary.replace(path)
    except OSError as error:
        why = (error.strerror or "cannot be written").lower()
        raise _refused(path, f"the file cannot be written: {why}", "choose another place") from error
    finally:
        temporary.unlink(missing_ok=True)


def _lines(rows: Iterable[Row], file: IO[bytes], target: Target) -> None:
    packs = target.file.suffix == ".gz"
    out = cast(IO[bytes], gzip.GzipFile("", "wb", fileobj=file, mtime=0)) if packs else file
    for row in rows:
        out.write(json.dumps(row.record(), ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    if packs:
        out.close()


def _parquet(rows: Iterable[Row], file: IO[bytes], _target: Target) -> None:
    import pyarrow as arrow  # noqa: PLC0415 (an extra, and slow to import)
    from pyarrow import parquet  # noqa: PLC0415 (the same)

    kinds = {"content": arrow.large_string(), "size": arrow.int64(), "findings": arrow.list_(arrow.string())}
    schema = arrow.schema([(column, kinds.get(column, arrow.string())) for column in COLUMNS])
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        left = iter(rows)
        while group := [row.record() for row in islice(left, _ROWS)]:
            writer.write_table(arrow.Table.from_pylist(group, schema=schema))


def _tar(rows: Iterable[Row], file: IO[bytes], target: Target) -> None:
    packing = {".gz": "gz", ".tgz": "gz", ".bz2": "bz2"}.get(target.file.suffix, "")
    # Written by GzipFile and not by tarfile, which puts the clock into what it packs.
    out = cast(IO[bytes], gzip.GzipFile("", "wb", fileobj=file, mtime=0)) if packing == "gz" else file
    with tarfile.open(fileobj=out, mode="w:bz2" if packing == "bz2" else "w") as archive:
        remembered = cast(Any, archive).members
        for name, data in _files(rows):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(data), 0o644
            archive.addfile(entry, io.BytesIO(data))
            remembered.clear()  # else memory grows with each
    if packing == "gz":
        out.close()


def _zip(rows: Iterable[Row], file: IO[bytes], _target: Target) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _files(rows):
            entry = zipfile.ZipInfo(name, _FIRST_DATE)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)


def _files(rows: Iterable[Row]) -> Iterator[tuple[str, bytes]]:
    return ((Path(row.path).name, row.data) for row in rows if row.data is not None)


def _corpus(rows: Iterable[Row], file: IO[bytes], target: Target) -> None:
    """The Guidelines, 15.1: a header for all, then each text; here by XInclude, so that nothing stands twice."""
    file.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<teiCorpus xmlns="http://www.tei-c.org/ns/1.0" xmlns:xi="http://www.w3.org/2001/XInclude">\n'
        f"<teiHeader><fileDesc><titleStmt><title>{escape(target.title, quote=False)}</title></titleStmt>\n"
        "<publicationStmt><p>As each of the texts says.</p></publicationStmt>\n"
        "<sourceDesc><p>As each of the texts says.</p></sourceDesc></fileDesc></teiHeader>\n".encode()
    )
    for row in rows:
        if row.data is not None:
            place = Path(os.path.relpath(row.path, target.file.parent)).as_posix()
            file.write(f'<xi:include href="{quote(place)}"/>\n'.encode())
    file.write(b"</teiCorpus>\n")


def _refused(path: Path, message: str, hint: str) -> TeiwrightError:
    return TeiwrightError(Diagnostic(Code.NOT_WRITABLE, Location(str(path)), message, hint))
