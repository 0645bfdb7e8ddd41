"""Who wrote to whom: a picture of those with the most letters, and tables of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import ClassVar

from teiwright.extracted import (
    CollectionPage,
    Extract,
    Files,
    Frame,
    Section,
    Site,
    entry_pages,
)
from teiwright.publishing.markup import NOTHING, Html, joined, link, text
from teiwright.publishing.paging import counted, in_parts, turning
from teiwright.publishing.picturing.arcs import Ties, arcs

FEWEST_PERSONS, FEWEST_PAIRS = 3, 2
"""With fewer correspondents, or fewer pairs of them, there is no network."""

SECTION = Section("Correspondence", "correspondence/index.html")

_ROWS = 200
_LINKED = 5
"""So many letters of a pair have links in the table."""

_Pair = tuple[str, str]


@dataclass(slots=True)
class _Letters:
    """What one wrote to another."""

    count: int = 0
    first: str = ""
    last: str = ""
    links: list[Html] = field(default_factory=list)

    def add(self, extract: Extract) -> None:
        self.count += 1
        if extract.when:
            self.first = min(self.first or extract.when, extract.when)
            self.last = max(self.last, extract.when)
        if len(self.links) < _LINKED:
            said = extract.date or extract.when or extract.subtitle.replace("No. ", "No.\u00a0") or extract.title
            self.links.append(link(f"../{extract.id}.html", text(said), f' title="{text(extract.title)}"'))


@dataclass(slots=True)
class Network:
    """All pairs, from and to, and how each correspondent is called."""

    section: ClassVar[Section] = SECTION

    pairs: defaultdict[_Pair, _Letters] = field(default_factory=lambda: defaultdict(_Letters))
    names: dict[str, str] = field(default_factory=dict)
    refs: set[str] = field(default_factory=set)
    documents: int = 0

    def add(self, extract: Extract) -> None:
        """Take account of a document."""
        self.refs.update(name.ref for name in extract.names if name.ref)
        sides: dict[str, list[str]] = {"sent": [], "received": []}
        for one in extract.correspondents:
            if one.name or one.ref:
                key = one.ref or _bare(one.name)
                self.names.setdefault(key, one.name or one.ref)
                sides[one.role].append(key)
        pairs = {pair: None for pair in product(sides["sent"], sides["received"]) if pair[0] != pair[1]}
        self.documents += bool(pairs)
        for pair in pairs:
            self.pairs[pair].add(extract)

    @property
    def persons(self) -> set[str]:
        """All correspondents."""
        return {person for pair in self.pairs for person in pair}

    @property
    def shown(self) -> bool:
        """Whether they are enough for a picture."""
        return len(self.persons) >= FEWEST_PERSONS and len(self.pairs) >= FEWEST_PAIRS


def _bare(name: str) -> str:
    return " ".join(name.split()).casefold()


def network(found: Network, site: Site, frame: Frame) -> Files:
    """The pages, if there are correspondents enough."""
    if not found.shown:
        return
    found.names |= {entry.id: entry.name for entry in site.entries if entry.id in found.names}
    pages = {ref: f"../{page}" for ref, page in entry_pages(site.entries).items() if ref in found.refs}
    ties = Ties({pair: letters.count for pair, letters in found.pairs.items()}, found.names, pages)
    pairs = sorted(found.pairs, key=lambda pair: (-found.pairs[pair].count, *(found.names[one] for one in pair), pair))
    paths = [SECTION.href, *(f"correspondence/{n}.html" for n in range(2, -(-len(pairs) // _ROWS) + 1))]
    for at, part in enumerate(in_parts(pairs, _ROWS)):
        title = SECTION.label + (f", page {at + 1}" if at else "")
        shown = NOTHING if at else joined([_lead(found), arcs(ties)])
        main = [Html(f"<h1>{title}</h1>"), shown, _table(found, part, pages), turning(paths, at)]
        yield f"html/{paths[at]}", frame(CollectionPage(paths[at], title, joined(main), "pictured"))


def _lead(found: Network) -> Html:
    persons = counted(len(found.persons), "correspondent", "correspondents")
    said = f"{persons}, {counted(found.documents, 'letter', 'letters')}"
    return Html(f'<p class="lead">{said}</p>')


def _table(found: Network, pairs: Sequence[_Pair], pages: Mapping[str, str]) -> Html:
    dated = any(letters.first for letters in found.pairs.values())
    columns = ("From", "To", "Letters", *(("Time",) if dated else ()), "Documents")
    head = "".join(f'<th scope="col">{name}</th>' for name in columns)
    rows = joined([_row(found, pair, pages, dated=dated) for pair in pairs])
    return Html(
        f'<div class="table" role="region" aria-label="Letters" tabindex="0"><table>'
        f'<caption class="caption">Letters by correspondents</caption>\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody></table></div>"
    )


def _row(found: Network, pair: _Pair, pages: Mapping[str, str], *, dated: bool) -> Html:
    letters = found.pairs[pair]
    names = [link(pages[one], text(found.names[one])) if one in pages else text(found.names[one]) for one in pair]
    years = "\u2013".join(dict.fromkeys(when[:4] for when in (letters.first, letters.last) if when))
    time = f"<td>{years}</td>" if dated else ""
    beyond = f' <span class="count">and {letters.count - _LINKED:,} more</span>' if letters.count > _LINKED else ""
    return Html(
        f'<tr><th scope="row">{names[0]}</th><td>{names[1]}</td><td class="figure">{letters.count:,}</td>'
        f"{time}<td>{'; '.join(letters.links)}{beyond}</td></tr>"
    )
