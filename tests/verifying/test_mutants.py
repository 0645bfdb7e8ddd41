"""Every harm in mutants.toml is found, by its right name, and nothing else is; the sound packages are accepted."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from teiwright.verifying import verify

MUTANTS = tomllib.loads(Path(__file__).with_name("mutants.toml").read_text("utf-8"))["mutant"]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant["name"])
def test_harm_is_found(
    mutant: dict[str, Any],
    bag: Path,
    store: Path,
    harm: Callable[[Path, dict[str, Any]], None],
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
