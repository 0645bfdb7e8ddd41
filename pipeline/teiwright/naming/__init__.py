"""Names of persons and places: recognise them, decide among them, link them to the authority file."""

from __future__ import annotations

from dataclasses import replace

from teiwright.model import Certainty, Draft, Mention
from teiwright.naming.authority import Authority, Entry, Post, Variant
from teiwright.naming.deciding import decide
from teiwright.naming.found import Found, Recogniser
from teiwright.naming.linking import Link, Linker
from teiwright.naming.loading import load_authority
from teiwright.naming.recognisers.datelines import written_places
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

__all__ = ["Authority", "Entry", "Post", "Variant", "load_authority", "name"]

_SURE, _LIKELY = 0.85, 0.7
_ORDER = (Certainty.LOW, Certainty.MEDIUM, Certainty.HIGH)


def name(draft: Draft, authority: Authority | None = None) -> Draft:
    """Find the names of a draft; nothing but ``mentions`` changes, and those it had are replaced."""
    known_names = authority or Authority()
    script = read_script(draft)
    decided = _decided(script, known_names)
    links = Linker.of(draft, script, known_names).links(decided)
    mentions = tuple(_mention(script, found, link) for found, link in zip(decided, links, strict=True))
    return replace(draft, mentions=tuple(sorted(mentions, key=lambda m: m.span)))


def _decided(script: Script, authority: Authority) -> tuple[Found, ...]:
    """First what stands by itself, then what it lets us recognise again."""
    recognisers: tuple[Recogniser, ...] = (
        known(authority),
        titled,
        correspondents,
        signatures,
        written_places,
        participants,
        initialled,
        holders,
    )
    found = [f for recognise in recognisers for f in recognise(script) if not vetoed(script, f)]
    first = decide(found)
    again = [f for f in repeated(script, first) if not vetoed(script, f)]
    return decide(again, kept=first)


def _mention(script: Script, found: Found, link: Link | None) -> Mention:
    recognised = _certainty(found.score)
    reason, certainty, ref = found.reason, recognised, None
    if link is not None:
        sure = link.certainty is Certainty.HIGH
        certainty = link.certainty if sure else min(link.certainty, recognised, key=_ORDER.index)
        reason, ref = f"{found.reason}; {link.reason}", link.ref
    span = script.source_span(found.start, found.end)
    return Mention(span, found.kind, ref, certainty, found.by, reason, found.role)


def _certainty(score: float) -> Certainty:
    return Certainty.HIGH if score >= _SURE else Certainty.MEDIUM if score >= _LIKELY else Certainty.LOW
