"""Plays, critical texts, bibliographies: nothing is lost or doubled in any view, and a reader finds the way in them."""

from __future__ import annotations

import pytest
from lxml import html

from teiwright.model import Edition
from teiwright.rendering import VIEWS, render_edition

PLAY = """
<div type="act"><head>Act I</head>
<div type="scene"><head>Scene 1</head>
<stage type="setting">A hall. <persName>Rudolf</persName> alone.</stage>
<sp who="#r"><speaker>Rudolf.</speaker><stage>(aside)</stage><p>The moat <stage>pointing</stage> is dry.</p></sp>
<sp><speaker>Sapt<note n="1" place="foot">A colonel.</note>.</speaker><l>To be or not,</l><l part="I">that is</l></sp>
<sp><speaker>Fritz.</speaker><lg><l part="F">the question.</l><stage>Exit.</stage></lg><p>And prose.</p></sp>
<sound>Bells.</sound><camera>Close up.</camera><move who="#r"/>
<spGrp><sp><speaker>All.</speaker><p>Hurrah!</p></sp></spGrp>
</div></div>
<epilogue><head>Epilogue</head><p>Goodbye.</p></epilogue>"""
CAST = """<titlePage><docTitle><titlePart>The Moat</titlePart></docTitle>
<byline>(<docAuthor>A. W.</docAuthor>)</byline></titlePage>
<castList><head>Persons</head>
<castItem><role xml:id="r">Rudolf</role>, <roleDesc>a king</roleDesc> <actor>Mr. Hope</actor></castItem>
<castGroup><head>Guards</head><castItem><role>Sapt</role></castItem><castItem><role>Fritz</role></castItem></castGroup>
</castList><set><p>Zenda, a castle.</p></set><prologue><head>Prologue</head><lg><l>Two houses</l></lg></prologue>"""

CRITICAL = """<div4><head>Fourth</head>
<p>In the beginning <app><lem wit="#A">was</lem><rdg wit="#B #C">were</rdg><rdg wit="#C"/></app>, the
word<app><rdg wit="#A">one</rdg><rdg wit="#B">two<note place="foot" n="1">In a reading.</note></rdg></app>.</p>
<lg><l>First verse <app><lem>here</lem><rdg wit="#B">there</rdg></app></l></lg>
<p><choice><sic>teh</sic><corr>the</corr></choice>, <damage>hurt</damage> <restore><del>kept</del></restore>,
<subst><del>colour</del><add place="above">color</add></subst>; <unclear>perhaps</unclear> <supplied>the</supplied>
<retrace>again</retrace><index><term>moats</term></index> <mod>changed</mod> <metamark>#</metamark> end.</p>
<cit><quote>Quoted.</quote> <bibl>Book, 3.</bibl></cit><said>He said so.</said><label>A label</label>
<spanGrp><span from="#a">said of the text</span></spanGrp></div4>"""
WORKS = """<listBibl><head>Printed</head>
<bibl><author>Hope, Anthony</author>. <title level="m">The Prisoner of Zenda</title>.
<date when="1894">1894</date>.</bibl>
<biblStruct><monogr><author>Stoker, Bram</author><title>Dracula</title><imprint><pubPlace>London</pubPlace>
<publisher>Constable</publisher><date>1897</date></imprint></monogr></biblStruct></listBibl>
<listPerson><person><persName>Michael</persName><birth when="1850">1850</birth></person></listPerson>
<list type="gloss"><headLabel>Term</headLabel><headItem>Meaning</headItem><label>moat</label><item>ditch</item></list>
<entry><form><orth>moat</orth></form> <gramGrp><pos>n.</pos></gramGrp> <sense><def>a ditch</def></sense></entry>
<u who="#x">Spoken <pause/> <vocal><desc>laughs</desc></vocal> words: <code>x</code>, <ident>y</ident>.</u>
<p>As in <egXML xmlns="http://www.tei-c.org/ns/Examples"><p n="1">inside<note>x</note></p></egXML>.</p>"""
DICTIONARY = """
<entry><form><orth>abaft</orth><pron>əˈbɑːft</pron></form><gramGrp><pos>adv.</pos></gramGrp>
<sense n="1"><def>Towards the stern.</def><cit><quote>From abaft.</quote><bibl>Voyages</bibl></cit></sense
><sense n="2"><usg>obs.</usg><def>Behind.</def><sense n="a"><def>of time</def></sense></sense
><xr>See <ref>astern</ref>.</xr></entry>
<p>As <cit><quote>quoted</quote></cit>, or <cit><quote>so</quote><note n="1" place="foot">Here.</note></cit>.</p>"""
HEADER = '<listWit><witness xml:id="A" n="MS A"/><witness xml:id="B"/></listWit>'

