"""OCFL objects (1.0, 1.1): inventories and their sidecars, versions, and content that is all accounted for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.verifying.claims import Claim, Digest
from teiwright.verifying.digesting import has_form, known
from teiwright.verifying.entries import Listing
from teiwright.verifying.inventories import Inventory, broken, doubted, number_of, read_inventory

Statements = Iterator[Claim | Diagnostic]
_DECLARATION = re.compile(r"0=ocfl_object_(1\.[01])")
_SIDECAR = re.compile(r"inventory\.json\.(\w+)")
_SIDECAR_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+inventory\.json\s*")
_INVENTORY = "inventory.json"


@dataclass
class Object:
    """One object; ``root`` ends in ``/`` or is empty."""

    root: str
    listing: Listing
    texts: Mapping[str, bytes]
    version: str = "1.1"
    inventory: Inventory | None = None
    earlier: dict[str, Inventory] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The object's folder, for findings."""
        return self.root.rstrip("/")


def needed(root: str, listing: Listing) -> list[str]:
    """Declarations, inventories and their sidecars, of the object and of its versions."""
    names, folders = listing.children(root)
    wanted = [root + name for name in names if name.startswith(("0=", _INVENTORY))]
    for folder in folders:
        if number_of(folder) is not None:
            inside = f"{root}{folder}/"
            wanted += [inside + name for name in listing.children(inside)[0] if name.startswith(_INVENTORY)]
    return wanted


def read_object(root: str, listing: Listing, texts: Mapping[str, bytes]) -> tuple[Object, list[Diagnostic]]:
    """The object with all its inventories, and what is wrong in them alone."""
    made = Object(root, listing, texts)
    findings = list(_declared(made))
    made.inventory = _read(made, f"{root}{_INVENTORY}", findings)
    for folder in listing.children(root)[1]:
        path = f"{root}{folder}/{_INVENTORY}"
        is_copy = made.inventory is not None and texts.get(path) == texts.get(made.inventory.path)
        if number_of(folder) is not None and path in texts and not is_copy:
            inventory = _read(made, path, findings)
            if inventory is not None:
                made.earlier[folder] = inventory
    return made, findings


def describe(made: Object) -> Statements:
    """All that the object claims, and what is wrong with it as a whole."""
    yield from _sidecars(made)
    if made.inventory is None:
        return
    yield from _root(made, made.inventory)
    yield from _version_folders(made, made.inventory)
    yield from _content(made, made.inventory)
    yield from _checksums(made, made.inventory)
    for folder, inventory in made.earlier.items():
        yield from _earlier(made, folder, inventory, made.inventory)
        yield from _checksums(made, inventory)


def _declared(made: Object) -> Iterator[Diagnostic]:
    """Exactly one file ``0=ocfl_object_1.x``, with its own name in it (section 3.3)."""
    names = [name for name in made.listing.children(made.root)[0] if name.startswith("0=")]
    if not names:
        yield broken(made.name, "there is no declaration, `0=ocfl_object_1.1` (E003)")
    elif len(names) > 1:
        yield broken(made.name, "there is more than one declaration `0=…` (E003)")
    for name in names:
        path = made.root + name
        match = _DECLARATION.fullmatch(name)
        if match is None:
            yield broken(path, "the declaration is of no version of OCFL that is known here (E004, E006)")
            continue
        made.version = match[1]
        if made.texts.get(path, b"").decode("utf-8", "replace") != f"{name[2:]}\n":
            yield broken(path, f"the declaration must hold `{name[2:]}` and a line end (E007)")


def _read(made: Object, path: str, findings: list[Diagnostic]) -> Inventory | None:
    if path not in made.texts:
        findings.append(broken(made.name, "there is no `inventory.json` (E063)"))
        return None
    try:
        return read_inventory(path, made.texts[path], findings)
    except TeiwrightError as error:
        findings.append(error.finding)
        return None


def _sidecars(made: Object) -> Statements:
    """Beside each inventory stands its checksum (section 3.7)."""
    versions = [name for name in made.listing.children(made.root)[1] if number_of(name) is not None]
    for folder in (made.root, *(f"{made.root}{name}/" for name in versions)):
        path = folder + _INVENTORY
        if path not in made.texts:
            continue
        names = [name for name in made.listing.children(folder)[0] if _SIDECAR.fullmatch(name)]
        inventory = made.inventory if folder == made.root else made.earlier.get(folder[len(made.root) : -1])
        algorithm = inventory.algorithm if inventory else (made.inventory.algorithm if made.inventory else None)
        if algorithm and f"{_INVENTORY}.{algorithm}" not in names:
            yield broken(path, f"the checksum `inventory.json.{algorithm}` is missing (E058)")
        for name in names:
            yield from _sidecar(made, path, folder + name, name.rpartition(".")[2])


def _sidecar(made: Object, inventory: str, path: str, algorithm: str) -> Statements:
    match = _SIDECAR_LINE.fullmatch(made.texts.get(path, b"").decode("utf-8", "replace"))
    ours = known(algorithm)
    if ours is None:
        yield broken(path, f"checksums by `{algorithm}` are unknown here (E025)")
    elif match is None or not has_form(ours, match[1]):
        yield broken(path, "expected the checksum, a blank and `inventory.json` (E061)")
    else:
        yield Digest(inventory, ours, match[1].lower(), Location(path, 1))


