"""A bag that was damaged in any way is found out."""

from __future__ import annotations

from pathlib import Path

import bagit
import pytest

from teiwright.depositing import verify
from teiwright.diagnostics import Code


def codes(folder: Path) -> set[Code]:
    return {finding.code for finding in verify(folder).findings}


def edition(bag: Path) -> Path:
    return next(bag.rglob("letter.xml"))


def test_a_sound_bag_of_others_is_sound(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other/a b.txt").write_text("text")
    bagit.make_bag(str(tmp_path / "other"), checksums=["md5", "sha512"])

    assert codes(tmp_path / "other") == set()


def flip(bag: Path) -> None:
    letter = edition(bag)
    letter.write_bytes(letter.read_bytes().replace(b"Tokyo", b"Kyoto"))


def delete(bag: Path) -> None:
    next(bag.rglob("letter.txt")).unlink()


def add(bag: Path) -> None:
    (bag / "data/extra.txt").write_text("extra")


def change_tag_file(bag: Path) -> None:
    (bag / "bag-info.txt").write_text((bag / "bag-info.txt").read_text().replace("Library", "Librarian"))


def lead_out(bag: Path) -> None:
    with (bag / "manifest-sha256.txt").open("a") as manifest:
        manifest.write(f"{'0' * 64}  data/../../../etc/passwd\n")


def list_twice(bag: Path) -> None:
    manifest = bag / "manifest-sha512.txt"
    manifest.write_text(manifest.read_text() + manifest.read_text().splitlines()[0] + "\n")


def unlist(bag: Path) -> None:
    manifest = bag / "manifest-sha512.txt"
    manifest.write_text("".join(manifest.read_text().splitlines(keepends=True)[1:]))


def lie_about_size(bag: Path) -> None:
    info = bag / "bag-info.txt"
    info.write_text(info.read_text().replace("Payload-Oxum: ", "Payload-Oxum: 1"))


def undeclare(bag: Path) -> None:
    (bag / "bagit.txt").unlink()


def declare_otherwise(bag: Path) -> None:
    (bag / "bagit.txt").write_text("BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n")


def link(bag: Path) -> None:
    (bag / "data/link").symlink_to("/etc/hostname")


def list_nonsense(bag: Path) -> None:
    with (bag / "manifest-sha256.txt").open("a") as manifest:
        manifest.write("nonsense\n")


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (flip, Code.CHECKSUM_DIFFERS),
        (delete, Code.MISSING_FROM_BAG),
        (add, Code.NOT_IN_MANIFEST),
        (change_tag_file, Code.CHECKSUM_DIFFERS),
        (lead_out, Code.UNSAFE_PATH),
        (list_twice, Code.BROKEN_TAG_FILE),
        (unlist, Code.NOT_IN_MANIFEST),
        (lie_about_size, Code.WRONG_OXUM),
        (undeclare, Code.NOT_A_BAG),
        (declare_otherwise, Code.BROKEN_TAG_FILE),
        (link, Code.UNSAFE_PATH),
        (list_nonsense, Code.BROKEN_TAG_FILE),
    ],
)
def test_damage_is_found(bag: Path, damage: object, code: Code) -> None:
    damage(bag)  # type: ignore[operator]

    assert code in codes(bag)
