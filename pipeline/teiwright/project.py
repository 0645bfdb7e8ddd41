"""A project: which texts become which editions, and what is made of them; read from ``teiwright.toml``."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Literal

from teiwright.accepting import Acceptance
from teiwright.diagnostics import Code, Diagnostic, Location, Severity, TeiwrightError

PROJECT_FILE = "teiwright.toml"
View = Literal["html", "print"]
VIEWS: tuple[View, ...] = ("html", "print")

_AT_LINE = re.compile(r" \(at line (\d+), column (\d+)\)$")
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")

_SETTINGS = (
    *("title", "publisher", "date", "licence"),
    *("sources", "metadata", "authority", "schema"),
    *("editions", "output", "views", "fonts", "deposit"),
    "accepted",
)
_DEPOSIT_SETTINGS = (
    *("name", "organization", "contact-name", "contact-email"),
    *("description", "identifier", "date", "zip"),
)

Value = str | int | float | bool | date | list["Value"] | dict[str, "Value"]


@dataclass(frozen=True, slots=True)
class DepositSettings:
    """What ``bag-info.txt`` says beyond what the editions themselves say."""

    name: str
    organization: str | None = None
    contact_name: str | None = None
    contact_email: str | None = None
    description: str | None = None
    identifier: str | None = None
    date: str | None = None
    zip: bool = False


@dataclass(frozen=True, slots=True)
class Project:
    """The settings of one project. All paths are absolute or as ``folder`` was given."""

    folder: Path
    title: str
    publisher: str | None
    date: str | None
    sources: tuple[str, ...]
    metadata: Path | None
    editions: Path
    output: Path
    views: tuple[View, ...]
    persons: Path | None
    places: Path | None
    schema: Path | None
    licence: tuple[str | None, str | None]
    deposit: DepositSettings
    fonts: Path | None = None
    accepted: tuple[Acceptance, ...] = ()

    @property
    def file(self) -> Path:
        """The project file itself."""
        return self.folder / PROJECT_FILE

    @property
    def state(self) -> Path:
        """Where the build remembers what it did; safe to delete."""
        return self.folder / ".teiwright"

    def relative(self, path: Path) -> str:
        """A path as seen from the project's folder, the same on every machine."""
        return Path(os.path.relpath(path, self.folder)).as_posix()

    @property
    def published(self) -> str | None:
        """The date that the project gives, else that of ``SOURCE_DATE_EPOCH``; never the clock's."""
        return self.date or _epoch()

    @property
    def packed(self) -> str | None:
        """The date of a deposit, by the same rule."""
        return self.deposit.date or self.published

    def texts(self) -> tuple[Path, ...]:
        """The source texts in the order of their ids; a finding if there is none or an id comes twice."""
        found = sorted({text for pattern in self.sources for text in self._matching(pattern)}, key=lambda t: t.stem)
        if not found:
            raise TeiwrightError(
                Diagnostic(
                    Code.NO_SOURCES,
                    _Places(self.file).of("sources"),
                    f"no text matches `sources = {list(self.sources)}`",
                    "name folders of `.txt` files or patterns such as `texts/*.txt`, relative to this file",
                )
            )
        for one, other in pairwise(found):
            if one.stem.casefold() == other.stem.casefold():
                raise TeiwrightError(same_name(one, other))
        return tuple(found)

    def _matching(self, pattern: str) -> Iterable[Path]:
        place = self.folder / pattern
        if place.is_dir():
            return place.glob("*.txt")
        base = Path(place.anchor) if Path(pattern).is_absolute() else self.folder
        return (path for path in base.glob(str(place.relative_to(base))) if path.is_file())


def same_name(one: Path, other: Path) -> Diagnostic:
    """Two texts whose editions would be one file; also on file systems that do not tell case apart."""
    return Diagnostic(
        Code.SAME_NAME,
        Location(str(other)),
        f"the edition of this text would have the same name as that of `{one}`",
        "rename one of the two",
    )


