"""The whole edition as a printed book: what a reader finds in it, and what a program finds in its PDF."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO

import pytest
from lxml import etree

from teiwright.diagnostics import Diagnostic
from teiwright.extracted import Site
from teiwright.model import PrintLayout
from teiwright.rendering import Context, prepare
from teiwright.rendering.entries import read_entries
from teiwright.rendering.extracting import extract
from teiwright.rendering.printing import typst_source
from teiwright.rendering.tei import edition_id

pypdf = pytest.importorskip("pypdf")
pytest.importorskip("pikepdf")

from teiwright.rendering.book import Part, book_of_all  # noqa: E402 (only where the packages for PDF are)
from teiwright.rendering.words_of_pdf import words_of_pdf  # noqa: E402


def bound(editions, context, site):
    """The files of the book and the findings about it."""
    parts, extracts = {}, []
    for edition in editions:
        prepared = prepare(edition, context)
        name = edition_id(edition)
        parts[name] = Part(edition, typst_source(prepared, context).text)
        extracts.append(extract(etree.fromstring(prepared.xml, etree.XMLParser(collect_ids=False)), name))
    made = list(book_of_all(lambda: iter(extracts), site, parts.__getitem__, context))
    return dict(one for one in made if not isinstance(one, Diagnostic)), [f for f in made if isinstance(f, Diagnostic)]


@pytest.fixture(scope="session")
def book(editions, context):
    site = Site("Five Documents", "A publisher", "2026-11-20", entries=read_entries(context.authority))
    files, findings = bound(editions.values(), context, site)
    assert [str(finding) for finding in findings] == []  # each word is in it once, each note on the page of its mark
    return files


def text(book, first, last):
    return " ".join(words_of_pdf(book["book/book.pdf"], first, last).main.words())


def page_with(book, words):
    reader = pypdf.PdfReader(BytesIO(book["book/book.pdf"]))
    return next(n for n in range(1, len(reader.pages) + 1) if text(book, n, n).startswith(words))


def test_it_begins_with_a_title_and_the_contents_with_pages(book):
    assert text(book, 1, 1) == "Five Documents A publisher 2026"
    contents = text(book, 3, 3)
    assert contents.startswith(
        "Contents 1 Memorandum by Mr. George Atcheson, Jr., of the Division of Far Eastern Affairs"
    )
    listed = json.loads(book["book/book.pages.json"])
    begins = [one["page"] for one in listed["titles"] if one["title"].startswith("The Ambassador in Japan")]
    assert begins == ["6", "9"]
    assert "No. 256 6 4 The Ambassador" in contents


def test_no_word_of_a_title_stands_alone_in_its_last_line(book):
    reader = pypdf.PdfReader(BytesIO(book["book/book.pdf"]))
    lines = reader.pages[page_with(book, "4 761.94/1321") - 1].extract_text().splitlines()
    assert "to the Secretary of State80" in [line.strip() for line in lines]


def test_a_title_page_is_not_cut(book):
    pages = [text(book, number, number) for number in range(15, 25)]
    (page,) = (one for one in pages if "(Short Title: PSIS 400 - 16)" in one)
    assert "PSIS: (OP-20-3-G50)." in page


def test_the_number_of_a_document_stands_above_its_title_page(book):
    heights = {}
    reader = pypdf.PdfReader(BytesIO(book["book/book.pdf"]))
    page = next(one for one in reader.pages if "(Short Title" in one.extract_text())
    page.extract_text(visitor_text=lambda said, at, *_: heights.setdefault(said.strip(), at[5]))
    assert heights["5"] - heights["RUSSO-JAPANESE RELATIONS"] > 15


def test_the_sources_tell_of_the_originals_and_leave_checksums_to_the_tei(book):
    listed = text(book, *[page_with(book, "Sources")] * 2)
    assert "Printed in: Foreign Relations of the United States, 761.94/1321" in listed
    assert "SHA-256" not in listed


def test_the_indexes_join_pages_and_mark_those_of_notes(book):
    persons = text(book, page_with(book, "Index of persons"), page_with(book, "Index of places") - 1)
    assert "Davies, Joseph E." in persons
    assert "3–4" in persons
    assert re.search(r"\b1\dn\b", persons)


def test_the_columns_of_a_short_index_are_of_about_one_height(editions, context):
    site = Site("One Document", "A publisher", "2026-11-20", entries=read_entries(context.authority))
    book, _ = bound([editions["davies-despatch-22"]], context, site)
    page = pypdf.PdfReader(BytesIO(book["book/book.pdf"])).pages[page_with(book, "Index of persons") - 1]
    lines: dict[str, set[float]] = {"left": set(), "right": set()}

    def see(words, outer, inner, *_):
        across, up = (inner[4] * outer[i] + inner[5] * outer[i + 2] + outer[i + 4] for i in (0, 1))
        if words.strip() and up < float(page.mediabox.height) - 80:
            lines["left" if across < float(page.mediabox.width) / 2 else "right"].add(round(up))

    page.extract_text(visitor_text=see)
    assert min(lines.values(), key=len)
    assert abs(len(lines["left"]) - len(lines["right"])) <= 4


def test_a_program_finds_bookmarks_editions_and_both_standards(book, editions):
    reader = pypdf.PdfReader(BytesIO(book["book/book.pdf"]))
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert titles[:2] == ["Five Documents", "Contents"]
    assert titles[-3:] == ["Sources", "Index of persons", "Index of places"]
    assert set(reader.attachments) == {f"{name}.xml" for name in editions}
    metadata = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>3</pdfaid:part>" in metadata


def test_the_list_of_pages_leads_from_the_source_to_the_book(book):
    listed = json.loads(book["book/book.pages.json"])
    (page,) = [one for one in listed["pages"] if one["source"] == "962"]
    assert page["anchor"] == "grew-despatch-5529#pg-962"
    note = next(one for one in listed["notes"] if one["anchor"] == "grew-despatch-5529#fn-80")
    assert note["page"] == note["called"]


def test_a_long_edition_is_divided_into_volumes(editions, context):
    small = replace(context, layout=PrintLayout(volume_words=2000))
    chosen = [editions["davies-despatch-22"], editions["grew-despatch-256"], editions["atcheson-memorandum-1181"]]
    files, _ = bound(chosen, small, Site("Documents", published="2026-11-20"))
    assert [name for name in files if name.endswith(".pdf")] == ["book/volume-1.pdf", "book/volume-2.pdf"]
    assert '  volume: "Volume 2 of 2",\n' in files["book/volume-2.typ"].decode()
    assert '#document-begins("3", ' in files["book/volume-2.typ"].decode()


@pytest.mark.parametrize(("names", "years"), [(["psis-400-16"], "1945"), (["psis-400-16", "grew-despatch-256"], None)])
def test_the_title_page_has_years_only_if_each_document_has_a_date(editions, context, names, years):
    files, _ = bound([editions[name] for name in names], context, Site("Documents", published="2026-11-20"))
    source = files["book/book.typ"].decode()
    assert (f'  years: "{years}",\n' in source, "  years:" in source) == (years is not None, years is not None)


@pytest.mark.parametrize("said", ['#panic("x")', '"; #panic() ;"', "\\", "$x$ *b* <l> @r //", "]]) #import"])
def test_markup_of_typst_in_titles_and_entries_stays_text(tei, said):
    escaped = said.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    person = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><listPerson><person xml:id="p">'
        f"<persName>{escaped}</persName><note>{escaped}</note></person></listPerson></body></text></TEI>"
    )
    context = Context(authority=(person.encode(),))
    edition = tei(f'<div><head>{escaped}</head><p>x <persName ref="#p">Him</persName></p></div>')
    site = Site(said, said, "2026-11-20", said, said, entries=read_entries(context.authority))
    files, findings = bound([edition], context, site)
    assert [str(finding) for finding in findings] == []
    printed = words_of_pdf(files["book/book.pdf"], 1, 99).main.words()
    assert "".join(said.split()) in "".join(printed)


def test_the_page_is_as_the_project_chose(tei):
    layout = PrintLayout(width=210, height=297, inside=30, outside=40, top=30, bottom=40, size=12)
    files, findings = bound([tei("<p>x</p>")], Context(layout=layout), Site("A", published="2026-11-20"))
    page = pypdf.PdfReader(BytesIO(files["book/book.pdf"])).pages[0]
    assert findings == []
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [210, 297]
