"""Lists of documents: by date, by file number, in the order of the collection, and the home page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from teiwright.extracted import AsBefore, Renewed, Section
from teiwright.publishing.gathering import Document, Gathered
from teiwright.publishing.markup import NOTHING, Html, joined, link, listed, text, way
from teiwright.publishing.pages import Pages, data_block, file_of
from teiwright.publishing.paging import counted, in_parts, letters, turning

SHORT_LIST = 200
"""Up to so many documents stand on one page."""

_WITH_FILES = 30
"""Up to so many have the ways to their files there, too; each document's own page has them always."""

DATES = Section("Dates", "dates/index.html")
FILE_NUMBERS = Section("File numbers", "files/index.html")
_SEARCH = "search/index.html"

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def listed_document(here: str, document: Document, *, with_day: bool = False) -> Html:
    """A document in a list: its title as a link, and what tells it from others of the same title."""
    when = (document.date or document.day) if with_day else document.date
    facts = " · ".join(text(fact) for fact in (document.subtitle, when, document.source) if fact)
    title = link(way(here, document.path), text(document.title), f' lang="{text(document.language)}"')
    return Html(f'{title} <span class="where facts">{facts}</span>' if facts else title)


def date_pages(out: Pages, gathered: Gathered) -> Renewed:
    """Documents by year and month: all on one page if they are few, else a page for each year."""
    years = gathered.years()
    if not set(years) - {""}:
        return
    names = {year: year or "undated" for year in sorted(years, key=lambda year: (not year, year))}
    dated = sum(count for year, count in years.items() if year)
    lead = Html(f'<p class="lead">{_dated(dated, years.get("", 0))}</p>')
    heading, index = Html(f"<h1>{DATES.label}</h1>"), DATES.href
    if sum(years.values()) <= SHORT_LIST:
        to_years = (
            letters({year or "Undated": f"#year-{name}" for year, name in names.items()}) if len(names) > 1 else NOTHING
        )
        parts = [_year(index, year, gathered.documents_of(year)) for year in names]
        yield out.page(index, DATES.label, joined([heading, lead, to_years, *parts]))
        return
    items = [_year_item(name, years[year]) for year, name in names.items()]
    yield out.page(index, DATES.label, joined([heading, lead, listed(items, "parts")]))
    for year, name in names.items():
        paths = _paths(f"dates/{name}", years[year])
        are_made = [gathered.is_as_before(path, years[year]) for path in paths]
        if all(are_made) and not gathered.has_new_in(year):
            yield from (AsBefore(file_of(path)) for path in paths)
        else:
            yield from _year_pages(out, paths, name, gathered.documents_of(year), years[year])


def _dated(dated: int, undated: int) -> str:
    with_date = f"{counted(dated, 'document', 'documents')} with a date"
    return f"{with_date}, {undated:,} without" if undated else with_date


def _year_item(name: str, count: int) -> Html:
    words = f'{text(name.capitalize())}<span class="count">{counted(count, "document", "documents")}</span>'
    return link(f"{name}.html", Html(words))


def _year(here: str, year: str, documents: Iterable[Document]) -> Html:
    name = year or "undated"
    return joined([Html(f'<h2 id="year-{name}">{name.capitalize()}</h2>'), *_months(here, documents, "h3")])


def _months(here: str, documents: Iterable[Document], heading: str) -> Iterator[Html]:
    for month, group in groupby(documents, key=lambda document: document.day[5:7]):
        items = [listed_document(here, document, with_day=True) for document in group]
        name = Html(f"<{heading}>{_MONTHS[int(month) - 1]}</{heading}>") if month else NOTHING
        yield joined([name, listed(items, "listing")])


def _year_pages(out: Pages, paths: Sequence[str], name: str, documents: Iterable[Document], count: int) -> Renewed:
    for number, part in enumerate(in_parts(documents, SHORT_LIST)):
        here = paths[number]
        title = name.capitalize() + (f", page {number + 1}" if number else "")
        back = Html(f'<p class="path">{link("index.html", DATES.label)}</p>')
        lead = Html(f'<p class="lead">{counted(count, "document", "documents")}</p>')
        main = [back, Html(f"<h1>{title}</h1>"), lead, *_months(here, part, "h2"), turning(paths, number)]
        yield out.page(here, title, joined(main))


