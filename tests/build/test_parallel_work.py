"""Work in several processes: every task has its result, also one that takes its process down.

The tasks are expressions and the work is ``eval``, which a worker knows without importing this file.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from teiwright.parallel import run_all

DEADLY = "__import__('os')._exit(13)"


def crashed(task: str) -> int:
    return -len(task)


def test_a_task_that_ends_its_process_does_not_stop_the_others() -> None:
    results = dict(run_all(eval, ["5 + 5", DEADLY, "6 + 6", "7 + 7"], crashed, jobs=2))

    assert results == {0: 10, 1: -len(DEADLY), 2: 12, 3: 14}


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_task_has_its_result(jobs: int) -> None:
    assert dict(run_all(eval, ["5 + 5", "6 + 6", "7 + 7"], crashed, jobs)) == {0: 10, 1: 12, 2: 14}


def test_any_executor_will_do() -> None:
    with ThreadPoolExecutor(2) as executor:
        assert dict(run_all(eval, ["5 + 5", "6 + 6"], crashed, 1, executor)) == {0: 10, 1: 12}
