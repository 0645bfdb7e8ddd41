"""The words of an edition from A to Z, each with links to where it stands: a search without scripts.

A word that comes often has links to the first documents alone, and says how many more there are.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import name as name_of

from teiwright.extracted import AsBefore, Renewed
from teiwright.notebooks import remove
from teiwright.publishing.markup import NOTHING, Html, joined, link, listed, text
from teiwright.publishing.pages import Pages, file_of
from teiwright.publishing.paging import in_parts
from teiwright.publishing.searching.scripts import as_json

if TYPE_CHECKING:
    from teiwright.publishing.searching.terms import Term, Terms

_FOLDER = "search/words"

_ON_A_PAGE = 550
"""So many words, and links to where they stand, are on a page: some 35 kB of markup."""

_NAMES = {"0": "0\u20139", "cjk": "Chinese characters", "hangul": "Korean"}


TABLES = """
CREATE TABLE IF NOT EXISTS link (document INTEGER, part INTEGER, links TEXT, PRIMARY KEY (document, part))
    WITHOUT ROWID;
"""

_PART = 16
"""Links to so many passages that follow each other are kept together."""


class Links:
    """The links to all passages, as the list of words has them."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._part = lru_cache(maxsize=10_000)(self._read)

    def renew(self, document: int, links: Sequence[str]) -> bool:
        """Put the links to the passages of a document in the place of others; false if there were none, or the same."""
        query = "SELECT links FROM link WHERE document = ? ORDER BY part"
        before = [part for (part,) in self._database.execute(query, (document,))]
        now = [*map(as_json, in_parts(links, _PART))]
        if now == before:
            return False
        remove(self._database, "link", [document], "document")
        rows = ((document, number, part) for number, part in enumerate(now))
        self._database.executemany("INSERT INTO link VALUES (?, ?, ?)", rows)
        return bool(before)

    def of(self, document: int, passage: int) -> Html:
        """The link to a passage."""
        return Html(self._part(document, passage // _PART)[passage % _PART])

    def _read(self, document: int, part: int) -> Sequence[str]:
        query = "SELECT links FROM link WHERE document = ? AND part = ?"
        links: list[str] = json.loads(self._database.execute(query, (document, part)).fetchone()[0])
        return links


class WordList:
    """Writes pages of words."""

    def __init__(self, pages: Pages, terms: Terms, links: Links) -> None:
        self._pages, self._terms, self._links = pages, terms, links
        self._words: list[Term] = []
        self._size = 0
        self._parts: dict[str, list[tuple[str, str]]] = {}

    def add(self, word: Term) -> Renewed:
        """The next word, and a page that is full."""
        size = 1 + len(word.shown.split()) // 2
        if self._words and (self._size + size > _ON_A_PAGE or _part(word.term) != _part(self._words[0].term)):
            yield self._written(more=_part(word.term) == _part(self._words[0].term))
        self._words.append(word._replace(pieces=()))  # of which it needs none
        self._size += size

    def rest(self) -> Renewed:
        """The last page, and those that lead to all."""
        if self._words:
            yield self._written(more=False)
        for part, ranges in self._parts.items():
            yield self._framed(f"{part}/index.html", f"Words: {_named(part)}", _ranges(ranges))
        yield self._framed("index.html", "All words", _letters(self._parts))

    def _written(self, *, more: bool) -> tuple[str, bytes] | AsBefore:
        """The page of the words so far."""
        words, self._words, self._size = self._words, [], 0
        first, last = words[0].term, words[-1].term
        part = _part(first)
        ranges = self._parts.setdefault(part, [])
        number = len(ranges) + 1
        ranges.append((first, last))
        path = f"{part}/{number}.html"
        said = (fact for word in words for fact in (word.term, word.documents, word.shown))
        is_same = self._terms.is_as_before(path, more, *said)
        if is_same and not any(word.is_relinked for word in words):
            return AsBefore(file_of(f"{_FOLDER}/{path}"))
        title = f"Words: {first} to {last}" if first != last else f"Words: {first}"
        entries = (_entry(word, self._links_to(word)) for word in words)
        main = joined([Html('<dl class="words">'), *entries, Html("</dl>"), _turn(number, more=more)])
        return self._framed(path, title, main)

    def _links_to(self, word: Term) -> list[Html]:
        places = map(int, word.shown.split())
        return list(map(self._links.of, places, places))

    def _framed(self, path: str, title: str, main: Html) -> tuple[str, bytes]:
        up = "../" * (path.count("/") + 1)
        ways = [link(f"{up}index.html", "Search")] + ([link("../index.html", "All words")] if "/" in path else [])
        way = Html('<p class="path">' + " \u203a ".join(ways) + "</p>")
        return self._pages.page(f"{_FOLDER}/{path}", title, joined([way, Html(f"<h1>{text(title)}</h1>"), main]))


def _entry(word: Term, links: list[Html]) -> Html:
    """A word with links to where it stands first."""
    beyond = word.documents - len(links)
    more = f' <span class="count">and {beyond:,} more</span>' if beyond else ""
    return Html(f"<div><dt>{text(word.term)}</dt><dd>{'; '.join(links)}{more}</dd></div>")


def _part(word: str) -> str:
    """The letter under which a word is listed, or the name of its script; fit to be a folder's name."""
    first = word[0]
    if first.isascii():
        return "0" if first.isdecimal() else first
    return name_of(first, "OTHER").split()[0].lower()


def _named(part: str) -> str:
    return _NAMES.get(part, part.upper() if len(part) == 1 else part.capitalize())


def _ranges(ranges: Sequence[tuple[str, str]]) -> Html:
    return listed([link(f"{n}.html", text(f"{a} to {b}")) for n, (a, b) in enumerate(ranges, 1)], "listing")


def _letters(parts: Iterable[str]) -> Html:
    return listed([link(f"{part}/index.html", text(_named(part))) for part in parts], "letters")


def _turn(number: int, *, more: bool) -> Html:
    """To the page before and the page after."""
    ways = [link(f"{number - 1}.html", "Previous words")] if number > 1 else []
    ways += [link(f"{number + 1}.html", "Next words")] if more else []
    return Html(f'<p class="turn">{" ".join(ways)}</p>') if ways else NOTHING
