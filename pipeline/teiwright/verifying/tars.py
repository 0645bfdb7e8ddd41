"""A package that is a tar file (POSIX.1-2017 pax, with the long names of GNU), also packed by gzip or bzip2.

Read strictly and forwards only: a damaged header ends the reading with a finding, never in silence.
"""

from __future__ import annotations

import bz2
import gzip
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.verifying.entries import CHUNK, Entry, Kind, Limits, refusal

BLOCK = 512
_ZEROS = bytes(BLOCK)
_LONGEST_EXTENSION = 1 << 20
"""Bytes of a pax header or a long name; a path has a few thousand at most."""

_HINT = "get the package again from where it is intact"
_SPECIAL = {b"3": "a device", b"4": "a device", b"6": "a pipe", b"S": "a sparse file", b"M": "a part of a file"}


@dataclass(frozen=True)
class TarPackage:
    """A tar file; ``packing`` is empty, ``gz`` or ``bz2``."""

    path: Path
    limits: Limits
    packing: str = ""

    @property
    def serialization(self) -> str:
        """Its media type."""
        return {"": "application/x-tar", "gz": "application/gzip", "bz2": "application/x-bzip2"}[self.packing]

    def entries(self) -> Iterator[Entry | Diagnostic]:
        """In the order of the file. What breaks it off is the last finding."""
        try:
            with self._opened() as stream:
                yield from (entry for entry, _ in _members(stream))
                yield from _rest(stream)
        except TeiwrightError as error:
            yield error.finding

    def contents(self, wanted: Collection[str]) -> Iterator[tuple[str, Iterator[bytes]]]:
        """In the order of the file."""
        left = set(wanted)
        with self._opened() as stream:
            for entry, chunks in _members(stream):
                path = _plain(entry.path)
                if entry.kind is Kind.FILE and path in wanted:
                    yield path, chunks
                    left.discard(path)
                if not left:
                    return

    @contextmanager
    def _opened(self) -> Iterator[_Stream]:
        with self.path.open("rb") as raw:
            match self.packing:
                case "gz":
                    file = cast(IO[bytes], gzip.GzipFile(fileobj=raw))
                case "bz2":
                    file = cast(IO[bytes], bz2.BZ2File(raw))
                case _:
                    file = raw
            yield _Stream(file, raw, self.limits)


def _plain(path: str) -> str:
    """``./data/x`` is ``data/x``: so ``tar -c .`` writes it."""
    return path.removeprefix("./") if path != "." else ""


class _Stream:
    """Reads exactly what is asked for, forwards, and notices a bomb while it bursts."""

    def __init__(self, file: IO[bytes], raw: IO[bytes], limits: Limits) -> None:
        self._file, self._raw, self._limits = file, raw, limits
        self.position = 0

    def read(self, size: int) -> bytes:
        """Up to ``size`` bytes; fewer at the end alone."""
        try:
            data = self._file.read(size)
        except (OSError, EOFError, zlib.error) as error:
            raise refusal(Code.BROKEN_ARCHIVE, "", "the packed bytes are damaged or cut off", _HINT) from error
        self.position += len(data)
        if self._raw is not self._file and self._limits.bursts(self._raw.tell(), self.position):
            message = f"{self._raw.tell():,} bytes unpack to {self.position:,} and more"
            raise refusal(Code.ARCHIVE_BOMB, "", message, "do not unpack it")
        return data

    def exactly(self, size: int, path: str) -> bytes:
        """``size`` bytes."""
        data = self.read(size)
        if len(data) < size:
            raise refusal(Code.BROKEN_ARCHIVE, path, "the tar ends in the middle of this file", _HINT)
        return data

    def skip_to(self, position: int, path: str) -> None:
        """Go forward; what is packed must be unpacked for it."""
        if self._raw is self._file and position > self.position:
            self._raw.seek(position - 1)
            self.position = position - 1
        while self.position < position:
            self.exactly(min(CHUNK, position - self.position), path)


def _members(stream: _Stream) -> Iterator[tuple[Entry, Iterator[bytes]]]:
    """Entries with their bytes; extended headers are applied to the entry that follows."""
    common: dict[str, str] = {}
    special: dict[str, str] = {}
    while True:
        header = stream.read(BLOCK)
        if header == _ZEROS:
            return
        if len(header) < BLOCK:
            raise refusal(Code.BROKEN_ARCHIVE, "", "the tar has no end: it was cut off", _HINT)
        _hold_checksum(header, stream.position - BLOCK)
        kind, size = header[156:157], _number(header[124:136])
        match kind:
            case b"x" | b"g" | b"L" | b"K":
                if size > _LONGEST_EXTENSION:
                    raise refusal(Code.ARCHIVE_BOMB, "", f"a header of the tar has {size:,} bytes", "do not unpack it")
                body = stream.exactly(size, "")
                stream.skip_to(stream.position + -size % BLOCK, "")
                (common if kind == b"g" else special).update(_extension(kind, body))
            case _:
                entry = _entry(header, kind, {**common, **special})
                stored = int(special.get("size", size)) if entry.kind is Kind.FILE else size
                special = {}
                begin = stream.position
                yield entry, _chunks(stream, entry)
                stream.skip_to(begin + stored + -stored % BLOCK, entry.path)


