"""What is on a page and on the index, beyond the words of the text."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html

from teiwright.extracted import CollectionPage, Section
from teiwright.rendering import Context, Download, Neighbour, frame, read_authority, render, render_edition, summarise


def page(edition, context):
    (data,) = render_edition(edition, "html", context).files.values()
    return html.fromstring(data)


def test_every_link_within_a_page_leads_somewhere(founding, context):
    tree = page(founding, context)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in tree.xpath("//a/@href") if href.startswith("#")} - set(ids) == set()
    assert set(tree.xpath("//@popovertarget")) - set(ids) == set()


def test_every_note_opens_from_its_mark_and_leads_back(founding, context):
    tree = page(founding, context)
    notes = tree.xpath("//ol[@class='note-list']/li[@popover='']")
    assert len(notes) == len(founding.tree.findall(".//{*}text//{*}note"))
    for note in notes:
        (mark,) = tree.xpath("//button[@popovertarget=$id]", id=note.get("id"))
        (back,) = note.xpath("./a")
        assert back.get("href") == f"#{mark.get('id')}"
        assert mark.text_content() == back.text_content()


def test_every_page_break_can_be_linked_to(founding, context):
    tree = page(founding, context)
    breaks = founding.tree.findall(".//{*}text//{*}pb")
    anchors = tree.xpath("//a[contains(concat(' ', @class, ' '), ' page ')]")
    assert [a.xpath("string(span[2])") for a in anchors] == [b.get("n", "") for b in breaks]
    assert all(a.get("href") == f"#{a.get('id')}" for a in anchors)
    for given, anchor in zip(breaks, anchors, strict=True):
        assert given.get("{http://www.w3.org/XML/1998/namespace}id", anchor.get("id")) == anchor.get("id")


def test_there_is_one_main_heading_and_no_level_is_left_out(founding, context):
    levels = [int(h.tag[1]) for h in page(founding, context).xpath("//h1|//h2|//h3|//h4")]
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_a_page_asks_nobody_for_anything(founding, context):
    tree = page(founding, context)
    assert tree.xpath("//iframe|//form|//object|//embed|//@onclick") == []
    assert tree.xpath("//script/@type") == ["application/ld+json"], "data, which no browser runs"
    assert [s for s in tree.xpath("//@src|//link[@rel!='canonical']/@href") if re.match("(https?:)?//", s)] == []
    assert "url(" not in tree.xpath("string(//style)")
    assert "@import" not in tree.xpath("string(//style)")


def test_a_page_of_a_despatch_weighs_little(editions, context):
    (data,) = render_edition(editions["grew-despatch-5529"], "html", context).files.values()
    assert len(data) < 70_000


def test_a_known_name_leads_to_its_entry_and_back(tei, tmp_path):
    path = tmp_path / "persons.xml"
    path.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff><listPerson>'
        '<person xml:id="togo"><persName>Togo Shigenori</persName>'
        '<persName>Mr. Togo</persName><birth when="1882"/><death when="1950"/><occupation>Ambassador</occupation>'
        '<idno type="wikidata">https://www.wikidata.org/entity/Q1</idno><idno type="evil">javascript:alert(1)</idno>'
        "</person></listPerson></standOff></TEI>"
    )
    context = Context(authority=read_authority([path]))
    tree = page(
        tei(
            '<p><persName ref="persons.xml#togo" resp="#teiwright" cert="medium">Mr. Togo'
            '<note n="1">n</note></persName></p>'
        ),
        context,
    )
    (link,) = tree.xpath("//a[@class='person medium']")
    assert (link.get("href"), link.get("title")) == ("#e:togo", "tagged by program, certainty medium")
    (entry,) = tree.xpath("//li[@id='e:togo']")
    text = " ".join(entry.text_content().split())
    assert text == "Togo Shigenori, 1882–1950; Ambassador. Also: Mr. Togo. wikidata(1)"
    assert entry.xpath("./div/a/@href") == [f"#{link.getparent().get('id')}"]
    assert entry.xpath("a/@href") == ["https://www.wikidata.org/entity/Q1"]


def test_a_name_that_no_authority_file_has_is_reported_with_its_line(tei, context):
    rendition = render_edition(
        tei('<p>x</p>\n<p><persName ref="persons.xml#nobody">Nobody</persName></p>'), "html", context
    )
    assert [str(f) for f in rendition.findings] == [
        "sample.xml:4: warning[TW703] no authority file has what `persons.xml#nobody` points to\n"
        "  hint: add the entry to the authority file, or correct the `ref`"
    ]


def test_an_element_without_a_rule_is_reported_and_its_text_kept(tei):
    body = "<p>a <said>b</said></p>\n<specGrp><moduleSpec>Hamlet</moduleSpec></specGrp>"
    rendition = render_edition(tei(body), "html")
    assert [(f.code.number, f.where.line, f.where.xpath) for f in rendition.findings] == [
        ("TW701", 4, "/TEI[1]/text[1]/body[1]/specGrp[1]"),
        ("TW701", 4, "/TEI[1]/text[1]/body[1]/specGrp[1]/moduleSpec[1]"),
    ]
    assert b"Hamlet" in rendition.files["sample.html"]


def test_the_index_leads_to_every_page_with_what_a_reader_chooses_by(editions, context):
    files = render(list(editions.values()), "html", context=context).files
    tree = html.fromstring(files["index.html"])
    assert tree.xpath("//h1")[0].text == "Japan and the Soviet Union"
    assert {f"{name}.html" for name in editions} == set(tree.xpath("//ul[@class='documents']//h2/a/@href"))
    assert tree.xpath("//ul[@class='documents']//p[@class='downloads']/a/@href") == [
        f"../tei/{name}.xml" for name in sorted(editions)
    ]


def test_a_summary_says_only_what_the_edition_says(tei):
    summary = summarise(tei("<p>One two<note>three</note>.</p>"))
    assert (summary.id, summary.title, summary.date, summary.extent) == ("sample", "A sample", "", "2 words, 1 note")


def test_a_download_of_an_edition_with_spaces_in_its_name_can_be_followed():
    assert Download("TEI", "tei/{id}.xml", "x").of("a b").href == "tei/a%20b.xml"


def test_what_the_header_says_is_on_the_page(founding, context):
    (about,) = page(founding, context).xpath("//section[@id='page:about']")
    shown = " ".join(about.text_content().split())
    header = founding.tree.find("{*}teiHeader")
    words = [text for element in header.iter("{*}*") for text in (element.text, *(child.tail for child in element))]
    assert [text for text in (" ".join((w or "").split()) for w in words) if text not in shown] == []


def test_a_citation_has_what_the_header_has_and_nothing_else(tei):
    (text,) = page(tei("<p>x</p>"), Context()).xpath("//div[@id='page:cite']/p[@class='copy']")
    assert " ".join(text.text_content().split()) == "“A sample.”"


def test_a_citation_names_the_collection_the_page_and_the_address(tei):
    context = Context(collection="Letters", address="https://example.org/letters/")
    tree = page(tei('<p>x<pb n="962"/>y<pb n="963"/>z</p>'), context)
    (text,) = tree.xpath("//div[@id='page:cite']/p[@class='copy']")
    for other in text.xpath(".//span[@class='at-pg-962']"):
        other.drop_tree()
    shown = " ".join(text.text_content().split())
    assert shown == "“A sample.” In Letters, 963. https://example.org/letters/sample.html#pg-963."
    shown = ".document:has(#pg-962:target) .at-pg-962,.document:has(#pg-963:target) .at-pg-963{display:inline}"
    assert shown in tree.xpath("string(//style)")


def test_every_paragraph_and_page_has_an_address_that_leads_to_it(founding, context):
    tree = page(founding, context)
    addresses = tree.xpath("//a[starts-with(@aria-label, 'Link to')]/@href")
    text = founding.tree.find("{*}text")
    assert len(addresses) == len([p for p in text.iter("{*}p") if next(p.iterancestors("{*}note"), None) is None])
    assert all(len(tree.xpath("//*[@id=$id]", id=address[1:])) == 1 for address in addresses)


def test_a_page_leads_to_its_neighbours_and_to_the_parts_of_the_collection(tei):
    context = Context(
        collection="Letters",
        home="index.html",
        sections=(Section("Persons", "persons/index.html"),),
        previous=Neighbour("a b", "The one before"),
        next=Neighbour("after", "The one after"),
    )
    tree = page(tei("<p>x</p>"), context)
    assert tree.xpath("//nav[@aria-label='Collection']/a/@href") == ["index.html", "persons/index.html"]
    assert tree.xpath("//nav[@class='neighbours']/a/@href") == ["a%20b.html", "after.html"]
    assert tree.xpath("//link[@rel='prev' or @rel='next']/@href") == ["a%20b.html", "after.html"]


def test_a_name_leads_to_its_page_in_the_index_only_if_there_is_one(tei, context):
    edition = tei('<p><persName ref="persons.xml#grew-joseph-c">Grew</persName></p>')
    entry = "//li[@id='e:grew-joseph-c']/a[starts-with(@href, 'persons/')]/@href"
    assert page(edition, context).xpath(entry) == []
    indexed = replace(context, sections=(Section("Persons", "persons/index.html"),))
    assert page(edition, indexed).xpath(entry) == ["persons/grew-joseph-c.html"]


def test_text_from_the_right_and_chinese_japanese_korean_text_say_so(tei):
    tree = page(
        tei('<p>Peace: שלום עולם, 平和, 平和な, 평화, سلام. <foreign xml:lang="he">שלום</foreign></p>'), Context()
    )
    found = [(b.get("lang"), b.get("dir"), b.text) for b in tree.xpath("//bdi")]
    assert found == [
        ("und-Hebr", "rtl", "שלום עולם"),
        ("und-Hani", None, "平和"),
        ("ja", None, "平和な"),
        ("ko", None, "평화"),
        ("und-Arab", "rtl", "سلام"),
    ]
    (marked,) = tree.xpath("//span[@class='foreign']")
    assert (marked.get("lang"), marked.get("dir")) == ("he", "rtl")


def test_a_picture_of_a_page_is_shown_if_it_lies_beside_and_a_link_if_it_lies_elsewhere(tei):
    pictures = ("pages/1.jpg", "https://example.org/2.jpg", "javascript:x")
    tree = page(tei("".join(f'<p><pb n="1" facs="{picture}"/>x</p>' for picture in pictures)), Context())
    assert [(a.get("href"), a.xpath("img/@src")) for a in tree.xpath("//a[@class='facs']")] == [
        ("pages/1.jpg", ["pages/1.jpg"]),
        ("https://example.org/2.jpg", []),
    ]


def test_a_page_leads_to_the_manifest_of_its_pictures_if_that_is_on_the_web(tei):
    header = '<publicationStmt><idno type="IIIF">{}</idno></publicationStmt>'
    links = "//ul[@class='downloads']/li/a/@href"
    address = "https://example.org/manifest.json"
    assert page(tei("<p>x</p>", header=header.format(address)), Context()).xpath(links) == [address]
    assert page(tei("<p>x</p>", header=header.format("javascript:x")), Context()).xpath(links) == []


def test_a_page_has_at_most_60_kb_of_markup_and_style_beside_its_text(founding, context):
    sections = (Section("Persons", "persons/index.html"), Section("Places", "places/index.html"))
    address, around = "https://example.org/letters/", {"previous": Neighbour("a", "A"), "next": Neighbour("b", "B")}
    whole = replace(context, sections=sections, address=address, **around)
    (made,) = render_edition(founding, "html", whole).files.values()
    (body,) = html.fromstring(made).iter("body")
    assert len(made) - len("".join(body.itertext()).encode()) <= 60_000


def test_a_language_that_nobody_said_is_no_fact(tei):
    def said(tag: str, name: str) -> list[str]:
        header = f'<profileDesc><langUsage><language ident="{tag}">{name}</language></langUsage></profileDesc>'
        return page(tei("<p>x</p>", header=header), Context()).xpath("//dt[.='Language']/../dd/text()")

    assert (said("la", "Latin"), said("und", "undetermined")) == (["Latin"], [])


def test_tables_of_one_name_are_no_landmarks_of_one_name(tei):
    twice = page(tei("<table><row><cell>x</cell></row></table>" * 2), Context())
    assert twice.xpath("//*[@aria-label='Table']/@role") == ["group", "group"]


@pytest.mark.parametrize(
    ("text", "rule"), [("<lg><l>Roses</l></lg>", ".verse"), ('<p><pb n="1" facs="1.png"/>x</p>', ".facs")]
)
def test_the_style_of_what_few_texts_have_is_on_their_pages_only(tei, text, rule):
    with_it, without = (str(page(tei(one), Context()).xpath("string(//style)")) for one in (text, "<p>x</p>"))
    assert rule in with_it
    assert rule not in without


def test_enclosures_without_a_heading_are_told_apart_by_their_number(tei):
    parts = ('<div type="enclosure"><p>One.</p></div>', '<div type="enclosure"><head>A list</head><p>Two.</p></div>')
    page = html.fromstring(
        render_edition(tei("".join(("<head>Letter</head>", *parts, parts[0]))), "html").files["sample.html"].decode()
    )
    listed = [one.text_content() for one in page.xpath("//nav[@class='contents']//li[not(@class='made')]")]
    assert listed == ["Enclosure 1", "A list", "Enclosure 3"]


def test_each_page_of_a_part_of_the_collection_says_in_which_part_it_is(context):
    parts = (Section("Persons", "persons/index.html"), Section("Correspondence", "correspondence/index.html"))
    framed = frame(replace(context, sections=parts))
    for path, current in (("correspondence/2.html", ["Correspondence"]), ("persons/a/b.html", ["Persons"])):
        page = html.fromstring(framed(CollectionPage(path, "A page", "<h1>A page</h1>")).decode())
        assert page.xpath("//nav//a[@aria-current]/text()") == current


def test_a_note_about_a_source_is_a_sentence_of_its_own(tei):
    bibl = "<bibl><title>Foreign Relations</title> <idno>761.94</idno> <note>The volume is lost.</note></bibl>"
    page = html.fromstring(
        render_edition(tei("<p>x</p>", header=f"<sourceDesc>{bibl}</sourceDesc>"), "html").files["sample.html"].decode()
    )
    assert page.xpath("//section[@id='page:about']//dt[.='Source']/../dd/text()") == [
        "Foreign Relations, 761.94. The volume is lost."
    ]
