"""RO-Crate 1.1 and 1.2: the files that ``ro-crate-metadata.json`` describes, and what it must say of the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.verifying.claims import Claim, Digest, MediaType, Presence, Size
from teiwright.verifying.digesting import has_form, known
from teiwright.verifying.entries import Listing
from teiwright.verifying.json_files import read_json
from teiwright.verifying.links import Inside, Outside, Remote, follow

Statements = Iterator[Claim | Diagnostic]
METADATA = "ro-crate-metadata.json"
_CONFORMS = re.compile(r"https?://w3id\.org/ro/crate/(\d+\.\d+)")
_ASKED = ("name", "description", "datePublished", "license")
_DIGESTS = ("sha256", "sha512", "sha1", "md5")
_OWN = re.compile(
    r"ro-crate-(metadata\.json|preview\.html|preview_files/.*)|METS\.xml"
    r"|(bagit|bag-info|fetch|(tag)?manifest-\w+)\.txt"
)
"""What describes the package need not be described: METS has the crate's checksum, so the crate cannot have its."""

_HINT = "make the crate anew, or correct `ro-crate-metadata.json`"


@dataclass(frozen=True)
class Crate:
    """A folder with its description; ``root`` ends in ``/`` or is empty."""

    root: str
    listing: Listing
    graph: tuple[dict[str, Any], ...]

    @property
    def path(self) -> str:
        """The description's file."""
        return self.root + METADATA

    @cached_property
    def by_id(self) -> Mapping[str, dict[str, Any]]:
        """Entities by their ``@id``; of two with the same one the first."""
        found: dict[str, dict[str, Any]] = {}
        for entity in self.graph:
            found.setdefault(str(entity.get("@id")), entity)
        return found

    @cached_property
    def descriptor(self) -> dict[str, Any] | None:
        """The entity that stands for the description itself."""
        return next((self.by_id[name] for name in (METADATA, f"./{METADATA}") if name in self.by_id), None)

    @cached_property
    def dataset(self) -> dict[str, Any] | None:
        """The entity of the whole."""
        about = (self.descriptor or {}).get("about")
        return self.by_id.get(str(about.get("@id"))) if isinstance(about, dict) else None

    @property
    def version(self) -> str | None:
        """Of RO-Crate, as the descriptor says."""
        stated = [each.get("@id", "") for each in _objects((self.descriptor or {}).get("conformsTo"))]
        return next((match[1] for each in stated if (match := _CONFORMS.match(str(each)))), None)


def read_crate(root: str, listing: Listing, data: bytes) -> Crate:
    """Raises ``TeiwrightError`` for what is no JSON-LD with a flat graph."""
    path = root + METADATA
    read = read_json(path, data)
    graph = read.get("@graph") if isinstance(read, dict) else None
    if not isinstance(graph, list) or not all(isinstance(entity, dict) for entity in graph):
        message = "expected an object with `@context` and `@graph`, a list of entities"
        raise TeiwrightError(Diagnostic(Code.CRATE_RULE_BROKEN, Location(path), message, _HINT))
    return Crate(root, listing, tuple(graph))


def describe(crate: Crate) -> Statements:
    """All that the crate claims, and what is missing in it."""
    yield from _whole(crate)
    yield from _identifiers(crate)
    described: set[str] = set()
    folders: set[str] = set()
    for place, entity in enumerate(crate.graph):
        types = _strings(entity.get("@type"))
        identifier = str(entity.get("@id", ""))
        if "Dataset" in types and entity is not crate.dataset:
            yield from _folder(crate, identifier, _at(crate, place), folders)
        elif "File" in types or "MediaObject" in types:
            yield from _file(crate, entity, _at(crate, place), described)
    yield from _references(crate)
    yield from _not_described(crate, described, folders)


def _whole(crate: Crate) -> Iterator[Diagnostic]:
    if crate.descriptor is None:
        yield _broken(crate, f"no entity describes `{METADATA}` itself")
        return
    if crate.version is None:
        yield _broken(crate, f"`{METADATA}` does not say to which version of RO-Crate it conforms")
    if crate.dataset is None:
        yield _broken(crate, f"`about` of `{METADATA}` leads to no entity, expected the whole crate")
        return
    if "Dataset" not in _strings(crate.dataset.get("@type")):
        yield _broken(crate, "the crate as a whole is no `Dataset`")
    for name in _ASKED:
        if not crate.dataset.get(name):
            yield _broken(crate, f"the crate as a whole has no `{name}`")


def _identifiers(crate: Crate) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for place, entity in enumerate(crate.graph):
        identifier = entity.get("@id")
        if not isinstance(identifier, str) or not identifier:
            yield _broken(crate, "an entity has no `@id`", place)
        elif identifier in seen:
            message = f"the `@id` `{identifier}` comes twice"
            yield Diagnostic(Code.DUPLICATE_IDENTIFIER, _at(crate, place), message, "make one entity of the two")
        seen.add(str(identifier))


