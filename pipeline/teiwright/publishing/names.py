"""Pages of persons, places and organizations: one for each entry with its mentions, and lists that lead to them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from html import escape
from itertools import groupby, islice
from typing import Any, NamedTuple

from teiwright.extracted import AsBefore, Entry, Files, NameKind, Renewed, Section, Site, entry_pages
from teiwright.publishing.gathering import Count, Document, Form, Gathered, Mention
from teiwright.publishing.markup import NOTHING, Html, joined, link, listed, quoted, text, url, way
from teiwright.publishing.ordering import file_of_letter, letter_of, sort_key
from teiwright.publishing.pages import Pages, data_block, file_of
from teiwright.publishing.paging import counted, in_parts, letters, turning

SHORT_LIST = 250
"""Up to so many entries stand on one page; more are listed letter by letter."""

ON_A_PAGE = 120
"""Mentions on one page."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of names, and how its pages speak of it."""

    kind: NameKind
    folder: str
    one: str
    many: str
    schema: str

    @property
    def section(self) -> Section:
        """What leads to its pages."""
        return Section(self.many.capitalize(), f"{self.folder}/index.html")


KINDS = (
    Kind("person", "persons", "person", "persons", "Person"),
    Kind("place", "places", "place", "places", "Place"),
    Kind("organization", "organizations", "organization", "organizations", "Organization"),
)


@dataclass(frozen=True, slots=True)
class _Listed:
    """The entries of a kind that are named, in the order of their list, with how often and with their pages."""

    kind: Kind
    entries: Sequence[Entry]
    counts: Mapping[str, Count]
    pages: Mapping[str, str]


def kinds_named(site: Site, counts: Mapping[str, Count]) -> list[Kind]:
    """The kinds of which the collection names any."""
    named = {entry.kind for entry in site.entries if entry.id in counts}
    return [kind for kind in KINDS if kind.kind in named or f"~{kind.kind}" in counts]


def name_pages(out: Pages, gathered: Gathered, published: Container[str] = ()) -> Renewed:
    """All pages of all kinds; also of an entry that no text names any more, if its page was ``published``."""
    counts, pages = gathered.counts(), entry_pages(out.site.entries)
    named = [entry for entry in out.site.entries if entry.id in counts]
    for kind in kinds_named(out.site, counts):
        of_kind = [entry for entry in named if entry.kind == kind.kind]
        ordered = sorted(of_kind, key=lambda entry: (sort_key(entry.sort_name), entry.id))
        yield from _lists(out, _Listed(kind, ordered, counts, pages))
        yield from _without_entry(out, kind, gathered)
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
    grouped = {
        letter: list(entries) for letter, entries in groupby(of.entries, key=lambda entry: letter_of(entry.sort_name))
    }
    heading, unlinked = Html(f"<h1>{of.kind.section.label}</h1>"), _way_to_unlinked(of)
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
        groups = groupby(part, key=lambda mention: mention.document)
        found = [_in_document(here, document, group) for document, group in groups]
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


def _in_document(here: str, document: Document, mentions: Iterable[Mention]) -> Html:
    facts = " · ".join(text(fact) for fact in (document.subtitle, document.date) if fact)
    where = f' <span class="where">{facts}</span>' if facts else ""
    title = link(way(here, document.path), text(document.title))
    page = url(way(here, document.path))
    before = _line_tag(document.language)
    lines = [_line(before, page, mention) for mention in mentions]
    return joined([Html(f'<h2 class="source-document">{title}{where}</h2>'), listed(lines, "mentioned")])


_DOUBTS = {"medium": "tagged by program, fairly sure", "low": "tagged by program, not sure"}


def _line(before: str, page: Html, mention: Mention, title: str = "") -> Html:
    """A line of the text with the name marked; the name leads to its place on ``page``, the URL of the document.

    ``before`` is the tag of the line.
    """
    facts = (
        title,
        mention.page and f"page {mention.page}",
        mention.note and f"note {mention.note}",
        _DOUBTS.get(mention.cert, ""),
    )
    where = ", ".join(filter(None, facts))
    # One escape for all parts; no XML has the character between them.
    said = escape(f"{mention.before}\0{mention.words}\0{mention.after}\0{where}", quote=False).split("\0")
    anchor = f"#{quoted(mention.anchor)}" if mention.anchor else ""
    line = f'{before}{said[0]}<a href="{page}{anchor}"><mark>{said[1]}</mark></a>{said[2]}</span>'
    return Html(f'{line} <span class="where">{said[3]}</span>' if where else line)


