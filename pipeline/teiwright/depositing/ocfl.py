"""A store of versions by OCFL 1.1: each deposit of a collection is a version, and holds only what is new in it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from teiwright import __version__
from teiwright.depositing.description import Description
from teiwright.depositing.tree import Written, settle
from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError

_ROOT = ("0=ocfl_1.1", b"ocfl_1.1\n")
_OBJECT = ("0=ocfl_object_1.1", b"ocfl_object_1.1\n")
_TYPE = "https://ocfl.io/1.1/spec/#inventory"
_LAYOUT = "0003-hash-and-id-n-tuple-storage-layout"
_DEPTH, _WIDTH = 3, 3
_URL = re.compile(r"https?://[^\s<>\"]+")
"""The layout's own defaults: three folders of three figures of the id's SHA-256, then the id."""

Inventory = dict[str, Any]


def store(root: Path, known: Description, tree: Path, files: Sequence[Written]) -> str:
    """Add ``tree`` to the store as the next version of its object; the version's name, also if it is there already.

    The whole object is made anew beside the store, with links to what it has, and takes the old one's place.
    A run that is killed leaves the old object, the new one, or the old one under a name that the next run puts right.
    """
    _begin(root)
    place = root / _path_of(known.urn)
    aside, fresh = _beside(root, known, "earlier"), _beside(root, known, "next")
    _recover(place, aside, fresh)
    inventory = _inventory(place) if place.exists() else None
    state = {file.path: file.sha512 for file in files}
    if inventory is not None and _state(inventory, inventory["head"]) == state:
        return str(inventory["head"])
    try:
        version = _next(fresh, place, inventory, known, tree, state)
        place.parent.mkdir(parents=True, exist_ok=True)
        settle(fresh)
        if place.exists():
            place.rename(aside)
        fresh.rename(place)
        settle(place.parent)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(aside, ignore_errors=True)
    return version


def _begin(root: Path) -> None:
    """Make the store if there is none; refuse a folder that is something else."""
    name, declaration = _ROOT
    if (root / name).is_file():
        return
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise _refused(root, "the folder has something else in it, and no `0=ocfl_1.1`", "name a new folder")
    beside = root.with_name(f".teiwright-ocfl-{root.name}")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    layout = {"extension": _LAYOUT, "description": "Objects lie in folders by the SHA-256 of their id"}
    settings = {
        "extensionName": _LAYOUT,
        "digestAlgorithm": "sha256",
        "tupleSize": _WIDTH,
        "numberOfTuples": _DEPTH,
    }
    (beside / "ocfl_layout.json").write_bytes(_json(layout))
    (beside / "extensions" / _LAYOUT).mkdir(parents=True)
    (beside / "extensions" / _LAYOUT / "config.json").write_bytes(_json(settings))
    (beside / name).write_bytes(declaration)
    if root.exists():
        root.rmdir()
    beside.rename(root)


def _path_of(identifier: str) -> str:
    """By the layout: percent-encoded, with lower-case figures, after three tuples of its digest."""
    digest = hashlib.sha256(identifier.encode()).hexdigest()
    tuples = [digest[n * _WIDTH : (n + 1) * _WIDTH] for n in range(_DEPTH)]
    encoded = re.sub(rb"[^A-Za-z0-9_-]", lambda match: b"%%%02x" % match[0][0], identifier.encode()).decode()
    return "/".join([*tuples, encoded])


def _beside(root: Path, known: Description, what: str) -> Path:
    return root.with_name(f".teiwright-ocfl-{root.name}-{known.uuid}-{what}")


def _recover(place: Path, aside: Path, fresh: Path) -> None:
    """Put right what a killed run left."""
    shutil.rmtree(fresh, ignore_errors=True)
    if aside.exists() and not place.exists():
        aside.rename(place)
    shutil.rmtree(aside, ignore_errors=True)


def _inventory(place: Path) -> Inventory:
    """That of the object that stands there, if it is one of ours and its inventory is whole."""
    path, sidecar = place / "inventory.json", place / "inventory.json.sha512"
    try:
        data, said = path.read_bytes(), sidecar.read_text("utf-8", "replace").split()
        inventory = json.loads(data)
        whole = said[:1] == [hashlib.sha512(data).hexdigest()] and inventory["digestAlgorithm"] == "sha512"
        _state(inventory, inventory["head"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _refused(path, "it cannot be read as the inventory of an object", "restore it from a copy") from error
    if not whole or not (place / _OBJECT[0]).is_file():
        raise _refused(path, "it is not as its checksum says", "restore it from a copy")
    return dict(inventory)


def _state(inventory: Inventory, version: str) -> dict[str, str]:
    """Logical path and digest of all that a version holds."""
    state = inventory["versions"][version]["state"]
    return {path: digest for digest, paths in state.items() for path in paths}


def _next(
    fresh: Path, place: Path, inventory: Inventory | None, known: Description, tree: Path, state: Mapping[str, str]
) -> str:
    """Write the object with its next version into ``fresh``."""
    version = f"v{int(inventory['head'][1:]) + 1}" if inventory else "v1"
    fresh.mkdir(parents=True)
    if inventory:
        _link_all(place, fresh)
    manifest: dict[str, list[str]] = dict(inventory["manifest"]) if inventory else {}
    for path, digest in sorted(state.items()):
        if digest not in manifest:
            manifest[digest] = [f"{version}/content/{path}"]
            target = fresh / version / "content" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(tree / path, target)
            if hashlib.sha512(target.read_bytes()).hexdigest() != digest:
                raise _refused(target, "the file is not as it was when it was packed", "run again")
    data = _json(_with_version(inventory, manifest, version, known, state))
    (fresh / version).mkdir(exist_ok=True)
    for folder in (fresh / version, fresh):
        (folder / "inventory.json").write_bytes(data)
        (folder / "inventory.json.sha512").write_text(f"{hashlib.sha512(data).hexdigest()} inventory.json\n")
    (fresh / _OBJECT[0]).write_bytes(_OBJECT[1])
    return version


def _user(organization: str, known: Description) -> dict[str, str]:
    """Who made a version: by mail, or by a URL that identifies them (OCFL 1.1, section 3.5.3.1)."""
    if known.contact_email:
        return {"name": organization, "address": f"mailto:{known.contact_email}"}
    if _URL.fullmatch(known.organization_id or ""):
        return {"name": organization, "address": str(known.organization_id)}
    return {"name": organization}


def _with_version(
    inventory: Inventory | None,
    manifest: Mapping[str, list[str]],
    version: str,
    known: Description,
    state: Mapping[str, str],
) -> Inventory:
    by_digest: dict[str, list[str]] = {}
    for path, digest in sorted(state.items()):
        by_digest.setdefault(digest, []).append(path)
    told = f"Deposited with teiwright {__version__}" + (f", version {known.version}" if known.version else "")
    entry: Inventory = {"created": known.instant, "message": told, "state": by_digest}
    if known.organization:
        entry["user"] = _user(known.organization, known)
    return {
        "id": known.urn,
        "type": _TYPE,
        "digestAlgorithm": "sha512",
        "head": version,
        "contentDirectory": "content",
        "manifest": manifest,
        "versions": {**(inventory["versions"] if inventory else {}), version: entry},
    }


def _link_all(place: Path, fresh: Path) -> None:
    """All versions that there are, without copying their content where the file system can link."""
    for here, folders, names in os.walk(place):
        target = fresh / Path(here).relative_to(place)
        for name in folders:
            (target / name).mkdir()
        for name in names:
            # What stands at the object's root is written anew, and must not be written through a link.
            if Path(here) != place:
                _link(Path(here) / name, target / name)


def _link(source: Path, target: Path) -> None:
    if source.is_symlink():
        raise _refused(source, "it is a symbolic link, expected a file", "restore it from a copy")
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _refused(path: Path, why: str, hint: str) -> TeiwrightError:
    return TeiwrightError(Diagnostic(Code.BROKEN_STORE, Location(str(path)), f"this is no OCFL store: {why}", hint))
