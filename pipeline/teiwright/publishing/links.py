"""Every link within the built site, and every id that one names, held against what is there."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import lru_cache
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from tempfile import TemporaryDirectory
from urllib.parse import unquote

from teiwright.diagnostics import Code, Diagnostic, Location

_TAG = re.compile(rb'<[a-z][^<>"]*"(?:[^"]*"[^<>"]*")*[^"]*"[^<>"]*>')
"""A tag with attributes, whose values may hold `<` and `>`; the same words in running text are none."""

_ATTRIBUTE = re.compile(r' (id|href|src|popovertarget|for|aria-labelledby)="([^"]*)"')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_HINT = "delete the output folder and build again; a stylesheet of the project may have dropped the id"


def dead_links(output: Path, folder: str = "html") -> Iterator[Diagnostic]:
    """A finding for each link on a page below ``folder`` that leads to no file of ``output``, or to no id of a page.

    Each page is read once, and once more if others link to places in it. Links from page to page wait in a
    temporary database, so that memory does not grow with the site.
    """
    with TemporaryDirectory(prefix="teiwright-") as place, closing(_database(Path(place))) as links:
        for page in sorted((output / folder).rglob("*.html")):
            yield from _own_links(output, page.relative_to(output).as_posix(), links)
        yield from _links_between(output, links)


def _database(folder: Path) -> sqlite3.Connection:
    database = sqlite3.connect(folder / "links.db", isolation_level=None)
    database.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000;"
        "CREATE TABLE links (target, anchor, page, said); BEGIN"
    )
    return database


def _own_links(output: Path, page: str, links: sqlite3.Connection) -> Iterator[Diagnostic]:
    ids: set[str] = set()
    named: dict[str, str] = {}
    others: dict[tuple[str, str], str] = {}
    # The same page is linked to many times, and to say where it lies costs most.
    place = lru_cache(maxsize=None)(lambda path: normpath(join(dirname(page), unquote(path))))
    for kind, said in _attributes((output / page).read_bytes()):
        if kind == "id":
            ids.add(said)
        elif kind not in {"href", "src"}:
            named |= dict.fromkeys(said.split(), said)
        elif said and not _SCHEME.match(said):
            path, _, anchor = said.partition("#")
            anchor = unquote(anchor) if "%" in anchor else anchor
            if path:
                others[place(path), anchor] = said
            elif anchor:
                named[anchor] = said
    yield from (
        _dead(output, page, said, "this page has no such id") for name, said in named.items() if name not in ids
    )
    rows = ((target, anchor, page, said) for (target, anchor), said in others.items())
    links.executemany("INSERT INTO links VALUES (?, ?, ?, ?)", rows)


def _attributes(page: bytes) -> Iterator[tuple[str, str]]:
    tags = b"".join(_TAG.findall(page)).decode("utf-8", "replace")
    return ((kind, unescape(value) if "&" in value else value) for kind, value in _ATTRIBUTE.findall(tags))


def _links_between(output: Path, links: sqlite3.Connection) -> Iterator[Diagnostic]:
    current, ids, is_there = "", frozenset[str](), False
    for target, anchor, page, said in links.execute("SELECT * FROM links ORDER BY target, anchor, page"):
        if target != current:
            current, ids, path = target, frozenset(), output / target
            is_there = not target.startswith("..") and path.is_file()
        if not is_there:
            yield _dead(output, page, said, "there is no such file")
        elif anchor:
            ids = ids or _ids(output / target)
            if anchor not in ids:
                yield _dead(output, page, said, "the page has no such id")


def _ids(page: Path) -> frozenset[str]:
    return frozenset(value for kind, value in _attributes(page.read_bytes()) if kind == "id")


def _dead(output: Path, page: str, said: str, why: str) -> Diagnostic:
    return Diagnostic(
        Code.LINK_LEADS_NOWHERE, Location(str(output / page)), f"the link `{said}` leads nowhere: {why}", _HINT
    )
