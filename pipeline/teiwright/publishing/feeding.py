"""What machines read of the whole site: sitemap, feed of changes, robots.txt, the page for what is not there."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice
from xml.sax.saxutils import escape

from teiwright.extracted import Files
from teiwright.publishing.gathering import Document, Gathered
from teiwright.publishing.markup import Html, text
from teiwright.publishing.pages import ROOT, Pages
from teiwright.publishing.paging import in_parts
from teiwright.spooling import in_order

_IN_A_SITEMAP = 50_000
"""The limit of sitemaps.org for one file."""

_IN_THE_FEED = 100
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def feeds(out: Pages, gathered: Gathered, pages: Iterable[str]) -> Files:
    """All of them. ``pages`` are the paths of the site's pages in the output folder, without those of documents.

    Sitemap and feed need the address under which the site will be; without one there are none.
    """
    yield "index.html", _forward(out)
    if out.site.address:
        inside = (page.removeprefix(f"{ROOT}/") for page in pages)
        yield from _sitemaps(out, chain(inside, (document.path for document in gathered.documents())))
        yield f"{ROOT}/feed.xml", _feed(out, gathered)
        yield f"{ROOT}/robots.txt", f"User-agent: *\nAllow: /\nSitemap: {out.address('sitemap.xml')}\n".encode()
        yield f"{ROOT}/404.html", _not_found(out)


def _sitemaps(out: Pages, pages: Iterable[str]) -> Files:
    """One sitemap, or, of more pages than one may have, several and an index of them (sitemaps.org)."""
    parts = in_parts(in_order(pages, str), _IN_A_SITEMAP)
    first, *more = islice(parts, 2)
    if not more:
        yield f"{ROOT}/sitemap.xml", _sitemap(out, first)
        return
    names: list[str] = []
    for part in chain([first], more, parts):
        names.append(f"sitemap-{len(names) + 1}.xml")
        yield f"{ROOT}/{names[-1]}", _sitemap(out, part)
    said = "".join(f"<sitemap><loc>{escape(out.address(name))}</loc></sitemap>\n" for name in names)
    whole = f'{_HEAD}<sitemapindex xmlns="{_SITEMAPS}">\n{said}</sitemapindex>\n'
    yield f"{ROOT}/sitemap.xml", whole.encode()


def _sitemap(out: Pages, pages: Iterable[str]) -> bytes:
    said = "".join(f"<url><loc>{escape(out.address(page))}</loc></url>\n" for page in pages)
    return f'{_HEAD}<urlset xmlns="{_SITEMAPS}">\n{said}</urlset>\n'.encode()


def _feed(out: Pages, gathered: Gathered) -> bytes:
    """An Atom feed (RFC 4287) of the documents that changed last, by the dates of their headers."""
    site, home, feed = out.site, out.address("index.html"), out.address("feed.xml")
    entries = list(islice((d for d in gathered.documents("changed") if d.changed), _IN_THE_FEED))
    updated = max((entry.changed for entry in entries), default=site.published or "1970-01-01")
    said = "".join(_entry(out, entry) for entry in entries)
    return (
        f'{_HEAD}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(site.language)}">\n'
        f"<id>{escape(feed)}</id>\n<title>{escape(site.title)}</title>\n<updated>{_instant(updated)}</updated>\n"
        f'<link rel="self" href="{escape(feed)}"/>\n<link rel="alternate" type="text/html" href="{escape(home)}"/>\n'
        f"<author><name>{escape(site.publisher or site.title)}</name></author>\n{said}</feed>\n"
    ).encode()


def _entry(out: Pages, document: Document) -> str:
    address = escape(out.address(document.path))
    title = ", ".join(filter(None, (document.title, document.subtitle)))
    return (
        f"<entry>\n<id>{address}</id>\n<title>{escape(title)}</title>\n<updated>{_instant(document.changed)}</updated>\n"
        f'<link href="{address}"/>\n<summary>{escape(document.change or document.opening)}</summary>\n</entry>\n'
    )


def _instant(day: str) -> str:
    """The first moment of a day, month or year (RFC 3339)."""
    return f"{(day + '-01-01')[:10]}T00:00:00Z"


def _forward(out: Pages) -> bytes:
    """The output folder itself leads to the home page."""
    home, title = f"{ROOT}/index.html", text(out.site.title)
    return (
        f'<!DOCTYPE html>\n<html lang="{text(out.site.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="refresh" content="0; url={home}">\n<title>{title}</title>\n'
        f'</head>\n<body>\n<h1><a href="{home}">{title}</a></h1>\n</body>\n</html>\n'
    ).encode()


def _not_found(out: Pages) -> bytes:
    """What a server shows for an address that is none; it cannot know from where, so its link is whole."""
    home, title = text(out.address("index.html")), "There is no such page"
    main = Html(f'<h1>{title}</h1>\n<p>See the <a href="{home}">contents of the collection</a>.</p>')
    return out.page("404.html", title, main)[1]
