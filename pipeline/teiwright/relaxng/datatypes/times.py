"""Dates, times and durations of XML Schema, as values that can be compared."""

from __future__ import annotations

import re
from calendar import monthrange
from decimal import Decimal

_ZONE = r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?"
_YEAR = r"(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))"
_MONTH, _DAY = "(?P<month>[0-9]{2})", "(?P<day>[0-9]{2})"
_CLOCK = r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2}(?:\.[0-9]+)?)"
_FORMS = {
    name: re.compile(form + _ZONE)
    for name, form in {
        "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_CLOCK}",
        "date": f"{_YEAR}-{_MONTH}-{_DAY}",
        "time": _CLOCK,
        "gYearMonth": f"{_YEAR}-{_MONTH}",
        "gYear": _YEAR,
        "gMonthDay": f"--{_MONTH}-{_DAY}",
        "gMonth": f"--{_MONTH}",
        "gDay": f"---{_DAY}",
    }.items()
}
MOMENTS = frozenset(_FORMS)
_DURATION = re.compile(
    r"(?P<sign>-)?P(?=.)(?:(?P<years>[0-9]+)Y)?(?:(?P<months>[0-9]+)M)?(?:(?P<days>[0-9]+)D)?"
    r"(?:T(?=.)(?:(?P<hours>[0-9]+)H)?(?:(?P<minutes>[0-9]+)M)?(?:(?P<seconds>[0-9]+(?:\.[0-9]+)?)S)?)?"
)
_LONGEST = 100
Moment = tuple[bool, Decimal]
Span = tuple[Decimal, Decimal]


def moment(kind: str, text: str) -> Moment | None:
    """Whether it has a time zone, and its seconds from a fixed point; ``None`` if it is no such date or time."""
    found = _FORMS[kind].fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        return None
    part = found.groupdict()
    year = int(part.get("year") or 2000)
    month, day = int(part.get("month") or 1), int(part.get("day") or 1)
    # the calendar repeats every 400 years; those before Christ have no year 0
    astronomical = year + 1 if year < 0 else year
    if year == 0 or not 1 <= month <= 12 or not 1 <= day <= monthrange(astronomical % 400 + 400, month)[1]:
        return None
    hour, minute = int(part.get("hour") or 0), int(part.get("minute") or 0)
    second = Decimal(part.get("second") or 0)
    if not (hour <= 23 and minute <= 59 and second < 60) and not (hour == 24 and minute == second == 0):
        return None
    zone = _zone(part["zone"])
    if zone is None:
        return None
    days = _days(astronomical, month, day)
    return part["zone"] is not None, (Decimal(days) * 24 + hour) * 3600 + (minute - zone) * 60 + second


def _zone(text: str | None) -> int | None:
    """Minutes east of Greenwich."""
    if text is None or text == "Z":
        return 0
    hours, minutes = int(text[1:3]), int(text[4:6])
    if minutes > 59 or hours * 60 + minutes > 14 * 60:
        return None
    return (hours * 60 + minutes) * (-1 if text[0] == "-" else 1)


def _days(year: int, month: int, day: int) -> int:
    """Days since the first of March of the year 0, Gregorian throughout."""
    shifted = year - 1 if month < 3 else year
    month_from_march = (month + 9) % 12
    return 365 * shifted + shifted // 4 - shifted // 100 + shifted // 400 + (153 * month_from_march + 2) // 5 + day


def span(text: str) -> Span | None:
    """A duration's months and seconds."""
    found = _DURATION.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        return None
    number = {name: Decimal(part or 0) for name, part in found.groupdict().items() if name != "sign"}
    sign = -1 if found["sign"] else 1
    seconds = ((number["days"] * 24 + number["hours"]) * 60 + number["minutes"]) * 60 + number["seconds"]
    return sign * (number["years"] * 12 + number["months"]), sign * seconds
