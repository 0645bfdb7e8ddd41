"""What is said of the five founding texts: true of the files, and no date that a text does not give."""

from pathlib import Path

import pytest

from teiwright.model import DateValue, Source
from teiwright.reading import read

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


@pytest.fixture(params=SEEDS, ids=lambda path: path.stem)
def source(request: pytest.FixtureRequest) -> Source:
    return read(request.param)


def test_every_text_has_a_title_a_kind_its_terms_and_the_name_that_it_came_under(source: Source) -> None:
    known = source.metadata
    assert known.id == source.path.stem
    assert None not in (known.title, known.kind, known.licence.target, known.received_name, known.sha256)
    assert known.changes


def test_a_date_is_that_which_the_text_prints_and_otherwise_unknown_with_the_reason(source: Source) -> None:
    match source.metadata.date:
        case DateValue(text=str(printed)):
            assert printed in source.text
        case None:
            assert str(source.metadata.date_note).startswith("The text gives no date.")
        case other:
            pytest.fail(f"a date that nobody printed: {other}")


def test_numbers_and_names_are_in_the_text(source: Source) -> None:
    known = source.metadata
    said = [known.origin.file_number or "", *(party.name or "" for party in known.sent)]
    plain = source.text.replace(" - ", "-")
    assert [words for words in said if words not in plain] == []
