"""``teiwright serve`` as a person uses it: edit a text, look at the page."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

LETTER = "Mr. Sapt to Mr. Helsing.\n\nZenda, May 1, 1881.\n\nSir: The drawbridge is {}.\n\nI am, &c.,\n\nJOHN SAPT.\n"
PROJECT = 'title = "Letters"\nsources = ["*.txt"]\nviews = ["html"]\n'
SECONDS = 120


def until(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, subprocess.Popen[str], str]]:
    (tmp_path / "sapt.txt").write_text(LETTER.format("down"))
    (tmp_path / "teiwright.toml").write_text(PROJECT)
    command = [sys.executable, "-m", "teiwright", "serve", "--project", str(tmp_path), "--port", "0", "--jobs", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield tmp_path, process, process.stdout.readline().strip().removesuffix("html/index.html")
        process.kill()


def test_an_edited_text_is_shown_anew_and_errors_are_shown_until_they_are_mended(driver, served):
    folder, process, address = served
    driver.get_log("browser")  # what earlier tests left in it
    driver.get(f"{address}html/sapt.html")

    def shown() -> str:
        return driver.execute_script("return document.body ? document.body.innerText : ''")

    assert until(lambda: "The drawbridge is down" in shown()), "it waits for the first build"
    (folder / "sapt.txt").write_text(LETTER.format("up"))
    assert until(lambda: "The drawbridge is up" in shown())
    (folder / "teiwright.toml").write_text(f"{PROJECT}titel = 1\n")
    assert until(lambda: "there is no setting `titel`" in shown())
    (folder / "teiwright.toml").write_text(PROJECT)
    assert until(lambda: "titel" not in shown())
    assert [e["message"] for e in driver.get_log("browser") if "404" not in e["message"]] == []
    assert "reload.js" not in (folder / "out/html/sapt.html").read_text()

    process.send_signal(signal.SIGINT)
    assert process.wait(SECONDS) == 0, "it ends well, also where Ctrl-C was ignored when it began"
