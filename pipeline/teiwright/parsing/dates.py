"""Dates as they are printed in datelines and headings: ``January 12, 1933—6 p.m.``, ``19 May 1948``, ``1827Z``,
``12th day of July, 1894``."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

from teiwright.model import DateValue

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb febr", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_ABROAD = {
    name: number
    for number, names in enumerate(
        (
            "janvier januar jänner", "février fevrier februar", "mars märz maerz", "avril", "mai", "juin juni",
            "juillet juli", "août aout", "septembre", "octobre oktober", "novembre", "décembre decembre dezember",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
"""The months in French and German, but for those that are as in English."""
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)|Feb(?:ruary|r?\.)|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?\.?|July?\.?|Aug(?:ust|\.)|"
    r"Sept?(?:ember|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|d|th)?"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_SOME_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_DOUBT = r"(?:\(\?\))?"  # `July 10(?), 1955`
_SECOND_DAY = r"(?:\s*[–/-]\s*|\s+and\s+)(?P<day_to>\d{1,2})(?!\d)"
_MONTH_FIRST = rf"{_MONTH}\s+{_DAY}{_DOUBT}(?:{_SECOND_DAY})?\s*[,.]?\s+{_YEAR}"
_DAY_FIRST = rf"{_DAY}\s+(?:(?:day\s+)?of\s+)?{_MONTH}\s*,?\s+{_YEAR}"
_HOUR = (
    r"(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>[ap])\.?\s?m\.?(?![a-z])"
    r"|(?P<word>noon|midnight)(?![a-z])"
    r"|(?P<clock>(?:[01]\d|2[0-3])[0-5]\d)\s?(?P<zone>Z)?(?:\s?hours)?(?!\d))"
)
_UNTIL = r"(?!\.?\s*(?:[–—-]|and|to)\s*\d{1,2}[:.\s]?\d{0,2}\s*[ap]\.?\s?m)"
_TIME = rf"(?:\s*[,—–-]+\s*{_HOUR}{_UNTIL})?"
"""From when to when a meeting was held (``10:35 a.m.–1:05 p.m.``) is no time of its date."""
_DAY_AND_MONTH_ABROAD = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:er|ʳ|\.)?[ \xa0]+(?P<month>{'|'.join(_ABROAD)}|april|august|september|november)"
    rf"[ \xa0]+{_YEAR}\b",
    re.IGNORECASE,
)
"""``1er juin 1836``, ``3. März 1832``."""
_WEEKDAY = (
    r"(?:(?:sun|mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?)(?:day|\.)?"
    r"|(?:sonn|mon|diens|donners|frei|sams)tag|mittwoch|sonnabend"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)"
)
_DAY_ALONE = re.compile(
    rf"\[?(?:{_WEEKDAY},?\s+)?(?:den |le |the )?(?P<date>(?P<iso>\d{{4}}-\d\d-\d\d)|(?:{_MONTH}\s+{_DAY}"
    rf"|(?P<number>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:of\s+)?(?P<name>[^\W\d_]{{3,9}}\.?))(?:,?\s+{_YEAR})?)[.,:]?\]?",
    re.IGNORECASE,
)
_LONGEST_DAY = 50
_LONGEST_SHORT_MONTH = 4
"""``Sept.``: a stop behind a longer name ends the line."""
_BEGINS = r"(?:\b|(?<=_))(?=[\djfmasond])"
"""Most words are passed over by their first letter."""
_DATE = re.compile(rf"{_BEGINS}(?:{_MONTH_FIRST}|{_DAY_FIRST.replace('?P<', '?P<alt_')}){_TIME}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date: a half-open range of the string that was searched, and its value."""

    start: int
    end: int
    value: DateValue


@dataclass(frozen=True, slots=True)
class Day:
    """A day that a line names and nothing else, as it is printed; the year may be missing."""

    year: int | None
    month: int
    day: int
    printed: str


def day_alone(line: str) -> Day | None:
    """The day that a line is, with its weekday or without: ``Tuesday, 4 June 1901.``, ``June 4.``, ``1901-06-04``"""
    match = _DAY_ALONE.fullmatch(line) if len(line) < _LONGEST_DAY else None
    if match is None:
        return None
    printed = match["date"]
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
    else:
        name = (match["month"] or match["name"]).rstrip(".").lower()
        if len(name) > _LONGEST_SHORT_MONTH:
            printed = printed.removesuffix(".")
        month = _MONTHS.get(name) or _ABROAD.get(name) or 0
        day = int(match["day"] or match["number"])
        year = int(match["year"] or 0)
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year or 2000, month)[1]:
        return None
    return Day(year or None, month, day, printed)


def find_dates(text: str) -> list[FoundDate]:
    """Every full date (day, month, year) with the time that follows it. A day that no month has is no date."""
    if not _SOME_YEAR.search(text):
        return []
    found = []
    for match in _DATE.finditer(text):
        value = _value(match)
        if value is not None:
            found.append(FoundDate(match.start(), match.end(), value))
    return found or list(_abroad(text))


def _abroad(text: str) -> Iterator[FoundDate]:
    """Dates in French and German."""
    for match in _DAY_AND_MONTH_ABROAD.finditer(text):
        name, day, year = match["month"].lower(), int(match["day"]), int(match["year"])
        month = _ABROAD.get(name) or _MONTHS[name]
        if 1 <= day <= monthrange(year, month)[1]:
            yield FoundDate(match.start(), match.end(), DateValue(when=f"{year}-{month:02}-{day:02}"))


def _value(match: re.Match[str]) -> DateValue | None:
    month_name, day, year = match["month"], match["day"], match["year"]
    if month_name is None:
        month_name, day, year = match["alt_month"], match["alt_day"], match["alt_year"]
    month = _MONTHS[month_name.rstrip(".").lower()]
    if not 1 <= int(day) <= 28 and not 1 <= int(day) <= monthrange(int(year), month)[1]:
        return None
    date = f"{year}-{month:02}-{int(day):02}"
    last = match["day_to"]
    if last is not None and int(day) < int(last) <= monthrange(int(year), month)[1]:
        return DateValue(from_=date, to=f"{year}-{month:02}-{int(last):02}")
    return DateValue(when=date + _time(match))


def _time(match: re.Match[str]) -> str:
    if match["word"]:
        return "T12:00:00" if match["word"].lower() == "noon" else "T00:00:00"
    if match["clock"]:
        clock = match["clock"]
        return f"T{clock[:2]}:{clock[2:]}:00{'Z' if match['zone'] else ''}"
    if match["hour"] is None or not 1 <= int(match["hour"]) <= 23:
        return ""
    hour = int(match["hour"])
    if hour <= 12:  # `20:19 p.m.` counts to 24 all the same
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    return f"T{hour:02}:{int(match['minute'] or 0):02}:00"
