"""What others make differently and rightly: packages in each other, names, ways to say the same."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bagit
import pytest

from teiwright.verifying import verify

Seal = Callable[[Path], None]


def titles(package: Path) -> list[str]:
    return [each.code.title for each in verify(package).report.findings]


def in_submission(bag: Path) -> Path:
    return bag / "data/urn-letters"


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def crate(folder: Path, *entities: dict[str, Any], version: str = "1.1") -> Path:
    """A crate with the entities as its parts."""
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": "Letters",
        "description": "Letters",
        "datePublished": "2020",
        "license": {"@id": "https://example.org/free"},
        "hasPart": [{"@id": each["@id"]} for each in entities],
    }
    about = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": f"https://w3id.org/ro/crate/{version}"},
    }
    folder.mkdir(exist_ok=True)
    (folder / "ro-crate-metadata.json").write_text(json.dumps({"@context": "…", "@graph": [about, root, *entities]}))
    return folder


def test_a_bag_in_a_submission_package_is_looked_into(bag: Path, tmp_path: Path) -> None:
    package = tmp_path / "urn-letters"
    shutil.copytree(in_submission(bag), package)
    inner = package / "representations/tei/data/bag"
    inner.mkdir()
    (inner / "letter.txt").write_text("letter")
    bagit.make_bag(str(inner), checksums=["sha256"])
    (inner / "data/letter.txt").write_text("changed")

    verdict = verify(package)

    assert "BagIt 0.97" in verdict.proof.standards
    assert "file-changed" in titles(package)


def test_a_bag_may_be_a_crate(tmp_path: Path) -> None:
    folder = crate(tmp_path / "letters")
    (folder / "letter.txt").write_text("letter")
    bagit.make_bag(str(folder), checksums=["sha512"])
    shutil.move(folder / "data/ro-crate-metadata.json", folder / "ro-crate-metadata.json")
    crate(folder, {"@id": "data/letter.txt", "@type": "File", "contentSize": "7"})

    found = {each.code.title: each.message for each in verify(folder).report.findings}

    assert "`data/letter.txt` has 6 bytes, not 7" in found["wrong-size"]


def test_a_crate_in_the_payload_is_looked_into(tmp_path: Path) -> None:
    folder = crate(tmp_path / "letters", {"@id": "lost.txt", "@type": "File"})
    bagit.make_bag(str(folder), checksums=["sha512"])

    assert titles(folder) == ["described-file-missing"]


@pytest.mark.parametrize("identifier", ["a%20letter%23.xml", "./a%20letter%23.xml", "a letter#.xml"])
def test_names_in_a_crate_are_read_with_and_without_escapes(tmp_path: Path, identifier: str) -> None:
    folder = crate(tmp_path / "letters", {"@id": identifier, "@type": "File", "contentSize": 6})
    (folder / "a letter#.xml").write_text("letter")

    assert titles(folder) == []


def test_what_a_crate_has_in_the_network_is_told_and_not_fetched(tmp_path: Path) -> None:
    folder = crate(tmp_path / "letters", {"@id": "https://example.org/scan.tif", "@type": "File"})

    assert titles(folder) == ["remote-reference"]


def test_files_that_a_crate_does_not_describe_are_told_once(tmp_path: Path) -> None:
    folder = crate(tmp_path / "letters", {"@id": "tei/", "@type": "Dataset"}, version="1.2")
    for name in ("tei/one.xml", "tei/two.xml", "notes/a.txt", "notes/b.txt", "notes/c.txt", "notes/d.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("text")

    (found,) = verify(folder).report.findings

    assert found.message == "the crate does not describe `notes/a.txt`, `notes/b.txt`, `notes/c.txt` and 1 more"


def test_somebody_of_whom_a_crate_says_nothing_is_told(tmp_path: Path) -> None:
    folder = crate(tmp_path / "letters", {"@id": "a.xml", "@type": "File", "author": {"@id": "#anna"}})
    (folder / "a.xml").write_text("letter")

    assert titles(folder) == ["crate-rule-doubted"]


def test_an_object_of_premis_may_be_named_by_its_checksum_alone(bag: Path, seal: Seal) -> None:
    package = in_submission(bag)
    premis = package / "metadata/preservation/premis.xml"
    text = premis.read_text()
    text = text.replace("representations/tei/data/letter.xml</objectIdentifierValue>", "4711</objectIdentifierValue>")
    premis.write_text(text)
    replace_facts(package, premis)
    seal(bag)

    assert titles(bag) == []

    (package / "representations/tei/data/letter.xml").write_text("changed")
    assert "described-file-missing" in titles(package)


def test_an_object_of_premis_may_be_named_by_the_id_in_mets(bag: Path, seal: Seal) -> None:
    package = in_submission(bag)
    premis = package / "metadata/preservation/premis.xml"
    replace(premis, "representations/tei/data/letter.xml</objectIdentifierValue>", "f-letter</objectIdentifierValue>")
    replace_facts(package, premis)
    seal(bag)
    assert titles(bag) == []

    size = (package / "representations/tei/data/letter.xml").stat().st_size
    text = premis.read_text()
    premis.write_text(text.replace(f"<size>{size}<", f"<size>{size + 1}<", 1))
    assert "wrong-size" in titles(package)


def replace_facts(package: Path, path: Path) -> None:
    """Let METS say of a file what is now in it."""
    mets = package / "METS.xml"
    name = path.relative_to(package).as_posix()
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    pattern = rf'SIZE="\d+"( CREATED="[^"]*") CHECKSUM="[0-9a-f]+"([^>]*xlink:href="{re.escape(name)}")'
    text, count = re.subn(pattern, rf'SIZE="{len(data)}"\1 CHECKSUM="{digest}"\2', mets.read_text("utf-8"))
    assert count == 1
    mets.write_text(text, "utf-8")


@pytest.mark.parametrize(
    "href", ["./documentation/README.md", "documentation/%52EADME.md", "file:documentation/README.md"]
)
def test_links_in_mets_are_read_as_addresses(bag: Path, seal: Seal, href: str) -> None:
    replace(in_submission(bag) / "METS.xml", 'href="documentation/README.md"', f'href="{href}"')
    seal(bag)

    assert titles(bag) == []


def test_a_submission_may_have_a_mets_for_each_representation(bag: Path, seal: Seal) -> None:
    package = in_submission(bag)
    mets = package / "METS.xml"
    letter = package / "representations/tei/data/letter.xml"
    digest = hashlib.sha256(letter.read_bytes()).hexdigest()
    inner = (
        '<mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink" OBJID="tei" TYPE="Other" '
        'PROFILE="https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml"><metsHdr CREATEDATE="2020-01-01T00:00:00Z">'
        '<agent OTHERTYPE="SOFTWARE"/></metsHdr><fileSec><fileGrp ID="g"><file ID="f" MIMETYPE="text/xml" '
        f'SIZE="{letter.stat().st_size}" CREATED="2020-01-01T00:00:00Z" CHECKSUM="{digest}" CHECKSUMTYPE="SHA-256">'
        '<FLocat LOCTYPE="URL" xlink:href="data/letter.xml"/></file></fileGrp></fileSec>'
        '<structMap LABEL="CSIP"><div><fptr FILEID="g"/></div></structMap></mets>'
    )
    (package / "representations/tei/METS.xml").write_text(inner)
    replace(
        mets, "</structMap>", '<div><mptr LOCTYPE="URL" xlink:href="representations/tei/METS.xml"/></div></structMap>'
    )
    seal(bag)
    assert titles(bag) == ["descriptions-disagree", "file-not-in-crate"]

    replace(package / "representations/tei/METS.xml", digest[:8], "00000000")
    seal(bag)
    assert "wrong-digest" in titles(bag)


def test_a_link_into_the_network_is_told(bag: Path, seal: Seal) -> None:
    mets = in_submission(bag) / "METS.xml"
    replace(mets, 'xlink:href="documentation/README.md"', 'xlink:href="https://example.org/README.md"')
    seal(bag)

    assert "remote-reference" in titles(bag)


def test_a_bag_is_held_against_a_profile(bag: Path) -> None:
    profile = {
        "BagIt-Profile-Info": {"BagIt-Profile-Identifier": "urn:profile"},
        "Bag-Info": {
            "Source-Organization": {"required": True, "values": ["The Library"]},
            "Contact-Email": {"required": True},
        },
        "Manifests-Required": ["md5"],
        "Tag-Manifests-Allowed": ["sha512"],
        "Tag-Files-Required": ["dpn-info.txt"],
        "Accept-BagIt-Version": ["0.97"],
        "Serialization": "required",
        "Accept-Serialization": ["application/zip"],
    }

    found = [each.message for each in verify(bag, profile=json.dumps(profile).encode()).report.findings]

    assert sorted(found) == [
        "`Source-Organization: The Press`; the profile allows `The Library`",
        "the profile allows BagIt 0.97",
        "the profile asks for `Contact-Email`",
        "the profile asks for `dpn-info.txt`",
        "the profile asks for `manifest-md5.txt`",
        "the profile asks for the bag as one file (application/zip)",
        "the profile does not allow this manifest",
    ]


def test_a_bag_is_accepted_by_a_profile_that_it_follows(bag: Path, tmp_path: Path) -> None:
    profile = {
        "BagIt-Profile-Info": {"BagIt-Profile-Identifier": "urn:profile"},
        "Bag-Info": {"Source-Organization": {"required": True, "repeatable": False}},
        "Manifests-Required": ["sha512"],
        "Tag-Files-Allowed": ["bag-*.txt"],
        "Payload-Files-Allowed": ["data/urn-letters/*"],
        "Allow-Fetch.txt": False,
        "Serialization": "required",
        "Accept-Serialization": ["application/zip"],
    }
    target = tmp_path / "letters.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(bag.rglob("*")):
            archive.write(path, path.relative_to(tmp_path).as_posix())

    assert verify(target, profile=json.dumps(profile).encode()).report.findings == ()


def test_what_is_no_profile_is_told(bag: Path) -> None:
    (found,) = verify(bag, profile=b"[]").report.findings

    assert found.message == "the profile that was given is no BagIt profile"


@pytest.mark.parametrize(
    ("layout", "settings", "place"),
    [
        ("0002-flat-direct-storage-layout", {}, "letters"),
        ("0003-hash-and-id-n-tuple-storage-layout", {}, "{0}/{1}/{2}/letters"),
        ("0004-hashed-n-tuple-storage-layout", {}, "{0}/{1}/{2}/{digest}"),
        ("0004-hashed-n-tuple-storage-layout", {"tupleSize": 2, "numberOfTuples": 1}, "{short}/{digest}"),
    ],
)
def test_objects_stand_where_the_layout_says(
    store: Path, seal: Seal, layout: str, settings: dict[str, int], place: str
) -> None:
    digest = hashlib.sha256(b"letters").hexdigest()
    for path in store.rglob("inventory.json"):
        path.write_text(path.read_text().replace("urn:example:letters", "letters"))
    seal(store)
    (store / "ocfl_layout.json").write_text(json.dumps({"extension": layout, "description": "by the book"}))
    (store / f"extensions/{layout}").mkdir(parents=True)
    (store / f"extensions/{layout}/config.json").write_text(json.dumps({"extensionName": layout, **settings}))
    right = store / place.format(digest[:3], digest[3:6], digest[6:9], digest=digest, short=digest[:2])
    if right != store / "letters":
        right.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(store / "letters", right)

    assert set(titles(store)) == {"ocfl-rule-doubted"}  # its id is no URI

    shutil.move(right, store / "elsewhere")
    assert "ocfl-rule-broken" in titles(store)


def test_an_object_of_ocfl_1_0_with_sha256_is_sound(store: Path) -> None:
    letters = store / "letters"
    shutil.rmtree(letters / "v2")
    for name in ("inventory.json", "inventory.json.sha512", "0=ocfl_object_1.1", "v1/inventory.json.sha512"):
        (letters / name).unlink()
    (letters / "0=ocfl_object_1.0").write_text("ocfl_object_1.0\n")
    first = json.loads((letters / "v1/inventory.json").read_text())
    digests = {
        path: hashlib.sha256((letters / path).read_bytes()).hexdigest() for (path,) in first["manifest"].values()
    }
    first |= {
        "type": "https://ocfl.io/1.0/spec/#inventory",
        "digestAlgorithm": "sha256",
        "manifest": {digest: [path] for path, digest in digests.items()},
    }
    first["versions"]["v1"]["state"] = {digest: [path.rpartition("/")[2]] for path, digest in digests.items()}
    data = json.dumps(first).encode()
    for folder in (letters, letters / "v1"):
        (folder / "inventory.json").write_bytes(data)
        (folder / "inventory.json.sha256").write_text(f"{hashlib.sha256(data).hexdigest()}  inventory.json\n")

    verdict = verify(letters)

    assert {each.message for each in verdict.report.findings} == {
        "`digestAlgorithm` is `sha256`; `sha512` is asked for (W004)"
    }
    assert verdict.proof.standards == ("OCFL 1.0",)
