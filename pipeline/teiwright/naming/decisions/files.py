"""Decisions files: a table, one line a decision, that people read, compare and edit in a spreadsheet.

``NAME.decisions.csv`` beside ``NAME.txt`` speaks of that text, ``decisions.csv`` of all texts of its folder.
A line without a verdict is one that nobody has decided yet; it is passed over.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.model import Kind
from teiwright.naming.decisions.decision import Anchor, Decision, Scope, Verdict

SHARED = "decisions.csv"
"""The file of a folder; ``of_text`` names the file of a text."""
COLUMNS = ("verdict", "scope", "kind", "name", "context", "nth", "becomes", "ref", "who", "when", "note")
READ_OVER = ("certainty", "candidates")
"""Columns of the list of open questions that say nothing of what was decided."""
_OPEN, _CLOSE = "⟦", "⟧"
_LARGEST = 16 * 1024 * 1024

_Row = Mapping[str, str]
_Choice = TypeVar("_Choice", Verdict, Scope, Kind)


def of_text(text: Path) -> Path:
    """Where the decisions of a text are kept."""
    return text.with_suffix(".decisions.csv")


def load_decisions(path: Path) -> tuple[Decision, ...]:
    """All decisions of a file, in its order; none if there is no file.

    Raises ``TeiwrightError`` with file and line for what cannot be understood: a decision is never guessed.
    """
    try:
        data = path.read_bytes() if path.is_file() else b""
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise _refusal(Location(str(path)), reason, "check the permissions of the file") from error
    if len(data) > _LARGEST:
        raise _refusal(Location(str(path)), "more than 16 MB", "split the texts into folders")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refusal(Location(str(path)), "not UTF-8", "save the table as `CSV UTF-8`") from error
    return read_decisions(text, path)


def read_decisions(text: str, path: Path) -> tuple[Decision, ...]:
    """The decisions of a table; see ``load_decisions``."""
    shared = path.name == SHARED
    return tuple(_decision(row, where, shared=shared) for row, where in _rows(text, path) if row["verdict"])


def write_decisions(decisions: Iterable[Decision]) -> str:
    """The table of decisions, as ``read_decisions`` reads it."""
    return write_rows(COLUMNS, map(row_of, decisions))


def write_rows(columns: Iterable[str], rows: Iterable[_Row]) -> str:
    """Rows as a table with a line of column names."""
    names = list(columns)
    written = io.StringIO()
    writer = csv.DictWriter(written, names, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def delimiter_of(header: str) -> str:
    """What parts the cells: a comma, or what a spreadsheet puts in its place."""
    return max(",;\t", key=header.count)


def row_of(decision: Decision) -> dict[str, str]:
    """One decision, column by column."""
    anchor = decision.anchor
    passage = f"{anchor.before} {_OPEN}{anchor.quote}{_CLOSE} {anchor.after}".strip()
    cells = {
        "verdict": decision.verdict.value,
        "scope": decision.scope.value,
        "kind": decision.kind.value if decision.kind else "",
        "name": anchor.quote,
        "context": passage if decision.scope is Scope.MENTION else "",
        "nth": f"{anchor.nth}/{anchor.of}" if anchor.whole else "",
    }
    rest = {"becomes": decision.becomes, "ref": decision.ref}
    rest |= {"who": decision.who, "when": decision.when, "note": decision.note}
    return cells | {name: value or "" for name, value in rest.items()}


def _rows(text: str, path: Path) -> Iterator[tuple[_Row, Location]]:
    delimiter = delimiter_of(text.split("\n", 1)[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: list[str] = []
    try:
        for cells in reader:
            where = Location(str(path), reader.line_num)
            if not columns:
                columns = _columns(cells, where)
            elif any(cell.strip() for cell in cells):
                if len(cells) > len(columns):
                    hint = "put a cell that holds a comma between quotation marks"
                    raise _refusal(where, f"{len(cells)} cells under {len(columns)} columns", hint)
                row = dict.fromkeys((*COLUMNS, *READ_OVER), "")
                yield row | {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}, where
    except csv.Error as error:
        where = Location(str(path), reader.line_num)
        raise _refusal(where, f"no table: {error}", "close what a quotation mark opened") from error


def _columns(cells: list[str], where: Location) -> list[str]:
    columns = [cell.strip().casefold() for cell in cells]
    known = ", ".join(f"`{name}`" for name in COLUMNS)
    for name in columns:
        if name not in COLUMNS + READ_OVER:
            raise _refusal(where, f"no column is called `{name}`", f"use {known}")
    for name in ("verdict", "name"):
        if name not in columns:
            raise _refusal(where, f"the column `{name}` is missing", f"begin the table with {known}")
    return columns


def _decision(row: _Row, where: Location, *, shared: bool) -> Decision:
    verdict = _one_of(Verdict, row["verdict"], "verdict", where)
    scope = _scope(row, where, shared=shared)
    kind = _one_of(Kind, row["kind"], "kind", where) if row["kind"] else None
    if kind is None and verdict is not Verdict.REJECT:
        raise _refusal(where, f"`{verdict.value}` without a kind", "say `persName` or `placeName` in the column `kind`")
    if verdict is Verdict.RELINK and not row["ref"]:
        raise _refusal(where, "`relink` without a ref", "give the id of an entry, or `none` for no link")
    if verdict is Verdict.EXTEND:
        _hold_extension(row["name"], row["becomes"], where)
    anchor = _anchor(row, where, scope)
    rest = (row[name] or None for name in ("becomes", "ref", "who", "when", "note"))
    return Decision(verdict, scope, kind, anchor, where, *rest)


def _hold_extension(name: str, becomes: str, where: Location) -> None:
    if not becomes:
        raise _refusal(where, "`extend` without what the name becomes", "write the whole name in the column `becomes`")
    if name not in becomes and becomes not in name:
        hint = "write the name as the text has it, with the words that belong to it"
        raise _refusal(where, f"`{becomes}` neither holds `{name}` nor is a part of it", hint)


def _scope(row: _Row, where: Location, *, shared: bool) -> Scope:
    usual = Scope.PROJECT if shared else Scope.MENTION if row["context"] else Scope.DOCUMENT
    scope = _one_of(Scope, row["scope"], "scope", where) if row["scope"] else usual
    if shared and scope is not Scope.PROJECT:
        raise _refusal(where, f"`{scope.value}` in a file that speaks of all texts", "move it to the text's own file")
    if not shared and scope is Scope.PROJECT:
        raise _refusal(where, "`project` in the file of one text", f"move the line to `{SHARED}` in the same folder")
    return scope


def _anchor(row: _Row, where: Location, scope: Scope) -> Anchor:
    quote = " ".join(row["name"].split())
    if not quote:
        raise _refusal(where, "a decision without a name", "write the name as the text has it in the column `name`")
    if scope is not Scope.MENTION:
        return Anchor(quote)
    before, marked, after = row["context"].partition(f"{_OPEN}{quote}{_CLOSE}")
    if not marked:
        raise _refusal(where, f"the context does not hold {_OPEN}{quote}{_CLOSE}", "copy it as it was proposed")
    nth, of = _numbers(row["nth"], where)
    return Anchor(quote, before.strip(), after.strip(), nth, of, whole=bool(row["nth"]))


def _numbers(cell: str, where: Location) -> tuple[int, int]:
    parts = cell.split("/") if cell else ["1", "1"]
    if len(parts) == 2 and all(part.strip().isdecimal() for part in parts):
        nth, of = map(int, parts)
        if 1 <= nth <= of:
            return nth, of
    raise _refusal(where, f"`{cell}` is no place among several", "write `2/3` for the second of three like passages")


def _one_of(choices: type[_Choice], cell: str, column: str, where: Location) -> _Choice:
    for choice in choices:
        if choice.value.casefold() == cell.casefold():
            return choice
    known = ", ".join(f"`{choice.value}`" for choice in choices)
    raise _refusal(where, f"`{cell}` is no {column}", f"use {known}")


def _refusal(where: Location, message: str, hint: str) -> TeiwrightError:
    return TeiwrightError(Diagnostic(Code.BROKEN_DECISIONS, where, message, hint))
