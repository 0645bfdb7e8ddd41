"""The passages of each document as the search shows them, a file a document, a long one in several."""

from __future__ import annotations

from collections.abc import Iterator

from teiwright.extracted import Extract, Files
from teiwright.publishing.searching.scripts import LEAF, numbered, script

_Shown = tuple[str, str, str, str]
"""Kind, anchor, page and words of a passage."""


def text_files(document: int, extract: Extract) -> Files:
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
        "facts": [fact for fact in (extract.subtitle, extract.date, extract.kind.replace("-", " ")) if fact],
        "language": extract.language,
        "opening": extract.opening,
        "starts": starts,
        "passages": parts[0],
    }
    for name, value in zip(parts_of(document, len(parts)), (known, *parts[1:]), strict=True):
        yield script(name, value)


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
