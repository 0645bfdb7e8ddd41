"""The same work on many documents, in this process or in several; one bad document never ends the run.

Any ``concurrent.futures.Executor`` will do; by default processes are spawned, so that nothing is inherited.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future, ProcessPoolExecutor

# what makes processes is imported where there are several, so that one document does not wait for it
Task = TypeVar("Task")
Result = TypeVar("Result")


def default_jobs() -> int:
    """As many workers as this process may use cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_all(
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
    crashed: Callable[[Task], Result],
    jobs: int,
    executor: Executor | None = None,
) -> Iterator[tuple[int, Result]]:
    """Each task's index and result, as they are done.

    ``work`` catches what can be caught; ``crashed`` is the result of a task that took its whole process down.
    """
    if executor is None and (jobs < 2 or len(tasks) < 2):
        yield from ((index, work(task)) for index, task in enumerate(tasks))
        return
    from concurrent.futures import as_completed  # noqa: PLC0415 (see above)
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 (see above)

    unfinished = dict(enumerate(tasks))
    with ExitStack() as stack:
        pool = executor or stack.enter_context(_processes(min(jobs, len(tasks))))
        futures = {_submit(pool, work, task): index for index, task in unfinished.items()}
        for future in as_completed(futures):
            if not isinstance(future.exception(), BrokenProcessPool):
                yield futures[future], future.result()
                del unfinished[futures[future]]
    for index, task in unfinished.items():
        yield index, _alone(work, task, crashed)


def _submit(pool: Executor, work: Callable[[Task], Result], task: Task) -> Future[Result]:
    """Like ``pool.submit``, but a pool that broke meanwhile gives a future that says so."""
    from concurrent.futures import Future  # noqa: PLC0415 (see above)
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 (see above)

    try:
        return pool.submit(work, task)
    except BrokenProcessPool as error:
        failed: Future[Result] = Future()
        failed.set_exception(error)
        return failed


def _alone(work: Callable[[Task], Result], task: Task, crashed: Callable[[Task], Result]) -> Result:
    """One task in a process of its own: a crash of a pool does not tell whose fault it was."""
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 (see above)

    with _processes(1) as pool:
        try:
            return pool.submit(work, task).result()
        except BrokenProcessPool:
            return crashed(task)


@contextmanager
def _processes(workers: int) -> Iterator[ProcessPoolExecutor]:
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 (see above)
    from multiprocessing import get_context  # noqa: PLC0415 (see above)

    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    try:
        yield pool
    finally:
        # Also when a person presses Ctrl-C: what has not begun never begins.
        pool.shutdown(cancel_futures=True)