def _chunks(stream: _Stream, entry: Entry) -> Iterator[bytes]:
    left = entry.size
    while left:
        chunk = stream.exactly(min(CHUNK, left), entry.path)
        left -= len(chunk)
        yield chunk


def _entry(header: bytes, kind: bytes, extended: dict[str, str]) -> Entry:
    path = extended.get("path") or _name(header)
    link = extended.get("linkpath") or _text(header[157:257])
    if any(key.startswith("GNU.sparse") for key in extended):
        return Entry(path, Kind.SPECIAL, 0, "a sparse file")
    match kind:
        case b"5":
            return Entry(path.rstrip("/"), Kind.FOLDER)
        case b"0" | b"\0" | b"7":
            if path.endswith("/"):  # as tar wrote folders before POSIX
                return Entry(path.rstrip("/"), Kind.FOLDER)
            return Entry(path, Kind.FILE, int(extended.get("size") or _number(header[124:136])))
        case b"1":
            return Entry(path, Kind.LINK, 0, f"a hard link to `{link}`")
        case b"2":
            return Entry(path, Kind.LINK, 0, f"a symbolic link to `{link}`")
        case _:
            return Entry(path, Kind.SPECIAL, 0, _SPECIAL.get(kind, f"an entry of the kind `{kind.decode('latin-1')}`"))


def _name(header: bytes) -> str:
    name, prefix = _text(header[:100]), _text(header[345:500])
    return f"{prefix}/{name}" if prefix and header[257:262] == b"ustar" and header[262:263] == b"\0" else name


def _text(field: bytes) -> str:
    return field.partition(b"\0")[0].decode("utf-8", "surrogateescape")


def _extension(kind: bytes, body: bytes) -> dict[str, str]:
    """A long name of GNU, or the records of a pax header: ``30 path=…`` and a line end, of 30 bytes."""
    if kind in b"LK":
        return {"path" if kind == b"L" else "linkpath": _text(body)}
    values: dict[str, str] = {}
    while body and body[0]:
        length, blank, _ = body[:24].partition(b" ")
        record = body[: int(length)] if blank and length.isdigit() else b""
        key, equals, value = record[len(length) + 1 : -1].partition(b"=")
        if not equals or not record.endswith(b"\n"):
            raise refusal(Code.BROKEN_ARCHIVE, "", "an extended header of the tar cannot be read", _HINT)
        values[key.decode("utf-8", "surrogateescape")] = value.decode("utf-8", "surrogateescape")
        body = body[len(record) :]
    if not values.get("size", "0").isdigit():
        raise refusal(Code.BROKEN_ARCHIVE, "", "an extended header of the tar has a size that is no number", _HINT)
    return values


def _number(field: bytes) -> int:
    """Octal digits, or, as GNU writes large ones, two's complement after a byte that is no digit."""
    if field[0] in (0x80, 0xFF):
        value = int.from_bytes(field[1:], "big")
        if field[0] == 0x80:
            return value
    text = field.strip(b"\0 ")
    if not all(digit in b"01234567" for digit in text) or field[0] == 0xFF:
        raise refusal(Code.BROKEN_ARCHIVE, "", "a header of the tar has a size that is no number", _HINT)
    return int(text or b"0", 8)


def _hold_checksum(header: bytes, position: int) -> None:
    plain = header[:148] + b" " * 8 + header[156:]
    try:
        stored = _number(header[148:156])
    except TeiwrightError:
        stored = -1
    signed = sum(byte - 256 if byte > 127 else byte for byte in plain) if stored != sum(plain) else stored
    if stored != signed:
        message = f"the header at byte {position:,} of the tar is damaged; what follows it cannot be read"
        raise refusal(Code.BROKEN_ARCHIVE, "", message, _HINT)


def _rest(stream: _Stream) -> Iterator[Diagnostic]:
    """Behind the end there are zeros alone."""
    while data := stream.read(CHUNK):
        if data.strip(b"\0"):
            message = "there is something behind the end of the tar, of which nothing is proven"
            yield Diagnostic(Code.UNPROVEN_BYTES, Location(""), message, "pack the files anew to be rid of it")
            return
