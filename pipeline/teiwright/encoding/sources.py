"""``sourceDesc`` (Guidelines 2.2.7): the original, printed or typed, and the plain text made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from teiwright.encoding.metadata import child, dated, opener_parts, plain
from teiwright.encoding.vocabulary import Attributes, one_line, word_of
from teiwright.model import Bibliography, Draft, FileNumber

if TYPE_CHECKING:
    from teiwright.encoding.elements import Element

OBJECTS = ("manuscript", "typescript", "mimeograph", "carbon copy")
"""Forms of an original that is described as an object in its repository, if that is known (Guidelines 11)."""

_UNKNOWN = Bibliography()


def write_sources(file: Element, draft: Draft) -> None:
    """What is known of the original, and which file was encoded."""
    description = file.add("sourceDesc")
    origin = draft.source.metadata.origin
    number = origin.file_number or _file_number(draft)
    if origin.form in OBJECTS and origin.repository:
        _object(description, origin, number)
    elif origin != _UNKNOWN or number:
        _publication(description, draft, number)
    _text(description, draft)


def _publication(description: Element, draft: Draft, number: str | None) -> None:
    origin = draft.source.metadata.origin
    form = origin.form or ("printed" if origin.series or origin.publisher else "original")
    bibl = description.add("bibl", {"type": word_of(form, "original")})
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


def _object(description: Element, origin: Bibliography, number: str | None) -> None:
    """``msDesc``, for a typed or mimeographed original as for a written one."""
    described = description.add("msDesc")
    identifier = described.add("msIdentifier")
    child(identifier, "repository", origin.repository or "")
    if number:
        child(identifier, "idno", number, {"type": "file"})
    physical = described.add("physDesc")
    form = physical.add("objectDesc", {"form": word_of(origin.form or "", "original")})
    child(form, "p", origin.note or f"A {origin.form}.")
    if origin.date or origin.publisher:
        made = described.add("history").add("origin")
        if origin.date:
            dated(made, "date", origin.date)
        if origin.date and origin.publisher:
            made.content.append(", ")
        if origin.publisher:
            child(made, "orgName", origin.publisher, {"type": "issuer"})


def _text(description: Element, draft: Draft) -> None:
    source = draft.source
    bibl = description.add("bibl", {"type": "text"})
    bibl.content.append("Plain text received as ")
    name = source.metadata.received_name or source.path.name
    child(bibl, "idno", name, {"type": "filename"})
    bibl.content.append(", with the SHA-256 checksum ")
    child(bibl, "idno", source.sha256, {"type": "sha256"})


def _file_number(draft: Draft) -> str | None:
    number = next((p for p in opener_parts(draft) if isinstance(p, FileNumber)), None)
    return plain(draft, number.content) or None if number else None


def _words(values: Attributes) -> Attributes:
    return {name: "".join(one_line(value).split()) for name, value in values.items()}
