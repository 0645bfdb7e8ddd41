"""How a bag is written down: names of files, lines of manifests (RFC 8493, section 2)."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path, PurePosixPath

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
ALGORITHMS = ("sha256", "sha512")
"""With which our manifests are made; section 2.4 asks for sha512 and speaks against md5 and sha1."""

READABLE_ALGORITHMS = frozenset({"md5", "sha1", "sha224", "sha256", "sha384", "sha512"})
SOFTWARE = "Bag-Software-Agent"

_CHUNK = 1 << 20
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}")
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
"""Names that Windows keeps for devices; an archive may unpack the bag there."""


def manifest_line(digest: str, path: str) -> str:
    """One line; section 2.1.3 has line ends and ``%`` in paths percent-encoded."""
    return f"{digest}  {path.replace('%', '%25').replace(chr(13), '%0D').replace(chr(10), '%0A')}\n"


def decoded(path: str) -> str:
    """The path that a manifest's line means."""
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%0d", "\r"), ("%0a", "\n"), ("%25", "%")):
        path = path.replace(code, character)
    return path


def leaves_the_bag(path: str) -> bool:
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


def is_safe_everywhere(path: str) -> bool:
    """Whether every repository and every file system takes this path as it stands."""
    parts = path.split("/")
    return all(_NAME.fullmatch(part) and not _DEVICE.fullmatch(part) and not part.endswith(".") for part in parts)


def digests(path: Path, algorithms: tuple[str, ...]) -> tuple[dict[str, str], int]:
    """The checksums of a file and its size, read once."""
    hashes = {algorithm: hashlib.new(algorithm) for algorithm in algorithms}
    size = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            for running in hashes.values():
                running.update(chunk)
    return {algorithm: running.hexdigest() for algorithm, running in hashes.items()}, size
