"""Holders of offices in running text: ``the Adviser on Political Relations (Hornbeck)``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from teiwright.model import Kind
from teiwright.naming.found import Found
from teiwright.naming.script import Script
from teiwright.naming.shapes import NAME, trimmed
from teiwright.naming.words import OFFICES

_HELD = re.compile(
    rf"(?P<office>(?:(?:Consul|Attorney)\s+General|\b(?:{'|'.join(sorted(OFFICES))}))\b[^().;:\ue000]{{0,70}}?)\s*"
    rf"\((?P<name>{NAME})\)"
)


def holders(script: Script) -> Iterator[Found]:
    """A name in parentheses right after an office, in the same sentence; abbreviations are no names."""
    for match in _HELD.finditer(script.text):
        span = match.span("name")
        if trimmed(script.text, *span) == span and not match["name"].isupper():
            reason = "in parentheses after an office"
            yield Found(*span, Kind.PERSON, 0.86, "office", reason, post=" ".join(match["office"].split()))
