"""Persons in a list of participants: ``Joseph A. Yager, Director, EA``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from teiwright.model import Kind
from teiwright.naming.found import Found
from teiwright.naming.recognisers.titles import after_titles
from teiwright.naming.script import Script, Zone
from teiwright.naming.shapes import NAME, has_initial, trimmed

_ENTRY = re.compile(rf"\s*[•*-]?\s*(?P<name>{NAME})\s*(?P<after>[,—–(\n-]|$)")


def participants(script: Script) -> Iterator[Found]:
    """The name that begins an entry; a single word, or one followed by nothing, is too little."""
    for stretch in script.of_zone(Zone.PARTICIPANTS):
        match = _ENTRY.match(script.text, stretch.start, stretch.end)
        if match is None:
            continue
        start = after_titles(script.text, *match.span("name"))
        span = (start, match.end("name"))
        name = script.text[start : match.end("name")]
        titled = start > match.start("name")
        if trimmed(script.text, *span) == span and (
            titled or has_initial(name) or (" " in name and match["after"].strip())
        ):
            post = script.text[match.end() : stretch.end].strip()
            yield Found(*span, Kind.PERSON, 0.87, "participants", "begins an entry of participants", post=post)
