"""Lists that have a name above them, as memoranda begin with: subject, participants, to whom it goes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from teiwright.model import Content, Item, ListBlock, PageBreak
from teiwright.parsing import memoranda, phrases
from teiwright.parsing.leaves import Leaves
from teiwright.parsing.units import ListUnit, TextUnit, Unit

_NAMES = {
    "subject", "subjects", "subj", "participants", "present", "reference", "references", "ref", "refs", "re", "to",
    "from", "info", "action", "attendees", "attendance", "attachments", "attachment", "enclosures", "enclosure",
    "distribution",
    "copies to", "in attendance", "members present", "others present", "also present", "principals", "agenda",
}  # fmt: skip
_MAY_BE_NUMBERED = {"subject", "subjects", "subj"}
_ATTENDANCE = re.compile(r"(?:those )?(?:attending|present|participating)(?: (?:at )?the \w+)?(?: were)?")
_KINDS = {
    "participant": "participants", "participation": "participants", "present": "participants",
    "attendee": "participants", "subject": "subject", "to": "to", "from": "from",
}  # fmt: skip
_LONGEST_NAME = 60


def below(units: Sequence[Unit], at: int) -> ListUnit | None:
    """The list that a unit names: ``SUBJECT`` or ``Present:`` just above it, or any line in capitals."""
    following = units[at + 1] if at + 1 < len(units) else None
    if not isinstance(following, ListUnit) or not isinstance(unit := units[at], TextUnit):
        return None
    if following.block.head is not None:
        return None  # it has its name beside it
    name = _name(unit.text)
    if following.block.kind == "numbered":
        return following if name in _MAY_BE_NUMBERED else None
    named = name in _NAMES or _ATTENDANCE.fullmatch(name) or _is_in_capitals(unit, following)
    return following if named else None


def _is_in_capitals(unit: TextUnit, below: ListUnit) -> bool:
    """Whether a line in capitals names a list: no item of it is running text, above which capitals are a title."""
    fits = len(unit.lines) == 1 and len(unit.text) <= _LONGEST_NAME and unit.text.isupper()
    return fits and not any(phrases.is_paragraph(line.text) for line in below.lines)


def is_date(unit: Unit) -> bool:
    """Whether a unit is the line ``DATE: March 3, 1954`` in the head of a memorandum."""
    return isinstance(unit, ListUnit) and unit.block.kind == "date"


def is_date_of_head(units: Sequence[Unit], at: int) -> bool:
    """Whether a unit is the date in the head of a memorandum, or a dateline just below one of its lists."""
    above = units[at - 1] if at else None
    if isinstance(unit := units[at], TextUnit):
        below_list = isinstance(above, ListUnit) and memoranda.is_of_head(above.block)
        return below_list and phrases.is_dateline(unit.text)
    return is_date(unit)


def is_nameless(unit: Unit) -> bool:
    """Whether a unit is a list without a name: those who sign may be one."""
    return isinstance(unit, ListUnit) and unit.block.head is None


def with_head(block: ListBlock, name: str, head: Content) -> ListBlock:
    """A list with its name as its head."""
    return replace(block, head=head, kind=_kind(_name(name), block.kind))


def parted(leaves: Leaves, block: ListBlock) -> Iterator[ListBlock]:
    """The lists that a run of bullets is: an item that is the name of a list begins one.

    ``• PARTICIPANTS``; and ``• Subject: Frontier`` unless a name stands above them all: then it may be the subject of
    the paper that the item before refers to.
    """
    items = block.items
    if block.kind == "numbered":
        yield block
        return
    names = [_name_in(leaves, item, alone=block.head is not None) for item in items]
    starts = [0, *(at for at, name in enumerate(names) if at and name), len(items)]
    for start, end in pairwise(starts):
        head, kind = (None, "bulleted") if start else (block.head, block.kind)
        yield ListBlock(items[start:end], _kind(names[start], kind), head)


def _name_in(leaves: Leaves, item: Item | PageBreak, *, alone: bool) -> str:
    """The name of a list that an item is, or begins with if it need not stand ``alone``; empty if it has none."""
    words = leaves.words(item.content[:1]) if isinstance(item, Item) and not item.label else ""
    before, colon, after = words.partition(":")
    name = _name(before)
    is_name = name in _NAMES and not (alone and after.strip()) and (colon or words.isupper())
    return name if is_name else ""


def _name(text: str) -> str:
    return text.lower().rstrip(" :.").removeprefix("[").removesuffix("]")


def _kind(name: str, otherwise: str) -> str:
    return _KINDS.get(name.rstrip("s"), otherwise)
