"""The deposit as an RO-Crate 1.2: ``ro-crate-metadata.json`` at its root, one entity a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from teiwright.depositing.description import Description, kind_of_identifier
from teiwright.depositing.header import Header
from teiwright.depositing.licences import spdx
from teiwright.depositing.tree import Role, Written
from teiwright.model import Agent, Licence

NAME = "ro-crate-metadata.json"
_CONTEXT = "https://w3id.org/ro/crate/1.2/context"
_PROFILE = "https://w3id.org/ro/crate/1.2"

_METS = "METS.xml"
"""It is written after the crate, whose checksum it has; so the crate cannot have its."""

Entity = dict[str, Any]


def crate(known: Description, files: Sequence[Written], headers: Sequence[Header], sources: Mapping[str, str]) -> bytes:
    """All files with their checksums, and who made them, under which terms.

    ``sources`` has, for the path of an edition in the package, that of the text it was made from.
    """
    titles = {header.sha256: header.title for header in headers if header.title}
    entities = [
        {"@id": NAME, "@type": "CreativeWork", "about": _at("./"), "conformsTo": _at(_PROFILE)},
        _root(known, files),
        *_agents(known),
        *(_licence(number, licence) for number, licence in enumerate(known.licences, 1)),
        {"@id": _METS, "@type": "File", "encodingFormat": "application/xml", "name": "The same for E-ARK archives"},
        *(_file(file, titles, sources) for file in files),
    ]
    lines = ",\n".join(json.dumps(entity, ensure_ascii=False, sort_keys=True) for entity in entities)
    return f'{{"@context": "{_CONTEXT}", "@graph": [\n{lines}\n]}}\n'.encode()


def _at(identifier: str) -> dict[str, str]:
    return {"@id": identifier}


def _root(known: Description, files: Sequence[Written]) -> Entity:
    kind, value = kind_of_identifier(known.identifier) if known.identifier else ("", "")
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": known.title,
        "description": known.abstract,
        "datePublished": known.date,
        "license": [_at(_licence_id(number, licence)) for number, licence in enumerate(known.licences, 1)],
        "author": [_at(_agent_id("creator", n, agent)) for n, agent in enumerate(known.creators, 1)],
        "editor": [_at(_agent_id("editor", n, agent)) for n, agent in enumerate(_other_editors(known), 1)],
        "publisher": _at("#publisher") if known.publisher else None,
        "contactPoint": _at("#contact") if known.contact_email else None,
        "identifier": [known.urn, *([f"https://doi.org/{value}" if kind == "DOI" else value] if value else [])],
        "inLanguage": list(known.languages),
        "version": known.version,
        "about": list(known.subjects),
        "keywords": ", ".join(known.keywords),
        "hasPart": [_at(_METS), *(_at(file.path) for file in files)],
    }
    return {key: value for key, value in root.items() if value}


def _other_editors(known: Description) -> tuple[Agent, ...]:
    return known.editors if known.creator_is != "editors" else ()


def _agent_id(what: str, number: int, agent: Agent) -> str:
    return f"https://orcid.org/{agent.orcid}" if agent.orcid else f"#{what}-{number}"


def _agents(known: Description) -> Iterator[Entity]:
    """Each once: who has an ORCID has one entity, also as author and editor."""
    told: set[str] = set()
    for what, agents in (("creator", known.creators), ("editor", _other_editors(known))):
        for number, agent in enumerate(agents, 1):
            if _agent_id(what, number, agent) in told:
                continue
            told.add(_agent_id(what, number, agent))
            kind = "Organization" if agent.organization else "Person"
            entity: Entity = {"@id": _agent_id(what, number, agent), "@type": kind, "name": agent.name}
            if agent.affiliation:
                entity["affiliation"] = _at(f"#affiliation-of-{what}-{number}")
                yield {"@id": f"#affiliation-of-{what}-{number}", "@type": "Organization", "name": agent.affiliation}
            yield entity
    if known.publisher:
        yield {"@id": "#publisher", "@type": "Organization", "name": known.publisher}
    if known.contact_email:
        contact = {"@id": "#contact", "@type": "ContactPoint", "email": known.contact_email}
        yield {**contact, "name": known.contact_name} if known.contact_name else contact


def _licence_id(number: int, licence: Licence) -> str:
    return licence.target or f"#licence-{number}"


def _licence(number: int, licence: Licence) -> Entity:
    name = spdx(licence) or licence.text or licence.target
    entity: Entity = {"@id": _licence_id(number, licence), "@type": "CreativeWork", "name": name}
    return {**entity, "description": licence.text} if licence.text else entity


def _file(file: Written, titles: Mapping[str, str], sources: Mapping[str, str]) -> Entity:
    entity: Entity = {
        "@id": file.path,
        "@type": "File",
        "contentSize": str(file.size),
        "encodingFormat": file.media,
        "sha256": file.sha256,
        "name": titles.get(file.sha256) if file.role is Role.TEI else None,
        "isBasedOn": _at(sources[file.path]) if file.path in sources else None,
        "alternateName": file.original if not file.path.endswith(f"/{file.original}") else None,
    }
    return {key: value for key, value in entity.items() if value is not None}
