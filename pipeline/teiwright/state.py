"""What earlier builds did, so that the next one does only what changed.

One SQLite file in ``.teiwright/``, in WAL mode: a build that is killed loses at most what it did last.
Only the process that builds writes it; workers hand over what they made, and read it while it is frozen.
Deleting the folder costs one full build and nothing else.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple
from itertools import chain
from pathlib import Path
from typing import Any

from teiwright.diagnostics import Diagnostic
from teiwright.extracted import Shelf
from teiwright.glancing import TABLE, Glances
from teiwright.made_files import MADE, FilesOfAll, Making
from teiwright.recalling import EDITIONS, AllRecalled, known_of
from teiwright.remembered import Known, Memory, Parts, cooked, packed, raw, unpacked
from teiwright.rows import PAGE, batches, marks, rows_of
from teiwright.shelving import KeptShelf
from teiwright.touching import Touch
from teiwright.transactions import Item, in_batches, whole

_FORM = 6
"""Of the tables; a file of another form is begun anew."""

_TABLES = f"""
CREATE TABLE memory (
    step TEXT, name BLOB, parts TEXT, findings TEXT, figures TEXT, PRIMARY KEY (step, name)) WITHOUT ROWID;
CREATE TABLE file (path BLOB PRIMARY KEY, step TEXT, name BLOB, digest TEXT) WITHOUT ROWID;
CREATE INDEX file_of_step ON file (step, name);
CREATE TABLE edition (
    name BLOB PRIMARY KEY, id BLOB, folded BLOB, digest TEXT, summary TEXT, extract_digest TEXT, extract BLOB,
    outline BLOB, outline_digest TEXT, searched BLOB);
