"""What the style of one page must name: its pages and its notes. With it neither needs a script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import etree

from teiwright.rendering.marking import OURS

_SIMPLE = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
"""What can stand in a selector as it is."""


def page_styles(pages: Iterable[tuple[str, str]], notes: Iterable[str]) -> str:
    """Shows in the citation the page to which the address in the browser points; gives mark and note one name."""
    shown = [f".document:has(#{anchor}:target) .at-{anchor}" for _, anchor in pages]
    named = (f"[popovertarget={note}],#{note}{{--c:--{number}}}" for number, note in enumerate(notes))
    return f"\n{','.join(shown)}{{display:inline}}{''.join(named)}" if shown else f"\n{''.join(named)}"


def pages_to_cite(breaks: Iterable[etree._Element]) -> list[tuple[str, str]]:
    """Number and anchor of each page that has both."""
    pages = ((" ".join(page.get("n", "").split()), page.get(f"{OURS}id", "")) for page in breaks)
    return [(number, anchor) for number, anchor in pages if number and _SIMPLE.fullmatch(anchor)]


def shows_pages(breaks: Iterable[etree._Element]) -> bool:
    """Whether there is a picture of one of the pages, or a link to one."""
    return any(f"{OURS}facs" in page.attrib for page in breaks)


def notes_to_set(notes: Sequence[str]) -> Sequence[str]:
    """Ids of the notes of the text, if all of them can be named; else none has its place beside the text."""
    return notes if all(_SIMPLE.fullmatch(one) for one in notes) else ()


def _quoted(css: str) -> str:
    """Without what a rule has that may not stand in a URI."""
    return css.translate({ord(char): f"%{ord(char):02X}" for char in " \"#%<>[]{}'"})


MARGIN = "data:text/css," + _quoted(
    "@supports (top:anchor(--a top)){[popovertarget]{anchor-name:var(--c)}"
    ".notes>h2{margin:0;border:0;height:0;overflow:hidden;padding:0}"
    ".contents li:has([href='#page:notes']){display:none}"
    "[popover='']:not(:popover-open){position:absolute;left:calc(100% + 2.5rem);width:17rem;"
    "max-height:15.75rem;overflow:auto;scrollbar-width:thin;font-size:.875rem;"
    "anchor-name:--n;top:max(anchor(var(--c) top),anchor(--n bottom,0px) + 13px)}}"
)
"""A style sheet for wide windows: each note beside its mark, below the note before it (CSS Anchor Positioning).

Notes have one name for all; to each it means the note before it, as others come later. Where a browser cannot do this,
they stay in their list. It is a file of its own, as a ``data:`` URI, because checkers of HTML do not yet know these
properties.
"""
