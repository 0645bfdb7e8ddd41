"""What a schema says of a name in one line."""

from __future__ import annotations


def said(gloss: str | None, desc: str | None) -> str:
    """``(gloss) description``, as schemas of TEI have it; a reader of messages takes the gloss from there."""
    return " ".join(part for part in (f"({gloss})" if gloss else "", desc or "") if part)
