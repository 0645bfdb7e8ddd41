"""What files are held against in one run, and where their pointers may lead."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from teiwright.project import Project


@dataclass(frozen=True, slots=True)
class Terms:
    """The same for all files of a run.

    Without ``schemas`` each file is held against those that it names itself (``<?xml-model?>``), of which
    ``catalog`` has local copies; a file that names none, against our own law.
    ``trusted`` are files and folders outside the project that schemas may include and pointers may lead to;
    ``keeps`` is whether compiled schemas are kept from run to run.
    """

    schemas: tuple[Path, ...] = ()
    catalog: tuple[tuple[str, Path], ...] = ()
    phase: str | None = None
    rules: bool = True
    engines: tuple[str, ...] = ("lxml",)
    trusted: tuple[Path, ...] = ()
    keeps: bool = True

    def within(self, project: Project | None) -> Terms:
        """With what the project file says where the command line says nothing."""
        if project is None:
            return self
        check = project.check
        named = check.schemas or ((project.schema,) if project.schema else ())
        authority = (path for path in (project.persons, project.places) if path)
        return Terms(
            schemas=self.schemas or named,
            catalog=(*self.catalog, *check.catalog),
            phase=self.phase or check.phase,
            rules=self.rules,
            engines=self.engines,
            trusted=(*self.trusted, *check.trust, *authority),
            keeps=self.keeps,
        )
