"""Dates as they are printed, and their values."""

from __future__ import annotations

import pytest

from teiwright.parsing.dates import find_dates


@pytest.mark.parametrize(
    ("text", "printed", "when"),
    [
        ("Tokyo, January 12, 1933.", "January 12, 1933", "1933-01-12"),
        ("Geneva, May 19, 1934—10 p.m.", "May 19, 1934—10 p.m.", "1934-05-19T22:00:00"),
        ("June 30, 1938—noon.", "June 30, 1938—noon", "1938-06-30T12:00:00"),
        ("September 16, 1949—6 p. m.", "September 16, 1949—6 p. m.", "1949-09-16T18:00:00"),
        ("May 6, 1958, 9:45 a.m.", "May 6, 1958, 9:45 a.m.", "1958-05-06T09:45:00"),
        ("Paris, September 2, 1968, 1827Z.", "September 2, 1968, 1827Z", "1968-09-02T18:27:00Z"),
        ("January 9, 1963, 20:19 p.m.", "January 9, 1963, 20:19 p.m.", "1963-01-09T20:19:00"),
        ("19 May 1948", "19 May 1948", "1948-05-19"),
        ("18 June, 1945", "18 June, 1945", "1945-06-18"),
        ("Feb. 29, 1904", "Feb. 29, 1904", "1904-02-29"),
        ("Nohant, le 1er août 1836", "1er août 1836", "1836-08-01"),
        ("Weimar, den 3. März 1832.", "3. März 1832", "1832-03-03"),
        ("4. April 1901", "4. April 1901", "1901-04-04"),
    ],
)
def test_a_date_with_its_value(text: str, printed: str, when: str) -> None:
    (found,) = find_dates(text)
    assert (printed, when) == (text[found.start : found.end], found.value.when)


@pytest.mark.parametrize("text", ["December 21–22, 1932", "December 21/22, 1932—midnight"])
def test_a_range_of_days(text: str) -> None:
    (found,) = find_dates(text)
    assert ("1932-12-21", "1932-12-22") == (found.value.from_, found.value.to)


@pytest.mark.parametrize("text", ["February 30, 1933", "March 1931", "the 5th of May", "June 3", "41 June 1931"])
def test_what_is_no_full_date(text: str) -> None:
    assert [] == find_dates(text)