def _root(made: Object, inventory: Inventory) -> Iterator[Diagnostic]:
    """What may stand in the object's folder (section 3.1)."""
    names, folders = made.listing.children(made.root)
    for name in names:
        if name != _INVENTORY and not _SIDECAR.fullmatch(name) and not name.startswith("0="):
            yield broken(made.root + name, "no such file may stand in an object (E001)")
    for folder in folders:
        if folder not in inventory.states and folder not in ("logs", "extensions"):
            rule = "E046" if number_of(folder) is not None else "E001"
            yield broken(made.root + folder, f"no such folder may stand in an object ({rule})")
    for name in made.listing.children(f"{made.root}extensions/")[0]:
        yield broken(f"{made.root}extensions/{name}", "only folders may stand in `extensions` (E067)")
    if inventory.specification > made.version:
        message = f"the inventory is of OCFL {inventory.specification}, the object of {made.version} (E038)"
        yield broken(inventory.path, message)


def _version_folders(made: Object, inventory: Inventory) -> Iterator[Diagnostic]:
    """Each version has its folder, with an inventory, its checksum, and content; nothing else (section 3.5.3)."""
    for version in inventory.states:
        folder = f"{made.root}{version}"
        if number_of(version) is None:
            continue
        if not made.listing.has_folder(folder):
            yield broken(inventory.path, f"there is no folder for the version `{version}` (E046)")
            continue
        names, folders = made.listing.children(f"{folder}/")
        for name in names:
            if name != _INVENTORY and not _SIDECAR.fullmatch(name):
                yield broken(f"{folder}/{name}", "no such file may stand in the folder of a version (E015)")
        if _INVENTORY not in names:
            yield doubted(folder, "the version has no inventory of its own (W010)")
        for name in folders:
            if name != inventory.content:
                yield doubted(f"{folder}/{name}", f"beside `{inventory.content}` no folder is expected (W002)")
    latest = f"{made.root}{inventory.head}/{_INVENTORY}"
    if latest in made.texts and made.texts[latest] != made.texts[inventory.path]:
        yield broken(latest, "the inventory of the latest version is not that of the object (E064)")


def _content(made: Object, inventory: Inventory) -> Iterator[Diagnostic]:
    """All content stands in the manifest, and all of the manifest is content."""
    for path in inventory.paths:
        version, _, rest = path.partition("/")
        if version not in inventory.states or not rest.startswith(f"{inventory.content}/"):
            yield broken(inventory.path, f"`{path}` in `manifest` is no path of content (E042)")
    for version in inventory.states:
        folder = f"{made.root}{version}/{inventory.content}/"
        files = made.listing.below(folder)
        for path in files:
            if path.removeprefix(made.root) not in inventory.paths:
                message = "the content is in no manifest (E023)"
                hint = "remove the file, or make the object anew"
                yield Diagnostic(Code.FILE_WITHOUT_DIGEST, Location(path), message, hint)
        if made.listing.has_folder(folder[:-1]) and not files:
            yield doubted(folder[:-1], "the version's folder of content is empty (W003)")
        for each in made.listing.empty_folders(folder):
            yield broken(each, "an empty folder stands in the content (E024)")


def _checksums(made: Object, inventory: Inventory) -> Statements:
    where = Location(inventory.path)
    blocks = {inventory.algorithm: inventory.manifest}
    for algorithm, block in [*blocks.items(), *inventory.fixity.items()]:
        ours = known(algorithm)
        if ours is None:
            message = f"the checksums by `{algorithm}` are not computed here, and prove nothing"
            yield Diagnostic(Code.UNKNOWN_DIGEST, where, message)
            continue
        for digest, paths in block.items():
            if has_form(ours, digest):
                yield from (Digest(made.root + path, ours, digest, where) for path in paths)


def _earlier(made: Object, folder: str, inventory: Inventory, latest: Inventory) -> Iterator[Diagnostic]:
    """What an earlier version said of itself is still said (section 3.5.3.1, 3.7)."""
    path = inventory.path
    if inventory.head != folder:
        yield broken(path, f"`head` is `{inventory.head}`, and the folder `{folder}` (E040)")
    if inventory.identifier != latest.identifier:
        yield broken(path, f"`id` is `{inventory.identifier}`, that of the object `{latest.identifier}` (E037)")
    if inventory.content != latest.content:
        yield broken(path, "`contentDirectory` is another than that of the object (E019, E020)")
    if inventory.specification > latest.specification:
        yield broken(path, "the inventory is of a later version of OCFL than that of the object (E103)")
    for version in inventory.states:
        if version not in latest.states:
            yield broken(path, f"the version `{version}` is not in the object's inventory (E066)")
        elif inventory.logical(version) != latest.logical(version):
            yield broken(path, f"the version `{version}` has other files here than in the object's inventory (E066)")
        elif inventory.notes.get(version) != latest.notes.get(version):
            yield doubted(path, f"what is said of the version `{version}` differs in the object's inventory (W011)")
    for version in inventory.states:
        below = made.listing.below(f"{made.root}{version}/{inventory.content}/")
        lost = [each for each in below if each.removeprefix(made.root) not in inventory.paths]
        if lost:
            yield broken(path, f"`{lost[0].removeprefix(made.root)}` is not in this version's manifest (E023)")
    gone = sorted(inventory.paths - latest.paths)
    if gone:
        yield broken(path, f"`{gone[0]}` is in this manifest and not in that of the object (E023)")
