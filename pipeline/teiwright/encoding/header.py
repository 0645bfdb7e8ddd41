"""``teiHeader`` (Guidelines 2): what is known of the text, its original and its encoding, no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml.etree import SubElement

from teiwright.encoding.correspondence import write_correspondence
from teiwright.encoding.declarations import write_encoding
from teiwright.encoding.metadata import child, dated, heading_of, person
from teiwright.encoding.sources import write_sources
from teiwright.encoding.vocabulary import XML_ID, address_of, is_w3c_date, language_of, one_line, tag
from teiwright.model import Draft, Licence, Metadata

if TYPE_CHECKING:
    from collections.abc import Set

    from lxml.etree import _Element

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


def write_header(header: _Element, draft: Draft, publication: Publication, practices: Set[Practice]) -> None:
    """Fill a ``teiHeader``; ``practices`` tell what was done when the text was written."""
    metadata = draft.source.metadata
    file = SubElement(header, tag("fileDesc"))
    _title_statement(file, draft, publication)
    _publication_statement(file, metadata, publication)
    write_sources(file, draft)
    write_encoding(header, draft, practices)
    _profile(header, draft, publication)
    _revisions(header, metadata)


def _title_statement(file: _Element, draft: Draft, publication: Publication) -> None:
    metadata = draft.source.metadata
    statement = SubElement(file, tag("titleStmt"))
    child(statement, "title", metadata.title or heading_of(draft) or metadata.id, {"type": "main"})
    if metadata.subtitle:
        child(statement, "title", metadata.subtitle, {"type": "sub"})
    for party in metadata.sent:
        if party.name:
            person(SubElement(statement, tag("author")), party, publication.authority)
    responsible = SubElement(statement, tag("respStmt"), {XML_ID: "teiwright"})
    child(responsible, "resp", "Encoded from plain text by program")
    child(responsible, "name", "teiwright", {"type": "software"})


def _publication_statement(file: _Element, metadata: Metadata, publication: Publication) -> None:
    statement = SubElement(file, tag("publicationStmt"))
    child(statement, "publisher", publication.publisher or "Not stated")
    if publication.date:
        dated(statement, "date", publication.date)
    child(statement, "idno", metadata.id, {"type": "local"})
    licence = metadata.licence if metadata.licence != Licence() else publication.licence
    if licence == Licence():
        availability = SubElement(statement, tag("availability"), {"status": "unknown"})
        child(availability, "p", "The terms of use are not stated.")
        return
    free = (licence.target or "").startswith(_FREE)
    availability = SubElement(statement, tag("availability"), {"status": "free"} if free else {})
    target = {"target": address_of(licence.target)} if licence.target else {}
    child(availability, "licence", licence.text or licence.target or "", target)


def _profile(header: _Element, draft: Draft, publication: Publication) -> None:
    metadata = draft.source.metadata
    profile = SubElement(header, tag("profileDesc"))
    if metadata.date is not None or metadata.date_note:
        creation = SubElement(profile, tag("creation"))
        last = None
        if metadata.date is not None:
            last = dated(creation, "date", metadata.date)
        if metadata.date_note:
            note = one_line(metadata.date_note)
            if last is None:
                creation.text = note
            else:
                last.tail = f" {note}"
    usage = SubElement(profile, tag("langUsage"))
    language = language_of(metadata.language)
    name = _LANGUAGES.get(language.split("-")[0].lower(), language)
    child(usage, "language", name, {"ident": language})
    write_correspondence(profile, draft, publication.authority)


def _revisions(header: _Element, metadata: Metadata) -> None:
    """``revisionDesc`` (Guidelines 2.6): the latest change comes first."""
    known = [change for change in metadata.changes if is_w3c_date(change[0])]
    if not known:
        return
    revisions = SubElement(header, tag("revisionDesc"))
    for when, what in reversed(known):
        dated(revisions, "change", when, what)
