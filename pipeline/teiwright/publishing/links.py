"""Every link within the built site, and every id that one names, held against what is there."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.notebooks import notebook, remove

_TAG = re.compile(rb'<[a-z][^<>"]*"(?:[^"]*"[^<>"]*")*[^"]*"[^<>"]*>')
"""A tag with attributes, whose values may hold `<` and `>`; the same words in running text are none."""

_ATTRIBUTE = re.compile(r' (id|href|src|popovertarget|for|aria-labelledby)="([^"]*)"')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_HINT = "delete the output folder and build again; a stylesheet of the project may have dropped the id"


_TABLES = """
CREATE TABLE IF NOT EXISTS page (number INTEGER PRIMARY KEY, path TEXT UNIQUE, digest TEXT, ids TEXT);
CREATE TABLE IF NOT EXISTS link (page INTEGER, target TEXT, anchor TEXT, said TEXT, PRIMARY KEY (page, target, anchor))
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS flaw (page INTEGER, said TEXT, PRIMARY KEY (page, said)) WITHOUT ROWID;
CREATE TEMP TABLE there (path TEXT PRIMARY KEY) WITHOUT ROWID;
"""
"""What pages say: their ids, their links to other pages, and their links to ids that they do not have."""


def dead_links(output: Path, folder: str = "html", notes: Path | None = None) -> Iterator[Diagnostic]:
    """A finding for each link on a page below ``folder`` that leads to no file of ``output``, or to no id of a page.

    A page that is as it was when ``notes`` were taken of it is not looked through again.
    """
    with notebook(notes, _TABLES) as database:
        for path in sorted((output / folder).rglob("*.html")):
            _look_at(path.relative_to(output).as_posix(), path.read_bytes(), database)
        _forget_others(database)
        for page, said in database.execute(_FLAWS):
            yield _dead(output, page, said, "this page has no such id")
        yield from _links_between(output, database)


_FLAWS = "SELECT path, said FROM flaw JOIN page ON number = page ORDER BY path, said"
_FROM = "SELECT path, said FROM link JOIN page ON number = page WHERE (target, anchor) = (?, ?) ORDER BY path"


def _look_at(page: str, data: bytes, database: sqlite3.Connection) -> None:
    """Note what a page says, unless that is known."""
    database.execute("INSERT INTO there VALUES (?)", (page,))
    digest = sha256(data).hexdigest()
    known = database.execute("SELECT number, digest FROM page WHERE path = ?", (page,)).fetchone()
    if known and known[1] == digest:
        return
    if known:
        _forget(database, known[0])
    said = _said(page, data)
    row = (page, digest, "\n".join(sorted(said.ids)))
    number = database.execute("INSERT INTO page (path, digest, ids) VALUES (?, ?, ?)", row).lastrowid
    flaws = {words for name, words in said.own.items() if name not in said.ids}
    database.executemany("INSERT INTO flaw VALUES (?, ?)", ((number, words) for words in sorted(flaws)))
    rows = ((number, target, anchor, words) for (target, anchor), words in said.others.items())
    database.executemany("INSERT INTO link VALUES (?, ?, ?, ?)", rows)


def _forget_others(database: sqlite3.Connection) -> None:
    """The pages that are gone."""
    for (number,) in database.execute("SELECT number FROM page WHERE path NOT IN there").fetchall():
        _forget(database, number)


def _forget(database: sqlite3.Connection, number: int) -> None:
    for table, column in (("page", "number"), ("link", "page"), ("flaw", "page")):
        remove(database, table, [number], column)


@dataclass(frozen=True, slots=True)
class _Said:
    """Ids; links to ids of the same page; links to other files and ids in them. Each link with its own words."""

    ids: set[str]
    own: dict[str, str]
    others: dict[tuple[str, str], str]


def _said(page: str, data: bytes) -> _Said:
    said = _Said(set(), {}, {})
    # The same page is linked to many times, and to say where it lies costs most.
    place = lru_cache(maxsize=None)(lambda path: normpath(join(dirname(page), unquote(path))))
    for kind, words in _attributes(data):
        if kind == "id":
            said.ids.add(words)
        elif kind not in {"href", "src"}:
            said.own.update(dict.fromkeys(words.split(), words))
        elif words and not _SCHEME.match(words):
            path, _, anchor = words.partition("#")
            anchor = unquote(anchor) if "%" in anchor else anchor
            if path:
                said.others[place(path), anchor] = words
            elif anchor:
                said.own[anchor] = words
    return said


def _attributes(page: bytes) -> Iterator[tuple[str, str]]:
    tags = b"".join(_TAG.findall(page)).decode("utf-8", "replace")
    return ((kind, unescape(value) if "&" in value else value) for kind, value in _ATTRIBUTE.findall(tags))


def _links_between(output: Path, database: sqlite3.Connection) -> Iterator[Diagnostic]:
    current, ids, is_there = "", frozenset[str](), False
    for target, anchor in database.execute("SELECT DISTINCT target, anchor FROM link ORDER BY target, anchor"):
        if target != current:
            current, ids, path = target, frozenset(), output / target
            is_there = not target.startswith("..") and path.is_file()
        if not is_there:
            yield from _dead_ones(output, database, (target, anchor), "there is no such file")
        elif anchor:
            ids = ids or _ids(database, target)
            if anchor not in ids:
                yield from _dead_ones(output, database, (target, anchor), "the page has no such id")


def _dead_ones(output: Path, database: sqlite3.Connection, to: tuple[str, str], why: str) -> Iterator[Diagnostic]:
    yield from (_dead(output, page, said, why) for page, said in database.execute(_FROM, to).fetchall())


def _ids(database: sqlite3.Connection, page: str) -> frozenset[str]:
    row = database.execute("SELECT ids FROM page WHERE path = ?", (page,)).fetchone()
    return frozenset(row[0].split("\n") if row else ())


def _dead(output: Path, page: str, said: str, why: str) -> Diagnostic:
    return Diagnostic(
        Code.LINK_LEADS_NOWHERE, Location(str(output / page)), f"the link `{said}` leads nowhere: {why}", _HINT
    )
