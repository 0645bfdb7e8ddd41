"""Names of files in packages: none may lead out, clash, or be impossible elsewhere (RFC 8493, section 5)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.verifying.entries import Entry, Kind, Limits

_LONGEST_PART, _LONGEST_PATH = 255, 4095
"""Bytes that common file systems allow for a name and for a path."""

_DRIVE = re.compile(r"[A-Za-z]:")
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\x01-\x1f\x7f]')


def leads_out(path: str) -> str | None:
    """How a path could lead anywhere but into the package, or ``None`` if it cannot."""
    if path.startswith("/"):
        return "it is absolute"
    if path.startswith("\\"):
        return "it is absolute on Windows"
    if path.startswith("~"):
        return "it begins with `~`, which may mean somebody's home"
    if _DRIVE.match(path):
        return "it begins with a drive letter"
    if ".." in re.split(r"[/\\]", path):
        return "it goes up by `..`"
    return None


def readable(entries: Iterable[Entry], limits: Limits, findings: list[Diagnostic]) -> Iterator[Entry]:
    """The entries that may be read, with plain paths; why the others may not is added to ``findings``."""
    taken: dict[str, Kind] = {}
    for entry in entries:
        path = _plain(entry.path)
        if not path and entry.kind is Kind.FOLDER:
            continue
        flaws = list(_flaws(entry, path, limits))
        findings += flaws
        if any(flaw.code is not Code.UNPORTABLE_NAME for flaw in flaws):
            continue
        before = taken.get(path)
        if before is not None and (before is not entry.kind or entry.kind is Kind.FILE):
            message = "the name comes twice" if before is entry.kind else "the name is that of a file and of a folder"
            findings.append(Diagnostic(Code.SAME_ENTRY_TWICE, Location(path), message, "trust neither"))
            continue
        taken[path] = entry.kind
        yield entry._replace(path=path)


def clashes(paths: Iterable[str]) -> Iterator[Diagnostic]:
    """Names that are one name on a system that does not tell letters by case, or spells them otherwise."""
    seen: dict[str, str] = {}
    for path in paths:
        folded = path.lower() if path.isascii() else unicodedata.normalize("NFC", path.casefold())
        other = seen.setdefault(folded, path)
        if other == path:
            continue
        same = unicodedata.normalize("NFC", path) == unicodedata.normalize("NFC", other)
        code, how = (
            (Code.NORMALIZATION_CLASH, "by how its letters are composed (Unicode NFC and NFD)")
            if same
            else (Code.CASE_CLASH, "by capital letters alone")
        )
        message = f"the name differs from `{other}` {how}; many systems keep only one of them"
        yield Diagnostic(code, Location(path), message, "rename one of the two", (Location(other),))


def _plain(path: str) -> str:
    """``./data`` is ``data``; what else is odd in a path stays, and is found."""
    return "" if path in (".", "./") else path.removeprefix("./")


def _flaws(entry: Entry, path: str, limits: Limits) -> Iterator[Diagnostic]:
    where = Location(path)
    if why := leads_out(path):
        yield Diagnostic(
            Code.PATH_LEAVES_PACKAGE, where, f"the path leads out of the package: {why}", "do not unpack it"
        )
    elif why := _impossible(path, limits):
        yield Diagnostic(Code.IMPOSSIBLE_NAME, where, why, "rename the file and pack it anew")
    elif why := _unusual(path):
        yield Diagnostic(Code.UNPORTABLE_NAME, where, why, "keep to letters, figures, `.`, `-` and `_`")
    if entry.kind is Kind.LINK:
        hint = "put the file itself there"
        yield Diagnostic(Code.LINK_IN_PACKAGE, where, f"{entry.about}, expected a file", hint)
    elif entry.kind is Kind.SPECIAL:
        yield Diagnostic(Code.SPECIAL_FILE, where, f"{entry.about}, expected a file", "leave it out of the package")


def _impossible(path: str, limits: Limits) -> str | None:
    try:
        length = len(path.encode())
    except UnicodeEncodeError:
        return "the name is not written in UTF-8"
    parts = path.split("/")
    if "\0" in path:
        return "the name has a NUL in it, where many programs end it"
    if "\\" in path:
        return "the name has a backslash in it, which parts folders on Windows"
    if "" in parts or "." in parts:
        return "the path has an empty part, or `.`, in it"
    if length > _LONGEST_PATH or len(parts) > limits.depth:
        return f"the path has {length:,} bytes in {len(parts)} parts, more than a file system takes"
    if any(len(part.encode()) > _LONGEST_PART for part in parts):
        return f"a name in the path has more than {_LONGEST_PART} bytes"
    return None


def _unusual(path: str) -> str | None:
    """What Windows cannot have as a name."""
    if _NOT_ON_WINDOWS.search(path):
        return "the name has a character that Windows does not allow"
    parts = path.split("/")
    if any(_DEVICE.fullmatch(part) for part in parts):
        return "the name is that of a device on Windows"
    if any(part.endswith((".", " ")) for part in parts):
        return "the name ends in a dot or a blank, which Windows drops"
    return None
