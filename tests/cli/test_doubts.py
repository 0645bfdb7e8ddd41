"""``parse --show doubts`` gives the order in which a person should read."""

from __future__ import annotations

from pathlib import Path

from teiwright.cli import showing
from teiwright.model import Metadata, Source
from teiwright.naming import name
from teiwright.parsing import parse

TEXT = """The Minister in Ruritania (Hentzau) to the Secretary of State

Sir: The gate of the castle is shut. (See Marshal Sapt’s dispatcha No. 12.) A further dispatch is on its way.

Rupert Hentzau
  1. See the appendix to this volume.
"""


def test_the_least_certain_stands_first_whatever_kind_it_is() -> None:
    draft = name(parse(Source(Path("text.txt"), TEXT, "", "utf-8", Metadata("text"))))
    lines = list(showing.doubts(draft))
    degrees = [line.split()[0] for line in lines]
    assert sorted(degrees, key=["low", "medium", "high"].index) == degrees
    assert len(set(degrees)) > 1
    assert any("callout of note a" in line for line in lines)
    assert any("persName" in line for line in lines)
