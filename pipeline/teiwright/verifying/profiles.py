"""BagIt profiles (BagIt Profiles Specification 1.4): what one archive asks of bags. None is ever fetched."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.verifying.bags import Bag
from teiwright.verifying.tag_files import info

_IDENTIFIER = "BagIt-Profile-Identifier"
_HINT = "make the bag anew with what the profile asks for"


def check_profile(bag: Bag, given: bytes | None, serialization: str | None) -> Iterator[Diagnostic]:
    """Hold the bag against the profile that a person gave, or the one that it names and carries itself."""
    path = f"{bag.root}bag-info.txt"
    elements: dict[str, list[tuple[str, int]]] = {}
    for each in info(path, bag.texts.get(path, b""), bag.declared.encoding):
        if not isinstance(each, Diagnostic):
            elements.setdefault(each[0], []).append((each[1], each[2]))
    named = [value for value, _ in elements.get(_IDENTIFIER, [])]
    profile = _read(given) if given is not None else _carried(bag, named)
    if profile is None:
        if given is not None:
            yield _broken(bag.root, "the profile that was given is no BagIt profile")
        return
    yield from _elements(path, profile, elements)
    yield from _files(bag, profile)
    yield from _versions(bag, profile, serialization)


def _carried(bag: Bag, identifiers: list[str]) -> dict[str, Any] | None:
    for path, data in bag.texts.items():
        inside = path.removeprefix(bag.root)
        if path.startswith(bag.root) and "/" not in inside and inside.endswith(".json") and identifiers:
            profile = _read(data)
            if profile and _table(profile, "BagIt-Profile-Info").get(_IDENTIFIER) in identifiers:
                return profile
    return None


def _read(data: bytes) -> dict[str, Any] | None:
    try:
        read = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) and "BagIt-Profile-Info" in read else None


def _table(profile: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = profile.get(key)
    return value if isinstance(value, dict) else {}


def _list(profile: Mapping[str, Any], key: str) -> list[str] | None:
    value = profile.get(key)
    return [str(each) for each in value] if isinstance(value, list) else None


def _elements(
    path: str, profile: Mapping[str, Any], elements: Mapping[str, list[tuple[str, int]]]
) -> Iterator[Diagnostic]:
    """Which elements ``bag-info.txt`` must have, how often, and with which values."""
    for label, rule in _table(profile, "Bag-Info").items():
        if not isinstance(rule, dict):
            continue
        found = elements.get(label, [])
        if rule.get("required") is True and not any(value for value, _ in found):
            yield _broken(path, f"the profile asks for `{label}`")
        if rule.get("repeatable") is False and len(found) > 1:
            yield _broken(path, f"the profile allows `{label}` once", found[1][1])
        allowed = _list(rule, "values")
        for value, line in found:
            if allowed and value not in allowed:
                yield _broken(path, f"`{label}: {value}`; the profile allows `{'`, `'.join(allowed)}`", line)


def _files(bag: Bag, profile: Mapping[str, Any]) -> Iterator[Diagnostic]:
    names = set(bag.names)
    for key, prefix in (("Manifests", "manifest-"), ("Tag-Manifests", "tagmanifest-")):
        for algorithm in _list(profile, f"{key}-Required") or ():
            if f"{prefix}{algorithm}.txt" not in names:
                yield _broken(bag.root, f"the profile asks for `{prefix}{algorithm}.txt`")
        allowed = _list(profile, f"{key}-Allowed")
        present = {name.removeprefix(prefix).removesuffix(".txt") for name in names if name.startswith(prefix)}
        for algorithm in sorted(present - set(allowed or present)):
            yield _broken(f"{bag.root}{prefix}{algorithm}.txt", "the profile does not allow this manifest")
    everything = {path.removeprefix(bag.root) for path in bag.listing.below(bag.root)}
    payload = {path.removeprefix(bag.root) for path in bag.payload}
    standard = {name for name in names if name in ("bagit.txt", "bag-info.txt", "fetch.txt") or "manifest-" in name}
    for key, files in (("Tag-Files", everything - payload), ("Payload-Files", payload)):
        for name in _list(profile, f"{key}-Required") or ():
            if name not in files:
                yield _broken(bag.root, f"the profile asks for `{name}`")
        patterns = _list(profile, f"{key}-Allowed")
        for name in sorted(files - standard) if patterns is not None else ():
            if not any(fnmatchcase(name, pattern) for pattern in patterns or ()):
                yield _broken(bag.root + name, "the profile does not allow this file")
    if profile.get("Data-Empty") is True and any(bag.listing.files[path].size for path in bag.payload):
        yield _broken(f"{bag.root}data", "the profile asks for an empty payload")


def _versions(bag: Bag, profile: Mapping[str, Any], serialization: str | None) -> Iterator[Diagnostic]:
    accepted = _list(profile, "Accept-BagIt-Version")
    if accepted and bag.declared.version not in accepted:
        yield _broken(f"{bag.root}bagit.txt", f"the profile allows BagIt {', '.join(accepted)}", 1)
    fetch = f"{bag.root}fetch.txt"
    if profile.get("Allow-Fetch.txt") is False and fetch in bag.listing.files:
        yield _broken(fetch, "the profile does not allow `fetch.txt`")
    if profile.get("Fetch.txt-Required") is True and fetch not in bag.listing.files:
        yield _broken(bag.root, "the profile asks for `fetch.txt`")
    wanted, types = profile.get("Serialization"), _list(profile, "Accept-Serialization") or []
    if serialization is None:
        if wanted == "required":
            yield _broken(bag.root, f"the profile asks for the bag as one file ({', '.join(types)})")
    elif wanted == "forbidden":
        yield _broken("", "the profile asks for the bag as a folder")
    elif types and serialization not in types:
        yield _broken("", f"the bag is `{serialization}`; the profile allows {', '.join(types)}")


def _broken(path: str, message: str, line: int = 0) -> Diagnostic:
    return Diagnostic(Code.BAG_PROFILE_BROKEN, Location(path, line), message, _HINT)
