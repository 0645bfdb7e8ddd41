"""Which standards a package follows, and where in it: a crate in a submission package in a bag is all three."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from teiwright.verifying.entries import Listing

_OBJECT = re.compile(r"0=ocfl_object_")
_STORE = re.compile(r"0=ocfl_\d")
_MANIFEST = re.compile(r"manifest-[^/]+\.txt")


class Standard(Enum):
    """What a folder can be."""

    BAG = "BagIt"
    SIP = "E-ARK"
    CRATE = "RO-Crate"
    OCFL_OBJECT = "OCFL object"
    OCFL_STORE = "OCFL storage root"
    DEPOSIT = "deposit"


class Root(NamedTuple):
    """A folder that follows a standard; ``path`` ends in ``/``, or is empty for the package itself."""

    standard: Standard
    path: str


def recognize(listing: Listing) -> list[Root]:
    """All that the package is, outermost first. An archive has one folder at its top, which is then the package."""
    if found := list(_at(listing, "")):
        return found
    files, folders = listing.children("")
    if "receipt.json" in files:
        return [Root(Standard.DEPOSIT, ""), *(root for name in folders for root in _at(listing, f"{name}/"))]
    return list(_at(listing, f"{folders[0]}/")) if len(folders) == 1 and not files else []


def _at(listing: Listing, path: str) -> Iterator[Root]:
    names, folders = listing.children(path)
    bag = "bagit.txt" in names or (listing.has_folder(f"{path}data") and any(map(_MANIFEST.fullmatch, names)))
    sip = "METS.xml" in names or {"metadata", "representations"} <= set(folders)
    if bag:
        yield Root(Standard.BAG, path)
        yield from _inside(listing, f"{path}data/")
    if sip:
        yield Root(Standard.SIP, path)
        representations = f"{path}representations/"
        for name in listing.children(representations)[1]:
            yield from _inside(listing, f"{representations}{name}/data/")
    if "ro-crate-metadata.json" in names:
        yield Root(Standard.CRATE, path)
    if any(map(_OBJECT.match, names)) or ("inventory.json" in names and not (bag or sip)):
        yield Root(Standard.OCFL_OBJECT, path)
    elif any(map(_STORE.match, names)):
        yield Root(Standard.OCFL_STORE, path)
        yield from _objects(listing, path)


def _inside(listing: Listing, path: str) -> Iterator[Root]:
    """A package in a folder for payload: the folder itself, or what stands in it."""
    yield from _at(listing, path)
    for name in listing.children(path)[1]:
        yield from _at(listing, f"{path}{name}/")


def _objects(listing: Listing, path: str) -> Iterator[Root]:
    """The objects of a storage root, at any depth; none of them lies in another."""
    inside: str | None = None
    declared = {file.rpartition("/")[0] for file in listing.below(path) if "/0=ocfl_object_" in file}
    for folder in sorted(f"{folder}/" for folder in declared):
        if inside is None or not folder.startswith(inside):
            inside = folder
            yield Root(Standard.OCFL_OBJECT, folder)
