"""Rules that can apply to nothing in TEI, because the elements of their context have no prefix.

In XPath such a name is that of an element in no namespace (ISO/IEC 19757-3:2016 has no default for it), so that
the rule is passed over in silence: the commonest slip of those who write their first Schematron.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lxml import etree

from teiwright.checking.schematron.reading import SCH, embedded_schematron, place_of, read_schematron

_BRACKETS = re.compile(r"\[[^\[\]]*\]")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_PLAIN = re.compile(r"(?:child::)?([A-Za-z_][\w.-]*)")
_TEI = "http://www.tei-c.org/ns/1.0"


@dataclass(frozen=True, slots=True)
class Unprefixed:
    """One such rule: where it stands, its context, and how the context would be written."""

    path: Path
    line: int
    context: str
    meant: str


@lru_cache(maxsize=16)
def unprefixed(path: Path, files: tuple[Path, ...], trusted: tuple[Path, ...], _changed: int) -> tuple[Unprefixed, ...]:
    """Those of a Schematron file, or of the rules inside the ``files`` of a grammar."""
    schema = embedded_schematron(files) if files else read_schematron(path, trusted)
    return () if schema is None else tuple(_found(path, schema))


def _found(path: Path, schema: etree._Element) -> Iterator[Unprefixed]:
    prefixes = {ns.get("uri"): ns.get("prefix") for ns in schema.iter(f"{SCH}ns")}
    prefix = prefixes.get(_TEI) or "tei"
    for rule in schema.iter(f"{SCH}rule"):
        context = rule.get("context") or ""
        name = _bare(context)
        if name is not None:
            yield Unprefixed(*place_of(path, rule), context, f"{prefix}:{name}")


def _bare(context: str) -> str | None:
    """The element that a context means, if all that it can mean are elements without a prefix."""
    plain = _QUOTED.sub("''", context)
    while (shorter := _BRACKETS.sub("", plain)) != plain:
        plain = shorter
    names = [_PLAIN.fullmatch(path.rpartition("/")[2].strip()) for path in plain.split("|")]
    return names[0][1] if names[0] and all(names) else None
