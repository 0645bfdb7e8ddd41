"""What was deposited, with which digests: a small JSON file beside the package."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from teiwright import __version__
from teiwright.depositing.description import Description
from teiwright.depositing.tree import Written
from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError

NAME = "receipt.json"
_KIND = "teiwright deposit receipt 1"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an earlier deposit held: its content by path, and everything in its folder, each with its SHA-256.

    ``urn`` is the name of the collection, the same for all its versions.
    """

    urn: str
    content: Mapping[str, str]
    files: Mapping[str, str]
    digest: str


def receipt(
    known: Description, target: str, content: Sequence[Written], everything: Mapping[str, str], since: Receipt | None
) -> bytes:
    """The receipt; two deposits of the same content have the same digest, whatever they are packed in."""
    data = {
        "kind": _KIND,
        "program": f"teiwright {__version__}",
        "object": known.urn,
        "name": known.name,
        "title": known.title,
        "version": known.version,
        "date": known.date,
        "target": target,
        "since": None if since is None else since.digest,
        "digest": digest_of_content(content),
        "bytes": sum(file.size for file in content),
        "content": {file.path: file.sha256 for file in content},
        "files": dict(sorted(everything.items())),
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def digest_of_content(content: Iterable[Written]) -> str:
    """SHA-256 of the sorted list of digests and paths, in the form of a manifest."""
    lines = sorted((file.path.encode(), file.sha256) for file in content)
    return hashlib.sha256(b"".join(b"%s  %s\n" % (digest.encode(), path) for path, digest in lines)).hexdigest()


def read_receipt(path: Path) -> Receipt:
    """Raises a ``TeiwrightError`` if there is none, or if it is no receipt of ours."""
    try:
        data: Any = json.loads(path.read_bytes())
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        raise _broken(path, f"it cannot be read: {why}", Code.NOT_READABLE) from error
    except (ValueError, RecursionError) as error:
        raise _broken(path, "it is no JSON") from error
    if not isinstance(data, dict) or data.get("kind") != _KIND:
        raise _broken(path, f'there is no `"kind": "{_KIND}"` in it')
    content, files = _digests(data.get("content")), _digests(data.get("files"))
    digest, urn = data.get("digest"), data.get("object")
    if content is None or files is None or not isinstance(digest, str) or not isinstance(urn, str):
        raise _broken(path, "it has no list of files and their digests")
    return Receipt(urn, content, files, digest)


def read_receipt_of(known: Description, path: Path) -> Receipt:
    """That of an earlier deposit of this collection: a supplement to another would tell of removals that never were."""
    found = read_receipt(path)
    if found.urn != known.urn:
        why = f"it is that of `{found.urn}`, and this collection is `{known.urn}`"
        hint = "name the receipt of this collection; `publisher` and `name` must be what they were then"
        message = f"this is the receipt of another collection: {why}"
        raise TeiwrightError(Diagnostic(Code.BROKEN_RECEIPT, Location(str(path)), message, hint))
    return found


def _digests(value: object) -> dict[str, str] | None:
    if isinstance(value, dict) and all(isinstance(digest, str) for digest in value.values()):
        return value
    return None


def _broken(path: Path, why: str, code: Code = Code.BROKEN_RECEIPT) -> TeiwrightError:
    hint = f"name the `{NAME}` of an earlier deposit"
    return TeiwrightError(Diagnostic(code, Location(str(path)), f"this is no receipt of a deposit: {why}", hint))
