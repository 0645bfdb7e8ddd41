"""What a collection knows of an edition: each word once, and every offset at the words that it speaks of."""

from __future__ import annotations

import re
from copy import deepcopy

import pytest
from lxml import etree

from teiwright.extracted import Entry, Extract
from teiwright.model import Edition
from teiwright.rendering import render_edition
from teiwright.rendering.entries import read_entries, read_merged
from teiwright.rendering.extracting import extract
from teiwright.rendering.words import words_of_tei

TEI = "{http://www.tei-c.org/ns/1.0}"
OURS = "{urn:x-teiwright:edition}"


def words_of(edition: Edition) -> list[str]:
    text = words_of_tei(edition.tree.getroot())
    return [word for stream in (text.main, *text.notes) for word in stream.words()]


def words_in(extract: Extract) -> list[str]:
    return [word for word in extract.text.replace("\n\n", " ").split(" ") if word]


def words_at(extract: Extract, start: int, end: int) -> str:
    return extract.text[start:end]


def test_an_extract_has_every_word_of_a_founding_text_once(founding, prepared):
    assert words_in(extract(prepared(founding), "x")) == words_of(founding)


def test_the_offsets_of_a_founding_text_slice_back_to_the_words_of_their_elements(founding, prepared):
    root = prepared(founding)
    made = extract(root, "x")

    elements = {e.get(f"{OURS}id"): e for e in root.iter(etree.Element)}
    for one in (*made.names, *made.notes):
        assert words_at(made, one.start, one.end).split() == own_words(elements[one.anchor])


def test_every_id_that_an_extract_names_is_on_the_page(editions, difficult, prepared, context):
    for edition in (*editions.values(), difficult):
        assert ids_lacking(edition, prepared, context) == []


def ids_lacking(edition, prepared, context):
    made = extract(prepared(edition), "x")
    page = next(iter(render_edition(edition, "html", context).files.values())).decode()

    named = {*made.anchors, *(one.anchor for one in (*made.passages, *made.names, *made.notes, *made.pages))} - {""}
    return sorted(named - set(re.findall(r'\bid="([^"]*)"', page)))


def own_words(element: etree._Element) -> list[str]:
    """The words of an element without those of the notes in it."""
    root = etree.Element(f"{TEI}TEI")
    text = etree.SubElement(root, f"{TEI}text")
    text.text = element.text
    text.extend(deepcopy(child) for child in element)
    return words_of_tei(root).main.words()


def test_a_name_across_a_page_break_is_one_name_on_the_page_where_it_begins(tei, prepared):
    made = extract(prepared(tei('<pb n="1"/><p>Ambassador <persName>Shigenori <pb n="2"/>Togo</persName>.</p>')), "x")

    assert [words_at(made, n.start, n.end) for n in made.names] == ["Shigenori Togo"]
    assert [n.page for n in made.names] == ["1"]
    assert [words_at(made, p.at, p.at + 4) for p in made.pages] == ["Amba", "Togo"]


def test_a_note_comes_after_the_text_and_knows_where_its_mark_stands(tei, prepared):
    body = '<pb n="7"/><p>At noon,<note n="81">See <pb n="8"/>below.</note> he left.</p><p>Again.<note>Ibid.</note></p>'
    made = extract(prepared(tei(body)), "x")

    assert made.text == "At noon, he left.\n\nAgain.\n\nSee below.\n\nIbid."
    assert [(n.label, n.page, n.called) for n in made.notes] == [("81", "7", 8), ("2", "7", 25)]
    assert [words_at(made, n.start, n.end) for n in made.notes] == ["See below.", "Ibid."]


def test_a_note_that_no_mark_calls_has_no_place(tei, prepared):
    made = extract(prepared(tei("<p>Text.</p><noteGrp><note>Stray.</note></noteGrp>")), "x")

    assert [n.called for n in made.notes] == [None]


def test_a_program_says_how_sure_it_was_of_a_name_and_a_person_does_not(tei, prepared):
    program = '<respStmt xml:id="p"><resp>by</resp><name type="software">p</name></respStmt>'
    person = '<respStmt xml:id="q"><resp>by</resp><name>Q</name></respStmt>'
    edition = tei(
        '<p><placeName resp="#p" cert="low">Omsk</placeName> <placeName resp="#q" cert="low">Perm</placeName></p>'
    )
    root = prepared(edition)
    statement = root.find(f".//{TEI}titleStmt")
    statement.extend(etree.fromstring(f'<x xmlns="{TEI[1:-1]}">{program}{person}</x>'))

    assert [n.cert for n in extract(root, "x").names] == ["low", ""]


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ('<date when="1941-04-13">April 13</date>', ("April 13", "1941-04-13", "")),
        ('<date from="1941" to="1942-02"/>', ("1941–1942-02", "1941", "1942-02")),
        ('<date notAfter="1941-04">not later</date>', ("not later", "1941-04", "")),
        ("<date>some day</date>", ("some day", "", "")),
        ('<date when="April">April</date>', ("April", "", "")),
        ('<date when="1941-04-13T10:00:00Z"/>', ("1941-04-13", "1941-04-13", "")),
    ],
)
def test_a_date_can_be_sorted_if_it_has_a_value(tei, prepared, date, told):
    made = extract(prepared(tei(f"<opener><dateline>{date}</dateline></opener><p>Sir</p>")), "x")

    assert (made.date, made.when, made.until) == told


AUTHORITY = b"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff>
  <listPerson>
    <person xml:id="grew">
      <persName type="main"><forename>Joseph</forename> <forename>C.</forename> <surname>Grew</surname
      >, <genName>Jr.</genName></persName><persName>Grew</persName>
      <birth when="1880-05-27"/><death when="1965"/><note>Ambassador.</note>
      <idno type="VIAF">https://viaf.org/viaf/1</idno><idno>javascript:alert(1)</idno></person>
    <person xml:id="gone"><persName>Gone</persName>
      <note type="merged">Into <ref target="#grew">grew</ref>.</note></person>
  </listPerson>
  <listPlace><place xml:id="omsk"><placeName>Omsk</placeName><location><geo>54.99 73.37</geo></location></place>
  <place xml:id="nowhere"><placeName>Nowhere</placeName><location><geo>540 73.37</geo></location></place></listPlace>
</standOff></TEI>"""


def test_an_entry_has_its_dates_links_and_coordinates_and_a_merged_one_is_none():
    grew, nowhere, omsk = read_entries([AUTHORITY])
    assert read_merged([AUTHORITY]) == (("gone", "grew"),)

    assert grew == Entry(
        id="grew",
        kind="person",
        name="Joseph C. Grew, Jr.",
        sort_name="Grew, Joseph C., Jr.",
        variants=("Grew",),
        dates="1880–1965",
        note="Ambassador.",
        links=(("VIAF", "https://viaf.org/viaf/1"),),
    )
    assert (omsk.latitude, omsk.longitude) == (54.99, 73.37)
    assert (nowhere.latitude, nowhere.longitude) == (None, None)
