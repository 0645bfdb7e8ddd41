"""Names that no entry explains: where each form stands, and lists of the forms by letter.

What a program found is much, and nobody chose among it. So a document has one item for a name: the line of the first
mention, and the ways to the other pages on which it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import groupby, islice
from typing import NamedTuple

from teiwright.extracted import AsBefore, Files, Renewed
from teiwright.publishing.gathering import Count, Form, Gathered, Unlinked
from teiwright.publishing.kinds import Kind
from teiwright.publishing.lines import line_tag, lined, located, way_to
from teiwright.publishing.markup import NOTHING, Html, joined, link, listed, text, url, way
from teiwright.publishing.ordering import file_of_letter, letter_of
from teiwright.publishing.pages import Pages, file_of
from teiwright.publishing.paging import counted, in_parts, letters, turning
from teiwright.spooling import Spool

ON_A_PAGE = 120
"""Items on one page."""

SHORT_LIST = 250
"""Up to so many forms are listed on one page; more are listed letter by letter."""

_OTHERS = 20
"""So many ways to other pages of a document; a name on more is one that a search finds better."""

_AT_ONCE = 500
"""So many pages are made of the items that one question to the database gives; a form may go over many."""


def way_to_unlinked(kind: Kind, counts: Mapping[str, Count]) -> Html:
    """From the list of entries to what has none."""
    count = counts.get(f"~{kind.kind}")
    if count is None:
        return NOTHING
    mentions = counted(count.mentions, "mention", "mentions")
    return Html(f"<p>{link('unlinked/index.html', _title(kind))}, {mentions}.</p>")


def unlinked_pages(out: Pages, kind: Kind, gathered: Gathered) -> Renewed:
    """All of one kind: on one page if they are few, else pages of items by letter, and lists of forms to find these."""
    forms = Spool(gathered.forms_without_entry(kind.kind))
    if not forms:
        return
    are_few = sum(form.documents for form in forms) <= ON_A_PAGE
    sheets = Spool([_Sheet("", 1, *_filled(forms))] if are_few else _divided(forms))
    written = _Written(out, kind, gathered, Counter(sheet.letter for sheet in sheets))
    changed: list[_Sheet] = []
    for sheet in sheets:
        here = written.path(sheet)
        said = [(part.form[1:-1], part.skipped) for part in sheet.parts]
        as_before = gathered.is_as_before(here, written.counts[sheet.letter], *said)
        if as_before and not any(part.form.is_new for part in sheet.parts):
            yield from written.pages(changed)
            changed = []
            yield AsBefore(file_of(here))
        else:
            changed.append(sheet)
            if len(changed) == _AT_ONCE:
                yield from written.pages(changed)
                changed = []
    yield from written.pages(changed)
    if not are_few:
        yield from _lists(written, sheets, forms)


class _Part(NamedTuple):
    """So many items of one form on a page; so many are on pages before."""

    form: Form
    skipped: int
    shown: int


class _Sheet(NamedTuple):
    """What stands on a page, which is one of several of a letter."""

    letter: str
    number: int
    parts: tuple[_Part, ...]


def _divided(forms: Iterable[Form]) -> Iterator[_Sheet]:
    """The pages: each is of one letter, so that what changes moves nothing under the others."""
    numbers: Counter[str] = Counter()
    for letter, its in groupby(forms, key=lambda form: letter_of(form.form)):
        for parts in _filled(its):
            numbers[letter] += 1
            yield _Sheet(letter, numbers[letter], parts)


def _filled(forms: Iterable[Form]) -> Iterator[tuple[_Part, ...]]:
    page: list[_Part] = []
    room = ON_A_PAGE
    for form in forms:
        skipped = 0
        while skipped < form.documents:
            taken = min(room, form.documents - skipped)
            page.append(_Part(form, skipped, taken))
            skipped, room = skipped + taken, room - taken
            if room == 0:
                yield tuple(page)
                page, room = [], ON_A_PAGE
    if page:
        yield tuple(page)


@dataclass(frozen=True, slots=True)
class _Written:
    """Writes the pages of items, of which ``counts`` says how many each letter has."""

    out: Pages
    kind: Kind
    gathered: Gathered
    counts: Mapping[str, int]

    def path(self, sheet: _Sheet) -> str:
        """Where a page is."""
        return self._paths(sheet.letter)[sheet.number - 1]

    def _paths(self, letter: str) -> list[str]:
        numbers = range(1, self.counts[letter] + 1)
        names = [f"{file_of_letter(letter)}-{number}" for number in numbers] if letter else ["index"]
        return [f"{self.kind.folder}/unlinked/{name}.html" for name in names]

    def pages(self, changed: Sequence[_Sheet]) -> Files:
        """Some pages that follow each other."""
        if not changed:
            return
        place = lru_cache(maxsize=20_000)(partial(_place, self.path(changed[0])))  # the same from all of these pages
        first, last = changed[0].parts[0], changed[-1].parts[-1]
        items = islice(self.gathered.without_entry(self.kind.kind, first.form, last.form), first.skipped, None)
        for sheet in changed:
            its = islice(items, sum(part.shown for part in sheet.parts))
            yield self._page(sheet, _forms(its, place))

    def _page(self, sheet: _Sheet, forms: Iterable[Html]) -> tuple[str, bytes]:
        here, paths = self.path(sheet), self._paths(sheet.letter)
        title = _title(self.kind) + (f": {sheet.letter}" if sheet.letter else "")
        heading = title + (f", page {sheet.number}" if sheet.number > 1 else "")
        ways = [(self.kind.section.href, self.kind.section.label)]
        ways += [_to_all(self.kind)] if sheet.letter else []
        lead = NOTHING if sheet.letter else _lead(sum(part.form.times for part in sheet.parts))
        main = [
            _way_back(here, ways),
            Html(f"<h1>{text(heading)}</h1>"),
            lead,
            *forms,
            turning(paths, sheet.number - 1),
        ]
        return self.out.page(here, heading, joined(main))


def _place(here: str, path: str, language: str) -> tuple[Html, Html]:
    """The tag of a line of a document, and its page."""
    return line_tag(language), url(way(here, path))


def _forms(items: Iterable[Unlinked], place: Callable[[str, str], tuple[Html, Html]]) -> Iterator[Html]:
    for number, (form, group) in enumerate(groupby(items, key=lambda item: item.form), 1):
        heading = Html(f'<h2 class="source-document" id="form-{number}" dir="auto">{text(form)}</h2>')
        lines = [_item(*place(item.document.path, item.document.language), item) for item in group]
        yield joined([heading, listed(lines, "mentioned")])


def _item(tag: Html, page: Html, name: Unlinked) -> Html:
    line, where = lined(tag, page, name.line, name.document.title, name.document.date)
    if name.times == 1:
        return Html(f"{line}{located(where)}")
    others = [way_to(page, place) for place in name.others[:_OTHERS]]
    beyond = [Html(f"{len(name.others) - _OTHERS} more")] if len(name.others) > _OTHERS else []
    also = f"; also {', '.join([*others, *beyond])}" if others else ""
    return Html(f"{line}{located(Html(f'{where}; {name.times} times{also}'))}")


class _Leaf(NamedTuple):
    """A part of the list of forms, all of one letter: each with the way to its first item."""

    letter: str
    number: int
    ways: tuple[tuple[Form, str], ...]


def _leaves(written: _Written, sheets: Iterable[_Sheet]) -> Iterator[_Leaf]:
    numbers: Counter[str] = Counter()
    for letter, its in groupby(sheets, key=lambda sheet: sheet.letter):
        for ways in in_parts(_begun(written, its), SHORT_LIST):
            numbers[letter] += 1
            yield _Leaf(letter, numbers[letter], tuple(ways))


def _begun(written: _Written, sheets: Iterable[_Sheet]) -> Iterator[tuple[Form, str]]:
    """The forms that begin on these pages, and where."""
    for sheet in sheets:
        path = written.path(sheet)
        parts = enumerate(sheet.parts, 1)
        yield from ((part.form, f"{path}#form-{number}") for number, part in parts if not part.skipped)


def _lists(written: _Written, sheets: Sequence[_Sheet], forms: Sequence[Form]) -> Renewed:
    """The list of forms: on one page if it is short, else pages for each letter, and a page that leads to these."""
    kind, index = written.kind, f"{written.kind.folder}/unlinked/index.html"
    counts = Counter(leaf.letter for leaf in _leaves(written, sheets))
    head = [_way_back(index, [(kind.section.href, kind.section.label)]), Html(f"<h1>{_title(kind)}</h1>")]
    head.append(_lead(sum(form.times for form in forms)))
    if len(forms) <= SHORT_LIST:
        to_letters = letters({letter: f"#letter-{file_of_letter(letter)}" for letter in counts})
        parts = (Html(f"{_letter(leaf.letter)}\n{_listed(index, leaf)}") for leaf in _leaves(written, sheets))
        yield written.out.page(index, _title(kind), joined([*head, to_letters, *parts]))
        return
    pages = {letter: _list_paths(kind, letter, count) for letter, count in counts.items()}
    to_letters = letters({letter: way(index, paths[0]) for letter, paths in pages.items()})
    yield written.out.page(index, _title(kind), joined([*head, to_letters]))
    for leaf in _leaves(written, sheets):
        yield _list_page(written, pages, leaf)


def _list_paths(kind: Kind, letter: str, count: int) -> list[str]:
    """The pages of the list of a letter."""
    name = f"{kind.folder}/unlinked/letters/{file_of_letter(letter)}"
    return [f"{name}.html", *(f"{name}-{number}.html" for number in range(2, count + 1))]


def _list_page(written: _Written, pages: Mapping[str, Sequence[str]], leaf: _Leaf) -> tuple[str, bytes] | AsBefore:
    kind, paths = written.kind, pages[leaf.letter]
    here = paths[leaf.number - 1]
    said = (fact for form, path in leaf.ways for fact in (*form[1:-1], path))
    if written.gathered.is_as_before(here, *pages, len(paths), *said):
        return AsBefore(file_of(here))
    heading = f"{_title(kind)}: {leaf.letter}" + (f", page {leaf.number}" if leaf.number > 1 else "")
    back = _way_back(here, [(kind.section.href, kind.section.label), _to_all(kind)])
    to_letters = letters({letter: way(here, its[0]) for letter, its in pages.items()}, leaf.letter)
    main = [back, Html(f"<h1>{text(heading)}</h1>"), to_letters, _listed(here, leaf), turning(paths, leaf.number - 1)]
    return written.out.page(here, heading, joined(main))


def _letter(letter: str) -> Html:
    return Html(f'<h2 id="letter-{text(file_of_letter(letter))}">{text(letter)}</h2>')


def _listed(here: str, leaf: _Leaf) -> Html:
    lines = []
    for form, path in leaf.ways:
        times, documents = counted(form.times, "mention", "mentions"), counted(form.documents, "document", "documents")
        to_form = link(way(here, path), text(form.form), ' dir="auto"')
        lines.append(Html(f'{to_form} <span class="count">{times} in {documents}</span>'))
    return listed(lines, "listing")


def _title(kind: Kind) -> str:
    return f"Names of {kind.many} without an entry"


def _to_all(kind: Kind) -> tuple[str, str]:
    return f"{kind.folder}/unlinked/index.html", "Without an entry"


def _lead(mentions: int) -> Html:
    told = f"{counted(mentions, 'mention', 'mentions')}, by the form in which they stand."
    return Html(f'<p class="lead">{told}</p>')


def _way_back(here: str, ways: Iterable[tuple[str, str]]) -> Html:
    links = " \u203a ".join(link(way(here, to), label) for to, label in ways)
    return Html(f'<p class="path">{links}</p>')