def _epoch() -> str | None:
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not (seconds.isascii() and seconds.isdigit()):
        return None
    return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()


def find_project(start: Path) -> Path:
    """The project file in ``start`` or the nearest folder above it."""
    beginning = start.resolve()
    for folder in (beginning, *beginning.parents):
        if (folder / PROJECT_FILE).is_file():
            return start / PROJECT_FILE if folder == beginning else folder / PROJECT_FILE
    raise TeiwrightError(
        Diagnostic(
            Code.NO_PROJECT,
            Location(str(start / PROJECT_FILE)),
            "there is no such file in this folder or in one above it",
            "run `teiwright init FOLDER` to make a project of a folder of texts, or name one with `--project FOLDER`",
        )
    )


def load_project(path: Path) -> Project:
    """Read a project file. Raises a ``TeiwrightError`` that says where it is wrong and what was expected."""
    settings = _Settings(_Places(path), _parse(path))
    settings.allow_only(_SETTINGS)
    authority = settings.table("authority")
    authority.allow_only(("persons", "places"))
    folder = path.parent
    title = settings.text("title") or folder.resolve().name
    return Project(
        folder=folder,
        title=title,
        publisher=settings.text("publisher"),
        date=settings.date("date"),
        sources=settings.texts("sources") or ("*.txt",),
        metadata=settings.path("metadata"),
        editions=settings.path("editions") or folder / "tei",
        output=settings.path("output") or folder / "out",
        views=settings.views(),
        persons=authority.path("persons"),
        places=authority.path("places"),
        schema=settings.path("schema"),
        licence=_licence(settings.table("licence")),
        deposit=_deposit(settings.table("deposit"), title),
        fonts=settings.folder("fonts"),
        accepted=tuple(_acceptance(table) for table in settings.tables("accepted")),
    )


def _acceptance(settings: _Settings) -> Acceptance:
    settings.allow_only(("code", "document", "why", "count"))
    code, document, why = (settings.needed(key) for key in ("code", "document", "why"))
    known = {name: code for code in Code for name in (code.number, code.title)}
    if code not in known:
        raise settings.refusal("code", f"there is no finding `{code}`", "copy it from a report, such as `TW214`")
    if known[code].severity is Severity.ERROR:
        message = f"{known[code].number} is an error, and only warnings can be accepted"
        raise settings.refusal("code", message, "correct what it finds", Code.ERROR_NOT_ACCEPTABLE)
    return Acceptance(known[code], document, why, settings.count("count"), settings.place("code"))


def _licence(settings: _Settings) -> tuple[str | None, str | None]:
    settings.allow_only(["target", "text"])
    return settings.text("target"), settings.text("text")


def _deposit(settings: _Settings, title: str) -> DepositSettings:
    settings.allow_only(_DEPOSIT_SETTINGS)
    name = settings.text("name") or re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "editions"
    if not _IDENTIFIER.fullmatch(name):
        raise settings.refusal(
            "name",
            f"`{name}` is no name for a folder in every archive",
            "use ASCII letters, figures, `-` and `.`",
        )
    return DepositSettings(
        name=name,
        organization=settings.text("organization"),
        contact_name=settings.text("contact-name"),
        contact_email=settings.text("contact-email"),
        description=settings.text("description"),
        identifier=settings.text("identifier"),
        date=settings.date("date"),
        zip=settings.flag("zip"),
    )


