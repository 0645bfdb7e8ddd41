"""HTML in pieces that cannot be mistaken for text: what is no ``Html`` is escaped."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import NewType
from urllib.parse import quote

Html = NewType("Html", str)
"""Markup that is safe as it stands."""

NOTHING = Html("")


def text(words: str) -> Html:
    """Words as text or as the value of an attribute."""
    return Html(escape(words))


def url(path: str) -> Html:
    """A path, or a path and an id, as the value of ``href``; no path can become another scheme or host."""
    name, mark, anchor = path.partition("#")
    return Html(f"{quote(name, safe='/~')}{mark}{quoted(anchor)}")


@lru_cache(maxsize=4096)
def quoted(anchor: str) -> Html:
    """An id as the end of a link."""
    return Html(quote(anchor, safe=":~"))


def way(here: str, to: str) -> str:
    """The link from the page ``here`` to another; both are paths below the same folder."""
    folder = here[: here.rfind("/") + 1]
    return to[len(folder) :] if folder and to.startswith(folder) else "../" * here.count("/") + to


def joined(parts: list[Html]) -> Html:
    """Pieces one after the other, each on its line."""
    return Html("\n".join(part for part in parts if part))


def listed(items: list[Html], kind: str = "") -> Html:
    """A list without marks; nothing if it has no items."""
    return (
        Html(f'<ul class="{kind}">\n' + "\n".join(f"<li>{item}</li>" for item in items) + "\n</ul>")
        if items
        else NOTHING
    )


def link(path: str, words: str | Html, attributes: str = "") -> Html:
    """A link; ``attributes`` are markup."""
    return Html(f'<a href="{url(path)}"{attributes}>{words}</a>')
