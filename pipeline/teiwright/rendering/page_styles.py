"""What the style of one page must name: its pages and its notes. With it neither needs a script."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from teiwright.rendering.marking import OURS
from teiwright.rendering.tei import TEI

_SIMPLE = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
"""What can stand in a selector as it is."""


def page_styles(pages: Iterable[tuple[str, str]]) -> str:
    """Shows in the citation the page to which the address in the browser points."""
    shown = [f".document:has(#{anchor}:target) .at-{anchor}" for _, anchor in pages]
    return f"\n{','.join(shown)}{{display:inline}}" if shown else ""


def pages_to_cite(root: etree._Element) -> list[tuple[str, str]]:
    """Number and anchor of each page that has both."""
    pages = ((" ".join(page.get("n", "").split()), page.get(f"{OURS}id", "")) for page in root.iter(f"{TEI}pb"))
    return [(number, anchor) for number, anchor in pages if number and _SIMPLE.fullmatch(anchor)]


def shows_pages(root: etree._Element) -> bool:
    """Whether there is a picture of one of its pages, or a link to one."""
    return any(f"{OURS}facs" in page.attrib for page in root.iter(f"{TEI}pb"))


def margin_notes(root: etree._Element) -> str:
    """A style sheet for wide windows: each note beside its mark, below the note before it (CSS Anchor Positioning).

    Where a browser cannot do this, they stay in their list. It is a file of its own, as a ``data:`` URI, because
    checkers of HTML do not yet know these properties.
    """
    notes = [note.get(f"{OURS}id", "") for text in root.iterfind(f"{TEI}text") for note in text.iter(f"{TEI}note")]
    if not notes or not all(_SIMPLE.fullmatch(one) for one in notes):
        return ""
    return f"{_BEGIN}{''.join(_beside(one, str(number)) for number, one in enumerate(notes))}{_END}"


def _quoted(css: str) -> str:
    """Without what a rule has that may not stand in a URI."""
    return css.translate({ord(char): f"%{ord(char):02X}" for char in " \"#%<>[]{}'"})


_BEGIN = "data:text/css," + _quoted(
    "@supports (top:anchor(--a top)){"
    ".notes>h2{margin:0;border:0;height:0;overflow:hidden;padding:0}"
    ".contents li:has([href='#page:notes']){display:none}"
    "[popover='']:not(:popover-open){position:absolute;left:calc(100% + 2.5rem);width:17rem;"
    "max-height:15.75rem;overflow:auto;scrollbar-width:thin;font-size:.875rem;"
    "anchor-name:--n;top:max(anchor(var(--c) top),anchor(--n bottom,0px) + 8px)}"
)
_END = _quoted("}")
_MARK, _NAME, _NOTE, _KNOWS = map(_quoted, ("[popovertarget=", "]{anchor-name:--", "}#", "{--c:--"))


def _beside(note: str, number: str) -> str:
    """The name of its mark. Notes have one name for all; to each it means the note before it, as others come later."""
    return f"{_MARK}{note}{_NAME}{number}{_NOTE}{note}{_KNOWS}{number}{_END}"
