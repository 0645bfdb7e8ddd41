"""Time in equal periods, as many as a picture can show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MOST = 24
"""So many periods fit side by side, each wide enough to be pointed at."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_YEAR = 12
_LENGTHS = (1, 3, *(_YEAR * years for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)))
"""In months."""


@dataclass(frozen=True, slots=True)
class Period:
    """``key`` is fit to be an id, ``label`` is how readers call it."""

    key: str
    label: str
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class Periods:
    """All periods from the first date to the last. ``start`` and ``length`` are in months."""

    all: tuple[Period, ...]
    start: int
    length: int

    def of(self, date: str) -> int:
        """The number of the period in which an ISO date lies."""
        return (_month(date) - self.start) // self.length


def periods(dates: Iterable[str]) -> Periods:
    """The shortest periods of which there are not too many; a year at least if a date has no month."""
    known = list(dates)
    shortest = 1 if all(len(date) >= len("1933-01") for date in known) else _YEAR
    first, last = _month(min(known)), _month(max(known))
    enough = (n for n in _LENGTHS if n >= shortest and last // n - first // n < MOST)
    length = next(enough)
    starts = range(first // length * length, last + 1, length)
    return Periods(tuple(_period(start, length) for start in starts), starts[0], length)


def _month(date: str) -> int:
    return int(date[:4]) * _YEAR + int(date[5:7] or 1) - 1


def _period(start: int, length: int) -> Period:
    year, month = divmod(start, _YEAR)
    until = (start + length - 1) // _YEAR
    if length < _YEAR:
        key, label = f"{year:04d}-{month + 1:02d}", f"{_MONTHS[month]} {year}"
        label = label if length == 1 else f"{_MONTHS[month]}\u2013{_MONTHS[month + length - 1]} {year}"
        return Period(key, label, year, until)
    return Period(f"{year:04d}", str(year) if length == _YEAR else f"{year}\u2013{until}", year, until)
