"""IIIF manifests (Presentation 2.1 and 3.0) that lie on the disk: which picture belongs to which page of a source.

Nothing is fetched: a manifest is a file, and a picture that it has on another host stays an address.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

_LARGEST = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Canvas:
    """A page in a manifest: its label, and the address of its picture, which may be relative to the manifest."""

    label: str
    picture: str


class NoManifestError(Exception):
    """What is wrong with a file that should be a manifest, in words that go on from its name."""


def read_manifest(path: Path) -> tuple[Canvas, ...]:
    """The canvases of a manifest that have a picture, in its order. Raises ``NoManifestError``."""
    try:
        if path.stat().st_size > _LARGEST:
            raise NoManifestError("is larger than 64 MB")
        read = json.loads(path.read_bytes())
    except OSError as error:
        raise NoManifestError("is not there") from error
    except (ValueError, RecursionError) as error:
        raise NoManifestError("is no JSON") from error
    canvases = tuple(canvas for one in _canvases(read) if (canvas := _canvas(one)))
    if not canvases:
        raise NoManifestError("has no canvas with a picture, in the form of IIIF Presentation 2 or 3")
    return canvases


def _canvases(manifest: object) -> Iterator[object]:
    """Those of a manifest of version 3, or of the first sequence of version 2 (5.2: others are other orders)."""
    sequences = _list(manifest, "sequences")
    yield from _list(sequences[0], "canvases") if sequences else _list(manifest, "items")


def _canvas(canvas: object) -> Canvas | None:
    label = " ".join(next(_words(_of(canvas, "label")), "").split())
    picture = next(filter(None, _pictures(canvas)), None)
    return Canvas(label, picture) if picture else None


def _pictures(canvas: object) -> Iterator[str | None]:
    """The addresses of what is painted on a canvas; of several to choose from, the usual one comes first."""
    for annotation in _list(canvas, "images"):
        resource = _of(annotation, "resource")
        yield _address(_of(resource, "default") or resource)
    for page in _list(canvas, "items"):
        for annotation in _list(page, "items"):
            for body in _several(_of(annotation, "body")):
                yield _address(next(iter(_list(body, "items")), body))


def _address(resource: object) -> str | None:
    found = _of(resource, "id") or _of(resource, "@id")
    return found.strip() if isinstance(found, str) and found.strip() else None


def _words(label: object) -> Iterator[str]:
    """A label is words, words with a language (version 2), or a list of words for each language (version 3)."""
    match label:
        case str():
            yield label
        case list():
            for one in label:
                yield from _words(one)
        case dict() if "@value" in label:
            yield from _words(label["@value"])
        case dict():
            for words in label.values():
                yield from _words(words)


def _of(thing: object, key: str) -> object:
    return thing.get(key) if isinstance(thing, dict) else None


def _list(thing: object, key: str) -> list[object]:
    found = _of(thing, key)
    return found if isinstance(found, list) else []


def _several(thing: object) -> list[object]:
    return thing if isinstance(thing, list) else [thing]


def canvases_of_pages(canvases: Sequence[Canvas], pages: Sequence[str]) -> Mapping[int, Canvas]:
    """The canvas of each page of a text, given the printed number of each or nothing.

    By the label, if only one page and one canvas have it. What stands between two pages that were found so, or before
    or after all of them, is taken in its order if there are as many pages as canvases; else nothing is guessed.
    """
    labels, numbers = [_number(one.label) for one in canvases], [_number(one) for one in pages]
    of_labels, of_numbers = Counter(labels), Counter(numbers)
    known = {label: place for place, label in enumerate(labels) if label and of_labels[label] == 1}
    found = {page: known[one] for page, one in enumerate(numbers) if one in known and of_numbers[one] == 1}
    in_order = list(found.values()) == sorted(found.values())
    bounds = [(-1, -1), *found.items(), (len(pages), len(canvases))] if in_order else []
    for (page, place), (next_page, next_place) in pairwise(bounds):
        if next_page - page == next_place - place:
            between = [(page + step, place + step) for step in range(1, next_page - page)]
            found |= {a: b for a, b in between if len(bounds) == _NONE_KNOWN or _agree(numbers[a], labels[b])}
    return {page: canvases[place] for page, place in found.items()}


_NONE_KNOWN = 2
"""Beginning and end: labels that are the number of no page may count pictures, and contradict none."""


def _agree(number: str, label: str) -> bool:
    return not (number.isdigit() and label.isdigit()) or number == label


def _number(label: str) -> str:
    """``p. 12``, ``[12]`` and ``Page 12`` are the page 12."""
    plain = label.strip().strip("[]().").casefold()
    return _PAGE.sub("", plain).strip("[](). ")


_PAGE = re.compile(r"^(?:pages?|pp?\.|pg\.|folio|fol\.|f\.|seite|s\.)\s*")
