"""Documents in time and who wrote to whom: when there is a picture, what it shows, what the table says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html

from teiwright.extracted import Correspondent, Entry, Extract, Naming, Site, outline
from teiwright.publishing.picturing import pictured, pictures
from teiwright.publishing.picturing.network import Network, network
from teiwright.publishing.picturing.periods import MOST, periods
from teiwright.publishing.picturing.timeline import Timeline, timeline


def dated(*dates: str) -> list[Extract]:
    return [Extract(f"n{n}", f"Letter {n}", when=date, date=f"of {date}") for n, date in enumerate(dates)]


def letters(*pairs: str) -> list[Extract]:
    """Letters such as ``Grew > Hull``."""
    made = []
    for n, pair in enumerate(pairs):
        sent, received = (
            Correspondent(role, name) for role, name in zip(("sent", "received"), pair.split(" > "), strict=True)
        )
        made.append(Extract(f"n{n}", f"Letter {n}", when="1933", correspondents=(sent, received)))
    return made


FOUND = {timeline: Timeline, network: Network}


def found_in(extracts: Iterable[Extract], kind: type[Timeline | Network]) -> Timeline | Network:
    found = kind()
    for extract in extracts:
        found.add(extract)
    return found


def page_of(step, extracts: Iterable[Extract], *more) -> html.HtmlElement | None:
    files = dict(step(found_in(extracts, FOUND[step]), *more, lambda page: page.main.encode()))
    return html.fromstring(next(iter(files.values())).decode()) if files else None


@pytest.mark.parametrize(
    ("dates", "first", "last", "count"),
    [
        (["1933-01-05", "1933-03-01"], "Jan 1933", "Mar 1933", 3),
        (["1933-01", "1936-12"], "Jan\u2013Mar 1933", "Oct\u2013Dec 1936", 16),
        (["1933", "1933-03-01", "1940-01-01"], "1933", "1940", 8),
        (["1801", "2020"], "1800\u20131809", "2020\u20132029", 23),
        (["0987", "1945"], "950\u2013999", "1900\u20131949", 20),
    ],
)
def test_periods_are_as_short_as_they_can_be_drawn(dates, first, last, count):
    found = periods(dates)
    assert (found.all[0].label, found.all[-1].label, len(found.all)) == (first, last, count)
    assert len(found.all) <= MOST
    assert [found.of(min(dates)), found.of(max(dates))] == [0, count - 1]


@pytest.mark.parametrize("extracts", [dated("1933", "1934"), dated("1933", "1933", "1933"), dated("", "", "", "1933")])
def test_there_is_no_timeline_without_three_dates_that_differ(extracts):
    assert page_of(timeline, extracts) is None


def test_each_of_a_few_documents_is_a_dot_that_leads_to_it():
    page = page_of(timeline, dated("1933-04-05", "1933-01-02", "1933-04-09", ""))
    dots = page.xpath("//svg//a")
    assert [dot.get("href") for dot in dots] == ["../n1.html", "../n0.html", "../n2.html"]
    assert dots[0].get("aria-label") == "Letter 1, of 1933-01-02"
    assert [row.text_content() for row in page.xpath("//tbody/tr/td")] == ["Letter 1", "Letter 0", "Letter 2"]
    assert page.findtext(".//p[@class='lead']") == "3 documents, 1933; 1 without a date"


def test_no_label_of_the_axis_touches_the_next():
    page = page_of(timeline, dated("1882", "1894", "1918", "1934", "1941", "1953", "1976"))
    labels = [(float(one.get("x")), one.text) for one in page.xpath("//svg//text[contains(., '\u2013')]")]
    assert len(labels) > 3
    for (x, label), (following, other) in pairwise(labels):
        assert following - x > 3.5 * (len(label) + len(other)), (label, other)


def test_of_many_documents_the_columns_and_the_table_have_the_same_numbers():
    page = page_of(timeline, dated(*["1933-01-01"] * 150, *["1935-06"] * 70))
    columns = {a.get("href"): a.get("aria-label") for a in page.xpath("//svg//a")}
    assert columns == {
        "#period-1933-01": "Jan\u2013Mar 1933: 150 documents",
        "#period-1935-04": "Apr\u2013Jun 1935: 70 documents",
    }
    numbers = {row.get("id"): row.findtext("td") for row in page.xpath("//tbody/tr")}
    assert {number: count for number, count in numbers.items() if count != "0"} == {
        "period-1933-01": "150",
        "period-1935-04": "70",
    }
    assert page.xpath("//tr[@id='period-1935-04']//a/@href") == ["../dates/1935.html"]


def test_columns_lead_to_rows_of_the_table():
    page = page_of(timeline, dated(*["1933-01-01"] * 30, "1933-02-01"))
    ids = set(page.xpath("//@id"))
    assert {href[1:] for href in page.xpath("//svg//a/@href")} <= ids


@pytest.mark.parametrize("extracts", [letters("Grew > Hull", "Hull > Grew"), letters("Grew > Hull"), dated("1933")])
def test_there_is_no_network_without_three_correspondents(extracts):
    assert page_of(network, extracts, Site("Letters")) is None


def test_lines_join_those_who_wrote_to_each_other():
    page = page_of(network, letters("Grew > Hull", "Grew > Hull", "Hull > Grew", "Hull > Davies"), Site("Letters"))
    assert page.xpath("//svg//path/title/text()") == [
        "Hull to Davies: 1 letter",
        "Grew to Hull: 2 letters; Hull to Grew: 1 letter",
    ]
    rows = [[cell.text_content() for cell in row] for row in page.xpath("//tbody/tr")]
    assert rows == [
        ["Grew", "Hull", "2", "1933", "1933; 1933"],
        ["Hull", "Davies", "1", "1933", "1933"],
        ["Hull", "Grew", "1", "1933", "1933"],
    ]


def test_letters_without_dates_have_no_column_for_them():
    extracts = [replace(one, when="", subtitle="No. 22") for one in letters("Grew > Hull", "Davies > Hull")]
    page = page_of(network, extracts, Site("Letters"))
    rows = [[cell.text_content() for cell in row] for row in page.xpath("//tr")]
    assert rows == [
        ["From", "To", "Letters", "Documents"],
        ["Davies", "Hull", "1", "No.\u00a022"],
        ["Grew", "Hull", "1", "No.\u00a022"],
    ]


def test_a_correspondent_with_an_entry_has_its_name_and_its_page():
    site = Site("Letters", entries=(Entry("grew", "person", "Joseph C. Grew", "Grew"),))
    extracts = letters("Hull > Davies", "Davies > Hull")
    named = Correspondent("sent", "Mr. Grew", "grew"), Correspondent("received", "Hull")
    extracts.append(Extract("n9", "x", correspondents=named, names=(Naming("person", "grew", "n", "", 0, 1),)))
    page = page_of(network, extracts, site)
    assert page.xpath("//svg//a/@href") == ["../persons/grew.html"]
    assert page.xpath("//tbody//th/a/text()") == ["Joseph C. Grew"]


def test_the_order_of_the_documents_changes_no_line():
    extracts = letters(*(f"p{n % 7} > p{n * n % 11}" for n in range(60)))
    one, other = (page_of(network, some, Site("Letters")) for some in (extracts, extracts[::-1]))
    assert one.xpath("//svg//path/@d") == other.xpath("//svg//path/@d")


def test_of_many_correspondents_forty_are_drawn_and_all_are_in_the_tables():
    extracts = letters(*(f"p{n} > hub" for n in range(230)))
    files = dict(network(found_in(extracts, Network), Site("Letters"), lambda page: page.main.encode()))
    assert list(files) == ["html/correspondence/index.html", "html/correspondence/2.html"]
    pages = [html.fromstring(data.decode()) for data in files.values()]
    assert len(pages[0].xpath("//svg//circle")) == 40
    assert "191 others are not" in pages[0].findtext(".//desc")
    assert sum(len(page.xpath("//tbody/tr")) for page in pages) == 230


def test_what_a_name_says_stays_text():
    page = page_of(network, letters("<b>x</b> > Hull", "Hull > Grew"), Site("Letters"))
    assert not page.xpath("//b")
    assert "<b>x</b>" in page.xpath("//svg")[0].text_content()


@pytest.mark.parametrize(
    ("extracts", "labels"),
    [
        (letters("a > b", "b > a"), []),
        (letters("a > b", "b > c"), ["Correspondence"]),
        (dated("1933", "1934", "1935"), ["Timeline"]),
        ([*letters("a > b", "b > c"), *dated("1934", "1935")], ["Timeline", "Correspondence"]),
    ],
)
def test_navigation_leads_to_the_pictures_that_there_are(extracts, labels):
    assert [section.label for section in pictured(lambda: iter(extracts))] == labels
    made = pictures(lambda: iter(extracts), Site("Letters"), lambda page: page.main.encode())
    assert [path for path, _ in made] == [f"html/{section.href}" for section in pictured(lambda: iter(extracts))]


def test_an_outline_is_the_same_where_only_words_change():
    (letter,) = letters("Grew > Hull")
    reworded = replace(letter, text="Sir, I have the honor", opening="Sir,", changed="1934-01-01", change="Revised")
    assert outline(reworded) == outline(letter) == letter
