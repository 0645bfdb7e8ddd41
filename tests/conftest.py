"""Switches for the whole suite."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    help_text = "rewrite what is expected by what is made; review it like code"
    parser.addoption("--renew", action="store_true", help=help_text)
