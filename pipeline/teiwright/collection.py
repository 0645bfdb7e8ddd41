"""What is made of all editions of a project together: the index and the deposit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from teiwright.deposit_settings import DepositSettings
from teiwright.diagnostics import Diagnostic, Report, Severity
from teiwright.guarding import guarded
from teiwright.project import Project
from teiwright.resources import schema_folder
from teiwright.state import Memory, digest_of_file, key_of, recall, remember
from teiwright.writing import write_if_changed

if TYPE_CHECKING:
    from teiwright.depositing import File, Role

Memories = Mapping[Path, Memory]
"""What became of each text."""

_Step = Callable[[list[Path]], Iterable[Diagnostic]]
"""Adds the files that it makes to the list."""


def make_collection(
    project: Project, settings: str, memories: Memories, findings: Sequence[Diagnostic]
) -> tuple[list[Diagnostic], list[str]]:
    """The findings of the index and the deposit, and which of the two had to be made.

    Nothing is deposited while there is an error: an archive keeps what it is given.
    """
    steps: dict[str, _Step] = {}
    if "html" in project.views and _may_index(project, memories):
        steps["index"] = partial(_index, project, memories)
    if project.deposits and not any(finding.code.severity is Severity.ERROR for finding in findings):
        steps["deposit"] = partial(_deposit, project, memories)
    made = [(memory.key, sorted(memory.files.items())) for _, memory in sorted(memories.items())]
    key = key_of(settings, _without_place(project), project.packed, made)
    found: list[Diagnostic] = []
    taken: list[str] = []
    for name, step in steps.items():
        memory = recall(project.state / f"{name}.json", project.folder)
        if memory is None or not memory.holds(project.folder, key):
            memory = _taken(project, name, key, step)
            taken.append(name)
        found += memory.findings
    return found, taken


def _without_place(project: Project) -> DepositSettings:
    """The settings of the deposit, wherever the project's file lies."""
    settings = project.deposit
    folder, ocfl = (path and Path(project.relative(path)) for path in (settings.folder, settings.ocfl))
    return replace(settings, statement=replace(settings.statement, place="", line=0), folder=folder, ocfl=ocfl)


def _may_index(project: Project, memories: Memories) -> bool:
    """An index that stands is not replaced by one that lacks the documents which failed this time."""
    made = [bool(memory.summary) for memory in memories.values()]
    return all(made) or (any(made) and not _index_page(project).exists())


def _index_page(project: Project) -> Path:
    return project.output / "html" / "index.html"


def _taken(project: Project, name: str, key: str, step: _Step) -> Memory:
    files: list[Path] = []
    found = guarded(project.output, lambda: tuple(step(files)))
    digests = {project.relative(path): digest_of_file(path) for path in files}
    memory = Memory(key, digests, found)
    if not Report(found).errors:
        remember(project.state / f"{name}.json", memory, project.folder)
    return memory


def _index(project: Project, memories: Memories, files: list[Path]) -> Iterator[Diagnostic]:
    # Imported here, as a build that finds nothing changed needs none of the stages.
    from teiwright.document import FOLDERS, context, recipe_of  # noqa: PLC0415
    from teiwright.rendering import Summary, render_index  # noqa: PLC0415

    summaries = [Summary(**memory.summary) for memory in memories.values() if memory.summary]
    setting = context(project.title, project.views, recipe_of(project), project.fonts)
    rendition = render_index(summaries, "html", setting)
    made = {f"{FOLDERS['html']}/{name}": data for name, data in rendition.files.items()}
    # The TEI that pages offer refers to these.
    made |= {name: path.read_bytes() for name, path in _authority(project).items()}
    for name, data in made.items():
        files.append(project.output / name)
        write_if_changed(files[-1], data)
    yield from rendition.findings


def _deposit(project: Project, memories: Memories, files: list[Path]) -> Iterator[Diagnostic]:
    yield from deposit_project(project, memories).findings
    files += [path for path in sorted(project.deposit_folder.rglob("*")) if path.is_file()]


def deposit_project(project: Project, memories: Memories, since: Path | None = None) -> Report:
    """Pack the editions in the output folder with what was made of them, their sources and the schema."""
    from teiwright.depositing import Contents, Done, Wish, deposit, read_header  # noqa: PLC0415

    headers = {path: read_header(path) for path in _editions(project, memories)}
    files = [*_files(project, memories, {path: header.sha256 for path, header in headers.items()})]
    settings = project.deposit
    checked = "Each edition was checked against its schema and rules, and compared word by word with its source"
    done = (
        Done("validation", f"{checked}. {_UNDATED}", "no errors"),
        Done("message digest calculation", f"SHA-256 and SHA-512 of every file. {_UNDATED}", ""),
    )
    contents = Contents(settings.statement, tuple(headers.values()), tuple(files), done, project.packed)
    wish = Wish(settings.target, settings.form, settings.zip, since, settings.ocfl)
    return deposit(contents, project.deposit_folder, wish)


_UNDATED = "The time is the edition's date, as no clock was asked."


def _editions(project: Project, memories: Memories) -> Iterator[Path]:
    for _, memory in sorted(memories.items()):
        made = (project.folder / name for name in sorted(memory.files))
        yield from (path for path in made if path.is_relative_to(project.output / "tei"))


def _files(project: Project, memories: Memories, digests: Mapping[Path, str]) -> Iterator[File]:
    from teiwright.depositing import File, Role  # noqa: PLC0415

    roles = {"tei": Role.TEI, "html": Role.HTML, "pdf": Role.PDF}
    for text, memory in sorted(memories.items()):
        document = memory.summary.get("id")
        for source in (text, text.with_suffix(".toml")):
            if source.is_file() or source.is_symlink():
                yield File(Role.SOURCE, source.name, source, document)
        for path in (project.folder / name for name in sorted(memory.files)):
            if path.is_relative_to(project.output):
                folder, _, name = path.relative_to(project.output).as_posix().partition("/")
                yield File(roles[folder], name, path, document, digests.get(path))
    if "html" in project.views and _index_page(project).is_file():
        yield File(Role.HTML, "index.html", _index_page(project))
    yield from (File(Role.TEI, name.removeprefix("tei/"), path) for name, path in _authority(project).items())
    yield from (File(_role_of_schema(name), name, path) for name, path in _schema(project).items())


def _role_of_schema(name: str) -> Role:
    from teiwright.depositing import Role  # noqa: PLC0415

    return Role.DOCUMENTATION if name.endswith((".md", ".html")) else Role.SCHEMA


def _authority(project: Project) -> dict[str, Path]:
    """At the same place as in the project if they lie among the editions, which refer to them."""
    files = {}
    for path in filter(None, (project.persons, project.places)):
        inside = path.is_relative_to(project.editions)
        files[f"tei/{path.relative_to(project.editions).as_posix() if inside else f'authority/{path.name}'}"] = path
    return files


def _schema(project: Project) -> dict[str, Path]:
    folder = schema_folder()
    files = {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*")) if p.is_file()}
    # The bag has a README of its own.
    files = {("schema.md" if name == "README.md" else name): path for name, path in files.items()}
    return {**files, project.schema.name: project.schema} if project.schema else files
