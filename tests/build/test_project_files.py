"""``teiwright.toml``: what it may say, and what is said where it is wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from teiwright.diagnostics import Code, TeiwrightError
from teiwright.project import find_project, load_project


def project_file(folder: Path, text: str) -> Path:
    path = folder / "teiwright.toml"
    path.write_text(text)
    return path


def test_an_empty_file_is_a_project_of_the_texts_beside_it(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir")

    project = load_project(project_file(tmp_path, ""))

    assert project.texts() == (tmp_path / "letter.txt",)
    assert project.editions == tmp_path / "tei"
    assert project.views == ("html", "print")


def test_sources_are_folders_or_patterns(tmp_path: Path) -> None:
    for name in ("a/1.txt", "b/2.txt", "b/2.toml", "c/3.text"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Dear Sir")

    project = load_project(project_file(tmp_path, 'sources = ["a", "b/*.txt", "c/*.text"]'))

    assert [text.name for text in project.texts()] == ["1.txt", "2.txt", "3.text"]


def test_endings_in_capitals_are_texts_and_hidden_files_are_not(tmp_path: Path) -> None:
    for name in ("a.txt", "B.TXT", "._a.txt", "c.toml"):  # `._a.txt` is what macOS leaves on foreign disks
        (tmp_path / name).write_text("Dear Sir")

    for sources in ("", 'sources = ["."]', 'sources = ["*.txt"]'):
        project = load_project(project_file(tmp_path, sources))
        assert {text.name for text in project.texts()} == {"a.txt", "B.TXT"}


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "phrase"),
    [
        ('title = "A"\npublishers = "B"', Code.UNKNOWN_SETTING, 2, 1, "did you mean `publisher`?"),
        ('[deposit]\nnames = "x"', Code.UNKNOWN_SETTING, 2, 1, "did you mean `name`?"),
        ('title = "A"\nschema = "x.rng"', Code.UNREADABLE_SCHEMA, 2, 1, "there is no file"),
        ('[authority]\npersons = "x.xml"', Code.AUTHORITY_NOT_READABLE, 2, 1, "name a file, relative to this one"),
        ("[depot]\n", Code.UNKNOWN_SETTING, 1, 1, "did you mean `deposit`?"),
        ("title = 3", Code.BROKEN_PROJECT, 1, 1, "`title` is a number, expected a text"),
        (r'title = "A\u0007"', Code.BROKEN_PROJECT, 1, 1, "`title` has the character U+0007, which no XML can hold"),
        (r'sources = ["a", "\u0000"]', Code.BROKEN_PROJECT, 1, 1, "U+0000, which no XML can hold"),
        ("title = html", Code.BROKEN_PROJECT, 1, 9, "this is not TOML: invalid value"),
        (r'sources = ["texts\letters"]', Code.BROKEN_PROJECT, 1, 20, "`/` in paths"),
        ('title = "A"\n\n  views = ["hologram"]', Code.BROKEN_PROJECT, 3, 3, "there is no view `hologram`"),
        ('date = "18 June"', Code.BROKEN_PROJECT, 1, 1, "`date` is no date"),
        (
            '[licence]\ntext = "CC BY"\ntarget = "https://creativecommons.org/licenses/by 4.0/"',
            *(Code.BROKEN_PROJECT, 3, 1, "an address with a space in it"),
        ),
        ('[licence]\ntarget = "CC-BY 4.0"', Code.BROKEN_PROJECT, 2, 1, "`target` is `CC-BY 4.0`, which is no address"),
        ("licence = 'free'", Code.BROKEN_PROJECT, 1, 1, "expected a table"),
        ('[deposit]\nname = "a/b"', Code.BROKEN_PROJECT, 2, 1, "no name for a folder"),
        ('[deposit]\nname = "Forms"', Code.BROKEN_PROJECT, 2, 1, "no name for a folder"),
        ('[deposit]\nname = "README.md"', Code.BROKEN_PROJECT, 2, 1, "no name for a folder"),
        ('[deposit]\nname = "nul.a"', Code.BROKEN_PROJECT, 2, 1, "no name for a folder"),
        ('[deposit]\nname = "letters."', Code.BROKEN_PROJECT, 2, 1, "no name for a folder"),
        ('[deposit]\nobject-id = "forms"', Code.BROKEN_PROJECT, 2, 1, "`object-id` cannot be `forms`"),
        ('fonts = "none"', Code.BROKEN_PROJECT, 1, 1, "there is no folder"),
        ("accepted = 1", Code.BROKEN_PROJECT, 1, 1, "expected tables"),
        ('[[accepted]]\ncode = "TW214"\nwhy = "x"', Code.BROKEN_PROJECT, 1, 1, "`document` is missing"),
        ('[[accepted]]\ncode = "TW1"\nwhy = "x"\ndocument = "a"', Code.BROKEN_PROJECT, 2, 1, "no finding `TW1`"),
        (
            '[[accepted]]\ncode = "TW214"\nwhy = "x"\ndocument = "a"\n'
            '[[accepted]]\ncode = "word-missing"\nwhy = "x"\ndocument = "a"',
            *(Code.ERROR_NOT_ACCEPTABLE, 6, 1, "TW601 is an error"),
        ),
        ('[[accepted]]\ncode = "TW214"\nwhy = "x"\ndocument = "a"\ncount = 0', Code.BROKEN_PROJECT, 5, 1, "no count"),
        (
            '[conventions]\n"page mark in bracket" = "never"',
            *(Code.UNKNOWN_SETTING, 2, 1, "did you mean `page marks in brackets`?"),
        ),
        (
            '[conventions]\n"page marks in brackets" = "often"',
            *(Code.BROKEN_PROJECT, 2, 1, "the convention is `often`"),
        ),
        ("sources = [1]", Code.BROKEN_PROJECT, 1, 1, "expected a list of texts"),
    ],
)
def test_a_wrong_setting_is_pointed_at(
    tmp_path: Path, text: str, code: Code, line: int, column: int, phrase: str
) -> None:
    with pytest.raises(TeiwrightError) as caught:
        load_project(project_file(tmp_path, text))

    finding = caught.value.finding
    assert (finding.code, finding.where.line, finding.where.column) == (code, line, column)
    assert phrase in str(finding)


def test_no_texts_are_a_finding(tmp_path: Path) -> None:
    project = load_project(project_file(tmp_path, 'title = "A"\nsources = ["texts"]'))

    with pytest.raises(TeiwrightError) as caught:
        project.texts()

    assert caught.value.finding.code is Code.NO_SOURCES
    assert caught.value.finding.where.line == 2


def test_two_texts_of_one_name_are_a_finding(tmp_path: Path) -> None:
    for folder in ("1904", "1905"):
        (tmp_path / folder).mkdir()
    (tmp_path / "1904/letter.txt").write_text("Dear Sir")
    (tmp_path / "1905/Letter.txt").write_text("Dear Sir")
    project = load_project(project_file(tmp_path, 'sources = ["1904", "1905"]'))

    with pytest.raises(TeiwrightError) as caught:
        project.texts()

    assert caught.value.finding.code is Code.SAME_NAME


def test_names_whose_accents_are_written_otherwise_are_one_name(tmp_path: Path) -> None:
    for folder, name in (("1904", "M\u00fcller"), ("1905", "Mu\u0308ller")):  # NFC; NFD, as macOS writes it
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{name}.txt").write_text("Dear Sir")
    project = load_project(project_file(tmp_path, 'sources = ["1904", "1905"]'))

    with pytest.raises(TeiwrightError) as caught:
        project.texts()

    assert caught.value.finding.code is Code.SAME_NAME


@pytest.mark.parametrize(
    ("said", "line", "message"),
    [
        ("width = 20", 2, "the margins leave -32 mm for lines of 10.5 points, which is too little"),
        ("hyphenate = false\ntop = 200", 3, "the margins leave 8 mm for lines of 10.5 points, which is too little"),
        ("size = 100", 2, "the margins leave 104 mm for lines of 100 points, which is too little"),
        ('width = "A5"', 2, "`width` is a text, expected a number"),
        ("height = nan", 2, "`height` is nan"),
    ],
)
def test_a_page_without_room_is_refused_where_it_is_said(tmp_path: Path, said: str, line: int, message: str) -> None:
    with pytest.raises(TeiwrightError) as caught:
        load_project(project_file(tmp_path, f"[print]\n{said}\n"))

    assert (caught.value.finding.where.line, caught.value.finding.message) == (line, message)


def test_the_project_of_a_folder_is_the_nearest_above_it(tmp_path: Path) -> None:
    path = project_file(tmp_path, "")
    (tmp_path / "a" / "b").mkdir(parents=True)

    assert find_project(tmp_path / "a" / "b").resolve() == path.resolve()


def test_no_project_is_a_finding_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(TeiwrightError) as caught:
        find_project(tmp_path)

    assert caught.value.finding.code is Code.NO_PROJECT
    assert "teiwright init" in str(caught.value.finding)


def test_a_misspelt_folder_is_no_way_to_the_project_above_it(tmp_path: Path) -> None:
    project_file(tmp_path, "")

    with pytest.raises(TeiwrightError) as caught:
        find_project(tmp_path / "lettres")

    assert "there is no such folder" in str(caught.value.finding)


def test_a_file_that_an_editor_of_windows_saved_begins_with_a_mark_that_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "teiwright.toml"
    path.write_text('title = "Letters"\npublishers = "B"', "utf-8-sig")

    with pytest.raises(TeiwrightError) as caught:
        load_project(path)

    where = caught.value.finding.where
    assert (caught.value.finding.code, where.line, where.column) == (Code.UNKNOWN_SETTING, 2, 1)


@pytest.mark.parametrize(
    ("title", "name"),
    [("Letters, 1933", "letters-1933"), ("Forms", "editions-forms"), ("Con", "editions-con"), ("書簡", "editions")],
)
def test_a_package_without_a_name_is_named_after_the_project(tmp_path: Path, title: str, name: str) -> None:
    (tmp_path / "teiwright.toml").write_text(f'title = "{title}"\n', "utf-8")

    assert load_project(tmp_path / "teiwright.toml").deposit.name == name


@pytest.mark.parametrize(
    ("folder", "path", "seen"),
    [
        (".", "texts/a.txt", "texts/a.txt"),
        ("letters", "letters/texts/a.txt", "texts/a.txt"),
        ("letters", "letters/../texts/a.txt", "../texts/a.txt"),
        ("letters", "lettersbox/a.txt", "../lettersbox/a.txt"),
        ("letters/a..b", "letters/a..b/c.txt", "c.txt"),
        ("/letters", "/letters", "."),
        ("/letters", "/other/a.txt", "../other/a.txt"),
        ("/", "/a.txt", "a.txt"),
    ],
)
def test_paths_are_seen_from_the_folder_of_the_project(tmp_path: Path, folder: str, path: str, seen: str) -> None:
    project = replace(load_project(project_file(tmp_path, "")), folder=Path(folder))
    assert project.relative(Path(path)) == seen
