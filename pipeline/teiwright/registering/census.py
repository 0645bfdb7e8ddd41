"""Every name that an edition tags in its text, as it stands there now, whoever tagged it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from teiwright.diagnostics import Location
from teiwright.model import Edition, Kind

_TEI = "{http://www.tei-c.org/ns/1.0}"
_KINDS = {f"{_TEI}persName": Kind.PERSON, f"{_TEI}placeName": Kind.PLACE}
_LEFT_OUT = frozenset(f"{_TEI}{name}" for name in ("note", "fw", "del"))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One tagged name. ``ref`` is the id of the entry without the file; ``certainty`` is TEI's ``@cert``."""

    form: str
    kind: Kind
    ref: str | None
    certainty: str | None
    document: str
    where: Location


def occurrences(edition: Edition) -> Iterator[Occurrence]:
    """The names of an edition's text in their order; what its header says is not counted."""
    root = edition.tree.getroot()
    document = root.get("{http://www.w3.org/XML/1998/namespace}id") or edition.path.stem
    for text in root.iterfind(f"{_TEI}text"):
        for element in text.iter(*_KINDS):
            form = " ".join("".join(_words(element)).split())
            if form:
                place = Location(str(edition.path), _line(element))
                ref = (element.get("ref") or "").split()
                identifier = ref[0].rpartition("#")[2] if ref else None
                yield Occurrence(form, _KINDS[str(element.tag)], identifier, element.get("cert"), document, place)


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
