"""A build of which one text changed makes the same bytes as one from nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CHANGES: dict[str, Callable[[Path], object]] = {
    "changed": lambda texts: (texts / "beta.txt").write_text("A second text of Mr. Grew, quite another one.\n"),
    "added": lambda texts: (texts / "beta-2.txt").write_text("A new text between the others.\n"),
    "removed": lambda texts: (texts / "beta.txt").unlink(),
    "renamed": lambda texts: (texts / "beta.txt").rename(texts / "omega.txt"),
}


@pytest.fixture
def searched(workplace: Any) -> Any:
    """A project with a search, built."""
    file = workplace.folder / "teiwright.toml"
    file.write_text(file.read_text().partition("[deposit]")[0].replace('["html"]', '["html", "search", "data"]'))
    workplace.build()
    return workplace


def output(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted((folder / "out").rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def from_nothing(place: Any) -> dict[str, bytes]:
    shutil.rmtree(place.folder / ".teiwright")
    shutil.rmtree(place.folder / "out")
    place.build()
    return output(place.folder)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_output_is_that_of_a_build_from_nothing(searched: Any, change: Callable[[Path], object]) -> None:
    before = output(searched.folder)
    change(searched.folder / "texts")

    searched.build()

    after = output(searched.folder)
    assert after != before
    assert after == from_nothing(searched)


def test_a_file_that_somebody_spoiled_is_made_again_although_its_text_is_the_same(searched: Any) -> None:
    before = output(searched.folder)
    (searched.folder / "out/html/search/data/texts/000/000001.js").write_text("spoiled")

    searched.build()

    assert output(searched.folder) == before


def test_notes_that_make_no_sense_are_none(searched: Any) -> None:
    for file in (searched.folder / ".teiwright").glob("*.sqlite"):
        if file.name != "state.sqlite":
            file.write_bytes(b"no database" * 100)
    CHANGES["changed"](searched.folder / "texts")

    searched.build()

    assert output(searched.folder) == from_nothing(searched)
