"""Steps of the collection that are taken while workers make pages come out as those that are taken afterwards."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from teiwright import build as building
from teiwright.collection import without_pages
from teiwright.meanwhile import Meanwhile
from teiwright.project import load_project


@pytest.fixture
def searched(workplace: Any) -> Any:
    """A project with a search."""
    file = workplace.folder / "teiwright.toml"
    file.write_text(file.read_text().replace('["html"]', '["html", "search", "data"]'))
    return workplace


def test_the_bytes_are_the_same(searched: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    worked_out = Meanwhile._work

    def noted(meanwhile: Meanwhile) -> None:
        worked_out(meanwhile)
        taken.extend(meanwhile.done)

    monkeypatch.setattr(Meanwhile, "_work", noted)
    searched.build(jobs=0)
    afterwards = searched.digests()
    for folder in ("out", ".teiwright"):
        shutil.rmtree(searched.folder / folder)
    assert not taken
    monkeypatch.setattr(building, "_MANY", 1)

    made = searched.build(jobs=1)

    assert taken == ["site", "permalinks", "pictures", "search", "data"]
    assert set(taken) < set(made.steps)
    assert searched.digests() == afterwards


def test_steps_are_broken_off_if_the_build_is(searched: Any) -> None:
    searched.build()
    project = load_project(searched.folder / "teiwright.toml")
    for file in project.state.glob("search.sqlite*"):
        file.unlink()
    with building.opened(project) as state:
        state.forget("search", "")
        steps = without_pages(project, state, ())
        with pytest.raises(KeyboardInterrupt), Meanwhile(project, (), steps) as meanwhile:
            meanwhile._stop.set()
            meanwhile.begin()
            raise KeyboardInterrupt
    assert meanwhile._thread is not None
    assert not meanwhile._thread.is_alive()
    assert all(memory.parts is None for memory in meanwhile.done.values())


def test_what_fails_in_a_step_that_is_taken_meanwhile_is_told_when_it_is_waited_for(searched: Any) -> None:
    project = load_project(searched.folder / "teiwright.toml")
    project.state.mkdir()
    (project.state / "state.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(Exception, match="not a database"), Meanwhile(project, (), [(None, {})]) as meanwhile:  # type: ignore[list-item]
        meanwhile.begin()
