"""parse: from a text to its structure, without changing a character of it."""

from __future__ import annotations

from teiwright.model import Draft, Source
from teiwright.parsing.documents import parse_source
from teiwright.uncollected import uncollected

__all__ = ["parse"]


@uncollected()
def parse(source: Source) -> Draft:
    """The structure of a text as understood. Never raises on text; linear in its length."""
    return parse_source(source)
