"""What a step did with each document, read for many documents at once: to plan is to ask that of all of them.

What was noted of their texts and files comes with it, so that to look whether these lie as they lay takes no query.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from teiwright.glancing import Glances
from teiwright.remembered import Known, Parts, Taken, cooked
from teiwright.rows import pages_of


@dataclass(frozen=True, slots=True)
class Recalled:
    """What a step did with a document. ``text`` is the path of its text; empty if that is none of this build."""

    name: str
    text: str
    taken: Taken | None

    @property
    def parts(self) -> Parts:
        """Of what it was taken, as far as is known."""
        return (self.taken and self.taken.parts) or {}


_JOINED = """LEFT JOIN text ON text.name = one.name LEFT JOIN glance AS of_text ON of_text.path = text.path
    LEFT JOIN memory ON memory.step = ?1 AND memory.name = one.name
    LEFT JOIN file ON file.step = ?1 AND file.name = one.name LEFT JOIN glance ON glance.path = file.path"""
_WHAT = "text.path, of_text.lies, of_text.digest, parts, file.path, file.digest, glance.lies, glance.digest"

_TEXTS = f"""SELECT one.name, {_WHAT}
    FROM (SELECT name FROM text WHERE name > ?2 ORDER BY name LIMIT ?3) AS one {_JOINED}
    ORDER BY one.name"""  # noqa: S608 (words of ours)

EDITIONS = """SELECT id, name, digest, summary, extract_digest, outline_digest FROM edition
    WHERE (id, name) > ({}, {}) AND name NOT IN (SELECT name FROM clash) ORDER BY id, name LIMIT {}"""
"""All that are part of the collection, in its order, without their extracts."""

_EDITIONS = f"""SELECT one.*, {_WHAT} FROM ({EDITIONS.format("?2", "?3", "?4")}) AS one {_JOINED}
    ORDER BY one.id, one.name"""  # noqa: S608 (words of ours)


@dataclass(frozen=True, slots=True)
class AllRecalled:
    """What steps did with all documents, but for what they found and counted."""

    database: sqlite3.Connection
    glances: Glances

    def texts(self, step: str) -> Iterator[Recalled]:
        """What a step did with each text, in the order of names."""
        for rows in pages_of(self.database, _TEXTS, step):
            self.glances.expect(each for row in rows for each in _noted(row[1:]))
            for (name,), some in groupby(rows, lambda row: row[:1]):
                yield _recalled(cooked(name), [row[1:] for row in some])

    def editions(self, step: str) -> Iterator[tuple[Known, Recalled]]:
        """The same with each edition of the collection, in its order."""
        for rows in pages_of(self.database, _EDITIONS, step, place=(b"", b"")):
            self.glances.expect(each for row in rows for each in _noted(row[6:]))
            for facts, some in groupby(rows, lambda row: row[:6]):
                known = known_of(facts)
                yield known, _recalled(known.name, [row[6:] for row in some])


def known_of(row: tuple[Any, ...]) -> Known:
    """An edition, of a row of the query."""
    id_, name, digest, summary, extract, outline = row
    return Known(cooked(name), cooked(id_), digest, json.loads(summary), extract, outline_digest=outline)


def _noted(row: tuple[Any, ...]) -> Iterator[tuple[bytes, str, str]]:
    """What was noted of a text and of a file that was made of it."""
    text, text_lies, text_digest, _, file, _, lies, digest = row
    if text_lies:
        yield text, text_lies, text_digest
    if lies:
        yield file, lies, digest


def _recalled(name: str, rows: list[tuple[Any, ...]]) -> Recalled:
    text, _, _, parts, *_ = rows[0]
    files = {cooked(row[4]): row[5] for row in rows if row[4] is not None}
    return Recalled(name, cooked(text or b""), Taken(json.loads(parts), files) if parts else None)
