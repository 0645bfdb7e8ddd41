"""What is known of a text: dates, correspondents, the original, the licence. Part of the model."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal


class Habit(Enum):
    """A convention of plain text that a text can be asked to have or not to have; the value is its name."""

    PAGE_MARKS = "page marks in brackets"
    RUNNING_HEADS = "running heads and page numbers"
    STRIKE_SIGNS = "struck-out text between ~~"
    EMPHASIS_SIGNS = "words in italics between underscores"
    NOTE_LISTS = "notes listed at the end"
    BRACKETED_NOTES = "notes in brackets below their paragraphs"
    FOOT_NOTES = "notes as blocks at the foot of each page"
    WRAPPED_LINES = "lines broken at the paper's edge"
    SPEECHES = "speeches of a play"
    VERSE = "lines of verse"


class Use(Enum):
    """What a person decided on a convention, whatever the text itself says."""

    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class DateValue:
    """A date as W3C dates (``1933-01-12``, ``1933-01``, ``1941-12-15T18:00:00``) and as it is printed.

    Exactly the attributes that are known are set; a date that nothing gives is no ``DateValue`` at all.
    """

    when: str | None = None
    from_: str | None = None
    to: str | None = None
    not_before: str | None = None
    not_after: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """Who sent or received: a person, an office, or both; ``ref`` is an id of the authority file."""

    name: str | None = None
    role: str | None = None
    place: str | None = None
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Bibliography:
    """What is known of the printed or typed original. What is not known stays ``None``."""

    series: str | None = None
    volume: str | None = None
    publisher: str | None = None
    date: str | None = None
    page_from: str | None = None
    page_to: str | None = None
    file_number: str | None = None
    repository: str | None = None
    form: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Licence:
    """Under what terms the text may be used: a URL and a sentence."""

    target: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a sidecar or a table says of one text; nothing in it is guessed."""

    id: str
    title: str | None = None
    subtitle: str | None = None
    kind: str | None = None
    language: str = "und"
    """A BCP 47 tag; ``und`` (undetermined) if nobody said."""
    sent: tuple[Party, ...] = ()
    received: tuple[Party, ...] = ()
    date: DateValue | None = None
    date_note: str | None = None
    origin: Bibliography = Bibliography()
    licence: Licence = Licence()
    received_name: str | None = None
    sha256: str | None = None
    changes: tuple[tuple[str, str], ...] = ()
    """(date, what was done) for ``revisionDesc``, newest last."""
    conventions: tuple[tuple[Habit, Use], ...] = ()
    """Conventions of plain text that this text has or has not, whatever its own evidence."""


@dataclass(frozen=True, slots=True)
class Agent:
    """A person or an organisation who answers for something; ``orcid`` is the bare number.

    ``family`` and ``given`` are what somebody told apart: a comma in ``name`` proves nothing, as in ``Atcheson, Jr.``
    """

    name: str
    family: str | None = None
    given: str | None = None
    organization: bool = False
    orcid: str | None = None
    affiliation: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What a depositor says of a collection in ``[deposit]``; what is not said there may stand in the headers.

    ``creator`` settles who is named as its creator: those who edited it, or the authors of the historical texts.
    ``name`` is that of the package, ``place`` where in which file all this is said.
    """

    name: str
    place: str
    line: int = 0
    title: str | None = None
    description: str | None = None
    identifier: str | None = None
    object_id: str | None = None
    version: str | None = None
    date: str | None = None
    publisher: str | None = None
    organization: str | None = None
    organization_id: str | None = None
    licence: Licence = Licence()
    languages: tuple[str, ...] = ()
    creator: Literal["editors", "authors"] | None = None
    editors: tuple[Agent, ...] = ()
    subjects: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    contact_name: str | None = None
    contact_email: str | None = None
