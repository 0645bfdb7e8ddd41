"""For a finding, the bytes that would have to stand there, where that is certain."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

from teiwright.diagnostics import Code, Diagnostic
from teiwright.fixing.tags import Span, Tag, name_span

TEI = b"http://www.tei-c.org/ns/1.0"
_ROOTS = frozenset({b"TEI", b"teiCorpus"})
_QUOTED = re.compile("`([^`]+)`")
_DATES = frozenset(f"{name}{form}" for name in ("when", "from", "to", "notBefore", "notAfter") for form in ("", "-iso"))
_DATE = re.compile(rb"(?P<year>-?\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?")
_ALMOST_TEI = re.compile(rb"https?://(?:www\.)?tei-c\.org/(?:ns/1\.0/?|ns/?|p5/?|P5/?)?", re.IGNORECASE)


Key = tuple[Code, int]
"""A kind of flaw, and the number of the element that has it."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes in place of those of a span, and the flaw that they correct."""

    span: Span
    text: bytes
    key: Key


def proposals(finding: Diagnostic, tag: Tag, data: bytes) -> Iterator[Edit]:
    """What would correct a finding; nothing for those that want a person."""
    match finding.code:
        case Code.ELEMENT_NOT_ALLOWED:
            edits = _element_name(finding, tag, data)
        case Code.ATTRIBUTE_NOT_ALLOWED:
            edits = _attribute_name(finding, tag, data)
        case Code.VALUE_NOT_ALLOWED:
            edits = _dates(tag, data)
        case Code.WRONG_NAMESPACE:
            edits = _namespace(tag, data)
        case Code.SPACE_IN_ID:
            edits = _id(tag, data)
        case _:
            return
    for span, text in edits:
        yield Edit(span, text, (finding.code, tag.number))


Change = tuple[Span, bytes]


def _meant(name: str, finding: Diagnostic) -> str | None:
    """The name that the finding's hint gives, if it is the same but for its case."""
    known = _QUOTED.findall(finding.hint or "")
    return next((word for word in known if word != name and word.lower() == name.lower()), None)


def _element_name(finding: Diagnostic, tag: Tag, data: bytes) -> Iterator[Change]:
    stands = data[tag.name.start : tag.name.end]
    prefix, colon, local = stands.rpartition(b":")
    meant = _meant(local.decode("utf-8", "replace"), finding)
    if meant is None:
        return
    text = prefix + colon + meant.encode()
    yield tag.name, text
    if tag.closing is not None:
        yield tag.closing, text


def _attribute_name(finding: Diagnostic, tag: Tag, data: bytes) -> Iterator[Change]:
    accused = _QUOTED.findall(finding.message)
    for name in tag.attributes:
        meant = _meant(name, finding)
        if name in accused and meant is not None and meant not in tag.attributes:
            yield name_span(data, tag, name), meant.encode()


def _dates(tag: Tag, data: bytes) -> Iterator[Change]:
    for name, span in tag.attributes.items():
        if name in _DATES and (text := _padded(data[span.start : span.end])):
            yield span, text


def _padded(value: bytes) -> bytes | None:
    """``1933-01-02`` for ``1933-1-2``; nothing for what is no day of the calendar."""
    found = _DATE.fullmatch(value)
    if found is None:
        return None
    year, month, day = int(found["year"]), int(found["month"]), int(found["day"] or 1)
    # years before 1 have no calendar here; those of 400 years later have the same
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year % 400 + 400, month)[1]:
        return None
    text = b"%s-%02d" % (found["year"], month) + (b"-%02d" % day if found["day"] else b"")
    return text if text != value else None


def _namespace(tag: Tag, data: bytes) -> Iterator[Change]:
    """Of the root alone: all others follow it."""
    prefix, _, local = data[tag.name.start : tag.name.end].rpartition(b":")
    if tag.number or local not in _ROOTS:
        return
    name = f"xmlns:{prefix.decode()}" if prefix else "xmlns"
    span = tag.attributes.get(name)
    if span is None and not prefix:
        yield Span(tag.name.end, tag.name.end), b' xmlns="' + TEI + b'"'
    elif span is not None and _ALMOST_TEI.fullmatch(data[span.start : span.end].strip()):
        yield span, TEI


def _id(tag: Tag, data: bytes) -> Iterator[Change]:
    span = tag.attributes.get("xml:id")
    if span is not None and (text := data[span.start : span.end].strip()):
        yield span, text
