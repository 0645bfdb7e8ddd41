"""A deposit is a sound bag in others' eyes, has the same bytes twice, and is there whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from zipfile import ZipFile

import bagit
import pytest
from lxml import etree

from teiwright.depositing import BagInfo, Contents, deposit, safe_name, verify
from teiwright.diagnostics import Code, TeiwrightError
from teiwright.model import Edition

_TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="letter"><teiHeader>
<fileDesc><titleStmt><title>A Letter from Tokyo</title></titleStmt>
<publicationStmt><publisher>The Press</publisher>
<availability><licence target="https://example.org/free"/></availability></publicationStmt>
</fileDesc><profileDesc><langUsage><language ident="en"/></langUsage></profileDesc></teiHeader></TEI>"""

_INFO = BagInfo(organization="The Press", description="Letters,\nand nothing else", date="1945-06-18")


@pytest.fixture
def contents(tmp_path: Path) -> Contents:
    folder = tmp_path / "made"
    page = "<p>Dear Sir,</p>"
    texts = {"tei/letter.xml": _TEI, "sources/letter.txt": "Dear Sir,\n", "html/letter.html": page}
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    edition = Edition(folder / "tei/letter.xml", etree.ElementTree(etree.fromstring(_TEI)))
    return Contents("Letters", (edition,), {name: folder / name for name in texts}, _INFO)


@pytest.fixture
def bag(contents: Contents, tmp_path: Path) -> Path:
    target = tmp_path / "out" / "letters"
    assert deposit(contents, target, as_zip=True).findings == ()
    return target


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def codes(folder: Path) -> set[Code]:
    return {finding.code for finding in verify(folder).findings}


def test_bagit_python_finds_the_bag_valid(bag: Path) -> None:
    judged = bagit.Bag(str(bag))

    judged.validate()
    assert judged.info["Source-Organization"] == "The Press"
    assert judged.info["External-Description"] == "Letters, and nothing else"
    assert judged.info["Bagging-Date"] == "1945-06-18"
    assert set(judged.algorithms) == {"sha256", "sha512"}


def test_an_unknown_date_is_not_invented(contents: Contents, tmp_path: Path) -> None:
    deposit(Contents("Letters", contents.editions, contents.files, BagInfo()), tmp_path / "letters")

    assert "Bagging-Date" not in (tmp_path / "letters/bag-info.txt").read_text()


def test_the_index_says_what_each_document_is(bag: Path) -> None:
    rows = json.loads((bag / "data/index.json").read_text())

    assert rows == [
        {
            "id": "letter",
            "title": "A Letter from Tokyo",
            "date": "",
            "language": "en",
            "licence": "https://example.org/free",
            "publisher": "The Press",
            "files": ["html/letter.html", "sources/letter.txt", "tei/letter.xml"],
        }
    ]
    assert "A Letter from Tokyo" in (bag / "data/README.md").read_text()


@pytest.mark.usefixtures("bag")
def test_made_twice_it_has_the_same_bytes(contents: Contents, tmp_path: Path) -> None:
    umask = os.umask(0o077)
    try:
        deposit(contents, tmp_path / "again" / "letters", as_zip=True)
    finally:
        os.umask(umask)

    assert digests(tmp_path / "again") == digests(tmp_path / "out")


def test_the_zip_unpacks_to_the_same_bag(bag: Path, tmp_path: Path) -> None:
    with ZipFile(f"{bag}.zip") as archive:
        archive.extractall(tmp_path / "unpacked")

    assert digests(tmp_path / "unpacked" / "letters") == digests(bag)


def test_nothing_is_left_beside_it(bag: Path) -> None:
    assert sorted(path.name for path in bag.parent.iterdir()) == ["letters", "letters.zip"]


def test_what_a_killed_run_left_is_swept_away(contents: Contents, bag: Path) -> None:
    (bag.parent / ".teiwright-tmp-99" / "letters" / "data").mkdir(parents=True)

    deposit(contents, bag, as_zip=True)

    assert sorted(path.name for path in bag.parent.iterdir()) == ["letters", "letters.zip"]


def test_a_folder_that_is_no_deposit_of_ours_is_left_alone(contents: Contents, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/mine.txt").write_text("mine")

    with pytest.raises(TeiwrightError) as caught:
        deposit(contents, tmp_path / "letters")

    assert caught.value.finding.code is Code.FOREIGN_TARGET
    assert digests(tmp_path / "letters") == {"mine.txt": hashlib.sha256(b"mine").hexdigest()}


def test_a_deposit_that_somebody_changed_is_left_alone(contents: Contents, bag: Path) -> None:
    (bag / "data/tei/letter.xml").write_text("<changed/>")
    before = digests(bag)

    with pytest.raises(TeiwrightError):
        deposit(contents, bag)

    assert digests(bag) == before


def test_without_editions_there_is_no_deposit(tmp_path: Path) -> None:
    with pytest.raises(TeiwrightError) as caught:
        deposit(Contents("Letters", (), {}, _INFO), tmp_path / "letters")

    assert caught.value.finding.code is Code.NOTHING_TO_DEPOSIT
    assert not (tmp_path / "letters").exists()


@pytest.mark.parametrize(
    "name",
    [
        *("../out.txt", "/etc/out.txt", "a b.txt", "Núñez.txt", "a%20b.txt", "-rf"),
        *("com1.txt", "a\nb", "~root", "dot.", ""),
    ],
)
def test_a_name_not_for_every_archive_is_refused(contents: Contents, tmp_path: Path, name: str) -> None:
    files = {**contents.files, f"html/{name}": contents.files["html/letter.html"]}

    with pytest.raises(TeiwrightError) as caught:
        deposit(Contents("Letters", contents.editions, files, _INFO), tmp_path / "letters")

    assert caught.value.finding.code is Code.UNSAFE_PATH
    assert list(tmp_path.iterdir()) == [tmp_path / "made"]


def test_names_that_differ_by_case_alone_are_refused(contents: Contents, tmp_path: Path) -> None:
    files = {**contents.files, "tei/Letter.xml": contents.files["tei/letter.xml"]}

    with pytest.raises(TeiwrightError):
        deposit(Contents("Letters", contents.editions, files, _INFO), tmp_path / "letters")


def test_a_symbolic_link_is_not_followed(contents: Contents, tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to("/etc/hostname")
    files = {**contents.files, "sources/link.txt": tmp_path / "link.txt"}

    with pytest.raises(TeiwrightError) as caught:
        deposit(Contents("Letters", contents.editions, files, _INFO), tmp_path / "letters")

    assert caught.value.finding.code is Code.UNSAFE_PATH


@pytest.mark.parametrize(
    ("name", "safe"),
    [("Núñez to Ünal.txt", "Nunez-to-Unal.txt"), ("../../x", "x"), ("第一", "text"), ("a" * 200, "a" * 100)],
)
def test_names_of_sources_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_sound_bag_of_others_is_sound(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other/a b.txt").write_text("text")
    bagit.make_bag(str(tmp_path / "other"), checksums=["md5", "sha512"])

    assert codes(tmp_path / "other") == set()


def flip(bag: Path) -> None:
    letter = bag / "data/tei/letter.xml"
    letter.write_bytes(letter.read_bytes().replace(b"Tokyo", b"Kyoto"))


def delete(bag: Path) -> None:
    (bag / "data/sources/letter.txt").unlink()


def add(bag: Path) -> None:
    (bag / "data/extra.txt").write_text("extra")


def change_tag_file(bag: Path) -> None:
    (bag / "bag-info.txt").write_text((bag / "bag-info.txt").read_text().replace("Press", "Prefs"))


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
