"""Reads a bag as a stranger would: all that is there is listed, all that is listed is there, unchanged."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from teiwright.diagnostics import Code, Diagnostic, Location, Report

_DECLARATION = re.compile(r"BagIt-Version: (0\.9[3-7]|1\.0)\r?\nTag-File-Character-Encoding: (\S+)(\r?\n)?")
_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+\*?(.+)")
_OXUM = re.compile(r"(?im)^Payload-Oxum:\s*(\d+)\.(\d+)\s*$")

_READABLE_ALGORITHMS = frozenset({"md5", "sha1", "sha224", "sha256", "sha384", "sha512"})


def verify(bag: Path) -> Report:
    """Whether ``bag`` is complete and valid (RFC 8493, section 3); nothing is fetched, no link followed."""
    return Report.of(_findings(bag))


def _findings(bag: Path) -> Iterator[Diagnostic]:
    declaration = bag / "bagit.txt"
    if not declaration.is_file():
        yield Diagnostic(Code.NOT_A_BAG, Location(str(bag)), "there is no `bagit.txt`", "name the folder that has it")
        return
    if not _DECLARATION.fullmatch(declaration.read_bytes().decode("utf-8", "replace")):
        expected = "expected `BagIt-Version: 1.0` and `Tag-File-Character-Encoding: UTF-8`, a line each"
        yield Diagnostic(Code.BROKEN_TAG_FILE, Location(str(declaration)), expected)
    links = [path for path in sorted(bag.rglob("*")) if path.is_symlink()]
    for link in links:
        yield Diagnostic(
            Code.UNSAFE_PATH,
            Location(str(link)),
            "a symbolic link, expected a file",
            "put the file itself there",
        )
    payload = {path.relative_to(bag).as_posix() for path in (bag / "data").rglob("*") if path.is_file()}
    manifests = sorted(bag.glob("manifest-*.txt"))
    if not manifests or not (bag / "data").is_dir():
        yield Diagnostic(Code.NOT_A_BAG, Location(str(bag)), "a bag has a folder `data` and a `manifest-….txt` of it")
        return
    for manifest in manifests:
        yield from _against(bag, manifest, payload)
    for manifest in sorted(bag.glob("tagmanifest-*.txt")):
        yield from _against(bag, manifest, {path.name for path in manifests})
    yield from _oxum(bag, payload)


def _against(bag: Path, manifest: Path, expected: set[str]) -> Iterator[Diagnostic]:
    """Every line of a manifest holds, and every one of the ``expected`` files has a line."""
    algorithm = manifest.stem.rpartition("-")[2]
    if algorithm not in _READABLE_ALGORITHMS:
        yield Diagnostic(Code.BROKEN_TAG_FILE, Location(str(manifest)), f"checksums by `{algorithm}` are unknown here")
        return
    listed: set[str] = set()
    for number, line in enumerate(manifest.read_text("utf-8", "replace").splitlines(), 1):
        where = Location(str(manifest), number)
        match = _LINE.fullmatch(line)
        path = _decoded(match[2]) if match else ""
        if match is None or path in listed:
            problem = f"`{path}` comes twice" if match else "expected a checksum and a path"
            yield Diagnostic(Code.BROKEN_TAG_FILE, where, problem)
        elif _leaves_the_bag(path):
            yield Diagnostic(Code.UNSAFE_PATH, where, f"`{path}` leads out of the bag", "trust nothing in this bag")
        else:
            yield from _line(bag, where, path, algorithm, match[1].lower())
        listed.add(path)
    for path in sorted(expected - listed):
        yield Diagnostic(Code.NOT_IN_MANIFEST, Location(str(bag / path)), f"the file is not in `{manifest.name}`")


def _line(bag: Path, where: Location, path: str, algorithm: str, digest: str) -> Iterator[Diagnostic]:
    file = bag / path
    if file.is_symlink() or not file.is_file():
        yield Diagnostic(Code.MISSING_FROM_BAG, where, f"`{path}` is listed and not there")
    elif _digest(file, algorithm) != digest:
        yield Diagnostic(Code.CHECKSUM_DIFFERS, where, f"`{path}` is not as it was when the bag was made")


def _oxum(bag: Path, payload: set[str]) -> Iterator[Diagnostic]:
    info = bag / "bag-info.txt"
    if not info.is_file() or not (match := _OXUM.search(info.read_text("utf-8", "replace"))):
        return
    size = sum((bag / path).stat().st_size for path in payload)
    if (int(match[1]), int(match[2])) != (size, len(payload)):
        message = f"`Payload-Oxum: {match[1]}.{match[2]}`, but there are {size} bytes in {len(payload)} files"
        yield Diagnostic(Code.WRONG_OXUM, Location(str(info)), message)


def _decoded(path: str) -> str:
    """The path that a manifest's line means."""
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%0d", "\r"), ("%0a", "\n"), ("%25", "%")):
        path = path.replace(code, character)
    return path


def _leaves_the_bag(path: str) -> bool:
    """Whether a path from a manifest could lead anywhere but into the bag (section 5.1)."""
    parts = PurePosixPath(path).parts
    return (
        not parts
        or path.startswith(("/", "~"))
        or ".." in parts
        or "\\" in path
        or "\0" in path
        or re.match(r"[A-Za-z]:", path) is not None
    )


def _digest(path: Path, algorithm: str) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, algorithm).hexdigest()
