"""The table ``[deposit]`` of a project file: what an archive is told, and in which form it gets what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from teiwright.described import Agent, Licence, Statement
from teiwright.settings import Settings

Target = Literal["generic", "zenodo", "roda", "archivematica", "clarin-dspace", "textgrid", "dataverse"]
TARGETS: tuple[Target, ...] = (
    *("generic", "zenodo", "roda", "archivematica"),
    *("clarin-dspace", "textgrid", "dataverse"),
)
Form = Literal["bag", "sip"]
FORMS: tuple[Form, ...] = ("bag", "sip")

_KEYS = (
    *("name", "target", "form", "zip", "folder", "ocfl"),
    *("title", "description", "identifier", "object-id", "version", "date"),
    *("publisher", "organization", "organization-id", "licence", "languages", "creator", "editor"),
    *("subjects", "keywords", "contact-name", "contact-email"),
)
_KEPT = r"(?!(?i:forms|readme\.md|receipt\.json)$)(?!(?i:con|prn|aux|nul|com\d|lpt\d)(\.|$))"
"""Names of what lies beside the package, and those that Windows keeps for devices."""
_NAME = re.compile(_KEPT + r"[A-Za-z0-9]([A-Za-z0-9.-]{0,98}[A-Za-z0-9-])?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""What a tag of RFC 5646 looks like, without its rarer kinds."""
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")


@dataclass(frozen=True, slots=True)
class DepositSettings:
    """What is said of the collection, for which archive it is meant, and how it is packed.

    Without ``form`` and ``zip`` it is packed as the target takes it, without ``folder`` it lies among the output.
    ``ocfl`` is a store of versions that each deposit is added to.
    """

    statement: Statement
    target: Target = "generic"
    form: Form | None = None
    zip: bool | None = None
    folder: Path | None = None
    ocfl: Path | None = None

    @property
    def name(self) -> str:
        """That of the package."""
        return self.statement.name


def read_deposit(settings: Settings, project: Settings, title: str) -> DepositSettings:
    """What ``[deposit]`` says; title, publisher, date and licence may stand above it, for the whole project."""
    settings.allow_only(_KEYS)
    licence = project.table("licence")
    target = settings.text("licence") or licence.address("target")
    terms = None if settings.text("licence") else licence.text("text")
    place = project.place("deposit")
    statement = Statement(
        name=_name(settings, title),
        place=place.path,
        line=place.line,
        title=settings.text("title") or project.text("title"),
        description=settings.text("description"),
        identifier=settings.text("identifier"),
        object_id=_checked(settings, "object-id", _NAME, "use ASCII letters, figures, `-` and `.`"),
        version=settings.text("version"),
        date=settings.date("date") or project.date("date"),
        publisher=settings.text("publisher") or project.text("publisher"),
        organization=settings.text("organization"),
        organization_id=settings.text("organization-id"),
        licence=Licence(target, terms),
        languages=_languages(settings),
        creator=cast(Literal["editors", "authors"] | None, settings.choice("creator", "editors", "authors")),
        editors=tuple(map(_editor, settings.tables("editor"))),
        subjects=settings.texts("subjects"),
        keywords=settings.texts("keywords"),
        contact_name=settings.text("contact-name"),
        contact_email=_checked(settings, "contact-email", _MAIL, "write an address such as `name@example.org`"),
    )
    return DepositSettings(
        statement,
        target=cast(Target, settings.choice("target", *TARGETS) or "generic"),
        form=cast(Form | None, settings.choice("form", *FORMS)),
        zip=settings.flag("zip"),
        folder=settings.path("folder"),
        ocfl=settings.path("ocfl"),
    )


def _name(settings: Settings, title: str) -> str:
    name = settings.text("name")
    if name is None:
        plain = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:90]
        return plain if _NAME.fullmatch(plain) else f"editions-{plain}".rstrip("-")
    if not _NAME.fullmatch(name):
        message = f"`{name}` is no name for a folder in every archive"
        hint = "use ASCII letters, figures, `-` and `.`, at most 100 of them; not `forms`, which lies beside it"
        raise settings.refusal("name", message, hint)
    return name


def _checked(settings: Settings, key: str, form: re.Pattern[str], hint: str) -> str | None:
    value = settings.text(key)
    if value is None or form.fullmatch(value):
        return value
    raise settings.refusal(key, f"`{key}` cannot be `{value}`", hint)


def _languages(settings: Settings) -> tuple[str, ...]:
    languages = settings.texts("languages")
    for language in languages:
        if not _LANGUAGE.fullmatch(language):
            message, hint = f"`{language}` is no language tag", "write tags such as `en` or `ja-Latn` (RFC 5646)"
            raise settings.refusal("languages", message, hint)
    return languages


def _editor(settings: Settings) -> Agent:
    settings.allow_only(("name", "family", "given", "kind", "orcid", "affiliation"))
    family, given = settings.text("family"), settings.text("given")
    organization = settings.choice("kind", "person", "organization") == "organization"
    if (family or given) and ("name" in settings or organization or not (family and given)):
        hint = 'write `family = "Byron"` and `given = "Ada"`, or `name = "…"` alone'
        raise settings.refusal("family", "a name is given in parts and otherwise, or with one part only", hint)
    name = f"{family}, {given}" if family else settings.needed("name")
    return Agent(name, family, given, organization, _orcid(settings), settings.text("affiliation"))


def _orcid(settings: Settings) -> str | None:
    value = settings.text("orcid")
    if value is None:
        return None
    match = _ORCID.fullmatch(value)
    if match is None or not has_check_digit(match[1]):
        raise settings.refusal("orcid", f"`{value}` is no ORCID iD", "copy it from the person's page at orcid.org")
    return match[1]


def has_check_digit(orcid: str) -> bool:
    """Whether the last character is what the others give (ISO 7064, MOD 11-2)."""
    total = 0
    for figure in orcid.replace("-", "")[:-1]:
        total = (total + int(figure)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == orcid[-1]
