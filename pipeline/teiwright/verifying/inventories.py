"""An OCFL inventory (1.0, 1.1), held against what section 3.5 of the specification asks of it.

Findings end with the specification's own code of the rule, such as ``(E025)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.verifying.digesting import has_form, known
from teiwright.verifying.json_files import read_json

_TYPE = re.compile(r"https://ocfl\.io/(1\.[01])/spec/#inventory")
_VERSION = re.compile(r"v(0*)([1-9]\d*)")
_CREATED = re.compile(r"\d{4}-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.+")
_HINT = "get the object again from where it is intact; an inventory is not to be edited by hand"
_USUAL = ("sha512", "sha256")

Digests = dict[str, list[str]]
"""Paths by their checksum in small letters."""


@dataclass(frozen=True)
class Inventory:
    """What an inventory says, as far as it could be read; ``path`` is that of its file."""

    path: str
    identifier: str
    specification: str
    algorithm: str
    head: str
    content: str
    manifest: Mapping[str, list[str]]
    states: Mapping[str, Mapping[str, list[str]]]
    fixity: Mapping[str, Mapping[str, list[str]]]
    notes: Mapping[str, tuple[Any, Any, Any]]
    """When each version was made, by whom and why."""

    @property
    def paths(self) -> frozenset[str]:
        """The content paths of the manifest."""
        return frozenset(path for paths in self.manifest.values() for path in paths)

    def logical(self, version: str) -> dict[str, frozenset[str]]:
        """What each logical path of a version holds, as content paths: independent of the digest algorithm."""
        return {
            path: frozenset(self.manifest.get(digest, ()))
            for digest, paths in self.states.get(version, {}).items()
            for path in paths
        }


def number_of(version: str) -> int | None:
    """3 of ``v3`` and ``v003``."""
    match = _VERSION.fullmatch(version)
    return int(match[2]) if match else None


def read_inventory(path: str, data: bytes, findings: list[Diagnostic]) -> Inventory | None:
    """The inventory, or ``None`` if nothing can be done with it; what is wrong is added to ``findings``."""
    read = read_json(path, data)
    if not isinstance(read, dict):
        findings.append(broken(path, "the inventory is no JSON object (E033)"))
        return None
    findings += _head(path, read)
    algorithm = str(read.get("digestAlgorithm", "sha512"))
    if algorithm not in _USUAL:
        findings.append(broken(path, f"`digestAlgorithm` is `{algorithm}`, expected `sha512` or `sha256` (E025)"))
        algorithm = "sha512"
    elif algorithm == "sha256":
        findings.append(doubted(path, "`digestAlgorithm` is `sha256`; `sha512` is asked for (W004)"))
    manifest = _block(path, read.get("manifest"), algorithm, ("manifest", "E041", "E096"), findings)
    findings += _content_paths(path, manifest, "manifest")
    versions = read.get("versions")
    states, notes = _versions(path, versions if isinstance(versions, dict) else {}, algorithm, manifest, findings)
    if not isinstance(versions, dict):
        findings.append(broken(path, "`versions` is missing, or no object (E044)"))
    findings += _sequence(path, list(states), read.get("head"))
    match = _TYPE.fullmatch(str(read.get("type")))
    return Inventory(
        *(path, str(read.get("id", "")), match[1] if match else "1.1", algorithm, str(read.get("head", ""))),
        *(str(read.get("contentDirectory", "content")), manifest, states),
        *(_fixity(path, read.get("fixity"), manifest, findings), notes),
    )


def _head(path: str, read: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """The elements that name the object and how the inventory is written."""
    for name in ("id", "type", "digestAlgorithm", "head"):
        if name not in read:
            yield broken(path, f"`{name}` is missing (E036)")
    identifier = read.get("id")
    if identifier is not None and (not isinstance(identifier, str) or not identifier):
        yield broken(path, "`id` is empty, or no string (E037)")
    elif identifier and not _URI.fullmatch(identifier):
        yield doubted(path, f"`id` is `{identifier}`, and should be a URI (W005)")
    if "type" in read and not _TYPE.fullmatch(str(read["type"])):
        yield broken(path, f"`type` is `{read['type']}`, expected that of an inventory of OCFL 1.0 or 1.1 (E038)")
    content = read.get("contentDirectory", "content")
    if not isinstance(content, str) or "/" in content or not content:
        yield broken(path, "`contentDirectory` is no name of a folder (E017)")
    elif content in (".", ".."):
        yield broken(path, f"`contentDirectory` is `{content}` (E018)")


def _block(
    path: str, block: Any, algorithm: str, rule: tuple[str, str, str], findings: list[Diagnostic]
) -> dict[str, list[str]]:
    """Lists of paths by their checksum.

    ``rule`` has the block's name, and the specification's codes if it is no object, and if a checksum comes twice.
    """
    name, missing, twice = rule
    found: dict[str, list[str]] = {}
    if not isinstance(block, dict):
        findings.append(broken(path, f"`{name}` is missing, or no object ({missing})"))
        return found
    ours = known(algorithm)
    for digest, paths in block.items():
        if ours and not has_form(ours, digest):
            findings.append(broken(path, f"`{digest[:20]}` in `{name}` is no checksum by {algorithm} (E025)"))
        if not isinstance(paths, list) or not all(isinstance(each, str) for each in paths):
            findings.append(broken(path, f"`{digest[:20]}` in `{name}` has no list of paths (E051, E091)"))
            continue
        if digest.lower() in found:
            findings.append(broken(path, f"`{digest[:20]}` comes twice in `{name}`, in two spellings ({twice})"))
        found.setdefault(digest.lower(), []).extend(paths)
    return found


def _content_paths(path: str, block: Mapping[str, list[str]], name: str) -> Iterator[Diagnostic]:
    """No content path leads out, and none is a file and a folder at once."""
    every = [each for paths in block.values() for each in paths]
    yield from _plain_paths(path, every, name, ("E100", "E099", "E101"))


def _plain_paths(path: str, paths: list[str], name: str, rules: tuple[str, str, str]) -> Iterator[Diagnostic]:
    ends, parts, unique = rules
    seen: set[str] = set()
    for each in paths:
        if each.startswith("/") or each.endswith("/") or not each:
            yield broken(path, f"`{each}` in `{name}` begins or ends with `/`, or is empty ({ends})")
        elif any(part in ("", ".", "..") for part in each.split("/")):
            message = f"`{each}` in `{name}` has an empty part, `.` or `..` in it ({parts})"
            yield Diagnostic(Code.PATH_LEAVES_PACKAGE, Location(path), message, "trust nothing in this object")
        if each in seen:
            yield broken(path, f"`{each}` comes twice in `{name}` ({unique})")
        seen.add(each)
    for each in sorted(seen):
        above = each.rpartition("/")[0]
        while above:
            if above in seen:
                yield broken(path, f"`{above}` is a file and a folder in `{name}` ({unique})")
            above = above.rpartition("/")[0]


def _versions(
    path: str, versions: Mapping[str, Any], algorithm: str, manifest: Digests, findings: list[Diagnostic]
) -> tuple[dict[str, Digests], dict[str, tuple[Any, Any, Any]]]:
    states: dict[str, Digests] = {}
    notes: dict[str, tuple[Any, Any, Any]] = {}
    used: set[str] = set()
    for name, version in versions.items():
        where = f"versions/{name}"
        if not isinstance(version, dict):
            findings.append(broken(path, f"`{where}` is no object (E047)"))
            states[name] = {}
            continue
        findings += _described(path, where, version)
        notes[name] = version.get("created"), version.get("user"), version.get("message")
        state = _block(path, version.get("state"), algorithm, (f"{where}/state", "E048", "E050"), findings)
        states[name] = state
        used |= state.keys()
        every = [each for paths in state.values() for each in paths]
        findings += _plain_paths(path, every, f"{where}/state", ("E052", "E053", "E095"))
        findings += [
            broken(path, f"`{digest[:20]}` in `{where}/state` is not in `manifest` (E050)")
            for digest in state.keys() - manifest.keys()
        ]
    findings += [
        broken(path, f"`{digest[:20]}` in `manifest` is used by no version (E107)") for digest in manifest.keys() - used
    ]
    return states, notes


def _described(path: str, where: str, version: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """When a version was made, by whom and why (section 3.5.3.1)."""
    created = version.get("created")
    match = _CREATED.fullmatch(created) if isinstance(created, str) else None
    if created is None:
        yield broken(path, f"`{where}` has no `created` (E048)")
    elif match is None or not _is_time(match):
        yield broken(path, f"`{where}/created` is `{created}`, expected a time with seconds and zone (E049)")
    message, user = version.get("message"), version.get("user")
    if message is None or user is None:
        yield doubted(path, f"`{where}` does not say who made it and why (W007)")
    if message is not None and not isinstance(message, str):
        yield broken(path, f"`{where}/message` is no string (E094)")
    if user is None:
        return
    if not isinstance(user, dict) or not isinstance(user.get("name"), str) or not user["name"]:
        yield broken(path, f"`{where}/user` has no `name` (E054)")
    elif "address" not in user:
        yield doubted(path, f"`{where}/user` has no `address` (W008)")
    elif not isinstance(user["address"], str):
        yield broken(path, f"`{where}/user/address` is no string (E054)")
    elif not _URI.fullmatch(user["address"]):
        yield doubted(path, f"`{where}/user/address` is no URI (W009)")


def _is_time(match: re.Match[str]) -> bool:
    month, day, hour, minute, second = (int(match[each]) for each in range(1, 6))
    return 1 <= month <= 12 and 1 <= day <= 31 and hour <= 23 and minute <= 59 and second <= 60


def _sequence(path: str, names: list[str], head: Any) -> Iterator[Diagnostic]:
    """Versions count from 1 without a hole, all padded with zeros to one width or none of them."""
    if not names:
        yield broken(path, "there is no version (E008)")
        return
    numbers = {name: number_of(name) for name in names}
    for name, number in numbers.items():
        if number is None:
            yield broken(path, f"`{name}` is no name of a version (E046)")
    counted = sorted(number for number in numbers.values() if number is not None)
    if counted and counted[0] != 1:
        yield broken(path, "the first version is not 1 (E009)")
    elif counted != list(range(1, len(counted) + 1)):
        yield broken(path, "the versions are not counted one by one (E010)")
    padded = [name for name in names if name.startswith("v0")]
    if padded and len({len(name) for name in names}) > 1:
        yield broken(path, "versions are padded with zeros to several widths (E011, E012)")
    elif padded:
        yield doubted(path, "versions are padded with zeros (W001)")
    latest = max((name for name in names if numbers[name]), key=lambda name: numbers[name] or 0, default=None)
    if head is not None and head != latest:
        yield broken(path, f"`head` is `{head}`, and the latest version `{latest}` (E040)")


def _fixity(path: str, fixity: Any, manifest: Digests, findings: list[Diagnostic]) -> dict[str, Digests]:
    """Further checksums of the same files."""
    if fixity is None:
        return {}
    if not isinstance(fixity, dict):
        findings.append(broken(path, "`fixity` is no object (E056, E111)"))
        return {}
    found: dict[str, Digests] = {}
    inside = {each for paths in manifest.values() for each in paths}
    for algorithm, block in fixity.items():
        name = f"fixity/{algorithm}"
        found[algorithm] = _block(path, block, algorithm, (name, "E057", "E097"), findings)
        findings += _content_paths(path, found[algorithm], name)
        every = [each for paths in found[algorithm].values() for each in paths]
        findings += [
            broken(path, f"`{each}` in `{name}` is not in `manifest` (E057)") for each in every if each not in inside
        ]
    return found


def broken(path: str, message: str) -> Diagnostic:
    """A rule that the specification calls a MUST."""
    return Diagnostic(Code.OCFL_RULE_BROKEN, Location(path), message, _HINT)


def doubted(path: str, message: str) -> Diagnostic:
    """A rule that the specification calls a SHOULD."""
    return Diagnostic(Code.OCFL_RULE_DOUBTED, Location(path), message)
