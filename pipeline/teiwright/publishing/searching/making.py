"""The search of an edition: a page, its script and the files that it reads, made from extracts in bounded memory.

What is to be known of the words of a document is found beside its extract. A notebook keeps what is known of each
word; of documents that are as they were nothing is read but what stands in the block of one that changed.
"""

from __future__ import annotations

import sqlite3
from itertools import groupby
from pathlib import Path

from teiwright.extracted import AsBefore, Frame, Renewed, Shelf, Site
from teiwright.notebooks import Numbers, forget_others, notebook, renewed
from teiwright.publishing.pages import Pages
from teiwright.publishing.searching import gathering, terms, word_list
from teiwright.publishing.searching.documents import index_from, searched, shown_from
from teiwright.publishing.searching.gathering import BLOCK, Gatherer
from teiwright.publishing.searching.page import search_page
from teiwright.publishing.searching.scripts import FOLDER, script, script_path
from teiwright.publishing.searching.shards import Shards
from teiwright.publishing.searching.terms import Terms
from teiwright.publishing.searching.texts import parts_of, text_files
from teiwright.publishing.searching.traits import TRAIT, Choices
from teiwright.publishing.searching.word_list import Links, WordList

_SCRIPT = Path(__file__).with_name("search.js")

_TABLES = f"""{gathering.TABLES} {word_list.TABLES} {terms.TABLES}
CREATE TABLE IF NOT EXISTS shown (document INTEGER PRIMARY KEY, files INTEGER);
"""


def search(shelf: Shelf, site: Site, frame: Frame, notes: Path | None = None) -> Renewed:
    """All files of the search, and of the list of words that readers have without scripts."""
    with notebook(notes, _TABLES) as database:
        gatherer, links = Gatherer(database), Links(database)
        yield from _gathered(database, shelf, gatherer, links)
        found = Terms(database, gatherer)
        shards, listed, choices = Shards(found), WordList(Pages(site, frame), found, links), Choices()
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


def _gathered(database: sqlite3.Connection, shelf: Shelf, gatherer: Gatherer, places: Links) -> Renewed:
    """Read the documents that changed, and the indexes of those of their blocks; the files of all texts."""
    changed = renewed(database, shelf)
    for table in ("shown", "link"):
        database.execute(f"DELETE FROM {table} WHERE document >= (SELECT count(*) FROM seen)")  # noqa: S608 (ours)
    for document, files in database.execute("SELECT * FROM shown ORDER BY document"):
        if document not in changed:
            yield from (AsBefore(script_path(part)) for part in parts_of(document, files))
    blocks = {number // BLOCK for number in changed}
    of_blocks = Numbers(number for block in blocks for number in range(block * BLOCK, (block + 1) * BLOCK))
    for number, documents in groupby(shelf.searched(of_blocks, searched), key=lambda each: each[0] // BLOCK):
        block = gatherer.block()
        for document, kept in documents:
            index = index_from(kept)
            block.add(document, index)
            if document in changed:
                shown = shown_from(kept)
                database.execute("INSERT OR REPLACE INTO shown VALUES (?, ?)", (document, len(shown.texts)))
                yield from text_files(document, shown.texts)
                if places.renew(document, shown.links):
                    gatherer.relink(index.words)
        gatherer.renew(number, block)
        blocks.discard(number)
    for number in sorted(blocks):  # these have no documents any more
        gatherer.renew(number, gatherer.block())
