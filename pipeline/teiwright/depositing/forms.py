"""Files for repositories that ask for a form: what is typed there, or read by their interface."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from teiwright.depositing.description import Description, kind_of_identifier
from teiwright.depositing.languages import iso_639_3
from teiwright.depositing.licences import spdx
from teiwright.model import Agent, Licence


def zenodo(known: Description) -> bytes:
    """The ``metadata`` of a record of Zenodo, and of any other repository that is an InvenioRDM."""
    metadata = {
        "resource_type": {"id": "dataset"},
        "title": known.title,
        "creators": [_invenio_agent(agent) for agent in known.creators],
        "contributors": [
            {**_invenio_agent(agent), "role": {"id": "editor"}}
            for agent in (known.editors if known.creator_is == "authors" else ())
        ],
        "publication_date": known.date,
        "publisher": known.publisher,
        "description": f"<p>{escape(known.abstract, quote=False)}</p>" if known.abstract else None,
        "rights": [_invenio_right(licence) for licence in known.licences],
        "subjects": [{"subject": word} for word in (*known.subjects, *known.keywords)],
        "languages": [{"id": language} for language in dict.fromkeys(map(iso_639_3, known.languages)) if language],
        "version": known.version,
        "identifiers": [_invenio_identifier(known.identifier)] if known.identifier else None,
    }
    stated = {key: value for key, value in metadata.items() if value}
    return (json.dumps({"metadata": stated}, ensure_ascii=False, indent=2) + "\n").encode()


def _invenio_agent(agent: Agent) -> dict[str, Any]:
    if agent.organization:
        who: dict[str, Any] = {"type": "organizational", "name": agent.name}
    elif agent.family:
        who = {"type": "personal", "name": agent.name, "family_name": agent.family, "given_name": agent.given}
    else:
        # A person needs a family name there; a name that nobody has taken apart stands in it whole.
        who = {"type": "personal", "name": agent.name, "family_name": agent.name}
    if agent.orcid:
        who["identifiers"] = [{"scheme": "orcid", "identifier": agent.orcid}]
    found: dict[str, Any] = {"person_or_org": who}
    return {**found, "affiliations": [{"name": agent.affiliation}]} if agent.affiliation else found


def _invenio_right(licence: Licence) -> dict[str, Any]:
    found = spdx(licence)
    if found and found != "CC-PDM-1.0":
        return {"id": found.lower()}
    right: dict[str, Any] = {"title": {"en": found or licence.text or licence.target}}
    return {**right, "link": licence.target} if licence.target else right


def _invenio_identifier(identifier: str) -> dict[str, str]:
    kind, value = kind_of_identifier(identifier)
    return {"scheme": kind.lower(), "identifier": value}


def citation(known: Description) -> bytes:
    """``CITATION.cff`` 1.2.0. Texts stand as in JSON, which is YAML too."""
    return ("\n".join(_citation(known)) + "\n").encode()


def _citation(known: Description) -> Iterator[str]:
    yield "cff-version: 1.2.0"
    yield "message: If you use this edition, please cite it as below."
    yield "type: dataset"
    yield f"title: {_quoted(known.title or known.name)}"
    yield "authors:"
    for agent in known.creators:
        yield from _cff_agent(agent)
    if known.abstract:
        yield f"abstract: {_quoted(known.abstract)}"
    if known.date and len(known.date) == len("2020-02-02"):
        yield f"date-released: {_quoted(known.date)}"
    if known.version:
        yield f"version: {_quoted(known.version)}"
    if known.identifier and (found := kind_of_identifier(known.identifier))[0] == "DOI":
        yield f"doi: {_quoted(found[1])}"
    yield from _cff_licence(known)
    if known.keywords:
        yield f"keywords: {json.dumps(known.keywords, ensure_ascii=False)}"


def _cff_agent(agent: Agent) -> Iterator[str]:
    stated = {
        "family-names": agent.family,
        "given-names": agent.given,
        "name": None if agent.family else agent.name,
        "affiliation": agent.affiliation if agent.family else None,
        "orcid": f"https://orcid.org/{agent.orcid}" if agent.orcid else None,
    }
    lines = [f"{key}: {_quoted(value)}" for key, value in stated.items() if value]
    yield from (f"{'    ' if number else '  - '}{line}" for number, line in enumerate(lines))


def _cff_licence(known: Description) -> Iterator[str]:
    if len(known.licences) != 1:
        return
    found = spdx(known.licences[0])
    if found and found != "CC-PDM-1.0":  # the list of CFF 1.2.0 is older than this one
        yield f"license: {_quoted(found)}"
    elif target := known.licences[0].target:
        yield f"license-url: {_quoted(target)}"


def _quoted(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
