"""The ends of a line or a border, ``the Berlin-Lehrte line``: if one is a known place, the others are places, too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from teiwright.model import Kind
from teiwright.naming.found import Found
from teiwright.naming.gazetteer import gazetteer
from teiwright.naming.learned.tokens import tokens_of
from teiwright.naming.script import Script
from teiwright.naming.shapes import UPPER
from teiwright.naming.words import NOT_IN_NAMES

_LAST_END = re.compile(
    rf"[-–—](?=[{UPPER}])(?P<last>\w+\.?)\s(?:line|railway|railroad|road|highway|route|border|frontier|axis)\b"
)
_ENDS = re.compile(rf"(?<![\w’'-])[{UPPER}][\w.]*(?:[-–—][{UPPER}]\w*\.?)+$")
_PART = re.compile(r"[^-–—]+")
_REACH = 60


def routes(script: Script) -> Iterator[Found]:
    """Each end of one word; an adjective (``the German-Polish border``) is none."""
    for match in _LAST_END.finditer(script.text):
        before = max(0, match.start() - _REACH)
        ends = _ENDS.search(script.text[before : match.end("last")])
        if ends is None:
            continue
        parts = [part for part in _PART.finditer(ends[0]) if part[0] not in NOT_IN_NAMES]
        if any(tokens_of(part[0]).words in gazetteer() for part in parts):
            for part in parts:
                start = before + ends.start() + part.start()
                reason = f"an end of a route or a border, `{ends[0]}`"
                yield Found(start, start + len(part[0]), Kind.PLACE, 0.92, "route", reason)
