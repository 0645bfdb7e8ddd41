"""``sourceDesc`` (Guidelines 2.2.7): the original, printed or typed, and the plain text made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml.etree import SubElement

from teiwright.encoding.metadata import child, dated, opener_parts, plain
from teiwright.encoding.vocabulary import Attributes, one_line, tag, word_of
from teiwright.model import Bibliography, Draft, FileNumber

if TYPE_CHECKING:
    from lxml.etree import _Element

OBJECTS = ("manuscript", "typescript", "mimeograph", "carbon copy")
"""Forms of an original that is described as an object in its repository, if that is known (Guidelines 11)."""


def write_sources(file: _Element, draft: Draft) -> None:
    """What is known of the original, and which file was encoded."""
    description = SubElement(file, tag("sourceDesc"))
    origin = draft.source.metadata.origin
    number = origin.file_number or _file_number(draft)
    if origin.form in OBJECTS and origin.repository:
        _object(description, origin, number)
    elif origin != Bibliography() or number:
        _publication(description, draft, number)
    _text(description, draft)


def _publication(description: _Element, draft: Draft, number: str | None) -> None:
    origin = draft.source.metadata.origin
    form = origin.form or ("printed" if origin.series or origin.publisher else "original")
    bibl = SubElement(description, tag("bibl"), {"type": word_of(form, "original")})
    if origin.series:
        child(bibl, "title", origin.series, {"level": "s"})
    if origin.volume:
        child(bibl, "biblScope", origin.volume, {"unit": "volume"})
    if origin.page_from:
        pages = {"from": origin.page_from} | ({"to": origin.page_to} if origin.page_to else {})
        child(bibl, "biblScope", "–".join(dict.fromkeys(pages.values())), {"unit": "page"} | _words(pages))
    if origin.publisher:
        child(bibl, "publisher", origin.publisher)
    if origin.date:
        dated(bibl, "date", origin.date)
    if origin.repository:
        child(bibl, "orgName", origin.repository, {"type": "repository"})
    if number:
        child(bibl, "idno", number, {"type": "file"})
    if origin.note:
        child(bibl, "note", origin.note)


def _object(description: _Element, origin: Bibliography, number: str | None) -> None:
    """``msDesc``, for a typed or mimeographed original as for a written one."""
    described = SubElement(description, tag("msDesc"))
    identifier = SubElement(described, tag("msIdentifier"))
    child(identifier, "repository", origin.repository or "")
    if number:
        child(identifier, "idno", number, {"type": "file"})
    physical = SubElement(described, tag("physDesc"))
    form = SubElement(physical, tag("objectDesc"), {"form": word_of(origin.form or "", "original")})
    child(form, "p", origin.note or f"A {origin.form}.")
    if origin.date or origin.publisher:
        made = SubElement(SubElement(described, tag("history")), tag("origin"))
        if origin.date:
            dated(made, "date", origin.date).tail = ", " if origin.publisher else None
        if origin.publisher:
            child(made, "orgName", origin.publisher, {"type": "issuer"})


def _text(description: _Element, draft: Draft) -> None:
    source = draft.source
    bibl = SubElement(description, tag("bibl"), {"type": "text"})
    bibl.text = "Plain text received as "
    name = source.metadata.received_name or source.path.name
    child(bibl, "idno", name, {"type": "filename"}).tail = ", with the SHA-256 checksum "
    child(bibl, "idno", source.sha256, {"type": "sha256"})


def _file_number(draft: Draft) -> str | None:
    number = next((p for p in opener_parts(draft) if isinstance(p, FileNumber)), None)
    return plain(draft, number.content) or None if number else None


def _words(values: Attributes) -> Attributes:
    return {name: "".join(one_line(value).split()) for name, value in values.items()}
