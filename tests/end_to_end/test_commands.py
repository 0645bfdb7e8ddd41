"""What each command does, seen from outside."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

LETTER = """\
761.94/587

The Ambassador in Japan (Grew) to the Secretary of State

No. 256

Sir: The negotiations ended at noon,8 and the Minister left.[Page 69]

Respectfully yours,

Joseph C. Grew
  1. Not printed.
"""
COMMANDS = ("init", "build", "encode", "parse", "compare", "check", "render", "deposit", "explain")


@pytest.fixture
def letter(folder: Path) -> Path:
    (folder / "letter.txt").write_text(LETTER)
    return folder / "letter.txt"


def test_help_lists_every_command(teiwright: Any) -> None:
    ended = teiwright("--help")

    assert ended.returncode == 0
    assert [name for name in COMMANDS if not re.search(rf"^  {name} ", ended.stdout, re.MULTILINE)] == []


def test_help_comes_at_once_since_it_loads_none_of_the_stages() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "teiwright", "--help"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stderr

    assert re.search(r"\| +click\b", loaded)
    assert re.findall(r"\| +(lxml|saxonche|xmlschema|typst|rich|asyncio)\b", loaded) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_an_example(teiwright: Any, command: str) -> None:
    ended = teiwright(command, "--help")

    assert ended.returncode == 0
    assert f"teiwright {command}" in ended.stdout.partition("Example")[2]


def test_encode_writes_one_edition_a_text(teiwright: Any, folder: Path) -> None:
    (folder / "texts").mkdir()
    for name in ("a", "b"):
        (folder / "texts" / f"{name}.txt").write_text(LETTER)

    assert teiwright("encode", "texts", "-o", "tei").returncode == 0
    assert sorted(path.name for path in (folder / "tei").iterdir()) == ["a.xml", "b.xml", "teiwright.sha256"]


@pytest.mark.usefixtures("letter")
def test_encode_writes_a_single_text_to_standard_output(teiwright: Any, folder: Path) -> None:
    ended = teiwright("encode", "letter.txt")

    assert ended.stdout.startswith("<?xml")
    assert '<note xml:id="fn-8" n="8" place="foot">Not printed.</note>' in ended.stdout
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


@pytest.mark.usefixtures("letter")
def test_encode_refers_to_no_authority_file_that_it_was_not_given(teiwright: Any, folder: Path) -> None:
    (folder / "letter.toml").write_text('[[sent]]\nname = "Joseph C. Grew"\nref = "grew-joseph-c"\n')
    teiwright("encode", "letter.txt", "-o", "tei")

    ended = teiwright("check", "tei/letter.xml")

    assert (ended.returncode, ended.stdout) == (0, "no findings\n")


def test_encode_reads_standard_input(teiwright: Any) -> None:
    ended = teiwright("encode", "-", stdin=LETTER)

    assert ended.returncode == 0
    assert '<pb n="69"' in ended.stdout


@pytest.mark.usefixtures("letter")
def test_encode_keeps_an_edition_that_a_person_edited(teiwright: Any, folder: Path) -> None:
    teiwright("encode", "letter.txt", "-o", "tei")
    edition = folder / "tei" / "letter.xml"
    edition.write_text(edition.read_text().replace("Not printed.", "Not printed here."))

    ended = teiwright("encode", "letter.txt", "-o", "tei")

    assert ended.returncode == 0
    assert "warning[TW906]" in ended.stderr
    assert "Not printed here." in edition.read_text()


def test_encode_renews_what_it_wrote_itself(teiwright: Any, folder: Path, letter: Path) -> None:
    teiwright("encode", "letter.txt", "-o", "tei")
    letter.write_text(LETTER.replace("noon", "dusk"))

    assert teiwright("encode", "letter.txt", "-o", "tei").stderr == ""
    assert "dusk" in (folder / "tei" / "letter.xml").read_text()


@pytest.mark.parametrize(
    ("view", "phrase"),
    [
        ("lines", "callout of a note: 8"),
        ("blocks", "Head"),
        ("draft", "NoteCall note=0 mark=8"),
        ("notes", "Not printed."),
        ("conventions", "page marks in brackets"),
        ("ledger", "[Page 69]"),
        ("doubts", "persName"),
    ],
)
@pytest.mark.usefixtures("letter")
def test_parse_shows_how_a_text_is_understood(teiwright: Any, view: str, phrase: str) -> None:
    ended = teiwright("parse", "letter.txt", "--show", view)

    assert ended.returncode == 0
    assert phrase in ended.stdout


@pytest.mark.usefixtures("letter")
def test_compare_proves_that_nothing_is_lost(teiwright: Any) -> None:
    teiwright("encode", "letter.txt", "-o", "tei")

    ended = teiwright("compare", "letter.txt", "tei/letter.xml")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == "30 words, 1 note, 1 page break, 0 lost, 0 invented, 0 moved\n"


@pytest.mark.usefixtures("letter")
def test_compare_finds_a_lost_word_in_both_files(teiwright: Any, folder: Path) -> None:
    teiwright("encode", "letter.txt", "-o", "tei")
    edition = folder / "tei" / "letter.xml"
    edition.write_text(edition.read_text().replace("The negotiations ended", "The ended"))

    ended = teiwright("compare", "letter.txt", "tei/letter.xml")

    assert ended.returncode == 1
    assert "TW601" in ended.stdout
    assert "letter.txt:7:10" in ended.stdout
    assert "  | Sir: The negotiations ended at noon,8 and the Minister left.[Page 69]\n  |          ^\n" in ended.stdout
    assert "  see tei/letter.xml:" in ended.stdout
    assert ended.stdout.count("^") == 2
    assert ended.stdout.endswith("1 note, 1 page break, 1 lost, 0 invented, 0 moved\n")


@pytest.mark.usefixtures("letter")
def test_compare_counts_beside_a_report_for_machines(teiwright: Any) -> None:
    teiwright("encode", "letter.txt", "-o", "tei")

    ended = teiwright("compare", "letter.txt", "tei/letter.xml", "--format", "sarif")

    assert json.loads(ended.stdout)["runs"][0]["results"] == []
    assert ended.stderr.startswith("30 words")


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "github", "markdown"])
@pytest.mark.usefixtures("letter")
def test_check_reports_in_every_format(teiwright: Any, folder: Path, form: str) -> None:
    teiwright("encode", "letter.txt", "-o", "tei")
    edition = folder / "tei" / "letter.xml"
    assert teiwright("check", "tei", "--format", form).returncode == 0
    edition.write_text(edition.read_text().replace('<pb n="69"', '<pb nn="69"'))

    ended = teiwright("check", "tei/letter.xml", "--format", form)

    assert ended.returncode == 1
    assert "TW505" in ended.stdout
    if form in ("json", "sarif"):
        json.loads(ended.stdout.splitlines()[0] if form == "json" else ended.stdout)


@pytest.mark.usefixtures("letter")
def test_check_finds_two_documents_of_one_id(teiwright: Any, folder: Path) -> None:
    teiwright("encode", "letter.txt", "-o", "tei")
    (folder / "tei" / "other.xml").write_bytes((folder / "tei" / "letter.xml").read_bytes())

    ended = teiwright("check", "tei")

    assert ended.returncode == 1
    assert "tei/other.xml:2:1: error[TW514] @xml:id `letter` is that of another document" in ended.stdout


PERSONS = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>
<titleStmt><title>Persons</title></titleStmt><publicationStmt><p>None</p></publicationStmt>
<sourceDesc><p>None</p></sourceDesc></fileDesc></teiHeader>
<standOff><listPerson><person xml:id="grew"><persName type="preferred">Grew, Joseph C.</persName>
<persName type="variant">Joseph C. Grew</persName></person></listPerson></standOff></TEI>
"""


