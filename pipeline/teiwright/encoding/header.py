"""``teiHeader`` (Guidelines 2): what is known of the text, its original and its encoding, no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from teiwright.encoding.correspondence import write_correspondence
from teiwright.encoding.declarations import write_encoding
from teiwright.encoding.metadata import child, dated, heading_of, person
from teiwright.encoding.sources import write_sources
from teiwright.encoding.vocabulary import XML_ID, address_of, is_w3c_date, language_of, one_line
from teiwright.model import Draft, Licence, Metadata

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from teiwright.encoding.elements import Element
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
    responsible = statement.add("respStmt", {XML_ID: "teiwright"})
    child(responsible, "resp", "Encoded from plain text by program")
    child(responsible, "name", "teiwright", {"type": "software"})
    for name, identifier in persons.items():
        statement_of_person = statement.add("respStmt", {XML_ID: identifier})
        child(statement_of_person, "resp", "Decided on names of persons and places")
        child(statement_of_person, "name", name)


def _publication_statement(file: Element, metadata: Metadata, publication: Publication) -> None:
    statement = file.add("publicationStmt")
    child(statement, "publisher", publication.publisher or "Not stated")
    if publication.date:
        dated(statement, "date", publication.date)
    child(statement, "idno", metadata.id, {"type": "local"})
    licence = metadata.licence if metadata.licence != Licence() else publication.licence
    if licence == Licence():
        availability = statement.add("availability", {"status": "unknown"})
        child(availability, "p", "The terms of use are not stated.")
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
