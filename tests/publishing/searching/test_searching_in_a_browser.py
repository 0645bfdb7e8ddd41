"""The search in a real browser, on pages that lie on a disk."""

from __future__ import annotations

import json
import time
from urllib.parse import urlencode

import pytest

pytestmark = pytest.mark.browser

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
