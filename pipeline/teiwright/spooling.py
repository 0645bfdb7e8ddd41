"""Sequences that may be longer than memory holds, such as the findings of a very large collection.

Short ones are in memory. Of long ones nearly all lies in a temporary file without a name, which goes with its spool.
"""

from __future__ import annotations

import os
import pickle
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import merge
from itertools import chain, groupby, islice, pairwise
from tempfile import TemporaryFile
from typing import IO, Any, TypeVar, overload

from teiwright.diagnostics import Diagnostic, Report, reading_order

Item = TypeVar("Item")

_BATCH = 100
"""Items that are written and read together."""

_HELD = 50 * _BATCH
"""Up to so many are in memory alone."""

_RUN = 10_000
"""Findings that are sorted in memory."""


class Spool(Sequence[Item]):
    """Items in the order in which they came. They are not to be changed afterwards."""

    def __init__(self, items: Iterable[Item] = ()) -> None:
        self._file: IO[bytes] | None = None
        self._starts = array("Q")
        self._last: list[Item] = []
        self._long = _HELD
        self.extend(items)

    def append(self, item: Item) -> None:
        """Put one behind the others."""
        self._last.append(item)
        if len(self._last) == self._long:
            self._write()

    def extend(self, items: Iterable[Item]) -> None:
        """Put several there."""
        for item in items:
            self.append(item)

    def between(self, start: int, stop: int) -> Iterator[Item]:
        """The items with these numbers, read as they are asked for."""
        number, skipped = divmod(start, _BATCH)
        return islice(self._from(number), skipped, skipped + max(0, stop - start))

    def _from(self, number: int) -> Iterator[Item]:
        for each in range(number, len(self._starts)):
            yield from self._batch(each)
        yield from islice(self._last, max(0, number - len(self._starts)) * _BATCH, None)

    def _write(self) -> None:
        self._file = self._file or TemporaryFile(prefix="teiwright-")  # noqa: SIM115 (it lives as long as this)
        for start in range(0, len(self._last), _BATCH):
            self._starts.append(self._file.seek(0, os.SEEK_END))
            pickle.dump(self._last[start : start + _BATCH], self._file, pickle.HIGHEST_PROTOCOL)
        self._last, self._long = [], _BATCH

    def _batch(self, number: int) -> Sequence[Item]:
        if self._file is None:
            return ()
        self._file.seek(self._starts[number])
        batch: Sequence[Item] = pickle.load(self._file)  # noqa: S301 (what we wrote, into a file without a name)
        return batch

    def __len__(self) -> int:
        return len(self._starts) * _BATCH + len(self._last)

    def __iter__(self) -> Iterator[Item]:
        return self._from(0)

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        number = index + len(self) if index < 0 else index
        if not 0 <= number < len(self):
            raise IndexError(index)
        return next(self.between(number, number + 1))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str | bytes):
            return NotImplemented
        return len(self) == len(other) and all(one == another for one, another in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # as of a list

    def __repr__(self) -> str:
        return f"<{len(self)} items on disk>" if self._starts else repr(self._last)


def in_order(items: Iterable[Item], key: Callable[[Item], Any], run: int = _RUN) -> Iterator[Item]:
    """Sort more items than memory holds; equal ones come as they came. What fits into one ``run`` is sorted there."""
    runs: Spool[Item] = Spool()
    bounds = [0]
    rest = iter(items)
    while part := sorted(islice(rest, run), key=key):
        if len(part) < run and not runs:
            return iter(part)
        runs.extend(part)
        bounds.append(len(runs))
    return merge(*(runs.between(start, stop) for start, stop in pairwise(bounds)), key=key)


def report_of_many(findings: Iterable[Diagnostic]) -> Report:
    """``Report.of`` in memory that does not grow with the findings."""
    known = iter(findings)
    first = list(islice(known, _RUN))
    if len(first) < _RUN:
        return Report.of(first)
    several = groupby(in_order(chain(first, known), reading_order), key=reading_order)
    return Report(Spool(finding for _, alike in several for finding in dict.fromkeys(alike)))
