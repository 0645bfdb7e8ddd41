"""What is made of all editions of a project together: steps, each a function from the collection to files.

``taking.py`` takes those that are wanted.

To add a step, add one line to ``STEPS``. Its function is handed the ``Collection`` and yields files one by one
(``extracted.Files``: path relative to the output folder, and bytes), and findings between them if it has any.
It is taken again when an extract, the site, the program or what ``depends`` names has changed;
what it no longer makes is removed; if it fails, that is a finding, and what it made before stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from teiwright.dependencies import authority_files, joined, of_collection
from teiwright.diagnostics import Diagnostic
from teiwright.digests import digest_of_file, digest_of_files, key_of
from teiwright.extracted import AsBefore, Section, Shelf, Site
from teiwright.guarding import guarded
from teiwright.project import Project
from teiwright.remembered import Parts
from teiwright.state import State

if TYPE_CHECKING:
    from teiwright.rendering import Context

VIEWS = "views"
"""The step that makes the views of one edition."""

DEPOSIT = "deposit"

SEARCH = "search"

Output = Iterator[tuple[str, bytes] | AsBefore | Diagnostic]
"""Files, and findings between them."""


@dataclass(frozen=True)
class Collection:
    """What a step may look at. ``extracts`` reads them afresh, one at a time, each time that it is called."""

    project: Project
    sections: tuple[Section, ...]
    extracts: Shelf

    def notes(self, step: str) -> Path:
        """The notebook of a step, of which nothing is left if more has changed than editions."""
        return self.project.state / f"{step}.sqlite"

    @cached_property
    def context(self) -> Context:
        """What all its pages have in common."""
        from teiwright.presenting import context, setting_of  # noqa: PLC0415 (see `taking`)

        return context(setting_of(self.project, self.sections))

    @cached_property
    def site(self) -> Site:
        """The collection as a whole, with the entries of the authority files."""
        from teiwright.rendering import read_authority  # noqa: PLC0415 (see `taking`)
        from teiwright.rendering.entries import read_entries, read_merged  # noqa: PLC0415

        project = self.project
        authority = read_authority(authority_files(project))
        return Site(
            title=project.title,
            publisher=project.publisher or "",
            published=project.published or "",
            licence=project.licence[0] or project.licence[1] or "",
            address=project.address,
            entries=read_entries(authority),
            merged=read_merged(authority),
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """All editions as steps may see them, by digests: with their texts, without these, with all of their markup."""

    extracts: str
    outlines: str
    markup: str

    @classmethod
    def of(cls, state: State) -> Seen:
        """As they are now. Many are looked at, so that this is to be asked once."""
        extracts, outlines, markup = sha256(), sha256(), sha256()
        for known in state.editions():
            named = key_of(known.id, known.title)
            extracts.update(f"{named}{known.extract_digest}".encode())
            outlines.update(f"{named}{known.outline_digest}".encode())
            markup.update(f"{named}{known.digest}".encode())
        return cls(extracts.hexdigest(), outlines.hexdigest(), markup.hexdigest())


def _editions_of(seen: Seen) -> Parts:
    return {EDITIONS: seen.extracts}


EDITIONS = "the editions"
"""What these are a step may have noted, so that it looks only at those that changed."""


def _outlines_of(seen: Seen) -> Parts:
    return {EDITIONS: seen.outlines}


def _markup_of(seen: Seen) -> Parts:
    """What is not in the extracts, too, such as emphasis."""
    return joined(_editions_of(seen), {"the markup of the editions": seen.markup})


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is made of the collection, for projects that want it.

    ``depends`` names what it depends on beside the collection;
    ``sections`` are those of its pages to which the navigation of all pages leads.
    It ``reads`` the extracts, or less or more of the editions than these have; ``joins`` says which files of
    single editions it puts together, by their paths; one of them may be missing this time.
    """

    name: str
    make: Callable[[Collection], Output]
    wanted: Callable[[Project], bool] = lambda _: True
    depends: Callable[[Project], Parts] = lambda _: {}
    sections: Callable[[Collection], tuple[Section, ...]] = lambda _: ()
    reads: Callable[[Seen], Parts] = _editions_of
    joins: Callable[[str], bool] | None = None


