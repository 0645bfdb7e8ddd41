"""What a collection knows of one edition: enough for indexes, search, data and e-books, so that none opens TEI again.

Offsets are code points into ``Extract.text``, half-open.
Its parts are named tuples, as these are made in a fifth of the time and a document has a hundred of them.
Anchors are the ids that the edition's page has, so that a link is ``ID.html#ANCHOR``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from typing import Any, Literal, NamedTuple

NameKind = Literal["person", "place", "organization"]
PassageKind = Literal["heading", "paragraph", "item", "cell", "line", "note"]


class Passage(NamedTuple):
    """A block of text that can be cited by itself. ``page`` is the source page on which it begins, or empty."""

    kind: PassageKind
    anchor: str
    page: str
    start: int
    end: int


class Naming(NamedTuple):
    """A name in the text. ``ref`` is the id of its entry in the authority file, or empty.

    ``cert`` is ``high``, ``medium`` or ``low`` if a program named it, and empty if a person did;
    ``role`` is ``from`` or ``to`` for correspondents.
    """

    kind: NameKind
    ref: str
    anchor: str
    page: str
    start: int
    end: int
    cert: str = ""
    role: str = ""


class Footnote(NamedTuple):
    """A note. ``start`` and ``end`` hold its words; ``called`` is where its mark stands, none if it has no place."""

    label: str
    anchor: str
    page: str
    start: int
    end: int
    called: int | None
    place: str = ""
    cert: str = ""


class SourcePage(NamedTuple):
    """A page break: ``at`` is where the page begins, ``facs`` the picture of the page if there is one."""

    n: str
    anchor: str
    at: int
    facs: str = ""


class Correspondent(NamedTuple):
    """Who sent or received a letter (``correspAction``)."""

    role: Literal["sent", "received"]
    name: str
    ref: str = ""
    place: str = ""
    place_ref: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Extract:
    """One edition as its collection sees it.

    ``text`` is the running text and, after it, the notes: single spaces within a block, an empty line between blocks.
    ``when`` and ``until`` are ISO dates (also ``1933`` or ``1933-01``) that can be sorted, or empty;
    ``date`` is the date in the edition's own words.
    ``anchors`` are all ids that a reader may cite, in the order of the text: parts, paragraphs, notes, pages.
    ``changed`` is the day of the latest change that the header tells of, ``change`` what it says of it.
    """

    id: str
    title: str
    subtitle: str = ""
    kind: str = ""
    date: str = ""
    when: str = ""
    until: str = ""
    source: str = ""
    language: str = "en"
    opening: str = ""
    changed: str = ""
    change: str = ""
    file_numbers: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    correspondents: tuple[Correspondent, ...] = ()
    passages: tuple[Passage, ...] = ()
    names: tuple[Naming, ...] = ()
    notes: tuple[Footnote, ...] = ()
    pages: tuple[SourcePage, ...] = ()
    text: str = ""

    @property
    def listed_title(self) -> str:
        """The title in a table of contents: with a short subtitle, such as a number, that tells it from others."""
        short = self.subtitle if len(self.subtitle) <= _SHORT_SUBTITLE else ""
        return ", ".join(filter(None, (self.title, short)))


_SHORT_SUBTITLE = 40

Extracts = Callable[[], Iterator[Extract]]
"""Reads all extracts afresh, one at a time, in the order of the collection; nobody holds them all."""


class Shelf:
    """Extracts, some of which can be read without the others, and of which one can tell whether they have changed."""

    def __init__(self, extracts: Extracts) -> None:
        self._extracts = extracts

    def __call__(self) -> Iterator[Extract]:
        """All, in the order of the collection."""
        return self._extracts()

    def digests(self) -> Iterator[str]:
        """Of each extract, in the same order."""
        return (sha256(extract_to_json(extract).encode("utf-8", "surrogatepass")).hexdigest() for extract in self())

    def numbered(self, numbers: Container[int]) -> Iterator[tuple[int, Extract]]:
        """Those that have these numbers, counted from 0 in the order of the collection."""
        return ((number, extract) for number, extract in enumerate(self()) if number in numbers)

    def searched(self, numbers: Container[int], make: Callable[[Extract], bytes]) -> Iterator[tuple[int, bytes]]:
        """What ``make`` makes for the search of those that have these numbers, or what was kept of it."""
        return ((number, make(extract)) for number, extract in self.numbered(numbers))

    def outlines(self) -> Iterator[Extract]:
        """All, without their texts."""
        return map(outline, self())


def outline(extract: Extract) -> Extract:
    """What pictures and navigation need of an extract: when and between whom it was written, and whom it names.

    None of its words, so that it stays the same where these change.
    """
    names = {(name.kind, name.ref): Naming(name.kind, name.ref, "", "", 0, 0) for name in extract.names}
    words = replace(extract, opening="", passages=(), notes=(), pages=(), anchors=(), text="")
    return replace(words, changed="", change="", source="", names=tuple(names[key] for key in sorted(names)))


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an authority file, as indexes show it. ``note`` says who or what it is; ``dates`` as printed."""

    id: str
    kind: NameKind
    name: str
    sort_name: str
    variants: tuple[str, ...] = ()
    dates: str = ""
    note: str = ""
    links: tuple[tuple[str, str], ...] = ()
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """The collection as a whole. ``address`` is the URL under which its pages will be published, or empty.

    ``published`` is an ISO date or empty; no clock is asked.
    ``merged`` are ids of entries that are none any more, each with that of the entry which it became part of.
    """

    title: str
    publisher: str = ""
    published: str = ""
    licence: str = ""
    address: str = ""
    language: str = "en"
    entries: tuple[Entry, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the collection that every page leads to. ``href`` is relative to the folder of documents' pages.

    If one is ``persons/index.html`` (or ``places/``, ``organizations/``), there is a page for each entry that a
    document mentions: ``persons/ENTRY.html``.
    """

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class CollectionPage:
    """A page of the collection that is no document: an index, an entry, the search.

    ``path`` is relative to the folder of the documents' pages (``persons/togo.html``).
    ``main`` and ``head`` are well-formed XHTML without namespace declarations; ``main`` begins with an ``h1``.
    ``kind`` is a class on ``body``, by which ``xslt/html/style.css`` knows the page.
    ``policy`` is what the page needs beyond style and pictures (``script-src 'self'; connect-src 'self'``).
    """

    path: str
    title: str
    main: str
    kind: str = ""
    head: str = ""
    policy: str = ""
    language: str = "en"


Frame = Callable[[CollectionPage], bytes]
"""Makes the file of a page: banner, navigation, style and footer around what it holds."""

Files = Iterator[tuple[str, bytes]]
"""Files as they are made: path relative to the output folder (``html/persons/index.html``), and bytes."""


@dataclass(frozen=True, slots=True)
class AsBefore:
    """A file that would come out as it did when it was last made."""

    path: str


Renewed = Iterator[tuple[str, bytes] | AsBefore]
"""Files as they are made, without the bytes of those that would come out as before."""


_PARTS: dict[str, Callable[[Iterable[Any]], object]] = {
    "correspondents": Correspondent._make,
    "passages": Passage._make,
    "names": Naming._make,
    "notes": Footnote._make,
    "pages": SourcePage._make,
}
_FACTS = tuple(one.name for one in fields(Extract) if one.name not in _PARTS)


def extract_to_json(extract: Extract) -> str:
    """An extract as one line of JSON, its parts as rows."""
    packed: dict[str, Any] = {name: getattr(extract, name) for name in (*_FACTS, *_PARTS)}
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":"))


def extract_from_json(line: str | bytes) -> Extract:
    """The extract that ``extract_to_json`` wrote; a ``ValueError``, ``KeyError`` or ``TypeError`` if it is none."""
    packed: dict[str, Any] = json.loads(line)
    for name, made in _PARTS.items():
        packed[name] = tuple(map(made, packed[name]))
    for name in ("file_numbers", "anchors"):
        packed[name] = tuple(packed[name])
    return Extract(**packed)


_FOLDERS: dict[NameKind, str] = {"person": "persons", "place": "places", "organization": "organizations"}
_LONGEST = 150


def entry_pages(entries: Iterable[Entry]) -> dict[str, str]:
    """The page of each entry below ``html/``: ``persons/grew-joseph-c.html``.

    File systems that do not tell case apart, and limits of length, ask for another name here and there: those
    have a ``~`` in them, which no id has. What is no ``xml:id`` cannot name a place elsewhere.
    """
    pages: dict[str, str] = {}
    taken = {f"{folder}/index" for folder in _FOLDERS.values()}
    for entry in sorted(entries, key=lambda entry: entry.id):
        name = stem = f"{_FOLDERS[entry.kind]}/{_file_name(entry.id)}"
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}~{number}"
        taken.add(name.casefold())
        pages[entry.id] = f"{name}.html"
    return pages


def _file_name(identifier: str) -> str:
    safe = re.sub(r"[^\w.-]|^\.+", "_", identifier)
    return safe.encode()[:_LONGEST].decode(errors="ignore")
