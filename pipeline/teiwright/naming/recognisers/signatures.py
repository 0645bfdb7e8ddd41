"""The name in a signature: the whole line, not the titles below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from teiwright.model import Kind
from teiwright.naming.found import Found
from teiwright.naming.gazetteer import gazetteer
from teiwright.naming.script import Script, Stretch, Zone
from teiwright.naming.shapes import NAME, UPPER
from teiwright.naming.words import BODIES, CALENDAR, DEMONYMS, FUNCTION_WORDS, OFFICES, RANKS, word_set

_LINE = re.compile(r"[^\n\ue000]+")
_TITLES = (
    r"(?:(?:Lieutenant|Lieut\.|Lt\.|Major|Maj\.|Brigadier|Brig\.|Rear|Vice|General|Gen\.|Colonel|Col\.|Captain|"
    r"Capt\.|Admiral|Commander|Dr\.|Mr\.|Mrs\.|Miss|Sir|Lord|Prince|Count|Baron|For\s+the\s+[^:]*:|By:?)[\s-]+)*"
)
_LEAD = re.compile(rf"\s*(?:\[(?:Signed|SIGNED)\]\s*|\((?:Signed|Sgd\.?)\)\s*|Signed:?\s+|/s/\s*)?{_TITLES}")
_BRACKETED = re.compile(rf"[{UPPER}](?:\w|\[\w+\]|[.’' -])*")
_JUNIOR = re.compile(r"\s*,\s+(?:Jr|Sr)\b\.?")
_NAME = re.compile(NAME)
_POSSESSIVE = re.compile(r"[’'][sS]$")
_NOT_A_NAME = (
    word_set("Allowed Approved Attest Communicate Confirmed Official Protocol Seal Witness")
    | DEMONYMS
    | OFFICES
    | CALENDAR
    | RANKS
    | (FUNCTION_WORDS - {"A", "I", "May", "More"})
)
_NOT_IN_A_LINE = _NOT_A_NAME | BODIES | {"Acting", "Brevet", "Commanding"}


def signatures(script: Script) -> Iterator[Found]:
    """One name for each line of a signature that is a name; a line of titles holds none."""
    for stretch in script.of_zone(Zone.SIGNED):
        for line in _LINE.finditer(script.text, stretch.start, stretch.end):
            found = _signature(script, stretch, line.start(), line.end())
            if found:
                yield found


def _signature(script: Script, stretch: Stretch, start: int, end: int) -> Found | None:
    lead = _LEAD.match(script.text, start, end)
    start = lead.end() if lead else start
    comma = script.text.find(",", start, end)
    name_end = end if comma < 0 else comma
    junior = _JUNIOR.match(script.text, name_end, end)
    name_end = junior.end() if junior else name_end
    while name_end > start and (script.text[name_end - 1].isspace() or _loose_stop(script.text, start, name_end)):
        name_end -= 1
    name = script.text[start:name_end]
    if not _is_name(name):
        return None
    first = start == stretch.start or not script.text[stretch.start : start].strip()
    score, reason = (0.93, "the line of the signature") if first else (0.86, "a line of the signatures")
    return Found(
        start,
        name_end,
        Kind.PERSON,
        score,
        "signature",
        reason,
        role="signed",
        post=_below(script, stretch, end),
    )


def _loose_stop(text: str, start: int, end: int) -> bool:
    """A mark at a line's end that belongs to no initial, no ``Jr.`` and no supplied letters."""
    last = text[start:end].rsplit(maxsplit=1)[-1] if text[start:end].split() else ""
    return text[end - 1] in ".:;]" and not last.startswith(("Jr", "Sr")) and "[" not in last and len(last) > 2


def _is_name(name: str) -> bool:
    words = [_POSSESSIVE.sub("", word.strip(".,")) for word in name.split()]
    if not 0 < len(words) <= 7 or any(c.isdigit() for c in name) or name.lower() == name:
        return False
    if len(words) > 1 and tuple(words) in gazetteer():
        return False
    parts = (part for word in words for part in word.split("-"))
    excluded = _NOT_A_NAME if len(words) == 1 else _NOT_IN_A_LINE
    if any(part in excluded or (part.isupper() and part.capitalize() in excluded) for part in parts):
        return False
    written = _NAME.fullmatch(name) or _NAME.fullmatch(name.rstrip(".")) or _BRACKETED.fullmatch(name)
    return bool(written or " & " in name) and any(len(word) > 1 for word in words)


def _below(script: Script, stretch: Stretch, end: int) -> str:
    """The titles below the name, to be held against dated offices."""
    return " ".join(script.text[end : stretch.end].split())
