"""What is made of all editions together: steps see every extract, in order, and leave nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from teiwright import collection, taking
from teiwright.build import opened
from teiwright.collection import Collection, Step
from teiwright.diagnostics import Code
from teiwright.extracted import Extract, Shelf
from teiwright.project import load_project
from teiwright.publishing.searching import searched


def listing(seen: Collection) -> Iterator[tuple[str, bytes]]:
    """A page for each document, and one for all."""
    yield from ((f"html/list/{one.id}.txt", one.text.encode()) for one in seen.extracts())
    yield "html/list/all.txt", " ".join(one.id for one in seen.extracts()).encode()


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Any:
    def use(*added: Step) -> None:
        for module in (collection, taking):
            monkeypatch.setattr(module, "STEPS", added)

    return use


def test_a_step_sees_every_edition_in_the_order_of_ids(workplace: Any, steps: Any) -> None:
    (workplace.folder / "texts/alpha.toml").write_text('id = "zeta"\n')
    steps(Step("list", listing))

    workplace.build()

    made = workplace.folder / "out/html/list"
    assert (made / "all.txt").read_text() == "beta gamma zeta"
    assert (made / "gamma.txt").read_text() == "A third text.\n\nIts second paragraph."


def test_a_step_is_taken_again_only_if_an_edition_says_something_else(workplace: Any, steps: Any) -> None:
    steps(Step("list", listing))
    workplace.build()
    text = workplace.folder / "texts/gamma.txt"
    text.write_text(text.read_text() + "\n\n")

    same = workplace.build()
    text.write_text(text.read_text().replace("third", "fourth"))
    other = workplace.build()

    assert (same.made, "list" in same.steps) == (("gamma",), False)
    assert (other.made, "list" in other.steps) == (("gamma",), True)


def test_what_a_search_needs_of_a_document_is_kept_beside_its_extract(workplace: Any) -> None:
    def not_again(extract: Extract) -> bytes:
        raise AssertionError(extract.id)

    workplace.build()

    with opened(load_project(workplace.folder / "teiwright.toml")) as state:
        kept = list(state.shelf().searched(range(3), not_again))
        assert len(kept) == 3
        assert kept == list(Shelf(state.shelf()).searched(range(3), searched))


def test_what_a_step_no_longer_makes_is_removed(workplace: Any, steps: Any) -> None:
    steps(Step("list", listing))
    workplace.build()
    (workplace.folder / "texts/gamma.txt").unlink()

    workplace.build()

    assert sorted(path.name for path in (workplace.folder / "out/html/list").iterdir()) == [
        "all.txt",
        "alpha.txt",
        "beta.txt",
    ]


def test_what_a_person_put_in_the_place_of_a_page_is_not_removed(workplace: Any, steps: Any) -> None:
    steps(Step("list", listing))
    workplace.build()
    (workplace.folder / "texts/gamma.txt").unlink()
    (workplace.folder / "out/html/list/gamma.txt").write_text("My own words.")

    workplace.build()

    assert (workplace.folder / "out/html/list/gamma.txt").read_text() == "My own words."


def test_a_step_that_fails_is_a_finding_and_leaves_what_stood(workplace: Any, steps: Any) -> None:
    def failing(seen: Collection) -> Iterator[tuple[str, bytes]]:
        yield from ()
        raise ValueError(sum(1 for _ in seen.extracts()))

    steps(Step("list", listing))
    workplace.build()
    steps(Step("list", failing))
    text = workplace.folder / "texts/gamma.txt"
    text.write_text(text.read_text().replace("third", "fourth"))

    built = workplace.build()

    assert [finding.code for finding in built.report.findings] == [Code.OUR_BUG]
    assert (workplace.folder / "out/html/list/all.txt").is_file()
    assert "list" in workplace.build().steps


def test_what_a_step_made_before_it_failed_goes_if_it_is_not_made_the_next_time(workplace: Any, steps: Any) -> None:
    def failing(seen: Collection) -> Iterator[tuple[str, bytes]]:
        yield "html/list/half.txt", b"Dear"
        raise ValueError(seen)

    steps(Step("list", failing))
    workplace.build()
    half = workplace.folder / "out/html/list/half.txt"
    assert half.is_file()

    steps(Step("list", listing))
    workplace.build()

    assert not half.exists()


def test_a_step_that_is_no_longer_wanted_takes_its_files_along(workplace: Any, steps: Any) -> None:
    steps(Step("list", listing))
    workplace.build()
    steps(Step("list", listing, wanted=lambda _: False))

    workplace.build()

    assert not (workplace.folder / "out/html/list").exists()
