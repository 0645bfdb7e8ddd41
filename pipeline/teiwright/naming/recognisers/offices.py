"""Holders of offices in running text: ``the Adviser on Political Relations (Hornbeck)``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from teiwright.model import Kind
from teiwright.naming.found import Found
from teiwright.naming.script import Script
from teiwright.naming.shapes import NAME, trimmed
from teiwright.naming.words import OFFICES

_HOLDER = re.compile(rf"\((?P<name>{NAME})\)")
_OFFICE = re.compile(
    rf"(?P<office>(?:(?:Consul|Attorney)\s+General|\b(?:{'|'.join(sorted(OFFICES))}))\b[^().;:\ue000]{{0,70}}?)\s*\Z"
)
_REACH = 120
"""How far back an office may begin: its words, what it is of, and space."""


def holders(script: Script) -> Iterator[Found]:
    """A name in parentheses right after an office, in the same sentence; abbreviations are no names."""
    text = script.text
    for match in _HOLDER.finditer(text):
        span = match.span("name")
        if match["name"].isupper() or trimmed(text, *span) != span:
            continue
        if office := _OFFICE.search(text[max(0, match.start() - _REACH) : match.start()]):
            reason = "in parentheses after an office"
            yield Found(*span, Kind.PERSON, 0.86, "office", reason, post=" ".join(office["office"].split()))
