"""The search in a real browser, on pages that lie on a disk."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path
from unicodedata import category
from urllib.parse import unquote, urlencode, urlsplit

import pytest

from teiwright.publishing.searching import making
from teiwright.publishing.searching.words import words

from .conftest import letter

pytestmark = pytest.mark.browser

SCRIPT = Path(making.__file__).with_name("search.js")
ENTER = "\ue007"
ID, SELECTOR = "id", "css selector"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def settled(browser) -> str:
    """What the page says when it has searched."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        said = browser.find_element(ID, "search:status").text
        if said and said != "Searching …":
            return said
        time.sleep(0.02)
    raise AssertionError("the search does not end")


@pytest.fixture
def ask(driver, searched):
    """Ask for something by the address of the page."""

    def asked(words: str = "", **wanted: str) -> list[tuple[str, list[str]]]:
        driver.get("about:blank")
        driver.get((searched / "search/index.html").as_uri() + f"?{urlencode({'q': words, **wanted})}")
        settled(driver)
        found = driver.find_elements(SELECTOR, "#search\\:results > li")
        return [
            (
                item.find_element(SELECTOR, "h2").text.removeprefix("Letter "),
                [a.get_attribute("href").rpartition("#")[2] for a in item.find_elements(SELECTOR, ".passages a")],
            )
            for item in found
        ]

    return asked


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("castle", [("zenda", ["par-1"]), ("strelsau", ["par-1"])]),
        ("DRAWBRIDGE moat", [("zenda", ["par-1"]), ("strelsau", ["par-2"])]),
        ("moat castle", [("zenda", ["par-1"])]),
        ('"moat of the castle"', [("zenda", ["par-1"])]),
        ('"castle of the moat"', []),
        ("draw*", [("zenda", ["par-1"]), ("strelsau", ["par-2"])]),
        ("cafe muller strasse", [("zenda", ["par-2"])]),
        ("CAFÉ Straße", [("zenda", ["par-2"])]),
        ("外務大臣", [("kyoto", ["par-1"])]),
        ("臣大", []),
        ("ΛΟΓΟΝ κυριε", [("kyoto", ["par-2"])]),
        ("омска", [("kyoto", ["par-2"])]),
        ("onerror", [("bazaar", ["par-1"])]),
        ("nowhere", []),
    ],
)
def test_what_is_sought_is_found_in_its_paragraph(ask, words, found):
    assert ask(words) == found


def test_words_may_stand_anywhere_in_the_document_if_the_reader_allows_it(ask):
    assert ask("quiet moat") == []
    assert ask("quiet moat", scope="document") == [("strelsau", ["par-1", "par-2"])]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"person": "grew"}, ["zenda"]),
        ({"kind": "letter"}, ["zenda", "bazaar"]),
        ({"from": "1884"}, ["strelsau", "kyoto"]),
        ({"from": "1880", "to": "1883"}, ["zenda", "strelsau"]),
        ({"q": "castle", "kind": "despatch"}, ["strelsau"]),
        ({"person": "nobody"}, []),
    ],
)
def test_documents_are_chosen_by_person_kind_and_year(ask, wanted, found):
    assert [title for title, _ in ask(**{"words": wanted.get("q", ""), **wanted})] == found


def test_a_reader_writes_words_presses_enter_and_follows_a_hit(driver, searched):
    driver.get((searched / "search/index.html").as_uri())
    field = driver.find_element(ID, "search:words")
    field.send_keys("quiet", ENTER)
    assert settled(driver) == "1 document."
    assert driver.current_url.endswith("search/index.html?q=quiet")
    assert [m.text for m in driver.find_elements(SELECTOR, ".found mark")] == ["quiet"]
    assert driver.find_element(SELECTOR, ".passages li").text == "p. 7 The castle was quiet."
    driver.find_element(SELECTOR, ".passages a").send_keys(ENTER)
    assert driver.current_url.endswith("/html/strelsau.html#par-1")


