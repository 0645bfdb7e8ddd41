"""Writes a bag into an empty folder."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from teiwright.depositing.contents import BagInfo
from teiwright.depositing.layout import ALGORITHMS, DECLARATION, is_safe_everywhere, manifest_line
from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError

_CHUNK = 1 << 20


def make_bag(folder: Path, payload: Mapping[str, Path | bytes], info: BagInfo) -> None:
    """Write ``payload`` (path in the bag's ``data/`` → file or bytes) and all tag files into ``folder``.

    The same payload and info make the same bytes: nothing is taken from a clock or a file system's order.
    """
    _refuse_unsafe(payload)
    digests: dict[str, dict[str, str]] = {}
    total = 0
    for path in sorted(payload, key=str.encode):
        digests[f"data/{path}"], size = _put(folder / "data" / path, payload[path])
        total += size
    oxum = f"{total}.{len(payload)}"
    tags = {"bagit.txt": DECLARATION, "bag-info.txt": info.text(oxum)}
    for algorithm in ALGORITHMS:
        tags[f"manifest-{algorithm}.txt"] = _manifest(digests, algorithm)
    tag_digests = {name: _put(folder / name, text.encode())[0] for name, text in sorted(tags.items())}
    for algorithm in ALGORITHMS:
        _put(folder / f"tagmanifest-{algorithm}.txt", _manifest(tag_digests, algorithm).encode())


def _refuse_unsafe(payload: Mapping[str, Path | bytes]) -> None:
    seen: dict[str, str] = {}
    for path in sorted(payload):
        if not is_safe_everywhere(path):
            problem = "the name cannot be kept in every archive"
        elif (other := seen.setdefault(path.casefold(), path)) != path:
            problem = f"the name differs from `{other}` by case alone, which not every file system tells apart"
        else:
            continue
        hint = "use ASCII letters, figures, `.`, `-` and `_`, at most 100 of them"
        raise TeiwrightError(Diagnostic(Code.UNSAFE_PATH, Location(path), problem, hint))


def _manifest(digests: Mapping[str, Mapping[str, str]], algorithm: str) -> str:
    return "".join(manifest_line(digests[path][algorithm], path) for path in sorted(digests, key=str.encode))


def _put(target: Path, content: Path | bytes) -> tuple[dict[str, str], int]:
    """Copy to ``target`` and take the checksums of what is copied while it is copied."""
    target.parent.mkdir(parents=True, exist_ok=True)
    hashes = {algorithm: hashlib.new(algorithm) for algorithm in ALGORITHMS}
    size = 0
    with target.open("xb") as out:
        for chunk in _chunks(content):
            size += len(chunk)
            out.write(chunk)
            for running in hashes.values():
                running.update(chunk)
    target.chmod(0o644)
    return {algorithm: running.hexdigest() for algorithm, running in hashes.items()}, size


def _chunks(content: Path | bytes) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    try:
        # A symbolic link is refused, as it may lead anywhere.
        descriptor = os.open(content, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except OSError as error:
        link = content.is_symlink()
        why = "it is a symbolic link" if link else (error.strerror or "unknown reason").lower()
        code = Code.UNSAFE_PATH if link else Code.NOT_READABLE
        finding = Diagnostic(
            code, Location(str(content)), f"the file cannot be packed: {why}", "put the file itself there"
        )
        raise TeiwrightError(finding) from error
    with os.fdopen(descriptor, "rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
