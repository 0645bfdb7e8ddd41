"""Writes down what was decided: one more line, at once, and nothing else of the file changes."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from teiwright.naming.decisions import Decision
from teiwright.naming.decisions.files import COLUMNS, delimiter_of, load_decisions, row_of, write_rows
from teiwright.writing import write_whole


def append(path: Path, decision: Decision) -> bytes:
    """Add a decision to a file; the bytes that were added, for ``take_back``.

    The columns and the delimiter are those that the file has: a spreadsheet may have put others.
    """
    load_decisions(path)  # a file that cannot be understood is mended by a person first
    before = path.read_bytes() if path.is_file() else b""
    if not before.strip():
        line = write_rows(COLUMNS, [row_of(decision)]).encode()
    else:
        text = before.decode("utf-8-sig")
        header = text.split("\n", 1)[0]
        columns = _columns(header)
        missing = [name for name in COLUMNS if name not in columns]
        if missing:
            before = _widened(text, missing).encode()
            columns += missing
        line = (b"" if before.endswith(b"\n") else b"\n") + _line(decision, columns, delimiter_of(header)).encode()
    write_whole(path, before + line)
    return line


def take_back(path: Path, line: bytes) -> bool:
    """Remove what was added last, unless somebody wrote to the file since; true if it did."""
    data = path.read_bytes() if path.is_file() else b""
    if not data.endswith(line):
        return False
    rest = data[: -len(line)]
    if rest:
        write_whole(path, rest)
    else:
        path.unlink()
    return True


def _columns(header: str) -> list[str]:
    (cells,) = csv.reader([header.rstrip("\r")], delimiter=delimiter_of(header))
    return [cell.strip().casefold() for cell in cells]


def _line(decision: Decision, columns: list[str], delimiter: str) -> str:
    written = io.StringIO()
    row = row_of(decision)
    csv.writer(written, delimiter=delimiter, lineterminator="\n").writerow([row.get(name, "") for name in columns])
    return written.getvalue()


def _widened(text: str, missing: list[str]) -> str:
    """The table with further columns, empty so far."""
    delimiter = delimiter_of(text.split("\n", 1)[0])
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    width = len(rows[0])
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\n")
    writer.writerow([*rows[0], *missing])
    writer.writerows([*row, *[""] * (width - len(row) + len(missing))] for row in rows[1:])
    return written.getvalue()
