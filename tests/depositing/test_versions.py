"""A store keeps each version once, and a supplement holds what changed."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from teiwright.depositing import Contents, File, Role, Wish, deposit, read_header
from teiwright.diagnostics import Code, TeiwrightError
from teiwright.verifying import verify

Digests = Callable[[Path], dict[str, str]]


def stored(contents: Contents, folder: Path) -> Path:
    """The object in the store after one more deposit."""
    deposit(contents, folder / "deposit", Wish(ocfl=folder / "store"))
    (inventory,) = (folder / "store").glob("*/*/*/*/inventory.json")
    return inventory.parent


def inventory(found: Path) -> dict[str, Any]:
    return dict(json.loads((found / "inventory.json").read_text()))


def rewritten(contents: Contents, made: Path) -> Contents:
    """The collection after an editor changed the edition and a text came to it."""
    edition = made / "tei/letter.xml"
    edition.write_text(edition.read_text().replace("Dear Sir", "Dear Madam"))
    header = read_header(edition)
    first = replace(contents.files[0], sha256=header.sha256)
    new = File(Role.SOURCE, "second.txt", b"A second text.\n", "second")
    return replace(contents, headers=(header,), files=(first, contents.files[1], contents.files[3], new))


def test_an_unchanged_collection_makes_no_new_version(contents: Contents, tmp_path: Path, digests: Digests) -> None:
    before = digests(stored(contents, tmp_path))

    assert digests(stored(contents, tmp_path)) == before


ROR = "https://ror.org/05xg72x27"


@pytest.mark.parametrize(
    ("mail", "code", "address"),
    [("ada@example.org", ROR, "mailto:ada@example.org"), (None, ROR, ROR), (None, "DE-1a", None)],
)
def test_who_made_a_version_has_the_address_that_is_known(
    contents: Contents, tmp_path: Path, mail: str | None, code: str | None, address: str | None
) -> None:
    """OCFL 1.1, 3.5.3.1: by mail or by a URL; nothing is made up, and then a verifier doubts it (W008)."""
    statement = replace(contents.statement, contact_email=mail, organization_id=code)
    found = stored(replace(contents, statement=statement), tmp_path)

    assert inventory(found)["versions"]["v1"]["user"].get("address") == address


def test_a_new_version_holds_only_what_is_new(contents: Contents, made: Path, tmp_path: Path) -> None:
    stored(contents, tmp_path)
    found = stored(rewritten(contents, made), tmp_path)

    content = found / "v2/content"
    held = {path.relative_to(content).as_posix() for path in content.rglob("*") if path.is_file()}
    assert {path for path in held if path.startswith("representations/")} == {
        "representations/tei/letter.xml",
        "representations/source/second.txt",
    }
    assert inventory(found)["head"] == "v2"


def test_every_version_can_be_put_together_again(
    contents: Contents, made: Path, tmp_path: Path, digests: Digests
) -> None:
    trees = []
    for change in (lambda: contents, lambda: rewritten(contents, made)):
        found = stored(change(), tmp_path)
        (tree,) = (tmp_path / "deposit/letters/data").iterdir()
        trees.append(digests(tree))
    told = inventory(found)

    for version, tree in zip(("v1", "v2"), trees, strict=True):
        state = told["versions"][version]["state"]
        places = {path: told["manifest"][digest][0] for digest, paths in state.items() for path in paths}
        files = {path: (found / place).read_bytes() for path, place in places.items()}
        assert {path: hashlib.sha256(data).hexdigest() for path, data in files.items()} == tree


@pytest.mark.parametrize("what", ["old object set aside", "new object half made", "both"])
def test_what_a_killed_run_left_of_a_store_is_put_right(
    contents: Contents, tmp_path: Path, digests: Digests, what: str
) -> None:
    found = stored(contents, tmp_path)
    before = digests(found)
    aside = tmp_path / f".teiwright-ocfl-store-{inventory(found)['id'].removeprefix('urn:uuid:')}-earlier"
    half = Path(str(aside).replace("-earlier", "-next"))
    if what != "new object half made":
        found.rename(aside)
    if what != "old object set aside":
        (half / "v2/content").mkdir(parents=True)

    assert digests(stored(contents, tmp_path)) == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


@pytest.mark.parametrize("damage", ["inventory changed", "sidecar changed", "inventory gone", "declaration gone"])
def test_nothing_is_added_to_a_damaged_object(
    contents: Contents, made: Path, tmp_path: Path, digests: Digests, damage: str
) -> None:
    found = stored(contents, tmp_path)
    match damage:
        case "inventory changed":
            (found / "inventory.json").write_text(json.dumps({**inventory(found), "head": "v7"}))
        case "sidecar changed":
            (found / "inventory.json.sha512").write_text("0 inventory.json\n")
        case "inventory gone":
            (found / "inventory.json").unlink()
        case "declaration gone":
            (found / "0=ocfl_object_1.1").unlink()
    before = digests(found)

    with pytest.raises(TeiwrightError) as caught:
        deposit(rewritten(contents, made), tmp_path / "deposit", Wish(ocfl=tmp_path / "store"))

    assert caught.value.finding.code is Code.BROKEN_STORE
    assert digests(found) == before


def test_a_folder_of_something_else_is_no_store(contents: Contents, tmp_path: Path, digests: Digests) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store/mine.txt").write_text("mine")

    with pytest.raises(TeiwrightError) as caught:
        stored(contents, tmp_path)

    assert caught.value.finding.code is Code.BROKEN_STORE
    assert list(digests(tmp_path / "store")) == ["mine.txt"]


def test_a_supplement_holds_what_changed_and_lists_it(contents: Contents, made: Path, tmp_path: Path) -> None:
    deposit(contents, tmp_path / "first")
    wish = Wish(since=tmp_path / "first/receipt.json")
    deposit(rewritten(contents, made), tmp_path / "second", wish)

    (tree,) = (tmp_path / "second/letters/data").iterdir()
    held = {path.relative_to(tree).as_posix() for path in (tree / "representations").rglob("*") if path.is_file()}
    assert held == {"representations/tei/letter.xml", "representations/source/second.txt"}
    told = [tuple(row[:2]) for row in csv.reader((tree / "documentation/changes.csv").open())]
    assert told == [
        ("change", "path"),
        ("removed", "representations/html/letter.html"),
        ("added", "representations/source/second.txt"),
        ("changed", "representations/tei/letter.xml"),
    ]
    assert etree.parse(tree / "METS.xml").find("{*}metsHdr").get("RECORDSTATUS") == "SUPPLEMENT"
    assert verify(tmp_path / "second").report.findings == ()


def test_a_supplement_is_no_version(contents: Contents, made: Path, tmp_path: Path, digests: Digests) -> None:
    before = digests(stored(contents, tmp_path))
    since = tmp_path / "deposit/receipt.json"
    deposit(rewritten(contents, made), tmp_path / "second", Wish(since=since, ocfl=tmp_path / "store"))

    (inventories,) = (tmp_path / "store").glob("*/*/*/*/inventory.json")
    assert digests(inventories.parent) == before


def test_the_receipt_of_a_supplement_tells_of_all_that_the_archive_has_now(
    contents: Contents, made: Path, tmp_path: Path
) -> None:
    deposit(contents, tmp_path / "first")
    later = rewritten(contents, made)
    deposit(later, tmp_path / "second", Wish(since=tmp_path / "first/receipt.json"))

    report = deposit(later, tmp_path / "third", Wish(since=tmp_path / "second/receipt.json"))
    assert [finding.code for finding in report.findings] == [Code.NOTHING_CHANGED]
    assert not (tmp_path / "third").exists()


def test_in_a_chain_of_supplements_each_holds_what_the_one_before_lacks(contents: Contents, tmp_path: Path) -> None:
    texts = [File(Role.SOURCE, f"{n}.txt", f"Text {n}.\n".encode(), str(n)) for n in range(3)]
    deposit(contents, tmp_path / "0")
    for n in range(3):
        (tmp_path / "receipt.json").write_bytes((tmp_path / str(n) / "receipt.json").read_bytes())
        later = replace(contents, files=(*contents.files, *texts[: n + 1]))
        deposit(later, tmp_path / str(n + 1), Wish(since=tmp_path / "receipt.json", zip=True))

        (tree,) = (tmp_path / str(n + 1) / "letters/data").iterdir()
        held = [path.name for path in (tree / "representations").rglob("*") if path.is_file()]
        assert held == [f"{n}.txt"]
        assert verify(tmp_path / str(n + 1)).report.findings == ()


def test_there_is_no_supplement_to_another_collection(
    contents: Contents, unstated: Callable[..., Contents], tmp_path: Path
) -> None:
    deposit(contents, tmp_path / "first")

    with pytest.raises(TeiwrightError) as caught:
        deposit(unstated(name="others"), tmp_path / "second", Wish(since=tmp_path / "first/receipt.json"))

    assert caught.value.finding.code is Code.BROKEN_RECEIPT
    assert not (tmp_path / "second").exists()


def test_the_receipt_has_the_digest_of_every_file(target: Path, digests: Digests) -> None:
    receipt = json.loads((target / "receipt.json").read_text())
    there = digests(target)
    del there["receipt.json"]

    assert receipt["files"] == there
    assert receipt["object"].startswith("urn:uuid:")


def test_the_digest_of_the_content_does_not_depend_on_what_it_is_packed_in(contents: Contents, tmp_path: Path) -> None:
    told = []
    for number, wish in enumerate((Wish(), Wish(form="sip", zip=True), Wish(target="zenodo"))):
        deposit(contents, tmp_path / str(number), wish)
        told.append(json.loads((tmp_path / str(number) / "receipt.json").read_text())["digest"])

    assert len(set(told)) == 1