CREATE INDEX edition_by_id ON edition (id, name);
CREATE INDEX edition_by_folded_id ON edition (folded, name);
CREATE TABLE touch (name BLOB PRIMARY KEY, pointers TEXT, data BLOB) WITHOUT ROWID;
CREATE TABLE cost (name BLOB, stage TEXT, microseconds INTEGER, PRIMARY KEY (name, stage)) WITHOUT ROWID;
CREATE TABLE clash (name BLOB PRIMARY KEY, owner BLOB) WITHOUT ROWID;
CREATE TABLE text (name BLOB PRIMARY KEY, path BLOB) WITHOUT ROWID;
CREATE TABLE fact (name TEXT PRIMARY KEY, key TEXT, value TEXT) WITHOUT ROWID;
CREATE TABLE stale (name BLOB PRIMARY KEY, parts TEXT) WITHOUT ROWID;
{TABLE}
"""

_TEMPORARY = f"""
CREATE TEMP TABLE fresh (name BLOB PRIMARY KEY) WITHOUT ROWID;
{MADE}
"""
"""What this build has planned to work on; what a step has made."""


class State:
    """The memory of a project. ``folder`` is the project's: paths are kept relative to it, so that it may be moved."""

    def __init__(self, folder: Path, file: Path, *, changes: bool = True) -> None:
        self._folder, self._file = folder, file
        self._open = self._connected() if changes else _read_only(file)
        self.digest_of = Glances(self._open, folder, file)
        self.recalled = AllRecalled(self._open, self.digest_of)

    @classmethod
    def as_it_was(cls, folder: Path, file: Path) -> State:
        """For another process, which only reads, while the one that builds has it ``frozen``."""
        return cls(folder, file, changes=False)

    @contextmanager
    def frozen(self) -> Iterator[Path]:
        """The file, which stays as it is now: what is kept meanwhile is written beside it.

        So others can read it without a lock, which forked processes must not take of a file that was open already.
        """
        self._open.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._open.execute("PRAGMA wal_autocheckpoint = 0")
        try:
            yield self._file
        finally:
            self._open.execute("PRAGMA wal_autocheckpoint = 1000")

    def __enter__(self) -> State:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA temp_store = FILE")
            (form,) = connection.execute("PRAGMA user_version").fetchone()
            if form != _FORM:
                for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
                    connection.execute(f'DROP TABLE "{table}"')
                connection.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {_FORM}; COMMIT;")
            connection.executescript(_TEMPORARY)
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def in_batches(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items; what is kept while some of them are worked on is written at once."""
        return in_batches(self._open, items)

    def adopt(self, file: Path, whose: Callable[[str], bool], *, outlines: bool = False) -> None:
        """Take over what another state knows of some documents; of the others, with ``outlines``, what links need."""
        self._open.create_function("wanted", 1, lambda name: whose(cooked(name)), deterministic=True)
        self._open.execute("ATTACH ? AS other", (str(file),))
        try:
            with whole(self._open):
                for table in ("memory", "file", "touch", "cost", "edition"):
                    rows = f"SELECT * FROM other.{table} WHERE name <> x'' AND wanted(name)"  # noqa: S608 (ours)
                    self._open.execute(f"INSERT OR REPLACE INTO {table} {rows}")
                if outlines:
                    self._open.execute(
                        "INSERT OR IGNORE INTO edition SELECT "
                        "name, id, folded, digest, summary, extract_digest, x'', x'', outline_digest, x'' "
                        "FROM other.edition"
                    )
                    self._open.execute("INSERT OR REPLACE INTO fact SELECT * FROM other.fact")
        finally:
            self._open.execute("DETACH other")

    # what there is

    def begin(self, texts: Iterable[tuple[str, str]]) -> None:
        """Name the texts of this build: name and path."""
        with whole(self._open):
            self._open.execute("DELETE FROM text")
            self._open.executemany("INSERT INTO text VALUES (?, ?)", ((raw(n), raw(p)) for n, p in texts))

    def texts(self) -> Iterator[tuple[str, str]]:
        """Name and path of each text, in the order of names."""
        query = "SELECT name, path FROM text WHERE name > ? ORDER BY name LIMIT ?"
        return ((cooked(name), cooked(path)) for name, path in rows_of(self._open, query))

    def has_text(self, name: str) -> bool:
        """Whether there is such a text."""
        return self._open.execute("SELECT 1 FROM text WHERE name = ?", (raw(name),)).fetchone() is not None

    def without(self, names: Iterable[str]) -> Iterator[str]:
        """Those of which there is no text."""
        for some in batches(names):
            query = f"SELECT name FROM text WHERE name IN {marks(some)}"  # noqa: S608 (marks alone)
            there = {cooked(name) for (name,) in self._open.execute(query, tuple(map(raw, some)))}
            yield from (name for name in some if name not in there)

    def path_of_text(self, name: str) -> str:
        """Where a text is, seen from the project's folder; empty if it is no longer there."""
        found = self._open.execute("SELECT path FROM text WHERE name = ?", (raw(name),)).fetchone()
        return cooked(found[0]) if found else ""

    def without_text(self) -> list[str]:
        """The editions that are known and have no text any more."""
        query = "SELECT name FROM memory WHERE name NOT IN (SELECT name FROM text) AND name <> x'' GROUP BY name"
        return [cooked(name) for (name,) in self._open.execute(query).fetchall()]

    # what steps did

    def recall(self, step: str, name: str) -> Memory | None:
        """What a step did; none if it was never taken."""
        query = "SELECT parts, findings, figures FROM memory WHERE step = ? AND name = ?"
        row = self._open.execute(query, (step, raw(name))).fetchone()
        if row is None:
            return None
        parts, findings, figures = map(json.loads, row)
        told = tuple(unpacked(finding, self._folder) for finding in findings)
        files = dict(self._owned(step, name)) if name else self.files_of_all(step)
        return Memory(parts, files, told, figures)

    def files_of_all(self, step: str) -> FilesOfAll:
        """The files that a step of all documents made."""
        return FilesOfAll(self._open, self.digest_of, step)

    def steps_of_all(self) -> list[str]:
        """The steps that were taken for all documents together, and for none alone."""
        return [step for (step,) in self._open.execute("SELECT step FROM memory WHERE name = x'' ORDER BY step")]

    def keep(self, step: str, name: str, memory: Memory) -> Mapping[str, str]:
        """Remember what a step did; the files that it made before and does not make now, which nobody else makes."""
        packed = (json.dumps(part) for part in (memory.parts, self._all_packed(memory), memory.figures))
        with whole(self._open):
            owned = dict(self._owned(step, name))
            self._open.execute("INSERT OR REPLACE INTO memory VALUES (?, ?, ?, ?, ?)", (step, raw(name), *packed))
            gone = {path: digest for path, digest in owned.items() if path not in memory.files}
            self._open.executemany("DELETE FROM file WHERE path = ?", ((raw(path),) for path in gone))
            others = (each for each in memory.files.items() if owned.get(each[0]) != each[1])
            rows = ((raw(path), step, raw(name), digest) for path, digest in others)
            self._open.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)", rows)
        return gone

    def making(self) -> Making:
        """Where a step of all documents notes what it makes, from the beginning."""
        self._open.execute("DELETE FROM made")
        return Making(self._open)

    def keep_made(self, step: str, memory: Memory, *, stays: bool = False) -> Mapping[str, str]:
        """The same of a step of all documents, of which the files are noted; with ``stays``, none is to go."""
        row = (step, *(json.dumps(part) for part in (memory.parts, self._all_packed(memory), memory.figures)))
        with whole(self._open):
            self._open.execute("INSERT OR REPLACE INTO memory VALUES (?, x'', ?, ?, ?)", row)
            owned = "file WHERE step = ? AND name = x''"
            if stays:
                self._open.execute(f"INSERT OR IGNORE INTO made SELECT path, digest FROM {owned}", (step,))  # noqa: S608 (ours)
            not_made = f"{owned} AND path NOT IN (SELECT path FROM made)"  # noqa: S608 (ours)
            gone = {cooked(p): d for p, d in self._open.execute(f"SELECT path, digest FROM {not_made}", (step,))}  # noqa: S608 (ours)
            self._open.execute(f"DELETE FROM {not_made}", (step,))  # noqa: S608 (ours)
            others = f"(path, digest) NOT IN (SELECT path, digest FROM {owned})"  # noqa: S608 (ours)
            files = f"SELECT path, ?, x'', digest FROM made WHERE {others}"  # noqa: S608 (ours)
            self._open.execute(f"INSERT OR REPLACE INTO file {files}", (step, step))
        return gone

    def _all_packed(self, memory: Memory) -> list[dict[str, Any]]:
        return [packed(finding, self._folder) for finding in memory.findings]

    def findings(self, *steps: str) -> Iterator[tuple[str, tuple[Diagnostic, ...]]]:
        """What these steps found in texts that are there, in the order of the names of texts and of steps."""
        query = f"""SELECT name, step, findings FROM memory JOIN text USING (name)
            WHERE findings <> '[]' AND step IN {marks(steps)} AND (name, step) > (?, ?)
            ORDER BY name, step LIMIT ?"""  # noqa: S608 (marks alone)
        for name, _, findings in rows_of(self._open, query, *steps, place=(b"", b"")):
            yield cooked(name), tuple(unpacked(finding, self._folder) for finding in json.loads(findings))

    def figures(self, step: str) -> Iterator[tuple[str, Mapping[str, int], bool]]:
        """Each text with the figures of a step, none if it was not taken; and whether any phase planned to work on it.

        In the order of names.
        """
        query = "SELECT text.name, figures, text.name IN fresh FROM text LEFT JOIN memory"
        query += " ON (step, memory.name) = (?, text.name) WHERE text.name > ? ORDER BY text.name LIMIT ?"
        for name, figures, is_fresh in rows_of(self._open, query, step):
            yield cooked(name), json.loads(figures) if figures else {}, bool(is_fresh)

    def forget(self, step: str, name: str) -> Mapping[str, str]:
        """Forget a step; the files that it made, with their digests."""
        owned = dict(self._owned(step, name))
        with whole(self._open):
            for table in ("memory", "file"):
                self._open.execute(f"DELETE FROM {table} WHERE step = ? AND name = ?", (step, raw(name)))  # noqa: S608 (a name of ours)
        return owned

    def _owned(self, step: str, name: str) -> list[tuple[str, str]]:
        query = "SELECT path, digest FROM file WHERE step = ? AND name = ? ORDER BY path"
        return [(cooked(path), digest) for path, digest in self._open.execute(query, (step, raw(name))).fetchall()]

    def note_files(self, documents: Iterable[tuple[str, str]], steps: Iterable[str]) -> None:
        """Look at what was just made, so that the next build need not read it: steps and names of documents, steps."""
        of_documents = (path for step, name in documents for path, _ in self._owned(step, name))
        with whole(self._open):
            self.digest_of.note(chain(of_documents, *map(self.files_of_all, steps)))

    def files(self) -> Iterator[tuple[str, str, str, str]]:
        """Path, step, name and digest of all files that were made, in the order of paths."""
        query = "SELECT path, step, name, digest FROM file WHERE path > ? ORDER BY path LIMIT ?"
        for path, step, name, digest in rows_of(self._open, query):
            yield cooked(path), step, cooked(name), digest

    def fact(self, name: str, key: str) -> Any:
        """What was worked out for this key; none if nothing was, or for another."""
        row = self._open.execute("SELECT value FROM fact WHERE name = ? AND key = ?", (name, key)).fetchone()
        return None if row is None else json.loads(row[0])

    def keep_fact(self, name: str, key: str, value: Any) -> None:
        """Remember what was worked out."""
        self._open.execute("INSERT OR REPLACE INTO fact VALUES (?, ?, ?)", (name, key, json.dumps(value)))

    # what has to be done

    def plan(self, stale: Iterable[tuple[str, Parts]]) -> int:
        """Write down which documents a phase has to work on; how many they are."""
        with whole(self._open):
            self._open.execute("DELETE FROM stale")
            rows = ((raw(name), json.dumps(parts)) for name, parts in stale)
            self._open.executemany("INSERT INTO stale VALUES (?, ?)", rows)
            self._open.execute("INSERT OR IGNORE INTO fresh SELECT name FROM stale")
        return int(self._open.execute("SELECT count(*) FROM stale").fetchone()[0])

    def planned(self) -> Iterator[tuple[str, Parts]]:
        """What was written down."""
        query = "SELECT name, parts FROM stale WHERE name > ? ORDER BY name LIMIT ?"
        return ((cooked(name), json.loads(parts)) for name, parts in rows_of(self._open, query))

    def planned_texts(self) -> Iterator[str]:
        """The paths of the texts that were written down."""
        query = "SELECT name, path FROM stale JOIN text USING (name) WHERE name > ? ORDER BY name LIMIT ?"
        return (cooked(path) for _, path in rows_of(self._open, query))

    def is_planned(self, name: str) -> bool:
        """Whether it was written down."""
        return self._open.execute("SELECT 1 FROM stale WHERE name = ?", (raw(name),)).fetchone() is not None

    def parts_of(self, name: str) -> Parts:
        """What one that was written down is made of."""
        row = self._open.execute("SELECT parts FROM stale WHERE name = ?", (raw(name),)).fetchone()
        return dict(json.loads(row[0]))

    # what editions are

    def keep_edition(self, known: Known) -> None:
        """Remember an edition as it stands."""
        names, summary = (known.name, known.id, known.id.casefold()), json.dumps(known.summary)
        seen = (known.extract_digest, known.extract, known.outline, known.outline_digest, known.searched)
        row = (*map(raw, names), known.digest, summary, *seen)
        self._open.execute("INSERT OR REPLACE INTO edition VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def forget_edition(self, name: str) -> None:
        """An edition without a text is no part of the collection."""
        for table in ("edition", "touch", "cost"):
            self._open.execute(f"DELETE FROM {table} WHERE name = ?", (raw(name),))  # noqa: S608 (a name of ours)

    def keep_touch(self, name: str, touch: Touch) -> None:
        """Remember how a document touches the authority files."""
        *asked, pointers = astuple(touch)
        row = raw(name), json.dumps(pointers), zlib.compress(json.dumps(asked).encode(), 1)
        self._open.execute("INSERT OR REPLACE INTO touch VALUES (?, ?, ?)", row)

    def touch(self, name: str) -> Touch:
        """How it touches them."""
        row = self._open.execute("SELECT pointers, data FROM touch WHERE name = ?", (raw(name),)).fetchone()
        if row is None:
            return Touch()
        words, surnames, forms = json.loads(zlib.decompress(row[1]))
        return Touch(tuple(words), tuple(surnames), tuple(map(tuple, forms)), tuple(json.loads(row[0])))

    def pointers(self, name: str) -> tuple[str, ...]:
        """The entries to which its edition points: of how it touches them, all that its views ask for."""
        row = self._open.execute("SELECT pointers FROM touch WHERE name = ?", (raw(name),)).fetchone()
        return tuple(json.loads(row[0])) if row else ()

    def keep_costs(self, name: str, costs: Mapping[str, int]) -> None:
        """Remember what the last work on a document cost, in microseconds by stage; of others what is known stays."""
        with whole(self._open):
            rows = ((raw(name), stage, spent) for stage, spent in costs.items())
            self._open.executemany("INSERT OR REPLACE INTO cost VALUES (?, ?, ?)", rows)

    def costs(self, name: str) -> Mapping[str, int]:
        """What the last work on a document cost."""
        query = "SELECT stage, microseconds FROM cost WHERE name = ? ORDER BY stage"
        return dict(self._open.execute(query, (raw(name),)).fetchall())

    def settle(self, taken: Iterable[str]) -> None:
        """Find who has the id of an earlier one, also on file systems that do not tell case apart, or one of ``taken``.

        Such an edition is no part of the collection until it is given another id.
        """
        doubles = "SELECT folded FROM edition GROUP BY folded HAVING count(*) > 1"
        first = "SELECT min(name) FROM edition AS other WHERE other.folded = edition.folded"
        with whole(self._open):
            self._open.execute("DELETE FROM clash")
            self._open.execute(
                f"INSERT INTO clash SELECT name, ({first}) FROM edition "  # noqa: S608 (constants of ours)
                f"WHERE folded IN ({doubles}) AND name <> ({first})"
            )
            rows = ((raw(name),) for name in taken)
            self._open.executemany("INSERT OR REPLACE INTO clash SELECT name, x'' FROM edition WHERE folded = ?", rows)

    def clashing(self) -> list[tuple[str, str, str]]:
        """Name, id, and the name of the one that has the id already; an empty one for a page of the collection."""
        query = "SELECT name, id, owner FROM clash JOIN edition USING (name) ORDER BY name"
        return [(cooked(name), cooked(id_), cooked(owner)) for name, id_, owner in self._open.execute(query).fetchall()]

    def editions(self) -> Iterator[Known]:
        """All editions without their extracts, in the order of their ids, which is that of the collection."""
        return map(known_of, rows_of(self._open, EDITIONS.format(*"???"), place=(b"", b"")))

    def shelf(self) -> Shelf:
        """The extracts, in the same order."""
        return KeptShelf(self)

    def extracts(self, what: str = "extract") -> Iterator[Any]:
        """The extracts as they are kept, one at a time; or another column beside them."""
        query = f"""SELECT id, name, {what} FROM edition
            WHERE (id, name) > (?, ?) AND extract <> x'' AND name NOT IN (SELECT name FROM clash)
            ORDER BY id, name LIMIT ?"""  # noqa: S608 (a name of ours)
        page = 8 if what == "extract" else PAGE
        return (row[-1] for row in rows_of(self._open, query, place=(b"", b""), page=page))

    def extract(self, name: bytes, what: str = "extract") -> bytes:
        """The one of the edition of this name, or another column beside it."""
        (data,) = self._open.execute(f"SELECT {what} FROM edition WHERE name = ?", (name,)).fetchone()  # noqa: S608
        return bytes(data)


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True)
