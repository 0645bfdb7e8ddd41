"""Parsing and encoding leave no garbage in cycles, which is why Python's collector may wait for them."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from teiwright.encoding import encode
from teiwright.parsing import parse
from teiwright.reading import read

SEEDS = sorted((Path(__file__).parent.parent.parent / "seeds").rglob("*.txt"))


@pytest.mark.parametrize("text", SEEDS, ids=lambda text: text.stem)
def test_nothing_is_left_that_only_the_collector_finds(text: Path) -> None:
    source = read(text)
    encode(parse(source))  # the first of its kind may load modules
    gc.collect()

    encode(parse(source))

    assert gc.collect() == 0
