"""Records, one for a text, as files: ``NAME.txt``, and ``NAME.toml`` with what is known of it.

A record has the keys of a sidecar (``teiwright.reading.records``), those of tables also with a point as in a table
of metadata (``sent.name``), and ``text``. Its ``id`` becomes the name of the files.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, cast

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.reading.records import WrongValueError, metadata_of
from teiwright.reading.sidecars import name_of
from teiwright.reading.tables import nested
from teiwright.reading.texts import Limits
from teiwright.verifying.entries import Limits as ArchiveLimits

_TEXT, _ID = "text", "id"
_LONGEST = 2 * Limits().bytes
"""Bytes of a line: a text of the greatest size, with its metadata and what JSON escapes."""
_AT_ONCE = 64
"""Rows of a Parquet file that are unpacked at once."""


@dataclass(frozen=True, slots=True)
class Item:
    """A file to be written: of which name, with which bytes, where it comes from, and the id that it was given."""

    name: str
    data: bytes
    where: Location
    id: str | None = None


def of_lines(source: Path) -> Iterator[Item | Diagnostic]:
    """The records of a file of JSON Lines, which may be packed by gzip; a line that is no record is a finding."""
    with source.open("rb") as raw:
        file = cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if source.suffix.lower() == ".gz" else raw
        number, size, packed = 0, 0, source.stat().st_size
        while line := file.readline(_LONGEST):
            number, size = number + 1, size + len(line)
            where = Location(str(source), number)
            if len(line) == _LONGEST:
                yield _broken(where, f"the line has more than {_LONGEST:,} bytes", "write one record in a line")
                return
            if file is not raw and ArchiveLimits().bursts(packed, size):
                message = f"the {packed:,} bytes of the file unpack to more than {size:,}"
                yield Diagnostic(Code.ARCHIVE_BOMB, where, message, "do not unpack it")
                return
            if line.strip():
                yield from _of_line(line, where)


def _of_line(line: bytes, where: Location) -> Iterator[Item | Diagnostic]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        message = f"the line is no JSON: {error.msg.lower()} at column {error.colno}"
        yield _broken(where, message, "write one record in a line")
        return
    except (ValueError, RecursionError):
        yield _broken(where, "the line is no JSON: it is nested too deeply, or no UTF-8", "write one record in a line")
        return
    yield from items_of(record, where)


def of_parquet(source: Path) -> Iterator[Item | Diagnostic]:
    """The rows of a Parquet file, some at a time."""
    if not find_spec("pyarrow"):
        hint = "run `pip install 'teiwright[parquet]'`"
        yield Diagnostic(Code.NOT_READABLE, Location(str(source)), "Parquet needs the package `pyarrow`", hint)
        return
    import pyarrow as arrow  # noqa: PLC0415 (an extra, and slow to import)
    from pyarrow import parquet  # noqa: PLC0415 (the same)

    number = 0
    try:
        with parquet.ParquetFile(source) as file:
            for batch in file.iter_batches(batch_size=_AT_ONCE):
                for row in batch.to_pylist():
                    number += 1
                    yield from items_of(row, Location(str(source), number))
    except (arrow.ArrowException, OSError) as error:
        why = " ".join(str(error).split())[:200]
        yield _broken(Location(str(source), number), f"this is no Parquet file, or a broken one: {why}", None)


def items_of(record: object, where: Location) -> Iterator[Item | Diagnostic]:
    """The files of one record; or the finding that says why it has none."""
    try:
        yield from _items(record, where)
    except TeiwrightError as error:
        yield error.finding


def _items(record: object, where: Location) -> Iterator[Item]:
    if not isinstance(record, Mapping):
        raise _refused(where, "the record is no table of keys and values", 'write `{"id": …, "text": …}`')
    known = {str(key): value for key, value in record.items() if value is not None and value not in ("", [], {})}
    text, identifier = known.pop(_TEXT, None), known.pop(_ID, None)
    if not isinstance(text, str):
        raise _refused(where, "the record has no `text`", "put the text, as a string, under the key `text`")
    if not isinstance(identifier, str | int) or isinstance(identifier, bool):
        raise _refused(where, "the record has no `id`", "give each text an id of its own, from which its file is named")
    name = name_of(Path(str(identifier).replace("/", "-").replace("\\", "-") + ".txt"))
    try:
        data = text.encode()
        metadata = _plain(nested(known)) if known else {}
        metadata_of(metadata, name)
        sidecar = _toml(metadata).encode()
    except WrongValueError as error:
        raise TeiwrightError(Diagnostic(Code.BROKEN_METADATA, where, error.message, error.hint)) from error
    except (UnicodeEncodeError, TypeError, RecursionError) as error:
        raise _refused(where, f"the record cannot be written: {' '.join(str(error).split())[:200]}", None) from error
    yield Item(f"{name}.txt", data, where, str(identifier))
    if sidecar:
        yield Item(f"{name}.toml", sidecar, where)


def _plain(value: Any) -> Any:
    """Dates as text, which TOML and JSON share; and no keys without values."""
    match value:
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items() if each is not None and each != ""}
        case list():
            return [_plain(each) for each in value]
        case date():
            return value.isoformat()
        case _:
            return value


def _toml(metadata: Mapping[str, Any]) -> str:
    """What is known, as a sidecar: lines first, then tables."""
    tables = {key: value if isinstance(value, list) else [value] for key, value in metadata.items()}
    lines = [_line(key, value) for key, value in metadata.items() if not isinstance(value, Mapping | list)]
    for key, value in metadata.items():
        if isinstance(value, Mapping | list):
            head = f"[[{key}]]" if isinstance(value, list) else f"[{key}]"
            for row in tables[key]:
                lines += ["", head, *(_line(inner, each) for inner, each in row.items())]
    return "\n".join(lines).lstrip("\n") + "\n" if lines else ""


def _line(key: str, value: str | int) -> str:
    # A basic string of TOML is one of JSON, but for DEL.
    return f"{key} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f")


def _refused(where: Location, message: str, hint: str | None) -> TeiwrightError:
    return TeiwrightError(_broken(where, message, hint))


def _broken(where: Location, message: str, hint: str | None) -> Diagnostic:
    return Diagnostic(Code.BROKEN_RECORD, where, message, hint)
