"""A file of many texts as a folder of texts. What a person changed in the folder stays."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from teiwright.bulk.archives import of_archive
from teiwright.bulk.forms import ENDINGS, Form, form_of
from teiwright.bulk.records import Item, of_lines, of_parquet
from teiwright.diagnostics import Code, Diagnostic, Location, Severity, TeiwrightError
from teiwright.digests import digest_of_file
from teiwright.recording import Record
from teiwright.writing import digest_of, sweep, write_unless_edited


def unpack(source: Path, folder: Path) -> Iterator[Diagnostic]:
    """Write the texts of a file, one at a time, and remove those that are no longer in it.

    Nothing is removed that a person changed, nor if something of the file could not be read.
    """
    sweep(folder)
    is_whole, renamed, first = True, 0, ""
    with closing(Record(folder)) as record, closing(_Names()) as names:
        for item in items_of_file(source):
            finding = item if isinstance(item, Diagnostic) else _write(folder, item, record, names)
            if finding:
                is_whole = is_whole and finding.code.severity is not Severity.ERROR
                yield finding
            elif isinstance(item, Item) and item.id is not None and f"{item.id}.txt" != item.name:
                renamed, first = renamed + 1, first or f"`{item.id}`, now `{item.name.removesuffix('.txt')}`"
        if is_whole and any(name in names for name in record):
            yield from _remove(folder, record, names, source)
        record.write()
    if renamed:
        message = f"an id that cannot be one in XML and the name of a file was changed: {first}"
        if renamed > 1:
            message = f"{renamed:,} ids cannot be ids in XML and names of files, and were changed; the first is {first}"
        yield Diagnostic(Code.ID_CHANGED, Location(str(source)), message)


def items_of_file(source: Path) -> Iterator[Item | Diagnostic]:
    """The files that lie in a file, as they come; the gravest that can happen is a finding, too."""
    readers = {Form.LINES: of_lines, Form.PARQUET: of_parquet, Form.TAR: of_archive, Form.ZIP: of_archive}
    form = form_of(source)
    if source.is_dir():
        yield from of_archive(source)
        return
    if form is None:
        hint = f"the names of such files end in {', '.join(ENDINGS)}"
        yield Diagnostic(Code.NOT_READABLE, Location(str(source)), "this is no file of many texts", hint)
        return
    try:
        yield from readers[form](source)
    except TeiwrightError as error:
        yield error.finding
    except FileNotFoundError:
        yield Diagnostic(Code.NOT_FOUND, Location(str(source)), "there is no such file", "look at its name")
    except (OSError, EOFError, zlib.error) as error:
        why = " ".join(str(getattr(error, "strerror", None) or error).split()).lower()
        yield Diagnostic(Code.NOT_READABLE, Location(str(source)), f"the file cannot be read: {why}")


class _Names:
    """The names of the files that were written, whatever their number, and whatever a file system makes of case."""

    def __init__(self) -> None:
        self._open = sqlite3.connect("", isolation_level=None)  # a file of its own, if it does not fit into memory
        self._open.execute("CREATE TABLE name (folded BLOB PRIMARY KEY, place TEXT) WITHOUT ROWID")

    def add(self, name: str, place: str) -> str | None:
        """Take a name; where it was taken already, the place that has it."""
        folded = name.casefold().encode("utf-8", "surrogateescape")
        if self._open.execute("INSERT OR IGNORE INTO name VALUES (?, ?)", (folded, place)).rowcount:
            return None
        return str(self._open.execute("SELECT place FROM name WHERE folded = ?", (folded,)).fetchone()[0])

    def __contains__(self, name: str) -> bool:
        folded = name.casefold().encode("utf-8", "surrogateescape")
        return self._open.execute("SELECT 1 FROM name WHERE folded = ?", (folded,)).fetchone() is not None

    def close(self) -> None:
        """Forget them."""
        self._open.close()


def _write(folder: Path, item: Item, record: Record, names: _Names) -> Diagnostic | None:
    if taken := names.add(item.name, str(item.where)):
        message = f"the file of this text would have the same name as that of `{taken}`"
        return Diagnostic(Code.SAME_NAME, item.where, message, "give each text an id, or a file, of its own name")
    try:
        if kept := write_unless_edited(folder / item.name, item.data, record.get(item.name)):
            return kept
    except TeiwrightError as error:
        return error.finding
    record[item.name] = digest_of(item.data)
    return None


def _remove(folder: Path, record: Record, names: _Names, source: Path) -> Iterator[Diagnostic]:
    for name, digest in record.entries():
        file = folder / name
        if name in names:
            continue
        if digest_of_file(file) in {digest, ""}:
            file.unlink(missing_ok=True)
            del record[name]
        else:
            message = f"the text is no longer in `{source}`, and is kept, as a person changed it"
            yield Diagnostic(Code.SOURCE_GONE, Location(str(file)), message, "delete it, or put it back")
