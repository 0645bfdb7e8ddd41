"""The settings in ``teiwright.toml``, read one by one, with a finding in its place for each wrong one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError

_AT_LINE = re.compile(r" \(at line (\d+), column (\d+)\)$")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML 1.0 (section 2.2); TOML can write it as an escape."""

Value = str | int | float | bool | date | list["Value"] | dict[str, "Value"]


def read_settings(path: Path) -> Settings:
    """The outermost table of a project file."""
    return Settings(Places(path), _parsed(path))


def place_of(path: Path, key: str) -> Location:
    """Where a setting of the outermost table stands."""
    return Places(path).of(key)


def _parsed(path: Path) -> Mapping[str, Value]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        where, message = Location(str(path)), str(error)
        if match := _AT_LINE.search(message):
            where = Location(str(path), int(match[1]), int(match[2]))
            message = message[: match.start()]
        finding = Diagnostic(
            Code.BROKEN_PROJECT,
            where,
            f"this is not TOML: {message[0].lower()}{message[1:]}",
            "write texts in quotation marks, lists in brackets, and `/` in paths; see https://toml.io",
        )
    except UnicodeDecodeError:
        finding = Diagnostic(Code.BROKEN_PROJECT, Location(str(path)), "the file is not UTF-8", "save it as UTF-8")
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        finding = Diagnostic(
            Code.NO_PROJECT,
            Location(str(path)),
            f"the project file cannot be read: {why}",
            "name a folder that has one with `--project FOLDER`",
        )
    raise TeiwrightError(finding)


class Places:
    """Where in the file a setting stands; TOML parsers do not say."""

    def __init__(self, path: Path, table: str = "", entry: int = 1) -> None:
        self.path, self.table, self.entry = path, table, entry

    def of(self, key: str) -> Location:
        """The place of a setting, or of its table."""
        table, entry, header = "", 0, Location(str(self.path))
        text = self.path.read_text("utf-8-sig") if self.path.is_file() else ""
        for number, line in enumerate(text.splitlines(), 1):
            if match := re.match(r"\s*\[\[?\s*([^\[\]]+?)\s*\]", line):
                table = match[1]
                entry += table == self.table
                if (table, entry) == (self.table, self.entry):
                    header = Location(str(self.path), number, line.index("[") + 1)
                if (self.table, key) == ("", table):
                    return Location(str(self.path), number, line.index("[") + 1)
                continue
            here = table == self.table and entry in (0, self.entry)
            if here and (match := re.match(rf"\s*(?P<key>[\"']?{re.escape(key)}[\"']?)\s*[=.]", line)):
                return Location(str(self.path), number, match.start("key") + 1)
        return header


