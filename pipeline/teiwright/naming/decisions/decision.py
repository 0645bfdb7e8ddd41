"""What a person decided about a name: one line of a decisions file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from teiwright.diagnostics import Location
from teiwright.model import Kind

NO_LINK = "none"
"""In the column ``ref``: the name is linked to no entry, whatever the rules would say."""


BREAK = "¶"
"""Parts the paragraphs in the words of an anchor."""


class Verdict(Enum):
    """What was decided."""

    ACCEPT = "accept"
    REJECT = "reject"
    RETYPE = "retype"
    RELINK = "relink"
    EXTEND = "extend"


class Scope(Enum):
    """For which names: one mention, all of this form in this text, or all of this form in the folder's texts."""

    MENTION = "mention"
    DOCUMENT = "document"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a mention stands: its text, and the words before and after it, white space as one space.

    ``whole``: the words reach into the paragraphs beside it (``BREAK`` parts them), and all must be the same;
    ``nth`` is its number, from 1, among ``of`` passages that have these very words around them.
    """

    quote: str
    before: str = ""
    after: str = ""
    nth: int = 1
    of: int = 1
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """One verdict. ``kind`` is what the name is, after the verdict; ``None`` leaves it, or means either kind.

    ``becomes`` is the whole name if ``anchor.quote`` is only a part of it, or more than it.
    ``ref`` is an id of the authority file, ``NO_LINK``, or ``None`` where nothing is said of the link.
    """

    verdict: Verdict
    scope: Scope
    kind: Kind | None
    anchor: Anchor
    where: Location
    becomes: str | None = None
    ref: str | None = None
    who: str | None = None
    when: str | None = None
    note: str | None = None
