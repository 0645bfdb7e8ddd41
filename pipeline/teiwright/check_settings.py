"""The table ``[check]`` of a project file: what ``teiwright check`` holds files against, and which it passes over."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from teiwright.settings import Settings


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """``catalog`` has the local files of schemas that documents name by an address."""

    schemas: tuple[Path, ...] = ()
    phase: str | None = None
    trust: tuple[Path, ...] = ()
    exclude: tuple[str, ...] = ()
    baseline: Path | None = None
    catalog: tuple[tuple[str, Path], ...] = ()


def read_check(settings: Settings) -> CheckSettings:
    """The settings of the table. Raises ``TeiwrightError``."""
    settings.allow_only(("schemas", "phase", "trust", "exclude", "baseline", "catalog"))
    catalog = settings.table("catalog")
    copies = ((address, catalog.path(address)) for address in catalog)
    return CheckSettings(
        settings.paths("schemas"),
        settings.text("phase"),
        settings.paths("trust"),
        settings.texts("exclude"),
        settings.path("baseline"),
        tuple((address, path) for address, path in copies if path),
    )
