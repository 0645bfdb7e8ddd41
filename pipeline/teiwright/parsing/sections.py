"""The parts of a longer text: chapters that are counted, and the days of a diary or a log (Guidelines 4.1).

One heading divides nothing: at least two chapters count on from one to the next, at least three days follow each other.
What stands above the first of them is the beginning of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from teiwright.model import Certainty, Dated, DateValue, Division, Head, Span
from teiwright.parsing import bodies, phrases, roman, signing
from teiwright.parsing.dates import Day, day_alone
from teiwright.parsing.leaves import Leaves
from teiwright.parsing.units import TextUnit, Unit, text_unit

_WORDS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_CHAPTER = re.compile(
    r"(?P<kind>(?i:chapter|book|canto|kapitel|chapitre|buch|livre))[ \t]+"
    rf"(?P<number>\d{{1,3}}|[IVXLC]+|(?i:{'|'.join(_WORDS)}))(?P<title>$|[.:]?\n.*|[.:]$|[.:][ \t—–-]+.*|[ \t]?[—–].*)",
    re.DOTALL,
)
"""``CHAPTER III.``; a title may follow in its line or below it: ``Chapter 3: The Drawbridge``. Parts are of papers."""
_NUMERAL = re.compile(r"(?P<kind>)(?P<number>[IVXLC]+)\.?(?P<title>)")
_CENTRED = 8
_LONGEST_HEADING = 150
_FEWEST_DAYS = 3
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_HALF_A_YEAR = 6


class Section(NamedTuple):
    """A part: the place of its first unit, its heading or the line with its day, and the units below that."""

    at: int
    head: TextUnit
    units: tuple[Unit, ...]
    day: Day | None = None
    year: int | None = None


def with_whole_heading(units: Sequence[Unit]) -> Sequence[Unit]:
    """The units of a text; if it begins with ``CHAPTER III.``, the title in capitals below is of the same heading."""
    if len(units) < 3 or not _is_number_alone(first := units[0]) or not isinstance(title := units[1], TextUnit):
        return units
    assert isinstance(first, TextUnit)  # noqa: S101  # no other unit is a number
    if not title.text.isupper() or len(title.text) > _LONGEST_HEADING:
        return units
    return [text_unit((*first.lines, *title.lines)), *units[2:]]


def find(units: Sequence[Unit]) -> tuple[Section, ...]:
    """The parts of a text from the first to its end; none if it has no such parts."""
    starts = _chapters(units) or _numerals(units)
    if starts:
        return tuple(_chapter(units, start, end) for start, end in pairwise([*starts, len(units)]))
    return tuple(_days(units))


def division(leaves: Leaves, section: Section) -> Division:
    """A part as a division, which begins with its heading."""
    head = Head(leaves.content(section.head.span, keep_lines=True))
    return Division("chapter" if section.day is None else "entry", (head, *bodies.blocks(leaves, section.units)))


def dated(leaves: Leaves, section: Section) -> Iterator[Dated]:
    """The date of a day. A year that is not printed with it is that of the days before, or of the title."""
    day, year = section.day, section.year
    if day is None or year is None:
        return
    at = leaves.source_text.find(day.printed, *section.head.span)
    if at >= 0:
        value = DateValue(when=f"{year}-{day.month:02}-{day.day:02}")
        yield Dated(Span(at, at + len(day.printed)), value, None if day.year else Certainty.MEDIUM)


# -- chapters


def _chapters(units: Sequence[Unit]) -> list[int]:
    """The places of the headings of chapters. An entry of a table of contents has no text below it."""
    found = {at: match for at, unit in enumerate(units) if (match := _chapter_number(unit))}
    kinds = [match["kind"].lower() for match in found.values()]
    if not kinds:
        return []
    usual = max(kinds, key=kinds.count)
    places = [at for at, match in found.items() if match["kind"].lower() == usual]
    places = [at for at in places if _below_title(units, at) not in found]
    if not _count_on([_value(found[at]["number"]) for at in places]):
        return []
    books = {_below_title(units, at): at for at, match in found.items() if match["kind"].lower() != usual}
    return [books.get(at, at) for at in places]


def _chapter_number(unit: Unit) -> re.Match[str] | None:
    if not isinstance(unit, TextUnit) or len(unit.text) > _LONGEST_HEADING or len(unit.lines) > 3:
        return None
    match = _CHAPTER.fullmatch(unit.text)
    return match if match and not phrases.is_paragraph(match["title"] or " ") else None


def _numerals(units: Sequence[Unit]) -> list[int]:
    """The places of roman numbers that stand alone in the middle of their lines. The first need not be printed."""
    found = [(at, m) for at, unit in enumerate(units) if (m := _centred_number(unit))]
    values = [_value(match["number"]) for _, match in found]
    counted = _count_on(values) and values[0] <= 2 and all(b in (a + 1, 1) for a, b in pairwise(values))
    return [at for at, _ in found] if counted else []


def _centred_number(unit: Unit) -> re.Match[str] | None:
    if isinstance(unit, TextUnit) and len(unit.lines) == 1 and unit.lines[0].indent >= _CENTRED:
        return _NUMERAL.fullmatch(unit.text)
    return None


def _count_on(values: Sequence[int]) -> bool:
    """Whether numbers rise, at least once by one; they may begin again with each part of a work."""
    rise = all(b > a or b == 1 for a, b in pairwise(values))
    return rise and any(b == a + 1 for a, b in pairwise(values))


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    if number.lower() in _WORDS:
        return _WORDS.index(number.lower()) + 1
    return roman.value_of(number)


def _is_number_alone(unit: Unit) -> bool:
    match = _chapter_number(unit)
    return match is not None and not match["title"].strip(".: \n")


def _below_title(units: Sequence[Unit], at: int) -> int:
    """The place below a heading and the title that may follow it: a line by itself without the end of a sentence."""
    title = units[at + 1] if at + 2 < len(units) else None
    if not isinstance(title, TextUnit) or len(title.text) > _LONGEST_HEADING or not _is_above_a_title(units[at]):
        return at + 1
    is_title = title.text.isupper() or (len(title.lines) == 1 and phrases.is_title(title.text))
    is_text = phrases.is_sentence(title.text) or _chapter_number(title) is not None
    return at + 2 if is_title and not is_text else at + 1


def _is_above_a_title(unit: Unit) -> bool:
    return _is_number_alone(unit) or _centred_number(unit) is not None


def _chapter(units: Sequence[Unit], start: int, end: int) -> Section:
    """A chapter; the heading of a book or a part stands above that of its first chapter."""
    below = _below_title(units, start)
    if below < end and _chapter_number(units[below]):
        below = _below_title(units, below)
    below = min(below, end)
    lines = [line for unit in units[start:below] if isinstance(unit, TextUnit) for line in unit.lines]
    return Section(start, text_unit(lines), tuple(units[below:end]))


# -- days


def _days(units: Sequence[Unit]) -> Iterator[Section]:
    """The days of a diary, in order of time; nothing if a date stands where a letter or an enclosure has it."""
    found = [(at, unit, day) for at, unit in enumerate(units) if isinstance(unit, TextUnit) and (day := _day(unit))]
    if len(found) < _FEWEST_DAYS or any(_is_of_a_letter(units, at) for at, _, _ in found):
        return
    days = [day for _, _, day in found]
    years = list(_years(days, _year_above(units[: found[0][0]])))
    if any(later < earlier for earlier, later in pairwise(_in_time(days, years))):
        return
    ends = [*(at for at, _, _ in found[1:]), len(units)]
    for (at, unit, day), end, year in zip(found, ends, years, strict=True):
        yield Section(at, unit, tuple(units[at + 1 : end]), day, year)


def _day(unit: TextUnit) -> Day | None:
    return day_alone(unit.text) if len(unit.lines) == 1 else None


def _is_of_a_letter(units: Sequence[Unit], at: int) -> bool:
    """Whether a date stands below a label or a signature, or above a salutation.

    ``Ice.`` is all that happened on a day, and ``JULY`` a heading of many.
    """
    above, below = _text(units[at - 1 : at] if at else []), _text(units[at + 1 : at + 2])
    if above and (phrases.is_bracketed_label(above) or phrases.is_enclosure_label(above)):
        return True
    if signing.is_name(above) and above[-1] != "." and not above.isupper():
        return True
    return bool(below and (phrases.is_salutation(below) or phrases.run_in_salutation(below)))


def _text(units: Sequence[Unit]) -> str:
    return next((unit.text for unit in units if isinstance(unit, TextUnit)), "")


def _year_above(units: Sequence[Unit]) -> int | None:
    """The year that the title of a diary has, if it has one alone."""
    years = {int(year) for unit in units if isinstance(unit, TextUnit) for year in _YEAR.findall(unit.text)}
    return years.pop() if len(years) == 1 else None


def _years(days: Sequence[Day], year: int | None) -> Iterator[int | None]:
    """The year of each day; after December, January is of the next."""
    month = 0
    for day in days:
        if day.year is not None:
            year = day.year
        elif year is not None and month - day.month > _HALF_A_YEAR:
            year += 1
        month = day.month
        yield year


def _in_time(days: Sequence[Day], years: Sequence[int | None]) -> Iterator[tuple[int, int, int]]:
    for day, year in zip(days, years, strict=True):
        yield year or 0, day.month, day.day
