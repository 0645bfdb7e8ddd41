"""What was found in a file before: if the file, and all that the verdict depends on, are the same, so is the verdict.

Kept is a small file for each checked file. The key is made of contents, never of times.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from teiwright.caching import cache_folder, keep, read_kept
from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.digests import digest_of_file, digest_of_program, key_of
from teiwright.gate.terms import Terms

_NEVER = frozenset({Code.OUR_BUG, Code.NOT_FOUND, Code.NOT_READABLE, Code.SCHEMA_TOO_SLOW})
"""What may be otherwise next time though no file has changed."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found in one file; its id, and where that stands; the files that this depends on."""

    findings: tuple[Diagnostic, ...]
    name: tuple[str, Location] | None = None
    depends: frozenset[Path] = frozenset()


class Memory:
    """The verdicts of earlier runs under the same terms, by the same program."""

    def __init__(self, terms: Terms) -> None:
        forget_digests()
        self._folder = cache_folder("findings")
        self._key = key_of(terms, digest_of_program())

    def recall(self, path: Path, wholes: tuple[Path, ...]) -> Examined | None:
        """What would be found in a file now, if that is known."""
        kept = read_kept(self._file(path)) if self._folder else None
        if kept is None:
            return None
        try:
            data = json.loads(kept)
            if data["key"] != self._key_of(path, wholes) or not _holds(data["depends"]):
                return None
            findings = tuple(_unpacked(each, str(path)) for each in data["findings"])
            name = (data["id"][0], _place(data["id"][1], str(path))) if data["id"] else None
            return Examined(findings, name, frozenset(map(Path, data["depends"])))
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            return None

    def remember(self, path: Path, wholes: tuple[Path, ...], examined: Examined, read: str) -> None:
        """Keep a verdict. ``read`` is the digest of what was checked."""
        if self._folder is None or any(finding.code in _NEVER for finding in examined.findings):
            return
        key = self._key_of(path, wholes)
        if read != _digest(str(path)):
            return
        data = {
            "key": key,
            "depends": {str(file): _digest(str(file)) for file in sorted(examined.depends)},
            "findings": [_packed(finding, str(path)) for finding in examined.findings],
            "id": [examined.name[0], _spot(examined.name[1], str(path))] if examined.name else None,
        }
        keep(self._file(path), json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass"))

    def _file(self, path: Path) -> Path:
        assert self._folder is not None  # noqa: S101 (the callers have looked)
        return self._folder / f"{key_of(path.resolve(), self._key)[:40]}.json"

    def _key_of(self, path: Path, wholes: tuple[Path, ...]) -> str:
        return key_of(self._key, _digest(str(path)), *wholes)


def _holds(depends: Mapping[str, str]) -> bool:
    return all(_digest(file) == digest for file, digest in depends.items())


@lru_cache(maxsize=65536)
def _digest(path: str) -> str:
    """Of a file, once in a run: a thousand editions may point to one list of persons."""
    return digest_of_file(Path(path))


def forget_digests() -> None:
    """At the beginning of a run: files may have been written since the last."""
    _digest.cache_clear()


def _packed(finding: Diagnostic, here: str) -> list[Any]:
    places = [_spot(place, here) for place in (finding.where, *finding.related)]
    return [finding.code.name, finding.message, finding.hint, places]


def _spot(place: Location, here: str) -> list[Any]:
    # the file itself is not named, as it may be named otherwise next time
    return [None if place.path == here else place.path, place.line, place.column, place.xpath, place.offset]


def _unpacked(data: list[Any], here: str) -> Diagnostic:
    code, message, hint, places = data
    found = [_place(place, here) for place in places]
    return Diagnostic(Code[code], found[0], message, hint, tuple(found[1:]))


def _place(data: list[Any], here: str) -> Location:
    path, *rest = data
    return Location(here if path is None else path, *rest)
