"""The words of an edition on its web page, read from the bytes that a browser gets.

Pages are written as XML in which empty elements have no end (``quick.as_html``): every other element is closed by
itself, and no text and no value has a bare ``<`` or ``>``. So they are divided at these two. A page that did not keep
to that would seem to have other words than the edition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from teiwright.rendering.words import BOUNDARY, Stream, Text

_BLOCKS = "p div section article li ul ol h1 h2 h3 h4 h5 h6 td th tr table blockquote figure figcaption br"
_PARTING = frozenset(f"{slash}{name}" for name in _BLOCKS.split() for slash in ("", "/"))
"""Tags at which a word ends."""

_VOID_NAMES = "area base br col embed hr img input link meta source track wbr"
_VOID = frozenset(_VOID_NAMES.split())
"""Elements without an end (HTML, 13.1.2)."""

_RAW = frozenset({"script", "style"})
"""Elements in which no tag begins but their own end (HTML, 13.1.2); what they hold is no text."""

_TURNING = frozenset({"article", "button"})
_BACK = "#call:"
"""The way from a note back to its mark."""

_ATTRIBUTE = re.compile(r'([^\s"=]+)="([^"]*)"')


def words_of_html(page: bytes) -> Text:
    """The words in the article and in the notes, but for what the stylesheet adds."""
    found = Text()
    depth, since = 0, -1
    stream: Stream | None = None  # to which text belongs since that depth
    around: list[tuple[Stream | None, int]] = []
    parts = _body_at_tags(page)
    for part in parts:  # in one loop, as a page has hundreds of tags and a call costs more than they do
        tag, _, text = part.partition(">")
        if tag[:1] == "/":
            if depth == since:
                stream, since = around.pop()
            depth -= 1
            if stream is not None and tag in _PARTING:
                stream.pieces.append(BOUNDARY)
        else:
            name, _, attributes = tag.partition(" ")
            if stream is not None and name in _PARTING:
                stream.pieces.append(BOUNDARY)
            if name[:1] == "!" or name in _RAW:
                text = _behind(part, name, parts)
            elif name not in _VOID:
                depth += 1
                if name in _TURNING or "made" in attributes or "popover" in attributes or _BACK in attributes:
                    around.append((stream, since))
                    stream, since = _stream_in(name, dict(_ATTRIBUTE.findall(attributes)), stream, found), depth
        if text and stream is not None:
            stream.pieces.append((unescape(text) if "&" in text else text, None))
    return found


def _body_at_tags(page: bytes) -> Iterator[str]:
    """The body of a page, divided where tags begin."""
    text = page.decode("utf-8", "replace")
    parts = iter(text[max(0, text.find("<body")) :].split("<"))
    next(parts)  # what stands before the first
    return parts


def _stream_in(name: str, given: Mapping[str, str], around: Stream | None, found: Text) -> Stream | None:
    """To which text belongs what an element holds; none, if the stylesheet made it."""
    if "data-made" in given or "made" in given.get("class", "").split() or name == "button":
        return None
    if given.get("href", "").startswith(_BACK):
        return None
    if name == "article":
        return found.main
    return found.new_note() if given.get("popover") == "" else around


def _behind(part: str, name: str, parts: Iterator[str]) -> str:
    """The text behind a comment, a script or a style sheet, none of which has tags in it."""
    if name in _RAW:
        part, end = next((part for part in parts if part.startswith(f"/{name}")), ""), ">"
    else:
        end = "-->" if name.startswith("!--") else ">"
        while end not in part:
            part = next(parts, end)
    return part.partition(end)[2]
