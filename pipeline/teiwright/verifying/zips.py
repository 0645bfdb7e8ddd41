"""A package that is a zip file, read from its directory (APPNOTE 6.3) and held against the header of each entry.

The two say the same twice; where they differ, two programs may unpack two packages from one file.
"""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, NamedTuple

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.verifying.entries import CHUNK, Entry, Kind, Limits, refusal

_END = struct.Struct("<4s4H2LH")
_LOCATOR = struct.Struct("<4sLQL")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_LONGEST_COMMENT = 0xFFFF
_IN_EXTRA = 0xFFFFFFFF
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
_DESCRIPTOR = 0x0008
_UTF_8 = 0x0800
_UNIX = 3
_STORED, _DEFLATED, _AES = 0, 8, 99
_DESCRIPTOR_SIZES = frozenset({12, 16, 20, 24})
_HINT = "get the package again from where it is intact"


class _Record(NamedTuple):
    """One entry of the directory; ``data`` is where its bytes begin, after its own header."""

    path: str
    raw: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    mode: int
    data: int = 0


@dataclass(frozen=True)
class ZipPackage:
    """A zip file."""

    path: Path
    limits: Limits
    serialization: str = "application/zip"

    def entries(self) -> Iterator[Entry | Diagnostic]:
        """In the order of the directory; then what is wrong with how the entries lie in the file."""
        records, findings, _ = self._directory
        for record in records:
            yield _entry(record)
            if record.flags & _ENCRYPTED or record.method == _AES:
                hint = "ask for the package without a password"
                yield Diagnostic(Code.ENCRYPTED_ENTRY, Location(record.path), "the file is encrypted", hint)
            elif record.method not in (_STORED, _DEFLATED):
                message = f"the file is packed by method {record.method}, expected it stored (0) or deflated (8)"
                yield Diagnostic(Code.BROKEN_ARCHIVE, Location(record.path), message, "pack it anew as a plain zip")
            if self.limits.bursts(record.packed, record.size):
                message = f"{record.packed:,} bytes claim to unpack to {record.size:,}"
                yield Diagnostic(Code.ARCHIVE_BOMB, Location(record.path), message, "do not unpack it")
        yield from findings

    @cached_property
    def _directory(self) -> tuple[list[_Record], list[Diagnostic], dict[str, _Record]]:
        with self.path.open("rb") as file:
            begin, end, count = _end_of_directory(file)
            if count > self.limits.entries:
                raise refusal(Code.ARCHIVE_BOMB, "", f"the zip has {count:,} entries, more than are read")
            listed = _listed(file, begin, end, count)
            findings: list[Diagnostic] = []
            records = [_with_data(file, record, findings) for record in listed]
        findings += _laid_out(records, begin)
        return records, findings, {record.path: record for record in records}

    def contents(self, wanted: Collection[str]) -> Iterator[tuple[str, Iterator[bytes]]]:
        """In the order of the file."""
        by_path = self._directory[2]
        records = sorted((by_path[path] for path in wanted), key=lambda record: record.offset)
        with self.path.open("rb") as file:
            for record in records:
                yield record.path, _chunks(file, record)


def _end_of_directory(file: BinaryIO) -> tuple[int, int, int]:
    """Where the directory begins and ends, and how many entries it has (APPNOTE 4.3.14 to 4.3.16)."""
    size = file.seek(0, 2)
    tail_begin = max(0, size - _LONGEST_COMMENT - _END.size)
    file.seek(tail_begin)
    tail = file.read()
    found = tail.rfind(b"PK\x05\x06")
    while found >= 0:
        if found + _END.size <= len(tail):
            _, disk, first, here, count, length, offset, comment = _END.unpack_from(tail, found)
            if found + _END.size + comment == len(tail):
                break
        found = tail.rfind(b"PK\x05\x06", 0, found)
    else:
        raise refusal(
            Code.BROKEN_ARCHIVE, "", "the zip has no directory at its end: it was cut off, or is no zip", _HINT
        )
    end = tail_begin + found
    if end >= _LOCATOR.size:
        file.seek(end - _LOCATOR.size)
        signature, _, at, _ = _LOCATOR.unpack(file.read(_LOCATOR.size))
        if signature == b"PK\x06\x07" and at + _END_64.size <= end:
            file.seek(at)
            fields = _END_64.unpack(file.read(_END_64.size))
            if fields[0] == b"PK\x06\x06":
                disk, first, here, count, length, offset = fields[4], fields[5], *fields[6:10]
                end = at
    if disk or first or here != count:
        raise refusal(Code.BROKEN_ARCHIVE, "", "the zip is one part of several", "join the parts first")
    if offset + length != end:
        message = "the directory does not stand where the zip's end says: something was put before or after it"
        raise refusal(Code.BROKEN_ARCHIVE, "", message, _HINT)
    return offset, end, count


def _listed(file: BinaryIO, begin: int, end: int, count: int) -> list[_Record]:
    file.seek(begin)
    records = []
    while file.tell() + _CENTRAL.size <= end:
        fields = _CENTRAL.unpack(file.read(_CENTRAL.size))
        if fields[0] != b"PK\x01\x02":
            break
        name, extra = file.read(fields[10]), file.read(fields[11])
        file.seek(fields[12], 1)
        size, packed, offset = _long_numbers(extra, fields[9], fields[8], fields[16])
        mode = fields[15] >> 16 if fields[1] >> 8 == _UNIX else 0
        path = _decoded(name, fields[3])
        records.append(_Record(path, name, fields[3], fields[4], fields[7], packed, size, offset, mode))
    if file.tell() != end or len(records) != count:
        message = f"the directory names {count:,} entries, and {len(records):,} of them can be read"
        raise refusal(Code.BROKEN_ARCHIVE, "", message, _HINT)
    return records


