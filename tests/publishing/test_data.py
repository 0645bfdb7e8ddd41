"""The tables: each row's words are where its offsets say, in CSV and in JSON Lines, and no cell is a formula."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Iterable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teiwright.extracted import Correspondent, Entry, Extract, Footnote, Naming, Site, SourcePage
from teiwright.publishing.data import data_files
from teiwright.publishing.data.tables import NAMES
from teiwright.publishing.data.writing import Written
from teiwright.relaxng import Schema

SITE = Site(
    "Letters", "The house", "2026-11-20", "https://creativecommons.org/licenses/by/4.0/", "https://example.org/l"
)


def made(documents: Iterable[Extract], site: Site = SITE) -> dict[str, bytes]:
    found = list(documents)
    return {name.removeprefix("data/"): data for name, data in data_files(lambda: iter(found), site)}


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode(), newline="")))


def lines(data: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in data.decode().split("\n") if line]


def words_of(cell: str) -> str:
    """What a cell says, without the apostrophe that keeps a spreadsheet from computing it."""
    return cell[1:] if re.match("'+[=+\\-@\t\r\n＝＋－＠]", cell) else cell


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
SPREADSHEET = st.sampled_from(
    ["=1+1", "+41", "-x", "@SUM(A1)", "'=1", "''", "\t=", '"a";"b",\r\nc', "＝1", "\u2028", "𝒳"]
)


@st.composite
def documents(draw: st.DrawFn) -> Extract:
    text = draw(TEXT) + draw(SPREADSHEET) + draw(TEXT) + draw(SPREADSHEET)
    bounds = [sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2))) for _ in range(4)]
    names = tuple(Naming("person", "x", f"name-{i}", "7", *bound) for i, bound in enumerate(bounds))
    notes = tuple(Footnote("=2", f"fn-{i}", "", *bound, None) for i, bound in enumerate(bounds))
    return Extract("d", draw(SPREADSHEET), names=names, notes=notes, pages=(SourcePage("-1", "p", 0),), text=text)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(documents())
def test_the_words_of_a_row_are_where_its_offsets_say(document):
    files = made([document])
    for table in ("names", "notes"):
        cells, said = rows(files[f"{table}.csv"]), lines(files[f"{table}.jsonl"])
        assert len(cells) == len(said) == len(getattr(document, table))
        for row, line in zip(cells, said, strict=True):
            assert line["text"] == document.text[line["start"] : line["end"]]
            assert words_of(row["text"]) == document.text[int(row["start"]) : int(row["end"])]
    assert words_of(rows(files["documents.csv"])[0]["title"]) == document.title


@settings(max_examples=40, deadline=None, derandomize=True)
@given(documents())
def test_no_cell_is_what_a_spreadsheet_computes(document):
    files = made([document])
    cells = [c for name, data in files.items() if name.endswith(".csv") for row in rows(data) for c in row.values()]
    assert [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))] == []


def test_lines_end_as_rfc_4180_says_and_each_row_has_every_cell(letters):
    data = made(letters)["names.csv"]
    assert data.count(b"\r\n") == data.count(b"\n") == 6
    assert {len(row) for row in csv.reader(StringIO(data.decode(), newline=""))} == {len(NAMES.columns)}
    assert not data.startswith(b"\xef\xbb\xbf")


def test_a_mention_says_who_is_meant_and_on_which_page(letters):
    first = rows(made(letters)["names.csv"])[0]
    assert first == {
        **{"document": "a", "start": "4", "end": "8", "text": "Grew", "kind": "person", "ref": "grew", "page": "3"},
        **{"anchor": "name-1", "cert": "", "role": ""},
    }


def test_a_large_table_is_divided_as_frictionless_divides_one(letters):
    written = Written(NAMES, largest=100)
    parts = []
    for extract in letters:
        for row in NAMES.rows(extract):
            written.add(row)
        parts += written.full()
    parts += written.rest()
    csvs = [data for name, data in parts if name.endswith(".csv")]
    assert len(csvs) == len(written.paths) > 2
    assert written.paths[:2] == ["names.csv", "names-2.csv"]
    assert b"".join(csvs) == made(letters)["names.csv"]
    assert b"".join(data for name, data in parts if name.endswith(".jsonl")) == made(letters)["names.jsonl"]


def test_the_package_describes_each_table_as_it_is(letters, site):
    files = made(letters, site)
    package = json.loads(files["datapackage.json"])
    described = {resource["path"]: resource["schema"] for resource in package["resources"]}
    assert set(described) == {name for name in files if name.endswith(".csv")}
    for path, schema in described.items():
        table = rows(files[path])
        header = next(csv.reader(StringIO(files[path].decode(), newline="")))
        assert header == [field["name"] for field in schema["fields"]]
        for key in schema.get("foreignKeys", []):
            there = {row["id"] for row in rows(files[f"{key['reference']['resource']}.csv"])}
            assert {row[key["fields"]] for row in table} <= there
        for field in schema["fields"]:
            if field["type"] == "integer":
                assert all(re.fullmatch(r"\d*", row[field["name"]]) for row in table)


LETTER = Extract(
    "brief-1",
    "A letter",
    when="1941-04",
    until="1941-05",
    correspondents=(
        Correspondent("sent", "J. C. Grew & <i>others</i>", "grew", "Tokyo", "tokyo"),
        Correspondent("sent", "The Embassy", "embassy"),
        Correspondent("received", "Cordell Hull", "https://viaf.org/viaf/1", when="1941-06-01"),
    ),
)
KNOWN = (
    Entry(
        "grew", "person", "Grew", "Grew", links=(("LoC", "https://id.loc.gov/n1"), ("GND", "https://d-nb.info/gnd/1"))
    ),
    Entry("embassy", "organization", "Embassy", "Embassy", links=(("site", "https://evil-viaf.org/x"),)),
    Entry("tokyo", "place", "Tokyo", "Tokyo", links=(("GeoNames", "https://www.geonames.org/1850147"),)),
)


def letter_file(tmp_path: Path, site: Site) -> Path:
    path = tmp_path / "correspondence.xml"
    path.write_bytes(made([LETTER, Extract("memo", "No letter")], site)["correspondence.xml"])
    return path


def test_letters_are_described_for_correspsearch(tmp_path):
    site = Site("Letters", "The house", address="https://example.org/l/html/", entries=KNOWN)
    text = letter_file(tmp_path, site).read_text("utf-8")
    (letter,) = re.findall("<correspDesc .*?</correspDesc>", text, re.DOTALL)
    assert letter.split("><") == [
        letter.split("><")[0],
        'correspAction type="sent"',
        'persName ref="https://d-nb.info/gnd/1">J. C. Grew &amp; &lt;i&gt;others&lt;/i&gt;</persName',
        "orgName>The Embassy</orgName",
        'placeName ref="https://www.geonames.org/1850147">Tokyo</placeName',
        'date notBefore="1941-04" notAfter="1941-05"/',
        "/correspAction",
        'correspAction type="received"',
        'persName ref="https://viaf.org/viaf/1">Cordell Hull</persName',
        'date when="1941-06-01"/',
        "/correspAction",
        "/correspDesc>",
    ]
    assert 'ref="https://example.org/l/html/brief-1.html"' in letter
    assert '<idno type="url">https://example.org/l/data/correspondence.xml</idno>' in text


def test_a_correspondent_whom_nobody_knows_is_said_to_be_unknown():
    letter = replace(LETTER, correspondents=LETTER.correspondents[:1])
    text = made([letter], Site("Letters"))["correspondence.xml"].decode()
    assert '<correspAction type="received"><persName>Unknown</persName></correspAction>' in text


@pytest.mark.parametrize(
    "site", [Site("x"), Site("Y", "P", "2026-11-20", "free", "https://example.org/", entries=KNOWN)]
)
def test_the_letters_follow_the_rules_of_cmif(tmp_path, site):
    assert Schema(Path(__file__).with_name("cmif.rnc")).validate(letter_file(tmp_path, site)) == []


def test_the_letters_are_valid_tei(tmp_path):
    """Against the grammar that TEI publishes, which is not part of this repository: TEIWRIGHT_TEI_ALL names it."""
    grammar = os.environ.get("TEIWRIGHT_TEI_ALL")
    if not grammar:
        pytest.skip("TEIWRIGHT_TEI_ALL names no tei_all.rng")
    assert Schema(Path(grammar)).validate(letter_file(tmp_path, SITE)) == []


def test_where_nobody_wrote_to_anybody_there_is_no_file_of_letters(letters):
    assert "correspondence.xml" not in made(letters)
