"""What a project hands to archives: its editions with all that was made of them, their sources and the schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from teiwright.collection import DEPOSIT, VIEWS
from teiwright.dependencies import of_deposit
from teiwright.diagnostics import Diagnostic, Report, Severity
from teiwright.digests import digest_of_file, key_of, key_of_all
from teiwright.guarding import guarded
from teiwright.project import Project
from teiwright.remembered import Memory
from teiwright.resources import schema_folder
from teiwright.state import State

if TYPE_CHECKING:
    from teiwright.depositing import File, Role


def make_deposit(project: Project, state: State, findings: Iterable[Diagnostic]) -> tuple[list[Diagnostic], bool]:
    """The findings of the deposit, and whether it had to be made.

    Nothing is deposited while there is an error: an archive keeps what it is given.
    """
    if not project.deposits or any(finding.code.severity is Severity.ERROR for finding in findings):
        return [], False
    packed = key_of_all((path, digest) for path, step, _, digest in state.files() if step != DEPOSIT)
    sources = key_of_all(state.digest_of(path) for _, path in state.texts())
    parts = of_deposit(project, key_of(packed, sources))
    memory = state.recall(DEPOSIT, "")
    if memory is not None and not any(memory.changed(state.digest_of, parts)):
        return [*memory.findings], False
    found = guarded(project.output, lambda: deposit_project(project, state).findings)
    failed = bool(Report(found).errors)
    files = () if failed else (path for path in sorted(project.deposit_folder.rglob("*")) if path.is_file())
    digests = {project.relative(path): digest_of_file(path) for path in files}
    state.keep(DEPOSIT, "", Memory(None if failed else parts, digests, found))
    return [*found], True


def deposit_project(project: Project, state: State, since: Path | None = None) -> Report:
    """Pack the editions in the output folder with what was made of them, their sources and the schema."""
    from teiwright.depositing import Contents, Done, Wish, deposit, read_header  # noqa: PLC0415

    headers = {path: read_header(path) for path in _editions(project, state)}
    files = [*_files(project, state, {path: header.sha256 for path, header in headers.items()})]
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


def _editions(project: Project, state: State) -> Iterator[Path]:
    """The editions in the output folder, in the order of the texts."""
    for name, _ in state.texts():
        shown = state.recall(VIEWS, name)
        made = (project.folder / path for path in sorted(shown.files if shown else ()))
        yield from (path for path in made if path.is_relative_to(project.output / "tei"))


def _files(project: Project, state: State, digests: Mapping[Path, str]) -> Iterator[File]:
    from teiwright.depositing import File, Role  # noqa: PLC0415

    ids = {known.name: known.id for known in state.editions()}
    for name, place in state.texts():
        text = project.folder / place
        for source in (text, text.with_suffix(".toml")):
            if source.is_file() or source.is_symlink():
                yield File(Role.SOURCE, source.name, source, ids.get(name))
    for made, step, name, _ in state.files():
        path = project.folder / made
        if step != DEPOSIT and path.is_relative_to(project.output):
            folder, _, inside = path.relative_to(project.output).as_posix().partition("/")
            document = ids.get(name) if step == VIEWS else None
            if inside:  # what lies above the folders only leads into them, and the package has folders of its own
                yield File(_role_of(folder), inside, path, document, digests.get(path))
    yield from (File(_role_of_schema(name), name, path) for name, path in _schema(project).items())


def _role_of(folder: str) -> Role:
    """What is in a folder of the output: a form of the text, or what goes with its web pages."""
    from teiwright.depositing import Role  # noqa: PLC0415

    printed, office = {"pdf": Role.PDF, "book": Role.BOOK}, {"docx": Role.DOCX, "odt": Role.ODT}
    forms = {"tei": Role.TEI, "epub": Role.EPUB, "text": Role.TEXT, "data": Role.DATA, **printed, **office}
    return forms.get(folder, Role.HTML)


def _role_of_schema(name: str) -> Role:
    from teiwright.depositing import Role  # noqa: PLC0415

    return Role.DOCUMENTATION if name.endswith((".md", ".html")) else Role.SCHEMA


def _schema(project: Project) -> dict[str, Path]:
    folder = schema_folder()
    files = {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*")) if p.is_file()}
    # The bag has a README of its own.
    files = {("schema.md" if name == "README.md" else name): path for name, path in files.items()}
    return {**files, project.schema.name: project.schema} if project.schema else files
