"""What the header of one TEI file says that an archive wants to know; what it does not say stays unsaid."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.model import Agent, Licence

_TEI = "http://www.tei-c.org/ns/1.0"
_NAMES = {"t": _TEI}
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
    """Read the header alone; raises a ``TeiwrightError`` if the file has none or is not safe to read."""
    data = path.read_bytes()
    parser = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        tag=(f"{{{_TEI}}}teiHeader",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        _, found = next(iter(parser), (None, None))
    except etree.XMLSyntaxError as error:
        raise _refused(path, f"it is not well-formed: {error.msg}", error.lineno or 0) from error
    if found is None:
        raise _refused(path, "it has no `teiHeader`")
    declared = found.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise _refused(path, "it declares entities, which an archive must not have to resolve")
    return _header(path, hashlib.sha256(data).hexdigest(), found)


def _refused(path: Path, why: str, line: int = 0) -> TeiwrightError:
    hint = "run `teiwright check` on it; only sound TEI is deposited"
    message = f"the file cannot be deposited: {why}"
    return TeiwrightError(Diagnostic(Code.UNREADABLE_HEADER, Location(str(path), line), message, hint))


def _header(path: Path, digest: str, header: etree._Element) -> Header:
    root = header.getparent()
    identifier = None if root is None else root.get(_ID)
    statement = header.find("t:fileDesc/t:titleStmt", _NAMES)
    publication = header.find("t:fileDesc/t:publicationStmt", _NAMES)
    publisher = _first(publication, "t:publisher") or _first(publication, "t:authority")
    dates = ("t:profileDesc/t:correspDesc/t:correspAction[@type='sent']/t:date", "t:profileDesc/t:creation/t:date")
    edition = header.find("t:fileDesc/t:editionStmt/t:edition", _NAMES)
    return Header(
        path=path,
        sha256=digest,
        id=identifier or path.stem,
        title=_title(statement),
        authors=tuple(dict.fromkeys(_authors(statement))),
        editors=tuple(dict.fromkeys(_editors(statement))),
        publisher=None if publisher == _NOBODY else publisher,
        published=_attribute(publication, "t:date", "when"),
        written=next(filter(None, (_attribute(header, date, "when") for date in dates)), None),
        licence=_licence(publication),
        languages=tuple(_attributes(header, "t:profileDesc/t:langUsage/t:language", "ident")),
        source=_source(header),
        version=None if edition is None else edition.get("n") or _text(edition) or None,
        changes=tuple(_changes(header)),
    )


def _text(element: etree._Element) -> str:
    return " ".join("".join(str(part) for part in element.itertext()).split())


def _texts(element: etree._Element | None, path: str) -> Iterator[str]:
    found = () if element is None else element.iterfind(path, _NAMES)
    return filter(None, map(_text, found))


def _first(element: etree._Element | None, path: str) -> str | None:
    return next(_texts(element, path), None)


def _attributes(element: etree._Element | None, path: str, name: str) -> Iterator[str]:
    found = () if element is None else element.iterfind(path, _NAMES)
    return (value.strip() for value in (each.get(name) for each in found) if value and value.strip())


def _attribute(element: etree._Element | None, path: str, name: str) -> str | None:
    return next(_attributes(element, path, name), None)


def _title(statement: etree._Element | None) -> str | None:
    titles = [] if statement is None else statement.findall("t:title", _NAMES)
    main = [title for title in titles if title.get("type") in (None, "main")] or titles
    return next(filter(None, map(_text, main)), None)


def _authors(statement: etree._Element | None) -> Iterator[Agent]:
    for author in () if statement is None else statement.iterfind("t:author", _NAMES):
        names = author.findall("t:persName", _NAMES) + author.findall("t:orgName", _NAMES)
        yield from (agent for agent in map(_agent, names or [author]) if agent.name)


def _editors(statement: etree._Element | None) -> Iterator[Agent]:
    """Persons and organisations; a program that is named in a ``respStmt`` is nobody who answers for it."""
    if statement is None:
        return
    for editor in statement.iterfind("t:editor", _NAMES):
        names = editor.findall("t:persName", _NAMES) + editor.findall("t:orgName", _NAMES)
        yield from (agent for agent in map(_agent, names or [editor]) if agent.name)
    for responsible in statement.iterfind("t:respStmt", _NAMES):
        for tag in ("persName", "orgName", "name"):
            named = (name for name in responsible.iterfind(f"t:{tag}", _NAMES) if name.get("type") != "software")
            yield from (agent for agent in map(_agent, named) if agent.name)


def _agent(element: etree._Element) -> Agent:
    match = _ORCID.fullmatch(element.get("ref") or "")
    organization = element.tag == f"{{{_TEI}}}orgName" or element.get("type") == "org"
    orcid = match[1] if match else None
    family, given = (" ".join(_texts(element, f".//t:{tag}")) for tag in ("surname", "forename"))
    if family and given:
        return Agent(f"{family}, {given}", family, given, orcid=orcid)
    return Agent(_text(element), organization=organization, orcid=orcid)


def _licence(publication: etree._Element | None) -> Licence:
    licence = None if publication is None else publication.find("t:availability/t:licence", _NAMES)
    return Licence() if licence is None else Licence(licence.get("target"), _text(licence) or None)


def _source(header: etree._Element) -> str | None:
    """The original in words, without the note of how its text was received."""
    for kind in ("msDesc", "biblStruct", "biblFull", "bibl"):
        for found in header.iterfind(f"t:fileDesc/t:sourceDesc/t:{kind}", _NAMES):
            if found.get("type") != "text" and (words := " ".join(" ".join(map(str, found.itertext())).split())):
                return words
    return None


def _changes(header: etree._Element) -> Iterator[Change]:
    """Oldest first, as far as they are dated."""
    found = header.findall("t:revisionDesc//t:change", _NAMES)
    dated = [(change.get("when") or "", change) for change in found if change.get("when")]
    for when, change in sorted(dated, key=lambda pair: pair[0]):
        yield Change(when, _text(change), change.get("who"))
