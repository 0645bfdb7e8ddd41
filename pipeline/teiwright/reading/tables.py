"""One table for many texts: CSV, or TSV, with a line for each text.

The first line names the columns. ``file`` is the name of the text; the others are the keys of a sidecar,
those of its tables with a point: ``title``, ``kind``, ``date.when`` (or ``date``), ``sent.name``,
``origin.file-number``.
Where a sidecar would have several senders, receivers or changes, their values stand between ``|``.
An empty cell says that nothing is known.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from teiwright.diagnostics import Code, Location, TeiwrightError
from teiwright.model import Metadata
from teiwright.reading.decoding import decoded
from teiwright.reading.findings import bytes_of, stop
from teiwright.reading.records import COLUMNS, WrongValueError, metadata_of
from teiwright.reading.sidecars import name_of

LARGEST = 200_000_000
"""Bytes of a table: about a million texts."""

_FILE = "file"
_SEVERAL = ("sent", "received", "changes")
_MORE = "|"


def read_table(path: Path) -> Mapping[str, Metadata]:
    """Metadata by the name of the text, in the order of the table."""
    text, _ = decoded(path, bytes_of(path, LARGEST))
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(path, text), strict=True)
    found: dict[str, Metadata] = {}
    try:
        columns = _columns(path, next(rows, []))
        for cells in rows:
            if any(cell.strip() for cell in cells):
                name, metadata = _text(path, rows.line_num, columns, cells)
                if name in found:
                    raise _broken(path, rows.line_num, 0, f"the text `{name}` comes twice", "keep one of its lines")
                found[name] = metadata
    except csv.Error as error:
        hint = "look at the quotation marks: one within a quoted cell is written twice"
        raise _broken(path, rows.line_num, 0, f"this is no table: {error}", hint) from error
    return found


def _text(path: Path, line: int, columns: list[str], cells: list[str]) -> tuple[str, Metadata]:
    if len(cells) > len(columns):
        message = f"the line has {len(cells)} cells, where the table has {len(columns)} columns"
        raise _broken(path, line, 0, message, "quote a cell that has the separator in it")
    row = {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if cell.strip()}
    name = row.pop(_FILE, "")
    if not name:
        raise _broken(path, line, 0, "the line does not name its text", f"fill the column `{_FILE}`")
    try:
        return name, metadata_of(nested(row), name_of(Path(name)))
    except WrongValueError as error:
        column = ".".join(error.keys)
        number = columns.index(column) + 1 if column in columns else 0
        at = f"column {number} (`{column}`): " if number else ""
        raise _broken(path, line, 0, f"{at}{error.message}", error.hint) from error


def nested(row: Mapping[str, object]) -> dict[str, object]:
    """``sent.name`` and ``sent.role`` as one table ``sent``, or several where cells are divided by ``|``."""
    record: dict[str, object] = {}
    tables: dict[str, dict[str, str]] = {}
    for column, cell in row.items():
        table, _, key = column.partition(".")
        if key:
            tables.setdefault(table, {})[key] = str(cell)
        else:
            record[column] = cell
    for table, values in tables.items():
        record[table] = list(_several(table, values)) if table in _SEVERAL else values
    return record


def _several(table: str, values: Mapping[str, str]) -> Iterator[dict[str, str]]:
    lists = {key: [part.strip() for part in cell.split(_MORE)] for key, cell in values.items()}
    count = max(len(parts) for parts in lists.values())
    for key, parts in lists.items():
        if len(parts) not in (1, count):
            message = f"`{table}.{key}` has {len(parts)} values, where another column of `{table}` has {count}"
            raise WrongValueError((table, key), message, f"put as many `{_MORE}` into each; a value may be empty")
    for index in range(count):
        yield {key: parts[index] for key, parts in lists.items() if index < len(parts)}


def _columns(path: Path, header: list[str]) -> list[str]:
    names = [name.strip() for name in header]
    for number, name in enumerate(names, 1):
        known = (_FILE, "date", *COLUMNS)
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"write `{near[0]}`" if near else f"the columns are {', '.join(f'`{c}`' for c in known)}"
            raise _broken(path, 1, 0, f"column {number}, `{name}`, is not known", hint)
        if name in names[: number - 1]:
            raise _broken(path, 1, 0, f"column {number}, `{name}`, comes twice", "keep one of them")
    if _FILE not in names:
        raise _broken(path, 1, 0, f"no column is called `{_FILE}`", "add one with the names of the texts")
    return names


def _delimiter(path: Path, text: str) -> str:
    """Tabs in a ``.tsv``; otherwise what the first line has most of: spreadsheets differ by country."""
    first = text.partition("\n")[0]
    return "\t" if path.suffix.lower() in (".tsv", ".tab") else max(",;\t", key=first.count)


def _broken(path: Path, line: int, column: int, message: str, hint: str) -> TeiwrightError:
    return stop(Code.BROKEN_METADATA, Location(str(path), line, column), message, hint)