def _parse(path: Path) -> Mapping[str, Value]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        where, message = Location(str(path)), str(error)
        if match := _AT_LINE.search(message):
            where = Location(str(path), int(match[1]), int(match[2]))
            message = message[: match.start()]
        finding = Diagnostic(
            Code.BROKEN_PROJECT,
            where,
            f"this is not TOML: {message[0].lower()}{message[1:]}",
            "write texts in quotation marks and lists in brackets; see https://toml.io",
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


class _Places:
    """Where in the file a setting stands; TOML parsers do not say."""

    def __init__(self, path: Path, table: str = "", entry: int = 1) -> None:
        self.path, self.table, self.entry = path, table, entry

    def of(self, key: str) -> Location:
        table, entry, header = "", 0, Location(str(self.path))
        text = self.path.read_text("utf-8") if self.path.is_file() else ""
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


class _Settings:
    """One table of the project file, read setting by setting with a finding for each wrong one."""

    def __init__(self, places: _Places, values: Mapping[str, Value]) -> None:
        self._places, self._values = places, values

    def refusal(self, key: str, message: str, hint: str, code: Code = Code.BROKEN_PROJECT) -> TeiwrightError:
        return TeiwrightError(Diagnostic(code, self._places.of(key), message, hint))

    def allow_only(self, names: Iterable[str]) -> None:
        known = list(names)
        for key in self._values:
            if key not in known:
                close = get_close_matches(key, known, 1)
                hint = f"did you mean `{close[0]}`?" if close else f"the settings here are {', '.join(known)}"
                raise self.refusal(key, f"there is no setting `{key}`", hint, Code.UNKNOWN_SETTING)

    def text(self, key: str) -> str | None:
        value = self._values.get(key)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        raise self.refusal(key, f"`{key}` is {_kind(value)}, expected a text", f'write `{key} = "…"`, or leave it out')

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._values.get(key, [])
        items = [value] if isinstance(value, str) else value
        if isinstance(items, list) and all(isinstance(item, str) for item in items):
            return tuple(str(item) for item in items)
        raise self.refusal(key, f"`{key}` is {_kind(value)}, expected a list of texts", f'write `{key} = ["…", "…"]`')

    def path(self, key: str) -> Path | None:
        value = self.text(key)
        return None if value is None else self._places.path.parent / value

    def folder(self, key: str) -> Path | None:
        path = self.path(key)
        if path is None or path.is_dir():
            return path
        raise self.refusal(key, f"there is no folder `{path}`", "name a folder, relative to this file")

    def needed(self, key: str) -> str:
        value = self.text(key)
        if value is None:
            raise self.refusal(key, f"`{key}` is missing here", f'write `{key} = "…"`')
        return value

    def count(self, key: str) -> int:
        value = self._values.get(key, 1)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        raise self.refusal(key, f"`{key}` is no count", f"write `{key} = 2`")

    def place(self, key: str) -> Location:
        return self._places.of(key)

    def tables(self, key: str) -> tuple[_Settings, ...]:
        value = self._values.get(key, [])
        entries = [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
        if isinstance(value, list) and len(entries) == len(value):
            return tuple(_Settings(_Places(self._places.path, key, n), entry) for n, entry in enumerate(entries, 1))
        raise self.refusal(key, f"`{key}` is {_kind(value)}, expected tables", f"write `[[{key}]]` above each")

    def flag(self, key: str) -> bool:
        value = self._values.get(key, False)
        if isinstance(value, bool):
            return value
        raise self.refusal(key, f"`{key}` is {_kind(value)}, expected true or false", f"write `{key} = true`")

    def date(self, key: str) -> str | None:
        value = self._values.get(key)
        if isinstance(value, date):
            return value.isoformat()
        if value is None or (isinstance(value, str) and re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value)):
            return value
        raise self.refusal(key, f"`{key}` is no date", f'write `{key} = 1945-06-18`; a year alone as `"1945"`')

    def views(self) -> tuple[View, ...]:
        if "views" not in self._values:
            return VIEWS
        known: dict[str, View] = {view: view for view in VIEWS}
        wanted = self.texts("views")
        for view in wanted:
            if view not in known:
                hint = f"the views are {', '.join(VIEWS)}"
                raise self.refusal("views", f"there is no view `{view}`", hint)
        return tuple(known[view] for view in wanted)

    def table(self, key: str) -> _Settings:
        value = self._values.get(key, {})
        if isinstance(value, dict):
            return _Settings(_Places(self._places.path, key), value)
        raise self.refusal(
            key,
            f"`{key}` is {_kind(value)}, expected a table",
            f"write `[{key}]` on a line and its settings below it",
        )


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
