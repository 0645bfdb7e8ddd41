"""Pages of persons, places and organizations: one for each entry with its mentions, and lists that lead to them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from teiwright.extracted import AsBefore, Entry, Files, Renewed, entry_pages
from teiwright.publishing.gathering import Count, Document, Gathered, Line
from teiwright.publishing.kinds import KINDS, Kind, kinds_named
from teiwright.publishing.lines import line_tag, lined, located
from teiwright.publishing.markup import NOTHING, Html, joined, link, listed, text, url, way
from teiwright.publishing.ordering import file_of_letter, letter_of, sort_key
from teiwright.publishing.pages import Pages, data_block, file_of
from teiwright.publishing.paging import counted, in_parts, letters, turning
from teiwright.publishing.unlinked import unlinked_pages, way_to_unlinked

SHORT_LIST = 250
"""Up to so many entries stand on one page; more are listed letter by letter."""

ON_A_PAGE = 120
"""Mentions on one page."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """The entries of a kind that are named, in the order of their list, with how often and with their pages."""

    kind: Kind
    entries: Sequence[Entry]
    counts: Mapping[str, Count]
    pages: Mapping[str, str]


def name_pages(out: Pages, gathered: Gathered, published: Container[str] = ()) -> Renewed:
    """All pages of all kinds; also of an entry that no text names any more, if its page was ``published``."""
    counts, pages = gathered.counts(), entry_pages(out.site.entries)
    named = [entry for entry in out.site.entries if entry.id in counts]
    for kind in kinds_named(out.site, counts):
        of_kind = [entry for entry in named if entry.kind == kind.kind]
        ordered = sorted(of_kind, key=lambda entry: (sort_key(entry.sort_name), entry.id))
        yield from _lists(out, _Listed(kind, ordered, counts, pages))
        yield from unlinked_pages(out, kind, gathered)
    entries, kinds = {entry.id: entry for entry in named}, {kind.kind: kind for kind in KINDS}
    for identifier, is_new in gathered.entries():
        entry = entries[identifier]
        of = _Listed(kinds[entry.kind], (), counts, pages)
        if is_new:
            yield from _entry(out, of, entry, gathered)
        else:
            yield from (AsBefore(file_of(path)) for path in _paths(of, entry))
    for entry in out.site.entries:
        page = pages[entry.id]
        if entry.id not in counts and page.removesuffix(".html") in published:
            main = joined([_heading(entry), _about(entry), Html("<p>No text names this entry now.</p>")])
            yield out.page(page, entry.name, main)


def _lists(out: Pages, of: _Listed) -> Files:
    """The list of a kind: on one page if it is short, else a page for each letter."""
    grouped: dict[str, list[Entry]] = {}
    for entry in of.entries:  # a letter may come twice: of names in no script some sort before all letters, some after
        grouped.setdefault(letter_of(entry.sort_name), []).append(entry)
    heading, unlinked = Html(f"<h1>{of.kind.section.label}</h1>"), way_to_unlinked(of.kind, of.counts)
    lead = Html(f'<p class="lead">{counted(len(of.entries), of.kind.one, of.kind.many)}</p>') if of.entries else NOTHING
    index = of.kind.section.href
    if len(of.entries) <= SHORT_LIST:
        parts = [_letter(of, index, letter, entries) for letter, entries in grouped.items()]
        to_letters = (
            letters({letter: f"#letter-{file_of_letter(letter)}" for letter in grouped}) if len(parts) > 3 else NOTHING
        )
        yield out.page(index, of.kind.section.label, joined([heading, lead, unlinked, to_letters, *parts]))
        return
    pages = {letter: f"{of.kind.folder}/letters/{file_of_letter(letter)}.html" for letter in grouped}
    to_letters = letters({letter: way(index, page) for letter, page in pages.items()})
    yield out.page(index, of.kind.section.label, joined([heading, lead, to_letters, unlinked]))
    for letter, entries in grouped.items():
        yield from _letter_pages(out, of, pages, letter, entries)


def _letter_pages(out: Pages, of: _Listed, pages: Mapping[str, str], letter: str, entries: Sequence[Entry]) -> Files:
    parts = list(in_parts(entries, SHORT_LIST))
    here = pages[letter]
    paths = [here, *(here.replace(".html", f"-{n}.html") for n in range(2, len(parts) + 1))]
    to_letters = letters({other: way(here, page) for other, page in pages.items()}, letter)
    for number, part in enumerate(parts):
        title = f"{of.kind.section.label}: {letter}" + (f", page {number + 1}" if number else "")
        back = Html(f'<p class="path">{link(way(here, of.kind.section.href), of.kind.section.label)}</p>')
        main = [back, Html(f"<h1>{text(title)}</h1>"), to_letters, _letter(of, here, "", part), turning(paths, number)]
        yield out.page(paths[number], title, joined(main))


def _letter(of: _Listed, here: str, letter: str, entries: Iterable[Entry]) -> Html:
    items = [_listed_entry(of, here, entry) for entry in entries]
    name = file_of_letter(letter)
    return joined(
        [Html(f'<h2 id="letter-{text(name)}">{text(letter)}</h2>') if letter else NOTHING, listed(items, "listing")]
    )


def _listed_entry(of: _Listed, here: str, entry: Entry) -> Html:
    dates = f' <span class="about">({text(entry.dates)})</span>' if entry.dates else ""
    about = f'<span class="about">, {text(_shortened(entry.note))}</span>' if entry.note else ""
    page = link(way(here, of.pages[entry.id]), text(entry.sort_name))
    return Html(f'{page}{dates}{about} <span class="count">{_named(of.counts[entry.id])}</span>')


def _shortened(note: str) -> str:
    note = note.partition("; ")[0].rstrip(".")
    return note if len(note) <= 100 else f"{note[:100].rpartition(' ')[0]} …"


def _named(count: Count) -> str:
    return f"{counted(count.mentions, 'mention', 'mentions')} in {counted(count.documents, 'document', 'documents')}"


def _paths(of: _Listed, entry: Entry) -> list[str]:
    """The pages of an entry."""
    kind, page = of.kind, of.pages[entry.id]
    further = range(2, -(-of.counts[entry.id].mentions // ON_A_PAGE) + 1)
    name = page.removeprefix(f"{kind.folder}/").removesuffix(".html")
    return [page, *(f"{kind.folder}/more/{name}/{number}.html" for number in further)]


def _entry(out: Pages, of: _Listed, entry: Entry, gathered: Gathered) -> Renewed:
    """The pages of an entry: what the authority file says, then each mention with its line."""
    kind, count, paths = of.kind, of.counts[entry.id], _paths(of, entry)
    for number, part in enumerate(in_parts(gathered.mentions_of(entry.id), ON_A_PAGE)):
        here = paths[number]
        if gathered.are_as_before(here, part, count):
            yield AsBefore(file_of(here))
            continue
        back = Html(f'<p class="path">{link(way(here, kind.section.href), kind.section.label)}</p>')
        title = f"{entry.name}, page {number + 1}" if number else entry.name
        lead = Html(f'<p class="lead">{_named(count)}</p>')
        groups = groupby(part, key=itemgetter(0))
        found = [_in_document(here, document, (line for _, line in group)) for document, group in groups]
        about = NOTHING if number else _about(entry)
        main = joined([back, Html(f"<h1>{text(title)}</h1>"), about, lead, *found, turning(paths, number)])
        head = NOTHING if number else data_block(_as_data(kind, entry))
        yield out.page(here, title, main, head=head)


def _heading(entry: Entry) -> Html:
    return Html(f"<h1>{text(entry.name)}</h1>")


def _about(entry: Entry) -> Html:
    said = ". ".join(part.rstrip(".") for part in (entry.dates, entry.note) if part)
    links = [
        Html(f'<a href="{text(address)}" rel="noopener noreferrer">{text(label)}</a>') for label, address in entry.links
    ]
    place = f"{entry.latitude}, {entry.longitude}" if entry.latitude is not None else ""
    lines = [
        Html(f"{text(said)}.") if said else NOTHING,
        Html(f"Also: {text('; '.join(entry.variants))}.") if entry.variants else NOTHING,
        Html(f"Latitude and longitude: {place}") if place else NOTHING,
        Html(" · ".join(links)),
    ]
    told = [Html(f"<p>{line}</p>") for line in lines if line]
    return Html(f'<div class="about-entry">\n{joined(told)}\n</div>') if told else NOTHING


def _as_data(kind: Kind, entry: Entry) -> Mapping[str, Any]:
    data: dict[str, Any] = {"@context": "https://schema.org", "@type": kind.schema, "name": entry.name}
    if entry.variants:
        data["alternateName"] = list(entry.variants)
    if entry.links:
        data["sameAs"] = [address for _, address in entry.links]
    if entry.latitude is not None:
        data["geo"] = {"@type": "GeoCoordinates", "latitude": entry.latitude, "longitude": entry.longitude}
    return data


def _in_document(here: str, document: Document, mentions: Iterable[Line]) -> Html:
    facts = Html(" · ".join(text(fact) for fact in (document.subtitle, document.date) if fact))
    title, page = link(way(here, document.path), text(document.title)), url(way(here, document.path))
    tag = line_tag(document.language)
    told = (lined(tag, page, mention) for mention in mentions)
    lines = [Html(f"{line}{located(where)}") for line, where in told]
    return joined([Html(f'<h2 class="source-document">{title}{located(facts)}</h2>'), listed(lines, "mentioned")])
