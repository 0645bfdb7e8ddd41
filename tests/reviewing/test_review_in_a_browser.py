"""A document is reviewed by keyboard alone, in a real browser, with a server that dies in the middle."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from teiwright.naming.decisions import Verdict, load_decisions, of_text

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ID, SELECTOR = "id", "css selector"


class Review:
    """The command, as a user runs it."""

    def __init__(self, text: Path) -> None:
        self.text = text
        persons = text.with_name("persons.xml")
        options = ["--persons", str(persons), "--no-browser", "--who", "MK"]
        command = [sys.executable, "-m", "teiwright", "review", str(text), *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def review(text: Path) -> Iterator[Review]:
    running = Review(text)
    yield running
    running.kill()


@pytest.fixture
def press(driver: Any) -> Any:
    waiting = pytest.importorskip("selenium.webdriver.support.ui").WebDriverWait

    def open_and_press(review: Review, keys: str = "") -> list[str]:
        if driver.current_url != review.address:
            driver.get(review.address)
            waiting(driver, 20).until(lambda d: d.find_element(ID, "left").text)
        for key in keys:
            said = driver.execute_script("return state && state.version + current")
            driver.switch_to.active_element.send_keys(key)
            waiting(driver, 20).until(lambda d, said=said: d.execute_script("return state.version + current") != said)
        return [element.text for element in driver.find_elements(SELECTOR, "#queue button")]

    return open_and_press


def test_a_text_is_reviewed_by_keyboard_alone(press: Any, review: Review) -> None:
    left = len(press(review))
    assert left > 2
    assert left - 1 == len(press(review, "a"))
    assert left - 2 == len(press(review, "r"))
    assert left - 1 == len(press(review, "u"))
    assert left - 2 == len(press(review, "2"))
    decided = load_decisions(of_text(review.text))
    assert [Verdict.ACCEPT, Verdict.RELINK] == [decision.verdict for decision in decided]
    assert {"MK"} == {decision.who for decision in decided}


def test_after_the_server_was_killed_the_review_goes_on_where_it_was(press: Any, review: Review, driver: Any) -> None:
    left = press(review, "a")
    review.kill()
    driver.switch_to.active_element.send_keys("a")
    waiting = pytest.importorskip("selenium.webdriver.support.ui").WebDriverWait
    waiting(driver, 20).until(lambda d: "Not written down" in d.find_element(ID, "said").text)
    again = Review(review.text)
    try:
        assert left == press(again)
        assert 1 == len(load_decisions(of_text(review.text)))
    finally:
        again.kill()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1400])
def test_axe_finds_nothing_in_the_review(
    press: Any, review: Review, driver: Any, node_file: Any, width: int, scheme: str
) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": features})
    press(review, "n")
    driver.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
    driver.execute_script(node_file("axe-core", "axe.min.js").read_text("utf-8"))
    found = driver.execute_async_script(
        "axe.run(document, {runOnly: {type: 'tag', values: arguments[0]}}).then(arguments[1])", TAGS
    )
    assert [] == [f"{v['id']}: {n['html'][:200]}" for v in found["violations"] for n in v["nodes"]]
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width
