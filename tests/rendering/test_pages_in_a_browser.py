"""The pages in a real browser, and before the judges of the web: axe and the Nu HTML checker.

What they need is in tests/conftest.py.
"""

from __future__ import annotations

import base64
import json
import subprocess
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from unicodedata import normalize

import pytest
from lxml import html

from teiwright.comparing import corresponding
from teiwright.reading import read
from teiwright.rendering import prepare, render, source_page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "index",
    "atcheson-memorandum-1181",
    "davies-despatch-22",
    "grew-despatch-256",
    "grew-despatch-5529",
    "psis-400-16",
    "source/grew-despatch-5529",
)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# How WebDriver calls the ways to find an element, and its keys (W3C WebDriver, 12.2 and 17.4.2).
ID, SELECTOR = "id", "css selector"
ENTER, ESCAPE = "\ue007", "\ue00c"


@pytest.fixture(scope="session")
def site(editions, context, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    for name, data in render(list(editions.values()), "html", context=context).files.items():
        (folder / name).write_bytes(data)
    source, edition = read(ROOT / "seeds/grew-despatch-5529.txt"), editions["grew-despatch-5529"]
    name, data = source_page(prepare(edition, context), source, corresponding(source, edition), context)
    (folder / "source").mkdir()
    (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def shown(driver, site):
    def show(page: str, width: int = 1400, scheme: str = "light", fragment: str = "") -> object:
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": features})
        driver.get("about:blank")
        driver.get((site / f"{page}.html").as_uri() + fragment)
        return driver

    return show


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1400])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing(shown, node_file, page, width, scheme):
    browser = shown(page, width, scheme)
    browser.execute_script("for (const d of document.querySelectorAll('details')) d.open = true")
    browser.execute_script(node_file("axe-core", "axe.min.js").read_text("utf-8"))
    found = browser.execute_async_script(
        "const done = arguments[1];"
        "axe.run(document, {runOnly: {type: 'tag', values: arguments[0]}}).then(done, e => done({error: String(e)}))",
        TAGS,
    )
    told = [f"{v['id']}: {v['help']}: {n['html'][:200]}" for v in found["violations"] for n in v["nodes"]]
    assert told == []
    assert len(found["passes"]) > 10


def test_the_nu_html_checker_finds_no_error(site, program, node_file):
    program("java")
    jar = node_file("vnu-jar", "build", "dist", "vnu.jar")
    pages = [str(site / f"{page}.html") for page in PAGES]
    command = [program("java"), "-jar", str(jar), "--errors-only", "--format", "json", *pages]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    told = [
        f"{m['url'].rsplit('/', 1)[-1]}:{m.get('lastLine')}: {m['message']}" for m in json.loads(run.stderr)["messages"]
    ]
    assert told == []


