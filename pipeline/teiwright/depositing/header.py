"""What the header of one TEI file says that an archive wants to know; what it does not say stays unsaid."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.model import Agent, Licence

_TEI = "http://www.tei-c.org/ns/1.0"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_ORCID = re.compile(r"https?://orcid\.org/(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
_NOBODY = "Not stated"
"""What our own headers have as publisher if nobody said who it is."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of ``revisionDesc``."""

    when: str
    what: str
    who: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """One document, as its own header describes it. ``sha256`` is that of the file when it was read."""

    path: Path
    sha256: str
    id: str
    title: str | None
    authors: tuple[Agent, ...]
    editors: tuple[Agent, ...]
    publisher: str | None
    published: str | None
    written: str | None
    licence: Licence
    languages: tuple[str, ...]
    source: str | None
    version: str | None
    changes: tuple[Change, ...]


def read_header(path: Path) -> Header:
    """Read the header; raises a ``TeiwrightError`` if the file has none or is not safe to read."""
    data = path.read_bytes()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _refused(path, f"it is not well-formed: {error.msg}", error.lineno or 0) from error
    declared: Any = root.getroottree().docinfo.internalDTD  # lxml's stubs know less of it than lxml
    if declared is not None and any(True for _ in declared.iterentities()):
        raise _refused(path, "it declares entities, which an archive must not have to resolve")
    found = root.find(f"{{{_TEI}}}teiHeader")
    if root.tag != f"{{{_TEI}}}TEI" or found is None:
        raise _refused(path, "it has no `teiHeader`")
    return _header(path, hashlib.sha256(data).hexdigest(), found)


def _refused(path: Path, why: str, line: int = 0) -> TeiwrightError:
    hint = "run `teiwright check` on it; only sound TEI is deposited"
    message = f"the file cannot be deposited: {why}"
    return TeiwrightError(Diagnostic(Code.UNREADABLE_HEADER, Location(str(path), line), message, hint))


def _header(path: Path, digest: str, header: etree._Element) -> Header:
    root = header.getparent()
    identifier = None if root is None else root.get(_ID)
    statement = list(_down(header, "fileDesc", "titleStmt"))
    publication = list(_down(header, "fileDesc", "publicationStmt"))
    publisher = _first(publication, "publisher") or _first(publication, "authority")
    edition = next(_down(header, "fileDesc", "editionStmt", "edition"), None)
    return Header(
        path=path,
        sha256=digest,
        id=identifier or path.stem,
        title=_title(statement),
        authors=tuple(dict.fromkeys(_named(statement, "author"))),
        editors=tuple(dict.fromkeys(_editors(statement))),
        publisher=None if publisher == _NOBODY else publisher,
        published=next(_attributes(_each(publication, "date"), "when"), None),
        written=next(_written(header), None),
        licence=_licence(publication),
        languages=tuple(_attributes(_down(header, "profileDesc", "langUsage", "language"), "ident")),
        source=_source(header),
        version=None if edition is None else edition.get("n") or _text(edition) or None,
        changes=tuple(_changes(header)),
    )


def _down(element: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """The elements at the end of a path of children."""
    if not tags:
        yield element
        return
    for child in element.iterchildren(f"{{{_TEI}}}{tags[0]}"):
        yield from _down(child, *tags[1:])


def _each(elements: Iterable[etree._Element], *tags: str) -> Iterator[etree._Element]:
    for element in elements:
        yield from _down(element, *tags)


def _text(element: etree._Element) -> str:
    return " ".join(("".join(map(str, element.itertext())) if len(element) else element.text or "").split())


def _first(elements: Iterable[etree._Element], tag: str) -> str | None:
    return next(filter(None, map(_text, _each(elements, tag))), None)


def _attributes(elements: Iterable[etree._Element], name: str) -> Iterator[str]:
    return (value.strip() for value in (element.get(name) for element in elements) if value and value.strip())


def _title(statement: Iterable[etree._Element]) -> str | None:
    titles = list(_each(statement, "title"))
    main = [title for title in titles if title.get("type") in {None, "main"}] or titles
    return next(filter(None, map(_text, main)), None)


def _written(header: etree._Element) -> Iterator[str]:
    sent = (each for each in _down(header, "profileDesc", "correspDesc", "correspAction") if each.get("type") == "sent")
    yield from _attributes(_each(sent, "date"), "when")
    yield from _attributes(_down(header, "profileDesc", "creation", "date"), "when")


def _named(statement: Iterable[etree._Element], tag: str) -> Iterator[Agent]:
    for element in _each(statement, tag):
        names = [*_down(element, "persName"), *_down(element, "orgName")]
        yield from (agent for agent in map(_agent, names or [element]) if agent.name)


def _editors(statement: list[etree._Element]) -> Iterator[Agent]:
    """Persons and organisations; a program that is named in a ``respStmt`` is nobody who answers for it."""
    yield from _named(statement, "editor")
    for responsible in _each(statement, "respStmt"):
        names = (name for tag in ("persName", "orgName", "name") for name in _down(responsible, tag))
        named = (name for name in names if name.get("type") != "software")
        yield from (agent for agent in map(_agent, named) if agent.name)


def _agent(element: etree._Element) -> Agent:
    match = _ORCID.fullmatch(element.get("ref") or "")
    organization = element.tag == f"{{{_TEI}}}orgName" or element.get("type") == "org"
    orcid = match[1] if match else None
    family, given = (" ".join(map(_text, element.iter(f"{{{_TEI}}}{tag}"))) for tag in ("surname", "forename"))
    if family and given:
        return Agent(f"{family}, {given}", family, given, orcid=orcid)
    return Agent(_text(element), organization=organization, orcid=orcid)


def _licence(publication: Iterable[etree._Element]) -> Licence:
    licence = next(_each(publication, "availability", "licence"), None)
    return Licence() if licence is None else Licence(licence.get("target"), _text(licence) or None)


def _source(header: etree._Element) -> str | None:
    """The original in words, without the note of how its text was received."""
    for kind in ("msDesc", "biblStruct", "biblFull", "bibl"):
        for found in _down(header, "fileDesc", "sourceDesc", kind):
            if found.get("type") != "text" and (words := " ".join(" ".join(map(str, found.itertext())).split())):
                return words
    return None


def _changes(header: etree._Element) -> Iterator[Change]:
    """Oldest first, as far as they are dated."""
    found = (change for part in _down(header, "revisionDesc") for change in part.iter(f"{{{_TEI}}}change"))
    dated = [(when, change) for change in found if (when := change.get("when"))]
    for when, change in sorted(dated, key=lambda pair: pair[0]):
        yield Change(when, _text(change), change.get("who"))