def _line_tag(language: str) -> str:
    return f'<span lang="{text(language)}" dir="auto">'


def _way_to_unlinked(of: _Listed) -> Html:
    count = of.counts.get(f"~{of.kind.kind}")
    if count is None:
        return NOTHING
    forms = counted(count.mentions, "mention", "mentions")
    return Html(f"<p>{link('unlinked/index.html', f'Names of {of.kind.many} without an entry')}, {forms}.</p>")


def _without_entry(out: Pages, kind: Kind, gathered: Gathered) -> Renewed:
    """Names that no entry explains, by form; each page holds so many mentions, a form may go on to the next."""
    total = sum(form.times for form in gathered.forms_without_entry(kind.kind))
    paths = [f"{kind.folder}/unlinked/{n or 'index'}.html" for n in (0, *range(2, -(-total // ON_A_PAGE) + 1))]
    written = _Unlinked(out, kind, gathered, paths, total)
    changed: list[tuple[int, Sequence[_Part]]] = []
    for number, parts in enumerate(_divided(gathered.forms_without_entry(kind.kind))):
        said = [(part.form.form, part.form.times, part.skipped) for part in parts]
        as_before = gathered.is_as_before(paths[number], total if number == 0 else "", len(paths), *said)
        if as_before and not any(part.form.is_new for part in parts):
            yield from written.pages(changed)
            changed = []
            yield AsBefore(file_of(paths[number]))
        else:
            changed.append((number, parts))
            if len(changed) == _AT_ONCE:
                yield from written.pages(changed)
                changed = []
    yield from written.pages(changed)


_AT_ONCE = 500
"""So many pages are made of the mentions that one question to the database gives; a form may go over many."""


class _Part(NamedTuple):
    """Mentions of one form on a page, of which so many are on pages before."""

    form: Form
    skipped: int


def _divided(forms: Iterable[Form]) -> Iterator[list[_Part]]:
    """What stands on each page."""
    page: list[_Part] = []
    room = ON_A_PAGE
    for form in forms:
        skipped = 0
        while skipped < form.times:
            page.append(_Part(form, skipped))
            taken = min(room, form.times - skipped)
            skipped, room = skipped + taken, room - taken
            if room == 0:
                yield page
                page, room = [], ON_A_PAGE
    if page:
        yield page


@dataclass(frozen=True, slots=True)
class _Unlinked:
    """Writes pages of names without an entry."""

    out: Pages
    kind: Kind
    gathered: Gathered
    paths: Sequence[str]
    total: int

    def pages(self, changed: Sequence[tuple[int, Sequence[_Part]]]) -> Files:
        """Some pages that follow each other."""
        if not changed:
            return
        place = lru_cache(maxsize=20_000)(partial(_place, self.paths[0]))  # the same from all of these pages
        first, last = changed[0][1][0], changed[-1][1][-1]
        mentions = self.gathered.without_entry(self.kind.kind, first.form, last.form)
        parts = in_parts(islice(mentions, first.skipped, None), ON_A_PAGE)
        for (number, _), part in zip(changed, parts, strict=False):  # the last form may go on
            yield self._page(number, _forms(part, place))

    def _page(self, number: int, forms: Iterable[Html]) -> tuple[str, bytes]:
        kind, here = self.kind, self.paths[number]
        title = f"Names of {kind.many} without an entry"
        back = Html(f'<p class="path">{link(way(here, kind.section.href), kind.section.label)}</p>')
        heading = title + (f", page {number + 1}" if number else "")
        told = f"{counted(self.total, 'mention', 'mentions')}, by the form in which they stand."
        lead = NOTHING if number else Html(f'<p class="lead">{told}</p>')
        main = [back, Html(f"<h1>{text(heading)}</h1>"), lead, *forms, turning(self.paths, number)]
        return self.out.page(here, heading, joined(main))


def _place(here: str, path: str, language: str) -> tuple[str, Html]:
    """The tag of a line of a document, and its page."""
    return _line_tag(language), url(way(here, path))


def _forms(mentions: Iterable[Mention], place: Callable[[str, str], tuple[str, Html]]) -> Iterator[Html]:
    for form, group in groupby(mentions, key=lambda mention: mention.form):
        found = ((mention, mention.document) for mention in group)
        lines = [_line(*place(of.path, of.language), mention, of.title) for mention, of in found]
        yield joined([Html(f'<h2 class="source-document" dir="auto">{text(form)}</h2>'), listed(lines, "mentioned")])
