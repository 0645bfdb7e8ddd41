"""Work in several processes: every task has its result, also one that takes its process down.

The tasks are expressions and the work is ``eval``, which a worker knows without importing this file.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from teiwright.parallel import Trade, Workers

DEADLY = "__import__('os')._exit(13)"


def lost(_: str, slow: bool) -> str:
    return "too slow" if slow else "crashed"


@pytest.mark.parametrize("jobs", [0, 2])
def test_every_task_has_its_result(jobs: int) -> None:
    with Workers(jobs) as workers:
        assert dict(workers.run(Trade(eval, lost), ["5 + 5", "6 + 6"])) == {"5 + 5": 10, "6 + 6": 12}


def test_any_executor_will_do() -> None:
    with ThreadPoolExecutor(2) as executor, Workers(1, executor) as workers:
        assert dict(workers.run(Trade(eval, lost), ["5 + 5", "6 + 6"])) == {"5 + 5": 10, "6 + 6": 12}


ENDLESS = "sum(iter(int, 1))"
STUCK = "__import__('re').match('(a*)*b', 'a' * 99)"


def test_workers_outlive_a_run_and_whatever_happens_in_it() -> None:
    trade = Trade(eval, lost)
    with Workers(2) as workers:
        first = dict(workers.run(trade, ["1 + 1", DEADLY, "__import__('os').getpid()", "2 + 2"]))
        second = dict(workers.run(trade, ["3 + 3", "4 + 4"]))

    assert (first["1 + 1"], first["2 + 2"], first[DEADLY]) == (2, 4, "crashed")
    assert second == {"3 + 3": 6, "4 + 4": 8}


@pytest.mark.parametrize("task", [STUCK, ENDLESS])
def test_a_task_that_would_never_end_is_stopped_and_named(task: str) -> None:
    """An expression that goes back and back holds Python's lock, so that nothing in Python could stop it."""
    with Workers(2, limit=1) as workers:
        results = dict(workers.run(Trade(eval, lost), ["1 + 1", task, "2 + 2"]))

    assert results == {"1 + 1": 2, task: "too slow", "2 + 2": 4}


def test_one_worker_is_enough_to_be_safe() -> None:
    with Workers(1) as workers:
        results = dict(workers.run(Trade(eval, lost), ["1 + 1", DEADLY, "2 + 2"]))

    assert results == {"1 + 1": 2, DEADLY: "crashed", "2 + 2": 4}


@pytest.mark.skipif(sys.platform != "linux", reason="Linux bounds the data of a process")
def test_the_memory_of_a_worker_is_bounded() -> None:
    at_most = "__import__('resource').getrlimit(__import__('resource').RLIMIT_DATA)[0]"
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with Workers(2) as workers:
        results = dict(workers.run(Trade(eval, lost), [at_most, "1 + 1"]))

    assert results[at_most] <= max(machine, 2 * 1024**3)


@pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")
def test_workers_do_not_outlive_a_parent_that_was_killed() -> None:
    program = (
        "import os, signal\n"
        "from teiwright.parallel import Workers, Trade\n"
        "if __name__ == '__main__':\n"
        "    trade = Trade(eval, lambda task, slow: 0)\n"
        "    with Workers(1) as workers:\n"
        "        print(*dict(workers.run(trade, ['__import__(\"os\").getpid()'])).values(), flush=True)\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "program.py").write_text(program)
        ended = subprocess.run([sys.executable, "program.py"], cwd=folder, stdout=subprocess.PIPE, check=False)
    worker = Path("/proc", ended.stdout.decode().strip())
    for _ in range(100):
        if not worker.exists() or "State:\tZ" in (worker / "status").read_text():
            break
        time.sleep(0.05)

    assert ended.returncode == -9
    assert not worker.exists() or "State:\tZ" in (worker / "status").read_text()


def test_a_worker_that_was_killed_while_it_waited_is_replaced() -> None:
    ask = "__import__('os').getpid()"
    with Workers(2) as workers:
        before = dict(workers.run(Trade(eval, lost), [f"{ask} + 0 * {number}" for number in range(8)]))
        for worker in set(before.values()):
            os.kill(int(worker), signal.SIGKILL)
        after = dict(workers.run(Trade(eval, lost), ["1 + 1", "2 + 2"]))

    assert after == {"1 + 1": 2, "2 + 2": 4}


def test_a_worker_that_dies_while_it_writes_its_result_loses_no_other() -> None:
    """The task itself writes the beginning of a long answer into the pipe, which is a few frames above it."""
    half_an_answer = (
        "[(os.write(frame.f_locals['answer'].fileno(), b'\\0\\0\\xff\\xffhalf'), os._exit(1))"
        " for os, inspect in [(__import__('os'), __import__('inspect'))]"
        " for frame, *_ in inspect.stack() if 'answer' in frame.f_locals]"
    )
    with Workers(2) as workers:
        results = dict(workers.run(Trade(eval, lost), ["1 + 1", half_an_answer, "2 + 2"]))

    assert results == {"1 + 1": 2, half_an_answer: "crashed", "2 + 2": 4}


def test_the_end_does_not_wait_for_what_nobody_asks_for_any_more() -> None:
    with Workers(2) as workers:
        results = workers.run(Trade(eval, lost, lambda _: 200_000), ["1 + 1", STUCK, "2 + 2"])
        assert next(results) == ("1 + 1", 2)


def test_a_process_that_ends_says_nothing() -> None:
    """Whatever its workers do, and were it that it ends before they have begun."""
    program = (
        "from teiwright.parallel import Trade, Workers\n"
        "if __name__ == '__main__':\n"
        "    for _ in range(3):\n"
        "        with Workers(2) as workers:\n"
        "            next(workers.run(Trade(eval, lambda task, slow: 0), ['1 + 1', '2 + 2', '3 + 3']))\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "program.py").write_text(program)
        ended = subprocess.run([sys.executable, "program.py"], cwd=folder, capture_output=True, check=False)

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")


def test_an_executor_that_broke_is_replaced() -> None:
    with ProcessPoolExecutor(1) as executor, Workers(2, executor) as workers:
        results = dict(workers.run(Trade(eval, lost), ["1 + 1", DEADLY, "2 + 2"]))

    assert results == {"1 + 1": 2, DEADLY: "crashed", "2 + 2": 4}


def test_few_tasks_go_out_together_when_few_are_left() -> None:
    """So that no worker is still busy when the others have nothing to do."""
    asked = []

    class Listening(ThreadPoolExecutor):
        def submit(self, work: Any, /, *args: Any, **kwargs: Any) -> Any:
            asked.append(len(args[1]))
            return super().submit(work, *args, **kwargs)

    with Listening(2) as executor, Workers(2, executor) as workers:
        tasks = [f"{number} + 0" for number in range(1000)]
        assert len(dict(workers.run(Trade(eval, lost, lambda _: 2000), tasks, 1000))) == 1000

    assert sum(asked) == 1000
    assert asked[0] == 7
    assert max(asked) == 100
    assert asked[-4:] == [1, 1, 1, 1]


def test_tasks_are_taken_as_workers_become_free() -> None:
    taken = []

    def tasks() -> Iterator[str]:
        for number in range(1000):
            taken.append(number)
            yield f"{number} + 0"

    with ThreadPoolExecutor(2) as executor, Workers(2, executor) as workers:
        results = workers.run(Trade(eval, lost, lambda _: 200_000), tasks())
        next(results)
        soon = len(taken)
        rest = sum(1 for _ in results)

    assert (soon < 10, rest) == (True, 999)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")
def test_a_lock_is_not_held_by_workers_that_were_forked() -> None:
    """Nor would it be by one that hangs when the build was killed: the next may begin."""
    program = (
        "from pathlib import Path\n"
        "from teiwright.parallel import Trade, Workers\n"
        "from teiwright.locking import alone\n"
        "trade = Trade(eval, lambda task, slow: 0)\n"
        "with alone(Path()) as lock:\n"
        "    workers = Workers(1, inherit=True, ours=[lock])\n"
        "    print(*dict(workers.run(trade, ['__import__(\"os\").getppid()'])).values(), __import__('os').getpid())\n"
        "with workers, alone(Path()):\n"
        "    print('held again')\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        said = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, check=True, text=True)
    pids, held = said.stdout.splitlines()
    parent_of_worker, parent = pids.split()

    assert (parent_of_worker, held) == (parent, "held again")
