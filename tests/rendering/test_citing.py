"""How the citation of a document is put into words."""

import pytest

from teiwright.rendering.citing import Citation, chicago


@pytest.mark.parametrize(
    ("title", "cited"),
    [
        ("Mr. Hughes to Mr. Pritchard", "“Mr. Hughes to Mr. Pritchard.”"),
        ("Diary, etc.", "“Diary, etc.”"),
        ("What Is to Be Done?", "“What Is to Be Done?”"),
    ],
)
def test_a_title_that_ends_with_a_sign_gets_no_second_one(title: str, cited: str) -> None:
    before, _ = chicago(Citation("letter", title))
    assert before == cited
