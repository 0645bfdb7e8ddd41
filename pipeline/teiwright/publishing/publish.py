"""All pages of a collection beside those of its documents."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from teiwright.extracted import AsBefore, Extracts, Frame, NameKind, Renewed, Section, Shelf, Site
from teiwright.publishing.feeding import feeds
from teiwright.publishing.gathering import Gathered, gathered
from teiwright.publishing.kinds import KINDS
from teiwright.publishing.listing import DATES, FILE_NUMBERS, Home, date_pages, file_pages, home_pages
from teiwright.publishing.names import name_pages
from teiwright.publishing.pages import Pages
from teiwright.spooling import Spool


def sections_of(extracts: Extracts, site: Site) -> tuple[Section, ...]:
    """The parts of the site that ``publish`` makes, to which every page leads: only those that are not empty."""
    kinds = {entry.id: entry.kind for entry in site.entries}
    dated = numbered = False
    named: set[NameKind] = set()
    for extract in extracts():
        dated = dated or bool(extract.when)
        numbered = numbered or bool(extract.file_numbers)
        named |= {kinds.get(name.ref, name.kind) for name in extract.names}
        if dated and numbered and len(named) == len(KINDS):
            break
    of_names = (kind.section for kind in KINDS if kind.kind in named)
    return (*([DATES] if dated else []), *of_names, *([FILE_NUMBERS] if numbered else []))


@dataclass(frozen=True, slots=True)
class Setting:
    """What the pages of a collection say beside what its documents and entries say.

    ``sections`` are the parts that the home page leads to, as all pages do. ``offered`` are the files of each document,
    by what they are (``{"PDF": "../pdf/{id}.pdf"}``), ``whole`` those of the whole edition.
    An entry whose page was ``published`` has one also if no text names it any more.
    """

    sections: tuple[Section, ...] = ()
    offered: Mapping[str, str] = field(default_factory=dict)
    whole: Mapping[str, str] = field(default_factory=dict)
    published: Container[str] = ()


def publish(shelf: Shelf, site: Site, frame: Frame, setting: Setting, notes: Path | None = None) -> Renewed:
    """Home page, indexes of names, dates and file numbers, sitemap and feed; each file as it is made."""
    with gathered(shelf, site, notes) as found:
        out, paths = Pages(site, frame), Spool[str]()
        for page in _pages(out, found, setting):
            paths.append(page.path if isinstance(page, AsBefore) else page[0])
            yield page
        found.forget_others()
        yield from feeds(out, found, paths)


def _pages(out: Pages, found: Gathered, setting: Setting) -> Renewed:
    yield from home_pages(out, found, Home(setting.sections, setting.offered, setting.whole))
    yield from date_pages(out, found)
    yield from name_pages(out, found, setting.published)
    yield from file_pages(out, found)
