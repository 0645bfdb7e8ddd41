"""What a project remembers of its steps and editions, and how that is written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from teiwright.diagnostics import Code, Diagnostic, Location

Parts = Mapping[str, str]
"""All that a step depends on: what it is in words, and its digest."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one step made of one thing: of which parts, which files (relative to the project) with which digests.

    Without parts it holds for nothing: what it says may be over by the next build.
    """

    parts: Parts | None
    files: Mapping[str, str]

    def changed(self, digest_of: Callable[[str], str], parts: Parts) -> Iterator[str]:
        """What has changed since, in words; nothing if the step need not be taken again."""
        if self.parts is None:
            yield "what it met may be over"
            return
        if self.parts != parts:
            yield from self._changed_parts(self.parts, parts)
        for name, digest in self.files.items():
            if (now := digest_of(name)) != digest:
                yield f"`{name}` {'is not what was made' if now else 'is gone'}"

    @staticmethod
    def _changed_parts(before: Parts, parts: Parts) -> Iterator[str]:
        for what in sorted({*before, *parts}):
            if before.get(what) != parts.get(what):
                how = "is new" if what not in before else "is gone" if what not in parts else "changed"
                yield f"{what} {how}"


@dataclass(frozen=True, slots=True)
class Memory(Taken):
    """The same, with what the step found and counted."""

    findings: tuple[Diagnostic, ...] = ()
    figures: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an edition that stands: what links to it say of it, and what its collection sees of it.

    ``extract`` and its ``outline`` are JSON, compressed; by their digests one knows whether the collection would look
    otherwise. ``searched`` is what a search needs of the extract.
    """

    name: str
    id: str
    digest: str
    summary: Mapping[str, str]
    extract_digest: str = ""
    extract: bytes = b""
    outline: bytes = b""
    outline_digest: str = ""
    searched: bytes = b""

    @property
    def title(self) -> str:
        """What links to it are called."""
        return self.summary.get("title", "")


def raw(name: str) -> bytes:
    """A name as bytes, because file systems take names that are no text."""
    return name.encode("utf-8", "surrogateescape")


def cooked(name: bytes) -> str:
    """The name again."""
    return name.decode("utf-8", "surrogateescape")


def packed(finding: Diagnostic, folder: Path) -> dict[str, Any]:
    """A finding for JSON; its places are seen from the project's folder."""
    return {
        "code": finding.code.name,
        "message": finding.message,
        "hint": finding.hint,
        "where": _packed_place(finding.where, folder),
        "related": [_packed_place(place, folder) for place in finding.related],
    }


def _packed_place(place: Location, folder: Path) -> list[Any]:
    # Relative to the project, so that the memory holds wherever the build is started from.
    path = Path(place.path)
    inside = path.is_relative_to(folder)
    name = path.relative_to(folder).as_posix() if inside else place.path
    return [inside, name, place.line, place.column, place.xpath]


def unpacked(data: dict[str, Any], folder: Path) -> Diagnostic:
    """The finding again."""
    places = [_unpacked_place(place, folder) for place in (data["where"], *data["related"])]
    return Diagnostic(Code[data["code"]], places[0], data["message"], data["hint"], tuple(places[1:]))


def _unpacked_place(data: list[Any], folder: Path) -> Location:
    inside, name, *numbers = data
    return Location(str(folder / name) if inside else name, *numbers)