def _folder(crate: Crate, identifier: str, where: Location, folders: set[str]) -> Iterator[Diagnostic]:
    if not identifier or identifier.startswith(("#", "_:")):
        return
    target = follow(identifier, crate.root, crate.root, crate.listing)
    match target:
        case Outside(why):
            yield _leaving(identifier, where, why)
        case Inside(path):
            folders.add(path)
            if path and not crate.listing.has_folder(path):
                message = f"the folder `{identifier}` is described, and is not in the package"
                yield Diagnostic(Code.DESCRIBED_FILE_MISSING, where, message, _HINT)
        case Remote():
            pass


def _file(crate: Crate, entity: Mapping[str, Any], where: Location, described: set[str]) -> Statements:
    identifier = str(entity.get("@id", ""))
    if identifier.startswith(("#", "_:")):
        return
    target = follow(identifier, crate.root, crate.root, crate.listing)
    match target:
        case Outside(why):
            yield _leaving(identifier, where, why)
        case Remote():
            message = f"`{identifier}` is not in the package; nothing is fetched, and nothing proven of it"
            yield Diagnostic(Code.REMOTE_REFERENCE, where, message)
        case Inside(path):
            described.add(path)
            yield Presence(path, where)
            yield from _sizes_and_digests(entity, path, where)


def _sizes_and_digests(entity: Mapping[str, Any], path: str, where: Location) -> Statements:
    size = entity.get("contentSize")
    if isinstance(size, int | str) and str(size).isdigit():
        yield Size(path, int(size), where)
    elif size is not None:
        message = f"`contentSize` of `{path}` is `{size}`, expected a number of bytes"
        yield Diagnostic(Code.CRATE_RULE_DOUBTED, where, message, _HINT)
    for name in _DIGESTS:
        value = entity.get(name)
        ours = known(name)
        if value is None or ours is None:
            continue
        if isinstance(value, str) and has_form(ours, value):
            yield Digest(path, ours, value.lower(), where)
        else:
            yield Diagnostic(Code.CRATE_RULE_BROKEN, where, f"`{name}` of `{path}` is no such checksum", _HINT)
    for stated in _strings(entity.get("encodingFormat")):
        if "/" in stated and "://" not in stated:
            yield MediaType(path, stated, where)


def _references(crate: Crate) -> Iterator[Diagnostic]:
    """Each entity that is pointed to is described; a part of the crate must be, of others it should be so."""
    for place, entity in enumerate(crate.graph):
        for name, value in entity.items():
            for each in _objects(value):
                target = each.get("@id")
                if not isinstance(target, str) or target in crate.by_id or re.match(r"[A-Za-z][\w+.-]*:", target):
                    continue
                if name == "hasPart" or not target.startswith(("#", "_:")):
                    message = f"`{name}` of `{entity.get('@id')}` points to `{target}`, which is described nowhere"
                    yield Diagnostic(Code.DANGLING_LINK, _at(crate, place), message, _HINT)
                else:
                    message = f"`{name}` of `{entity.get('@id')}` points to `{target}`, of which nothing is said"
                    yield Diagnostic(Code.CRATE_RULE_DOUBTED, _at(crate, place), message, _HINT)


def _not_described(crate: Crate, described: set[str], folders: set[str]) -> Iterator[Diagnostic]:
    left = [
        path
        for path in crate.listing.below(crate.root)
        if path not in described
        and not _OWN.fullmatch(path.removeprefix(crate.root))
        and folders.isdisjoint(accumulate(path.split("/")[:-1], "{}/{}".format))
    ]
    if left:
        more = f" and {len(left) - 3} more" if len(left) > 3 else ""
        listed = ", ".join(f"`{path.removeprefix(crate.root)}`" for path in left[:3])
        message = f"the crate does not describe {listed}{more}"
        yield Diagnostic(Code.FILE_NOT_IN_CRATE, Location(crate.path), message, "describe each file of the crate")


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]


def _strings(value: Any) -> list[str]:
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)]


def _at(crate: Crate, place: int) -> Location:
    return Location(crate.path, xpath=f"/@graph/{place}")


def _leaving(identifier: str, where: Location, why: str) -> Diagnostic:
    message = f"`{identifier}` leads out of the crate: {why}"
    return Diagnostic(Code.PATH_LEAVES_PACKAGE, where, message, "trust nothing in this crate")


def _broken(crate: Crate, message: str, place: int | None = None) -> Diagnostic:
    where = Location(crate.path) if place is None else _at(crate, place)
    return Diagnostic(Code.CRATE_RULE_BROKEN, where, message, _HINT)
