"""The entries of authority files, as indexes show them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from lxml import etree

from teiwright.extracted import Entry, NameKind, entry_pages
from teiwright.rendering.tei import TEI, plain

_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_KINDS: dict[str, NameKind] = {
    f"{TEI}person": "person",
    f"{TEI}personGrp": "person",
    f"{TEI}place": "place",
    f"{TEI}org": "organization",
}
_FORMS = frozenset(f"{TEI}{name}" for name in ("persName", "placeName", "orgName"))
_ABOUT = frozenset(
    f"{TEI}{name}" for name in ("occupation", "state", "trait", "nationality", "country", "region", "desc", "note")
)
_WEB = re.compile(r"https?://[^/?#\s<>\"\\^`{|}][^\s<>\"\\^`{|}]*")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def read_entries(authority: Iterable[bytes]) -> tuple[Entry, ...]:
    """The entries of authority files (as ``read_authority`` gives them), sorted by name.

    An entry that was merged into another (``note[@type='merged']``) is none any more; of an id that comes twice
    the first counts.
    """
    found: dict[str, Entry] = {}
    for data in authority:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
        for element in root.iter(*_KINDS):
            identifier = element.get(_XML_ID, "")
            merged = any(note.get("type") == "merged" for note in element.iterfind(f"{TEI}note"))
            if identifier and not merged:
                found.setdefault(identifier, _entry(element, identifier))
    return tuple(sorted(found.values(), key=lambda entry: (entry.sort_name.casefold(), entry.id)))


def read_merged(authority: Iterable[bytes]) -> tuple[tuple[str, str], ...]:
    """The ids of entries that were merged into others, each with the id of that other."""
    found: dict[str, str] = {}
    for data in authority:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
        for element in root.iter(*_KINDS):
            for ref in element.iterfind(f"{TEI}note[@type='merged']/{TEI}ref"):
                found.setdefault(element.get(_XML_ID, ""), ref.get("target", "").rpartition("#")[2])
    return tuple(sorted(found.items()))


@lru_cache(maxsize=2)
def entries_by_id(authority: tuple[bytes, ...]) -> Mapping[str, Entry]:
    """The same, by their ids; read once for all editions."""
    return {entry.id: entry for entry in read_entries(authority)}


@lru_cache(maxsize=2)
def pages_by_id(authority: tuple[bytes, ...]) -> Mapping[str, str]:
    """The page of each entry, below the folder of the documents' pages."""
    return entry_pages(entries_by_id(authority).values())


def _entry(element: etree._Element, identifier: str) -> Entry:
    forms = [child for child in element if child.tag in _FORMS and plain(child)]
    main = [form for form in forms if form.get("type") in {"main", "preferred"}] or forms
    name = plain(main[0]) if main else identifier
    variants = dict.fromkeys(plain(form) for form in forms)
    latitude, longitude = _coordinates(element)
    return Entry(
        id=identifier,
        kind=_KINDS[str(element.tag)],
        name=name,
        sort_name=_sort_name(main[0]) if main else identifier,
        variants=tuple(variant for variant in variants if variant != name),
        dates=_dates(element),
        note="; ".join(dict.fromkeys(_about(element))),
        links=tuple(_links(element)),
        latitude=latitude,
        longitude=longitude,
    )


def _sort_name(form: etree._Element) -> str:
    """The surname first, where the authority file marks it: ``Atcheson, George, Jr.``."""
    surname = form.find(f"{TEI}surname")
    name = plain(form)
    if surname is None or not plain(surname):
        return name
    before, _, after = name.partition(plain(surname))
    rest = f"{before.strip()}{after}" if after.startswith(",") else f"{before}{after}"
    rest = " ".join(rest.strip(" ,").split())
    return f"{plain(surname)}, {rest}" if rest else name


def _dates(element: etree._Element) -> str:
    """``1876–1958``, if either is known."""
    born, died = (_year(element.find(f"{TEI}{name}")) for name in ("birth", "death"))
    return f"{born}–{died}" if born or died else ""


def _year(event: etree._Element | None) -> str:
    if event is None:
        return ""
    found = re.match(r"-?\d{4}", event.get("when", ""))
    return found[0] if found else plain(event)


def _about(element: etree._Element) -> Iterator[str]:
    inside = element.find(f"{TEI}location")
    parts = [*element, *(inside if inside is not None else ())]
    for child in parts:
        if child.tag in _ABOUT and (words := plain(child)):
            yield words


def _links(element: etree._Element) -> Iterator[tuple[str, str]]:
    for idno in element.iterfind(f"{TEI}idno"):
        address = plain(idno)
        if _WEB.fullmatch(address):
            yield idno.get("type") or "more", address


def _coordinates(element: etree._Element) -> tuple[float | None, float | None]:
    """Latitude and longitude: ``geo`` has them in this order, with a space between (WGS 84; Guidelines, 14.3.4)."""
    for geo in element.iterfind(f"{TEI}location/{TEI}geo"):
        numbers = re.split(r"[\s,]+", plain(geo))
        if len(numbers) == 2 and all(_NUMBER.fullmatch(number) for number in numbers):
            latitude, longitude = map(float, numbers)
            if abs(latitude) <= 90 and abs(longitude) <= 180:
                return latitude, longitude
    return None, None
