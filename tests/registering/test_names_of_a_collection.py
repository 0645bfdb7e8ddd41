"""What the editions name is listed, proposed as entries, and merged without a reference lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from teiwright.diagnostics import TeiwrightError
from teiwright.loading import load
from teiwright.model import Kind
from teiwright.naming import load_authority, parse_authority
from teiwright.registering import LISTS, Register, merge, occurrences, propose

TEI = "http://www.tei-c.org/ns/1.0"
EDITION = f"""<TEI xmlns="{TEI}" xml:id="one"><teiHeader><fileDesc><titleStmt><title>One</title></titleStmt>
<publicationStmt><p>x</p></publicationStmt><sourceDesc><p><persName>Nobody</persName></p></sourceDesc></fileDesc></teiHeader>
<text><body><p><persName ref="persons.xml#grew" cert="high">Grew</persName> and
<persName ref="persons.xml#grew-j">Joseph <pb n="2"/>Grew</persName> met <persName cert="medium">Johnson</persName>,
<persName>Hirota</persName>, <persName>Koki<note>sic</note> Hirota</persName>, <persName>Hirota</persName> and again
<persName ref="persons.xml#grew-j">Grew</persName> at <placeName ref="persons.xml#nowhere">Tokyo</placeName>.</p>
</body></text></TEI>
"""
PERSONS = f"""<TEI xmlns="{TEI}">
  <standOff>
    <listPerson>
      <!-- kept by hand -->
      <person xml:id="grew">
        <persName type="main">Joseph C. Grew</persName>
        <birth when="1880"/>
      </person>
      <person xml:id="grew-j">
        <persName type="main">Grew, J.</persName>
        <birth when="1881"/>
        <note>Ambassador.</note>
      </person>
      <person xml:id="johnson-louis">
        <persName>Louis   Johnson</persName>
      </person>
      <person xml:id="johnson-nelson"><persName>Nelson Johnson</persName></person>
    </listPerson>
  </standOff>
</TEI>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.xml").write_text(EDITION, encoding="utf-8")
    (tmp_path / "persons.xml").write_text(PERSONS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def register(folder: Path) -> Register:
    return Register(tuple(occurrences(load(folder / "one.xml"))), load_authority([folder / "persons.xml"]))


def listed(register: Register, name: str) -> list[tuple[int, str, tuple[str, ...]]]:
    return [(line.count, line.name, line.entries) for line in LISTS[name](register)]


def test_names_of_the_text_are_counted_and_those_of_the_header_are_not(register: Register) -> None:
    assert "Nobody" not in {name.form for name in register.names}
    assert {"Joseph Grew", "Koki Hirota"} <= {name.form for name in register.names}


def test_known_are_the_entries_that_are_named(register: Register) -> None:
    assert [(1, "Joseph C. Grew", ("grew",)), (2, "Grew, J.", ("grew-j",))] == listed(register, "known")


def test_new_are_forms_that_no_entry_bears(register: Register) -> None:
    assert [(2, "Hirota", ()), (1, "Koki Hirota", ())] == listed(register, "new")


def test_ambiguous_are_forms_that_two_bear_and_forms_that_mean_two(register: Register) -> None:
    assert [
        (1, "Johnson", ("johnson-louis", "johnson-nelson")),
        (2, "Grew", ("grew", "grew-j")),
    ] == listed(register, "ambiguous")


def test_unused_are_entries_that_nobody_names(register: Register) -> None:
    assert ["Louis Johnson", "Nelson Johnson"] == [name for _, name, _ in listed(register, "unused")]


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (1930, []),
        (1879, ["born in 1880, named in 1879: one 1", "born in 1881, named in 1879: one 1"]),
        (1970, ["died in 1965, a correspondent in 1970: one 1", "not called so in 1970: one 1"]),
    ],
)
def test_contradicted_are_names_that_a_date_forbids(tmp_path: Path, year: int, expected: list[str]) -> None:
    dated = EDITION.replace(
        "</fileDesc>", f'</fileDesc><profileDesc><creation><date when="{year}-05"/></creation></profileDesc>'
    )
    signed = dated.replace(
        "</p>\n</body>", '</p><closer><signed><persName ref="p#grew">J. Grew</persName></signed></closer>\n</body>'
    )
    (tmp_path / "one.xml").write_text(signed.replace("#nowhere", "#tokyo"), encoding="utf-8")
    known = PERSONS.replace('<birth when="1880"/>', '<birth when="1880"/><death when="1965"/>').replace(
        "</listPerson>",
        '</listPerson><listPlace><place xml:id="tokyo"><placeName to="1943">Tokyo</placeName></place></listPlace>',
    )
    (tmp_path / "persons.xml").write_text(known, encoding="utf-8")
    register = Register(tuple(occurrences(load(tmp_path / "one.xml"))), load_authority([tmp_path / "persons.xml"]))
    assert sorted({line.more for line in LISTS["contradicted"](register)}) == expected


