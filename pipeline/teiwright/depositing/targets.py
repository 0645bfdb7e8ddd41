"""What each archive needs to be told, held against what is known, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from teiwright.depositing.description import Description
from teiwright.depositing.header import Header
from teiwright.depositing.licences import spdx
from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.model import Licence, Statement

Form = Literal["bag", "sip"]

_HEADER = "/TEI/teiHeader"
_PUBLICATION = f"{_HEADER}/fileDesc/publicationStmt"


@dataclass(frozen=True, slots=True)
class Field:
    """Something that an archive asks: how it is named, where it is said, and whether it is known."""

    name: str
    key: str
    example: str
    known: Callable[[Description], bool]
    xpath: str | None = None


_TITLE = Field("title", "title", '"Letters of the Embassy"', lambda d: bool(d.title))
_DATE = Field(
    "date of publication",
    "date",
    "1945-06-18",
    lambda d: bool(d.date),
    f"{_HEADER}/revisionDesc/change/@when",
)
_PUBLISHER = Field("publisher", "publisher", '"The Press"', lambda d: bool(d.publisher), f"{_PUBLICATION}/publisher")
_SENDER = Field("organisation that sends it", "organization", '"The Press"', lambda d: bool(d.organization))
_ABSTRACT = Field("description", "description", '"What it is, in a sentence or two"', lambda d: bool(d.abstract))
_LICENCE = Field(
    "licence",
    "licence",
    '"https://creativecommons.org/licenses/by/4.0/"',
    lambda d: bool(d.licences),
    f"{_PUBLICATION}/availability/licence/@target",
)
_LICENCE_URL = Field(
    "address of a licence",
    "licence",
    '"https://creativecommons.org/licenses/by/4.0/"',
    lambda d: not d.licences or any(licence.target for licence in d.licences),  # without any, that is told alone
    f"{_PUBLICATION}/availability/licence/@target",
)
_CREATOR = Field("creator", "creator", '"editors"', lambda d: bool(d.creators))
_LANGUAGE = Field(
    "language", "languages", '["en"]', lambda d: bool(d.languages), f"{_HEADER}/profileDesc/langUsage/language/@ident"
)
_CONTACT = Field("contact", "contact-email", '"archive@example.org"', lambda d: bool(d.contact_email))
_CONTACT_NAME = Field("name of a contact", "contact-name", '"Ada Byron"', lambda d: bool(d.contact_name))
_SUBJECT = Field("subject", "subjects", '["Arts and Humanities"]', lambda d: bool(d.subjects))
_IDENTIFIER = Field(
    "persistent identifier", "identifier", '"https://doi.org/10.5281/zenodo.1"', lambda d: bool(d.identifier)
)
_VERSION = Field("version", "version", '"1.0"', lambda d: bool(d.version), f"{_HEADER}/fileDesc/editionStmt/edition/@n")
_AUTHOR = Field(
    "author of the texts (the work that is edited)",
    "creator",
    '"authors"',
    lambda d: bool(d.authors),
    f"{_HEADER}/fileDesc/titleStmt/author",
)


@dataclass(frozen=True, slots=True)
class Needs:
    """What one archive cannot do without, what it wishes, and how it takes its files."""

    required: tuple[Field, ...]
    wanted: tuple[Field, ...]
    form: Form
    zip: bool


_EVERY = (_TITLE, _ABSTRACT, _DATE, _LICENCE, _SENDER)
"""Without these there is no valid RO-Crate 1.2 (name, description, datePublished, license)
and no valid METS of a SIP (date of creation, agent that submits)."""

NEEDS: Mapping[str, Needs] = {
    "generic": Needs(_EVERY, (_LANGUAGE,), "bag", zip=False),
    "zenodo": Needs((*_EVERY, _CREATOR), (_LICENCE_URL, _LANGUAGE, _VERSION), "bag", zip=True),
    "roda": Needs(_EVERY, (_LANGUAGE, _CREATOR), "sip", zip=True),
    "archivematica": Needs(_EVERY, (_CONTACT_NAME, _CONTACT), "bag", zip=True),
    "clarin-dspace": Needs(
        (*_EVERY, _CREATOR, _PUBLISHER, _LANGUAGE, _CONTACT_NAME, _CONTACT, _LICENCE_URL), (), "bag", zip=True
    ),
    "textgrid": Needs((*_EVERY, _PUBLISHER, _LICENCE_URL, _AUTHOR), (_LANGUAGE,), "bag", zip=False),
    "dataverse": Needs((*_EVERY, _CREATOR, _CONTACT, _SUBJECT), (_IDENTIFIER, _CONTACT_NAME), "bag", zip=True),
}
"""From each archive's own documentation; ``docs/deposit`` says what is typed where."""


