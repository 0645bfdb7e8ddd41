"""A project: which texts become which editions, and what is made of them; read from ``teiwright.toml``."""

from __future__ import annotations

import os
import re
import shlex
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Literal

from teiwright.accepting import Acceptance
from teiwright.bulk.forms import folder_of, form_of
from teiwright.check_settings import CheckSettings, read_check
from teiwright.deposit_settings import DepositSettings, read_deposit
from teiwright.described import Habit, Use
from teiwright.diagnostics import Code, Diagnostic, Location, Severity, TeiwrightError
from teiwright.model import AS_PRINTED, PrintLayout
from teiwright.print_settings import read_print
from teiwright.settings import Settings, place_of, read_settings
from teiwright.spooling import in_order

PROJECT_FILE = "teiwright.toml"
View = Literal["html", "print", "epub", "text", "docx", "odt"]
VIEWS: tuple[View, ...] = ("html", "print", "epub", "text", "docx", "odt")
"""What is made of each edition, where ``views`` asks for it."""

_USUAL: tuple[View, ...] = ("html", "print")

Whole = Literal["search", "book", "data"]
"""What is made of the collection as a whole, where ``views`` asks for it."""

SOURCE = "source"
"""A page of each text beside its encoding, where ``views`` asks for it; it needs the text and the edition."""

WHOLES: tuple[Whole, ...] = ("search", "book", "data")

_SETTINGS = (
    *("title", "publisher", "date", "licence"),
    *("sources", "metadata", "authority", "schema"),
    *("editions", "output", "views", "fonts", "stylesheets", "print", "deposit"),
    *("accepted", "check", "odd", "conventions", "address", "registry", "manifests"),
)


@dataclass(frozen=True, slots=True)
class Project:
    """The settings of one project. All paths are absolute or as ``folder`` was given.

    ``deposits`` if a build makes a deposit: it does where the file has a table ``[deposit]``.
    """

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
    deposits: bool
    fonts: Path | None = None
    stylesheets: Path | None = None
    accepted: tuple[Acceptance, ...] = ()
    p5subset: Path | None = None
    conventions: tuple[tuple[Habit, Use], ...] = ()
    check: CheckSettings = field(default_factory=CheckSettings)
    address: str = ""
    registry: Path | None = None
    wholes: tuple[Whole, ...] = ()
    layout: PrintLayout = AS_PRINTED
    shows_sources: bool = False
    manifests: str = ""

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
        name, folder = path.as_posix(), self.folder.as_posix()
        begins = "" if folder == "." and not path.is_absolute() else f"{folder}/"
        inside = name.removeprefix(begins)
        if name.startswith(begins) and ".." not in inside:  # so it is with texts, of which there are many
            return inside
        return Path(os.path.relpath(path, self.folder)).as_posix()

    @property
    def permalinks(self) -> Path:
        """The registry of published addresses; it need not be there."""
        return self.registry or self.editions / "permalinks.tsv"

    @property
    def published(self) -> str | None:
        """The date that the project gives, else that of ``SOURCE_DATE_EPOCH``; never the clock's."""
        return self.date or _epoch()

    @property
    def packed(self) -> str | None:
        """The date of a deposit, by the same rule."""
        return self.deposit.statement.date or self.published

    @property
    def deposit_folder(self) -> Path:
        """Where the deposit lies."""
        return self.deposit.folder or self.output / "deposit"

    def texts(self) -> tuple[Path, ...]:
        """The source texts in the order of their ids; a finding if there is none or an id comes twice."""
        return tuple(sorted(self.each_text(), key=lambda text: text.stem))

    def each_text(self) -> Iterator[Path]:
        """The same one by one, in an order of their own, so that nobody need hold all of a large collection."""
        found = (text for pattern in self.sources for text in self._texts(pattern))
        before: Path | None = None
        for text, _ in groupby(in_order(found, lambda text: (alike(text), str(text)))):
            if before is not None and alike(before) == alike(text):
                raise TeiwrightError(same_name(before, text))
            yield text
            before = text
        if before is None:
            raise TeiwrightError(
                Diagnostic(
                    Code.NO_SOURCES,
                    place_of(self.file, "sources"),
                    f"no text matches `sources = {list(self.sources)}`",
                    "name folders of `.txt` files or patterns such as `texts/*.txt`, relative to this file"
                    + ("; or run `teiwright unpack` first" if self.files_of_texts() else ""),
                )
            )

    def files_of_texts(self) -> list[Path]:
        """The sources that hold many texts, each in one file; a build unpacks them."""
        patterns = [pattern for pattern in self.sources if self._is_bulk(pattern)]
        return sorted({path for pattern in patterns for path in self._matching(pattern)})

    def _texts(self, pattern: str) -> Iterable[Path]:
        if not self._is_bulk(pattern):
            return self._matching(pattern)
        return (text for file in self._matching(pattern) for text in _texts_in(folder_of(file)))

    def _is_bulk(self, pattern: str) -> bool:
        return form_of(Path(pattern)) is not None and not (self.folder / pattern).is_dir()

    def _matching(self, pattern: str) -> Iterable[Path]:
        place = self.folder / pattern
        if place.is_dir():
            return _texts_in(place)
        base = Path(place.anchor) if Path(pattern).is_absolute() else self.folder
        return _matched(base, str(place.relative_to(base)))


def _texts_in(folder: Path) -> Iterator[Path]:
    """As a pattern would find them, but one by one, which a glob does not."""
    if folder.is_dir():
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.lower().endswith(".txt") and not entry.name.startswith(".") and entry.is_file():
                    yield folder / entry.name


