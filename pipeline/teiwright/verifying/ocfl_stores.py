"""OCFL storage roots (1.0, 1.1): only objects below them, each where the layout says, each once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.verifying.entries import Listing
from teiwright.verifying.inventories import broken, doubted
from teiwright.verifying.json_files import read_json
from teiwright.verifying.ocfl_objects import Object

_DECLARATION = re.compile(r"0=ocfl_(1\.[01])")
_LAYOUT = "ocfl_layout.json"
_HASHED = "0004-hashed-n-tuple-storage-layout"
_NAMED = "0003-hash-and-id-n-tuple-storage-layout"
_FLAT = "0002-flat-direct-storage-layout"


def needed(root: str, listing: Listing) -> list[str]:
    """The declaration, the layout and its settings."""
    names = [root + name for name in listing.children(root)[0] if name.startswith("0=ocfl_") or name == _LAYOUT]
    return names + [path for path in listing.below(f"{root}extensions/") if path.endswith("/config.json")]


def check_store(
    root: str, listing: Listing, texts: Mapping[str, bytes], objects: Mapping[str, Object]
) -> Iterator[Diagnostic]:
    """``objects`` are those that were found, by their folders, which end in ``/``."""
    version = ""
    for name in listing.children(root)[0]:
        if not name.startswith("0="):
            continue
        match = _DECLARATION.fullmatch(name)
        version = match[1] if match else version
        if match is None:
            yield broken(root + name, "the declaration is of no version of OCFL that is known here (E069)")
        elif texts.get(root + name, b"").decode("utf-8", "replace") != f"{name[2:]}\n":
            yield broken(root + name, f"the declaration must hold `{name[2:]}` and a line end (E080)")
    if not objects:
        yield doubted(root, "there is no object in the storage root")
    yield from _between(root, listing, objects)
    yield from _objects(objects, version)
    yield from _layout(root, texts, objects)


def _between(root: str, listing: Listing, objects: Mapping[str, Object]) -> Iterator[Diagnostic]:
    """Between the storage root and its objects there are folders alone (section 4.1)."""
    for name in listing.children(f"{root}extensions/")[0]:
        yield broken(f"{root}extensions/{name}", "only folders may stand in `extensions` (E086)")
    for path in listing.below(root):
        inside = path.removeprefix(root)
        if "/" not in inside or inside.startswith("extensions/"):
            continue
        if not any(f"{above}/" in objects for above in _above(path, root)):
            yield broken(path, "the file is in the storage root, and in no object (E072, E084)")
    for folder in listing.empty_folders(root):
        held = any(f"{above}/" in objects for above in _above(folder, root))
        if not held and not f"{folder}/".startswith(f"{root}extensions/"):
            yield broken(folder, "an empty folder stands in the storage root (E073)")


def _above(path: str, root: str) -> Iterator[str]:
    while (path := path.rpartition("/")[0]) and path.startswith(root.rstrip("/")):
        yield path


def _objects(objects: Mapping[str, Object], version: str) -> Iterator[Diagnostic]:
    seen: dict[str, str] = {}
    for folder, made in objects.items():
        if version and made.version > version:
            yield broken(folder, f"the object is of OCFL {made.version}, the storage root of {version} (E081)")
        if made.inventory is None:
            continue
        other = seen.setdefault(made.inventory.identifier, folder)
        if other != folder:
            message = f"`{made.inventory.identifier}` is the `id` of two objects"
            yield Diagnostic(Code.DUPLICATE_IDENTIFIER, Location(folder), message, None, (Location(other),))


def _layout(root: str, texts: Mapping[str, bytes], objects: Mapping[str, Object]) -> Iterator[Diagnostic]:
    path = root + _LAYOUT
    if path not in texts:
        return
    try:
        layout = read_json(path, texts[path])
    except TeiwrightError as error:
        yield error.finding
        return
    stated = [layout.get(key) for key in ("extension", "description")] if isinstance(layout, dict) else [None]
    if not all(isinstance(value, str) for value in stated):
        yield broken(path, "expected `extension` and `description` (E070)")
        return
    name = layout["extension"]
    settings: Any = {}
    if (config := f"{root}extensions/{name}/config.json") in texts:
        try:
            settings = read_json(config, texts[config])
        except TeiwrightError as error:
            yield error.finding
    place = _PLACES.get(name)
    if place is None or not isinstance(settings, dict):
        yield doubted(path, f"the layout `{name}` is not known here; where objects stand is not checked")
        return
    for folder, made in objects.items():
        if made.inventory is None:
            continue
        expected = place(made.inventory.identifier, settings)
        if expected is not None and f"{root}{expected}/" != folder:
            yield broken(folder, f"the object stands elsewhere than its layout says, expected `{expected}` (E071)")


def _flat(identifier: str, _: Mapping[str, Any]) -> str | None:
    return identifier


def _hashed(identifier: str, settings: Mapping[str, Any]) -> str | None:
    parts = _tuples(identifier, settings)
    if parts is None:
        return None
    digest, tuples = parts
    rest = digest[sum(map(len, tuples)) :] if settings.get("shortObjectRoot") is True else digest
    return "/".join([*tuples, rest])


def _named(identifier: str, settings: Mapping[str, Any]) -> str | None:
    parts = _tuples(identifier, settings)
    if parts is None:
        return None
    digest, tuples = parts
    name = re.sub("[^A-Za-z0-9_-]", lambda found: "".join(f"%{byte:02x}" for byte in found[0].encode()), identifier)
    return "/".join([*tuples, name if len(name) <= 100 else f"{name[:100]}-{digest}"])


def _tuples(identifier: str, settings: Mapping[str, Any]) -> tuple[str, list[str]] | None:
    """The identifier's checksum, and the parts of it that become folders."""
    algorithm, size, count = (
        settings.get(key, usual)
        for key, usual in (("digestAlgorithm", "sha256"), ("tupleSize", 3), ("numberOfTuples", 3))
    )
    if algorithm not in ("sha256", "sha512", "md5", "sha1") or not isinstance(size, int) or not isinstance(count, int):
        return None
    digest = hashlib.new(algorithm, identifier.encode(), usedforsecurity=False).hexdigest()
    return digest, [digest[size * each : size * (each + 1)] for each in range(count)]


_PLACES: Mapping[str, Callable[[str, Mapping[str, Any]], str | None]] = {
    _FLAT: _flat,
    _HASHED: _hashed,
    _NAMED: _named,
}
