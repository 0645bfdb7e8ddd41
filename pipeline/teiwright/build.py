"""All editions of a project, from reading to the deposit; only what changed is made anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from teiwright.accepting import accept, not_needed
from teiwright.collection import Memories, make_collection
from teiwright.diagnostics import Code, Diagnostic, Location, Report
from teiwright.project import Project
from teiwright.state import (
    Memory,
    alone,
    digest_of_file,
    digest_of_files,
    digest_of_program,
    key_of,
    recall,
    remember,
)
from teiwright.writing import add_to_record, read_record, sweep, write_record

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from teiwright.conversion import Recipe
    from teiwright.document import Made, Task
    from teiwright.model import Metadata

Item = TypeVar("Item")


class Progress(Protocol):
    """Shows how far a run is while it passes the items on."""

    def __call__(self, items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
        """The same items."""


def silently(items: Iterable[Item], total: int, what: str) -> Iterator[Item]:  # noqa: ARG001 (a Progress)
    """Shows nothing."""
    return iter(items)


@dataclass(frozen=True, slots=True)
class Row:
    """One document of the summary. ``fresh`` if it was made in this build and not in an earlier one."""

    name: str
    figures: Mapping[str, int]
    errors: int
    warnings: int
    accepted: int
    fresh: bool


@dataclass(frozen=True, slots=True)
class Build:
    """What a build found, and the steps it took: documents by their name, ``index``, ``deposit``.

    ``memories`` has what became of each text.
    """

    report: Report
    rows: tuple[Row, ...]
    taken: tuple[str, ...]
    memories: Memories


def build(
    project: Project,
    jobs: int | None = None,
    executor: Executor | None = None,
    progress: Progress = silently,
    *,
    debug: bool = False,
) -> Build:
    """Build a project; what has not changed since the last build is left as it stands.

    Any number of workers, and any ``executor``, make the same bytes.
    """
    with alone(project.state):
        return _built(project, jobs, executor, progress, debug=debug)


def _built(project: Project, jobs: int | None, executor: Executor | None, progress: Progress, *, debug: bool) -> Build:
    settings = _settings(project)
    table = _table(project)
    documents = _documents(project, settings, table)
    memories, taken = _make(project, documents, jobs, executor, progress, debug=debug)
    memories = dict(sorted(memories.items()))
    findings = [finding for memory in memories.values() for finding in memory.findings]
    findings += _clashes(project, documents, memories)
    findings += _without_source(project, documents)
    findings += _without_text(project, documents, table)
    together, steps = make_collection(project, settings, memories, findings)
    findings += together
    taken += steps
    told = accept(findings, project.accepted)
    rows = tuple(_row(document, memories[document.text], told, taken) for document in documents)
    report = Report.of([*told.values(), *not_needed(findings, project.accepted)])
    return Build(report, rows, tuple(taken), memories)


@dataclass(frozen=True, slots=True)
class _Document:
    """One source text, where its edition lies, and the key of all that it depends on."""

    text: Path
    edition: Path
    memory: Path
    key: str
    metadata: Metadata | None


def _settings(project: Project) -> str:
    """One digest for all that every document depends on."""
    named = ((project.persons, project.places), (project.schema,), (project.fonts,))
    digests = [digest_of_files(path for path in paths if path) for paths in named]
    said = (project.title, project.publisher, project.published, project.licence, project.views, project.conventions)
    return key_of(digest_of_program(), *digests, *said)


def _documents(project: Project, settings: str, table: Mapping[str, Metadata]) -> list[_Document]:
    documents = []
    for text in project.texts():
        metadata = table.get(text.name) or table.get(text.stem)
        beside = [text.with_suffix(".toml"), text.with_suffix(".decisions.csv"), text.with_name("decisions.csv")]
        key = key_of(settings, digest_of_file(text), *map(digest_of_file, beside), metadata)
        memory = project.state / "documents" / f"{text.stem}.json"
        documents.append(_Document(text, project.editions / f"{text.stem}.xml", memory, key, metadata))
    return documents


def _table(project: Project) -> Mapping[str, Metadata]:
    if project.metadata is None:
        return {}
    from teiwright.reading import read_table  # noqa: PLC0415 (only where there is a table)

    return read_table(project.metadata)


def _make(
    project: Project,
    documents: Sequence[_Document],
    jobs: int | None,
    executor: Executor | None,
    progress: Progress,
    *,
    debug: bool,
) -> tuple[Memories, list[str]]:
    """The memory of each document, and the names of those that had to be made."""
    recalled = ((document, recall(document.memory, project.folder)) for document in documents)
    memories = {d.text: m for d, m in recalled if m is not None and m.holds(project.folder, d.key)}
    stale = [document for document in documents if document.text not in memories]
    if stale:
        for folder in (project.editions, project.state / "documents", *project.output.glob("*")):
            sweep(folder)
    record = read_record(project.editions)
    for document, made in _made(project, stale, record, jobs, executor, progress, debug=debug) if stale else ():
        if made.written and made.written != record.get(document.edition.name):
            record[document.edition.name] = made.written
            # before the document is remembered: a run killed between the two must not leave it unrecorded
            add_to_record(project.editions, document.edition.name, made.written)
        memories[document.text] = _kept(project, document, made)
    write_record(project.editions, record)  # in order, also what a killed run left as it came
    return memories, [document.text.stem for document in stale]


def _made(
    project: Project,
    stale: Sequence[_Document],
    record: Mapping[str, str],
    jobs: int | None,
    executor: Executor | None,
    progress: Progress,
    *,
    debug: bool,
) -> Iterator[tuple[_Document, Made]]:
    # Imported here, as a build that finds nothing changed needs none of the stages.
    from teiwright.document import Made, make, recipe_of  # noqa: PLC0415
    from teiwright.guarding import crashed  # noqa: PLC0415
    from teiwright.parallel import default_jobs, run_all  # noqa: PLC0415

    recipe = recipe_of(project)
    tasks = [_task(project, document, record, recipe, debug=debug) for document in stale]
    results = run_all(make, tasks, lambda task: Made((crashed(task.text),)), jobs or default_jobs(), executor)
    for index, made in progress(results, len(tasks), "documents"):
        yield stale[index], made


def _task(project: Project, document: _Document, record: Mapping[str, str], recipe: Recipe, *, debug: bool) -> Task:
    from teiwright.document import Task  # noqa: PLC0415

    return Task(
        text=document.text,
        edition=document.edition,
        recorded=record.get(document.edition.name),
        metadata=document.metadata,
        recipe=recipe,
        schema=project.schema,
        views=project.views,
        fonts=project.fonts,
        output=project.output,
        collection=project.title,
        debug=debug,
    )


_NOT_REMEMBERED = frozenset({Code.OUR_BUG, Code.NOT_FOUND, Code.NOT_READABLE, Code.NOT_WRITABLE})
"""What may be over by the next build although no file of the project changed."""


def _kept(project: Project, document: _Document, made: Made) -> Memory:
    files = {project.relative(path): digest for path, digest in made.files.items()}
    memory = Memory(document.key, files, made.findings, made.figures, made.summary)
    if any(finding.code in _NOT_REMEMBERED for finding in made.findings):
        document.memory.unlink(missing_ok=True)
    else:
        remember(document.memory, memory, project.folder)
    return memory


def _clashes(project: Project, documents: Sequence[_Document], memories: Memories) -> Iterator[Diagnostic]:
    """Texts whose metadata give them the same id, so that one's pages would take the place of the other's."""
    owners = {"index": project.output / "html" / "index.html"} if "html" in project.views else {}
    for document in documents:
        identifier = memories[document.text].summary.get("id", "").casefold()
        other = owners.setdefault(identifier, document.text) if identifier else document.text
        if other != document.text:
            message = f"what is made of this text, with the id `{identifier}`, would take the place of `{other}`"
            hint = "give it another id in its metadata"
            yield Diagnostic(Code.SAME_NAME, Location(str(document.text)), message, hint)


def _without_source(project: Project, documents: Sequence[_Document]) -> Iterator[Diagnostic]:
    known = {document.edition.name for document in documents}
    for name in sorted(read_record(project.editions)):
        if name not in known and (project.editions / name).is_file():
            yield Diagnostic(
                Code.SOURCE_GONE,
                Location(str(project.editions / name)),
                "the text of this edition is no longer among the sources; the edition is kept as it is",
                "put the text back, or delete the edition and what was made of it",
            )


def _without_text(
    project: Project, documents: Sequence[_Document], table: Mapping[str, Metadata]
) -> Iterator[Diagnostic]:
    names = {name for document in documents for name in (document.text.name, document.text.stem)}
    for name in sorted(set(table) - names):
        yield Diagnostic(
            Code.NOT_FOUND,
            Location(str(project.metadata)),
            f"the table speaks of `{name}`, which is not among the texts",
            "correct the name, or remove the line",
        )


def _row(document: _Document, memory: Memory, told: Mapping[Diagnostic, Diagnostic], taken: Sequence[str]) -> Row:
    report = Report.of(told[finding] for finding in memory.findings)
    fresh = document.text.stem in taken
    return Row(document.text.stem, memory.figures, report.errors, report.warnings, report.accepted, fresh)
