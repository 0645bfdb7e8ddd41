"""The receipt that ``teiwright deposit`` leaves beside a package: what was in the deposit, with its checksums."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.verifying.claims import Claim, Digest
from teiwright.verifying.digesting import has_form
from teiwright.verifying.entries import Listing
from teiwright.verifying.json_files import read_json

NAME = "receipt.json"
_KIND = "teiwright deposit receipt 1"
_HINT = "make the deposit anew"
Statements = Iterator[Claim | Diagnostic]


def describe(root: str, listing: Listing, data: bytes) -> Statements:
    """Each file of the deposit with its SHA-256; raises ``TeiwrightError`` for what is no JSON."""
    where = Location(root + NAME)
    read = read_json(where.path, data)
    files, content = (_digests(read, name) for name in ("files", "content"))
    if files is None or content is None or read.get("kind") != _KIND:
        message = f'this is no receipt of a deposit: expected `"kind": "{_KIND}"`, `content` and `files`'
        yield Diagnostic(Code.BROKEN_DESCRIPTION, where, message, _HINT)
        return
    yield from (Digest(root + path, "sha256", digest, where) for path, digest in files.items())
    # A supplement has only what changed; its receipt lists all that the archive has with it.
    here = content if read.get("since") is None else {}
    yield from _content(files, here, where)
    lines = (f"{content[path]}  {path}\n".encode() for path in sorted(content, key=str.encode))
    if read.get("digest") != hashlib.sha256(b"".join(lines)).hexdigest():
        message = "`digest` is not that of the content which the receipt lists"
        yield Diagnostic(Code.WRONG_DIGEST, where, message, _HINT)
    for path in listing.below(root):
        if path.removeprefix(root) not in files and path != where.path:
            message = "the file is in the deposit, and not in its receipt"
            yield Diagnostic(Code.FILE_WITHOUT_DIGEST, Location(path), message, "remove the file, or deposit anew")


def _content(files: Mapping[str, str], content: Mapping[str, str], where: Location) -> Iterator[Diagnostic]:
    """What is said to be the content is in the package."""
    ends: dict[str, set[str]] = {}
    for path, digest in files.items():
        ends.setdefault(digest, set()).add(f"/{path}")
    for path, digest in content.items():
        if not any(each.endswith(f"/{path}") for each in ends.get(digest, ())):
            message = f"`{path}` is of the content, and no file of the deposit has its name and checksum"
            yield Diagnostic(Code.DANGLING_LINK, where, message, _HINT)


def _digests(read: Any, name: str) -> dict[str, str] | None:
    value = read.get(name) if isinstance(read, dict) else None
    if isinstance(value, dict) and all(isinstance(each, str) and has_form("sha256", each) for each in value.values()):
        return value
    return None
