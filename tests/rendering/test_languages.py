"""Editions in several languages: each part is marked with its own, and runs in its direction, in every view."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree, html

from teiwright.model import Edition
from teiwright.rendering import render_edition

TALE = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="tale" xml:lang="ar"><teiHeader><fileDesc><titleStmt>
<title>حكاية</title></titleStmt></fileDesc></teiHeader><text><group>
<text><body><p>طائر<note n="1" place="foot">نخلة.</note></p></body></text>
<text xml:lang="en"><body><p>A bird<note n="2" place="foot">A palm.</note></p></body></text>
</group></text></TEI>"""


@pytest.fixture(scope="module")
def tale() -> Edition:
    return Edition(Path("tale.xml"), etree.ElementTree(etree.fromstring(TALE, etree.XMLParser(collect_ids=False))))


def languages(elements):
    return [(one.get("lang"), one.get("dir")) for one in elements]


def test_a_page_runs_as_its_language_does_and_a_note_as_the_text_in_which_it_stands(tale):
    page = html.fromstring(render_edition(tale, "html").files["tale.html"].decode())
    assert [one.get("dir") for one in page.xpath("//article")] == ["rtl"]
    assert languages(page.xpath("//article//div[@class='text'][@lang]")) == [("en", "ltr")]
    assert languages(page.xpath("//li[@popover='']")) == [("ar", "rtl"), ("en", "ltr")]


def test_so_does_an_e_book(tale):
    (book,) = (data for name, data in render_edition(tale, "epub").files.items() if name.endswith(".epub"))
    page = html.fromstring(zipfile.ZipFile(BytesIO(book)).read("EPUB/text/tale.xhtml"))
    assert languages(page.xpath("//aside")) == [("ar", "rtl"), ("en", "ltr")]


def test_and_a_printed_text(tale):
    source = render_edition(tale, "print").files["tale.typ"].decode()
    assert re.search(
        r'#foreign-block\(lang: "en"\)\[\s+(#free-lines\([^"]*\)\[\s+)?#para\("plain"\)\[#"A bird"', source
    )
    assert '#foreign-block(lang: "en")[#"A palm."' in source
