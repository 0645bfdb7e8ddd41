"""The kinds of names, and how pages speak of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from teiwright.extracted import NameKind, Section, Site
from teiwright.publishing.gathering import Count


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of names, and how its pages speak of it."""

    kind: NameKind
    folder: str
    one: str
    many: str
    schema: str

    @property
    def section(self) -> Section:
        """What leads to its pages."""
        return Section(self.many.capitalize(), f"{self.folder}/index.html")


KINDS = (
    Kind("person", "persons", "person", "persons", "Person"),
    Kind("place", "places", "place", "places", "Place"),
    Kind("organization", "organizations", "organization", "organizations", "Organization"),
)


def kinds_named(site: Site, counts: Mapping[str, Count]) -> list[Kind]:
    """The kinds of which the collection names any."""
    named = {entry.kind for entry in site.entries if entry.id in counts}
    return [kind for kind in KINDS if kind.kind in named or f"~{kind.kind}" in counts]