def _sections_of_site(collection: Collection) -> tuple[Section, ...]:
    from teiwright.publishing import sections_of  # noqa: PLC0415 (see `taking`)

    return sections_of(collection.extracts.outlines, collection.site)


def _site(collection: Collection) -> Output:
    """Home page, indexes, feeds."""
    from teiwright.publishing import Setting, publish, read_registry  # noqa: PLC0415 (see `taking`)
    from teiwright.rendering import frame  # noqa: PLC0415

    context = collection.context
    registered = read_registry(collection.project.permalinks).here
    offered = {download.label: download.href for download in context.downloads}
    setting = Setting(context.sections, offered, _whole_edition(collection.project), registered)
    return publish(collection.extracts, collection.site, frame(context), setting, collection.notes("site"))


def _whole_edition(project: Project) -> Mapping[str, str]:
    """The files of the whole edition that the home page offers."""
    made = {
        "PDF": "book" in project.wholes and find_spec("typst"),
        "EPUB": "epub" in project.views,
        "data": "data" in project.wholes,
    }
    places = {"PDF": "../book/book.pdf", "EPUB": "../book/book.epub", "data": "../data/datapackage.json"}
    return {label: place for label, place in places.items() if made[label]}


def _permalinks(collection: Collection) -> Output:
    """What stands at published addresses that moved or are gone."""
    from teiwright.publishing import keep_permalinks, read_registry  # noqa: PLC0415 (see `taking`)
    from teiwright.rendering import frame  # noqa: PLC0415

    registry = read_registry(collection.project.permalinks)
    return keep_permalinks(registry, collection.extracts, collection.site, frame(collection.context))


def _registry_of(project: Project) -> Parts:
    return {"the registry of published addresses": digest_of_file(project.permalinks)}


def _of_site(project: Project) -> Parts:
    offered = key_of(bool(find_spec("typst")), bool(find_spec("pypandoc")), _whole_edition(project))
    return joined(_registry_of(project), {"what the home page offers": offered})


def has_pages(project: Project) -> bool:
    """Whether there are web pages."""
    return "html" in project.views


def _authority(collection: Collection) -> Output:
    """The authority files, to which the TEI in the output folder refers.

    At the same place as in the project if they lie among the editions, which refer to them.
    """
    project = collection.project
    for path in authority_files(project):
        inside = path.is_relative_to(project.editions)
        name = path.relative_to(project.editions).as_posix() if inside else f"authority/{path.name}"
        if path.is_file():
            yield f"tei/{name}", path.read_bytes()


def _has_search(project: Project) -> bool:
    return has_pages(project) and "search" in project.wholes


def _sections_of_pictures(collection: Collection) -> tuple[Section, ...]:
    from teiwright.publishing.picturing import pictured  # noqa: PLC0415 (see `taking`)

    return pictured(collection.extracts.outlines)


def _pictures(collection: Collection) -> Output:
    """Documents in time, and who wrote to whom."""
    from teiwright.publishing.picturing import pictures  # noqa: PLC0415 (see `taking`)
    from teiwright.rendering import frame  # noqa: PLC0415

    return pictures(collection.extracts.outlines, collection.site, frame(collection.context))


def _search(collection: Collection) -> Output:
    from teiwright.publishing.searching import search  # noqa: PLC0415 (see `taking`)
    from teiwright.rendering import frame  # noqa: PLC0415

    return search(collection.extracts, collection.site, frame(collection.context), collection.notes("search"))


