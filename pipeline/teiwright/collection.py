"""What is made of all editions of a project together: the index and the deposit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from teiwright.diagnostics import Diagnostic, Report, Severity
from teiwright.guarding import guarded
from teiwright.project import Project
from teiwright.resources import schema_folder
from teiwright.state import Memory, digest_of_file, key_of, recall, remember
from teiwright.writing import write_if_changed

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
    if not any(finding.code.severity is Severity.ERROR for finding in findings):
        steps["deposit"] = partial(_deposit, project, memories)
    made = [(memory.key, sorted(memory.files.items())) for _, memory in sorted(memories.items())]
    key = key_of(settings, project.deposit, project.packed, made)
    found: list[Diagnostic] = []
    taken: list[str] = []
    for name, step in steps.items():
        memory = recall(project.state / f"{name}.json", project.folder)
        if memory is None or not memory.holds(project.folder, key):
            memory = _taken(project, name, key, step)
            taken.append(name)
        found += memory.findings
    return found, taken


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
    made = [project.folder / name for memory in memories.values() for name in memory.files]
    yield from deposit_project(project, sorted(memories), made).findings
    bag = project.output / project.deposit.name
    files += [path for path in sorted(bag.rglob("*")) if path.is_file()]
    files += [bag.with_name(f"{bag.name}.zip")] if project.deposit.zip else []


def deposit_project(project: Project, texts: Iterable[Path], made: Iterable[Path]) -> Report:
    """Pack the editions in the output folder with what was made of them, their sources and the schema."""
    from teiwright.depositing import BagInfo, Contents, deposit  # noqa: PLC0415
    from teiwright.encoding import load  # noqa: PLC0415

    files = {**_outputs(project, made), **_sources(texts), **_authority(project), **_schema(project)}
    if "html" in project.views and _index_page(project).is_file():
        files["html/index.html"] = _index_page(project)
    editions = [path for name, path in sorted(files.items()) if str(PurePosixPath(name).parent) == "tei"]
    settings = project.deposit
    info = BagInfo(
        organization=settings.organization or project.publisher,
        contact_name=settings.contact_name,
        contact_email=settings.contact_email,
        description=settings.description,
        identifier=settings.identifier,
        date=project.packed,
    )
    contents = Contents(project.title, tuple(map(load, editions)), files, info)
    return deposit(contents, project.output / settings.name, as_zip=settings.zip)


def _outputs(project: Project, made: Iterable[Path]) -> dict[str, Path]:
    inside = (path for path in made if path.is_relative_to(project.output))
    return {path.relative_to(project.output).as_posix(): path for path in inside}


def _sources(texts: Iterable[Path]) -> dict[str, Path]:
    from teiwright.depositing import safe_name  # noqa: PLC0415

    pairs = (path for text in texts for path in (text, text.with_suffix(".toml")))
    return {f"sources/{safe_name(path.name)}": path for path in pairs if path.is_file()}


def _authority(project: Project) -> dict[str, Path]:
    """At the same place as in the project if they lie among the editions, which refer to them."""
    files = {}
    for path in filter(None, (project.persons, project.places)):
        inside = path.is_relative_to(project.editions)
        files[f"tei/{path.relative_to(project.editions).as_posix() if inside else f'authority/{path.name}'}"] = path
    return files


def _schema(project: Project) -> dict[str, Path]:
    folder = schema_folder()
    files = {f"schema/{p.relative_to(folder).as_posix()}": p for p in sorted(folder.rglob("*")) if p.is_file()}
    return {**files, f"schema/{project.schema.name}": project.schema} if project.schema else files
