"""SVG in pieces. A picture is part of its page, so that it has the page's colours and its links."""

from __future__ import annotations

from teiwright.publishing.markup import Html, joined, text, url

WIDTH = 576
"""As wide as a column of text."""

TARGET = 24
"""What can be pointed at is so wide and high (WCAG 2.2, 2.5.8)."""


def number(value: float) -> str:
    """With one decimal at most, the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")


def words(x: float, y: float, said: str, kind: str = "", anchor: str = "start") -> Html:
    """A line of text; ``anchor`` is the part of it that stands at ``x``."""
    named = f' class="{kind}"' if kind else ""
    return Html(f'<text x="{number(x)}" y="{number(y)}" text-anchor="{anchor}"{named}>{text(said)}</text>')


def box(x: float, y: float, width: float, height: float, kind: str) -> Html:
    """A rectangle from its upper left corner."""
    sizes = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
    return Html(f'<rect {sizes} class="{kind}"/>')


def linked(to: str, said: str, shape: Html) -> Html:
    """A shape that leads somewhere; ``said`` is read out, and shown under the pointer."""
    return Html(f'<a href="{url(to)}" aria-label="{text(said)}"><title>{text(said)}</title>{shape}</a>')


def picture(height: float, title: str, description: str, shapes: list[Html]) -> Html:
    """The picture in its frame, which can be scrolled where the window is narrow."""
    return Html(
        f'<div class="picture" role="region" aria-label="{text(title)}" tabindex="0">\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" role="group" aria-labelledby="picture:title picture:description" '
        f'width="{WIDTH}" height="{number(height)}" viewBox="0 0 {WIDTH} {number(height)}">\n'
        f'<title id="picture:title">{text(title)}</title>\n<desc id="picture:description">{text(description)}</desc>\n'
        f"{joined(shapes)}\n</svg>\n</div>"
    )
