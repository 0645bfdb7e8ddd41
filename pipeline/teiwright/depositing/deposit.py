"""A deposit is there whole or not at all, and never takes the place of what is not its own."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from teiwright.depositing import forms, receipt
from teiwright.depositing.archive import write_zip
from teiwright.depositing.bag import write_tags
from teiwright.depositing.datacite import datacite, has_record
from teiwright.depositing.description import Description, describe
from teiwright.depositing.dublincore import dublin_core_table
from teiwright.depositing.guide import readme
from teiwright.depositing.header import Header
from teiwright.depositing.ocfl import store
from teiwright.depositing.packing import Tree, write_tree
from teiwright.depositing.premis import Done
from teiwright.depositing.receipt import Receipt, read_receipt, read_receipt_of
from teiwright.depositing.targets import NEEDS, Form, readiness
from teiwright.depositing.tree import File, Placed, Role, Written, place, settle, write
from teiwright.diagnostics import Code, Diagnostic, Location, Report, TeiwrightError
from teiwright.model import Statement

_CHUNK = 1 << 20
_PREFIX = ".teiwright-deposit-"
_EARLIER = "-earlier"


@dataclass(frozen=True, slots=True)
class Contents:
    """What is deposited: what is stated of it, the headers of its documents, its files, and what was done to them."""

    statement: Statement
    headers: tuple[Header, ...]
    files: tuple[File, ...]
    done: tuple[Done, ...] = ()
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """For which archive, in which form; without a form as the target takes it.

    ``since`` is the receipt of an earlier deposit, ``ocfl`` the root of a store of versions.
    A supplement, which has only what changed since, is no version and is not put into the store.
    """

    target: str = "generic"
    form: Form | None = None
    zip: bool | None = None
    since: Path | None = None
    ocfl: Path | None = None


def deposit(contents: Contents, folder: Path, wish: Wish = Wish()) -> Report:
    """Make a deposit at ``folder``: the package, the files for forms, and the receipt.

    Nothing is written if the target needs what nobody says.
    It is made beside ``folder``, read again and compared with what was meant to be written, and only then renamed.
    An earlier deposit gives way to it if it is intact; anything else at ``folder`` is left alone.
    """
    if not contents.headers:
        message = "there is no edition to deposit"
        raise TeiwrightError(
            Diagnostic(Code.NOTHING_TO_DEPOSIT, Location(str(folder)), message, "run `teiwright build`")
        )
    known = describe(contents.statement, contents.headers, contents.date)
    findings = readiness(wish.target, contents.statement, known, contents.headers)
    since = None if wish.since is None else read_receipt_of(known, wish.since)
    placed = place(contents.files)
    report = Report.of([*findings, *_renamed(placed)])
    if report.errors:
        return report
    _restore(folder)
    _refuse_foreign(folder)
    fresh = _fresh(folder)
    try:
        if not _pack(fresh, known, contents, placed, wish, since):
            message = "nothing changed since this deposit, and none was made"
            unchanged = Diagnostic(Code.NOTHING_CHANGED, Location(str(wish.since)), message)
            return Report.of([*report.findings, unchanged])
        _publish(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return report


def _renamed(placed: list[Placed]) -> list[Diagnostic]:
    """Pages and editions link to each other by name; sources do not, so that their new names harm nothing."""
    linked = (each for each in placed if each.renamed and each.file.role not in {Role.SOURCE, Role.SCHEMA})
    return [
        Diagnostic(
            Code.RENAMED,
            Location(str(each.file.content) if isinstance(each.file.content, Path) else each.file.name),
            f"in the package its name is `{each.path.rpartition('/')[2]}`, and links to the old one lead nowhere",
            "give the document an id of ASCII letters, figures, `-` and `.`",
        )
        for each in linked
    ]


def _pack(
    fresh: Path, known: Description, contents: Contents, placed: list[Placed], wish: Wish, since: Receipt | None
) -> bool:
    """Write everything into ``fresh``; false if nothing changed ``since``."""
    needs = NEEDS[wish.target]
    form = wish.form or needs.form
    package = known.name if form == "bag" else known.object_id
    inner = f"data/{known.object_id}/" if form == "bag" else ""
    root = fresh / package / inner
    tree = write_tree(root, known, placed, contents.headers, contents.done, since)
    if since is not None and since.digest == receipt.digest_of_content(tree.content):
        return False
    files = list(tree.under(inner))
    if form == "bag":
        files += write_tags(fresh / package, known, files)
    beside = _write_forms(fresh, known, tree, inner)
    written = {f"{package}/{file.path}": file.sha256 for file in files} | {file.path: file.sha256 for file in beside}
    zipped = needs.zip if wish.zip is None else wish.zip
    if zipped:
        _zip(fresh, package, {file.path: file.sha256 for file in files})
        written[f"{package}.zip"] = _digest_of_file(f"{fresh}/{package}.zip")
    _confirm(fresh, written, already=f"{package}/" if zipped else None)
    if wish.ocfl is not None and since is None:
        store(wish.ocfl, known, root, tree.files)
    write(fresh, receipt.NAME, receipt.receipt(known, wish.target, tree.content, written, since), receipt.NAME)
    return True


def _write_forms(fresh: Path, known: Description, tree: Tree, inner: str) -> list[Written]:
    """What is typed into forms; each only if all is known that it must have."""
    made = {
        "README.md": readme(known, tree.headers, {file.role for file in tree.files if file.role}),
        "forms/dublin-core.csv": dublin_core_table(
            known, tree.headers, {path: f"{inner}{place}" for path, place in tree.paths.items()}
        ),
    }
    if known.creators:
        made["forms/zenodo.json"] = forms.zenodo(known)
        made["forms/CITATION.cff"] = forms.citation(known)
    if has_record(known):
        made["forms/datacite.xml"] = datacite(known)
    return [write(fresh, path, data, path.rpartition("/")[2]) for path, data in sorted(made.items())]


# -- reading it again


def _zip(fresh: Path, package: str, files: Mapping[str, str]) -> None:
    """Zip the package, which reads each file once more; then read the zip again."""
    target = fresh / f"{package}.zip"
    read = write_zip(fresh / package, files, target)
    for path, digest in files.items():
        if read[path] != digest:
            raise _spoilt(fresh / package / path)
    with ZipFile(target) as archive:
        for entry in archive.infolist():
            with archive.open(entry) as file:
                if files.get(entry.filename.removeprefix(f"{package}/")) != _digest(file):
                    raise _spoilt(target)


def _confirm(folder: Path, expected: Mapping[str, str], already: str | None = None) -> None:
    """What is on the disk is what was meant to be written: nothing more, nothing less, each with its digest.

    Of what was read ``already``, under this path, only the names are compared.
    """
    for path in _differing(folder, expected, already):
        raise _spoilt(folder / path)


def _spoilt(path: Path) -> TeiwrightError:
    message = "after it was written, the file is not what was written"
    hint = "look at the disk's health and its free space"
    return TeiwrightError(Diagnostic(Code.CHANGED_MEANWHILE, Location(str(path)), message, hint))


def _differing(folder: Path, expected: Mapping[str, str], already: str | None = None) -> list[str]:
    found = dict(_entries(str(folder), ""))
    differing = set(found.keys() ^ expected.keys())
    for path, regular in found.items():
        read = already is not None and path.startswith(already)
        if not regular or not (read or expected.get(path) == _digest_of_file(f"{folder}/{path}")):
            differing.add(path)
    return sorted(differing)


def _entries(folder: str, prefix: str) -> Iterator[tuple[str, bool]]:
    """Everything but folders, and whether it is a regular file."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _entries(entry.path, f"{prefix}{entry.name}/")
            else:
                yield f"{prefix}{entry.name}", entry.is_file(follow_symlinks=False)