def _long_numbers(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """Sizes and offset, from the extra field where they need 64 bits (APPNOTE 4.5.3)."""
    place = 0
    while place + 4 <= len(extra):
        tag, length = struct.unpack_from("<HH", extra, place)
        if tag == 1:
            values = iter(v for (v,) in struct.iter_unpack("<Q", extra[place + 4 : place + 4 + length // 8 * 8]))
            numbers = [next(values, each) if each == _IN_EXTRA else each for each in (size, packed, offset)]
            return numbers[0], numbers[1], numbers[2]
        place += 4 + length
    return size, packed, offset


def _decoded(name: bytes, flags: int) -> str:
    """UTF-8, which many programs write without saying so, else the code page that the specification names."""
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("utf-8", "surrogateescape") if flags & _UTF_8 else name.decode("cp437")


def _with_data(file: BinaryIO, record: _Record, findings: list[Diagnostic]) -> _Record:
    file.seek(record.offset)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size or not head.startswith(b"PK\x03\x04"):
        message = "the directory points to where the file's header is not"
        findings.append(Diagnostic(Code.BROKEN_ARCHIVE, Location(record.path), message, _HINT))
        return record
    _, _, flags, method, _, _, crc, packed, size, name_length, extra_length = _LOCAL.unpack(head)
    name, extra = file.read(name_length), file.read(extra_length)
    size, packed, _ = _long_numbers(extra, size, packed, 0)
    differing = {"name": name != record.raw, "method": method != record.method, "flags": flags != record.flags}
    if not flags & _DESCRIPTOR:
        sizes = (crc, packed, size)
        differing |= {"size or checksum": sizes != (record.crc, record.packed, record.size)}
    if wrong := [what for what, differs in differing.items() if differs]:
        message = f"the file's own header has another {wrong[0]} than the directory of the zip"
        findings.append(Diagnostic(Code.BROKEN_ARCHIVE, Location(record.path), message, "trust nothing in this zip"))
    return record._replace(data=record.offset + _LOCAL.size + name_length + extra_length)


def _laid_out(records: list[_Record], end: int) -> Iterator[Diagnostic]:
    """Each byte of the file belongs to one entry."""
    before, described = 0, False
    loose = 0
    for record in sorted((each for each in records if each.data), key=lambda each: each.offset):
        gap = record.offset - before
        if gap < 0:
            message = "its bytes are those of another file, too"
            yield Diagnostic(Code.OVERLAPPING_ENTRIES, Location(record.path), message, "do not unpack it")
        elif not (described and gap in _DESCRIPTOR_SIZES):
            loose += gap
        before, described = record.data + record.packed, bool(record.flags & _DESCRIPTOR)
    gap = end - before
    if gap < 0:
        yield Diagnostic(Code.OVERLAPPING_ENTRIES, Location(""), "the last file reaches into the directory of the zip")
    elif not (described and gap in _DESCRIPTOR_SIZES):
        loose += gap
    if loose > 0:
        message = f"{loose:,} bytes of the zip belong to no file in it, and nothing is proven of them"
        yield Diagnostic(Code.UNPROVEN_BYTES, Location(""), message, "pack the files anew to be rid of them")


def _entry(record: _Record) -> Entry:
    kind = stat.S_IFMT(record.mode)
    path = record.path
    if kind == stat.S_IFLNK:
        return Entry(path, Kind.LINK, 0, "a symbolic link")
    if path.endswith("/") or kind == stat.S_IFDIR:
        return Entry(path.removesuffix("/"), Kind.FOLDER)
    if kind and kind != stat.S_IFREG:
        return Entry(path, Kind.SPECIAL, 0, "a device or a pipe")
    return Entry(path, Kind.FILE, record.size)


def _chunks(file: BinaryIO, record: _Record) -> Iterator[bytes]:
    """The unpacked bytes; never more than declared, and never others than the zip's own checksum says."""
    if not record.data or record.method not in (_STORED, _DEFLATED) or record.flags & _ENCRYPTED:
        raise refusal(Code.NOT_READABLE, record.path, "the file cannot be unpacked")
    crc = produced = 0
    for chunk in _unpacked(file, record):
        produced += len(chunk)
        if produced > record.size:
            message = f"the file unpacks to more than the {record.size:,} bytes that are declared"
            raise refusal(Code.WRONG_ENTRY_SIZE, record.path, message, "do not unpack it")
        crc = zlib.crc32(chunk, crc)
        yield chunk
    if produced != record.size:
        message = f"the file unpacks to {produced:,} bytes, where {record.size:,} are declared"
        raise refusal(Code.WRONG_ENTRY_SIZE, record.path, message, _HINT)
    if crc != record.crc:
        raise refusal(Code.BROKEN_ARCHIVE, record.path, "the file is not what the zip's own checksum says", _HINT)


def _unpacked(file: BinaryIO, record: _Record) -> Iterator[bytes]:
    file.seek(record.data)
    left = record.packed
    if record.method == _STORED:
        while left and (piece := file.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece
        return
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while left and not inflating.eof and (piece := file.read(min(CHUNK, left))):
            left -= len(piece)
            while piece:
                yield inflating.decompress(piece, CHUNK)
                piece = inflating.unconsumed_tail
        yield inflating.flush()
    except zlib.error as error:
        raise refusal(Code.BROKEN_ARCHIVE, record.path, "the file's packed bytes are damaged", _HINT) from error
    if not inflating.eof or left or inflating.unused_data:
        raise refusal(Code.BROKEN_ARCHIVE, record.path, "the file's packed bytes end too early or too late", _HINT)
