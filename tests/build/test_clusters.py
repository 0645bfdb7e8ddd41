"""A Dask cluster of separate processes makes the bytes that one process makes."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from teiwright.build import build
from teiwright.project import load_project


def test_a_cluster_makes_the_same_bytes(workplace: Any, tmp_path: Path, command: Any) -> None:
    distributed = pytest.importorskip("distributed")
    other = type(workplace)(tmp_path / "other")
    shutil.copytree(workplace.folder, other.folder)
    workplace.build()
    (tmp_path / "scratch").mkdir()

    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, local_directory=tmp_path / "scratch"
    )
    with cluster:
        command("build", "--project", str(other.folder), "--dask", cluster.scheduler_address)

    assert other.digests() == workplace.digests()


def test_threads_make_the_same_bytes(workplace: Any, tmp_path: Path) -> None:
    other = type(workplace)(tmp_path / "other")
    shutil.copytree(workplace.folder, other.folder)
    workplace.build()

    with ThreadPoolExecutor(3) as executor:
        build(load_project(other.folder / "teiwright.toml"), 3, executor)

    assert other.digests() == workplace.digests()