def _digest_of_file(path: str) -> str:
    with FileIO(path, "rb") as file:
        return _digest(file)


def _digest(file: IO[bytes] | FileIO) -> str:
    running = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        running.update(chunk)
    return running.hexdigest()


# -- taking its place


def _fresh(folder: Path) -> Path:
    """An empty folder beside ``folder``, on the same file system; what killed runs left there is removed."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    for leftover in _leftovers(folder):
        shutil.rmtree(leftover)
    fresh = folder.with_name(f"{_PREFIX}{folder.name}-{os.getpid()}")
    fresh.mkdir()
    return fresh


def _leftovers(folder: Path) -> list[Path]:
    """What killed runs left beside ``folder``; never what belongs to another deposit whose name begins alike."""
    ours = re.compile(rf"{re.escape(_PREFIX + folder.name)}-\d+({_EARLIER})?")
    return [path for path in folder.parent.glob(f"{_PREFIX}*") if ours.fullmatch(path.name)]


def _restore(folder: Path) -> None:
    """A run that was killed between its two renames set the earlier deposit aside, and left nothing in its place.

    What is no longer intact was being removed when the run was killed, as the new deposit stood in its place.
    """
    if folder.exists() or folder.is_symlink():
        return
    aside = (path for path in _leftovers(folder) if path.name.endswith(_EARLIER) and _is_intact(path))
    if earlier := next(aside, None):
        earlier.rename(folder)


def _publish(fresh: Path, folder: Path) -> None:
    earlier = fresh.with_name(f"{fresh.name}{_EARLIER}")
    settle(fresh)
    if folder.exists():
        folder.rename(earlier)
    fresh.rename(folder)
    settle(folder.parent)
    shutil.rmtree(earlier, ignore_errors=True)


def _refuse_foreign(folder: Path) -> None:
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_symlink() and folder.is_dir() and _is_intact(folder):
        return
    message = "something else, or a deposit that was changed, has this name"
    finding = Diagnostic(Code.FOREIGN_TARGET, Location(str(folder)), message, "move it away and run again")
    raise TeiwrightError(finding)


def _is_intact(folder: Path) -> bool:
    """Whether all that its receipt tells of is there, unchanged, and nothing else."""
    path = folder / receipt.NAME
    if not path.is_file() or path.is_symlink():
        return False
    try:
        files = read_receipt(path).files
    except TeiwrightError:
        return False
    return not _differing(folder, {**files, receipt.NAME: _digest_of_file(str(path))})
