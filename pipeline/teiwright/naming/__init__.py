"""Names of persons and places: recognise them, decide among them, link them to the authority file."""

from __future__ import annotations

from dataclasses import replace

from teiwright.model import Certainty, Draft, Mention
from teiwright.naming.authority import Authority, Entry, Post, Variant
from teiwright.naming.deciding import decide
from teiwright.naming.decisions import NO_LINK, Decision, Ruling, Settlement, load_decisions, without_entry
from teiwright.naming.decisions.settling import BY
from teiwright.naming.found import Found, Recogniser
from teiwright.naming.linking import Link, Linker
from teiwright.naming.loading import load_authority, parse_authority
from teiwright.naming.recognisers.datelines import written_places
from teiwright.naming.recognisers.drafters import drafters
from teiwright.naming.recognisers.headings import correspondents
from teiwright.naming.recognisers.initialled import initialled
from teiwright.naming.recognisers.known import known
from teiwright.naming.recognisers.offices import holders
from teiwright.naming.recognisers.participants import participants
from teiwright.naming.recognisers.repetition import repeated
from teiwright.naming.recognisers.signatures import signatures
from teiwright.naming.recognisers.titles import titled
from teiwright.naming.recognisers.vetoes import vetoed
from teiwright.naming.script import Script, read_script

__all__ = [
    "Authority",
    "Decision",
    "Entry",
    "Post",
    "Variant",
    "load_authority",
    "load_decisions",
    "name",
    "parse_authority",
]

_SURE = 0.85
"""From this score on a name without a link is sure; below are bare surnames and bare names."""


def name(draft: Draft, authority: Authority | None = None, decisions: tuple[Decision, ...] = ()) -> Draft:
    """Find the names of a draft; those it had are replaced, and decisions that no longer fit are findings."""
    known_names = authority or Authority()
    script = read_script(draft)
    settlement = Settlement(script, decisions)
    decided = _decided(script, known_names, settlement)
    links = Linker.of(draft, script, known_names).links(decided)
    mentions = (_mention(script, f, link, settlement.ruling(f)) for f, link in zip(decided, links, strict=True))
    findings = (*draft.findings, *settlement.orphans(), *without_entry(decisions, known_names))
    return replace(draft, mentions=tuple(sorted(mentions, key=lambda m: m.span)), findings=findings)


def _decided(script: Script, authority: Authority, settlement: Settlement) -> tuple[Found, ...]:
    """First what stands by itself or was decided, then what it lets us recognise again."""
    recognisers: tuple[Recogniser, ...] = (
        known(authority),
        titled,
        correspondents,
        signatures,
        written_places,
        participants,
        initialled,
        holders,
        drafters,
    )
    found = [f for recognise in recognisers for f in recognise(script) if not vetoed(script, f)]
    first = settlement.settle(decide(found))
    again = [f for f in repeated(script, first) if not vetoed(script, f)]
    return settlement.settle(decide(again, kept=first))


def _mention(script: Script, found: Found, link: Link | None, ruling: Ruling | None) -> Mention:
    span = script.source_span(found.start, found.end)
    if ruling is not None and not ruling.rejected:
        ref = link.ref if link and ruling.ref is None else ruling.ref
        return Mention(span, found.kind, None if ref == NO_LINK else ref, None, BY, ruling.why, found.role, ruling.who)
    if link is not None:
        reason = f"{found.reason}; {link.reason}"
        return Mention(span, found.kind, link.ref, link.certainty, found.by, reason, found.role)
    certainty = Certainty.HIGH if found.score >= _SURE else Certainty.MEDIUM
    return Mention(span, found.kind, None, certainty, found.by, found.reason, found.role)
