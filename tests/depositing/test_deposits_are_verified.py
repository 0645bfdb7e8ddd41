"""What ``deposit`` makes ``verify`` accepts; and whatever happens to any of its files is found."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from teiwright.depositing import Contents, Wish, deposit
from teiwright.diagnostics import Severity
from teiwright.verifying import verify

Digests = Callable[[Path], dict[str, str]]


def errors(package: Path) -> set[str]:
    findings = verify(package).report.findings
    return {each.code.title for each in findings if each.code.severity is Severity.ERROR}


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def forms(contents: Contents, tmp_path: Path) -> Path:
    """Everything that can be made: a deposit with its bag and its zip, the submission alone, and a store."""
    folder = tmp_path / "forms"
    deposit(contents, folder / "both", Wish(zip=True, ocfl=folder / "store"))
    deposit(contents, folder / "alone", Wish(form="sip", zip=True))
    return folder


def test_all_that_is_made_is_sound(forms: Path) -> None:
    packages = [
        forms / "both",
        *forms.glob("both/letters*"),
        forms / "alone",
        *forms.glob("alone/*uuid*"),
        forms / "store",
    ]

    found = {path.name: verify(path) for path in packages}

    assert len(found) == 7
    assert {name: verdict.report.findings for name, verdict in found.items()} == dict.fromkeys(found, ())
    assert found["letters"].proof.standards == ("BagIt 1.0", "E-ARK CSIP", "RO-Crate 1.2")
    assert found["store"].proof.standards == ("OCFL 1.1", "OCFL storage root")


@pytest.mark.parametrize("packing", ["tar", "gztar", "bztar", "zip"])
def test_a_bag_that_its_sender_packed_is_sound_as_well(bag: Path, tmp_path: Path, packing: str) -> None:
    packed = shutil.make_archive(str(tmp_path / "letters"), packing, bag.parent, bag.name)

    assert verify(Path(packed)).report.findings == ()


def test_each_version_in_a_store_is_sound(contents: Contents, tmp_path: Path) -> None:
    store = tmp_path / "store"
    deposit(contents, tmp_path / "first", Wish(ocfl=store))
    changed = tuple(replace(file, content=b"<new/>") if file.name == "letter.rng" else file for file in contents.files)
    deposit(replace(contents, files=changed), tmp_path / "second", Wish(ocfl=store))

    assert verify(store).report.findings == ()
    assert len(list(store.rglob("inventory.json"))) == 3


def test_a_flipped_byte_in_any_file_is_found(target: Path) -> None:
    for path in files(target):
        before = path.read_bytes()
        middle = len(before) // 2
        path.write_bytes(before[:middle] + bytes([before[middle] ^ 1]) + before[middle + 1 :])
        assert errors(target), path
        path.write_bytes(before)
    assert not errors(target)


def test_any_file_that_is_lost_cut_off_or_emptied_is_found(target: Path) -> None:
    for path in files(target):
        before = path.read_bytes()
        for after in (before[:-2], b""):  # not only its last line end, which nothing guards in the receipt itself
            path.write_bytes(after)
            assert errors(target), path
        path.unlink()
        assert errors(target), path
        path.write_bytes(before)


def test_any_file_that_is_added_is_found(target: Path) -> None:
    for folder in sorted({path.parent for path in files(target)}):
        (folder / "added.txt").write_text("added")
        assert "file-without-digest" in errors(target), folder
        (folder / "added.txt").unlink()


def test_the_submission_alone_finds_it_too(tree: Path) -> None:
    """Nothing but METS itself can be changed without METS, PREMIS or the crate saying so."""
    for path in files(tree):
        before = path.read_bytes()
        middle = len(before) // 2
        path.write_bytes(before[:middle] + bytes([before[middle] ^ 1]) + before[middle + 1 :])
        assert path.name == "METS.xml" or "file-changed" in errors(tree) or "wrong-digest" in errors(tree), path
        path.write_bytes(before)


@pytest.mark.parametrize("place", ["METS.xml", "premis.xml", "ro-crate-metadata.json", "receipt.json"])
def test_every_checksum_in_every_place_is_looked_at(target: Path, place: str) -> None:
    """Each place stands alone: with one digit of one checksum changed, that description is found to be wrong."""
    path = next(each for each in files(target) if each.name == place)
    text = path.read_text("utf-8")
    checksums = [found.start() for found in re.finditer(r"\b[0-9a-f]{64}\b", text)]
    assert len(checksums) >= 4
    package = target if place == "receipt.json" else path.parent
    while not (package / "METS.xml").exists() and package is not target:
        package = package.parent
    for at in checksums:
        path.write_text(text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1 :], "utf-8")
        found = verify(package).report.findings
        wrong = [each for each in found if each.code.severity is Severity.ERROR]
        assert any(
            each.where.path.endswith(place) or any(p.path.endswith(place) for p in each.related) for each in wrong
        )
    path.write_text(text, "utf-8")
    assert not errors(target)


@pytest.mark.parametrize("place", ["METS.xml", "premis.xml", "ro-crate-metadata.json"])
def test_every_size_in_every_place_is_looked_at(tree: Path, place: str) -> None:
    path = next(each for each in files(tree) if each.name == place)
    text = path.read_text("utf-8")
    sizes = list(re.finditer(r'(?<=SIZE=")\d+|(?<=<size>)\d+|(?<="contentSize": ")\d+', text))
    assert len(sizes) >= 4
    for size in sizes:
        path.write_text(f"{text[: size.start()]}{int(size[0]) + 1}{text[size.end() :]}", "utf-8")
        assert "wrong-size" in errors(tree), size


def test_a_receipt_of_another_deposit_is_found(target: Path) -> None:
    receipt = json.loads((target / "receipt.json").read_text())
    receipt["digest"] = "0" * 64
    (target / "receipt.json").write_text(json.dumps(receipt))

    assert errors(target) == {"wrong-digest"}


def test_nothing_is_written_while_verifying(target: Path, digests: Digests) -> None:
    before = digests(target)

    verify(target)

    assert before == digests(target)
