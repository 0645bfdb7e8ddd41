"""Correspondents in a heading: ``The Ambassador in Japan (Grew) to …``, and their roles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from teiwright.model import Kind
from teiwright.naming.found import Found
from teiwright.naming.recognisers.titles import titled_in
from teiwright.naming.script import Script, Stretch, Zone
from teiwright.naming.shapes import NAME, has_initial, trimmed
from teiwright.naming.words import OFFICES, word_set

_PARENTHESISED = re.compile(rf"\(\s*(?P<name>{NAME})\s*\)")
_NOT_NAMES = word_set(
    "Translation Telegram Extract Excerpt Paraphrase Continued Draft Revised Confidential Secret Circular "
    "Summary Enclosure Inclosure Copy Annex Appendix Abstract Concluded Provisional Preliminary"
)
_OFFICE = re.compile(rf"\b(?:{'|'.join(sorted(OFFICES))}|General|Delegat\w+|Commander|Prince|King|Marshal)\b", re.I)
_PREPOSITION = re.compile(rf"\b(?i:by|from)\s+(?P<name>{NAME})(?=\s*(?:,|(?i:\bof\b|\bto\b)|$))")
_TALK = re.compile(r"\b(?:Conversation|Meeting|Talk|Discussion)s?\b")
_TALKER = re.compile(rf"\b(?i:between|with|and)\s+(?P<name>{NAME})(?=\s*(?:,|\bof\b|\band\b|\bin\b|$))")
_PARTY = re.compile(rf"(?:^|\b(?i:to)\s+)(?P<name>{NAME})(?=\s+(?i:to)\b|\s*\.?\s*$)")
_NUMBER_LINE = re.compile(r"\s*(?:\[?No\.\s*)?\d+[.\]]?\s*")
_LONGEST = 1500
"""A heading longer than this is a paragraph that was taken for one."""
_LINK = re.compile(r"\b(to|by|from|with|between|for|and)\b", re.I)
_TO = re.compile(r"\s*\)?,?\s*to\b", re.I)
_ANY_TO = re.compile(r"\bto\b", re.I)


def correspondents(script: Script) -> Iterator[Found]:
    """The persons of each heading, each with its office and, where the heading says so, its role."""
    for stretch in script.of_zone(Zone.HEAD):
        if stretch.end - stretch.start > _LONGEST:
            continue
        found_here = _unique([*_in_parentheses(script, stretch), *titled_in(script, stretch), *_bare(script, stretch)])
        for found in found_here:
            yield replace(found, by="heading", role=_role(script, stretch, found, found_here))


def _unique(found: list[Found]) -> list[Found]:
    """In order of place, the first said at each place kept."""
    kept: list[Found] = []
    for candidate in found:
        if not any(candidate.start < other.end and other.start < candidate.end for other in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda f: f.start)


def _in_parentheses(script: Script, head: Stretch) -> Iterator[Found]:
    """``The Minister in China (Johnson)``: an office, then its holder."""
    before = head.start
    for match in _PARENTHESISED.finditer(script.text, head.start, head.end):
        office = script.text[before : match.start()]
        before = match.end()
        span = match.span("name")
        name = script.text[slice(*span)]
        if name in _NOT_NAMES or not _OFFICE.search(office) or trimmed(script.text, *span) != span:
            continue
        yield Found(
            *span,
            Kind.PERSON,
            0.97,
            "heading",
            "in parentheses after an office in a heading",
            post=office.strip(),
        )


def _bare(script: Script, head: Stretch) -> Iterator[Found]:
    """Names without title or office: ``Memorandum by George Atcheson, Jr., of …``, ``Yang Ju to Mr. Hay``."""
    number = _NUMBER_LINE.match(script.text, head.start, head.end)
    start = number.end() if number else head.start
    for match in _PREPOSITION.finditer(script.text, start, head.end):
        span = match.span("name")
        name = script.text[slice(*span)]
        if trimmed(script.text, *span) == span and (has_initial(name) or " " in name):
            yield Found(*span, Kind.PERSON, 0.86, "heading", "a name after `by` or `from` in a heading")
    text = script.text[start : head.end]
    if _TALK.search(text):
        for match in _TALKER.finditer(text):
            span = (start + match.start("name"), start + match.end("name"))
            if trimmed(script.text, *span) == span and " " in match["name"]:
                yield Found(*span, Kind.PERSON, 0.84, "heading", "a name among those who talk in a heading")
    if not _ANY_TO.search(text):
        return
    for match in _PARTY.finditer(text):
        span = (start + match.start("name"), start + match.end("name"))
        if trimmed(script.text, *span) == span:
            yield Found(*span, Kind.PERSON, 0.8, "heading", "nothing but a name on one side of `to` in a heading")


def _role(script: Script, head: Stretch, found: Found, all_found: list[Found]) -> str | None:
    """``from`` before the ``to`` that divides the heading, ``to`` after it; none for ``with``.

    The ``to`` that divides is the one that follows a name: an office may hold another
    (``Special Assistant to the Secretary of State (Bohlen) to …``).
    """
    after_names = (_TO.match(script.text, f.end, head.end) for f in all_found)
    dividing = next((m.end() for m in after_names if m), None)
    if dividing is None:
        first = _ANY_TO.search(script.text, head.start, head.end)
        dividing = first.end() if first else None
    links = [m[1].lower() for m in _LINK.finditer(script.text, head.start, found.start)]
    if any(link in {"with", "between"} for link in links):
        return None
    if dividing is not None:
        return "to" if found.start >= dividing and not _by_follows(links) else "from"
    return "from" if _by_follows(links) else None


def _by_follows(links: list[str]) -> bool:
    """Whether ``by`` or ``from`` is the nearest of the words that join parties."""
    decisive = [link for link in links if link in {"by", "from", "to"}]
    return bool(decisive) and decisive[-1] != "to"
