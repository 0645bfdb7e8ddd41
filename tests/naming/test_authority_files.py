"""Reading authority files: what is taken from them, and what stops the reading."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from teiwright.diagnostics import TeiwrightError
from teiwright.model import Kind
from teiwright.naming import Post, Variant, load_authority

PROJECT = Path(__file__).parents[2]
ENTRIES = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff><listPerson>
  <person xml:id="su-ping-wen">
    <persName type="main" source="#one #two"><surname>Su</surname> <forename>Ping-wen</forename></persName>
    <persName type="faulty">Su
      Ping-wan</persName>
    <birth when="1884-05-06"/>
    <occupation from="1931" to="1932">General</occupation>
  </person></listPerson>
  <listPlace><place xml:id="jehol"><placeName>Jehol</placeName></place></listPlace></standOff></TEI>"""


@pytest.fixture
def file(tmp_path):
    def write(content: str | bytes, name: str = "names.xml") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def finding(paths):
    with pytest.raises(TeiwrightError) as caught:
        load_authority(paths)
    return caught.value.finding


def test_a_person_has_forms_with_their_texts_and_dated_offices(file):
    person = load_authority([file(ENTRIES)]).by_id["su-ping-wen"]
    assert person.variants == (
        Variant("Su Ping-wen", "main", ("one", "two")),
        Variant("Su Ping-wan", "faulty"),
    )
    assert person.posts == (Post("General", "1931", "1932"),)
    assert (person.born, person.died) == (1884, None)


def test_a_place_may_have_a_form_for_some_years_only(file):
    place = '<place xml:id="p"><placeName from="1914-09" notAfter="1924">Petrograd</placeName></place>'
    found = load_authority([file(f'<listPlace xmlns="http://www.tei-c.org/ns/1.0">{place}</listPlace>')])
    assert found.by_id["p"].variants == (Variant("Petrograd", "main", (), 1914, 1924),)


def test_the_checksums_of_the_files_are_kept(file):
    path = file(ENTRIES)
    assert load_authority([path]).files == (("names.xml", sha256(path.read_bytes()).hexdigest()),)


def test_persons_and_places_may_stand_in_one_file(file):
    kinds = {entry.id: entry.kind for entry in load_authority([file(ENTRIES)]).entries}
    assert kinds == {"su-ping-wen": Kind.PERSON, "jehol": Kind.PLACE}


FLAWS = [
    (ENTRIES.replace("</placeName>", "</persName>"), "TW302", 9),
    (ENTRIES.replace(' xml:id="jehol"', ""), "TW305", 9),
    (ENTRIES.replace("<placeName>Jehol</placeName>", ""), "TW306", 9),
    (ENTRIES.replace("<placeName>Jehol</placeName>", "<placeName> — </placeName>"), "TW306", 9),
    (ENTRIES.replace('"jehol"', '"su-ping-wen"'), "TW307", 9),
    (ENTRIES.replace("http://www.tei-c.org/ns/1.0", "http://example.org"), "TW304", 1),
    ("", "TW302", 1),
    (b"\x00\x01\x02", "TW302", 1),
]


@pytest.mark.parametrize(("content", "code", "line"), FLAWS, ids=[f"{n}-{flaw[1]}" for n, flaw in enumerate(FLAWS)])
def test_a_flaw_is_reported_with_its_line(file, content, code, line):
    found = finding([file(content)])
    assert (found.code.number, found.where.line) == (code, line)
    assert found.hint


def test_a_missing_file_is_reported(tmp_path):
    assert finding([tmp_path / "none.xml"]).code.number == "TW301"


def test_a_folder_is_no_authority_file(tmp_path):
    assert finding([tmp_path]).code.number == "TW301"


def test_an_id_is_unique_across_files(file):
    assert finding([file(ENTRIES), file(ENTRIES, "again.xml")]).code.number == "TW307"


def test_an_external_entity_is_not_fetched(file, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    doctype = f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    assert finding([file(doctype + ENTRIES.replace(">Jehol<", ">&x;<"))]).code.number == "TW303"


def test_an_entity_bomb_does_not_go_off(file):
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 20))
    bomb = f'<!DOCTYPE TEI [<!ENTITY e0 "ha">{levels}]>' + ENTRIES.replace(">Jehol<", ">&e19;<")
    assert finding([file(bomb)]).code.number in {"TW302", "TW303"}


def test_the_projects_own_files_can_be_read():
    authority = load_authority([PROJECT / "tei/authority/persons.xml", PROJECT / "tei/authority/places.xml"])
    assert {entry.kind for entry in authority.entries} == {Kind.PERSON, Kind.PLACE}


def test_each_form_of_the_projects_files_stands_in_the_texts_that_it_names():
    authority = load_authority([PROJECT / "tei/authority/persons.xml", PROJECT / "tei/authority/places.xml"])
    absent = [
        (variant.text, source)
        for entry in authority.entries
        for variant in entry.variants
        for source in variant.sources
        if variant.text.replace("’", "'")
        not in " ".join((PROJECT / f"seeds/{source}.txt").read_text("utf-8").replace("’", "'").split())
    ]
    assert absent == []
