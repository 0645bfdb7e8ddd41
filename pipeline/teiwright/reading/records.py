"""The keys of a text's metadata and what each may hold; sidecars and tables both come through here.

```
id title subtitle kind language date-note received-name sha256
date      when from to not-before not-after text          (or just a date)
sent      name role place ref                             (as often as there were senders)
received  name role place ref
origin    series volume publisher date page-from page-to file-number repository form note
licence   target text
changes   date what                                       (oldest first)
conventions   the name of each, as `parse --show conventions` prints it: always or never
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches

from teiwright.model import Bibliography, DateValue, Habit, Licence, Metadata, Party, Use

KINDS = (
    *("document", "despatch", "letter", "memorandum", "report", "telegram"),
    *("minutes", "instruction", "circular", "agreement", "article"),
)

_LINES = ("id", "title", "subtitle", "kind", "language", "date-note", "received-name", "sha256")
_DATE = ("when", "from", "to", "not-before", "not-after", "text")
_PARTY = ("name", "role", "place", "ref")
_ORIGIN = (
    *("series", "volume", "publisher", "date", "page-from", "page-to"),
    *("file-number", "repository", "form", "note"),
)
_LICENCE = ("target", "text")
_CHANGE = ("date", "what")
_HABITS = tuple(habit.value for habit in Habit)
_TABLES = {
    **{"date": _DATE, "sent": _PARTY, "received": _PARTY},
    **{"origin": _ORIGIN, "licence": _LICENCE, "changes": _CHANGE},
    "conventions": _HABITS,
}
COLUMNS = (*_LINES, *(f"{table}.{key}" for table, keys in _TABLES.items() for key in keys))
_NUMBERS = ("volume", "page-from", "page-to")

_NAME = re.compile(r"[^\W\d][\w.-]*")
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_PART_OF_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")

Record = Mapping[str, object]


class WrongValueError(Exception):
    """A key with a value that it cannot hold: which key, what is wrong, what to do."""

    def __init__(self, keys: tuple[str, ...], message: str, hint: str) -> None:
        super().__init__(message)
        self.keys = keys
        self.message = message
        self.hint = hint


def metadata_of(record: Record, name: str) -> Metadata:
    """Metadata from nested keys and values; ``name`` is the id of a text that is not given one."""
    _known(record, (*_LINES, *_TABLES), ())
    lines = {key: _line(record, key, ()) for key in _LINES}
    return Metadata(
        id=_matching(_NAME, lines["id"], "id", "a letter, then letters, digits, `-`, `_` or `.`") or name,
        title=lines["title"],
        subtitle=lines["subtitle"],
        kind=_kind(lines["kind"]),
        language=_matching(_LANGUAGE, lines["language"], "language", "a language tag such as `en` or `pt-BR`") or "und",
        sent=tuple(_party(party, "sent") for party in _rows(record, "sent")),
        received=tuple(_party(party, "received") for party in _rows(record, "received")),
        date=_date_value(record.get("date")),
        date_note=lines["date-note"],
        origin=_origin(_row(record, "origin")),
        licence=_licence(_row(record, "licence")),
        received_name=lines["received-name"],
        sha256=_matching(_SHA256, lines["sha256"], "sha256", "64 hexadecimal digits"),
        changes=tuple(_change(change) for change in _rows(record, "changes")),
        conventions=tuple(_conventions(_row(record, "conventions"))),
    )


def _date_value(value: object) -> DateValue | None:
    if value is None:
        return None
    if not isinstance(value, Mapping):
        return DateValue(when=_date(value, ("date",)))
    _known(value, _DATE, ("date",))
    dates = {key: _date(value.get(key), ("date", key)) for key in _DATE if key != "text"}
    printed = _line(value, "text", ("date",))
    if not any(dates.values()):
        keys = "`when`, or `from` and `to`, or `not-before` and `not-after`"
        raise WrongValueError(("date",), "the date says no day, month or year", f"set {keys}, or use `date-note`")
    return DateValue(
        *(dates["when"], dates["from"], dates["to"], dates["not-before"], dates["not-after"]), text=printed
    )


def _party(row: Record, table: str) -> Party:
    _known(row, _PARTY, (table,))
    return Party(*(_line(row, key, (table,)) for key in _PARTY))


def _origin(row: Record) -> Bibliography:
    _known(row, _ORIGIN, ("origin",))
    lines = {key: _line(row, key, ("origin",)) for key in _ORIGIN if key != "date"}
    return Bibliography(
        series=lines["series"],
        volume=lines["volume"],
        publisher=lines["publisher"],
        date=_date(row.get("date"), ("origin", "date")),
        page_from=lines["page-from"],
        page_to=lines["page-to"],
        file_number=lines["file-number"],
        repository=lines["repository"],
        form=lines["form"],
        note=lines["note"],
    )


def _licence(row: Record) -> Licence:
    _known(row, _LICENCE, ("licence",))
    target = _line(row, "target", ("licence",))
    if target is not None and len(target.split()) > 1:
        hint = "correct the address; a space that belongs to it is written `%20`"
        message = f"`licence.target` is `{target}`, an address with a space in it"
        raise WrongValueError(("licence", "target"), message, hint)
    return Licence(*(_line(row, key, ("licence",)) for key in _LICENCE))


def _change(row: Record) -> tuple[str, str]:
    _known(row, _CHANGE, ("changes",))
    when, what = _date(row.get("date"), ("changes", "date")), _line(row, "what", ("changes",))
    if when is None or what is None:
        raise WrongValueError(("changes",), "a change has no date or does not say what was done", "set both")
    return when, what


def _conventions(row: Record) -> Iterator[tuple[Habit, Use]]:
    _known(row, _HABITS, ("conventions",))
    uses = {use.value: use for use in Use}
    for name, value in row.items():
        if not isinstance(value, str) or value not in uses:
            shown = f"`{value}`" if isinstance(value, str) else _kind_of(value)
            message = f"the convention `{name}` is {shown}, where `always` or `never` was expected"
            raise WrongValueError(("conventions", name), message, "leave it out to let the text decide")
        yield Habit(name), uses[value]


# -- values


def _known(record: Record, keys: Sequence[str], path: tuple[str, ...]) -> None:
    for key in record:
        if key not in keys:
            near = get_close_matches(key, keys, n=1)
            hint = f"write `{near[0]}`" if near else f"the keys here are {', '.join(f'`{k}`' for k in keys)}"
            raise WrongValueError((*path, key), f"the key `{'.'.join((*path, key))}` is not known", hint)


def _line(record: Record, key: str, path: tuple[str, ...]) -> str | None:
    value = record.get(key)
    if isinstance(value, int) and not isinstance(value, bool) and key in _NUMBERS:
        return str(value)
    if value is None or isinstance(value, str):
        return (value or "").strip() or None
    raise WrongValueError((*path, key), f"`{key}` holds {_kind_of(value)}, where text was expected", "quote the value")


def _row(record: Record, key: str) -> Record:
    value = record.get(key, {})
    if isinstance(value, Mapping):
        return value
    hint = f"begin a table with a line `[{key}]`"
    raise WrongValueError((key,), f"`{key}` holds {_kind_of(value)}, where a table was expected", hint)


def _rows(record: Record, key: str) -> list[Record]:
    value = record.get(key, [])
    rows = [value] if isinstance(value, Mapping) else value
    if isinstance(rows, list) and all(isinstance(row, Mapping) for row in rows):
        return rows
    hint = f"begin each with a line `[[{key}]]`"
    raise WrongValueError((key,), f"`{key}` holds {_kind_of(value)}, where tables were expected", hint)


def _date(value: object, keys: tuple[str, ...]) -> str | None:
    """A W3C date from a date, or from text such as ``1945``, ``1945-06``, ``1945-06-18``."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.replace(microsecond=0).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and _is_date(value):
        return value
    shown = f"`{value}`" if isinstance(value, str | int) else _kind_of(value)
    hint = 'write a day as 1945-06-18, a month as "1945-06", a year as "1945"'
    raise WrongValueError(keys, f"`{'.'.join(keys)}` is {shown}, which is no date", hint)


def _is_date(value: str) -> bool:
    if _PART_OF_DATE.fullmatch(value):
        return not value.startswith("0000")
    try:
        return bool(datetime.fromisoformat(value)) and re.fullmatch(r"\d{4}-\d\d-\d\d(T.*)?", value) is not None
    except ValueError:
        return False


def _matching(pattern: re.Pattern[str], value: str | None, key: str, expected: str) -> str | None:
    if value is None or pattern.fullmatch(value):
        return value
    raise WrongValueError((key,), f"`{key}` is `{value}`", f"write {expected}")


def _kind(value: str | None) -> str | None:
    if value is None or value in KINDS:
        return value
    near = get_close_matches(value, KINDS, n=1)
    hint = f"write `{near[0]}`" if near else f"write one of {', '.join(f'`{kind}`' for kind in KINDS)}"
    raise WrongValueError(("kind",), f"`kind` is `{value}`, which is no kind of document", hint)


def _kind_of(value: object) -> str:
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
        case Mapping():
            return "a table"
        case _:
            return "a date or time"
