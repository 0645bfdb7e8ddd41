"""The names of places that the program brings along, and what is done with them where there is no model."""

from __future__ import annotations

from importlib import resources

import pytest

from teiwright.model import Kind
from teiwright.naming import Means, name
from teiwright.naming.gazetteer import Gazetteer, gazetteer, historical, modern

ROWS = resources.files("teiwright.naming.data").joinpath("historical-places.tsv").read_text("utf-8").splitlines()
PRESENT = {name: now for name, _, now in (row.split("\t") for row in ROWS)}
LISTED = Means(model=None, others=())


def places(draft):
    return [m.span.of(draft.source.text) for m in name(draft, means=LISTED).mentions if m.kind is Kind.PLACE]


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("Mukden", "Shenyang"),
        ("Batavia", "Jakarta"),
        ("Leopoldville", "Kinshasa"),
        ("Salonica", "Thessaloniki"),
        ("Lourenço Marques", "Maputo"),
        ("Ciudad Trujillo", "Santo Domingo"),
        ("Gold Coast", "Ghana"),
        ("Christiania", "Oslo"),
        ("Paris", ""),
    ],
)
def test_a_historical_name_says_what_it_is_called_now(then, now):
    assert PRESENT.get(then, "") == now


def test_every_part_of_the_world_is_in_the_list():
    names = dict(historical())
    assert len(names) >= 1500
    for name_, kind in (
        ("Siam", "state"),
        ("Bessarabia", "state"),
        ("Tsingtao", "town"),
        ("Yalu River", "river"),
        ("Sea of Okhotsk", "sea"),
        ("Strait of Hormuz", "strait"),
        ("Quemoy", "island"),
        ("Punjab", "region"),
    ):
        assert names[name_] == kind


def test_no_name_stands_twice_and_all_are_sorted():
    for table in (historical(), modern()):
        names = [name_ for name_, _ in table]
        assert names == sorted(set(names))


def test_the_longest_name_is_found_also_in_capitals():
    known = Gazetteer.of([("New York", "town"), ("New York State", "state"), ("York", "town")])
    words = ("from", "New", "York", "State", "to", "NEW", "YORK")
    assert list(known.search(words)) == [(1, 4, "state"), (5, 7, "town")]


def test_a_name_of_three_capitals_is_an_abbreviation_and_not_a_town():
    assert list(gazetteer().search(("the", "VAN", "line"))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left Harbin for Northern Manchuria.", ["Harbin", "Northern Manchuria"]),
        ("the Sea of Okhotsk and the Kurile Islands", ["Sea of Okhotsk", "Kurile Islands"]),
        ("Mr. Washington spoke of Cleveland Smith.", []),
        ("the Washington Post and the Shanghai Bank", []),
        ("the destroyer Singapore, and the German press", []),
    ],
)
def test_without_a_model_only_sure_names_are_places(draft_of, text, expected):
    assert places(draft_of(("p", text))) == expected
