"""The same work on many documents, in this process or in others; one bad document never ends the run.

Any ``concurrent.futures.Executor`` will do; by default processes of our own.
One process is enough to be safe from a document that takes its process down, never ends or eats all memory;
nought are for few documents, or for a debugger.
Work goes out in chunks of some kilobytes, so that what it costs to send is small beside it.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from math import inf
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from teiwright.processes import Closing

# what makes processes is imported where there are several, so that one document does not wait for it
Task = TypeVar("Task")
Result = TypeVar("Result")

CHUNK = 200_000
"""Bytes of text in a chunk: a second or two of work."""

TIME_LIMIT = 300.0
"""Seconds for one document, a hundred times as long as a long one takes."""

_LEAST_MEMORY = 2 * 1024**3
"""Bytes of data that a worker may have on any machine, ten times what letters take."""

_TRIES = 2
"""How often a document may take its process down before it is set aside."""

_ONE_AT_A_TIME = Lock()
"""Executors may have threads; the processor of stylesheets has none."""


def default_jobs() -> int:
    """As many workers as this process may use cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Trade(Generic[Task, Result]):
    """A kind of work: what is done, what is said of a task that took its process down, and how large a task is.

    ``work`` catches what can be caught. ``lost`` is told whether the time was up.
    """

    work: Callable[[Task], Result]
    lost: Callable[[Task, bool], Result]
    size: Callable[[Task], int] = field(default=lambda _: CHUNK // 16)


class Workers:
    """Where work is done: in this process (no ``jobs``), in processes of our own, or by somebody else's executor.

    Processes live as long as this does, so that each loads schema, model and stylesheets once. Those that
    ``inherit`` begin with all that this one has imported and compiled, where the system can do that safely; but what
    is ``ours`` they close.
    """

    def __init__(
        self,
        jobs: int,
        executor: Executor | None = None,
        limit: float = TIME_LIMIT,
        *,
        inherit: bool = False,
        ours: Sequence[Closing] = (),
    ) -> None:
        self._jobs, self._given, self._limit, self._inherit, self._ours = jobs, executor, limit, inherit, ours
        self._pools: dict[int, Executor] = {}

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        for size in list(self._pools):
            self._end(size)

    def run(
        self, trade: Trade[Task, Result], tasks: Iterable[Task], total: float = inf
    ) -> Iterator[tuple[Task, Result]]:
        """Each task with its result, as they are done; ``tasks``, of which there are ``total``, are taken as needed."""
        if self._given is None and self._jobs < 1:
            yield from ((task, trade.work(task)) for task in tasks)
            return
        workers = int(min(self._jobs, max(1, total // 2)))  # a process of its own for one document takes longer
        workers = max([workers, *self._pools])
        suspects: list[Task] = []
        for chunk, results in self._spread(workers, trade.work, _chunked(tasks, trade.size, workers, total)):
            if results is None:
                suspects += chunk
            else:
                yield from zip(chunk, results, strict=True)
        yield from ((task, self._alone(trade, task)) for task in suspects)

    def aside(self, work: Callable[..., Result], *args: object) -> Future[Result] | None:
        """Begin something else in a process of our own, with no limit of time; nothing if there is none."""
        if self._given is not None or self._jobs < 2 or not self._pools:
            return None
        return self._pools[max(self._pools)].submit(work, *args)

    def _spread(
        self, workers: int, work: Callable[[Task], Result], chunks: Iterator[list[Task]]
    ) -> Iterator[tuple[list[Task], list[Result] | None]]:
        """Keep every worker busy, with a chunk for the next that is free; one whose worker died has no results."""
        from concurrent.futures import FIRST_COMPLETED, wait  # noqa: PLC0415 (see above)

        under_way: dict[Future[list[Result]], list[Task]] = {}
        while True:
            for chunk in islice(chunks, workers + 1 - len(under_way)):
                under_way[self._submit(workers, work, chunk)] = chunk
            if not under_way:
                return
            done = wait(under_way, return_when=FIRST_COMPLETED).done
            for future in [sent for sent in under_way if sent in done]:
                failed = future.cancelled() or future.exception() is not None
                yield under_way.pop(future), None if failed else future.result()

    def _alone(self, trade: Trade[Task, Result], task: Task) -> Result:
        """One task with nothing beside it: if its worker dies again, it is to blame."""
        began = monotonic()
        for _ in range(_TRIES):
            began = monotonic()
            try:
                return self._submit(1, trade.work, [task]).result()[0]
            except Exception:  # noqa: S112 (an executor may say in any words that its worker died)
                continue
        return trade.lost(task, monotonic() - began >= self._limit)

    def _submit(self, workers: int, work: Callable[[Task], Result], chunk: list[Task]) -> Future[list[Result]]:
        """Like ``submit`` of a pool, but one that broke is replaced, that of somebody else by one of our own."""
        from concurrent.futures import BrokenExecutor  # noqa: PLC0415 (see above)

        try:
            return self._pool(workers).submit(_work_off, work, chunk, self._limit, os.getpid())
        except BrokenExecutor:
            self._given = None
            self._end(workers)
            return self._pool(workers).submit(_work_off, work, chunk, self._limit, os.getpid())

    def _pool(self, workers: int) -> Executor:
        if self._given is not None:
            return self._given
        if workers not in self._pools:
            from teiwright.processes import Processes  # noqa: PLC0415 (see above)

            begin = partial(_begin, _share_of_memory(workers))
            self._pools[workers] = Processes(workers, begin, inherit=self._inherit and _can_fork(), ours=self._ours)
        return self._pools[workers]

    def _end(self, workers: int) -> None:
        # Also when a person presses Ctrl-C: what has not begun never begins.
        if pool := self._pools.pop(workers, None):
            pool.shutdown(cancel_futures=True)


def _can_fork() -> bool:
    """Whether a fork is safe: another thread may hold what its copy would wait for. Elsewhere than on Linux, never.

    Saxon has threads that come and go, and its copy would wait for them.
    """
    if "saxonche" in sys.modules:
        return False
    try:
        return sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208 (names alone)
    except OSError:
        return False


def _begin(memory: int) -> None:
    """How a worker of ours begins: what it inherits stays as it is, and its memory is bounded."""
    gc.freeze()
    with suppress(ImportError, OSError, ValueError):  # not on Windows, or bounded already
        import resource  # noqa: PLC0415 (see above)

        # What is written to, and not the address space, of which Saxon reserves more than any machine has.
        resource.setrlimit(resource.RLIMIT_DATA, (memory, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def _share_of_memory(workers: int) -> int:
    """What one of several workers may have of the machine's memory, in bytes."""
    try:
        there = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):  # not on Windows
        there = 0
    return max(_LEAST_MEMORY, there // workers)


def _chunked(tasks: Iterable[Task], size: Callable[[Task], int], workers: int, total: float) -> Iterator[list[Task]]:
    """Small chunks first, so that a few documents are shared out evenly, then larger ones.

    They become smaller again when few are left, so that no worker is still at a large one when the others have done.
    """
    chunk: list[Task] = []
    wanted, filled, made, left = CHUNK // 16, 0, 0, total
    for task in tasks:
        chunk.append(task)
        filled += size(task)
        if filled >= wanted or len(chunk) * 2 * workers >= left:
            yield chunk
            left -= len(chunk)
            chunk, filled, made = [], 0, made + 1
            wanted = min(CHUNK, CHUNK // 16 * 2 ** (made // workers))
    if chunk:
        yield chunk


def _work_off(work: Callable[[Task], Result], chunk: list[Task], limit: float, sender: int) -> list[Result]:
    """What a worker does. A task whose time is up ends the process: nothing less stops a library written in C."""
    results = []
    with _ONE_AT_A_TIME, Path(os.devnull).open("w") as nowhere:
        for task in chunk:
            if os.getpid() != sender:
                faulthandler.dump_traceback_later(limit, exit=True, file=nowhere)
            try:
                results.append(work(task))
            finally:
                faulthandler.cancel_dump_traceback_later()
    return results