def test_dangling_are_ids_that_no_entry_has(register: Register) -> None:
    assert [(1, "Tokyo", ("nowhere",))] == listed(register, "dangling")


def test_a_person_is_proposed_with_the_forms_that_the_texts_have(register: Register) -> None:
    proposed = parse_authority(propose(register, 3).encode(), Path("p.xml"))
    assert ["hirota-koki"] == [entry.id for entry in proposed.entries]
    assert ["Koki Hirota", "Hirota"] == [variant.text for variant in proposed.entries[0].variants]


def test_a_name_that_is_too_rare_is_not_proposed(register: Register) -> None:
    assert "" == propose(register, 4)


def merged(folder: Path, old: str = "grew-j", kept: str = "grew") -> dict[str, str]:
    plan = merge(old, kept, folder / "persons.xml", sorted(p for p in folder.iterdir() if p.name != "persons.xml"))
    return {path.name: data.decode() for path, data in plan.files}


def test_the_kept_entry_has_the_forms_of_both(folder: Path) -> None:
    authority = parse_authority(merged(folder)["persons.xml"].encode(), Path("p.xml"))
    grew = authority.by_id["grew"]
    assert ["Joseph C. Grew", "Grew, J."] == [variant.text for variant in grew.variants]
    assert 1880 == grew.born
    assert "grew-j" not in authority.by_id


def test_the_id_that_was_given_up_stays_in_the_file_and_says_where_it_went(folder: Path) -> None:
    root = etree.fromstring(merged(folder)["persons.xml"].encode())
    (gone,) = root.xpath("//*[@xml:id='grew-j']")
    assert "Merged into grew." == "".join(gone.find(f"{{{TEI}}}note").itertext())


def test_what_does_not_concern_the_two_entries_stays_as_it_was_written(folder: Path) -> None:
    text = merged(folder)["persons.xml"]
    assert "<!-- kept by hand -->" in text
    assert "<persName>Louis   Johnson</persName>" in text


def test_every_reference_follows(folder: Path) -> None:
    (folder / "one.decisions.csv").write_text("verdict,kind,name,ref\naccept,persName,Grew,grew-j\n", encoding="utf-8")
    (folder / "one.toml").write_text('title = "grew-j"\n[[sent]]\nref = "grew-j"\n', encoding="utf-8")
    files = merged(folder)
    assert EDITION.replace("#grew-j", "#grew") == files["one.xml"]
    assert files["one.decisions.csv"].endswith("Grew,grew\n")
    assert files["one.toml"].endswith('ref = "grew"\n')
    assert 'title = "grew-j"' in files["one.toml"]


@pytest.mark.parametrize(("old", "kept"), [("grew-x", "grew"), ("grew", "grew-x"), ("grew", "grew")])
def test_what_cannot_be_merged_is_refused(folder: Path, old: str, kept: str) -> None:
    with pytest.raises(TeiwrightError):
        merged(folder, old, kept)


def test_an_entry_that_holds_others_is_left_to_a_person(folder: Path) -> None:
    nested = PERSONS.replace("<note>Ambassador.</note>", "<person xml:id='son'><persName>Son</persName></person>")
    (folder / "persons.xml").write_text(nested, encoding="utf-8")
    with pytest.raises(TeiwrightError, match="by hand"):
        merged(folder)


def test_a_merged_entry_is_linked_to_no_more(folder: Path) -> None:
    (folder / "persons.xml").write_text(merged(folder)["persons.xml"], encoding="utf-8")
    assert all(e.id != "grew-j" for e in load_authority([folder / "persons.xml"]).entries if e.kind is Kind.PERSON)
