"""The texts of a tar or a zip, with the sidecars beside them.

Both are read as packages of strangers are verified: names that lead out, links, bombs and overlaps are findings,
and what they concern is not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from teiwright.bulk.records import Item
from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.reading.texts import Limits as TextLimits
from teiwright.verifying.entries import Entry, Kind, Limits, Package
from teiwright.verifying.naming import readable
from teiwright.verifying.opening import open_package

_FILE = Kind.FILE


def of_archive(source: Path) -> Iterator[Item | Diagnostic]:
    """Each text and each sidecar by the last part of its path."""
    package, findings = open_package(source, Limits()), list[Diagnostic]()
    wanted, others = set[str](), 0
    for entry in readable(_entries(package, findings), Limits(), findings):
        if entry.kind is _FILE and _is_wanted(entry.path):
            wanted.add(entry.path)
        others += entry.kind is _FILE and not _is_wanted(entry.path)
    findings = [finding for finding in findings if finding.code is not Code.UNPORTABLE_NAME]
    yield from (_within(source, finding) for finding in findings)
    if any(finding.code is Code.OVERLAPPING_ENTRIES for finding in findings):
        return
    wanted -= {finding.where.path for finding in findings}
    if others:
        message = f"{others:,} files in it are neither `.txt` nor `.toml`, and were passed over"
        yield Diagnostic(Code.PASSED_OVER, Location(str(source)), message)
    try:
        for path, chunks in package.contents(wanted):
            yield from _of_entry(source, path, chunks)
    except TeiwrightError as error:  # the archive breaks off
        yield _within(source, error.finding)


def _is_wanted(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name.endswith((".txt", ".toml")) and not name.startswith(".")


def _of_entry(source: Path, path: str, chunks: Iterator[bytes]) -> Iterator[Item | Diagnostic]:
    try:
        yield Item(path.rpartition("/")[2], _bytes(path, chunks), Location(f"{source}/{path}"))
    except TeiwrightError as error:
        yield _within(source, error.finding)


def _entries(package: Package, findings: list[Diagnostic]) -> Iterator[Entry]:
    for entry in package.entries():
        if isinstance(entry, Diagnostic):
            findings.append(entry)
        else:
            yield entry


def _bytes(path: str, chunks: Iterator[bytes]) -> bytes:
    data = bytearray()
    largest = TextLimits().bytes
    for chunk in chunks:
        data += chunk
        if len(data) > largest:
            message = f"the text has more than {largest:,} bytes"
            raise TeiwrightError(Diagnostic(Code.TEXT_TOO_LARGE, Location(path), message, "split it into documents"))
    return bytes(data)


def _within(source: Path, finding: Diagnostic) -> Diagnostic:
    """A finding about a path in an archive, as one about a file in a folder."""
    inner = finding.where.path
    return replace(finding, where=replace(finding.where, path=f"{source}/{inner}" if inner else str(source)))