def readiness(target: str, statement: Statement, known: Description, headers: Sequence[Header]) -> list[Diagnostic]:
    """An error for all that the target needs and nobody says, a warning for what it wishes."""
    needs = NEEDS[target]
    place = Location(statement.place, statement.line)
    absent = [(Code.FIELD_MISSING, field) for field in needs.required if not field.known(known)]
    wanting = [(Code.FIELD_WANTED, field) for field in needs.wanted if not field.known(known)]
    found = [_absent(code, field, target, place, known, headers) for code, field in (*absent, *wanting)]
    whole = _whole_names(known, target, place) if _CREATOR in needs.required else ()
    return [*found, *whole, *_disagreeing(statement, known, headers, target), *_untitled(headers, target)]


def _whole_names(known: Description, target: str, place: Location) -> Iterator[Diagnostic]:
    """Persons whose family name nobody told apart; where a name ends and another begins is not for us to guess."""
    whole = [agent.name for agent in known.creators if not agent.organization and not agent.family]
    if whole:
        names = ", ".join(f"`{name}`" for name in whole[:3]) + (" …" if len(whole) > 3 else "")
        message = f"{target} asks for family and given names of creators apart, and {names} stand whole"
        where = f"{_HEADER}/fileDesc/titleStmt//persName"
        hint = f"write `family` and `given` in `[[deposit.editor]]`, or `surname` and `forename` at `{where}`"
        yield Diagnostic(Code.FIELD_WANTED, place, message, hint)


def _absent(
    code: Code, field: Field, target: str, place: Location, known: Description, headers: Sequence[Header]
) -> Diagnostic:
    verb = "needs" if code is Code.FIELD_MISSING else "asks for"
    message = f"{target} {verb} the {field.name}, and nobody says it"
    if field is _CREATOR and known.creator_is:
        return Diagnostic(code, place, message, _who_creates(known.creator_is))
    hint = f"write `{field.key} = {field.example}` in `[deposit]`"
    if field is _CREATOR:
        hint = f'{hint}, if they are those who made the edition, or `{field.key} = "authors"`, if those of the texts'
    elif field is _AUTHOR:
        hint = f"name the author in each document, at `{field.xpath}`"
    elif field.xpath:
        hint = f"{hint}, or in each document at `{field.xpath}`"
    related = tuple(Location(str(header.path), xpath=field.xpath) for header in headers[:1] if field.xpath)
    return Diagnostic(code, place, message, hint, related)


def _who_creates(who: str) -> str:
    if who == "authors":
        return f"name the author in each document, at `{_HEADER}/fileDesc/titleStmt/author`"
    where = f"{_HEADER}/fileDesc/titleStmt/editor"
    stated = '`[[deposit.editor]]`, `family = "Byron"` and `given = "Ada"`'
    return f"name each with {stated}, or in each document at `{where}`"


def _disagreeing(
    statement: Statement, known: Description, headers: Sequence[Header], target: str
) -> Iterator[Diagnostic]:
    """Documents whose own licence is another than that of the package."""
    stated = statement.licence.target
    others = [header for header in headers if header.licence.target and header.licence.target != stated]
    if stated and others:
        first = others[0]
        message = f"{_counted(others)} under `{first.licence.target}`, the package under `{stated}`"
        where = Location(str(first.path), xpath=f"{_PUBLICATION}/availability/licence/@target")
        yield Diagnostic(Code.HEADERS_DISAGREE, where, message, "state one of them for both")
    elif len(known.licences) > 1 and NEEDS[target].zip:
        terms = ", ".join(f"`{licence.target or licence.text}`" for licence in known.licences)
        message = f"the documents are under different licences ({terms}), and {target} takes one"
        hint = 'write `licence = "…"` in `[deposit]` for the one that covers all of them'
        yield Diagnostic(Code.HEADERS_DISAGREE, Location(statement.place, statement.line), message, hint)


def _untitled(headers: Sequence[Header], target: str) -> Iterator[Diagnostic]:
    bare = [header for header in headers if not header.title]
    if bare:
        xpath = f"{_HEADER}/fileDesc/titleStmt/title"
        message = f"{_counted(bare)} without a title, and {target} lists each by its own"
        yield Diagnostic(Code.FIELD_WANTED, Location(str(bare[0].path), xpath=xpath), message, f"write it at `{xpath}`")


def _counted(headers: Sequence[Header]) -> str:
    return "the document is" if len(headers) == 1 else f"{len(headers)} documents are"


def licence_name(licence: Licence) -> str:
    """In as few words as identify it."""
    return spdx(licence) or licence.target or licence.text or ""
