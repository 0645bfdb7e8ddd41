"""The search of an edition: a page, its script and the files that it reads, made from extracts in bounded memory.

A notebook keeps what is said of each word. Of documents that are as they were nothing is read but the block in which
another one changed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import groupby
from pathlib import Path

from teiwright.extracted import AsBefore, Extract, Frame, Renewed, Shelf, Site
from teiwright.notebooks import forget_others, notebook, renewed
from teiwright.publishing.pages import Pages
from teiwright.publishing.searching import gathering, terms, word_list
from teiwright.publishing.searching.gathering import BLOCK, Gatherer
from teiwright.publishing.searching.page import search_page
from teiwright.publishing.searching.scripts import FOLDER, script, script_path
from teiwright.publishing.searching.shards import Shards
from teiwright.publishing.searching.terms import Terms
from teiwright.publishing.searching.texts import parts_of, text_files
from teiwright.publishing.searching.traits import TRAIT, Choices
from teiwright.publishing.searching.word_list import Links, WordList
from teiwright.publishing.searching.words import words

_SCRIPT = Path(__file__).with_name("search.js")

_TABLES = f"""{gathering.TABLES} {word_list.TABLES} {terms.TABLES}
CREATE TABLE IF NOT EXISTS shown (document INTEGER PRIMARY KEY, files INTEGER);
"""


def search(shelf: Shelf, site: Site, frame: Frame, notes: Path | None = None) -> Renewed:
    """All files of the search, and of the list of words that readers have without scripts."""
    with notebook(notes, _TABLES) as database:
        yield from _gathered(database, shelf)
        found = Terms(database)
        found.renew()
        shards, listed, choices = Shards(found), WordList(Pages(site, frame), found), Choices()
        for term in found:
            yield from shards.add(term)
            if term.term.startswith(TRAIT):
                choices.counts[term.term] = term.documents
            else:
                yield from listed.add(term)
        yield from shards.rest()
        yield from listed.rest()
        forget_others(database)
        count = database.execute("SELECT count(*) FROM seen").fetchone()[0]
        yield script("choices", choices.as_data(site))
        yield script("start", {"firsts": shards.firsts, "years": choices.years(), "documents": count})
        yield f"{FOLDER}/search.js", _SCRIPT.read_bytes()
        yield f"{FOLDER}/index.html", frame(search_page(choices, count))


def _gathered(database: sqlite3.Connection, shelf: Shelf) -> Renewed:
    """Read the documents that changed, and those of their blocks; the files of all texts."""
    changed = frozenset(renewed(database, shelf))
    for table in ("shown", "place"):
        database.execute(f"DELETE FROM {table} WHERE document >= (SELECT count(*) FROM seen)")  # noqa: S608 (ours)
    for document, files in database.execute("SELECT * FROM shown ORDER BY document"):
        if document not in changed:
            yield from (AsBefore(script_path(part)) for part in parts_of(document, files))
    gatherer, links = Gatherer(database), Links(database)
    blocks = {number // BLOCK for number in changed}
    for block, documents in _read_blocks(shelf, blocks):
        gatherer.renew(block, documents)
        for number, extract in documents:
            if number in changed:
                files = list(text_files(number, extract))
                database.execute("INSERT OR REPLACE INTO shown VALUES (?, ?)", (number, len(files)))
                yield from files
                if links.renew(number, extract):
                    gatherer.touch(_terms(extract))


def _read_blocks(shelf: Shelf, blocks: AbstractSet[int]) -> Iterator[tuple[int, list[tuple[int, Extract]]]]:
    """The documents of these blocks; at last those blocks that have none any more."""
    numbers = {number for block in blocks for number in range(block * BLOCK, (block + 1) * BLOCK)}
    found = set()
    for block, documents in groupby(shelf.numbered(numbers), key=lambda each: each[0] // BLOCK):
        found.add(block)
        yield block, list(documents)
    yield from ((block, []) for block in sorted(blocks - found))


def _terms(extract: Extract) -> set[str]:
    return {word for one in extract.passages for word in words(extract.text[one.start : one.end])}
