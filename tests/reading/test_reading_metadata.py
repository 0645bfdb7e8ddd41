"""Sidecars and tables: what they may say, and how what they may not say is refused."""

from pathlib import Path

import pytest

from teiwright.diagnostics import Code, Diagnostic, TeiwrightError
from teiwright.model import Bibliography, DateValue, Habit, Licence, Metadata, Party, Use
from teiwright.reading import read_sidecar, read_table

FULL = """
id = "grew-despatch-256"
title = "The Ambassador in Japan (Grew) to the Secretary of State"
subtitle = "No. 256"
kind = "despatch"
language = "en"
date-note = "Early in the year."
received-name = "003.txt"
sha256 = "1befd1e84eb7de797d2c9028fe0595621c0fef3a7986f654927b21489de99880"

[date]
when = 1933-01-12
text = "January 12, 1933"

[[sent]]
name = "Joseph C. Grew"
role = "Ambassador in Japan"
place = "Tokyo"
ref = "grew-joseph-c"

[[received]]
role = "Secretary of State"

[origin]
form = "printed"
series = "Foreign Relations of the United States"
volume = 3
page-from = 68
page-to = "70"
publisher = "Government Printing Office"
date = "1949"
file-number = "761.94/587"
repository = "National Archives"
note = "Seen on the web."

[licence]
target = "https://creativecommons.org/publicdomain/mark/1.0/"
text = "Public domain."

[[changes]]
date = 2026-11-20
what = "Encoded."
"""


def sidecar(folder: Path, text: str) -> Metadata:
    path = folder / "text.toml"
    path.write_text(text, encoding="utf-8")
    return read_sidecar(path)


def refused(folder: Path, text: str) -> Diagnostic:
    with pytest.raises(TeiwrightError) as caught:
        sidecar(folder, text)
    assert caught.value.finding.code is Code.BROKEN_METADATA
    return caught.value.finding


def test_a_sidecar_can_say_all_that_the_model_holds(tmp_path: Path) -> None:
    assert sidecar(tmp_path, FULL) == Metadata(
        id="grew-despatch-256",
        title="The Ambassador in Japan (Grew) to the Secretary of State",
        subtitle="No. 256",
        kind="despatch",
        language="en",
        sent=(Party("Joseph C. Grew", "Ambassador in Japan", "Tokyo", "grew-joseph-c"),),
        received=(Party(role="Secretary of State"),),
        date=DateValue(when="1933-01-12", text="January 12, 1933"),
        date_note="Early in the year.",
        origin=Bibliography(
            series="Foreign Relations of the United States",
            volume="3",
            publisher="Government Printing Office",
            date="1949",
            page_from="68",
            page_to="70",
            file_number="761.94/587",
            repository="National Archives",
            form="printed",
            note="Seen on the web.",
        ),
        licence=Licence("https://creativecommons.org/publicdomain/mark/1.0/", "Public domain."),
        received_name="003.txt",
        sha256="1befd1e84eb7de797d2c9028fe0595621c0fef3a7986f654927b21489de99880",
        changes=(("2026-11-20", "Encoded."),),
    )


def test_a_sidecar_decides_on_conventions(tmp_path: Path) -> None:
    text = """[conventions]\n"page marks in brackets" = "never"\n'notes listed at the end' = "always"\n"""
    assert sidecar(tmp_path, text).conventions == ((Habit.PAGE_MARKS, Use.NEVER), (Habit.NOTE_LISTS, Use.ALWAYS))


def test_an_empty_sidecar_knows_the_name_of_its_file(tmp_path: Path) -> None:
    assert sidecar(tmp_path, "") == Metadata("text")


def test_a_sidecar_may_begin_with_the_mark_that_editors_of_windows_put_there(tmp_path: Path) -> None:
    assert sidecar(tmp_path, '\ufefftitle = "A letter"').title == "A letter"


