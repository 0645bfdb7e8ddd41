"""A text with doubtful names, and a desk that asks about them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from teiwright.conversion import Recipe, authority_of, understand
from teiwright.reviewing import Desk

TEXT = """The Ambassador in Japan (Grew) to the Secretary of State

Tokyo, January 12, 1933.

Sir: Mr. Hirota called on me today. Mr. Hirota spoke of the Union, and of Port Arthur, which lies south.
The Counselor, Johnson, was there. Then came Sir Nelson Johnson and young Mr. Johnson, from the Union as well.

Respectfully yours,

Joseph C. Grew
"""
PERSONS = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>
<titleStmt><title>Persons</title></titleStmt><publicationStmt><p>None</p></publicationStmt>
<sourceDesc><p>None</p></sourceDesc></fileDesc></teiHeader>
<standOff><listPerson>
<person xml:id="grew"><persName type="preferred">Joseph C. Grew</persName>
  <birth when="1880"/><death when="1965"/>
  <occupation from="1932" to="1941">Ambassador in Japan</occupation></person>
<person xml:id="johnson-nelson"><persName>Nelson T. Johnson</persName></person>
<person xml:id="johnson-louis"><persName>Louis Johnson</persName></person>
</listPerson></standOff></TEI>
"""


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A text in a folder of its own."""
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "persons.xml").write_text(PERSONS, encoding="utf-8")
    path = folder / "despatch.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def desk_of(text: Path) -> Callable[[], Desk]:
    """Makes a desk, as each start of the program does."""

    def make() -> Desk:
        recipe = Recipe.of(text.parent, text.with_name("persons.xml"))
        understood = lambda path: understand(path, None, recipe)  # noqa: E731 (as the command does)
        return Desk({text.stem: text}, understood, lambda: authority_of(recipe), "MK", "2026-11-21")

    return make
