"""What is no person and no place although it looks like one: bodies, ships, newspapers, streets."""

from __future__ import annotations

import re

from teiwright.model import Kind
from teiwright.naming.found import Found
from teiwright.naming.script import BARRIER, Script
from teiwright.naming.words import ORGANISATION_AFTER

_ORGANISATION = re.compile(rf"\s+(?:{'|'.join(sorted(ORGANISATION_AFTER))})\b", re.IGNORECASE)
_NO_PERSON_AFTER = re.compile(
    r"(?:-(?:maru|class)\b)|\s+(?:Maru|Street|Avenue|Boulevard|Road|Square|Island|Islands|Strait|Straits|River|"
    r"Company|Corporation|Brothers|Hotel|University|Line|Lines|Bank|Building)\b|\s+(?:&\s+)?Co\."
)
_SHIP = re.compile(
    r"(?:\bS\.\s?S\.|\bU\.\s?S\.\s?S\.|\bH\.\s?M\.\s?S\.|\bSS|\bUSS|\bHMS|\b(?:steam(?:ship|er)|gunboat|cruiser|"
    r"destroyer|battleship|submarine|vessel|schooner|yacht|ship))\s+[“\"'‘]?(?-i:[A-Z]\w+\s+)?$",
    re.IGNORECASE,
)
_REACH = 32
"""How far back a ship's kind may stand: `gunboat`, a rank that is part of the ship's name, a space."""
_BY_STRUCTURE = frozenset({"dateline", "heading", "signature", "participants"})


def vetoed(script: Script, found: Found) -> bool:
    """Whether what stands around a finding, or in it, forbids it; the document's structure overrules."""
    text = script.text[found.start : found.end]
    if BARRIER in text:
        return True
    if found.by in _BY_STRUCTURE:
        return False
    if _SHIP.search(script.text[max(0, found.start - _REACH) : found.start]):
        return True
    after = _ORGANISATION if found.kind is Kind.PLACE else _NO_PERSON_AFTER
    return bool(after.match(script.text, found.end))
