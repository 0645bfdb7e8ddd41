"""Large RELAX NG schemas, kept as they are once compiled: tei_all takes ten times as long to compile as to read back.

What is kept is text that names patterns, in our own folder (``caching``); it counts while the files of the schema and
the validator are the same, byte by byte.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from teiwright.caching import cache_folder, keep, read_kept
from teiwright.checking.outline import sort_of
from teiwright.digests import digest_of_file, digest_of_files, key_of
from teiwright.relaxng import Schema

_VALIDATOR = Path(__file__).resolve().parent.parent / "relaxng"
_WORTH_KEEPING = 100_000
"""Bytes; what is smaller is compiled in a moment."""


def compiled(path: Path, trusted: tuple[Path, ...], *, keeps: bool) -> Schema:
    """The schema of a file. Raises ``SchemaError``, ``TooComplexError``; ``OSError`` if it is not there."""
    folder = cache_folder("relaxng") if keeps and path.stat().st_size >= _WORTH_KEEPING else None
    if folder is None:
        return Schema(path, sort_of, trusted)
    place = folder / f"{key_of(path.resolve(), *trusted)}.json"
    return _recalled(path, trusted, place) or _made(path, trusted, place)


def _made(path: Path, trusted: tuple[Path, ...], place: Path) -> Schema:
    schema = Schema(path, sort_of, trusted)
    text = schema.keep()
    if text is not None:
        keep(place, f"{json.dumps(_key(schema.files))}\n{text}".encode("utf-8", "surrogatepass"))
    return schema


def _recalled(path: Path, trusted: tuple[Path, ...], place: Path) -> Schema | None:
    data = read_kept(place)
    if data is None:
        return None
    try:
        head, _, text = data.decode("utf-8", "surrogatepass").partition("\n")
        key = json.loads(head)
        files = tuple(map(Path, key["files"]))
        return Schema(path, sort_of, trusted, (text, files)) if key == _key(files) else None
    except (ValueError, KeyError, TypeError, LookupError, AttributeError):
        return None  # whatever is wrong with what was kept, it is made anew


def _key(files: tuple[Path, ...]) -> Mapping[str, object]:
    return {"validator": _validator(), "files": {str(file): digest_of_file(file) for file in files}}


@lru_cache(maxsize=1)
def _validator() -> str:
    return digest_of_files([_VALIDATOR])
