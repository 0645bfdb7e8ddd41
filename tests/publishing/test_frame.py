"""The frame of the pages of a collection: nothing in it can become markup, a script, or a way to another host."""

from __future__ import annotations

import pytest

from teiwright.extracted import Site
from teiwright.publishing.markup import Html, link, url
from teiwright.publishing.pages import Frame, Section, data_block, own_style

HOSTILE = "</title><script>alert(1)</script>\"'&"
PERSONS = Section("Persons", "persons/index.html")


def page(frame: Frame, path: str = "persons/x.html", title: str = "Entry", **more) -> str:
    return frame.page(path, title, Html("<h1>Entry</h1>"), **more)[1].decode()


def test_no_title_can_bring_in_markup():
    made = page(Frame(Site(HOSTILE), own_style(), (Section(HOSTILE, "a.html"),)), title=HOSTILE)

    assert "<script" not in made
    assert made.count("</title>") == 1


def test_no_text_can_end_a_block_of_data():
    block = data_block({"name": "</script><script>alert(1)</script>"})

    assert block.count("<script") == block.count("</script>") == 1


def test_a_path_stays_a_path_whatever_is_in_it():
    assert url("javascript:alert(1)") == "javascript%3Aalert%281%29"
    assert url("a\"b/ä.html#x'y") == "a%22b/%C3%A4.html#x%27y"
    assert link("a.html", Html("<b>a</b>")) == '<a href="a.html"><b>a</b></a>'


def test_a_page_runs_no_script_unless_it_names_one():
    frame = Frame(Site("Letters"), own_style())

    assert "script-src" not in page(frame)
    assert "script-src 'self'" in page(frame, scripts=("search/search.js",))


def test_a_page_leads_home_and_to_every_section_from_wherever_it_lies():
    frame = Frame(Site("Letters"), own_style(), (PERSONS,))

    assert '<a class="home" href="../index.html">Letters</a>' in page(frame)
    assert '<a href="index.html" aria-current="true">Persons</a>' in page(frame)
    assert '<a href="../../persons/index.html">Persons</a>' in page(frame, "dates/more/x.html")


@pytest.mark.parametrize(("address", "count"), [("", 0), ("https://example.org/letters/", 1)])
def test_a_page_knows_its_address_if_the_project_has_one(address, count):
    made = page(Frame(Site("Letters", address=address), own_style()))

    assert made.count('<link rel="canonical" href="https://example.org/letters/html/persons/x.html">') == count
