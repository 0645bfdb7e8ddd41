"""Documents in time: a picture, and a table that says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from teiwright.extracted import CollectionPage, Extract, Files, Frame, Section
from teiwright.publishing.listing import SHORT_LIST
from teiwright.publishing.markup import Html, joined, link, text
from teiwright.publishing.paging import counted
from teiwright.publishing.picturing.periods import Period, Periods, periods
from teiwright.publishing.picturing.svg import TARGET, WIDTH, box, linked, number, picture, words

FEWEST = 3
"""With fewer dated documents, or all of the same date, there is no timeline."""

SECTION = Section("Timeline", "timeline/index.html")

_STACK = 12
"""So many documents of a period stand one on the other; where one has more, all are shown as columns."""

_HEIGHT, _ABOVE, _BELOW = 220, 20, 40
_LETTER = 7
"""About as wide is a letter."""

_WIDEST = 64
"""So wide is a column at most."""


@dataclass(frozen=True, slots=True)
class _Dated:
    when: str
    href: str
    title: str
    date: str
    language: str


@dataclass(slots=True)
class Timeline:
    """Dates with how many documents have each, and the documents themselves while they are few."""

    section: ClassVar[Section] = SECTION

    total: int = 0
    dates: Counter[str] = field(default_factory=Counter)
    documents: list[_Dated] = field(default_factory=list)

    def add(self, extract: Extract) -> None:
        """Take account of a document."""
        self.total += 1
        if not extract.when[:4].isdecimal():
            return
        self.dates[extract.when[:10]] += 1
        if self.total <= SHORT_LIST:
            href = f"../{extract.id}.html"
            self.documents.append(
                _Dated(extract.when[:10], href, extract.title, extract.date or extract.when, extract.language)
            )

    @property
    def dated(self) -> int:
        """How many documents have a date."""
        return self.dates.total()

    @property
    def shown(self) -> bool:
        """Whether there are dates enough for a picture."""
        return self.dated >= FEWEST and len(self.dates) > 1

    @property
    def few(self) -> bool:
        """Whether each document can stand for itself."""
        return self.total <= SHORT_LIST


def timeline(found: Timeline, frame: Frame) -> Files:
    """The page, if there are dates enough."""
    if not found.shown:
        return
    found.documents.sort(key=lambda one: (one.when, one.href))
    time = periods(found.dates)
    without = found.total - found.dated
    years = "\u2013".join(dict.fromkeys(date[:4] for date in (min(found.dates), max(found.dates))))
    lead = f"{counted(found.dated, 'document', 'documents')}, {years}"
    lead += f"; {without:,} without a date" if without else ""
    main = [
        Html(f'<h1>{SECTION.label}</h1>\n<p class="lead">{text(lead)}</p>'),
        _picture(found, time),
        _table(found, time),
    ]
    yield f"html/{SECTION.href}", frame(CollectionPage(SECTION.href, SECTION.label, joined(main), "pictured"))


def _picture(found: Timeline, time: Periods) -> Html:
    counts = Counter[int]()
    for date, count in found.dates.items():
        counts[time.of(date)] += count
    most = max(counts.values())
    stacked = found.few and most <= _STACK
    height = most * TARGET if stacked else _HEIGHT
    ground = _ABOVE + height
    shapes = list(_dots(found, time, ground) if stacked else _columns(time, counts, ground))
    shapes += _axis(time, ground)
    peak = time.all[counts.most_common(1)[0][0]].label
    said = f"The most, {counted(most, 'document', 'documents')}, are of {peak}. The table below has the same in words."
    each = "Each dot is a document." if stacked else "Each column is a period."
    return picture(ground + _BELOW, "Documents in time", f"{each} {said}", shapes)


def _width(time: Periods) -> float:
    return WIDTH / len(time.all)


def _dots(found: Timeline, time: Periods, ground: float) -> Iterator[Html]:
    heights = Counter[int]()
    for one in found.documents:
        at = time.of(one.when)
        x = (at + 0.5) * _width(time)
        y = ground - (heights[at] + 0.5) * TARGET
        heights[at] += 1
        dot = Html(f'<circle cx="{number(x)}" cy="{number(y)}" r="8" class="mark"/>')
        shape = joined([box(x - TARGET / 2, y - TARGET / 2, TARGET, TARGET, "ground"), dot])
        yield linked(one.href, f"{one.title}, {one.date}", shape)


def _columns(time: Periods, counts: Counter[int], ground: float) -> Iterator[Html]:
    width, most = _width(time), max(counts.values())
    for at, count in sorted(counts.items()):
        period, height = time.all[at], max(2.0, count / most * _HEIGHT)
        x, reach = at * width, max(height, TARGET)
        wide = min(width - 4, _WIDEST)
        column = box(x + (width - wide) / 2, ground - height, wide, height, "mark")
        shape = joined([box(x, ground - reach, width, reach, "ground"), column])
        said = f"{period.label}: {counted(count, 'document', 'documents')}"
        yield linked(f"#period-{period.key}", said, shape)
        yield words(x + width / 2, ground - height - 5, f"{count:,}", anchor="middle")


def _axis(time: Periods, ground: float) -> Iterator[Html]:
    yield Html(f'<line x1="0" y1="{number(ground)}" x2="{WIDTH}" y2="{number(ground)}" class="axis"/>')
    width = _width(time)
    step = -(-_room(time) // int(width))
    free = 0.0  # where the label before ends: at the edges of the picture they stand beside their ticks
    for at in range(0, len(time.all), step):
        x = (at + 0.5) * width
        label = time.all[at].label
        half = _LETTER / 2 * len(label)
        yield Html(
            f'<line x1="{number(x)}" y1="{number(ground)}" x2="{number(x)}" y2="{number(ground + 5)}" class="axis"/>'
        )
        middle = min(max(x, half), WIDTH - half)
        if middle - half >= free:
            yield words(middle, ground + 20, label, anchor="middle")
            free = middle + half + _BETWEEN


def _room(time: Periods) -> int:
    """How wide the labels are, and the space between them."""
    return int(_LETTER * max(len(period.label) for period in time.all)) + 14


_BETWEEN = 8.0


def _table(found: Timeline, time: Periods) -> Html:
    rows = list(_documents(found, time) if found.few else _periods(found, time))
    heads = ("Date", "Document") if found.few else ("Time", "Documents", "By date")
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    return Html(
        f'<div class="table"><table><caption class="caption">Documents by date</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{joined(rows)}\n</tbody></table></div>"
    )


def _documents(found: Timeline, time: Periods) -> Iterator[Html]:
    before = -1
    for one in found.documents:
        at = time.of(one.when)
        anchor = f' id="period-{time.all[at].key}"' if at != before else ""
        before = at
        title = link(one.href, text(one.title), f' lang="{text(one.language)}"')
        yield Html(f'<tr{anchor}><th scope="row">{text(one.date)}</th><td>{title}</td></tr>')


def _periods(found: Timeline, time: Periods) -> Iterator[Html]:
    counts, years = Counter[int](), Counter[str]()
    for date, count in found.dates.items():
        counts[time.of(date)] += count
        years[date[:4]] += count
    for at, period in enumerate(time.all):
        ways = " ".join(link(f"../dates/{year}.html", year) for year in _years_of(period, sorted(years)))
        row = f'<th scope="row">{text(period.label)}</th><td class="figure">{counts[at]:,}</td><td>{ways}</td>'
        yield Html(f'<tr id="period-{period.key}">{row}</tr>')


def _years_of(period: Period, years: Sequence[str]) -> Iterator[str]:
    return (year for year in years if period.first_year <= int(year) <= period.last_year)
