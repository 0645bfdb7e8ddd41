"""Switches for the whole suite, and the browser with the judges of web pages.

These need programs that pip does not have: Debian's `chromium`, `chromium-driver` and a Java runtime,
and npm's `axe-core` and `vnu-jar` (in `node_modules` at the root, or where TEIWRIGHT_NODE_MODULES says).
Without them the tests that use them are skipped; with TEIWRIGHT_REQUIRE_BROWSER=1 they fail.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    help_text = "rewrite what is expected by what is made; review it like code"
    parser.addoption("--renew", action="store_true", help=help_text)


def _lacking(what: str) -> None:
    message = f"{what} is not there"
    if os.environ.get("TEIWRIGHT_REQUIRE_BROWSER") == "1":
        pytest.fail(message)
    pytest.skip(message)


def _program(*names: str) -> str:
    found = next((path for name in names if (path := shutil.which(name))), None)
    return found or _lacking(" or ".join(names)) or ""


def _node_file(*parts: str) -> Path:
    folder = Path(os.environ.get("TEIWRIGHT_NODE_MODULES", ROOT / "node_modules"))
    path = folder.joinpath(*parts)
    if not path.is_file():
        _lacking(f"npm's {parts[0]}")
    return path


@pytest.fixture(scope="session")
def program() -> Callable[..., str]:
    """Finds a program by one of its names."""
    return _program


@pytest.fixture(scope="session")
def node_file() -> Callable[..., Path]:
    """Finds a file of an npm package."""
    return _node_file


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """Chromium without a window."""
    binary, chromedriver = _program("chromium", "chromium-browser", "google-chrome"), _program("chromedriver")
    webdriver = pytest.importorskip("selenium.webdriver")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=chromedriver))
    yield browser
    browser.quit()


def pytest_configure(config: pytest.Config) -> None:
    """What is kept from run to run is kept for this run alone, not among what the user's own runs keep."""
    folder = tempfile.mkdtemp(prefix="teiwright-tests-")
    os.environ["TEIWRIGHT_CACHE"] = folder
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
