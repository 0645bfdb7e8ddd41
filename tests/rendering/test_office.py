"""An edition for word processors: real footnotes with the marks that were printed, every word, the same bytes."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree

import teiwright.rendering.office as office_module
from teiwright.cli import teiwright
from teiwright.cli.outcomes import run
from teiwright.encoding import serialize
from teiwright.model import Rendition
from teiwright.rendering import conserve, render_edition
from teiwright.rendering.words_of_office import words_of_docx, words_of_odt

pytest.importorskip("pypandoc")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
FORMS = ("docx", "odt")


def part(data: bytes, name: str) -> etree._Element:
    with ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def file_of(edition, form: str) -> bytes:
    (data,) = render_edition(edition, form).files.values()
    return data


@pytest.fixture(scope="module")
def files(difficult) -> dict[str, bytes]:
    return {form: file_of(difficult, form) for form in FORMS}


def test_a_long_mark_follows_its_reference_letter_by_letter_for_else_libreoffice_prints_it_twice(tei):
    text = part(file_of(tei('<p>spy<note n="8***">Not printed.</note></p>'), "docx"), "word/document.xml")
    (reference,) = text.iter(f"{W}footnoteReference")
    assert [following.text for following in reference.itersiblings()] == ["8", "*", "*", "*"]


@pytest.mark.parametrize("form", FORMS)
def test_no_word_is_lost_or_doubled(founding, form):
    rendition = render_edition(founding, form)
    assert [f for f in rendition.findings if f.code.severity.value == "error"] == []
    assert len(rendition.files) == 1


@pytest.mark.parametrize("form", FORMS)
def test_no_word_of_a_difficult_document_is_lost(difficult, files, form):
    assert conserve(difficult, Rendition(form, {f"x.{form}": files[form]})).findings == ()


def test_notes_of_a_docx_are_footnotes_with_printed_marks(files):
    text, notes = part(files["docx"], "word/document.xml"), part(files["docx"], "word/footnotes.xml")
    references = list(text.iter(f"{W}footnoteReference"))
    following = [[t.text for t in r.itersiblings()] for r in references]
    assert following == [["*"], ["1"], ["a"], ["2"], ["9"]]
    assert {r.get(f"{W}customMarkFollows") for r in references} == {"1"}
    by_id = {note.get(f"{W}id"): "".join(note.itertext(f"{W}t")) for note in notes}
    assert [" ".join(by_id[r.get(f"{W}id")].split()) for r in references] == [
        "* A note of the heading.",
        "1 In a name,[a]",
        "a in a note.",
        "2 In a cell.",
        "9 One.Two.No mark in the text calls this note.",
    ]


def test_notes_of_an_odt_are_footnotes_with_printed_marks(files):
    notes = list(part(files["odt"], "content.xml").iter(f"{TEXT}note"))
    assert {note.get(f"{TEXT}note-class") for note in notes} == {"footnote"}
    labels = [(c.get(f"{TEXT}label"), c.text) for note in notes for c in note.iter(f"{TEXT}note-citation")]
    assert labels == [("*", "*"), ("1", "1"), ("a", "a"), ("2", "2"), ("9", "9")]


def test_what_is_added_has_a_style_of_its_own(files):
    runs = part(files["docx"], "word/document.xml").iter(f"{W}r")
    added = [r.findtext(f"{W}t") for r in runs if r.find(f"{W}rPr/{W}rStyle[@{W}val='Added']") is not None]
    assert "".join(filter(None, added)).startswith("[1]")
    assert "[2]" in added


def test_a_signature_stands_at_the_right_and_notes_are_in_small_type(tei):
    note = "<note n='1'><p>Not printed.</p><p>See below.</p></note>"
    edition = tei(
        f"<p rend='center'>Article I</p><p>Agreed.<pb n='2'/>{note}</p><closer><signed>John Sapt</signed></closer>"
    )

    docx = file_of(edition, "docx")
    sides = {style.get(f"{W}styleId"): style.find(f"{W}pPr/{W}jc") for style in part(docx, "word/styles.xml")}
    paragraphs = part(docx, "word/document.xml").iter(f"{W}p")
    side_of = {"".join(p.itertext(f"{W}t")): sides[p.find(f"{W}pPr/{W}pStyle").get(f"{W}val")] for p in paragraphs}
    assert [side_of[words].get(f"{W}val") for words in ("Article I", "John Sapt")] == ["center", "right"]

    odt = file_of(edition, "odt")
    in_note = [p for body in part(odt, "content.xml").iter(f"{TEXT}note-body") for p in body.iter(f"{TEXT}p")]
    assert [p.get(f"{TEXT}style-name") for p in in_note] == ["Footnote"] * 2
    named = part(odt, "styles.xml").xpath("//@*[local-name()='name']")
    used = part(odt, "content.xml").xpath("//@*[local-name()='style-name']")
    assert {"Centered", "Signed", "Added"} <= {*used} & {*named}


def test_the_pages_of_a_docx_are_numbered(files):
    footer = part(files["docx"], "word/footer1.xml")
    assert footer.xpath("//@*[local-name()='instr']") == ["PAGE"]
    (section,) = part(files["docx"], "word/document.xml").iter(f"{W}sectPr")
    assert section[0].tag == f"{W}footerReference"


@pytest.mark.parametrize(("form", "words_of"), [("docx", words_of_docx), ("odt", words_of_odt)])
def test_a_changed_word_is_found(tei, form, words_of):
    edition = tei("<p>one two<note n='1'>three</note></p>")
    data = file_of(edition, form)
    words = words_of(data)
    assert (words.main.words(), [note.words() for note in words.notes]) == (["one", "two"], [["three"]])
    other = file_of(tei("<p>one too<note n='1'>three</note></p>"), form)
    (finding,) = conserve(edition, Rendition(form, {f"x.{form}": other})).findings
    assert finding.message == f"`two` is `too` in x.{form}"


@pytest.mark.parametrize("form", FORMS)
def test_the_same_bytes_twice_and_no_time(difficult, files, form):
    assert file_of(difficult, form) == files[form]
    with ZipFile(BytesIO(files[form])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("form", FORMS)
def test_hostile_text_is_text(tei, form):
    hostile = "&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; {{x}} ${y} =1+1 &lt;img src='file:///etc/passwd'&gt;"
    edition = tei(f"<div><head>{hostile}</head><p>{hostile}<note n='=1'>{hostile}</note></p></div>")
    rendition = render_edition(edition, form)
    assert [f.message for f in rendition.findings] == []


def test_without_pandoc_a_message_says_how_to_get_it(tei, monkeypatch):
    monkeypatch.setattr(office_module, "find_spec", lambda _: None)
    rendition = render_edition(tei("<p>x</p>"), "docx")
    (finding,) = rendition.findings
    assert dict(rendition.files) == {}
    assert (finding.code.number, finding.hint) == ("TW714", "run `pip install 'teiwright[office]'`")


def test_a_command_that_was_asked_for_nothing_but_what_it_cannot_make_fails(tei, tmp_path, monkeypatch):
    monkeypatch.setattr(office_module, "find_spec", lambda _: None)
    path = tmp_path / "a.xml"
    path.write_bytes(serialize(tei("<p>x</p>")))

    assert run(teiwright, ["render", str(path), "--to", "docx", "-o", str(tmp_path / "out")]) == 2