def test_what_a_text_says_stays_text(ask, driver):
    assert ask("quoted") == [("bazaar", ["par-1"])]
    assert driver.find_elements(SELECTOR, "main img") == []
    assert (
        "</script><img src=x onerror=alert(1)> & the “quoted” \\ words" in driver.find_element(SELECTOR, ".found").text
    )


def test_the_choices_are_there_when_they_are_opened(driver, searched):
    driver.get((searched / "search/index.html").as_uri())
    driver.find_element(SELECTOR, "#search\\:narrow summary").click()
    until = time.monotonic() + 10
    options: list[str] = []
    while len(options) < 2 and time.monotonic() < until:
        options = [o.text for o in driver.find_elements(SELECTOR, "#search\\:person option")]
    assert options == ["any", "Grew, Joseph C. (1)"]


def test_without_scripts_the_form_leads_to_the_list_of_words(driver, searched):
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        driver.get((searched / "search/index.html").as_uri())
        driver.find_element(ID, "search:words").send_keys("quiet", ENTER)
        until = time.monotonic() + 10
        while "words/index.html?q=quiet" not in driver.current_url and time.monotonic() < until:
            time.sleep(0.02)
        assert driver.title.startswith("All words")
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_the_search_asks_nobody_else_and_breaks_no_policy(ask, driver):
    for log in ("performance", "browser"):
        driver.get_log(log)
    assert ask("castle", person="grew")
    messages = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    asked = {m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"}
    assert {url for url in asked if not url.startswith(("file:", "data:", "about:"))} == set()
    assert [entry["message"] for entry in driver.get_log("browser")] == []


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1400, "light")])
def test_axe_finds_nothing_where_something_was_found(driver, ask, node_file, width, scheme):
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": features})
    ask("the castle", scope="document", **{"from": "1880"})
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width
    driver.execute_script(node_file("axe-core", "axe.min.js").read_text("utf-8"))
    found = driver.execute_async_script(
        "axe.run(document, {runOnly: {type: 'tag', values: arguments[0]}}).then(arguments[1])", TAGS
    )
    told = [f"{v['id']}: {v['help']}: {n['html'][:200]}" for v in found["violations"] for n in v["nodes"]]
    assert told == []


def test_the_page_has_the_same_words_as_the_index(driver):
    """Characters that Python's Unicode knows, between two letters and alone: most of them, of Han and Hangul some."""
    driver.get("about:blank")
    source = SCRIPT.read_text("utf-8")
    ours = source[source.index("const UNSPACED") : source.index("/** Where each word")]
    points = (
        *range(0x20, 0x3400),
        *range(0x3400, 0xD7B0, 97),
        *range(0xD7B0, 0x20000, 5),
        *range(0x20000, 0x32000, 997),
    )
    known = [one for one in map(chr, points) if category(one) not in ("Cn", "Cs", "Co") and not one.isascii()]
    asked = [f"{one}{one} a{one}b" for one in known]
    found = driver.execute_script(f"const LONGEST = 64; {ours}; return arguments[0].map(text => words(text));", asked)
    assert [(one, a, b) for one, a, b in zip(asked, found, map(words, asked), strict=True) if a != b] == []


def test_a_first_question_moves_at_most_400_kb(driver, made, tmp_path):
    """Words so common that what stands between them would be megabytes, in a sequence that is nowhere."""
    chance = random.Random(1)  # noqa: S311 (nothing is secret here)
    vocabulary = [f"word{n}" for n in range(30)]
    texts = [
        letter(f"n{n}", *(" ".join(chance.choices(vocabulary, k=300)) for _ in range(8)), "the end") for n in range(60)
    ]
    for name, data in made(*texts).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    for words_sought in ('"word1 word2 word3 word4 word5 word6"', "word*", "end"):
        driver.get("about:blank")
        driver.get_log("performance")
        driver.get((tmp_path / "html/search/index.html").as_uri() + f"?{urlencode({'q': words_sought})}")
        settled(driver)
        messages = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
        asked = {m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"}
        paths = [unquote(urlsplit(url).path) for url in asked if url.startswith("file:")]
        assert sum(Path(path).stat().st_size for path in paths) <= 400_000
        assert len(paths) > 5
