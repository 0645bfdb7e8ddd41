"""Every name that an edition tags in its text, as it stands there now, whoever tagged it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from teiwright.diagnostics import Location
from teiwright.model import Edition, Kind

_TEI = "{http://www.tei-c.org/ns/1.0}"
_KINDS = {f"{_TEI}persName": Kind.PERSON, f"{_TEI}placeName": Kind.PLACE}
_YEAR = re.compile(r"\d{4}")
_LEFT_OUT = frozenset(f"{_TEI}{name}" for name in ("note", "fw", "del"))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One tagged name. ``ref`` is the id of the entry without the file; ``certainty`` is TEI's ``@cert``.

    ``year`` is the document's, ``corresponds`` whether the person wrote or received it.
    """

    form: str
    kind: Kind
    ref: str | None
    certainty: str | None
    document: str
    where: Location
    year: int | None = None
    corresponds: bool = False


def occurrences(edition: Edition) -> Iterator[Occurrence]:
    """The names of an edition's text in their order; what its header says is not counted."""
    return (occurrence for _, occurrence in tagged(edition))


def tagged(edition: Edition) -> Iterator[tuple[etree._Element, Occurrence]]:
    """The same, each with its element."""
    root = edition.tree.getroot()
    document = root.get("{http://www.w3.org/XML/1998/namespace}id") or edition.path.stem
    year = _year(root)
    for text in root.iterfind(f"{_TEI}text"):
        for element in text.iter(*_KINDS):
            form = " ".join("".join(_words(element)).split())
            if form:
                place = Location(str(edition.path), _line(element))
                ref = (element.get("ref") or "").split()
                identifier = ref[0].rpartition("#")[2] if ref else None
                kind, corresponds = _KINDS[str(element.tag)], _corresponds(element)
                certainty = element.get("cert")
                yield element, Occurrence(form, kind, identifier, certainty, document, place, year, corresponds)


def _corresponds(element: etree._Element) -> bool:
    """Whether a heading names the person as a correspondent, or a signature does."""
    return element.get("type") in {"from", "to"} or next(element.iterancestors(f"{_TEI}signed"), None) is not None


def _year(root: etree._Element) -> int | None:
    """The last year in which the text can have been written, as its header says, or else its first dated dateline."""
    header = (*root.iter(f"{_TEI}creation"), *root.iter(f"{_TEI}correspDesc"))
    text = (line for text in root.iterfind(f"{_TEI}text") for line in text.iter(f"{_TEI}dateline"))
    for date in (*header, *text):
        for dated in date.iter(f"{_TEI}date"):
            for name in ("when", "to", "notAfter"):
                if match := _YEAR.match(dated.get(name) or ""):
                    return int(match[0])
    return None


def _words(element: etree._Element) -> Iterator[str]:
    """The text of a name without the notes and running heads that stand in it."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            yield from _words(child)
        yield child.tail or ""


def _line(element: etree._Element) -> int:
    line: Any = element.sourceline
    return int(line or 0)
