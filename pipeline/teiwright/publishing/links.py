"""Every link within the built site, and every id that one names, held against what is there."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import sha256
from html import unescape
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import unquote

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.notebooks import notebook, remove

_TAG = re.compile(rb'<[a-z][^<>"]*"(?:[^"]*"[^<>"]*")*[^"]*"[^<>"]*>')
"""A tag with attributes, whose values may hold `<` and `>`; the same words in running text are none."""

_ATTRIBUTE = re.compile(r' (id|href|src|popovertarget|for|aria-labelledby)="([^"]*)"')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_LINKS = frozenset({"href", "src"})
_HINT = "delete the output folder and build again; a stylesheet of the project may have dropped the id"


_AT_ONCE = 500
"""Pages of which the paths are read together, so that tables may be written between them."""

_TABLES = """
CREATE TABLE IF NOT EXISTS place (number INTEGER PRIMARY KEY, path TEXT UNIQUE);
CREATE TABLE IF NOT EXISTS page (number INTEGER PRIMARY KEY, digest TEXT, ids TEXT);
CREATE TABLE IF NOT EXISTS link (page INTEGER, target INTEGER, anchors TEXT, PRIMARY KEY (page, target)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS link_to ON link (target);
CREATE TABLE IF NOT EXISTS flaw (page INTEGER, said TEXT, PRIMARY KEY (page, said)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS dead (page INTEGER, target INTEGER, anchor TEXT, PRIMARY KEY (page, target, anchor))
    WITHOUT ROWID;
CREATE TEMP TABLE made (path TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID;
CREATE TEMP TABLE there (path TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS anew (number INTEGER PRIMARY KEY);
"""
"""Files by numbers; of pages their ids, the other files to which they link with the ids that they name in these (a line
each), their links to ids that they do not have; which links name an id that the other page does not have; which pages
are others than when this was last judged. Then what there is now.
"""


def note_links(output: Path, notes: Path, made: Iterable[tuple[str, str]]) -> None:
    """Look through some of the pages, which were ``made`` with these digests, before all are there to be judged."""
    with notebook(notes, _TABLES) as database:
        database.executemany("INSERT INTO there VALUES (?, ?)", made)
        _look_at_others(database, output)


def dead_links(
    output: Path, folder: str = "html", notes: Path | None = None, made: Iterable[tuple[str, str]] = ()
) -> Iterator[Diagnostic]:
    """A finding for each link on a page below ``folder`` that leads to no file of ``output``, or to no id of a page.

    A page that is as it was when ``notes`` were taken of it is not looked through again; nor is it read if it is
    among those that were ``made``, of which the digest is known.
    """
    with notebook(notes, _TABLES) as database:
        database.executemany("INSERT INTO made VALUES (?, ?)", made)
        _note_what_is_there(database, output, folder)
        _look_at_others(database, output)
        _judge(database)
        for page, said in database.execute(_FLAWS):
            yield _dead(output, page, said, "this page has no such id")
        for _, _, page, said, why in sorted(_leading_nowhere(database, output, _missing(database, output))):
            yield _dead(output, page, said, why)


_FLAWS = "SELECT path, said FROM flaw JOIN place ON number = page ORDER BY path, said"


def _note_what_is_there(database: sqlite3.Connection, output: Path, folder: str) -> None:
    """All pages with their digests; those that are gone are forgotten."""
    query = "INSERT INTO there VALUES (?1, (SELECT digest FROM made WHERE path = ?1))"
    database.executemany(
        query, ((page,) for page in (_pages_below(output, folder) if (output / folder).is_dir() else ()))
    )
    for (page,) in database.execute("SELECT path FROM there WHERE digest IS NULL").fetchall():
        digest = sha256((output / page).read_bytes()).hexdigest()
        database.execute("UPDATE there SET digest = ? WHERE path = ?", (digest, page))
    gone = "SELECT number FROM page JOIN place USING (number) WHERE path NOT IN (SELECT path FROM there)"
    for (number,) in database.execute(gone).fetchall():
        _forget(database, number)


def _look_at_others(database: sqlite3.Connection, output: Path) -> None:
    """Look through the pages that are not as they were noted."""
    number = lru_cache(maxsize=10_000)(partial(_number, database))
    query = """SELECT there.path FROM there LEFT JOIN place USING (path) LEFT JOIN page USING (number)
        WHERE page.digest IS NOT there.digest AND there.path > ? ORDER BY there.path LIMIT ?"""
    last = ""
    while pages := [page for (page,) in database.execute(query, (last, _AT_ONCE)).fetchall()]:
        for page in pages:
            _look_at(page, (output / page).read_bytes(), database, number)
        last = pages[-1]


def _pages_below(output: Path, folder: str) -> Iterator[str]:
    with os.scandir(output / folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _pages_below(output, f"{folder}/{entry.name}")
            elif entry.name.endswith(".html"):
                yield f"{folder}/{entry.name}"


def _look_at(page: str, data: bytes, database: sqlite3.Connection, number_of: Callable[[str], int]) -> None:
    """Note what a page says, in place of what it said."""
    number = number_of(page)
    _forget(database, number)
    said = _said(page, data)
    row = (number, sha256(data).hexdigest(), "\n".join(sorted(said.ids)))
    database.execute("INSERT INTO page VALUES (?, ?, ?)", row)
    flaws = {words for name, words in said.own.items() if name not in said.ids}
    database.executemany("INSERT INTO flaw VALUES (?, ?)", ((number, words) for words in sorted(flaws)))
    rows = ((number, number_of(target), "\n".join(anchors)) for target, anchors in said.others.items())
    database.executemany("INSERT INTO link VALUES (?, ?, ?)", rows)


def _number(database: sqlite3.Connection, path: str) -> int:
    """The number of a file, a new one if it has none."""
    database.execute("INSERT OR IGNORE INTO place (path) VALUES (?)", (path,))
    found: tuple[int] = database.execute("SELECT number FROM place WHERE path = ?", (path,)).fetchone()
    return found[0]


def _forget(database: sqlite3.Connection, number: int) -> None:
    """What is known of a page, which is another from now on, or gone."""
    for table, column in (("page", "number"), ("link", "page"), ("flaw", "page")):
        remove(database, table, [number], column)
    database.execute("INSERT OR IGNORE INTO anew VALUES (?)", (number,))


def _judge(database: sqlite3.Connection) -> None:
    """Hold the links from and to pages that are others against the ids of these; what is known of the rest stays."""
    database.execute("DELETE FROM dead WHERE page IN anew OR target IN anew")
    query = """SELECT target, page, anchors FROM link WHERE anchors <> '' AND (page IN anew OR target IN anew)
        ORDER BY target"""
    current, ids = -1, frozenset[str]()
    for target, page, anchors in database.execute(query):
        if target != current:
            current, ids = target, _ids(database, target)
        if dead := set(anchors.split("\n")) - ids:
            rows = ((page, target, anchor) for anchor in sorted(dead))
            database.executemany("INSERT INTO dead VALUES (?, ?, ?)", rows)
    database.execute("DELETE FROM anew")


def _ids(database: sqlite3.Connection, number: int) -> frozenset[str]:
    row = database.execute("SELECT ids FROM page WHERE number = ?", (number,)).fetchone()
    return frozenset(("", *row[0].split("\n")) if row else ("",))  # a link may name no id


_Found = tuple[str, str, str, str, str]
"""Where a link leads, the id that it names, the page on which it stands, its words, and what is wrong."""


def _missing(database: sqlite3.Connection, output: Path) -> dict[int, str]:
    """The files to which links lead and that are not there."""
    linked = """SELECT number, path FROM place
        WHERE path NOT IN (SELECT path FROM there) AND EXISTS (SELECT 1 FROM link WHERE target = number)"""
    return {
        number: path
        for number, path in database.execute(linked)
        if path.startswith("..") or not (output / path).is_file()
    }


def _leading_nowhere(database: sqlite3.Connection, output: Path, missing: Mapping[int, str]) -> Iterator[_Found]:
    @lru_cache(maxsize=100)
    def linked(page: str) -> Mapping[str, Mapping[str, str]]:
        return _said(page, (output / page).read_bytes()).others

    to_files = "SELECT path FROM link JOIN place ON number = page WHERE target = ?"
    for number, target in missing.items():
        for (page,) in database.execute(to_files, (number,)):
            for anchor, said in linked(page).get(target, {}).items():
                yield target, anchor, page, said, "there is no such file"
    to_ids = """SELECT target, there.path, anchor, here.path FROM dead
        JOIN place AS there ON there.number = target JOIN place AS here ON here.number = page"""
    for number, target, anchor, page in database.execute(to_ids):
        if number not in missing:
            said = linked(page).get(target, {}).get(anchor, anchor)
            yield target, anchor, page, said, "the page has no such id"


@dataclass(frozen=True, slots=True)
class _Said:
    """Ids; links to ids of the same page; other files, and what links name in each. Each link with its own words."""

    ids: set[str]
    own: dict[str, str]
    others: dict[str, dict[str, str]]


def _said(page: str, data: bytes) -> _Said:
    ids: list[str] = []
    own: dict[str, str] = {}
    linked: dict[str, dict[str, str]] = {}
    for kind, words in _attributes(data):
        if kind == "id":
            ids.append(words)
        elif kind in _LINKS:
            path, _, anchor = words.partition("#")
            if path not in linked:  # an index leads to many places of the same document
                linked[path] = {}
            linked[path][unquote(anchor) if "%" in anchor else anchor] = words
        else:
            own.update(dict.fromkeys(words.split(), words))
    own |= {anchor: words for anchor, words in linked.pop("", {}).items() if anchor}
    return _Said(set(ids), own, _by_files(dirname(page), linked))


def _by_files(folder: str, linked: Mapping[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """What links say, by the files to which they lead from a folder."""
    files: dict[str, dict[str, str]] = {}
    for path, anchors in linked.items():
        if not _SCHEME.match(path):
            way = unquote(path) if "%" in path else path
            place = normpath(way if way[0] == "/" else f"{folder}/{way}")
            files[place] = files[place] | anchors if place in files else anchors
    return files


def _attributes(page: bytes) -> Iterator[tuple[str, str]]:
    tags = b"".join(_TAG.findall(page)).decode("utf-8", "replace")
    return ((kind, unescape(value) if "&" in value else value) for kind, value in _ATTRIBUTE.findall(tags))


def _dead(output: Path, page: str, said: str, why: str) -> Diagnostic:
    return Diagnostic(
        Code.LINK_LEADS_NOWHERE, Location(str(output / page)), f"the link `{said}` leads nowhere: {why}", _HINT
    )
