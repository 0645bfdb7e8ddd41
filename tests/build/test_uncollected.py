from __future__ import annotations

import gc

import pytest

from teiwright.uncollected import uncollected


@pytest.fixture(autouse=True)
def collector_on() -> object:
    gc.enable()
    yield
    gc.enable()


def test_the_collector_waits_and_is_on_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="broken"), uncollected():
        assert not gc.isenabled()
        raise ValueError("broken")

    assert gc.isenabled()


def test_who_turned_the_collector_off_finds_it_off() -> None:
    gc.disable()
    with uncollected():
        pass

    assert not gc.isenabled()


def test_work_that_began_within_another_and_outlasts_it_leaves_the_collector_on() -> None:
    first, second = uncollected(), uncollected()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    second.__exit__(None, None, None)

    assert gc.isenabled()


def test_two_texts_in_turns_leave_the_collector_on() -> None:
    first, second = uncollected(), uncollected()
    first.__enter__()
    first.__exit__(None, None, None)
    second.__enter__()
    assert not gc.isenabled()
    second.__exit__(None, None, None)

    assert gc.isenabled()
