"""Where each word stands, gathered in runs of bounded size and read back in the order of words.

A run is what a number of documents have; SQLite keeps the runs and sorts them, outside of memory where need be.

The places of a word in a document are numbers (``numbers.py``): by how much the document's number is higher than that
of the last one that has the word, how many places there are, and for each of them by how much the passage's number is
higher, and the place in the passage, from the last place if it is the same passage.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from teiwright.extracted import Extract
from teiwright.publishing.searching.numbers import Codes
from teiwright.publishing.searching.words import words

_RUN = 800_000
"""So many words are held in memory."""

_PIECE = 8_000
"""So many characters of places are one row, unless one document alone has more."""

_NEVER = 1 << 62


@dataclass(frozen=True, slots=True)
class Piece:
    """The places of a term in some documents, ``first`` to ``last``; without the number of the first."""

    term: str
    first: int
    last: int
    documents: int
    codes: str


@dataclass(slots=True)
class _Run:
    """What a number of documents have. ``starts``: where each passage begins, in words of the run."""

    places: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    starts: list[int] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    first_passages: dict[int, int] = field(default_factory=dict)
    traits: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    words: int = 0


class Gatherer:
    """Takes documents one by one, in order, and gives back terms in order."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._run = _Run()
        self._codes = Codes()
        database.execute("CREATE TABLE piece (term TEXT, first INTEGER, last INTEGER, documents INTEGER, codes TEXT)")

    def add(self, document: int, extract: Extract, traits: Iterable[str]) -> None:
        """The words of a document, and by what traits it can be chosen."""
        run = self._run
        run.first_passages[document] = len(run.starts)
        places, count = run.places, run.words
        for passage in extract.passages:
            run.starts.append(count)
            run.owners.append(document)
            for word in words(extract.text[passage.start : passage.end]):
                places[word].append(count)
                count += 1
        run.words = count
        for trait in traits:
            run.traits[trait].append(document)
        if count >= _RUN:
            self._write()

    def pieces(self) -> Iterator[Piece]:
        """All of it, by term (in the order of code points) and document."""
        self._write()
        rows = self._database.execute("SELECT * FROM piece ORDER BY term, first")
        yield from (Piece(*row) for row in rows)

    def _write(self) -> None:
        run, self._run = self._run, _Run()
        run.starts.append(_NEVER)
        pieces = (*self._of_traits(run), *self._of_words(run))
        rows = ((p.term, p.first, p.last, p.documents, p.codes) for p in pieces)
        self._database.executemany("INSERT INTO piece VALUES (?, ?, ?, ?, ?)", rows)

    def _of_traits(self, run: _Run) -> Iterator[Piece]:
        none = self._codes[0]
        for term, documents in run.traits.items():
            yield from _cut(term, ((document, none) for document in documents), self._codes)

    def _of_words(self, run: _Run) -> Iterator[Piece]:
        for term, places in run.places.items():
            yield from _cut(term, _by_document(places, run, self._codes), self._codes)


def _by_document(places: list[int], run: _Run, codes: Codes) -> Iterator[tuple[int, str]]:
    """Each document with its places."""
    starts, owners = run.starts, run.owners
    written: list[str] = []
    index, document, before, after, last = 0, -1, 0, 0, 0
    for place in places:
        if place < after:
            written.append("#" + codes[place - last])  # the same passage
        else:
            index = bisect_right(starts, place, index) - 1
            after = starts[index + 1]
            if owners[index] != document:
                if written:
                    yield document, codes[len(written)] + "".join(written)
                document, written = owners[index], []
                before = run.first_passages[document]
            written.append(codes[index - before] + codes[place - starts[index]])
            before = index
        last = place
    yield document, codes[len(written)] + "".join(written)


def _cut(term: str, documents: Iterable[tuple[int, str]], codes: Codes) -> Iterator[Piece]:
    first, last, count, size = -1, -1, 0, 0
    written: list[str] = []
    for document, places in documents:
        if size > _PIECE:
            yield Piece(term, first, last, count, "".join(written))
            count, size, written = 0, 0, []
        if count == 0:
            first = document
            written.append(places)
        else:
            written += codes[document - last], places
        last = document
        count += 1
        size += len(places) + 2
    yield Piece(term, first, last, count, "".join(written))