@pytest.fixture
def with_persons(teiwright: Any, folder: Path, letter: Path) -> Path:
    """An edition with names that refer to an authority file in another folder."""
    (folder / "names").mkdir()
    (folder / "names" / "persons.xml").write_text(PERSONS)
    teiwright("encode", letter.name, "--persons", "names/persons.xml", "-o", "out")
    assert 'ref="../names/persons.xml#grew"' in (folder / "out" / "letter.xml").read_text()
    return folder / "names" / "persons.xml"


@pytest.mark.usefixtures("with_persons")
def test_references_out_of_the_folder_are_not_followed_and_that_is_said_once(teiwright: Any) -> None:
    ended = teiwright("check", "out")

    assert ended.returncode == 0
    assert ended.stdout.count("TW521") == 1
    assert ended.stdout.endswith("\n1 warning\n")


@pytest.mark.usefixtures("with_persons")
def test_references_to_a_file_that_is_named_are_followed(teiwright: Any) -> None:
    ended = teiwright("check", "out", "--persons", "names/persons.xml", "--strict")

    assert (ended.returncode, ended.stdout) == (0, "no findings\n")


def test_a_reference_to_nobody_in_a_file_that_is_named_is_an_error(teiwright: Any, with_persons: Path) -> None:
    with_persons.write_text(PERSONS.replace('"grew"', '"grey"'))

    ended = teiwright("check", "out", "--persons", "names/persons.xml")

    assert ended.returncode == 1
    assert "did you mean `#grey`?" in ended.stdout


