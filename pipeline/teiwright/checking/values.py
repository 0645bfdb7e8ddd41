"""What is wrong with the value of an attribute, said so that one sees it: no month 13, not one of these."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from teiwright.checking.nearness import by_nearness
from teiwright.checking.wording import listed

_NAME = r"[^\W\d][\w.\-·]*"
_ZONE = r"(Z|[+-]\d\d:\d\d)?"
_FORMS = {
    "ID": _NAME,
    "Name": rf"[:]?{_NAME}(:[\w.\-·]+)*",
    "language": r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*",
    "anyURI": r"[A-Za-z][A-Za-z0-9+.\-]*:.*|[^:/?#]*(?:[/?#].*)?",  # RFC 3986, 4.2
    "token": r".*",
    "decimal": r"[+-]?(\d+(\.\d*)?|\.\d+)",
    "nonNegativeInteger": r"(\+?\d+|-0+)",
    "gYear": rf"-?\d{{4,}}{_ZONE}",
    "gYearMonth": rf"-?\d{{4,}}-(0[1-9]|1[0-2]){_ZONE}",
    "date": rf"-?\d{{4,}}-\d\d-\d\d{_ZONE}",
    "dateTime": rf"-?\d{{4,}}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?{_ZONE}",
}
_DATES = frozenset({"gYear", "gYearMonth", "date", "dateTime"})
_LOOKS_LIKE_DATE = re.compile(r"\d{4}-(\d\d?)(?:-(\d\d?))?(?:T.*)?")
# what XSD calls \p{C} and \p{Z}, as far as it occurs in texts
_CLASSES = {
    r"\p{C}": "\x00-\x1f\x7f-\x9f\u200b-\u200f\ufeff",
    r"\p{Z}": " \xa0\u2000-\u200a\u2028\u2029\u202f\u3000",
}


def is_one_of(value: str, choices: Sequence[Sequence[str | None]]) -> bool:
    """Whether a value belongs to any of several datatypes of XML Schema, each perhaps with a pattern."""
    return any(_fits(" ".join(value.split()), str(name), pattern) for name, pattern in choices)


def _fits(value: str, name: str, pattern: str | None) -> bool:
    if not re.fullmatch(_FORMS[name], value):
        return False
    if name in {"date", "dateTime"} and not _is_day(value):
        return False
    return pattern is None or re.fullmatch(_python_pattern(pattern), value) is not None


def _python_pattern(pattern: str) -> str:
    for name, characters in _CLASSES.items():
        pattern = pattern.replace(name, characters)
    return pattern


def _is_day(value: str) -> bool:
    try:
        datetime.strptime(value.lstrip("-")[:10], "%Y-%m-%d")
    except ValueError:
        return False
    return True


def expected(spec: Mapping[str, Any], datatypes: Mapping[str, Any], value: str = "") -> str:
    """What kind of value belongs here, in words; of a closed list those most like what stands there."""
    if "values" in spec:
        names = by_nearness(value, spec["values"]) if value else spec["values"]
        return f"{'one of ' if len(names) > 1 else ''}{listed(names)}"
    return str(datatypes[spec["datatype"]]["desc"])


def what_is_wrong(value: str, spec: Mapping[str, Any], datatypes: Mapping[str, Any]) -> str | None:
    """More than that the value does not fit, where more can be said."""
    if not value.strip():
        return "it is empty"
    choices = [] if "values" in spec else datatypes[spec["datatype"]]["choices"]
    if not _DATES.isdisjoint(name for name, _ in choices) and (found := _LOOKS_LIKE_DATE.fullmatch(value.strip())):
        month, day = found[1], found[2]
        if len(month) == 1 or (day and len(day) == 1):
            return "month and day have two digits"
        if not 1 <= int(month) <= 12:
            return f"there is no month {int(month)}"
        if day:
            return f"this month has no day {int(day)}"
    return None
