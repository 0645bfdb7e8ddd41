"""Files are written whole or not at all, and what a person edited is never written over.

A folder of files that people may edit holds a record, ``teiwright.sha256``, of what was last written there.
It has the form of ``sha256sum``, so ``sha256sum -c teiwright.sha256`` lists what was edited since.
It is committed with the files: a fresh clone knows which of them are as teiwright made them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from shutil import copyfile

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.digests import digest_of_file

RECORD = "teiwright.sha256"
TEMPORARY = ".teiwright-tmp-"

_RECORD_LINE = re.compile(r"(?P<escaped>\\?)(?P<digest>[0-9a-f]{64}) [ *](?P<name>.+)")


def digest_of(data: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return sha256(data).hexdigest()


@contextmanager
def _whole(path: Path) -> Iterator[str]:
    """A file beside ``path`` to be written, which then takes its place."""
    # Thousands of times: a path takes longer for each of these than the system does.
    folder, name = os.path.split(path)
    temporary = os.path.join(folder, f"{TEMPORARY}{os.getpid()}-{name}")  # noqa: PTH118
    try:
        if folder and not os.path.isdir(folder):  # noqa: PTH112
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        yield temporary
        os.replace(temporary, path)  # noqa: PTH105
    except OSError as error:
        Path(temporary).unlink(missing_ok=True) if path.parent.is_dir() else None
        raise TeiwrightError(not_writable(path, error)) from error


def write_whole(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path``: a reader, or a killed run, sees the old file or the new one, never a part."""
    with _whole(path) as temporary, open(temporary, "wb") as file:  # noqa: PTH123 (as above)
        file.write(data)


def write_parts(path: Path, parts: Iterable[bytes]) -> None:
    """The same of more than memory should hold."""
    with _whole(path) as temporary, Path(temporary).open("wb") as file:
        file.writelines(parts)


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write unless the same bytes stand there already; true if it wrote."""
    if os.path.isfile(path) and path.read_bytes() == data:  # noqa: PTH113 (thousands of times)
        return False
    write_whole(path, data)
    return True


def write_lines_if_changed(path: Path, lines: Callable[[], Iterable[bytes]]) -> None:
    """The same for more lines than memory should hold; ``lines`` gives them anew each time."""
    if path.is_file():
        with path.open("rb") as standing:
            if all(theirs == ours for theirs, ours in zip_longest(standing, lines())):
                return
    with _whole(path) as temporary, Path(temporary).open("wb") as file:
        file.writelines(lines())


def copy_if_changed(source: Path, place: Path) -> str:
    """Copy a file as it is, unless its bytes are there already; the digest, by which it is known."""
    digest = digest_of_file(source)
    if digest_of_file(place) != digest:
        with _whole(place) as temporary:
            copyfile(source, temporary)
    return digest


def sweep(folder: Path) -> None:
    """Remove what killed runs left half written in ``folder``."""
    _sweep(folder, below=False)


def sweep_below(folder: Path) -> None:
    """The same in all folders below it, too."""
    _sweep(folder, below=True)


def _sweep(folder: Path | str, *, below: bool) -> None:
    # One entry after the other: a folder may hold a file for each text of a large collection.
    if not os.path.isdir(folder):  # noqa: PTH112 (a folder below is no Path)
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if below and entry.is_dir(follow_symlinks=False):
                _sweep(entry.path, below=True)
            elif entry.name.startswith(TEMPORARY) and entry.is_file():
                Path(entry.path).unlink(missing_ok=True)


def read_record(folder: Path) -> dict[str, str]:
    """Name and digest of each file that teiwright last wrote in ``folder``; empty if there is no record.

    A name that a killed run left there with several digests has the one that its file has.
    """
    record: dict[str, str] = {}
    fill_record(record, folder)
    return record


def fill_record(record: MutableMapping[str, str], folder: Path) -> None:
    """Put what the record of ``folder`` says into an empty one, line by line."""
    path = folder / RECORD
    several: dict[str, set[str]] = {}
    with path.open("rb") if path.is_file() else BytesIO() as lines:
        for match in (_RECORD_LINE.fullmatch(os.fsdecode(line).removesuffix("\n")) for line in lines):
            if match:
                name, digest = _entry(match)
                if (before := record.setdefault(name, digest)) != digest:
                    several.setdefault(name, {before}).add(digest)
                    record[name] = digest
    for name, digests in several.items():
        if (standing := digest_of_file(folder / name)) in digests:
            record[name] = standing


def write_record(folder: Path, record: Mapping[str, str]) -> None:
    """Put the record of ``folder`` in the order of names; no file for an empty one."""
    if record:
        write_lines_if_changed(folder / RECORD, lambda: (record_line(name, record[name]) for name in sorted(record)))


def add_to_record(folder: Path, name: str, digest: str) -> None:
    """Note one file at once, beside what is noted of it already."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / RECORD).open("ab") as record:
            record.write(record_line(name, digest))
    except OSError as error:
        raise TeiwrightError(not_writable(folder / name, error)) from error


