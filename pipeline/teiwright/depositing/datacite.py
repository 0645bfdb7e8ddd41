"""The collection for DataCite, by its schema 4.6; only what is known, in the order of the schema."""

from __future__ import annotations

from collections.abc import Iterator

from teiwright.depositing.description import Description, kind_of_identifier
from teiwright.depositing.licences import spdx
from teiwright.depositing.xmltext import HEAD, around, element
from teiwright.model import Agent

_NAMESPACES = {
    "xmlns": "http://datacite.org/schema/kernel-4",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": "http://datacite.org/schema/kernel-4 "
    "https://schema.datacite.org/meta/kernel-4.6/metadata.xsd",
}
_TO_COME = "(:tba)"
"""To be assigned: DataCite's own value for what is not known yet (documentation 4.6, appendix 3)."""


def has_record(known: Description) -> bool:
    """Whether all is known without which there is no DataCite record."""
    return bool(known.title and known.creators and known.publisher and known.date)


def datacite(known: Description) -> bytes:
    """The record; the repository that assigns the DOI puts it in."""
    parts = [
        *_identity(known),
        around("creators", [around("creator", _agent("creatorName", agent)) for agent in known.creators]),
        around("titles", [element("title", known.title)]),
        element("publisher", known.publisher),
        element("publicationYear", (known.date or "")[:4]),
        _kind(known),
        *_subjects(known),
        *_contributors(known),
        around("dates", [element("date", known.date, {"dateType": "Issued"})]),
        *(element("language", language) for language in known.languages[:1]),
        _alternatives(known),
        *([element("version", known.version)] if known.version else []),
        *_rights(known),
        *_descriptions(known),
    ]
    return (HEAD + around("resource", [f"\n  {part}" for part in parts] + ["\n"], _NAMESPACES) + "\n").encode()


def _identity(known: Description) -> Iterator[str]:
    kind, value = kind_of_identifier(known.identifier) if known.identifier else ("", "")
    doi = value if kind == "DOI" else _TO_COME
    yield element("identifier", doi, {"identifierType": "DOI"})


def _alternatives(known: Description) -> str:
    named = [("URN", known.urn)]
    if known.identifier and (found := kind_of_identifier(known.identifier))[0] != "DOI":
        named.insert(0, found)
    found_all = [element("alternateIdentifier", value, {"alternateIdentifierType": kind}) for kind, value in named]
    return around("alternateIdentifiers", found_all)


def _agent(tag: str, agent: Agent) -> Iterator[str]:
    yield element(tag, agent.name, {"nameType": "Organizational" if agent.organization else _personal(agent)})
    if agent.family and agent.given:
        yield element("givenName", agent.given)
        yield element("familyName", agent.family)
    if agent.orcid:
        scheme = {"nameIdentifierScheme": "ORCID", "schemeURI": "https://orcid.org"}
        yield element("nameIdentifier", f"https://orcid.org/{agent.orcid}", scheme)
    if agent.affiliation:
        yield element("affiliation", agent.affiliation)


def _personal(agent: Agent) -> str | None:
    # Only with family name and given name told apart is it certain that a name is a person's.
    return "Personal" if agent.family or agent.orcid else None


def _kind(known: Description) -> str:
    general = "Collection" if known.documents > 1 else "Text"
    return element("resourceType", "TEI edition", {"resourceTypeGeneral": general})


def _subjects(known: Description) -> Iterator[str]:
    if words := (*known.subjects, *known.keywords):
        yield around("subjects", [element("subject", word) for word in words])


def _contributors(known: Description) -> Iterator[str]:
    """Who is not among the creators: editors as such; for an author of the texts DataCite has no better word."""
    editors = known.editors if known.creator_is == "authors" else ()
    authors = known.authors if known.creator_is == "editors" else ()
    parts = [_contributor("Editor", agent) for agent in editors] + [_contributor("Other", agent) for agent in authors]
    if known.contact_name:
        parts.append(_contributor("ContactPerson", Agent(known.contact_name)))
    if parts:
        yield around("contributors", parts)


def _contributor(kind: str, agent: Agent) -> str:
    return around("contributor", _agent("contributorName", agent), {"contributorType": kind})


def _rights(known: Description) -> Iterator[str]:
    if not known.licences:
        return
    parts = []
    for licence in known.licences:
        found = spdx(licence)
        scheme = {
            "rightsIdentifier": found,
            "rightsIdentifierScheme": "SPDX" if found else None,
            "schemeURI": "https://spdx.org/licenses/" if found else None,
        }
        words = licence.text or found or licence.target
        parts.append(element("rights", words, {"rightsURI": licence.target, **scheme}))
    yield around("rightsList", parts)


def _descriptions(known: Description) -> Iterator[str]:
    if known.abstract:
        yield around("descriptions", [element("description", known.abstract, {"descriptionType": "Abstract"})])
