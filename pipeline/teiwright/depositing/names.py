"""Names that every archive keeps, and the refusal of those that two systems would not tell apart."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,99}")
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
"""Names that Windows keeps for devices; an archive may unpack the package there."""

_UNWRITABLE = frozenset({"Cc", "Cs"})
"""Control characters, and what Python makes of bytes that are no UTF-8: no XML file could repeat them."""

_NAMELESS = "text"
"""For a name without any Latin letter or figure; its suffix, which says what the file is, stays."""

_HINT = "rename it"


def is_safe(path: str) -> bool:
    """Whether every repository and every file system takes this path as it stands.

    CLARIN repositories allow only ASCII letters, figures, ``-`` and ``.``.
    """
    parts = path.split("/")
    return all(_NAME.fullmatch(part) and not _DEVICE.fullmatch(part) and not part.endswith(".") for part in parts)


def safe_name(name: str) -> str:
    """A name that every archive keeps: ``Núñez to Ünal.txt`` becomes ``Nunez-to-Unal.txt``."""
    plain = unicodedata.normalize("NFKD", name.lstrip("./")).encode("ascii", "ignore").decode()
    stem, dot, suffix = re.sub(r"[^A-Za-z0-9.-]+", "-", plain).rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    suffix = suffix.strip("-")[:20]
    stem = stem.strip("-.")[: 99 - len(suffix)].rstrip("-.") or _NAMELESS
    kept = f"{stem}.{suffix}" if suffix else stem
    return f"file-{kept}" if _DEVICE.fullmatch(kept) else kept


def safe_paths(originals: Iterable[str]) -> dict[str, str]:
    """For each path the one that it has in a package; two never get the same, in whatever order they come.

    Refused are paths that lead elsewhere, that are no text, or that differ by case or by Unicode normalization alone:
    on many systems the one would take the place of the other.
    """
    seen: dict[str, str] = {}
    for original in (ordered := sorted(originals, key=_bytes)):
        _refuse_unsafe(original)
        key = unicodedata.normalize("NFC", original).casefold()
        if (other := seen.setdefault(key, original)) != original:
            raise _unsafe(original, f"the name differs from `{other}` only by case or by how its accents are coded")
    return _numbered(ordered)


def _bytes(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")


def _numbered(originals: list[str]) -> dict[str, str]:
    taken = {original.casefold() for original in originals if is_safe(original)}
    paths: dict[str, str] = {}
    numbers: Counter[str] = Counter()
    for original in originals:
        if is_safe(original):
            paths[original] = original
            continue
        wanted = "/".join(part if is_safe(part) else safe_name(part) for part in original.split("/"))
        folder, slash, name = wanted.rpartition("/")
        stem, dot, suffix = name.rpartition(".")
        path = wanted
        while path.casefold() in taken:
            numbers[wanted] += 1
            number = numbers[wanted] + 1
            counted = f"{stem[:75]}-{number}.{suffix}" if dot else f"{name[:90]}-{number}"
            path = f"{folder}{slash}{counted}"
        taken.add(path.casefold())
        paths[original] = path
    return paths


def _refuse_unsafe(path: str) -> None:
    parts = path.split("/")
    if any(unicodedata.category(character) in _UNWRITABLE for character in path):
        why = "the name has control characters, or is not UTF-8"
        raise _unsafe(path.encode("utf-8", "backslashreplace").decode(), why)
    if {"..", ".", ""} & set(parts) or "\\" in path:
        raise _unsafe(path, "the path leads elsewhere")


def _unsafe(path: str, why: str) -> TeiwrightError:
    return TeiwrightError(Diagnostic(Code.UNSAFE_PATH, Location(path), f"the file cannot be packed: {why}", _HINT))
