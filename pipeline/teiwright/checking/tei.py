"""All elements of TEI, whatever schema is at hand: a name that a schema does not have may be TEI all the same."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

NAMESPACE = "http://www.tei-c.org/ns/1.0"


@lru_cache(maxsize=1)
def elements() -> Mapping[str, str]:
    """Names, each with its gloss, which may be empty (``tei_elements.tsv`` says from where)."""
    lines = (Path(__file__).parent / "tei_elements.tsv").read_text("utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines if not line.startswith("#"))
    return {name: gloss for name, _, gloss in pairs}


def but_not_here(name: str) -> str | None:
    """What to say of an element of TEI that a schema does not have; ``None`` if TEI does not have it either."""
    gloss = elements().get(name)
    if gloss is None:
        return None
    return f"`{name}`{f' ({gloss})' if gloss and gloss.lower() != name.lower() else ''} is TEI, but not in this schema"
