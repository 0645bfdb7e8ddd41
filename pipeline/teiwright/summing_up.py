"""What a build has to say beside what its steps found: rows for the summary, and what does not fit together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from teiwright.accepting import Accepted
from teiwright.collection import VIEWS
from teiwright.diagnostics import Code, Diagnostic, Location, Report
from teiwright.planning import EDITION
from teiwright.project import Project
from teiwright.recording import Record
from teiwright.state import State

if TYPE_CHECKING:
    from teiwright.model import Metadata


@dataclass(frozen=True, slots=True)
class Row:
    """One document of the summary. ``fresh`` if it was made or shown in this build and not in an earlier one."""

    name: str
    figures: Mapping[str, int]
    errors: int
    warnings: int
    accepted: int
    fresh: bool


def of_documents(state: State) -> Iterator[Diagnostic]:
    """What was found in all documents, now or earlier."""
    for _, findings in state.findings(EDITION, VIEWS):
        yield from findings


def findings_of(state: State, name: str) -> Iterator[Diagnostic]:
    """What was found in one document, now or earlier."""
    for step in (EDITION, VIEWS):
        if memory := state.recall(step, name):
            yield from memory.findings


def not_fitting(project: Project, state: State, table: Mapping[str, Metadata]) -> Iterator[Diagnostic]:
    """What does not fit together: ids, editions and texts, the table of metadata and texts."""
    yield from _clashes(project, state)
    yield from _without_source(project, state)
    yield from _without_text(project, state, table)


def _clashes(project: Project, state: State) -> Iterator[Diagnostic]:
    """Texts whose metadata give them the same id, so that one's pages would take the place of the other's."""
    for name, identifier, owner in state.clashing():
        other = project.folder / state.path_of_text(owner) if owner else project.output / "html" / "index.html"
        message = f"what is made of this text, with the id `{identifier}`, would take the place of `{other}`"
        where = Location(str(project.folder / state.path_of_text(name)))
        yield Diagnostic(Code.SAME_NAME, where, message, "give it another id in its metadata")


def _without_source(project: Project, state: State) -> Iterator[Diagnostic]:
    """Editions of which the text is gone."""
    editions = project.editions
    with closing(Record(editions)) as record:
        recorded = (name.removesuffix(".xml") for name in record if name.endswith(".xml"))
        for name in map("{}.xml".format, state.without(recorded)):
            if (editions / name).is_file():
                yield Diagnostic(
                    Code.SOURCE_GONE,
                    Location(str(editions / name)),
                    "the text of this edition is no longer among the sources; the edition is kept as it is",
                    "put the text back, or delete the edition",
                )


def _without_text(project: Project, state: State, table: Mapping[str, Metadata]) -> Iterator[Diagnostic]:
    """What the table of metadata says of texts that are not there."""
    names = {name for stem, path in (state.texts() if table else ()) for name in (Path(path).name, stem)}
    for name in sorted(set(table) - names):
        yield Diagnostic(
            Code.NOT_FOUND,
            Location(str(project.metadata)),
            f"the table speaks of `{name}`, which is not among the texts",
            "correct the name, or remove the line",
        )


def rows_of(state: State, accepted: Accepted) -> Iterator[Row]:
    """The rows of all documents."""
    found = groupby(state.findings(EDITION, VIEWS), key=itemgetter(0))  # as the rows, in the order of names
    name, findings = next(found, _NOTHING)
    for document, figures, is_fresh in state.figures(EDITION):
        report = Report()
        if document == name:
            report = Report.of(accepted.told(finding) for _, some in findings for finding in some)
            name, findings = next(found, _NOTHING)
        yield Row(document, figures, report.errors, report.warnings, report.accepted, is_fresh)


_NOTHING: tuple[str, Iterable[tuple[str, tuple[Diagnostic, ...]]]] = ("", ())
"""Behind the last document of which there are findings."""
