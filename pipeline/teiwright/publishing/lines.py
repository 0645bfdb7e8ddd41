"""Mentions as indexes show them: the line of the text with the name marked, and where that is."""

from __future__ import annotations

from html import escape

from teiwright.publishing.gathering import Line, Place
from teiwright.publishing.markup import Html, quoted, text

_DOUBTS = {"medium": "tagged by program, fairly sure", "low": "tagged by program, not sure"}


def line_tag(language: str) -> Html:
    """The tag of a line of a document in this language."""
    return Html(f'<span lang="{text(language)}" dir="auto">')


def lined(tag: Html, page: Html, line: Line, *facts: str) -> tuple[Html, Html]:
    """A line of the text, in which the name leads to its place on ``page``, the URL of the document; and where it is.

    ``tag`` is that of the line, ``facts`` are told before the place.
    """
    where = ", ".join(filter(None, (*facts, *_place(line.page, line.note), _DOUBTS.get(line.cert, ""))))
    # One escape for all parts; no XML has the character between them.
    said = escape(f"{line.before}\0{line.words}\0{line.after}\0{where}", quote=False).split("\0")
    to_place = _to_anchor(page, line.anchor)
    return Html(f'{tag}{said[0]}<a href="{to_place}"><mark>{said[1]}</mark></a>{said[2]}</span>'), Html(said[3])


def way_to(page: Html, place: Place) -> Html:
    """A link to a place, which says where that is."""
    label = text(", ".join(_place(place.page, place.note)) or "elsewhere")
    return Html(f'<a href="{_to_anchor(page, place.anchor)}">{label}</a>')


def located(where: Html) -> Html:
    """What is told of a place, behind its line."""
    return Html(f' <span class="where">{where}</span>' if where else "")


def _place(page: str, note: str) -> list[str]:
    return [f"{what} {label}" for what, label in (("page", page), ("note", note)) if label]


def _to_anchor(page: Html, anchor: str) -> str:
    return f"{page}#{quoted(anchor)}" if anchor else page
