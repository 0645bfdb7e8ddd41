"""What was found in a file before: if the file, and all that the verdict depends on, are the same, so is the verdict.

Kept in one file of SQLite, a row for each checked file. The key is made of contents, never of times; only whether the
program is still the same is seen by the sizes and times of its files.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from teiwright.caching import cache_folder, is_ours_alone
from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.digests import digest_of_file, digest_of_program, key_of, stamp_of_program
from teiwright.gate.terms import Terms

_NEVER = frozenset({Code.OUR_BUG, Code.NOT_FOUND, Code.NOT_READABLE, Code.SCHEMA_TOO_SLOW})
"""What may be otherwise next time though no file has changed."""
_PATIENCE = 5.0
"""Seconds to wait for another run that is writing."""
_TABLES = """
CREATE TABLE IF NOT EXISTS program (stamp TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS verdict (file TEXT, terms TEXT, key TEXT, data TEXT, PRIMARY KEY (file, terms)) WITHOUT ROWID
"""
_CODES = {code.name: code for code in Code}


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found in one file; its id, and where that stands; the files that this depends on, if it is new."""

    findings: tuple[Diagnostic, ...]
    name: tuple[str, Location] | None = None
    depends: frozenset[Path] = frozenset()


@dataclass(frozen=True, slots=True)
class Subject:
    """A file of a run: as it was named, where it lies, the digest of what is in it, the files that include it."""

    path: Path
    place: str
    digest: str
    wholes: tuple[Path, ...] = ()


def _as_text(place: str) -> str:
    """A path as SQLite can keep it: a byte that is not UTF-8 stands in a name as half a surrogate (PEP 383)."""
    return place.encode("utf-8", "backslashreplace").decode()


class Memory:
    """The verdicts of earlier runs under the same terms, by the same program; none where none can be kept."""

    def __init__(self, terms: Terms) -> None:
        self._digests: dict[str, str] = {}
        self._store = _opened()
        self._key = key_of(terms, self._program()) if self._store else ""
        self._terms = key_of(terms)

    def __enter__(self) -> Memory:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _where: TracebackType | None
    ) -> None:
        if self._store is not None:
            with suppress(sqlite3.Error):
                self._store.commit()
            self._store.close()

    def _program(self) -> str:
        """To read all of the program takes longer than to check a few files, so that its digest is kept as well."""
        stamp = stamp_of_program()
        found = self._asked("SELECT digest FROM program WHERE stamp = ?", stamp)
        if found is not None:
            return found[0]
        digest = digest_of_program()
        self._told("DELETE FROM program")
        self._told("INSERT OR REPLACE INTO program VALUES (?, ?)", stamp, digest)
        return digest

    def _asked(self, words: str, *values: str) -> tuple[str, ...] | None:
        try:
            row: tuple[str, ...] | None = self._store.execute(words, values).fetchone() if self._store else None
        except sqlite3.Error:
            self._give_up()
            return None
        return row if row is not None and all(isinstance(value, str) for value in row) else None

    def _told(self, words: str, *values: str) -> None:
        try:
            if self._store is not None:
                self._store.execute(words, values)
        except sqlite3.Error:
            self._give_up()

    def _give_up(self) -> None:
        """A full disk or a damaged file is no reason to end a run."""
        if self._store is not None:
            with suppress(sqlite3.Error):
                self._store.close()
        self._store = None

    def recall(self, subject: Subject) -> Examined | None:
        """What would be found in a file now, if that is known."""
        words = "SELECT key, data FROM verdict WHERE file = ? AND terms = ?"
        found = self._asked(words, _as_text(subject.place), self._terms)
        if found is None or found[0] != self._key_of(subject):
            return None
        here = str(subject.path)
        try:
            data = json.loads(found[1])
            if not self._holds(data["depends"]):
                return None
            findings = tuple(_unpacked(each, here) for each in data["findings"])
            name = (data["id"][0], _place(data["id"][1], here)) if data["id"] else None
            return Examined(findings, name)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            return None

    def remember(self, subject: Subject, examined: Examined, read: str) -> None:
        """Keep a verdict. ``read`` is the digest of what was checked: it may have changed since the run began."""
        if read != subject.digest or any(finding.code in _NEVER for finding in examined.findings):
            return
        here = str(subject.path)
        data = {
            "depends": {str(file): self._digest(str(file)) for file in sorted(examined.depends)},
            "findings": [_packed(finding, here) for finding in examined.findings],
            "id": [examined.name[0], _spot(examined.name[1], here)] if examined.name else None,
        }
        row = (_as_text(subject.place), self._terms, self._key_of(subject), json.dumps(data))
        self._told("INSERT OR REPLACE INTO verdict VALUES (?, ?, ?, ?)", *row)

    def _key_of(self, subject: Subject) -> str:
        return key_of(self._key, subject.digest, *subject.wholes)

    def _holds(self, depends: Mapping[str, str]) -> bool:
        return all(self._digest(file) == digest for file, digest in depends.items())

    def _digest(self, path: str) -> str:
        """Of a file, once in a run: a thousand editions may point to one list of persons."""
        if path not in self._digests:
            self._digests[path] = digest_of_file(Path(path))
        return self._digests[path]


def _opened() -> sqlite3.Connection | None:
    folder = cache_folder("findings")
    if folder is None:
        return None
    path = folder / "findings.sqlite"
    for _ in range(2):
        if path.exists() and not is_ours_alone(path):
            return None
        try:
            return _connected(path)
        except sqlite3.OperationalError:
            return None  # another run holds it, or there is no room
        except sqlite3.Error:
            with suppress(OSError):
                path.unlink()  # it is damaged, and is made anew
    return None


def _connected(path: Path) -> sqlite3.Connection:
    store = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        # what a power cut destroys is made anew
        store.execute("PRAGMA synchronous = OFF")
        store.executescript(_TABLES)
        os.chmod(path, 0o600)  # noqa: PTH101 (the same, without a Path's detour)
    except sqlite3.Error:
        store.close()
        raise
    return store


def _packed(finding: Diagnostic, here: str) -> list[Any]:
    places = [_spot(place, here) for place in (finding.where, *finding.related)]
    return [finding.code.name, finding.message, finding.hint, places]


def _spot(place: Location, here: str) -> list[Any]:
    # the file itself is not named, as it may be named otherwise next time
    return [None if place.path == here else place.path, place.line, place.column, place.xpath, place.offset]


def _unpacked(data: list[Any], here: str) -> Diagnostic:
    code, message, hint, places = data
    found = [_place(place, here) for place in places]
    return Diagnostic(_CODES[code], found[0], message, hint, tuple(found[1:]))


def _place(data: list[Any], here: str) -> Location:
    path, *rest = data
    return Location(here if path is None else path, *rest)
