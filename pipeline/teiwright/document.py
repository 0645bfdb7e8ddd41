"""One document of a build, from its text to its pages; this runs in a worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from teiwright.checking import check
from teiwright.comparing import compare_and_account
from teiwright.conversion import Conversion, Recipe, convert
from teiwright.diagnostics import Diagnostic
from teiwright.encoding import Publication, load
from teiwright.guarding import guarded
from teiwright.model import Edition, Licence, Metadata
from teiwright.project import Project
from teiwright.rendering import Context, Download, View, read_authority, render_edition, summarise
from teiwright.state import digest_of_files
from teiwright.writing import digest_of, write_if_changed, write_unless_edited

_TEI = "{http://www.tei-c.org/ns/1.0}"
FOLDERS: Mapping[View, str] = {"html": "html", "print": "pdf"}
"""Where the files of a view lie in the output folder, side by side so that pages can link to them."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker needs to know. ``recorded`` is the digest of what was last written to ``edition``."""

    text: Path
    edition: Path
    recorded: str | None
    metadata: Metadata | None
    recipe: Recipe
    schema: Path | None
    views: tuple[View, ...]
    output: Path
    collection: str
    fonts: Path | None = None
    debug: bool = False


@dataclass(slots=True)
class Made:
    """What became of one document. ``written`` is the digest of the edition if teiwright wrote it."""

    findings: tuple[Diagnostic, ...] = ()
    written: str | None = None
    files: dict[Path, str] = field(default_factory=dict)
    figures: dict[str, int] = field(default_factory=dict)
    summary: dict[str, str] = field(default_factory=dict)


def make(task: Task) -> Made:
    """Make, check, compare and render one edition. Whatever goes wrong becomes a finding."""
    made = Made()
    made.findings = guarded(task.text, lambda: tuple(_steps(task, made)), debug=task.debug)
    return made


def _steps(task: Task, made: Made) -> Iterator[Diagnostic]:
    conversion = convert(task.text, task.metadata, task.recipe)
    yield from conversion.findings
    yield from _write(task, conversion, made)
    # From here on the file counts, not what we meant to write: a person may have edited it.
    data = task.edition.read_bytes()
    made.files[task.edition] = digest_of(data)
    edition = load(task.edition)
    summary = summarise(edition)
    made.summary = asdict(summary)
    made.figures = figures(edition)
    _put(task.output / "tei" / f"{summary.id}.xml", data, made)
    yield from edition.findings
    yield from check(edition, task.schema, trusted=task.recipe.authority).findings
    report, account = compare_and_account(conversion.draft.source, edition)
    made.figures["words"] = account.edition_words
    yield from report.findings
    for view in task.views:
        yield from _render(task, edition, view, made)


def _write(task: Task, conversion: Conversion, made: Made) -> Iterator[Diagnostic]:
    if kept := write_unless_edited(task.edition, conversion.data, task.recorded):
        yield kept
    else:
        made.written = digest_of(conversion.data)


def _render(task: Task, edition: Edition, view: View, made: Made) -> Iterator[Diagnostic]:
    rendition = render_edition(edition, view, context(task.collection, task.views, task.recipe, task.fonts))
    yield from rendition.findings
    for name, data in rendition.files.items():
        _put(task.output / FOLDERS[view] / name, data, made)


def _put(path: Path, data: bytes, made: Made) -> None:
    write_if_changed(path, data)
    made.files[path] = digest_of(data)


def recipe_of(project: Project) -> Recipe:
    """What a project says of all its editions."""
    publication = Publication(project.publisher, project.published, Licence(*project.licence))
    stamp = digest_of_files([path for path in (project.persons, project.places) if path])
    recipe = Recipe.of(project.editions, project.persons, project.places, publication, stamp)
    return replace(recipe, conventions=project.conventions)


@lru_cache(maxsize=1)
def context(collection: str, views: tuple[View, ...], recipe: Recipe, fonts: Path | None) -> Context:
    """What all pages of a project have in common."""
    offered = [Download("TEI", "../tei/{id}.xml", "application/tei+xml")]
    if "print" in views and find_spec("typst"):
        offered.append(Download("PDF", f"../{FOLDERS['print']}/{{id}}.pdf", "application/pdf"))
    return Context(collection, "index.html", tuple(offered), read_authority(recipe.authority), fonts)


def figures(edition: Edition) -> dict[str, int]:
    """How much of what an edition has; its words are counted by the comparison."""
    text = edition.tree.getroot().find(f"{_TEI}text")
    if text is None:
        return {}
    return {
        "notes": sum(1 for _ in text.iter(f"{_TEI}note")),
        "pages": sum(1 for _ in text.iter(f"{_TEI}pb")),
        "names": sum(1 for _ in text.iter(f"{_TEI}persName", f"{_TEI}placeName")),
    }
