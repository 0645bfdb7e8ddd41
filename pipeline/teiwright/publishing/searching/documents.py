"""What a search needs of one document, made where its extract is made, and kept beside it.

The places of a word in a document are numbers (``numbers.py``): how many they are, and for each of them by how much
the number of its passage is higher than that of the last place, and its place in the passage, or its distance from the
last place if that is in the same passage.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import NamedTuple

from teiwright.extracted import Extract
from teiwright.publishing.searching.numbers import Codes
from teiwright.publishing.searching.scripts import as_json
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
    """What a search needs of a document: the length of its index, that index, and behind it what is shown of it."""
    places = _places(extract)
    index = _packed((" ".join(places), " ".join(places.values()), as_json(traits(extract))))
    return len(index).to_bytes(_LENGTH) + index + _packed((as_json(links_of(extract)), *texts_of(extract)))


def index_from(kept: bytes) -> Index:
    """The index that ``searched`` made."""
    listed, places, chosen_by = _unpacked(kept[_LENGTH : _end_of_index(kept)])
    return Index(listed.split(), places.split(), json.loads(chosen_by))


def shown_from(kept: bytes) -> Shown:
    """What is shown, as ``searched`` made it."""
    links, *texts = _unpacked(kept[_end_of_index(kept) :])
    return Shown(texts, json.loads(links))


_LENGTH = 4
"""Bytes that say how long the index is."""


def _end_of_index(kept: bytes) -> int:
    return _LENGTH + int.from_bytes(kept[:_LENGTH])


def _packed(lines: Iterable[str]) -> bytes:
    """Lines, within which there is no end of a line: JSON has none, nor have words and numbers."""
    return zlib.compress("\n".join(lines).encode(), 1)


def _unpacked(packed: bytes) -> list[str]:
    return zlib.decompress(packed).decode().split("\n")


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