@pytest.mark.parametrize(
    "line, expected",
    [
        ("date = 1945-06-18", DateValue(when="1945-06-18")),
        ('date = "1945-06"', DateValue(when="1945-06")),
        ('date = "1945"', DateValue(when="1945")),
        ("date = 1941-12-15T18:00:00", DateValue(when="1941-12-15T18:00:00")),
        ('date.from = "1941-04"\ndate.to = "1941-05"', DateValue(from_="1941-04", to="1941-05")),
        ("date.not-before = 1941-04-19", DateValue(not_before="1941-04-19")),
        ("date.not-after = 1941-04-19", DateValue(not_after="1941-04-19")),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(tmp_path: Path, line: str, expected: DateValue) -> None:
    assert sidecar(tmp_path, line).date == expected


@pytest.mark.parametrize(
    "text, line, column, message, hint",
    [
        ("title = Sir", 1, 9, "this is no TOML: invalid value", 'write `key = "value"`'),
        ('title = "a"\ntitle = "b"', 2, 12, "this is no TOML: cannot overwrite a value", "one in a line"),
        ('title = "a"\ntitel = "b"', 2, 1, "the key `titel` is not known", "write `title`"),
        ('x = 1\n[origin]\nfile-nummer = "7"', 1, 1, "the key `x` is not known", "the keys here are `id`"),
        (
            '[origin]\nfile-nummer = "7"',
            2,
            1,
            "the key `origin.file-nummer` is not known",
            "write `file-number`",
        ),
        ("title = 7", 1, 1, "`title` holds a number, where text was expected", "quote the value"),
        ("\n[title]", 2, 2, "`title` holds a table, where text was expected", "quote the value"),
        ('sent = "Grew"', 1, 1, "`sent` holds text, where tables were expected", "`[[sent]]`"),
        ('origin = "FRUS"', 1, 1, "`origin` holds text, where a table was expected", "`[origin]`"),
        ('kind = "dispatch"', 1, 1, "`kind` is `dispatch`, which is no kind of document", "write `despatch`"),
        ('id = "2 b"', 1, 1, "`id` is `2 b`", "write a letter"),
        ('[licence]\ntarget = "https://a b.org"', 2, 1, "`licence.target` is `https://a b.org`", "written `%20`"),
        ('sha256 = "abc"', 1, 1, "`sha256` is `abc`", "64 hexadecimal digits"),
        ('language = "English!"', 1, 1, "`language` is `English!`", "such as `en`"),
        ('date = "1945-02-30"', 1, 1, "`date` is `1945-02-30`, which is no date", "a day as 1945-06-18"),
        ('date = "18 June"', 1, 1, "`date` is `18 June`, which is no date", "a day as 1945-06-18"),
        ('[date]\nwhen = "soon"', 2, 1, "`date.when` is `soon`, which is no date", "a day as"),
        ('[date]\ntext = "soon"', 1, 2, "the date says no day, month or year", "date-note"),
        (
            '[conventions]\n"page mark in bracket" = "never"',
            *(2, 2, "the key `conventions.page mark in bracket` is not known", "write `page marks in brackets`"),
        ),
        (
            """[conventions]\n"lines broken at the paper's edge" = true""",
            *(2, 2, "the convention `lines broken at the paper's edge` is true or false", "leave it out"),
        ),
        ('[[changes]]\nwhat = "x"', 1, 3, "a change has no date or does not say what was done", "set both"),
    ],
)
def test_what_a_sidecar_must_not_say_is_pointed_at(
    tmp_path: Path, text: str, line: int, column: int, message: str, hint: str
) -> None:
    finding = refused(tmp_path, text)
    assert (finding.where.line, finding.where.column) == (line, column)
    assert finding.message.startswith(message)
    assert hint in str(finding.hint)


def test_a_sidecar_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "text.toml"
    path.write_bytes('language = "fr"\ntitle = "Résumé"'.encode("latin-1"))
    with pytest.raises(TeiwrightError) as caught:
        read_sidecar(path)
    assert (caught.value.finding.code, caught.value.finding.where.line) == (Code.BROKEN_METADATA, 2)


# -- tables


def table(folder: Path, text: str, name: str = "metadata.csv") -> dict[str, Metadata]:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return dict(read_table(path))


def table_refused(folder: Path, text: str) -> Diagnostic:
    with pytest.raises(TeiwrightError) as caught:
        table(folder, text)
    assert caught.value.finding.code is Code.BROKEN_METADATA
    return caught.value.finding


EXPECTED = {
    "a.txt": Metadata("a", title="To Hull, “urgent”", date=DateValue(when="1941-04"), sent=(Party("Grew"),)),
    "b c.txt": Metadata("b-c", kind="letter", origin=Bibliography(file_number="761.94/1")),
}


@pytest.mark.parametrize(
    "name, text",
    [
        (
            "metadata.csv",
            "file,title,date,sent.name,kind,origin.file-number\r\n"
            'a.txt,"To Hull, “urgent”",1941-04,Grew,,\r\n\r\nb c.txt,,,,letter,761.94/1\r\n',
        ),
        (
            "metadata.csv",
            "file;title;date;sent.name;kind;origin.file-number\n"
            "a.txt;To Hull, “urgent”;1941-04;Grew\nb c.txt;;;;letter;761.94/1\n",
        ),
        (
            "metadata.tsv",
            "\ufefffile\ttitle\tdate.when\tsent.name\tkind\torigin.file-number\n"
            "a.txt\tTo Hull, “urgent”\t1941-04\tGrew\t\t\nb c.txt\t\t\t\tletter\t761.94/1\n",
        ),
    ],
    ids=["commas", "semicolons", "tabs"],
)
def test_a_table_says_it_for_many_texts(tmp_path: Path, name: str, text: str) -> None:
    assert table(tmp_path, text, name) == EXPECTED


def test_several_senders_stand_between_bars(tmp_path: Path) -> None:
    columns = "file,sent.name,sent.role,changes.date,changes.what"
    text = f"{columns}\na.txt,Grew | Dooman,Ambassador | Counselor,2026,Made\n"
    metadata = table(tmp_path, text)["a.txt"]
    assert metadata.sent == (Party("Grew", "Ambassador"), Party("Dooman", "Counselor"))
    assert metadata.changes == (("2026", "Made"),)


@pytest.mark.parametrize(
    "text, line, message, hint",
    [
        ("name,title\n", 1, "column 1, `name`, is not known", "write"),
        ("title\na\n", 1, "no column is called `file`", "add one"),
        ("file,title,title\n", 1, "column 3, `title`, comes twice", "keep one"),
        ("file,sent.nmae\n", 1, "column 2, `sent.nmae`, is not known", "write `sent.name`"),
        (
            "file,kind\na.txt,letter\nb.txt,leter\n",
            3,
            "column 2 (`kind`): `kind` is `leter`",
            "write `letter`",
        ),
        (
            "file,date.when\na.txt,1945-13\n",
            2,
            "column 2 (`date.when`): `date.when` is `1945-13`",
            "a month as",
        ),
        ("file,title\na.txt,x\na.txt,y\n", 3, "the text `a.txt` comes twice", "keep one"),
        ("file,title\n,x\n", 2, "the line does not name its text", "fill the column"),
        ("file,title\na.txt,x,y\n", 2, "the line has 3 cells, where the table has 2 columns", "quote a cell"),
        ('file,title\na.txt,"x\n', 2, "this is no table", "written twice"),
        (
            "file,sent.name,sent.role\na.txt,A|B|C,x|y\n",
            2,
            "column 3 (`sent.role`): `sent.role` has 2 values",
            "`|`",
        ),
        ("", 1, "no column is called `file`", "add one"),
    ],
)
def test_what_a_table_must_not_say_is_pointed_at(tmp_path: Path, text: str, line: int, message: str, hint: str) -> None:
    finding = table_refused(tmp_path, text)
    assert finding.where.line == line
    assert finding.message.startswith(message)
    assert hint in str(finding.hint)
