"""Shards that know nothing of each other make, once merged, what one build makes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from teiwright.build import build_shard, merge
from teiwright.project import load_project
from teiwright.sharding import Shard


def test_every_text_belongs_to_one_shard() -> None:
    shards = [Shard(number, 7) for number in range(1, 8)]

    assert all(sum(shard.has(f"letter-{text}") for shard in shards) == 1 for text in range(500))
    assert all(sum(shard.has(f"letter-{text}") for text in range(700)) > 60 for shard in shards)


def test_seven_shards_make_the_same_bytes(workplace: Any, tmp_path: Path) -> None:
    other = type(workplace)(tmp_path / "other")
    shutil.copytree(workplace.folder, other.folder)
    whole = workplace.build()
    project = load_project(other.folder / "teiwright.toml")

    editions = [build_shard(project, Shard(number, 7), 0) for number in range(1, 8)]
    assert merge(project) == 7
    views = [build_shard(project, Shard(number, 7), 0) for number in range(1, 8)]
    assert merge(project) == 7
    built = other.build()

    assert sorted(name for one in editions for name in one.made) == ["alpha", "beta", "gamma"]
    assert [one.shown for one in editions] == [()] * 7
    assert sorted(name for one in views for name in one.shown) == ["alpha", "beta", "gamma"]
    assert (built.made, built.shown, built.steps) == ((), (), whole.steps)
    assert other.digests() == workplace.digests()
    assert built.report.findings == whole.report.findings


def test_a_shard_makes_only_what_has_changed_since_the_last_merge(workplace: Any) -> None:
    workplace.build()
    text = workplace.folder / "texts/gamma.txt"
    text.write_text(text.read_text().replace("third", "fourth"))
    project = load_project(workplace.folder / "teiwright.toml")

    made = [name for number in (1, 2) for name in build_shard(project, Shard(number, 2), 0).made]
    merge(project)

    assert made == ["gamma"]
    assert workplace.build().made == ()


def test_shards_on_disks_of_their_own_know_what_they_wrote(workplace: Any, tmp_path: Path) -> None:
    """Each hands on its folder of editions and its memory, and the last one's record of what was written wins."""
    for number in (1, 2):
        other = tmp_path / f"job-{number}"
        shutil.copytree(workplace.folder, other)
        build_shard(load_project(other / "teiwright.toml"), Shard(number, 2), 0)
    for number in (1, 2):
        for part in ("tei", ".teiwright"):
            shutil.copytree(tmp_path / f"job-{number}" / part, workplace.folder / part, dirs_exist_ok=True)
    merge(load_project(workplace.folder / "teiwright.toml"))

    built = workplace.build()
    record = (workplace.folder / "tei/teiwright.sha256").read_text()

    assert (built.made, built.report.findings) == ((), ())
    assert [line.split()[1] for line in record.splitlines()] == ["alpha.xml", "beta.xml", "gamma.xml"]


def test_without_shards_there_is_nothing_to_merge(workplace: Any) -> None:
    workplace.build()

    assert merge(load_project(workplace.folder / "teiwright.toml")) == 0
    assert workplace.build().taken == ()


def test_a_shard_without_texts_ends_well_and_says_what_is_left(workplace: Any, command: Any) -> None:
    said = [command("build", "--project", str(workplace.folder), "--shard", f"{number}/7") for number in range(1, 8)]

    assert any("no text is in this shard" in text or "nothing had changed" in text for text in said)
    assert all("left to `teiwright merge`" in text for text in said)


def test_a_shard_begins_anew_if_what_was_remembered_makes_no_sense(workplace: Any) -> None:
    workplace.build()
    memory = workplace.folder / ".teiwright/state.sqlite"
    memory.write_bytes(b"nonsense" * 1000)

    assert build_shard(load_project(workplace.folder / "teiwright.toml"), Shard(1, 1), 0).report.errors == 0
