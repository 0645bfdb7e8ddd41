"""Rows of long tables, read by pages: no statement stays open, so that tables may be written meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, TypeVar

PAGE = 500

Item = TypeVar("Item")


def pages_of(
    database: sqlite3.Connection,
    query: str,
    *given: object,
    place: tuple[bytes, ...] = (b"",),
    page: int = PAGE,
) -> Iterator[list[Any]]:
    """The rows of a query, page by page.

    Its last parameter says of how many rows it may be, those before it behind which place they begin; the first
    columns of each row are its place, by which rows are in order. All parameters before these are ``given``.
    """
    while rows := database.execute(query, (*given, *place, page)).fetchall():
        yield rows
        place = rows[-1][: len(place)]


def rows_of(
    database: sqlite3.Connection,
    query: str,
    *given: object,
    place: tuple[bytes, ...] = (b"",),
    page: int = PAGE,
) -> Iterator[Any]:
    """The same, row by row."""
    return chain.from_iterable(pages_of(database, query, *given, place=place, page=page))


def batches(items: Iterable[Item], size: int = PAGE) -> Iterator[tuple[Item, ...]]:
    """Items as they come, so many at a time, for one query."""
    rest = iter(items)
    while some := tuple(islice(rest, size)):
        yield some


def marks(values: tuple[object, ...]) -> str:
    """The marks in a query for a list of values."""
    return f"({', '.join('?' * len(values))})"
