"""A deposit is there whole or not at all, and never takes the place of what is not its own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from teiwright.depositing.archive import write_zip
from teiwright.depositing.bag import make_bag
from teiwright.depositing.contents import Contents, describe
from teiwright.depositing.layout import SOFTWARE
from teiwright.depositing.verifying import verify
from teiwright.diagnostics import Code, Diagnostic, Location, Report, TeiwrightError

_TEMPORARY = ".teiwright-tmp-"


def deposit(contents: Contents, target: Path, *, as_zip: bool = False) -> Report:
    """Make a bag of ``contents`` at ``target``, and beside it ``target.zip`` if wanted.

    It is written under another name, read again and verified, and only then renamed.
    An earlier deposit gives way to it if it is intact; anything else at ``target`` is left alone.
    """
    if not contents.editions:
        raise TeiwrightError(
            Diagnostic(
                Code.NOTHING_TO_DEPOSIT,
                Location(str(target)),
                "there is no edition to deposit",
                "run `teiwright build`",
            )
        )
    _refuse_foreign(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    for leftover in target.parent.glob(f"{_TEMPORARY}*"):
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    fresh = target.parent / f"{_TEMPORARY}{os.getpid()}" / target.name
    fresh.mkdir(parents=True)
    try:
        make_bag(fresh, {**contents.files, **describe(contents)}, contents.info)
        report = verify(fresh)
        if not report.errors:
            if as_zip:
                write_zip(fresh, target.with_name(f"{target.name}.zip"))
            _publish(fresh, target)
        return report
    finally:
        shutil.rmtree(fresh.parent, ignore_errors=True)


def _publish(fresh: Path, target: Path) -> None:
    if target.exists():
        target.rename(fresh.with_name("earlier"))
    fresh.rename(target)


def _refuse_foreign(target: Path) -> None:
    if not target.exists() and not target.is_symlink():
        return
    info = target / "bag-info.txt"
    ours = info.is_file() and f"{SOFTWARE}: teiwright" in info.read_text("utf-8", "replace")
    if target.is_symlink() or not ours or verify(target).errors:
        raise TeiwrightError(
            Diagnostic(
                Code.FOREIGN_TARGET,
                Location(str(target)),
                "something else, or a deposit that was changed, has this name",
                "move it away and run again",
            )
        )