@pytest.mark.parametrize(("form", "suffix"), [("html", ".html"), ("typst", ".typ")])
@pytest.mark.usefixtures("letter")
def test_render_makes_what_was_asked_for(teiwright: Any, folder: Path, form: str, suffix: str) -> None:
    teiwright("encode", "letter.txt", "-o", "tei")

    ended = teiwright("render", "tei/letter.xml", "--to", form, "-o", "made")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert {path.name for path in (folder / "made").iterdir()} == {f"letter{suffix}", "teiwright.sha256"}


@pytest.mark.usefixtures("letter")
def test_render_keeps_a_page_that_is_not_its_own(teiwright: Any, folder: Path) -> None:
    teiwright("encode", "letter.txt", "-o", "tei")
    (folder / "letter.html").write_text("<p>mine</p>")

    ended = teiwright("render", "tei/letter.xml", "--to", "html", "-o", ".")

    assert "TW906" in ended.stderr
    assert (folder / "letter.html").read_text() == "<p>mine</p>"


@pytest.mark.usefixtures("letter")
def test_init_makes_a_project_that_builds(teiwright: Any, folder: Path) -> None:
    assert teiwright("init", ".").returncode == 0

    settings = folder / "teiwright.toml"
    settings.write_text(settings.read_text().replace('"html", "print"', '"html"'))
    ended = teiwright("build")

    assert ended.returncode == 0, ended.stderr
    assert "1 of 1 documents made" in ended.stdout
    assert (folder / "out" / "html" / "letter.html").is_file()


def test_init_says_how_to_go_on_as_a_shell_would_read_it(teiwright: Any, folder: Path) -> None:
    texts = folder / "Letters of 1933"
    texts.mkdir()
    (texts / "one.txt").write_text("Dear Sir")

    assert "`teiwright build --project 'Letters of 1933'`" in teiwright("init", texts.name).stdout


@pytest.mark.usefixtures("letter")
def test_init_leaves_what_is_there(teiwright: Any, folder: Path, digests: Any) -> None:
    (folder / "letter.toml").write_text('title = "Mine"\n')
    teiwright("init", ".")
    before = digests()

    ended = teiwright("init", ".")

    assert ended.returncode == 0
    assert digests() == before
    assert (folder / "letter.toml").read_text() == 'title = "Mine"\n'


@pytest.mark.parametrize("code", ["TW214", "214", "note-without-callout"])
def test_explain_prints_the_page_of_a_code(teiwright: Any, code: str) -> None:
    ended = teiwright("explain", code)

    assert ended.returncode == 0
    assert ended.stdout.startswith("# TW214 note-without-callout\n")
