"""What is no person and no place although it looks like one: bodies, ships, newspapers, streets."""

from __future__ import annotations

import re

from teiwright.model import Kind
from teiwright.naming.found import Found
from teiwright.naming.gazetteer import gazetteer
from teiwright.naming.learned.tokens import tokens_of
from teiwright.naming.script import BARRIER, Script
from teiwright.naming.shapes import UPPER
from teiwright.naming.words import BODIES, DEMONYMS, ORGANISATION_AFTER, PARTIES

_NOUNS = sorted(ORGANISATION_AFTER)
_ORGANISATION = re.compile(rf"\s+(?:{'|'.join([*_NOUNS, *map(str.upper, _NOUNS)])})\b")
"""With a capital: `the Paris Conference`; `Paris society` is the society of a place."""
_BODY = (
    "Section|Division|Department|Bureau|Agency|Commission|Committee|Council|Corps|Regiment|Battalion|Brigade|Squadron|"
    "Association|Federation|Foundation|Academy|Museum|Senate|Congress|Parliament|Railway|Railroad"
)
_IN_A_BODY = re.compile(rf"(?:\s+(?!of\b)[{UPPER}][\w’-]*){{0,3}}\s+(?:{_BODY}|{_BODY.upper()})\b")
"""A capitalised run that ends in the word of a body: ``Pacific Strategic Intelligence Section``."""
_NO_PERSON_AFTER = re.compile(
    r"(?:-(?:maru|class)\b)|\s+(?:Maru|Street|Avenue|Boulevard|Road|Square|Island|Islands|Strait|Straits|River|"
    r"Company|Corporation|Brothers|Hotel|University|Line|Lines|Bank|Building|"
    r"Library|Papers|Presidential\s+Materials|Presidential\s+Library|Foundation|Collection|Manuscripts|Archives|Files)\b|\s+(?:&\s+)?Co\."
)
_SHIP = re.compile(
    r"(?:\bS\.\s?S\.|\bU\.\s?S\.\s?S\.|\bH\.\s?M\.\s?S\.|\bSS|\bUSS|\bHMS|\b(?:steam(?:ship|er)|gunboat|cruiser|"
    r"destroyer|battleship|submarine|vessel|schooner|yacht|ship))\s+[“\"'‘]?(?-i:[A-Z](?!\w*f(?:ü|ue?)hrer)\w+\s+)?$",
    re.IGNORECASE,
)
"""A ship, and a rank that is part of its name; `SS` before a rank in `-führer` is no ship's."""
_SHIP_ENDS = frozenset({"s.", "ss", "ip", "er", "at", "ne", "el", "ht"})
"""How such words end: they are looked for first, since the search for the whole is slow."""
_CALLED = (" company", " newspaper", " magazine", " journal")
"""What stands before a firm's or a paper's name: `the newspaper “Pravda”`."""
_FIRM = re.compile(
    rf"(?:\s+(?!and\b)[{UPPER}][\w’-]*){{0,2}}(?:\s+(?:&|and)\s+(?:Co\b|Company|Sons|Bros)|,?\s+(?:Ltd|Limited|Inc|Bros|Cie)\b)"
)
_IS_A_FIRM = re.compile(r"\s(?:Ltd|Limited|Inc|Bros|Cie|Corp|GmbH)\.?$")
_EQUIPMENT = re.compile(
    r"\s+(?:[Tt]anks?|[Bb]ombers?|[Ff]ighters?|[Aa]ircraft|[Hh]elicopters?|[Mm]issiles?|[Rr]ockets?|[Rr]ifles?)\b"
)
"""What is called by a type's name, `Canberra bombers`; but `US tanks` are those of a state."""
_OF_STATES = frozenset({"state", "region"})
_REIGN = re.compile(r",?\s+\d+(?:st|nd|rd|d|th)\s+year\b")
"""Years of a reign are counted by its name: `Kuang Hsu, 27th year`."""
_REACH = 32
"""How far back a ship's kind may stand: `gunboat`, a rank that is part of the ship's name, a space."""
STRUCTURAL = frozenset({"dateline", "heading", "signature", "participants"})
"""Recognisers that go by what a block is: a heading, a dateline, a signature."""


def vetoed(script: Script, found: Found) -> bool:
    """Whether what stands around a finding, or in it, forbids it; the document's structure overrules."""
    text = script.text[found.start : found.end]
    if BARRIER in text:
        return True
    if found.by in STRUCTURAL:
        return False
    before = script.text[max(0, found.start - _REACH) : found.start]
    if _is_a_ship(before) or before.rstrip(" \n“\"'‘").endswith(_CALLED):
        return True
    if _FIRM.match(script.text, found.end) or _REIGN.match(script.text, found.end):
        return True
    if found.by == "model" and (
        _IS_A_FIRM.search(text) or _is_a_people(found, text) or _is_a_type(script, found, text)
    ):
        return True
    if found.kind is Kind.PERSON:
        return bool(_NO_PERSON_AFTER.match(script.text, found.end))
    return bool(_ORGANISATION.match(script.text, found.end) or _IN_A_BODY.match(script.text, found.end))


def _is_a_ship(before: str) -> bool:
    """Whether a ship's kind stands before, with nothing but a rank between."""
    last_two = before.split()[-2:]
    return any(word[-2:].lower() in _SHIP_ENDS for word in last_two) and _SHIP.search(before) is not None


def _is_a_type(script: Script, found: Found, text: str) -> bool:
    is_before_arms = _EQUIPMENT.match(script.text, found.end) is not None
    return is_before_arms and gazetteer().kind(tokens_of(text).words) not in _OF_STATES


def _is_a_people(found: Found, text: str) -> bool:
    """An adjective of a people or a state is no place, and begins no person's name.

    Nor is ``Union`` alone a name, nor a party.
    """
    words = text.split()
    lonely = len(words) == 1 and (words[0] in BODIES or words[0] in PARTIES)
    return lonely or all(word in DEMONYMS for word in words) or (found.kind is Kind.PERSON and words[0] in DEMONYMS)
