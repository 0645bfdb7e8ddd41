"""How a text becomes a draft in these tests, and the switch that renews what is expected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from teiwright.model import Draft, Metadata, Source
from teiwright.parsing import parse


@pytest.fixture(scope="session")
def draft_of() -> Callable[[str], Draft]:
    def make(text: str) -> Draft:
        return parse(Source(Path("text.txt"), text, "", "utf-8", Metadata("text")))

    return make
