"""The passages of each document as the search shows them, a file a document, a long one in several; links to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from teiwright.extracted import Extract, Files
from teiwright.publishing.markup import Html, link, text
from teiwright.publishing.searching.scripts import LEAF, as_json, numbered, script_of

_LABEL = 40
"""So much of a title is shown where a document has no date."""

_Shown = tuple[str, str, str, str]
"""Kind, anchor, page and words of a passage."""


def texts_of(extract: Extract) -> list[str]:
    """What is known of a document and its first passages; then the others, if there are many."""
    parts = list(_parts(extract))
    starts: list[int] = []
    count = 0
    for part in parts:
        starts.append(count)
        count += len(part)
    known = {
        "id": extract.id,
        "title": extract.title,
        "facts": [fact for fact in (extract.subtitle, extract.date, _kind(extract)) if fact],
        "language": extract.language,
        "opening": extract.opening,
        "starts": starts,
        "passages": parts[0],
    }
    return [as_json(part) for part in (known, *parts[1:])]


def _kind(extract: Extract) -> str:
    """Its kind in words, if it is told: that it is a document says nothing."""
    return "" if extract.kind == "document" else extract.kind.replace("-", " ")


def links_of(extract: Extract) -> list[Html]:
    """The links to all passages, as the list of words has them."""
    label = extract.date or " ".join(filter(None, (_shortened(extract.title), _shortened(extract.subtitle))))
    page = f"../../../{extract.id}.html"
    passages = extract.passages
    return [link(f"{page}#{one.anchor}", text(f"{label}, p. {one.page}" if one.page else label)) for one in passages]


def _shortened(title: str) -> str:
    return title if len(title) <= _LABEL else f"{title[:_LABEL].rsplit(' ', 1)[0]} \u2026"


def text_files(document: int, texts: Sequence[str]) -> Files:
    """The files of the texts of a document."""
    return map(script_of, parts_of(document, len(texts)), texts)


def parts_of(document: int, count: int) -> Iterator[str]:
    """The names of the files of a document, of which there are so many."""
    return (numbered("texts", document, part) for part in range(count))


def _parts(extract: Extract) -> Iterator[list[_Shown]]:
    part: list[_Shown] = []
    size = 0
    for passage in extract.passages:
        words = extract.text[passage.start : passage.end]
        length = len(words.encode()) + 40
        if part and size + length > LEAF:
            yield part
            part, size = [], 0
        part.append((passage.kind, passage.anchor, passage.page, words))
        size += length
    yield part