def _matched(folder: Path, pattern: str) -> Iterator[Path]:
    """The files of a pattern, ``*.TXT`` too; hidden ones are notes of some system, such as ``._letter.txt``."""
    either = re.sub(r"\.txt$", ".[tT][xX][tT]", pattern)
    return (path for path in folder.glob(either) if path.is_file() and not path.name.startswith("."))


def alike(text: Path) -> str:
    """What names share that some file system cannot tell apart: by case, or by how accents are written."""
    return unicodedata.normalize("NFC", text.stem).casefold()


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


def named_project(named: Path | None) -> Path:
    """The project file of the folder that was named; if none was, that of this folder or the nearest above it."""
    if named is None:
        return find_project(Path())
    if named.name == PROJECT_FILE and named.is_file():
        return named
    if (named / PROJECT_FILE).is_file():
        return named / PROJECT_FILE
    above = find_project(named)  # else the project of a folder above would be built in place of this one
    raise TeiwrightError(
        Diagnostic(
            Code.NO_PROJECT,
            Location(str(named / PROJECT_FILE)),
            f"there is no such file; the nearest above is `{above}`",
            f"name that one with `--project {shlex.quote(str(above.parent))}`, or run `teiwright init` for this folder",
        )
    )


def find_project(start: Path) -> Path:
    """The project file in ``start`` or the nearest folder above it."""
    if not start.exists():  # else a misspelt name would build the project of a folder above
        what, hint = "there is no such folder", "look for a typing error, or at the folder in which you are"
        raise TeiwrightError(Diagnostic(Code.NO_PROJECT, Location(str(start)), what, hint))
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
    settings = read_settings(path)
    settings.allow_only(_SETTINGS)
    authority = settings.table("authority")
    authority.allow_only(("persons", "places"))
    odd = settings.table("odd")
    odd.allow_only(("p5subset",))
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
        views=_views(settings),
        persons=authority.file("persons", Code.AUTHORITY_NOT_READABLE),
        places=authority.file("places", Code.AUTHORITY_NOT_READABLE),
        schema=settings.file("schema", Code.UNREADABLE_SCHEMA),
        licence=_licence(settings.table("licence")),
        deposit=read_deposit(settings.table("deposit"), settings, title),
        deposits="deposit" in settings,
        fonts=settings.folder("fonts"),
        stylesheets=settings.folder("stylesheets"),
        accepted=tuple(_acceptance(table) for table in settings.tables("accepted")),
        p5subset=odd.path("p5subset"),
        conventions=_conventions(settings.table("conventions")),
        check=read_check(settings.table("check")),
        address=_address(settings),
        registry=settings.path("registry"),
        wholes=tuple(whole for whole in WHOLES if whole in settings.texts("views")),
        layout=read_print(settings.table("print")),
        shows_sources=SOURCE in settings.texts("views"),
        manifests=settings.text("manifests") or "",
    )


def _address(settings: Settings) -> str:
    """Where the pages will be: the URL of ``html/`` in the output folder, ending in a slash."""
    address = settings.text("address") or ""
    if address and not re.fullmatch(r"https?://[^\s<>\"?#]+", address):
        raise settings.refusal(
            "address", f"`{address}` is no address of a folder", 'write `"https://example.org/letters/html/"`'
        )
    return f"{address.rstrip('/')}/" if address else ""


def _acceptance(settings: Settings) -> Acceptance:
    settings.allow_only(("code", "document", "why", "count"))
    code, document, why = (settings.needed(key) for key in ("code", "document", "why"))
    known = {name: code for code in Code for name in (code.number, code.title)}
    if code not in known:
        raise settings.refusal("code", f"there is no finding `{code}`", "copy it from a report, such as `TW214`")
    if known[code].severity is Severity.ERROR:
        message = f"{known[code].number} is an error, and only warnings can be accepted"
        raise settings.refusal("code", message, "correct what it finds", Code.ERROR_NOT_ACCEPTABLE)
    return Acceptance(known[code], document, why, settings.count("count"), settings.place("code"))


def _conventions(settings: Settings) -> tuple[tuple[Habit, Use], ...]:
    """What is decided on conventions for all texts; a text's own metadata may decide otherwise."""
    habits = [habit for habit in Habit if habit.value in settings]
    settings.allow_only(habit.value for habit in Habit)
    decided = [(habit, settings.text(habit.value)) for habit in habits]
    uses = {use.value: use for use in Use}
    for habit, wanted in decided:
        if wanted not in uses:
            raise settings.refusal(habit.value, f"the convention is `{wanted}`", 'write `"always"` or `"never"`')
    return tuple((habit, uses[wanted]) for habit, wanted in decided if wanted)


def _licence(settings: Settings) -> tuple[str | None, str | None]:
    settings.allow_only(["target", "text"])
    return settings.address("target"), settings.text("text")


def _views(settings: Settings) -> tuple[View, ...]:
    if "views" not in settings:
        return _USUAL
    known: dict[str, View] = {view: view for view in VIEWS}
    wanted = settings.texts("views")
    for view in wanted:
        if view not in (*VIEWS, SOURCE, *WHOLES):
            hint = f"the views are {', '.join((*VIEWS, SOURCE, *WHOLES))}"
            raise settings.refusal("views", f"there is no view `{view}`", hint)
    return tuple(known[view] for view in wanted if view in known)
