"""What was done to the files and by whom, in PREMIS 3: from ``revisionDesc`` and from the build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from teiwright import __version__
from teiwright.depositing.description import Description
from teiwright.depositing.header import Change, Header
from teiwright.depositing.tree import Written
from teiwright.depositing.xmltext import HEAD, element, escaped

_OPEN = (
    '<premis xmlns="http://www.loc.gov/premis/v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://www.loc.gov/premis/v3 https://www.loc.gov/standards/premis/premis.xsd" version="3.0">\n'
)
_US = "teiwright"


@dataclass(frozen=True, slots=True)
class Done:
    """Something that the build did: a type of the Library of Congress's vocabulary, words, and what came of it."""

    type: str
    detail: str
    outcome: str


def premis(
    known: Description, files: Sequence[Written], headers: Sequence[Header], done: Sequence[Done], paths: dict[str, str]
) -> bytes:
    """Every file with its checksum and first name, every dated change, and the steps of the build."""
    changes = _changes(headers, paths)
    lines = [
        *map(_object, files),
        *(_change(number, change, of) for number, (change, of) in enumerate(changes.items(), 1)),
        *(_step(number, step, known) for number, step in enumerate(done, 1)),
        *_agents(changes),
    ]
    return (HEAD + _OPEN + "\n".join(lines) + "\n</premis>\n").encode()


def _object(file: Written) -> str:
    return (
        '<object xsi:type="file"><objectIdentifier><objectIdentifierType>local</objectIdentifierType>'
        f"<objectIdentifierValue>{escaped(file.path)}</objectIdentifierValue></objectIdentifier>"
        "<objectCharacteristics><compositionLevel>0</compositionLevel>"
        "<fixity><messageDigestAlgorithm>SHA-256</messageDigestAlgorithm>"
        f"<messageDigest>{file.sha256}</messageDigest></fixity><size>{file.size}</size>"
        f"<format><formatDesignation><formatName>{file.media}</formatName></formatDesignation></format>"
        f"</objectCharacteristics><originalName>{escaped(file.original)}</originalName></object>"
    )


def _changes(headers: Iterable[Header], paths: dict[str, str]) -> dict[Change, list[str]]:
    """The changes that headers tell; one that many tell alike is one event for all of them."""
    changes: dict[Change, list[str]] = {}
    for header in headers:
        if path := paths.get(str(header.path)):
            for change in header.changes:
                changes.setdefault(change, []).append(path)
    return dict(sorted(changes.items(), key=lambda item: (item[0].when, item[1], item[0].what)))


def _change(number: int, change: Change, of: Iterable[str]) -> str:
    links = "".join(_link("Object", path) for path in of)
    agent = _link("Agent", change.who) if change.who else ""
    head = _event(f"change-{number}", "modification", change.when, change.what, "")
    return f"{head}{agent}{links}</event>"


def _step(number: int, step: Done, known: Description) -> str:
    head = _event(f"build-{number}", step.type, known.instant, step.detail, step.outcome)
    return f"{head}{_link('Agent', _US)}</event>"


def _event(identifier: str, kind: str, when: str, detail: str, outcome: str) -> str:
    """All of an event but what it is linked to."""
    ended = f"<eventOutcomeInformation>{element('eventOutcome', outcome)}</eventOutcomeInformation>" if outcome else ""
    return (
        f"<event><eventIdentifier><eventIdentifierType>local</eventIdentifierType>"
        f"<eventIdentifierValue>{identifier}</eventIdentifierValue></eventIdentifier>"
        f"{element('eventType', kind)}{element('eventDateTime', when)}"
        f"<eventDetailInformation>{element('eventDetail', detail)}</eventDetailInformation>{ended}"
    )


def _link(what: str, value: str) -> str:
    return (
        f"<linking{what}Identifier><linking{what}IdentifierType>local</linking{what}IdentifierType>"
        f"{element(f'linking{what}IdentifierValue', value)}</linking{what}Identifier>"
    )


def _agents(changes: Iterable[Change]) -> Iterator[str]:
    yield _agent(_US, "software", __version__)
    yield from (_agent(who, None, None) for who in sorted({change.who for change in changes if change.who} - {_US}))


def _agent(name: str, kind: str | None, version: str | None) -> str:
    return (
        "<agent><agentIdentifier><agentIdentifierType>local</agentIdentifierType>"
        f"{element('agentIdentifierValue', name)}</agentIdentifier>{element('agentName', name)}"
        f"{element('agentType', kind) if kind else ''}{element('agentVersion', version) if version else ''}</agent>"
    )
