"""The files of a deposit, written into a fresh folder: each is read once, and hashed as it is read."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from io import FileIO
from pathlib import Path, PurePosixPath

from teiwright.depositing.names import safe_paths
from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError

_CHUNK = 1 << 20


class Role(Enum):
    """What a file is in the package; the value is its folder there."""

    SOURCE = "representations/source"
    TEI = "representations/tei"
    HTML = "representations/html"
    PDF = "representations/pdf"
    EPUB = "representations/epub"
    BOOK = "representations/book"
    TEXT = "representations/text"
    DOCX = "representations/docx"
    ODT = "representations/odt"
    DATA = "representations/data"
    SCHEMA = "schemas"
    DOCUMENTATION = "documentation"

    @property
    def representation(self) -> bool:
        """Whether it is the text itself, in one of its forms."""
        return self.value.startswith("representations/")


@dataclass(frozen=True, slots=True)
class File:
    """One file to be packed. ``name`` may have folders; ``document`` is the id of the one that it is a form of.

    ``sha256`` is what it must have if it was read before.
    """

    role: Role
    name: str
    content: Path | bytes
    document: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A file and its path in the package."""

    path: str
    file: File

    @property
    def renamed(self) -> bool:
        """Whether the package cannot keep its name."""
        return self.path != f"{self.file.role.value}/{self.file.name}"


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it stands in the package; ``original`` is its name before it came there."""

    path: str
    size: int
    sha256: str
    sha512: str
    original: str
    role: Role | None = None

    @property
    def media(self) -> str:
        """Its media type."""
        return media_type(self.path)


def place(files: Iterable[File]) -> list[Placed]:
    """Give each file its path; in order of the paths' bytes, whatever order they come in."""
    originals: dict[str, File] = {}
    for file in files:
        path = f"{file.role.value}/{file.name}"
        if path in originals:
            message = "two files would have this place in the package"
            raise TeiwrightError(Diagnostic(Code.UNSAFE_PATH, Location(path), message, "rename one of them"))
        originals[path] = file
    paths = safe_paths(originals)
    placed = [Placed(paths[original], file) for original, file in originals.items()]
    return sorted(placed, key=lambda each: each.path.encode())


def write(root: Path, path: str, content: Path | bytes, original: str, role: Role | None = None) -> Written:
    """Put one file at its place under ``root``."""
    sha256, sha512, size = hashlib.sha256(), hashlib.sha512(), 0
    with _created(f"{root}/{path}") as out:
        for chunk in _chunks(content):
            size += len(chunk)
            out.write(chunk)
            sha256.update(chunk)
            sha512.update(chunk)
    return Written(path, size, sha256.hexdigest(), sha512.hexdigest(), original, role)


def settle(folder: Path) -> None:
    """Have the disk hold what was written and renamed in ``folder``, as after a crash of the machine it may not.

    One call for all files: one for each takes fifteen times as long as writing them.
    """
    if hasattr(os, "sync"):  # Windows has none
        os.sync()
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _created(path: str) -> FileIO:
    """A new file, in folders that are made if they are not there."""
    try:
        return FileIO(path, "xb")
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        return FileIO(path, "xb")


def write_placed(root: Path, placed: Placed) -> Written:
    """Put one of the files to be packed at its place, if it is still what it was when its header was read."""
    file = placed.file
    written = write(root, placed.path, file.content, file.name, file.role)
    if file.sha256 is not None and written.sha256 != file.sha256:
        raise _changed(file.content)
    return written


def _chunks(content: Path | bytes) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    descriptor = _opened(content)
    before = os.fstat(descriptor)
    if not stat.S_ISREG(before.st_mode):
        os.close(descriptor)
        raise _refused(content, "it is no regular file", Code.UNSAFE_PATH)
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        size = 0
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            yield chunk
        after = os.fstat(descriptor)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or size != after.st_size:
        raise _changed(content)


def _opened(path: Path) -> int:
    """Never through a symbolic link, as it may lead anywhere; never waiting for the other end of a pipe."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        return os.open(path, flags | getattr(os, "O_BINARY", 0))
    except OSError as error:
        if path.is_symlink():
            raise _refused(path, "it is a symbolic link", Code.UNSAFE_PATH) from error
        raise _refused(path, (error.strerror or "unknown reason").lower(), Code.NOT_READABLE) from error


def _refused(path: Path, why: str, code: Code) -> TeiwrightError:
    hint = "put the file itself there"
    return TeiwrightError(Diagnostic(code, Location(str(path)), f"the file cannot be packed: {why}", hint))


def _changed(content: Path | bytes) -> TeiwrightError:
    where = Location(str(content) if isinstance(content, Path) else "")
    message = "the file changed while it was packed"
    return TeiwrightError(Diagnostic(Code.CHANGED_MEANWHILE, where, message, "run again when nobody writes to it"))


_MEDIA = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".epub": "application/epub+zip",
    ".html": "text/html",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".md": "text/markdown",
    ".odd": "application/tei+xml",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".otf": "font/otf",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".rng": "application/xml",
    ".sch": "application/xml",
    ".svg": "image/svg+xml",
    ".toml": "text/plain",
    ".ttf": "font/ttf",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".xsd": "application/xml",
}
"""By the registry of IANA; a file of settings or of typesetting is plain text to it."""


def media_type(path: str) -> str:
    """The media type of a path in the package."""
    if path.startswith(f"{Role.TEI.value}/") and path.endswith(".xml"):
        return "application/tei+xml"
    if path == "ro-crate-metadata.json":
        return "application/ld+json"
    return _MEDIA.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")