DOCUMENTS = {
    "play": (PLAY, CAST),
    "critical text": (CRITICAL, ""),
    "bibliography": (WORKS, ""),
    "dictionary": (DICTIONARY, ""),
}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_word_is_lost_or_doubled_and_every_element_has_a_rule(tei, name, view):
    body, front = DOCUMENTS[name]
    told = [str(one) for one in render_edition(tei(body, front=front), view).findings if one.code.number != "TW708"]
    assert told == []


def page(edition: Edition) -> html.HtmlElement:
    return html.fromstring(render_edition(edition, "html").files["sample.html"].decode())


def words(elements: list[html.HtmlElement]) -> list[str]:
    return [" ".join(element.text_content().split()) for element in elements]


def test_speakers_and_directions_have_lines_of_their_own_and_directions_within_a_speech_stay_in_it(tei):
    shown = page(tei(PLAY, front=CAST))
    assert words(shown.xpath("//p[@class='speaker']"))[0] == "Rudolf."
    assert words(shown.xpath("//p[starts-with(@class, 'stage')]")) == ["A hall. Rudolf alone.", "(aside)", "Exit."]
    assert words(shown.xpath("//p/span[@class='stage']")) == ["pointing"]
    assert words(shown.xpath("//p[@class='castItem']")) == ["Rudolf, a king Mr. Hope", "Sapt", "Fritz"]


def test_all_parts_with_headings_are_in_the_contents(tei):
    listed = words(page(tei(PLAY, front=CAST)).xpath("//nav[@class='contents']/ul/*"))
    assert listed == ["Prologue", "Act I", "Scene 1", "Epilogue", "Notes", "About this edition"]
    assert words(page(tei(PLAY)).xpath("//nav[@class='contents']/ul[not(text()[normalize-space()])]/li"))


def test_all_readings_of_an_apparatus_are_shown_with_their_witnesses(tei):
    shown = page(tei(CRITICAL, header=HEADER))
    assert words(shown.xpath("//span[@class='app']")) == [
        "was [were B C] [omitted C]",
        "[one MS A] [two1 B]",
        "here [there B]",
    ]


def test_parts_of_a_bibliographic_record_are_words_of_their_own(tei):
    shown = page(tei(WORKS))
    assert words(shown.xpath("//p[@class='biblStruct']")) == ["Stoker, Bram Dracula London Constable 1897"]


def test_parts_of_an_entry_are_words_of_their_own_also_where_no_space_is_between_them(tei):
    shown = page(tei(DICTIONARY))
    assert words(shown.xpath("//p[@class='entry']")) == [
        "abaft əˈbɑːft adv. 1 Towards the stern. From abaft. Voyages 2 obs. Behind. a of time See astern."
    ]
    assert words(shown.xpath("//p[starts-with(., 'As')]")) == ["As quoted, or so1."]


def test_a_line_that_begins_a_block_has_no_break_before_it(tei):
    shown = page(tei('<ab><pb n="1r"/><lb/>one <lb/>two</ab>'))
    assert [html.tostring(one, encoding="unicode") for one in shown.xpath("//article//br")] == ["<br>two"]


def test_an_example_of_markup_is_shown_with_its_tags(tei):
    (example,) = page(tei(WORKS)).xpath("//code[@class='egXML']")
    assert example.text_content() == '<p n="1">inside<note>x</note></p>'


def test_what_is_said_about_the_text_is_not_shown_as_text(tei):
    assert "moats" not in page(tei(CRITICAL)).text_content()


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ('He went <gap reason="illegible"/> home.', 1),
        ('He went <gap reason="omitted"/> . . . home.', 0),
        ('<gap reason="omitted"/>* * * * *', 0),
        ('He went … <gap reason="omitted"/>home.', 0),
        ('He went <gap reason="illegible"/>. Then', 1),
    ],
)
def test_an_omission_has_a_sign_unless_the_original_printed_one(tei, text, signs):
    shown = page(tei(f"<p>{text}</p>"))
    assert len(shown.xpath("//span[@class='gap']/span[@aria-hidden]")) == signs


def test_an_element_without_a_rule_is_told_of_once_with_how_often_it_comes(tei):
    found = render_edition(tei("<p><specDesc>a</specDesc> <specDesc>b</specDesc></p>\n<p><tag>c</tag></p>"), "html")
    assert [(one.code.number, one.message) for one in found.findings] == [
        ("TW701", "the view has no rule for `specDesc` (2 times); its text is shown as it stands"),
        ("TW701", "the view has no rule for `tag`; its text is shown as it stands"),
    ]
