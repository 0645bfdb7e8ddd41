"""A changed entry of an authority file makes just those documents again that name it, or that could name it now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from teiwright.diagnostics import Code

LETTERS = {
    "to-grew": "Mr. Hull to Mr. Grew.\n\nSir: I have seen Mr. Saito and General Nogi at Kyoto.\n\nCORDELL HULL.\n",
    "to-hull": "Mr. Grew to Mr. Hull.\n\nSir: The Minister has left.\n\nJOSEPH C. GREW.\n",
    "to-nobody": "A note on the harvest.\n\nIt was poor in all provinces of the north.\n",
}
PERSON = '<person xml:id="{0}"><persName type="preferred">{1}</persName>{2}</person>'
FILE = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>
<titleStmt><title>Persons</title></titleStmt><publicationStmt><p>None</p></publicationStmt>
<sourceDesc><p>None</p></sourceDesc></fileDesc></teiHeader><standOff><listPerson>{}</listPerson></standOff></TEI>
"""
GREW, HULL, NOGI = ("grew", "Joseph C. Grew", ""), ("hull", "Cordell Hull", ""), ("nogi", "Maresuke Nogi", "")
WOLF = ("wolf", "Adalbert Wolf", "")


@pytest.fixture
def letters(workplace: Any) -> Any:
    for text in (workplace.folder / "texts").iterdir():
        text.unlink()
    for name, text in LETTERS.items():
        (workplace.folder / "texts" / f"{name}.txt").write_text(text)
    persons(workplace, GREW, HULL)
    assert len(workplace.build().made) == 3
    return workplace


def persons(workplace: Any, *entries: tuple[str, str, str]) -> None:
    written = FILE.format("".join(PERSON.format(*entry) for entry in entries))
    (workplace.folder / "tei/authority/persons.xml").write_text(written)


def test_a_new_form_of_a_person_makes_the_letters_again_that_may_name_her(letters: Any) -> None:
    persons(letters, GREW, ("hull", "Cordell Hull", "<persName>Saito</persName>"))

    # Hull is named in both, and the note on the harvest names nobody.
    assert letters.build().made == ("to-grew", "to-hull")


def test_a_person_of_whom_no_letter_speaks_makes_none_again(letters: Any) -> None:
    persons(letters, GREW, HULL, WOLF)

    built = letters.build()

    assert (built.made, built.shown) == ((), ())


def test_a_person_who_is_entered_now_makes_just_the_letter_again_that_names_him(letters: Any) -> None:
    persons(letters, GREW, HULL, NOGI)

    assert letters.build().made == ("to-grew",)


def test_what_only_pages_say_of_a_person_makes_no_edition_again(letters: Any) -> None:
    persons(letters, GREW, ("hull", "Cordell Hull", "<note>Secretary of State.</note>"), WOLF)
    before = {path: path.stat().st_mtime_ns for path in (letters.folder / "tei").glob("*.xml")}

    built = letters.build()

    assert (built.made, built.shown) == ((), ("to-grew", "to-hull"))
    assert before == {path: path.stat().st_mtime_ns for path in (letters.folder / "tei").glob("*.xml")}


def test_a_person_who_is_gone_makes_the_letters_again_that_named_him(letters: Any) -> None:
    persons(letters, HULL)

    built = letters.build()

    assert built.made == ("to-grew", "to-hull")
    assert b"#grew" not in letters.edition("to-hull").read_bytes()


def test_the_bytes_are_those_of_a_build_from_nothing(letters: Any) -> None:
    for entries in ((HULL, NOGI), (HULL, NOGI, WOLF, GREW), (GREW,), (("hull", "Saito", ""), NOGI)):
        persons(letters, *entries)
        letters.build()
        before = letters.digests()
        for made in (letters.folder / ".teiwright/state.sqlite", *(letters.folder / "tei").glob("*.xml")):
            made.unlink()
        (letters.folder / "tei/teiwright.sha256").unlink()
        letters.build()
        assert letters.digests() == before


def test_an_id_to_which_a_person_points_by_hand_is_looked_for(letters: Any) -> None:
    edition: Path = letters.edition("to-nobody")
    edition.write_text(edition.read_text().replace("harvest", '<rs ref="authority/persons.xml#wolf">harvest</rs>', 1))
    letters.build()
    persons(letters, GREW, HULL, WOLF)

    assert letters.build().made == ("to-nobody",)


def test_authority_files_that_cannot_be_read_are_told_of_and_then_forgotten(letters: Any) -> None:
    file = letters.folder / "tei/authority/persons.xml"
    sound = file.read_bytes()
    file.write_bytes(sound[:-20])
    broken = letters.build()
    file.write_bytes(sound)

    assert {finding.code for finding in broken.report.findings} >= {Code.AUTHORITY_NOT_WELL_FORMED}
    assert letters.build().report.findings == ()


def test_a_build_can_say_why_a_document_would_be_made_again(letters: Any, command: Any) -> None:
    def explained(name: str) -> str:
        return command("build", "--project", str(letters.folder), "--explain", name)

    assert explained("to-hull") == "nothing has changed\n"
    persons(letters, GREW, ("hull", "Cordell Hull", "<persName>Secretary Hull</persName>"))
    text = letters.folder / "texts/to-hull.txt"
    text.write_text(text.read_text().replace("has left", "is gone"))
    (letters.folder / "out/html/to-hull.html").unlink()

    assert explained("to-hull").splitlines() == [
        "the edition: the authority files' entry `hull` changed",
        "the edition: the text changed",
        "the views: the authority files' entry `hull` changed",
        "the views: `out/html/to-hull.html` is gone",
    ]
    assert explained("to-nobody") == "nothing has changed\n"
