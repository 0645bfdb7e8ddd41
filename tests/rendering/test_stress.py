"""A document that asks all of a typesetter: no word is lost or doubled, and notes stand on the pages of their marks."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest

from teiwright.rendering import Context, render_edition

from . import stressful

pikepdf = pytest.importorskip("pikepdf")
pytest.importorskip("typst")

SCRIPTS = (("grc", stressful.GREEK), ("he", stressful.HEBREW), ("ru", "Молотов и Мацуока"))
FONTS = Path("/usr/share/fonts/opentype")
ARABIC, JAPANESE = FONTS / "fonts-hosny-amiri", FONTS / "ipafont-mincho"


@pytest.fixture(scope="module")
def stressed(tei):
    return tei(stressful.stressful(SCRIPTS))


@pytest.fixture(scope="module")
def printed(stressed):
    return render_edition(stressed, "print", Context(epoch=1_790_000_000))


@pytest.fixture(scope="module")
def pdf(printed):
    with pikepdf.open(BytesIO(printed.files["sample.pdf"])) as opened:
        yield opened


def test_no_word_is_lost_or_doubled_on_the_page(stressed):
    assert render_edition(stressed, "html").findings == ()


def test_no_word_is_lost_or_doubled_in_the_book(printed):
    assert [finding for finding in printed.findings if finding.code.number != "TW720"] == []


def test_of_a_hundred_notes_all_but_one_begin_on_the_page_of_their_mark(printed):
    notes = json.loads(printed.files["sample.pages.json"])["notes"]
    assert len(notes) == stressful.NOTES
    assert sum(note["page"] == note["called"] for note in notes) >= 0.99 * stressful.NOTES
    told = [finding for finding in printed.findings if finding.code.number == "TW720"]
    assert len(told) == sum(note["page"] != note["called"] for note in notes)


def elements(node):
    """The structure elements of a PDF, in reading order (ISO 32000-1, 14.7)."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        if "/K" in node:
            yield from elements(node.K)


def test_each_note_is_tagged_and_has_an_id(pdf):
    notes = [element for element in elements(pdf.Root.StructTreeRoot.K) if element.S == "/Note"]
    ids = {str(note.ID) for note in notes}
    assert (len(notes), len(ids)) == (stressful.NOTES, stressful.NOTES)
    assert all(any(inner.S == "/Lbl" for inner in elements(note.K)) for note in notes)


def test_headings_lists_tables_and_links_are_tagged(pdf):
    roles = {str(element.S) for element in elements(pdf.Root.StructTreeRoot.K)}
    assert {"/H1", "/H2", "/P", "/Table", "/TR", "/TH", "/TD", "/Link", "/Note", "/Lbl"} <= roles


def test_all_that_is_drawn_is_tagged_or_an_artefact(pdf):
    """PDF/UA-1 (ISO 14289-1), 7.1: content is marked as an artefact or tagged as real content."""
    for page in pdf.pages:
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            depth += (name in {"BDC", "BMC"}) - (name == "EMC")
            assert depth > 0 or name not in {"Tj", "TJ", "f", "f*", "S", "s", "B", "Do", "sh"}, (name, operands)


def test_links_say_where_they_lead(pdf):
    """PDF/UA-1, 7.18.5: each link has a description."""
    annotations = [one for page in pdf.pages for one in page.get("/Annots", [])]
    assert annotations
    assert all(str(one.Contents) for one in annotations)


def test_it_says_its_language_title_and_standards(pdf):
    metadata = pdf.Root.Metadata.read_bytes().decode()
    assert pdf.Root.Lang == "en"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert "A sample" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata


@pytest.mark.skipif(
    not (ARABIC.is_dir() and JAPANESE.is_dir()),
    reason="needs the Debian packages fonts-hosny-amiri and fonts-ipafont-mincho",
)
def test_other_scripts_are_printed_with_fonts_of_the_project(tei, tmp_path):
    for folder in (ARABIC, JAPANESE):
        (tmp_path / folder.name).symlink_to(folder)
    body = f'<p xml:lang="ar">{stressful.ARABIC}</p><p>see <foreign xml:lang="ja">{stressful.JAPANESE}</foreign>.</p>'
    made = render_edition(tei(body), "print", Context(epoch=1_790_000_000, fonts=tmp_path))
    assert made.findings == ()
    assert "sample.pdf" in made.files
