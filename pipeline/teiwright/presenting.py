"""The views of one edition that stands: its pages, its PDF, a copy of its TEI; this runs in a worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from teiwright.clocking import clocked
from teiwright.comparing import corresponding
from teiwright.conversion import Recipe, recipe_of
from teiwright.diagnostics import Diagnostic
from teiwright.digests import state_of_file
from teiwright.encoding import load
from teiwright.extracted import Section
from teiwright.guarding import guarded
from teiwright.model import AS_PRINTED, PrintLayout
from teiwright.project import Project
from teiwright.publishing import Forward, with_forwards
from teiwright.reading import read
from teiwright.rendering import (
    Context,
    Download,
    Neighbour,
    OwnStylesheets,
    Picture,
    Prepared,
    View,
    prepare,
    read_authority,
    read_stylesheets,
    render_prepared,
    source_page,
)
from teiwright.rendering.stylesheets import NONE_OF_ITS_OWN
from teiwright.writing import copy_if_changed, digest_of, write_if_changed

FOLDERS: Mapping[View, str] = {
    **{"html": "html", "print": "pdf"},
    **{"epub": "epub", "text": "text", "docx": "docx", "odt": "odt"},
}
"""Where the files of a view lie in the output folder, side by side so that pages can link to them."""


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OFFERED: Mapping[View, tuple[Download, ...]] = {
    "epub": (Download("EPUB", "../epub/{id}.epub", "application/epub+zip"),),
    "text": (
        Download("Text", "../text/{id}.txt", "text/plain"),
        Download("Markdown", "../text/{id}.md", "text/markdown"),
    ),
    "docx": (Download("Word", "../docx/{id}.docx", _WORD),),
    "odt": (Download("OpenDocument", "../odt/{id}.odt", "application/vnd.oasis.opendocument.text"),),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What all pages of a project have in common, small enough to be sent with every edition."""

    collection: str
    views: tuple[View, ...]
    recipe: Recipe
    fonts: Path | None = None
    sections: tuple[Section, ...] = ()
    address: str = ""
    layout: PrintLayout = AS_PRINTED
    stylesheets: OwnStylesheets = NONE_OF_ITS_OWN
    shows_sources: bool = False
    manifests: str = ""


@dataclass(frozen=True, slots=True)
class Showing:
    """One edition to be shown. ``before`` and ``after`` are id and title of its neighbours in the collection."""

    name: str
    folder: Path
    text: Path
    edition: Path
    id: str
    output: Path
    setting: Setting
    before: tuple[str, str] | None = None
    after: tuple[str, str] | None = None
    forwards: tuple[Forward, ...] = ()
    size: int = 0
    debug: bool = False


@dataclass(slots=True)
class Shown:
    """What was made of an edition: files with their digests."""

    findings: tuple[Diagnostic, ...] = ()
    files: dict[Path, str] = field(default_factory=dict)
    pictures: Mapping[Path, str] = field(default_factory=dict)
    costs: dict[str, int] = field(default_factory=dict)


def show(task: Showing) -> Shown:
    """Render an edition in all views of its project. Whatever goes wrong becomes a finding."""
    shown = Shown()
    shown.findings = guarded(task.edition, lambda: tuple(_views(task, shown)), debug=task.debug)
    return shown


def _views(task: Showing, shown: Shown) -> Iterator[Diagnostic]:
    _put(task.output / "tei" / f"{task.id}.xml", task.edition.read_bytes(), shown)
    neighbours = (around and Neighbour(*around) for around in (task.before, task.after))
    before, after = neighbours
    here = replace(context(task.setting), previous=before, next=after, pictures=task.folder)
    with clocked(shown.costs, "prepare"):
        prepared = prepare(load(task.edition), here)
    yield from prepared.findings
    _put_pictures(task, prepared, shown)
    for view in task.setting.views:
        with clocked(shown.costs, view):
            rendition = render_prepared(prepared, view, here)
        yield from rendition.findings
        for name, data in rendition.files.items():
            _put(task.output / FOLDERS[view] / name, _forwarding(task, name, data), shown)
    if task.setting.shows_sources and prepared.root is not None:
        source = read(task.text)
        name, data = source_page(prepared, source, corresponding(source, prepared.edition), here)
        _put(task.output / FOLDERS["html"] / name, data, shown)


def _forwarding(task: Showing, name: str, data: bytes) -> bytes:
    """A page with the ids that it had and has no more, which lead on."""
    if not task.forwards or not name.endswith(".html"):
        return data
    return with_forwards(data.decode(), task.id, task.forwards).encode()


def _put_pictures(task: Showing, prepared: Prepared, shown: Shown) -> None:
    """Copy the pictures to the pages, and remember those on which the views depend."""
    shown.pictures = {path: state_of_file(path) for path in prepared.pictures.looked_for}
    places: list[tuple[View, str, Picture]] = [("html", picture.name, picture) for picture in prepared.pictures.found]
    places += [("print", quote(picture.name), picture) for picture in prepared.pictures.found if picture.figure]
    for view, name, picture in places:
        if view in task.setting.views:
            place = task.output / FOLDERS[view] / name
            shown.files[place] = copy_if_changed(picture.path, place)


def _put(path: Path, data: bytes, shown: Shown) -> None:
    write_if_changed(path, data)
    shown.files[path] = digest_of(data)


def setting_of(project: Project, sections: tuple[Section, ...]) -> Setting:
    """The setting of a project; ``sections`` are the parts that every page leads to."""
    own = read_stylesheets(project.stylesheets) if project.stylesheets else NONE_OF_ITS_OWN
    known = (project.title, project.views, recipe_of(project), project.fonts, sections, project.address)
    return Setting(*known, project.layout, own, project.shows_sources, project.manifests)


@lru_cache(maxsize=1)
def context(setting: Setting) -> Context:
    """The setting as the stylesheets are told it."""
    offered = [Download("TEI", "../tei/{id}.xml", "application/tei+xml")]
    if "print" in setting.views and find_spec("typst"):
        offered.append(Download("PDF", f"../{FOLDERS['print']}/{{id}}.pdf", "application/pdf"))
    made = [view for view in setting.views if view not in {"docx", "odt"} or find_spec("pypandoc")]
    offered += [download for view in made for download in _OFFERED.get(view, ())]
    return Context(
        collection=setting.collection,
        home="index.html",
        downloads=tuple(offered),
        authority=read_authority(setting.recipe.authority),
        fonts=setting.fonts,
        sections=setting.sections,
        address=setting.address,
        layout=setting.layout,
        stylesheets=setting.stylesheets,
        shows_sources=setting.shows_sources,
        manifests=setting.manifests,
    )
