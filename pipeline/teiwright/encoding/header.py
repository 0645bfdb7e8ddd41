"""``teiHeader`` (Guidelines 2): what is known of the text, its original and its encoding, no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from teiwright.encoding.correspondence import write_correspondence
from teiwright.encoding.declarations import write_encoding
from teiwright.encoding.elements import Element
from teiwright.encoding.markup import fixed
from teiwright.encoding.metadata import child, dated, heading_of, person
from teiwright.encoding.publication import NO_LICENCE
from teiwright.encoding.sources import write_sources
from teiwright.encoding.vocabulary import XML_ID, Attributes, address_of, is_w3c_date, language_of, one_line
from teiwright.model import Draft, Metadata

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from teiwright.encoding.publication import Publication
    from teiwright.encoding.writer import Practice

_LANGUAGES = {
    **{"ar": "Arabic", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek"},
    **{"en": "English", "es": "Spanish", "fi": "Finnish", "fr": "French", "ga": "Irish", "he": "Hebrew"},
    **{"hu": "Hungarian", "it": "Italian", "ja": "Japanese", "la": "Latin", "nl": "Dutch", "no": "Norwegian"},
    **{"pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish"},
    **{"tr": "Turkish", "uk": "Ukrainian", "und": "undetermined", "zh": "Chinese"},
}

_FREE = ("https://creativecommons.org/", "http://creativecommons.org/")

_DEPTH = 4
"""How deep the parts of ``fileDesc`` have theirs."""


def _responsible(what: str, name: str, identifier: str, attributes: Attributes | None = None) -> Element:
    statement = Element("respStmt", {XML_ID: identifier})
    child(statement, "resp", what)
    child(statement, "name", name, attributes)
    return statement


def _availability_unknown() -> Element:
    availability = Element("availability", {"status": "unknown"})
    child(availability, "p", "The terms of use are not stated.")
    return availability


_PROGRAM = fixed(
    _responsible("Encoded from plain text by program", "teiwright", "teiwright", {"type": "software"}), _DEPTH
)
_NO_TERMS = fixed(_availability_unknown(), _DEPTH)


def write_header(
    header: Element, draft: Draft, publication: Publication, practices: Set[Practice], persons: Mapping[str, str]
) -> None:
    """Fill a ``teiHeader``; ``practices`` tell what was done when the text was written, ``persons`` who decided."""
    metadata = draft.source.metadata
    file = header.add("fileDesc")
    _title_statement(file, draft, publication, persons)
    _publication_statement(file, metadata, publication)
    write_sources(file, draft)
    write_encoding(header, draft, practices)
    _profile(header, draft, publication)
    _revisions(header, metadata)


def _title_statement(file: Element, draft: Draft, publication: Publication, persons: Mapping[str, str]) -> None:
    metadata = draft.source.metadata
    statement = file.add("titleStmt")
    child(statement, "title", metadata.title or heading_of(draft) or metadata.id, {"type": "main"})
    if metadata.subtitle:
        child(statement, "title", metadata.subtitle, {"type": "sub"})
    for party in metadata.sent:
        if party.name:
            person(statement.add("author"), party, publication.authority)
    statement.content.append(_PROGRAM)
    for name, identifier in persons.items():
        statement.content.append(_responsible("Decided on names of persons and places", name, identifier))


def _publication_statement(file: Element, metadata: Metadata, publication: Publication) -> None:
    statement = file.add("publicationStmt")
    child(statement, "publisher", publication.publisher or "Not stated")
    if publication.date:
        dated(statement, "date", publication.date)
    child(statement, "idno", metadata.id, {"type": "local"})
    licence = metadata.licence if metadata.licence != NO_LICENCE else publication.licence
    if licence == NO_LICENCE:
        statement.content.append(_NO_TERMS)
        return
    free = (licence.target or "").startswith(_FREE)
    availability = statement.add("availability", {"status": "free"} if free else {})
    target = {"target": address_of(licence.target)} if licence.target else {}
    child(availability, "licence", licence.text or licence.target or "", target)


def _profile(header: Element, draft: Draft, publication: Publication) -> None:
    metadata = draft.source.metadata
    profile = header.add("profileDesc")
    if metadata.date is not None or metadata.date_note:
        creation = profile.add("creation")
        last = None
        if metadata.date is not None:
            last = dated(creation, "date", metadata.date)
        if metadata.date_note:
            note = one_line(metadata.date_note)
            if last is None:
                creation.content.append(note)
            else:
                creation.content.append(f" {note}")
    usage = profile.add("langUsage")
    language = language_of(metadata.language)
    name = _LANGUAGES.get(language.split("-")[0].lower(), language)
    child(usage, "language", name, {"ident": language})
    write_correspondence(profile, draft, publication.authority)


def _revisions(header: Element, metadata: Metadata) -> None:
    """``revisionDesc`` (Guidelines 2.6): the latest change comes first."""
    known = [change for change in metadata.changes if is_w3c_date(change[0])]
    if not known:
        return
    revisions = header.add("revisionDesc")
    for when, what in reversed(known):
        dated(revisions, "change", when, what)
