"""The search of an edition: a page, its script and the files that it reads, made from extracts in bounded memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from teiwright.extracted import Extracts, Files, Frame, Site
from teiwright.publishing.pages import Pages
from teiwright.publishing.searching.gathering import Gatherer
from teiwright.publishing.searching.page import search_page
from teiwright.publishing.searching.scripts import FOLDER, script
from teiwright.publishing.searching.shards import Shards
from teiwright.publishing.searching.texts import text_files
from teiwright.publishing.searching.traits import Choices, traits
from teiwright.publishing.searching.word_list import WordList

_SCRIPT = Path(__file__).with_name("search.js")


def search(extracts: Extracts, site: Site, frame: Frame) -> Files:
    """All files of the search, and of the list of words that readers have without scripts."""
    with _database() as database:
        gatherer, choices = Gatherer(database), Choices()
        shards, listed = Shards(), WordList(database, Pages(site, frame))
        count = 0
        for number, extract in enumerate(extracts()):
            found = traits(extract)
            choices.add(found)
            gatherer.add(number, extract, found)
            listed.add_document(extract)
            yield from text_files(number, extract)
            count += 1
        for term, group in groupby(gatherer.pieces(), key=lambda piece: piece.term):
            pieces = list(group)
            yield from shards.add(term, pieces)
            yield from listed.add_word(term, pieces)
        yield from shards.rest()
        yield from listed.rest()
        yield script("choices", choices.as_data(site))
        yield script("start", {"firsts": shards.firsts, "years": choices.years(), "documents": count})
        yield f"{FOLDER}/search.js", _SCRIPT.read_bytes()
        yield f"{FOLDER}/index.html", frame(search_page(choices, count))


@contextmanager
def _database() -> Iterator[sqlite3.Connection]:
    """A database for this run alone, which needs to survive nothing."""
    with TemporaryDirectory(prefix="teiwright-search-") as folder:
        database = sqlite3.connect(Path(folder, "search.sqlite"))
        try:
            for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -32000", "temp_store = FILE"):
                database.execute(f"PRAGMA {setting}")
            yield database
        finally:
            database.close()
