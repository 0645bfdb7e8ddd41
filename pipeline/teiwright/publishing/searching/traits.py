"""By what readers choose among documents: who and what is named in them, their years, their kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from teiwright.extracted import Extract, Site

_LONGEST = 200
"""More years than any document was written in; a longer range is a mistake, and counts by its first year."""

TRAIT = "="
"""Begins the terms of traits; no word begins so."""

OFFERED = 500
"""So many persons or places are offered to choose from."""

KINDS = ("person", "organization", "place")


def years(extract: Extract) -> range:
    """The years of a document, none if it has no date or one before the year 1."""
    first, last = (int(when[:4]) if when[:4].isdecimal() else 0 for when in (extract.when, extract.until))
    if not first:
        return range(0)
    return range(first, last + 1) if first <= last <= first + _LONGEST else range(first, first + 1)


def traits(extract: Extract) -> list[str]:
    """The terms under which a document is filed; no word looks like one of them."""
    named = {f"={name.kind}:{name.ref}" for name in extract.names if name.ref}
    named |= {f"=person:{one.ref}" for one in extract.correspondents if one.ref}
    named |= {f"=place:{one.place_ref}" for one in extract.correspondents if one.place_ref}
    kind = [f"=kind:{extract.kind}"] if extract.kind else []
    return sorted({*named, *kind, *(f"=year:{year:04d}" for year in years(extract))})


@dataclass(slots=True)
class Choices:
    """How many documents have each trait."""

    counts: Counter[str] = field(default_factory=Counter)

    def of(self, kind: str, site: Site) -> list[tuple[str, str, int]]:
        """Each value, how readers know it, and in how many documents it is; the commonest, by name."""
        names = {entry.id: entry.sort_name or entry.name for entry in site.entries if entry.kind == kind}
        prefix = f"={kind}:"
        found = [(trait, count) for trait, count in self.counts.items() if trait.startswith(prefix)]
        commonest = sorted(found, key=lambda one: (-one[1], one[0]))[:OFFERED]
        values = ((trait.removeprefix(prefix), count) for trait, count in commonest)
        listed = [(value, names.get(value, value), count) for value, count in values]
        return sorted(listed, key=lambda one: (one[1].casefold(), one[0]))

    def number(self, kind: str) -> int:
        """How many values there are, also those that are not offered."""
        return sum(trait.startswith(f"={kind}:") for trait in self.counts)

    def years(self) -> tuple[int, int] | None:
        """The first and the last year, if any document has one."""
        found = [int(trait[-4:]) for trait in self.counts if trait.startswith("=year:")]
        return (min(found), max(found)) if found else None

    def as_data(self, site: Site) -> dict[str, Any]:
        """What the page offers."""
        return {kind: self.of(kind, site) for kind in (*KINDS, "kind")}
