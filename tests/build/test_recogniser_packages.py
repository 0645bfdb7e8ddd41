"""A package that recognises names is among what editions are made of: they are made again when it comes or goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from teiwright.dependencies import of_editions
from teiwright.project import load_project
from teiwright.remembered import Memory

PACKAGE = "the package `shelfmarks`, which recognises names,"


def install(version: str, folder: Path) -> None:
    """As pip leaves a package."""
    info = folder / f"shelfmarks-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: shelfmarks\nVersion: {version}\n")
    (info / "entry_points.txt").write_text("[teiwright.recognisers]\nshelfmarks = shelfmarks:shelfmarks\n")


def test_that_it_comes_changes_or_goes_is_a_reason_to_make_editions_again(
    workplace: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, site = load_project(workplace.folder / "teiwright.toml"), tmp_path / "site"
    without = of_editions(project)
    with monkeypatch.context() as path:
        path.syspath_prepend(str(site))
        install("1.0", site)
        first = of_editions(project)
        path.syspath_prepend(str(tmp_path / "other"))
        install("1.1", tmp_path / "other")
        second = of_editions(project)

    reasons = [
        *Memory(without, {}).changed(project.folder, first),
        *Memory(first, {}).changed(project.folder, second),
        *Memory(second, {}).changed(project.folder, of_editions(project)),
    ]
    assert reasons == [f"{PACKAGE} is new", f"{PACKAGE} changed", f"{PACKAGE} is gone"]
