"""What a word is, and how numbers are written."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teiwright.publishing.searching.numbers import NUMBERS, divided, encode
from teiwright.publishing.searching.words import LONGEST, fold, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Embassy’s telegram No. 480", "the embassy s telegram no 480"),
        ("Café, MÜLLER and the Straße", "cafe muller and the strasse"),
        ("Łódź, Ærø, Þingvellir", "lodz aero thingvellir"),
        ("ΛΟΓΟΣ λόγος", "λογοσ λογοσ"),
        ("Омск", "омск"),
        ("co\u00adoperation ﬁles", "cooperation files"),
        ("the 1930’s—and ½", "the 1930 s and 1 2"),
        ("日本の外務", "日 本 の 外 務"),
        ("한국 사람", "한 국 사 람"),
        ("B東京C", "b 東 京 c"),
        ("snake_case", "snake case"),
        ("", ""),
    ],
)
def test_words_are_compared_without_case_marks_and_forms(text: str, expected: str) -> None:
    assert words(text) == expected.split()


@given(st.text())
def test_to_fold_twice_changes_no_word(text: str) -> None:
    assert words(fold(text)) == words(text)


def test_of_what_is_no_word_so_much_counts() -> None:
    assert words("x" * 5000) == ["x" * LONGEST]


@given(st.lists(st.integers(0, 10**9)))
def test_numbers_are_read_as_they_were_written(given_numbers: list[int]) -> None:
    written = "".join(map(encode, given_numbers))
    assert [NUMBERS[each] for each in divided(written)] == given_numbers
    assert json.dumps(written) == f'"{written}"', "no character of it must be escaped"
