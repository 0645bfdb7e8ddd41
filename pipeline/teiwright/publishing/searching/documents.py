"""What a search needs of one document, made where its extract is made, and kept beside it.

The places of a word in a document are numbers (``numbers.py``): how many they are, and for each of them by how much
the number of its passage is higher than that of the last place, and its place in the passage, or its distance from the
last place if that is in the same passage.
"""

from __future__ import annotations

import json
import zlib
from typing import Any, NamedTuple

from teiwright.extracted import Extract
from teiwright.publishing.searching.numbers import Codes
from teiwright.publishing.searching.texts import links_of, texts_of
from teiwright.publishing.searching.traits import traits
from teiwright.publishing.searching.words import words

_CODES = Codes()


class Index(NamedTuple):
    """The words of a document, the places of each, and by what traits the document is chosen."""

    words: list[str]
    places: list[str]
    traits: list[str]


class Shown(NamedTuple):
    """What is shown of a document: its texts as files have them, and the links to its passages."""

    texts: list[str]
    links: list[str]


def searched(extract: Extract) -> bytes:
    """What a search needs of a document: its index, and behind that what is shown of it."""
    places = _places(extract)
    index = " ".join(places), " ".join(places.values()), traits(extract)
    return _packed(index) + _packed((texts_of(extract), links_of(extract)))


def index_from(kept: bytes) -> Index:
    """The index that ``searched`` made."""
    listed, places, chosen_by = json.loads(zlib.decompressobj().decompress(kept))
    return Index(listed.split(), places.split(), chosen_by)


def shown_from(kept: bytes) -> Shown:
    """What is shown, as ``searched`` made it."""
    index = zlib.decompressobj()
    index.decompress(kept)
    return Shown(*json.loads(zlib.decompress(index.unused_data)))


def _packed(value: Any) -> bytes:
    return zlib.compress(json.dumps(value).encode(), 1)


def _places(extract: Extract) -> dict[str, str]:
    """Each word with its places."""
    written: dict[str, list[str]] = {}
    last: dict[str, tuple[int, int]] = {}
    for number, passage in enumerate(extract.passages):
        for place, word in enumerate(words(extract.text[passage.start : passage.end])):
            before = last.get(word)
            last[word] = number, place
            if before is None:
                written[word] = [_CODES[number] + _CODES[place]]
            elif before[0] == number:
                written[word].append(_CODES[0] + _CODES[place - before[1]])
            else:
                written[word].append(_CODES[number - before[0]] + _CODES[place])
    return {word: _CODES[len(places)] + "".join(places) for word, places in written.items()}
