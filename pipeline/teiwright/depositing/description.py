"""What is known of the whole collection: what the depositor states, and where that is silent, what the headers say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar
from uuid import NAMESPACE_URL, uuid5

from teiwright.depositing.header import Header
from teiwright.model import Agent, Licence, Statement

_SAME_ID = uuid5(NAMESPACE_URL, "urn:teiwright:collection")
Value = TypeVar("Value")
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")


@dataclass(frozen=True, slots=True)
class Description:
    """Each field is stated somewhere; what is ``None`` or empty is nowhere."""

    name: str
    uuid: str
    object_id: str
    title: str | None
    abstract: str | None
    date: str | None
    publisher: str | None
    organization: str | None
    organization_id: str | None
    creators: tuple[Agent, ...]
    editors: tuple[Agent, ...]
    authors: tuple[Agent, ...]
    licences: tuple[Licence, ...]
    languages: tuple[str, ...]
    identifier: str | None
    version: str | None
    subjects: tuple[str, ...]
    keywords: tuple[str, ...]
    contact_name: str | None
    contact_email: str | None
    creator_is: Literal["editors", "authors"] | None
    documents: int

    @property
    def urn(self) -> str:
        """The name that the package has wherever it lies."""
        return f"urn:uuid:{self.uuid}"

    @property
    def instant(self) -> str:
        """The date as a time, as METS and PREMIS want it; a time of day is nowhere stated, so it is midnight."""
        date = self.date or ""
        return f"{date}{'-01-01'[3 * date.count('-') :]}T00:00:00Z"


def describe(statement: Statement, headers: Sequence[Header], packed: str | None) -> Description:
    """What is stated comes first; of the headers, what all of them together say. Nothing is made up."""
    editors = statement.editors or _distinct(editor for header in headers for editor in header.editors)
    authors = _distinct(author for header in headers for author in header.authors)
    publisher = statement.publisher or _only(header.publisher for header in headers)
    # The name of an object must not change from one version to the next.
    uuid = str(uuid5(_SAME_ID, f"{publisher or ''}\n{statement.name}"))
    return Description(
        name=statement.name,
        uuid=uuid,
        object_id=statement.object_id or f"uuid-{uuid}",
        title=_line(statement.title),
        abstract=statement.description,
        date=statement.date or packed or _latest(headers),
        publisher=_line(publisher),
        organization=_line(statement.organization or publisher),
        organization_id=statement.organization_id,
        creators=_creators(statement.creator, editors, authors),
        editors=editors,
        authors=authors,
        licences=_licences(statement, headers),
        languages=statement.languages or _languages(headers),
        identifier=statement.identifier,
        version=statement.version or _only(header.version for header in headers),
        subjects=statement.subjects,
        keywords=statement.keywords,
        contact_name=statement.contact_name,
        contact_email=statement.contact_email,
        creator_is=statement.creator,
        documents=len(headers),
    )


def _line(text: str | None) -> str | None:
    """Titles and names stand on one line in every form; a title page breaks them where its paper ends."""
    return None if text is None else " ".join(text.split())


def _creators(
    who: Literal["editors", "authors"] | None, editors: tuple[Agent, ...], authors: tuple[Agent, ...]
) -> tuple[Agent, ...]:
    match who:
        case "editors":
            return editors
        case "authors":
            return authors
        case None:
            return ()


def _distinct(values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(values))


def _only(values: Iterable[str | None]) -> str | None:
    """What all headers say alike; if one is silent or says otherwise, it does not hold for the whole."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _latest(headers: Sequence[Header]) -> str | None:
    """The last date at which a header says that something was done; a day or an hour without a year is none."""
    dates = (_DATE.match(change.when) for header in headers for change in header.changes)
    return max((date[0] for date in dates if date), default=None)


def _licences(statement: Statement, headers: Sequence[Header]) -> tuple[Licence, ...]:
    if statement.licence.target or statement.licence.text:
        return (statement.licence,)
    stated = (header.licence for header in headers if header.licence.target or header.licence.text)
    return tuple({licence.target or licence.text: licence for licence in stated}.values())


def _languages(headers: Sequence[Header]) -> tuple[str, ...]:
    found = _distinct(language for header in headers for language in header.languages)
    return tuple(language for language in found if language != "und")


_DOI = re.compile(r"(?i)(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.\d{4,9}/\S+)")
_HANDLE = re.compile(r"(?i)(?:https?://hdl\.handle\.net/|hdl:)(\S+/\S+)")


def kind_of_identifier(identifier: str) -> tuple[str, str]:
    """Its kind, in DataCite's words, and the bare identifier."""
    if match := _DOI.fullmatch(identifier):
        return "DOI", match[1]
    if match := _HANDLE.fullmatch(identifier):
        return "Handle", match[1]
    if identifier.lower().startswith("urn:"):
        return "URN", identifier
    if re.match(r"https?://", identifier):
        return "URL", identifier
    return "Other", identifier
