"""What must not go into a package is refused, and nothing is ever written outside the target's folder."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from teiwright.depositing import Contents, File, Role, Wish, deposit, safe_name
from teiwright.depositing.names import is_safe, safe_paths
from teiwright.diagnostics import Code, TeiwrightError

Digests = Callable[[Path], dict[str, str]]


def refused(contents: Contents, folder: Path, wish: Wish = Wish()) -> Code:  # noqa: B008 (frozen)
    with pytest.raises(TeiwrightError) as caught:
        deposit(contents, folder / "out" / "deposit", wish)
    assert caught.value.finding.message
    left = [path.name for path in (folder / "out").iterdir()] if (folder / "out").exists() else []
    assert [name for name in left if name != "deposit"] == []
    return caught.value.finding.code


def with_file(contents: Contents, name: str, content: Path | bytes = b"x", role: Role = Role.SOURCE) -> Contents:
    return replace(contents, files=(*contents.files, File(role, name, content)))


@pytest.mark.parametrize(
    "name",
    [
        *("../out.txt", "a/../../out.txt", "/etc/out.txt", "..", "a//b.txt", "./a.txt", "a/./b.txt", ".", "a/.."),
        *("a\\b.txt", "..\\out.txt", "a\0b.txt", "a\nb.txt", "a\rb.txt", "a\x1b[2J.txt", "a\x7fb.txt"),
        *("caf\udce9.txt", "", "a/"),
    ],
)
def test_a_path_that_leads_elsewhere_or_is_no_text_is_refused(contents: Contents, tmp_path: Path, name: str) -> None:
    assert refused(with_file(contents, name), tmp_path) is Code.UNSAFE_PATH


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Grew.txt", "grew.txt"),
        ("a/Grew.txt", "A/grew.txt"),
        ("Núñez.txt", "Nu\u0301n\u0303ez.txt"),
        ("straße.txt", "STRASSE.txt"),
        ("\u212bngström.txt", "Ångström.txt"),
    ],
)
def test_two_names_that_some_systems_take_for_one_are_refused(
    contents: Contents, tmp_path: Path, one: str, other: str
) -> None:
    assert refused(with_file(with_file(contents, one), other), tmp_path) is Code.UNSAFE_PATH


def test_two_files_for_one_place_are_refused(contents: Contents, tmp_path: Path) -> None:
    assert refused(with_file(contents, "letter.txt"), tmp_path) is Code.UNSAFE_PATH


@pytest.mark.parametrize("kind", ["link to a file", "link to nothing", "link to itself", "pipe", "device", "folder"])
def test_what_is_no_regular_file_is_refused(contents: Contents, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "strange.txt"
    match kind:
        case "link to a file":
            path.symlink_to("/etc/hostname")
        case "link to nothing":
            path.symlink_to(tmp_path / "nothing")
        case "link to itself":
            path.symlink_to(path)
        case "pipe":
            os.mkfifo(path)
        case "device":
            path = Path("/dev/zero")
        case "folder":
            path.mkdir()

    assert refused(with_file(contents, "strange.txt", path), tmp_path) in {Code.UNSAFE_PATH, Code.NOT_READABLE}


def test_a_socket_is_refused(contents: Contents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket may be a hundred characters long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("strange.txt")

        assert refused(with_file(contents, "strange.txt", tmp_path / "strange.txt"), tmp_path) is Code.NOT_READABLE


def test_a_file_that_is_gone_is_told(contents: Contents, tmp_path: Path) -> None:
    assert refused(with_file(contents, "gone.txt", tmp_path / "gone.txt"), tmp_path) is Code.NOT_READABLE


def test_an_edition_that_changed_after_its_header_was_read_is_refused(
    contents: Contents, made: Path, tmp_path: Path
) -> None:
    (made / "tei/letter.xml").write_text("<changed/>")

    assert refused(contents, tmp_path) is Code.CHANGED_MEANWHILE


@pytest.mark.parametrize("kind", ["file", "link", "folder of others", "empty folder"])
def test_what_is_no_deposit_of_ours_is_left_alone(contents: Contents, tmp_path: Path, kind: str) -> None:
    target = tmp_path / "out" / "deposit"
    target.parent.mkdir()
    match kind:
        case "file":
            target.write_text("mine")
        case "link":
            (tmp_path / "elsewhere").mkdir()
            target.symlink_to(tmp_path / "elsewhere")
        case "folder of others":
            target.mkdir()
            (target / "mine.txt").write_text("mine")
        case "empty folder":
            target.mkdir()

    assert refused(contents, tmp_path) is Code.FOREIGN_TARGET
    assert not (tmp_path / "elsewhere/receipt.json").exists()


@pytest.mark.parametrize("damage", ["changed", "added", "removed", "linked", "receipt changed", "receipt removed"])
def test_a_deposit_that_somebody_changed_is_left_alone(
    contents: Contents, target: Path, tmp_path: Path, digests: Digests, damage: str
) -> None:
    edition = next(target.rglob("letter.xml"))
    match damage:
        case "changed":
            edition.write_text("<changed/>")
        case "added":
            (target / "mine.txt").write_text("mine")
        case "removed":
            edition.unlink()
        case "linked":
            (target / "forms/link").symlink_to("/etc")
        case "receipt changed":
            (target / "receipt.json").write_text("[]")
        case "receipt removed":
            (target / "receipt.json").unlink()
    before = digests(target)

    assert refused(contents, tmp_path) is Code.FOREIGN_TARGET
    assert digests(target) == before


@pytest.mark.parametrize(
    "data",
    [b"", b"no JSON", b"[]", b"{}", b'{"kind": "teiwright deposit receipt 1", "content": {"a": 1}}', b"[" * 100_000],
)
def test_what_is_no_receipt_is_refused(contents: Contents, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "receipt.json").write_bytes(data)

    assert refused(contents, tmp_path, Wish(since=tmp_path / "receipt.json")) is Code.BROKEN_RECEIPT


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        *(("Núñez to Ünal.txt", "Nunez-to-Unal.txt"), ("../../x", "x"), ("第一.txt", "text.txt"), ("第一", "text")),
        *(("a_b.html", "a-b.html"), ("-rf", "rf"), ("~root", "root"), ("com1.txt", "file-com1.txt")),
        *((".hidden", "hidden"), ("dot.", "dot"), ("C:out.txt", "C-out.txt"), ("a%20b.txt", "a-20b.txt")),
        ("a" * 200 + ".xml", "a" * 96 + ".xml"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe
    assert is_safe(safe)


def test_names_that_become_one_are_numbered_in_whatever_order_they_come() -> None:
    names = ["a b.txt", "a_b.txt", "a-b.txt", "第一.txt", "第二.txt"]
    paths = safe_paths(names)

    assert paths == safe_paths(reversed(names))
    assert paths["a-b.txt"] == "a-b.txt"
    assert len({path.casefold() for path in paths.values()}) == len(names)
    assert all(map(is_safe, paths.values()))


def test_files_without_a_latin_letter_in_their_names_keep_what_tells_their_kind(
    contents: Contents, tmp_path: Path
) -> None:
    deposit(with_file(with_file(contents, "письмо.txt"), "手紙.txt"), tmp_path / "deposit")

    graph = json.loads(next(tmp_path.rglob("ro-crate-metadata.json")).read_text())["@graph"]
    told = {each.get("alternateName"): (each["@id"], each.get("encodingFormat")) for each in graph}
    assert told["письмо.txt"] == ("representations/source/text.txt", "text/plain")
    assert told["手紙.txt"] == ("representations/source/text-2.txt", "text/plain")


def test_the_first_name_is_kept_in_premis_and_in_the_crate(contents: Contents, tmp_path: Path) -> None:
    deposit(with_file(contents, "Núñez & Co.txt"), tmp_path / "deposit")

    premis = etree.parse(next(tmp_path.rglob("premis.xml")))
    assert "Núñez & Co.txt" in premis.xpath("//*[local-name() = 'originalName']/text()")
    graph = json.loads(next(tmp_path.rglob("ro-crate-metadata.json")).read_text())["@graph"]
    told = {each["@id"]: each.get("alternateName") for each in graph}
    assert told["representations/source/Nunez-Co.txt"] == "Núñez & Co.txt"


def test_a_page_that_had_to_be_renamed_is_told_as_links_lead_to_it(contents: Contents, tmp_path: Path) -> None:
    report = deposit(with_file(contents, "a_b.html", role=Role.HTML), tmp_path / "deposit")

    assert [finding.code for finding in report.findings] == [Code.RENAMED]


def test_markup_and_formulas_in_what_is_stated_stay_text(unstated: Callable[..., Contents], tmp_path: Path) -> None:
    nasty = "<script>\"&' ]]> {{"
    contents = unstated(title=nasty, description=nasty, publisher="=cmd()", organization=nasty)
    deposit(contents, tmp_path / "deposit")

    for path in (tmp_path / "deposit").rglob("*.xml"):
        etree.parse(path)
    assert f"{nasty} \n".strip() in (tmp_path / "deposit/README.md").read_text()
    record = json.loads((tmp_path / "deposit/forms/zenodo.json").read_text())["metadata"]
    assert record["description"] == "<p>&lt;script&gt;\"&amp;' ]]&gt; {{</p>"


NO_NETWORK = """
import sys
def refuse(event, arguments):
    if event.startswith("socket."):
        raise RuntimeError("the network was asked for: " + event)
sys.addaudithook(refuse)
from teiwright.cli import main
main(sys.argv[1:])
"""


def test_no_socket_is_opened_from_the_text_to_the_deposit(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A letter.\n\nDear Sir,\n")
    (tmp_path / "teiwright.toml").write_text(
        'title = "Letters"\npublisher = "The Press"\ndate = 2020-02-02\nviews = ["html"]\n'
        '[licence]\ntarget = "https://creativecommons.org/publicdomain/mark/1.0/"\n'
        '[deposit]\nname = "letters"\ndescription = "Letters"\nlanguages = ["en"]\n'
    )

    command = [sys.executable, "-c", NO_NETWORK, "deposit", "--zip", "--ocfl", "store"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "out/deposit/receipt.json").is_file()
