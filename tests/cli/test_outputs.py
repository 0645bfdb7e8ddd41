"""Where commands write: a name that ends as files do is a file, and never becomes a folder by mistake."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from teiwright.cli import teiwright
from teiwright.cli.outcomes import run

_TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>{}</p></body></text></TEI>'


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[[str], str]:
    """Runs a command in a folder with two texts and two editions; its exit code, and what it said on standard error."""
    for name in ("poem", "song"):
        (tmp_path / f"{name}.txt").write_text(f"A {name} of two lines,\nand no more.\n")
        (tmp_path / f"{name}.xml").write_text(_TEI.format(f"A {name}"))
    monkeypatch.chdir(tmp_path)

    def command(line: str) -> str:
        code = run(teiwright, line.split())
        return f"{code} {capsys.readouterr().err}"

    return command


def test_one_text_goes_to_the_file_that_is_named(told: Callable[[str], str], tmp_path: Path) -> None:
    assert told("encode poem.txt -o new/first.xml") == "0 "

    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["first.xml", "teiwright.sha256"]
    assert '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="poem"' in (tmp_path / "new" / "first.xml").read_text()


def test_an_edition_of_somebody_is_not_written_over(told: Callable[[str], str], tmp_path: Path) -> None:
    assert told("encode poem.txt -o poem.xml").startswith("0 poem.xml:1: warning[TW906]")

    assert (tmp_path / "poem.xml").read_text() == _TEI.format("A poem")


@pytest.mark.parametrize(("form", "ending"), [("text", "txt"), ("html", "html"), ("markdown", "md")])
def test_what_is_made_of_one_edition_goes_to_the_file_that_is_named(
    told: Callable[[str], str], tmp_path: Path, form: str, ending: str
) -> None:
    assert told(f"render poem.xml --to {form} -o new/first.{ending}") == "0 "

    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [f"first.{ending}", "teiwright.sha256"]
    assert b"A poem" in (tmp_path / "new" / f"first.{ending}").read_bytes()


def test_a_folder_may_have_any_name_once_it_is_there(told: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "old.xml").mkdir()

    assert told("encode poem.txt -o old.xml") == "0 "

    assert (tmp_path / "old.xml" / "poem.xml").is_file()


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("encode poem.txt song.txt -o all.xml", "several to a folder or to `NAME.jsonl`"),
        ("encode . -o all.xml", "several to a folder or to `NAME.jsonl`"),
        ("encode poem.txt -o poem.pdf", "one text goes to `NAME.xml`"),
        ("render poem.xml song.xml --to html -o all.html", "one edition goes to `NAME.html`"),
        ("render poem.xml --to epub -o poem.html", "one edition goes to `NAME.epub`"),
        ("odd poem.odd -o poem.rng", "the name that the ODD gives them"),
        ("deposit -o package.zip", "`--zip` makes one zip"),
        ("deposit --ocfl store.zip", "an OCFL store is a folder"),
        ("unpack poem.zip -o texts.txt", "the texts come into it"),
    ],
)
def test_a_folder_is_not_made_under_the_name_of_a_file(
    told: Callable[[str], str], tmp_path: Path, line: str, hint: str
) -> None:
    before = sorted(tmp_path.iterdir())

    said = told(line)

    assert said.startswith("2 ")
    assert "is the name of a file; " in " ".join(said.split())
    assert hint in said
    assert sorted(tmp_path.iterdir()) == before


def test_a_folder_in_the_place_of_a_file_is_said_to_be_one(told: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()

    said = told("compare poem.txt poem.xml --page pages")

    assert said.startswith("2 pages: error[TW908] the file cannot be written: there is a folder of this name")


def test_a_folder_without_a_project_is_not_taken_for_the_project_above_it(
    told: Callable[[str], str], tmp_path: Path
) -> None:
    (tmp_path / "teiwright.toml").write_text('title = "Poems"')
    (tmp_path / "songs").mkdir()

    said = told("build --project songs")

    assert said.startswith("2 songs/teiwright.toml: error[TW901] there is no such file; the nearest above is ")
    assert f"--project {tmp_path}`, or run `teiwright init`" in said
    assert not (tmp_path / "out").exists()
