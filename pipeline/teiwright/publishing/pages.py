"""The frame that all pages of a collection have: head, way through the collection, main part, colophon.

A page carries its style and admits it by its digest; it asks no other host for anything.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from posixpath import dirname, relpath
from typing import Any

from teiwright.extracted import Site
from teiwright.publishing.markup import NOTHING, Html, text, url
from teiwright.resources import xslt_folder

ROOT = "html"
"""The folder of the pages, in the output folder."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the collection that every page leads to. ``path`` is that of its page, below ``html/``."""

    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pages of a collection have in common. ``style`` is the text of their style sheet."""

    site: Site
    style: str
    sections: tuple[Section, ...] = ()

    def page(
        self, path: str, title: str, main: Html, *, head: Html = NOTHING, scripts: tuple[str, ...] = ()
    ) -> tuple[str, bytes]:
        """A page at ``path`` (below ``html/``) as a file.

        ``main`` begins with the heading; ``scripts`` are paths below ``html/`` of files that the page runs.
        """
        of_site = "" if title == self.site.title else f" · {self.site.title}"
        run = "".join(f'<script src="{url(_from(path, script))}" defer></script>\n' for script in scripts)
        page = (
            f'<!DOCTYPE html>\n<html lang="{text(self.site.language)}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(self.style, scripts)}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
            f"<title>{text(title + of_site)}</title>\n{self._links(path)}{head}"
            f'<link rel="icon" href="data:,">\n<style>{self.style}</style>\n{run}</head>\n<body class="index">\n'
            f'<a class="skip" href="#page:main">Skip to the content</a>\n{self.navigation(path)}'
            f'<main id="page:main">\n{main}\n</main>\n{_colophon(scripts)}</body>\n</html>\n'
        )
        return f"{ROOT}/{path}", page.encode("utf-8", "xmlcharrefreplace")

    def navigation(self, path: str) -> Html:
        """The way to the home page and to each section, as seen from the page at ``path``."""
        home = "" if path == "index.html" else f'<a class="home" href="{url(_from(path, "index.html"))}">'
        title = text(self.site.title)
        first = f"{home}{title}</a>" if home else f'<span class="home" aria-current="page">{title}</span>'
        others = "".join(
            f'<li><a href="{url(_from(path, section.path))}"{_current(path, section)}>{text(section.label)}</a></li>\n'
            for section in self.sections
        )
        sections = f"\n<ul>\n{others}</ul>" if others else ""
        return Html(f'<header class="banner"><nav aria-label="Collection">{first}{sections}</nav></header>\n')

    def _links(self, path: str) -> Html:
        if not self.site.address:
            return NOTHING
        canonical = f"{self.site.address.rstrip('/')}/{ROOT}/{url(path)}"
        feed = url(_from(path, "feed.xml"))
        return Html(
            f'<link rel="canonical" href="{text(canonical)}">\n'
            f'<link rel="alternate" type="application/atom+xml" href="{feed}" title="Changes">\n'
        )


def style_of(*sheets: str) -> str:
    """Style sheets as one, without comments and indents."""
    lines = (line.strip() for sheet in sheets for line in sheet.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("/*"))


@cache
def own_style() -> str:
    """The style sheets that come with the program."""
    folder = xslt_folder() / "html"
    return style_of(*((folder / name).read_text("utf-8") for name in ("style.css", "collection.css")))


def data_block(data: Mapping[str, Any]) -> Html:
    """JSON-LD for machines that read pages; no text in it can end the element."""
    said = json.dumps(data, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    return Html(f'<script type="application/ld+json">\n{said}\n</script>\n')


def _from(path: str, target: str) -> str:
    return relpath(target, dirname(path) or ".")


def _current(path: str, section: Section) -> str:
    if path == section.path:
        return ' aria-current="page"'
    inside = dirname(section.path)
    return ' aria-current="true"' if inside and path.startswith(f"{inside}/") else ""


def _policy(style: str, scripts: tuple[str, ...]) -> str:
    """Nothing from elsewhere, no frame, no form target; the style sheet is known by its digest."""
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    run = "script-src 'self'; connect-src 'self'; " if scripts else ""
    rest = "img-src 'self' data:; base-uri 'none'; form-action 'none'"
    return f"default-src 'none'; style-src 'sha256-{digest}'; {run}{rest}"


def _colophon(scripts: tuple[str, ...]) -> Html:
    said = (
        "No cookies, no requests to other hosts." if scripts else "No scripts, no cookies, no requests to other hosts."
    )
    return Html(f'<footer class="colophon">\n<p>Made from TEI by teiwright. {said}</p>\n</footer>\n')
