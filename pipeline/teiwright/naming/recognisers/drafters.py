"""Those who handled a paper: ``Drafted by Gannett and cleared by Irwin``, as notes on a source say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from teiwright.model import Kind
from teiwright.naming.found import Found
from teiwright.naming.script import Script
from teiwright.naming.shapes import NAME, trimmed

_VERBS = ("rafted", "ranscribed", "nitial", "leared", "yped", "ictated")
_HANDLED = re.compile(
    r"\b(?:[Dd]rafted|[Tt]ranscribed|[Ii]nitiall?ed|[Cc]leared|[Tt]yped|[Dd]ictated)"
    rf"(?:\s+(?:in|on)\s+[^.;()]{{1,40}}?)?\s+by\s+(?P<name>{NAME})(?:\s+and\s+(?P<second>{NAME}))?"
)


def drafters(script: Script) -> Iterator[Found]:
    """Bodies draft, too; but those have an article or a word of a body in their names."""
    if not any(verb in script.text for verb in _VERBS):
        return
    for match in _HANDLED.finditer(script.text):
        for part in ("name", "second"):
            span = match.span(part)
            if match[part] and trimmed(script.text, *span) == span and not match[part].isupper():
                yield Found(*span, Kind.PERSON, 0.8, "drafter", "drafted or cleared the paper")
