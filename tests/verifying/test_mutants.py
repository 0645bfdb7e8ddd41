"""Every harm in mutants.toml is found, by its right name, and nothing else is; the sound packages are accepted."""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from teiwright.verifying import verify

MUTANTS = tomllib.loads(Path(__file__).with_name("mutants.toml").read_text("utf-8"))["mutant"]


def harm(folder: Path, mutant: dict[str, Any]) -> None:
    """Do to the folder what the mutant says."""
    if "change" in mutant:
        path, pattern, replacement = mutant["change"]
        before = (folder / path).read_bytes().decode()
        after, count = re.subn(pattern, replacement, before, count=1)
        assert count == 1, f"nothing to change: {pattern}"
        (folder / path).write_bytes(after.encode())
    if "write" in mutant:
        path, text = mutant["write"]
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())
    if "append" in mutant:
        path, text = mutant["append"]
        with (folder / path).open("ab") as file:
            file.write(text.encode())
    if "delete" in mutant:
        path = folder / mutant["delete"]
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    if "move" in mutant:
        (folder / mutant["move"][0]).rename(folder / mutant["move"][1])
    if "link" in mutant:
        where, target = mutant["link"]
        (folder / where).unlink(missing_ok=True)
        (folder / where).symlink_to(target)
    if "fifo" in mutant:
        os.mkfifo(folder / mutant["fifo"])


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant["name"])
def test_harm_is_found(
    mutant: dict[str, Any],
    bag: Path,
    store: Path,
    seal: Callable[[Path], None],
    errors: Callable[[Path], set[str]],
) -> None:
    folder = store if mutant.get("in") == "store" else bag

    harm(folder, mutant)
    if mutant.get("sealed"):
        seal(folder)

    assert set(mutant["errors"]) == errors(folder)


def test_there_are_enough_kinds_of_harm() -> None:
    assert len(MUTANTS) >= 60
    assert len({mutant["name"] for mutant in MUTANTS}) == len(MUTANTS)


def test_the_sound_bag_is_proven(bag: Path) -> None:
    verdict = verify(bag)

    assert verdict.report.findings == ()
    assert verdict.proof.standards == ("BagIt 1.0", "E-ARK CSIP", "RO-Crate 1.2")
    assert verdict.proof.algorithms == ("sha256", "sha512")
    files = [path for path in bag.rglob("*") if path.is_file()]
    assert verdict.proof.files == len(files)
    assert verdict.proof.size == sum(path.stat().st_size for path in files)
    assert verdict.proof.proven == len(files) - 2  # but for the two tag manifests, of which nothing speaks


def test_the_sound_storage_root_is_proven(store: Path) -> None:
    verdict = verify(store)

    assert verdict.report.findings == ()
    assert verdict.proof.standards == ("OCFL 1.1", "OCFL storage root")


def test_the_inner_packages_are_sound_by_themselves(bag: Path) -> None:
    verdict = verify(bag / "data/urn-letters")

    assert verdict.report.findings == ()
    assert verdict.proof.standards == ("E-ARK CSIP", "RO-Crate 1.2")
