"""Every link within the built site, and every id that one names, held against what is there."""

from __future__ import annotations

import os
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from html import unescape
from pathlib import Path
from posixpath import dirname, normpath
from typing import NamedTuple
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
    numbers = _Numbers(database)
    query = """SELECT there.path, page.number FROM there LEFT JOIN place USING (path) LEFT JOIN page USING (number)
        WHERE page.digest IS NOT there.digest AND there.path > ? ORDER BY there.path LIMIT ?"""
    last = ""
    while pages := database.execute(query, (last, _AT_ONCE)).fetchall():
        for page, number in pages:
            if number is not None:
                _forget(database, number)
            _look_at(page, (output / page).read_bytes(), database, numbers)
        last = pages[-1][0]


def _pages_below(output: Path, folder: str) -> Iterator[str]:
    with os.scandir(output / folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _pages_below(output, f"{folder}/{entry.name}")
            elif entry.name.endswith(".html"):
                yield f"{folder}/{entry.name}"


def _look_at(page: str, data: bytes, database: sqlite3.Connection, numbers: _Numbers) -> None:
    """Note what a page says, of which nothing is known."""
    number, folder, said = numbers.of(page), dirname(page), _said(data)
    named: dict[int, set[str]] = {}
    for path, anchors in said.links.items():
        target = numbers.of_link(folder, path)
        if target is not None:
            named[target] = named[target] | anchors if target in named else anchors
    row = (number, sha256(data).hexdigest(), "\n".join(sorted(said.ids)))
    database.execute("INSERT INTO page VALUES (?, ?, ?)", row)
    database.execute("INSERT OR IGNORE INTO anew VALUES (?)", (number,))
    if flaws := {words for name, words in said.own if name not in said.ids}:
        database.executemany("INSERT INTO flaw VALUES (?, ?)", ((number, words) for words in sorted(flaws)))
    rows = ((number, target, "\n".join(sorted(anchors))) for target, anchors in named.items())
    database.executemany("INSERT INTO link VALUES (?, ?, ?)", rows)


class _Numbers:
    """The numbers of files, a new one for each that has none."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self.of = lru_cache(maxsize=50_000)(self._of)
        self.of_link = lru_cache(maxsize=50_000)(self._of_link)  # the pages of a folder have many links in common

    def _of(self, path: str) -> int:
        query = "INSERT INTO place (path) VALUES (?) ON CONFLICT DO UPDATE SET path = path RETURNING number"
        found: tuple[int] = self._database.execute(query, (path,)).fetchone()
        return found[0]

    def _of_link(self, folder: str, path: str) -> int | None:
        place = _place(folder, path)
        return None if place is None else self.of(place)


def _forget(database: sqlite3.Connection, number: int) -> None:
    """What is known of a page, which is another from now on, or gone."""
    for table, column in (("page", "number"), ("link", "page"), ("flaw", "page")):
        remove(database, table, [number], column)
    database.execute("INSERT OR IGNORE INTO anew VALUES (?)", (number,))


def _judge(database: sqlite3.Connection) -> None:
    """Hold the links from and to pages that are others against the ids of these; what is known of the rest stays."""
    # Only now, as to sort all at once takes less than to put each where it belongs.
    database.execute("CREATE INDEX IF NOT EXISTS link_to ON link (target)")
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
    def linked(page: str) -> Mapping[str | None, Mapping[str, str]]:
        return _by_files(dirname(page), _said((output / page).read_bytes()).links)

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


class _Said(NamedTuple):
    """Ids; ids of the same page that it names, each with the words in which it does; what links to others name there.

    Addresses are as they stand, and may be written in more than one way.
    """

    ids: set[str]
    own: list[tuple[str, str]]
    links: dict[str, set[str]]


def _said(data: bytes) -> _Said:
    tags = b"".join(_TAG.findall(data)).decode("utf-8", "replace")
    is_escaped = "&" in tags
    ids: set[str] = set()
    own: list[tuple[str, str]] = []
    links: defaultdict[str, set[str]] = defaultdict(set)
    for kind, value in _ATTRIBUTE.findall(tags):
        words = unescape(value) if is_escaped and "&" in value else value
        if kind == "id":
            ids.add(words)
        elif kind in _LINKS:
            path, _, anchor = words.partition("#")
            links[path].add(anchor)
        else:
            own += [(name, words) for name in words.split()]
    if "%" in tags:
        links = defaultdict(set, {path: set(map(unquote, anchors)) for path, anchors in links.items()})
    own += [(anchor, f"#{anchor}") for anchor in links.pop("", ()) if anchor]
    return _Said(ids, own, links)


def _by_files(folder: str, links: Mapping[str, set[str]]) -> dict[str | None, dict[str, str]]:
    """What links say, by the files to which they lead from a folder and by the ids that they name."""
    files: dict[str | None, dict[str, str]] = {}
    for path, anchors in sorted(links.items()):
        said = {anchor: f"{path}#{anchor}" if anchor else path for anchor in sorted(anchors)}
        files.setdefault(_place(folder, path), {}).update(said)
    return files


def _place(folder: str, path: str) -> str | None:
    """The file to which a link leads from a folder; none if it leads to another host."""
    if _SCHEME.match(path):
        return None
    way = unquote(path) if "%" in path else path
    return normpath(way if way[0] == "/" else f"{folder}/{way}")


def _dead(output: Path, page: str, said: str, why: str) -> Diagnostic:
    return Diagnostic(
        Code.LINK_LEADS_NOWHERE, Location(str(output / page)), f"the link `{said}` leads nowhere: {why}", _HINT
    )
