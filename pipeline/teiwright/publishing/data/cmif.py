"""The letters of a collection in the Correspondence Metadata Interchange Format, which correspSearch gathers.

CMIF is a TEI header with a ``correspDesc`` for each letter (TEI Correspondence SIG; Guidelines, 2.4.6).
Persons and places are named by addresses of authority files that everybody knows; ids of our own mean nothing there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote, urljoin, urlsplit
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from teiwright.extracted import Correspondent, Entry, Extract, Extracts, Files, Site

LETTERS = "correspondence.xml"
_TEI = "http://www.tei-c.org/ns/1.0"
_NAMESPACES = {None: _TEI}  # lxml's stubs do not know the default namespace
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

# The authority files that correspSearch knows, the one it prefers first.
_PERSONS = ("d-nb.info", "viaf.org", "catalogue.bnf.fr", "data.bnf.fr", "id.loc.gov", "id.ndl.go.jp", "wikidata.org")
_PLACES = ("geonames.org", "d-nb.info", "wikidata.org")
_UNKNOWN = "Unknown"
"""What CMIF wants in place of a name that nobody knows; who sent a letter and who received it must both be said."""

_WEB = re.compile(r"https?://\S+")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def letters(extracts: Extracts, site: Site) -> Files:
    """``correspondence.xml``; nothing if no document says who sent or received it."""
    if not any(extract.correspondents for extract in extracts()):
        return
    entries = {entry.id: entry for entry in site.entries}
    parts = [_HEAD, _as_xml(_file_description(site)), b"<profileDesc>"]
    parts += [b"\n" + _as_xml(_letter(one, site, entries)) for one in extracts() if one.correspondents]
    yield LETTERS, b"".join([*parts, b"\n</profileDesc></teiHeader>\n<text><body><p/></body></text></TEI>\n"])


_HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="{_TEI}">\n<teiHeader>\n'.encode()


def _as_xml(element: etree._Element) -> bytes:
    """An element as it stands within ``TEI``, which declares the namespace for all."""
    return etree.tostring(element, encoding="utf-8").replace(f' xmlns="{_TEI}"'.encode(), b"", 1)


def _made(name: str, *children: etree._Element, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.Element(f"{{{_TEI}}}{name}", {k: v for k, v in attributes.items() if v}, nsmap=_NAMESPACES)  # type: ignore[arg-type]
    element.text = text
    element.extend(children)
    return element


def _file_description(site: Site) -> etree._Element:
    title, publisher = site.title, site.publisher or "Not stated"
    address = urljoin(site.address, f"../data/{LETTERS}") if site.address else ""
    publication = _made("publicationStmt", _made("publisher", text=publisher))
    if site.address:
        publication[0].text = None
        publication[0].append(_made("ref", text=publisher, target=site.address))
        publication.append(_made("idno", text=address, type="url"))
    if site.published:
        publication.append(_made("date", when=site.published[:10]))
    if site.licence:
        target = site.licence if _WEB.fullmatch(site.licence) else ""
        publication.append(_made("availability", _made("licence", text=site.licence, target=target)))
    source = _made("bibl", text=f"{title}. {publisher}.", type="online" if site.address else "hybrid")
    source.set(_XML_ID, _source_id(site))
    if site.address:
        source.append(_made("ref", text=site.address, target=site.address))
    named = _made("titleStmt", _made("title", text=f"Letters in {title}"), _made("editor", text=publisher))
    return _made("fileDesc", named, publication, _made("sourceDesc", source))


def _source_id(site: Site) -> str:
    """A name for the edition that stays the same; an xml:id may not begin with a digit."""
    return f"edition-{uuid5(NAMESPACE_URL, f'urn:x-teiwright:letters:{site.publisher}:{site.title}')}"


def _letter(extract: Extract, site: Site, entries: Mapping[str, Entry]) -> etree._Element:
    page = urljoin(site.address, f"./{quote(extract.id)}.html") if site.address else ""
    letter = _made("correspDesc", key=extract.id, ref=page, source=f"#{_source_id(site)}")
    for role in ("sent", "received"):
        people = [one for one in extract.correspondents if one.role == role] or [Correspondent(role, _UNKNOWN)]
        letter.append(_action(role, people, extract if role == "sent" else None, entries))
    return letter


def _action(
    role: str, people: list[Correspondent], dated_by: Extract | None, entries: Mapping[str, Entry]
) -> etree._Element:
    action = _made("correspAction", type=role)
    for one in people:
        entry = entries.get(one.ref)
        element = "orgName" if entry is not None and entry.kind == "organization" else "persName"
        action.append(_made(element, text=one.name, ref=_authority(one.ref, entry, _PERSONS)))
    places = {one.place: one.place_ref for one in people if one.place}
    for name, ref in places.items():
        action.append(_made("placeName", text=name, ref=_authority(ref, entries.get(ref), _PLACES)))
    action.extend(_date(people, dated_by))
    return action


def _authority(ref: str, entry: Entry | None, preferred: tuple[str, ...]) -> str:
    """The address that the most of others use for the same; empty if there is none."""
    addresses = [address for _, address in entry.links] if entry is not None else [ref]
    for host in preferred:
        for address in addresses:
            named = urlsplit(address).netloc.lower()
            if named == host or named.endswith(f".{host}"):
                return address
    return ""


def _date(people: list[Correspondent], dated_by: Extract | None) -> Iterator[etree._Element]:
    when = next((one.when for one in people if _DATE.fullmatch(one.when)), "")
    if when:
        yield _made("date", when=when)
    elif dated_by is not None and _DATE.fullmatch(dated_by.when):
        spans = {"notBefore": dated_by.when, "notAfter": dated_by.until} if dated_by.until else {"when": dated_by.when}
        yield _made("date", **spans)
