"""Rows as CSV (RFC 4180) and as JSON Lines, in parts that memory holds."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO

from teiwright.publishing.data.tables import Table, Value

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""How a cell begins that a spreadsheet would take for a formula (OWASP, CSV Injection), or that looks as if it had
been kept from it. An apostrophe before it makes it text; taking that away again gives the words back."""

_LARGEST = 8_000_000
"""Characters in a part."""


def cell(value: Value) -> str | int | float | None:
    """A value as a cell of a CSV file."""
    words = "|".join(value) if isinstance(value, list) else value
    return f"'{words}" if isinstance(words, str) and _FORMULA.match(words) else words


class Written:
    """A table as two files, each in parts: ``names.csv``, ``names-2.csv`` …, of which only the first has a header.

    That is how Frictionless divides a table (Data Resource, "path"); the parts one after the other are one file.
    """

    def __init__(self, table: Table, largest: int = _LARGEST) -> None:
        self.table, self.paths = table, [f"{table.name}.csv"]
        self._largest = largest
        self._names = tuple(column.name for column in table.columns)
        self._rows, self._lines = StringIO(newline=""), StringIO(newline="")
        self._csv = csv.writer(self._rows, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
        self._csv.writerow(self._names)

    def add(self, row: tuple[Value, ...]) -> None:
        """One more row."""
        self._csv.writerow("" if (shown := cell(value)) is None else shown for value in row)
        said = dict(zip(self._names, row, strict=True))
        self._lines.write(json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n")

    def full(self) -> Iterator[tuple[str, bytes]]:
        """The part that is full, if one is; what is added next begins another."""
        if self._lines.tell() >= self._largest:
            yield from self.rest()
            self.paths.append(f"{self.table.name}-{len(self.paths) + 1}.csv")

    def rest(self) -> Iterator[tuple[str, bytes]]:
        """What is left."""
        for buffer, kind in ((self._rows, "csv"), (self._lines, "jsonl")):
            yield self.paths[-1].removesuffix("csv") + kind, buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
