"""``correspDesc`` (Guidelines 2.4.6): who wrote to whom, where, when; from metadata or the text itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from teiwright.encoding.annotations import Authority, date_attributes
from teiwright.encoding.metadata import child, dated, first_blocks, opener_parts, person, reference_to
from teiwright.encoding.vocabulary import one_line
from teiwright.model import Dateline, DateValue, Draft, Head, Kind, Mention, Party, Span, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from teiwright.encoding.elements import Element
    from teiwright.model import Content

CORRESPONDENCE = ("letter", "despatch", "telegram", "instruction", "circular")


@dataclass(frozen=True, slots=True)
class _Action:
    parties: tuple[Party, ...] = ()
    place: Mention | None = None
    date: DateValue | None = None


def write_correspondence(profile: Element, draft: Draft, authority: Authority) -> None:
    """Nothing if the document is no correspondence or nobody says anything of its sending."""
    metadata = draft.source.metadata
    if metadata.kind not in CORRESPONDENCE and not (metadata.sent and metadata.received):
        return
    datelines = [_dateline(draft, p.content) for p in opener_parts(draft) if isinstance(p, Dateline)]
    first = datelines[0] if datelines else _Action()
    sent = _Action(
        metadata.sent or _parties(draft, "from"),
        None if any(p.place for p in metadata.sent) else first.place,
        metadata.date or first.date,
    )
    received = _Action(metadata.received or _parties(draft, "to"))
    description = profile.add("correspDesc")
    for name, action in (("sent", sent), ("received", received)):
        _action(description, name, action, draft, authority)
    if not description.content:
        profile.content.remove(description)


def _action(description: Element, kind: str, action: _Action, draft: Draft, authority: Authority) -> None:
    element = description.add("correspAction", {"type": kind})
    for party in action.parties:
        if party.name:
            person(element, party, authority)
        if party.role:
            child(element, "roleName", party.role)
        if party.place:
            child(element, "placeName", party.place)
    if action.place is not None:
        place = action.place
        reference = {} if place.ref is None else {"ref": reference_to(authority.of(Kind.PLACE), place.ref)}
        child(element, "placeName", place.span.of(draft.source.text), reference)
    if action.date is not None:
        dated(element, "date", action.date)
    if not element.content:
        description.content.remove(element)


def _dateline(draft: Draft, content: Content) -> _Action:
    """The place and the date that a dateline gives, as far as they were recognised."""
    spans = [part.span for part in content if isinstance(part, Text)]
    place = next((m for m in draft.mentions if m.kind is Kind.PLACE and _within(m.span, spans)), None)
    found = next((d for d in draft.dates if _within(d.span, spans)), None)
    if found is None or not date_attributes(found.value):
        return _Action(place=place)
    printed = one_line(found.span.of(draft.source.text))
    value = found.value
    return _Action(
        place=place,
        date=DateValue(value.when, value.from_, value.to, value.not_before, value.not_after, printed),
    )


def _parties(draft: Draft, role: str) -> tuple[Party, ...]:
    """The people in the heading who were recognised as sender or receiver."""
    spans = list(_heading_spans(draft))
    return tuple(
        Party(name=mention.span.of(draft.source.text), ref=mention.ref)
        for mention in draft.mentions
        if mention.role == role and mention.kind is Kind.PERSON and _within(mention.span, spans)
    )


def _heading_spans(draft: Draft) -> Iterator[Span]:
    for block in first_blocks(draft):
        if isinstance(block, Head):
            yield from (part.span for part in block.content if isinstance(part, Text))


def _within(span: Span, spans: list[Span]) -> bool:
    return any(s.start <= span.start and span.end <= s.end for s in spans)
