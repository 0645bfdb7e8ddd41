"""Which files have changed since a revision of git, and which others a change may have broken."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError

_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Changes:
    """Files that were added or changed, and files that are gone."""

    changed: frozenset[Path]
    gone: frozenset[Path]


def changes_since(revision: str, folder: Path) -> Changes:
    """What differs from where this branch left ``revision``, committed or not. Raises ``TeiwrightError``."""
    root = Path(_git(folder, revision, "rev-parse", "--show-toplevel").rstrip("\n"))
    base = _git(folder, revision, "merge-base", "--end-of-options", revision, "HEAD").strip()
    names = _git(root, revision, "diff", "--name-status", "--no-renames", "-z", base, "--").split("\0")
    pairs = list(zip(names[::2], names[1::2], strict=False))
    untracked = _git(root, revision, "ls-files", "--others", "--exclude-standard", "-z").split("\0")
    changed = {root / name for status, name in pairs if status != "D"} | {root / name for name in untracked if name}
    gone = {root / name for status, name in pairs if status == "D"}
    return Changes(frozenset(path.resolve() for path in changed), frozenset(path.resolve() for path in gone))


def affected(files: Sequence[Path], changes: Changes) -> list[Path]:
    """Those of ``files`` that changed, and those that name a changed file: their pointers may lead nowhere now."""
    names = _names((*changes.changed, *changes.gone))
    return [path for path in files if path.resolve() in changes.changed or _mentions(path, names)]


def _names(paths: Iterable[Path]) -> list[bytes]:
    return sorted({path.name.encode() for path in paths})


def _mentions(path: Path, names: Sequence[bytes]) -> bool:
    try:
        data = path.read_bytes()
    except OSError:
        return True  # whatever is wrong with it is to be said
    return any(name in data for name in names)


def _git(folder: Path, revision: str, *arguments: str) -> str:
    try:
        ended = subprocess.run(  # noqa: S603 (fixed arguments; a revision cannot be taken for an option)
            ["git", "-C", str(folder), *arguments],  # noqa: S607 (git is where the user has it)
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _refusal(folder, f"git cannot be run: {error}") from error
    if ended.returncode:
        why = ended.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["unknown reason"]
        raise _refusal(folder, f"git does not know what changed since `{revision[:80]}`: {why[0]}")
    return ended.stdout.decode("utf-8", "surrogateescape")


def _refusal(folder: Path, message: str) -> TeiwrightError:
    hint = "name a commit, branch or tag of this repository; a shallow clone may lack it (`git fetch --unshallow`)"
    return TeiwrightError(Diagnostic(Code.NO_REVISION, Location(str(folder)), message, hint))
