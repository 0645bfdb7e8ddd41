"""What is written to a database of our own at once: all of it, or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")

_BATCH = 16
"""So many items a transaction: to end one takes as long as to write down what is known of a document."""


@contextmanager
def whole(database: sqlite3.Connection) -> Iterator[None]:
    """All that is written within, or nothing of it; a transaction of its own unless one is under way."""
    is_own = not database.in_transaction
    if is_own:
        database.execute("BEGIN")
    try:
        yield
    except BaseException:
        database.rollback()
        raise
    if is_own:
        database.execute("COMMIT")


def in_batches(database: sqlite3.Connection, items: Iterable[Item]) -> Iterator[Item]:
    """The items; what is written down while some of them are worked on is one transaction."""
    try:
        for number, item in enumerate(items):
            if number % _BATCH == 0:
                database.commit()
                database.execute("BEGIN")
            yield item
    finally:
        database.commit()
