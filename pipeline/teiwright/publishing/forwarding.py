"""What stands at an address that was published and is elsewhere now: a page that leads on, or says that it is gone."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from teiwright.extracted import Files
from teiwright.publishing.markup import Html, joined, link, text, url, way
from teiwright.publishing.pages import Pages
from teiwright.publishing.registry import Departed, Registry


def target_of(registry: Registry, departed: Departed) -> str | None:
    """Where something is in the end, which may have moved more than once; none if that is nowhere, or a circle."""
    seen = {departed.address}
    to = departed.to
    while to not in seen and (further := registry.departed.get(to)) is not None and further.state == "moved":
        seen.add(to)
        to = further.to
    return to if to and to not in seen and to not in registry.departed else None


def stub_pages(out: Pages, registry: Registry, there: Container[str]) -> Files:
    """A page for each page that moved or is gone; none in the place of one that is ``there``."""
    for departed in registry.departed.values():
        if "#" not in departed.address and departed.address not in there:
            yield _stub(out, departed, target_of(registry, departed))


def _stub(out: Pages, departed: Departed, target: str | None) -> tuple[str, bytes]:
    path = f"{departed.address}.html"
    why = Html(f"<p>{text(departed.why)}</p>") if departed.why else Html("")
    if target is None:
        main = joined([Html("<h1>This page was withdrawn</h1>"), why, _home(path)])
        return out.page(path, "Withdrawn", main, Html('<meta name="robots" content="noindex">\n'))
    page, mark, anchor = target.partition("#")
    to = way(path, f"{page}.html") + mark + anchor
    forward = Html(f'<meta http-equiv="refresh" content="0; url={url(to)}">\n<meta name="robots" content="noindex">\n')
    main = joined([Html("<h1>This page has moved</h1>"), Html(f"<p>It is {link(to, 'here')} now.</p>"), why])
    return out.page(path, "Moved", main, forward, f"{page}.html")


def _home(path: str) -> Html:
    return Html(f"<p>See the {link(way(path, 'index.html'), 'contents of the collection')}.</p>")


_HOLD_NO_PHRASE = frozenset({"ul", "ol", "dl", "table", "thead", "tbody", "tr"})

Forward = tuple[str, str, str]
"""An id that a page had, where that place is now (empty if it is gone), and why."""


def forwards(registry: Registry) -> dict[str, tuple[Forward, ...]]:
    """For each page the ids that it had and has no more."""
    found: dict[str, list[Forward]] = {}
    for departed in registry.departed.values():
        page, mark, anchor = departed.address.partition("#")
        if mark:
            target = target_of(registry, departed) if departed.state == "moved" else None
            found.setdefault(page, []).append((anchor, target or "", departed.why))
    return {page: tuple(sorted(those)) for page, those in found.items()}


def with_forwards(page: str, edition_id: str, those: Iterable[Forward]) -> str:
    """The page of a document, in which each old id stands: at its new place, or in a list of what is elsewhere."""
    elsewhere: list[Forward] = []
    for anchor, to, why in those:
        there, mark, target = to.partition("#")
        # The first tag that has the id; ids of pages are made, or were checked to be names.
        tag = re.search(rf'<([a-z][a-z0-9]*)[^<>]* id="{re.escape(text(target))}"[^<>]*>', page)
        if there == edition_id and mark and tag and tag[1] not in _HOLD_NO_PHRASE:
            page = f'{page[: tag.end()]}<span id="{text(anchor)}"></span>{page[tag.end() :]}'
        else:
            elsewhere.append((anchor, to, why))
    if not elsewhere:
        return page
    items = joined([Html(f"<li>{item}</li>") for item in _told(elsewhere, edition_id)])
    section = (
        '<section class="moved" aria-labelledby="page:moved"><h2 id="page:moved">Moved or withdrawn</h2>\n'
        f"<ul>\n{items}\n</ul></section>\n"
    )
    before, end, after = page.rpartition("</main>")
    return f"{before}{section}{end}{after}" if end else page


def _told(elsewhere: Iterable[Forward], edition_id: str) -> Iterator[Html]:
    for anchor, to, why in elsewhere:
        page, mark, target = to.partition("#")
        where = link(f"{page or edition_id}.html{mark}{target}", text(to)) if to else Html("withdrawn")
        reason = f": {text(why)}" if why else ""
        yield Html(f'<span id="{text(anchor)}">{text(anchor)}</span>: {where}{reason}')