def _paths(stem: str, count: int) -> list[str]:
    """The pages of a list that is so long."""
    return [f"{stem}.html", *(f"{stem}-{number}.html" for number in range(2, -(-count // SHORT_LIST) + 1))]


def file_pages(out: Pages, gathered: Gathered) -> Renewed:
    """Documents by file number; a long list is cut in pages, and the first leads to them."""
    total = gathered.count_of("numbers")
    if not total:
        return
    heading, index = Html(f"<h1>{FILE_NUMBERS.label}</h1>"), FILE_NUMBERS.href
    lead = Html(f'<p class="lead">{counted(total, "reference", "references")}</p>')
    if total <= SHORT_LIST:
        yield out.page(index, FILE_NUMBERS.label, joined([heading, lead, _numbers(index, gathered.file_numbers())]))
        return
    paths = [f"files/{number}.html" for number in range(1, -(-total // SHORT_LIST) + 1)]
    ranges: list[Html] = []
    for number, part in enumerate(in_parts(gathered.file_numbers(), SHORT_LIST)):
        here, span = paths[number], f"{part[0][0]} – {part[-1][0]}"
        ranges.append(link(f"{number + 1}.html", text(span)))
        if gathered.is_as_before(here, len(paths), *part):
            yield AsBefore(file_of(here))
            continue
        back = Html(f'<p class="path">{link("index.html", FILE_NUMBERS.label)}</p>')
        main = [back, Html(f"<h1>{text(span)}</h1>"), _numbers(here, part), turning(paths, number)]
        yield out.page(here, f"{FILE_NUMBERS.label}, page {number + 1}", joined(main))
    yield out.page(index, FILE_NUMBERS.label, joined([heading, lead, listed(ranges, "listing")]))


def _numbers(here: str, numbers: Iterable[tuple[str, Document]]) -> Html:
    items = []
    for number, group in groupby(numbers, key=lambda pair: pair[0]):
        documents = "; ".join(listed_document(here, document) for _, document in group)
        items.append(Html(f"<b>{text(number)}</b> {documents}"))
    return listed(items, "listing")


@dataclass(frozen=True, slots=True)
class Home:
    """What the home page leads to: parts of the site, files of each document, files of the whole edition."""

    sections: Sequence[Section]
    offered: Mapping[str, str]
    whole: Mapping[str, str]


def home_pages(out: Pages, gathered: Gathered, home: Home) -> Renewed:
    """The home page: what there is and the ways to it, then the documents or, if they are many, the lists of them."""
    total = gathered.count_of("documents")
    heading = Html(f"<h1>{text(out.site.title)}</h1>")
    published = ", ".join(part for part in (out.site.publisher, out.site.published[:4]) if part)
    lead = Html(
        f'<p class="lead">{text(" · ".join(filter(None, (counted(total, "document", "documents"), published))))}</p>'
    )
    parts = listed([link(section.href, section.label) for section in home.sections], "parts")
    ways = joined([_search_field(home.sections), parts, _whole_edition(home.whole)])
    head = data_block(_as_data(out))
    if total <= SHORT_LIST:
        offered = home.offered if total <= _WITH_FILES else {}
        items = [_document(document, offered) for document in gathered.documents()]
        main = joined([heading, lead, ways, listed(items, "documents")])
        yield out.page("index.html", out.site.title, main, head=head)
        return
    paths = [f"documents/{number}.html" for number in range(1, -(-total // SHORT_LIST) + 1)]
    ranges: list[Html] = []
    for number, here in enumerate(paths):
        start = number * SHORT_LIST
        is_same = gathered.is_as_before(here, total if number + 1 == len(paths) else "", len(paths))
        as_before = is_same and not gathered.has_new(start, SHORT_LIST)
        part = gathered.documents_from(start, 1 if as_before else SHORT_LIST)
        last = min(start + SHORT_LIST, total)
        title = f"Documents {start + 1:,}–{last:,}"
        first = " · ".join(filter(None, (part[0].title, part[0].subtitle, part[0].date)))
        ranges.append(Html(f'{link(here, title)} <span class="where facts">from {text(first)}</span>'))
        if as_before:
            yield AsBefore(file_of(here))
            continue
        items = [listed_document(here, document) for document in part]
        back = Html(f'<p class="path">{link("../index.html", text(out.site.title))}</p>')
        main = joined([back, Html(f"<h1>{title}</h1>"), listed(items, "listing"), turning(paths, number)])
        yield out.page(here, title, main)
    main = joined([heading, lead, ways, Html("<h2>Documents</h2>"), listed(ranges, "listing")])
    yield out.page("index.html", out.site.title, main, head=head)


def _search_field(sections: Sequence[Section]) -> Html:
    """What the page of the search is asked; without scripts it leads on to the list of words."""
    if all(section.href != _SEARCH for section in sections):
        return NOTHING
    return Html(
        f'<form class="search-form" role="search" action="{_SEARCH}" method="get"><p class="field">'
        '<input type="search" name="q" aria-label="Words to search for" spellcheck="false"/>'
        "<button>Search</button></p></form>"
    )


def _whole_edition(files: Mapping[str, str]) -> Html:
    ways = " · ".join(link(to, text(label)) for label, to in files.items())
    return Html(f'<p class="downloads">The whole edition: {ways}</p>') if ways else NOTHING


def _document(document: Document, offered: Mapping[str, str]) -> Html:
    facts = " · ".join(f"<span>{text(f)}</span>" for f in (document.subtitle, document.date, document.source) if f)
    files = " · ".join(
        link(to.replace("{id}", document.id), text(label), f' aria-label="{text(f"{label}, {document.title}")}"')
        for label, to in offered.items()
    )
    spoken = f' lang="{text(document.language)}"'
    parts = [
        Html(f"<h2{spoken}>{link(document.path, text(document.title))}</h2>"),
        Html(f'<p class="facts">{facts}</p>') if facts else NOTHING,
        Html(f'<p class="opening"{spoken}>{text(document.opening)}</p>') if document.opening else NOTHING,
        Html(f'<p class="downloads">{files}</p>') if files else NOTHING,
    ]
    return joined(parts)


def _as_data(out: Pages) -> Mapping[str, Any]:
    """The collection for search engines (schema.org)."""
    site = out.site
    known: dict[str, Any] = {
        "url": out.address("index.html") if site.address else "",
        "publisher": {"@type": "Organization", "name": site.publisher} if site.publisher else "",
        "datePublished": site.published,
        "license": site.licence,
    }
    stated = {name: value for name, value in known.items() if value}
    kind = {"@context": "https://schema.org", "@type": "Collection", "name": site.title, "inLanguage": site.language}
    return {**kind, **stated}