def record_line(name: str, digest: str) -> bytes:
    """One file, as ``sha256sum`` writes it: a backslash before the line tells that the name is escaped."""
    escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return os.fsencode(f"{'' if escaped == name else chr(92)}{digest}  {escaped}\n")


def _entry(match: re.Match[str]) -> tuple[str, str]:
    return _unescaped(match["name"]) if match["escaped"] else match["name"], match["digest"]


def _unescaped(name: str) -> str:
    return re.sub(r"\\(.)", lambda match: {"n": "\n", "r": "\r"}.get(match[1], match[1]), name)


def write_unless_edited(path: Path, data: bytes, recorded: str | None) -> Diagnostic | None:
    """Write ``data``; or, if ``path`` stands otherwise than as ``recorded``, the finding that says so.

    It is recorded before it is written, as what is written and not recorded would later be taken for a person's work.
    """
    standing = path.read_bytes() if path.is_file() else data
    if standing != data and digest_of(standing) != recorded:
        return edited(path, standing, data)
    if (digest := digest_of(data)) != recorded:
        add_to_record(path.parent, path.name, digest)
    write_if_changed(path, data)
    return None


def write_unedited(folder: Path, files: Mapping[str, bytes]) -> tuple[Diagnostic, ...]:
    """Write ``files`` into ``folder``, except over those that are not as teiwright last wrote them."""
    record = read_record(folder)
    kept: list[Diagnostic] = []
    for name, data in files.items():
        if finding := write_unless_edited(folder / name, data, record.get(name)):
            kept.append(finding)
        else:
            record[name] = digest_of(data)
    write_record(folder, record)
    return tuple(kept)


def edited(path: Path, standing: bytes, ours: bytes) -> Diagnostic:
    """The finding that says where a file that is kept first differs from what would be written."""
    theirs, made = standing.splitlines(), ours.splitlines()
    pairs = zip(theirs, made, strict=False)
    first = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(theirs), len(made)))
    return Diagnostic(
        Code.EDITED_BY_HAND,
        Location(str(path), first + 1),
        "the file is not what teiwright last wrote, and is kept as it stands; "
        "from this line on it differs from what would be written now",
        "keep it, or move it away and run again to have it made anew",
    )


def not_writable(path: Path, error: OSError) -> Diagnostic:
    """The finding that says why nothing can be written at ``path``."""
    why = (error.strerror or "cannot be written").lower()
    hint = "look at the folder's permissions and the free space, or choose another folder"
    if path.is_dir():
        why, hint = "there is a folder of this name", "name a file, such as one in this folder"
    elif path.parent.exists() and not path.parent.is_dir():
        why = f"`{path.parent}` is a file, where a folder was expected"
    return Diagnostic(Code.NOT_WRITABLE, Location(str(path)), f"the file cannot be written: {why}", hint)
