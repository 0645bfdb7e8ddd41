"""Pieces of HTML: text is escaped where it comes in, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

_CODE = re.compile(r"`([^`]*)`")


def text(words: str) -> str:
    """Plain words, with what stands between backticks as code."""
    return _CODE.sub(lambda found: f"<code>{found[1]}</code>", escape(words, quote=False))


def link(target: str, label: str) -> str:
    """A link within the page; ``label`` is plain words."""
    return f'<a href="#{escape(target)}">{escape(label, quote=False)}</a>'


def names(links: Iterable[str]) -> str:
    """Links in one line, each of them large enough for a finger."""
    return f'<span class="n">{" ".join(links)}</span>'


def entry(term: str, *descriptions: str) -> str:
    """A term of a list of descriptions, and what is said of it; nothing if that is nothing."""
    said = [each for each in descriptions if each]
    return f"<dt>{term}</dt>{''.join(f'<dd>{each}</dd>' for each in said)}\n" if said else ""


def listed(entries: Iterable[str]) -> str:
    """A list of descriptions; nothing if there are none."""
    inside = "".join(entries)
    return f"<dl>\n{inside}</dl>" if inside else ""


def block(code: str) -> str:
    """Code on lines of its own."""
    return f"<pre><code>{escape(code, quote=False)}</code></pre>"


def paragraph(words: str | None) -> str:
    """A paragraph; nothing if there are no words."""
    return f"<p>{text(words)}</p>" if words else ""