class Settings:
    """One table of the project file, read setting by setting with a finding for each wrong one."""

    def __init__(self, places: Places, values: Mapping[str, Value]) -> None:
        self._places, self._values = places, values

    def refusal(self, key: str, message: str, hint: str, code: Code = Code.BROKEN_PROJECT) -> TeiwrightError:
        """The error that says what is wrong with a setting, where it stands."""
        return TeiwrightError(Diagnostic(code, self._places.of(key), message, hint))

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        """The names of all settings."""
        return iter(self._values)

    def allow_only(self, names: Iterable[str]) -> None:
        """Refuse what is no setting, with the nearest that is one."""
        known = list(names)
        for key in self._values:
            if key not in known:
                close = get_close_matches(key, known, 1)
                hint = f"did you mean `{close[0]}`?" if close else f"the settings here are {', '.join(known)}"
                raise self.refusal(key, f"there is no setting `{key}`", hint, Code.UNKNOWN_SETTING)

    def text(self, key: str) -> str | None:
        """A text that is not empty."""
        value = self._values.get(key)
        if value is None or (isinstance(value, str) and value.strip()):
            self._refuse_unwritable(key, value or "")
            return value
        raise self.refusal(key, f"`{key}` is {_kind(value)}, expected a text", f'write `{key} = "…"`, or leave it out')

    def address(self, key: str) -> str | None:
        """An address (RFC 3986, 3.1): it begins with a scheme, and no white space can stand in it."""
        value = (self.text(key) or "").strip() or None
        if value is not None and not _SCHEME.match(value):
            raise self.refusal(key, f"`{key}` is `{value}`, which is no address", f'write `{key} = "https://…"`')
        if value is None or not re.search(r"\s", value):
            return value
        hint = "correct the address; a space that belongs to it is written `%20`"
        raise self.refusal(key, f"`{key}` is `{value}`, an address with a space in it", hint)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        value = self._values.get(key, [])
        items = [value] if isinstance(value, str) else value
        if isinstance(items, list) and all(isinstance(item, str) for item in items):
            self._refuse_unwritable(key, "".join(map(str, items)))
            return tuple(str(item) for item in items)
        raise self.refusal(key, f"`{key}` is {_kind(value)}, expected a list of texts", f'write `{key} = ["…", "…"]`')

    def _refuse_unwritable(self, key: str, text: str) -> None:
        if found := _UNWRITABLE.search(text):
            message = f"`{key}` has the character U+{ord(found[0]):04X}, which no XML can hold"
            raise self.refusal(key, message, "remove it")

    def path(self, key: str) -> Path | None:
        """A path, relative to the project file."""
        value = self.text(key)
        return None if value is None else self._places.path.parent / value

    def paths(self, key: str) -> tuple[Path, ...]:
        """A list of paths, relative to the file."""
        return tuple(self._places.path.parent / text for text in self.texts(key))

    def folder(self, key: str) -> Path | None:
        """A folder that is there."""
        path = self.path(key)
        if path is None or path.is_dir():
            return path
        raise self.refusal(key, f"there is no folder `{path}`", "name a folder, relative to this file")

    def file(self, key: str, code: Code) -> Path | None:
        """A file that is there, or else the finding ``code``."""
        path = self.path(key)
        if path is None or path.is_file():
            return path
        raise self.refusal(key, f"there is no file `{path}`", "name a file, relative to this one", code)

    def needed(self, key: str) -> str:
        """A text that must be there."""
        value = self.text(key)
        if value is None:
            raise self.refusal(key, f"`{key}` is missing here", f'write `{key} = "…"`')
        return value

    def count(self, key: str) -> int:
        """A number from 1 on; 1 if it is not said."""
        value = self._values.get(key, 1)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        raise self.refusal(key, f"`{key}` is no count", f"write `{key} = 2`")

    def number(self, key: str, otherwise: float) -> float:
        """A number, or what holds if it is not said."""
        value = self._values.get(key, otherwise)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        raise self.refusal(key, f"`{key}` is {_kind(value)}, expected a number", f"write `{key} = 12.5`")

    def place(self, key: str) -> Location:
        """Where a setting stands."""
        return self._places.of(key)

    def tables(self, key: str) -> tuple[Settings, ...]:
        """Each of a list of tables."""
        value = self._values.get(key, [])
        entries = [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
        if isinstance(value, list) and len(entries) == len(value):
            path, table = self._places.path, self._inner(key)
            return tuple(Settings(Places(path, table, n), entry) for n, entry in enumerate(entries, 1))
        hint = f"write `[[{self._inner(key)}]]` above each"
        raise self.refusal(key, f"`{key}` is {_kind(value)}, expected tables", hint)

    def choice(self, key: str, *known: str) -> str | None:
        """One of a few words."""
        value = self.text(key)
        if value is None or value in known:
            return value
        listed = ", ".join(f"`{name}`" for name in known)
        close = get_close_matches(value, known, 1)
        hint = f"did you mean `{close[0]}`?" if close else "choose one of them"
        raise self.refusal(key, f"`{key}` is `{value}`, expected one of {listed}", hint)

    def flag(self, key: str) -> bool | None:
        """True or false, or neither."""
        value = self._values.get(key)
        if value is None or isinstance(value, bool):
            return value
        raise self.refusal(key, f"`{key}` is {_kind(value)}, expected true or false", f"write `{key} = true`")

    def date(self, key: str) -> str | None:
        """A date, or a month or a year alone."""
        value = self._values.get(key)
        if isinstance(value, date):
            return value.isoformat()
        if value is None or (isinstance(value, str) and re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value)):
            return value
        raise self.refusal(key, f"`{key}` is no date", f'write `{key} = 1945-06-18`; a year alone as `"1945"`')

    def table(self, key: str) -> Settings:
        """An inner table, empty if there is none."""
        value = self._values.get(key, {})
        if isinstance(value, dict):
            return Settings(Places(self._places.path, self._inner(key)), value)
        raise self.refusal(
            key,
            f"`{key}` is {_kind(value)}, expected a table",
            f"write `[{self._inner(key)}]` on a line and its settings below it",
        )

    def _inner(self, key: str) -> str:
        return f"{self._places.table}.{key}" if self._places.table else key


def _kind(value: Value | None) -> str:
    match value:
        case bool():
            return "true or false"
        case str():
            return "an empty text" if not value.strip() else "a text"
        case int() | float():
            return "a number"
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return "a date"