@pytest.mark.parametrize("width", [360, 1400])
@pytest.mark.parametrize("page", PAGES)
def test_no_page_is_wider_than_its_window(shown, page, width):
    browser = shown(page, width)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_nobody_and_breaks_no_policy(shown, page):
    shown("index").get_log("performance")
    browser = shown(page)
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = {m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"}
    assert {url for url in asked if not url.startswith(("file:", "data:", "about:"))} == set()
    assert [entry["message"] for entry in browser.get_log("browser")] == []


@pytest.mark.parametrize("width", [360, 1400])
def test_a_note_opens_at_its_mark_and_closes_by_escape(shown, width):
    browser = shown("grew-despatch-5529", width)
    mark, note = browser.find_element(ID, "call:fn-81"), browser.find_element(ID, "fn-81")
    assert (mark.text, mark.accessible_name) == ("81", "Note 81")
    if width < 1000:
        assert note.rect["y"] > 900, "it stands in the list, far below"
    else:
        assert abs(note.rect["y"] - mark.rect["y"]) < 40, "it stands in the margin, beside its mark"
        assert note.rect["x"] > browser.execute_script(
            "return document.querySelector('main').getBoundingClientRect().right"
        )
    mark.send_keys(ENTER)
    inside = (
        "const r = arguments[0].getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight && r.left >= 0"
    )
    assert browser.execute_script("return arguments[0].matches(':popover-open')", note)
    assert browser.execute_script(inside, note)
    assert "Latter not printed." in note.text
    browser.switch_to.active_element.send_keys(ESCAPE)
    assert not browser.execute_script("return arguments[0].matches(':popover-open')", note)
    assert note.is_displayed()


def test_a_note_opens_where_scripts_are_forbidden(shown, site):
    browser = shown("grew-despatch-5529")
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get((site / "grew-despatch-5529.html").as_uri())
        root = browser.execute_cdp_cmd("DOM.getDocument", {})["root"]["nodeId"]
        browser.find_element(ID, "call:fn-80").click()
        found = browser.execute_cdp_cmd("DOM.querySelector", {"nodeId": root, "selector": "#fn-80:popover-open"})
        assert found["nodeId"] != 0
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_notes_in_the_margin_do_not_cover_each_other(shown):
    browser = shown("psis-400-16", 1400)
    tops = browser.execute_script(
        "return [...document.querySelectorAll('.note-list [popover]')]"
        ".map(n => n.getBoundingClientRect()).map(r => [r.top, r.bottom])"
    )
    assert len(tops) > 20
    assert all(above[1] <= below[0] for above, below in pairwise(tops))


def test_a_reader_at_a_page_finds_it_in_the_citation(shown):
    browser = shown("grew-despatch-5529")
    browser.find_element(SELECTOR, "#pg-963").send_keys(ENTER)
    browser.find_element(SELECTOR, "[popovertarget='page:cite']").send_keys(ENTER)
    cited = browser.find_element(SELECTOR, "#page\\:cite .copy")
    assert "Japan and the Soviet Union, 963." in cited.text
    cited.click()  # takes the whole of it, so that it can be copied
    assert browser.execute_script("return getSelection().toString()").strip() == cited.text.strip()


def test_page_numbers_stand_in_the_margin_where_there_is_one(shown):
    left = "return document.querySelector(arguments[0]).getBoundingClientRect().left"
    wide = shown("grew-despatch-5529", 1400)
    assert wide.execute_script(left, "#pg-962 > :last-child") < wide.execute_script(left, "main") - 10
    narrow = shown("grew-despatch-5529", 360)
    assert narrow.execute_script(left, "#pg-962 > :last-child") >= narrow.execute_script(left, "main")


def test_a_link_to_a_page_leads_to_it(shown):
    browser = shown("grew-despatch-5529", 1400, fragment="#pg-963")
    top = browser.execute_script("return document.querySelector('#pg-963 > :last-child').getBoundingClientRect().top")
    assert 0 <= top < 900


PLACE = "article a[href^='#e:']:not([class])"


@pytest.mark.parametrize(("switch", "selector"), [("show-persons", "a.person"), ("show-places", PLACE)])
def test_names_can_be_shown_and_hidden_without_scripts(shown, switch, selector):
    browser = shown("grew-despatch-5529")
    line = "return getComputedStyle(document.querySelector(arguments[0])).textDecorationLine"
    assert browser.execute_script(line, selector) == "underline"
    browser.find_element(SELECTOR, ".switches summary").click()
    browser.find_element(ID, switch).click()
    assert browser.execute_script(line, selector) == "none"


def test_how_sure_the_program_was_can_be_shown(shown):
    browser = shown("psis-400-16")
    ground = "return getComputedStyle(document.querySelector('a.person')).backgroundColor"
    before = browser.execute_script(ground)
    browser.find_element(SELECTOR, ".switches summary").click()
    browser.find_element(ID, "show-doubts").click()
    assert browser.execute_script(ground) != before


def letters(text: str) -> str:
    """Without spaces, and with ligatures as the letters that they join."""
    return "".join(normalize("NFKC", text).split())


@pytest.mark.parametrize("page", PAGES[1:])
def test_on_paper_the_text_and_its_notes_are_whole(shown, site, page):
    pypdf = pytest.importorskip("pypdf")
    printed = shown(page).execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]
    text = "".join(p.extract_text() for p in pypdf.PdfReader(BytesIO(base64.b64decode(printed))).pages)
    squeezed = letters(text)

    tree = html.parse(str(site / f"{page}.html"))
    for paragraph in tree.xpath(
        "//article//p[@id and not(@class)][not(.//sup) and not(.//a[contains(@class, 'page')])]"
    ):
        assert letters(paragraph.text_content()) in squeezed
    for note in tree.xpath("//div[@popover='']/div/p[not(@data-made)]"):
        assert letters(note.text_content()) in squeezed
