"""The place in a dateline: what stands before the date, over line ends, as one name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from teiwright.model import Kind
from teiwright.naming.found import Found
from teiwright.naming.script import Script, Stretch, Zone
from teiwright.naming.shapes import UPPER

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DATE = re.compile(
    rf"""(?:[\[(]?\s*(?:(?:on|le|den)\s+)?(?:the\s+)?(?:(?:morning|afternoon|evening|night)\s+of\s+(?:the\s+)?)?
      (?:{_MONTH}[\s,]*\d|\d{{1,2}}(?:st|d|nd|rd|th)?\s+(?:day\s+of\s+|of\s+)?{_MONTH}|{_MONTH}\s*(?:—|-|,|\d{{4}})
      |\d{{1,2}}(?:er|\.)?\s+[^\W\d_]{{3,9}}\s+(?:1[5-9]|20)\d\d\b
      |\b1[5-9]\d\d\b|\b20\d\d\b|\d{{1,2}}[:.]\d\d|\d{{1,2}}\s*[ap]\.\s*m\.
      |(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)
      |\bundated\b|[\[(]\s*Rec(?:eived|[’']?d\b))""",
    re.VERBOSE | re.IGNORECASE,
)
_LEAD = re.compile(
    r"[\s\[(]*(?:(?:Dated|Done|Given|Written|Signed)\s+(?:at\s+)?|At\s+|No\.\s*\d+[.,]?\s*)*[\s\[(]*", re.I
)
_NO_PLACE = re.compile(r"\b(?:Rec(?:eived|’d)|Telegram|Dated|Undated|Extract|Date|Time)\b|[:;]", re.I)
_ABBREVIATED = re.compile(rf"(?:^|[\s.])(?:[{UPPER}]|[{UPPER}]\w{{1,4}})\.$")
_AT_THE_END = re.compile(
    rf"\),\s+(?P<place>[{UPPER}][\w’'-]*(?:\s+[{UPPER}][\w’'-]*){{0,3}}),\s+{_MONTH}\s+\d{{1,2}},\s+\d{{4}}\W*$"
)
_LONGEST = 400
"""Within so many characters a dateline has said where and when."""
_BEGINS = re.compile(rf"[{UPPER}’'\d]")


def written_places(script: Script) -> Iterator[Found]:
    """One place for each dateline that begins with one, and for a heading that ends with place and date."""
    for stretch in script.of_zone(Zone.DATELINE):
        found = _place(script, stretch)
        if found:
            yield found
    for heading in script.of_zone(Zone.HEAD):
        ending = _AT_THE_END.search(script.text[heading.start : min(heading.end, heading.start + _LONGEST)])
        if ending:
            start = heading.start + ending.start("place")
            end = start + len(ending["place"])
            yield Found(start, end, Kind.PLACE, 0.9, "dateline", "between commas before a date that ends a heading")


def _place(script: Script, line: Stretch) -> Found | None:
    text = script.text
    line = replace(line, end=min(line.end, line.start + _LONGEST))
    lead = _LEAD.match(text, line.start, line.end)
    start = lead.end() if lead else line.start
    date = _DATE.search(text, start, line.end)
    end = date.start() if date else line.end
    while end > start and (text[end - 1] in ",[](—–-" or text[end - 1].isspace() or _loose_stop(text, start, end)):
        end -= 1
    name = text[start:end]
    if not _BEGINS.match(name) or _NO_PLACE.search(name) or len(name) > 120:
        return None
    return Found(start, end, Kind.PLACE, 0.96, "dateline", "what stands before the date in a dateline")


def _loose_stop(text: str, start: int, end: int) -> bool:
    """A full stop that ends the line and no abbreviation such as ``N. Mex.`` or ``D. C.``"""
    return text[end - 1] == "." and not _ABBREVIATED.search(text[start:end])
