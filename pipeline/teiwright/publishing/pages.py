"""Pages of a collection in the frame that all pages have."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from html import escape
from posixpath import dirname
from typing import Any

from teiwright.extracted import CollectionPage, Frame, Site
from teiwright.publishing.markup import NOTHING, Html, text, url, way

ROOT = "html"
"""The folder of the pages, in the output folder."""

_TITLE, _MAIN, _HEAD = "title-of-the-page", "main-of-the-page", "head-of-the-page"


class Pages:
    """Makes the pages of a collection.

    Pages in the same folder have the same frame around them, so that it is made once for all of them.
    """

    def __init__(self, site: Site, frame: Frame) -> None:
        self.site = site
        self._frame = frame
        self._framed = cache(self._made_frame)

    def page(self, path: str, title: str, main: Html, head: Html = NOTHING, leads_to: str = "") -> tuple[str, bytes]:
        """A page at ``path`` (below ``html/``) as a file; ``main`` begins with the heading.

        One that only ``leads_to`` another names that one as the address to be cited (RFC 6596).
        """
        before, between, around, after = self._framed(dirname(path), title == self.site.title)
        links = self._links(path, leads_to or path)
        made = f"{before}{escape(title, quote=False)}{between}{links}{head}{around}{main}{after}"
        return file_of(path), made.encode("utf-8", "xmlcharrefreplace")

    def _made_frame(self, folder: str, is_home: bool) -> tuple[str, str, str, str]:
        """The frame in four pieces, between which title, metadata and content stand."""
        title = self.site.title if is_home else _TITLE
        page = CollectionPage(
            path=f"{folder}/index.html" if folder else "index.html",
            title=title,
            main=f"<h1>{_MAIN}</h1>",
            kind="index",
            head=f'<meta name="{_HEAD}" content=""/>',
            policy="form-action 'self'" if is_home else "",  # it has a field for the search
            language=self.site.language,
        )
        framed = self._frame(page).decode()
        marks = f"(?s)<title>{_TITLE}|<title>{re.escape(escape(title, quote=False))}", rf'<meta name="{_HEAD}"[^>]*>'
        titled = re.split(marks[0], framed, maxsplit=1)
        headed = re.split(marks[1], titled[1], maxsplit=1)
        around, after = headed[1].split(f"<h1>{_MAIN}</h1>", 1)
        return f"{titled[0]}<title>", headed[0], around, after

    def _links(self, path: str, cited: str) -> Html:
        """Where the page will be, if the project says so, and where its changes are told."""
        if not self.site.address:
            return NOTHING
        canonical, feed = self.address(cited), url(way(path, "feed.xml"))
        return Html(
            f'<link rel="canonical" href="{text(canonical)}">\n'
            f'<link rel="alternate" type="application/atom+xml" href="{feed}" title="Changes">\n'
        )

    def address(self, path: str) -> str:
        """The whole address of a page."""
        return f"{self.site.address.rstrip('/')}/{url(path)}"


def file_of(path: str) -> str:
    """The page at ``path`` as a file of the output folder."""
    return f"{ROOT}/{path}"


def data_block(data: Mapping[str, Any]) -> Html:
    """JSON-LD for machines that read pages; no text in it can end the element."""
    said = json.dumps(data, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    return Html(f'<script type="application/ld+json">\n{said}\n</script>\n')
