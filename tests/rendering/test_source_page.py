"""The page of a text beside its encoding: nothing of either is left out, and each leads to the other."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import etree, html

from teiwright.comparing import corresponding
from teiwright.encoding import load
from teiwright.model import Source
from teiwright.reading import read
from teiwright.rendering import Context, prepare, render_edition, source_page
from teiwright.rendering.words import words_of_tei

from .conftest import ROOT, SEEDS

TEXT = """Sir: The moat1 is <dry>.
Sapt.
A line that nobody encoded.
  1. Since April 30.
"""
BODY = """<div><p>Sir: The moat<note n="1" place="foot" xml:id="fn-1">Since April 30.</note> is &lt;dry&gt;.</p>
<closer><signed>Sapt.</signed></closer></div>"""


LINE, ENCODED = "//div[@class='pairs']/div/div[1]/p", "//div[@class='pairs']/div/div[2]"


def page_of(source: Source, edition) -> html.HtmlElement:
    name, data = source_page(prepare(edition), source, corresponding(source, edition), Context(home="index.html"))
    assert name == f"source/{edition.tree.getroot().get('{http://www.w3.org/XML/1998/namespace}id')}.html"
    return html.fromstring(data.decode())


@pytest.fixture
def page(tei):
    source = replace(read(ROOT / "seeds/grew-despatch-256.txt"), text=TEXT)
    return page_of(source, tei(BODY))


def lines(page) -> list[str]:
    """The lines of the source, without their numbers."""
    return ["".join(line.itertext()).removeprefix(line[0].text) for line in page.xpath(LINE)]


@pytest.mark.parametrize("name", SEEDS)
def test_a_founding_text_is_there_to_the_last_space_and_so_is_its_encoding(name):
    source, edition = read(ROOT / f"seeds/{name}.txt"), load(ROOT / f"tei/{name}.xml")
    page = page_of(source, edition)
    assert source.text == "\n".join(lines(page))
    for made in page.xpath(f"{ENCODED}//*[self::code or self::sup or @aria-label or @class='pb']"):
        made.drop_tree()
    shown = " ".join(line.text_content() for line in page.xpath(f"{ENCODED}/p"))
    expected = words_of_tei(edition.tree.getroot()).without_parts().main.words()
    assert sorted("".join(expected)) == sorted(re.sub(r"\s+", "", shown))


def test_every_line_has_an_address(page):
    assert [f"#L{n}" for n in range(1, 6)] == page.xpath(f"{LINE}/a/@href")
    assert [f"L{n}" for n in range(1, 6)] == page.xpath(f"{LINE}/@id")


def test_a_line_in_a_script_from_the_right_takes_its_direction_from_its_words(tei):
    source = replace(read(ROOT / "seeds/grew-despatch-256.txt"), text="Sir: The moat.\nשלום\n")
    page = page_of(source, tei("<p>Sir: The moat.</p><p>שלום</p>"))
    assert [line.get("dir") for line in page.xpath(LINE)] == [None, "auto", None]


@pytest.mark.parametrize("name", SEEDS)
def test_it_has_at_most_60_kb_of_markup_and_style_beside_its_text(name):
    source, edition = read(ROOT / f"seeds/{name}.txt"), load(ROOT / f"tei/{name}.xml")
    _, made = source_page(prepare(edition), source, corresponding(source, edition), Context(home="index.html"))
    (body,) = html.fromstring(made).iter("body")
    assert len(made) - len("".join(body.itertext()).encode()) <= 60_000


def test_lines_stand_beside_what_they_became(page):
    rows = page.xpath("//div[@class='pairs']/div")
    beside = [(row.find("div").text_content(), row.xpath("string(div[2])")) for row in rows]
    shown = [(re.sub(r"\s+", " ", left), re.sub(r"\s+", " ", right)) for left, right in beside]
    assert "<text><body> <div type=" not in shown[0][1]
    assert ["1Sir: The moat1 is <dry>.", "2Sapt.", "3A line that nobody encoded.", "4 1. Since April 30.5"] == [
        left for left, _ in shown
    ]
    assert shown[1][1].startswith("¶<closer>") or "<signed>Sapt.</signed>" in shown[1][1]
    assert "not in the edition" == shown[2][1]
    assert '<note n="1" place="foot" xml:id="fn-1">Since April 30.</note>' in shown[3][1]


def test_a_callout_leads_to_its_note_and_the_note_back(page):
    assert [("1", "#L4"), ("1.", "#L1")] == [(a.text, a.get("href")) for a in page.xpath("//mark[@title]/a")]


def test_a_paragraph_leads_to_its_place_on_the_page_for_readers(page):
    assert "../sample.html#par-1" in page.xpath("//a[@aria-label='par-1 on the page']/@href")


def test_what_is_no_text_is_said_with_how_much_there_is_of_it(page):
    told = [re.sub(r"\s+", " ", item.text_content()) for item in page.xpath("//ul[@class='legend']/li")]
    assert ["callout of a note 1", "label of a note 1", "not in the edition 1"] == told


def test_a_page_leads_to_the_source_only_where_that_is_shown(tei):
    def ways(context: Context) -> list[str]:
        made = render_edition(tei(BODY), "html", context)
        return html.fromstring(made.files["sample.html"]).xpath("//header//a[text()='Source']/@href")

    assert (["source/sample.html"], []) == (ways(Context(shows_sources=True)), ways(Context()))


def test_what_strangers_wrote_stays_text(tei):
    hostile = '<script>alert(1)</script>" onload="x'
    source = replace(read(ROOT / "seeds/grew-despatch-256.txt"), text=f"{hostile}\n")
    body = f'<p rend="&quot;&gt;&lt;script&gt;" n="{hostile.replace("<", "&lt;").replace(chr(34), "&quot;")}">x</p>'
    page = page_of(source, tei(body))
    assert not page.xpath("//script | //*[@onload]")
    assert etree.tostring(page)