def _book(collection: Collection) -> Output:
    """All documents as a printed book, of the sources that the print view made, or of such as are made for it."""
    from teiwright.encoding import load  # noqa: PLC0415 (see `taking`)
    from teiwright.rendering import prepare  # noqa: PLC0415
    from teiwright.rendering.book import Part, book_of_all  # noqa: PLC0415
    from teiwright.rendering.pictures import FOLDER as PICTURES  # noqa: PLC0415
    from teiwright.rendering.printing import figures, typst_source  # noqa: PLC0415

    project, output = collection.project, collection.project.output
    context = replace(collection.context, pictures=project.folder)

    def part(name: str) -> Part:
        # What is found is told of the edition, and not of its copy in the output.
        edition = replace(load(output / "tei" / f"{name}.xml"), path=project.editions / f"{name}.xml")
        if "print" in project.views:
            pdf = output / "pdf"
            pictures = pdf / PICTURES / quote(name)
            shown = {path.relative_to(pdf).as_posix(): path for path in sorted(pictures.glob("*"))}
            return Part(edition, (pdf / f"{name}.typ").read_text("utf-8"), (), shown)
        prepared = prepare(edition, context)
        made = typst_source(prepared, context)
        return Part(edition, made.text or "", made.findings, figures(prepared.pictures))

    return book_of_all(collection.extracts, collection.site, part, collection.context)


def _printed(project: Project) -> Parts:
    fonts = digest_of_files([project.fonts]) if project.fonts else ""
    return {"the page and the fonts of books": key_of(project.layout, fonts, bool(find_spec("typst")))}


def _book_of_ebooks(collection: Collection) -> Output:
    """The whole edition as one e-book."""
    from teiwright.rendering.ebook_book import ebook_of_all  # noqa: PLC0415 (see `taking`)

    return ebook_of_all(collection.extracts, collection.site, collection.project.output / "epub")


def _data(collection: Collection) -> Output:
    """Tables, and the letters for correspSearch."""
    from teiwright.publishing.data import data_files  # noqa: PLC0415 (see `taking`)

    return data_files(collection.extracts, collection.site)


STEPS: tuple[Step, ...] = (
    Step("authority", _authority, reads=lambda _: {}),
    Step("site", _site, wanted=has_pages, depends=_of_site, sections=_sections_of_site),
    Step("permalinks", _permalinks, wanted=has_pages, depends=_registry_of),
    Step(
        "pictures",
        _pictures,
        wanted=has_pages,
        sections=_sections_of_pictures,
        reads=_outlines_of,
    ),
    Step(SEARCH, _search, wanted=_has_search, sections=lambda _: (Section("Search", "search/index.html"),)),
    Step(
        "book",
        _book,
        wanted=lambda project: "book" in project.wholes,
        depends=_printed,
        reads=_markup_of,
        joins=lambda path: "/pictures/" in path,
    ),
    Step(
        "e-book",
        _book_of_ebooks,
        wanted=lambda project: "epub" in project.views,
        joins=lambda path: path.endswith(".epub"),
    ),
    Step("data", _data, wanted=lambda project: "data" in project.wholes),
)


def sections(project: Project, state: State, seen: Seen) -> tuple[Section, ...]:
    """Where the navigation of all pages leads; asked of the extracts only if one of them has changed."""
    if (known := known_sections(project, state, seen)) is not None:
        return known
    wanted = [step for step in STEPS if step.wanted(project)]
    collection = Collection(project, (), state.shelf())
    found: list[Section] = []

    def asked() -> tuple[Diagnostic, ...]:
        found.extend(section for step in wanted for section in step.sections(collection))
        return ()

    if not guarded(project.output, asked):  # what goes wrong here goes wrong in the step, too, and is told then
        said = [[section.label, section.href] for section in found]
        state.keep_fact("sections", _key_of_sections(project, seen), said)
    return tuple(found)


def known_sections(project: Project, state: State, seen: Seen) -> tuple[Section, ...] | None:
    """The same, if it was asked since the last change."""
    known = state.fact("sections", _key_of_sections(project, seen))
    return None if known is None else tuple(Section(*each) for each in known)


def _key_of_sections(project: Project, seen: Seen) -> str:
    depends = (step.depends(project) for step in STEPS if step.wanted(project))
    return key_of(sorted(joined(of_collection(project), _outlines_of(seen), *depends).items()))
