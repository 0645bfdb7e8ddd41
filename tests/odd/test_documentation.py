"""The documentation of a schema: what it says, and that its links lead somewhere; the judges of the web on it."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from lxml import html

from teiwright.odd import compile_odd

HERE = Path(__file__).resolve().parent
LETTERS = HERE / "letters.xml"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def page_of(feature: str) -> bytes:
    (made,) = compile_odd(HERE / "features" / f"{feature}.odd", LETTERS)
    return made.files[f"{feature}.html"]


def section(page: bytes, ident: str) -> str:
    (heading,) = html.fromstring(page).xpath("//h3[@id=$id]", id=ident)
    return " ".join(heading.getparent().text_content().split())


def test_an_element_says_what_it_is_where_it_stands_and_what_it_holds():
    assert section(page_of("module"), "e-letter") == (
        "<letter> holds a letter. Content(opener?, model.block+, closer?) "
        "Attributesall of att.all: @xml:id @nall of att.typed: @type @subtype "
        "Member ofatt.all att.typed May containcloser list opener p Example<letter><p>Come at once.</p></letter>"
    )


def test_an_attribute_says_its_values_and_each_value_what_it_means():
    said = section(page_of("module"), "e-list")

    assert "@typesays of what kind it is.One of: numberedhas numbers plainhas none" in said
    assert "Contained byletter" in said


def test_a_rule_is_told_in_words_and_in_schematron():
    said = section(page_of("module"), "e-note")

    assert 'A note has no notes.<sch:rule context="tei:note">' in said


@pytest.mark.parametrize(
    ("feature", "ident", "words"),
    [
        ("counts", "e-list", "(item{2,3}, (note | hi){1,2}, p{2,})"),
        ("any-order", "e-opener", "(dateline & salute?)"),
        ("any-element", "e-mathematics", "any element of urn:math"),
        ("class-part", "e-p", "model.phrase[only note]?"),
        ("class-expansion", "e-each", "model.openerPart[sequence]"),
        ("datatypes", "e-p", "one or more words, each data.page"),
        ("names", "e-box", "Namespaceurn:box"),
        ("attribute-choice", "e-p", "only one of @whole, @from, @to"),
        ("value-lists", "e-p", '"a" | xs:integer'),
    ],
)
def test_models_and_values_are_written_in_one_line(feature, ident, words):
    assert words in section(page_of(feature), ident)


@pytest.fixture(params=["law", "module", "value-lists"])
def page(request):
    law = HERE.parents[1] / "schema" / "teiwright.html"
    return law.read_bytes() if request.param == "law" else page_of(request.param)


def test_every_link_leads_to_a_place_on_the_page(page):
    ids = set(re.findall(rb' id="([^"]*)"', page))
    targets = set(re.findall(rb' href="#([^"]*)"', page))

    assert targets - ids == set()
    assert re.search(rb"<script|<link|src=| href=\"[^#]", page) is None


@pytest.mark.browser
def test_the_nu_html_checker_finds_no_error(page, program, node_file, tmp_path):
    (tmp_path / "page.html").write_bytes(page)
    jar = node_file("vnu-jar", "build", "dist", "vnu.jar")
    command = [program("java"), "-jar", jar, "--errors-only", "--format", "json", tmp_path / "page.html"]

    ended = subprocess.run(command, capture_output=True, text=True, check=False)

    assert [f"{m.get('lastLine')}: {m['message']}" for m in json.loads(ended.stderr)["messages"]] == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1400])
def test_axe_finds_nothing_and_the_page_fits_its_window(driver, node_file, tmp_path, width, scheme):
    (tmp_path / "page.html").write_bytes(page_of("value-lists"))
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": features})
    driver.get((tmp_path / "page.html").as_uri())
    driver.execute_script("for (const d of document.querySelectorAll('details')) d.open = true")
    driver.execute_script(node_file("axe-core", "axe.min.js").read_text("utf-8"))
    found = driver.execute_async_script(
        "const done = arguments[1];"
        "axe.run(document, {runOnly: {type: 'tag', values: arguments[0]}}).then(done, e => done({error: String(e)}))",
        TAGS,
    )

    assert [f"{v['id']}: {n['html'][:200]}" for v in found["violations"] for n in v["nodes"]] == []
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width
