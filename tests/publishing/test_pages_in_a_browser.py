"""Pages of the collection in a real browser, and before axe and the Nu HTML checker."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from itertools import chain

import pytest

from teiwright.extracted import Correspondent, Entry, Section, Shelf
from teiwright.publishing import Setting, publish, sections_of
from teiwright.publishing.picturing import pictures
from teiwright.publishing.searching import search
from teiwright.rendering import Context, frame

pytestmark = pytest.mark.browser

LONG = "x" * 70
PICTURES = ("timeline/index", "few/timeline/index", "correspondence/index")
SEARCH = ("search/index", "search/words/o/1")
NARROW = ("index", "persons/grew", "persons/letters/N", "dates/1901", *PICTURES, *SEARCH)
OTHERS = ("persons/index", "persons/grew", "persons/unlinked/index", "dates/index", "files/1", "404")
WIDE = (*OTHERS, "few/timeline/index", "search/index")
PAGES = sorted({*NARROW, *WIDE})
HULL = Correspondent("received", "Cordell Hull")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def folder(document, site, tmp_path_factory):
    """A collection with a page of each kind, long words and hostile ones."""
    links = (("VIAF", "https://viaf.org/viaf/1"),)
    several = [
        Entry(f"n{n}", "person", f"Name {n} {LONG if n == 3 else ''}", f"Name {n}", links=links) for n in range(251)
    ]
    texts = [
        document(
            f"d{n}",
            f"{{pb 7}}{{Grew|person:grew}} of {{Omsk|place:omsk}}, {{{LONG}|person:}}, {{שלום|person:n{n}}} <i>x",
            when=f"{1900 + n % 2}-0{1 + n % 9}" if n % 5 else "",
            source=f"A source & its long name, {LONG}",
            file_numbers=(f"761.94/{n}",),
            language="he" if n == 7 else "en",
            correspondents=(Correspondent("sent", f"{LONG} <b> {n % 60}", "grew"[: n % 5]), HULL),
        )
        for n in range(251)
    ]
    whole = replace(site, entries=(*site.entries, *several))
    sections = (*sections_of(lambda: iter(texts), whole), Section("Search", "search/index.html"))
    framed = frame(Context(collection=whole.title, home="index.html", sections=sections, address=whole.address))
    place = tmp_path_factory.mktemp("site")
    few = (
        (path.replace("html/", "html/few/", 1), data) for path, data in pictures(lambda: iter(texts[:7]), whole, framed)
    )
    for path, data in chain(
        publish(Shelf(lambda: iter(texts)), whole, framed, Setting(sections, {"TEI": "../tei/{id}.xml"})),
        pictures(lambda: iter(texts), whole, framed),
        search(Shelf(lambda: iter(texts)), whole, framed),
        few,
    ):
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(data)
    return place / "html"


@pytest.fixture
def shown(driver, folder):
    def show(page: str, width: int, scheme: str = "light"):
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": features})
        driver.get((folder / f"{page}.html").as_uri())
        return driver

    return show


@pytest.mark.parametrize(("width", "scheme", "pages"), [(360, "dark", NARROW), (1400, "light", WIDE)])
def test_axe_finds_nothing_and_no_page_is_wider_than_its_window(shown, node_file, width, scheme, pages):
    told = []
    for page in pages:
        browser = shown(page, width, scheme)
        if browser.execute_script("return document.documentElement.scrollWidth") > width:
            told.append(f"{page} is too wide")
        browser.execute_script(node_file("axe-core", "axe.min.js").read_text("utf-8"))
        found = browser.execute_async_script(
            "const [values, done] = arguments; const failed = e => done({error: String(e)});"
            "axe.run(document, {runOnly: {type: 'tag', values}}).then(done, failed)",
            TAGS,
        )
        told += [f"{page}: {v['id']}: {n['html'][:200]}" for v in found["violations"] for n in v["nodes"]]
    assert told == []


def test_the_nu_html_checker_finds_no_error(folder, program, node_file):
    jar = node_file("vnu-jar", "build", "dist", "vnu.jar")
    pages = [str(folder / f"{page}.html") for page in PAGES]
    command = [program("java"), "-jar", str(jar), "--errors-only", "--format", "json", *pages]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    told = [f"{m['url']}:{m.get('lastLine')}: {m['message']}" for m in json.loads(run.stderr)["messages"]]
    assert told == []


def test_a_mention_is_followed_by_keyboard(shown):
    browser = shown("persons/grew", 1400)
    browser.find_element("css selector", ".mentioned a").send_keys("\ue007")
    assert browser.current_url.endswith("html/d18.html#name-1"), "the earliest letter"


def test_a_reader_searches_from_the_home_page_by_keyboard(driver, shown):
    waiting = pytest.importorskip("selenium.webdriver.support.ui").WebDriverWait
    shown("index", 1000)

    driver.find_element("css selector", "[type=search]").send_keys("omsk\ue007")

    waiting(driver, 20).until(lambda browser: "search/index.html?q=omsk" in browser.current_url)
    assert driver.find_element("id", "search:words").get_attribute("value") == "omsk"
