"""Processes that work side by side, and of which any may die at any moment."""

from __future__ import annotations

import os
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from multiprocessing.reduction import ForkingPickler
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext, SpawnContext
    from multiprocessing.process import BaseProcess

Result = TypeVar("Result")


class Closing(Protocol):
    """What can be closed, such as a file."""

    def close(self) -> None:
        """Let go of it."""


class Processes(Executor):
    """An executor whose processes each have pipes of their own, and a thread here that waits at their ends.

    They share no queue and no lock. So one that dies, also while it writes its answer, takes nothing with it but
    what it was at: that future fails with ``BrokenExecutor``, and another process is begun for what comes next.
    They do not outlive this process, however it ends. Those that ``inherit`` are forked at once, before there are
    threads, and know all that this process knows, but what is ``ours`` they close: a lock is held by whoever has its
    file open. Any other begins when it is needed, with ``begin``.
    """

    def __init__(self, count: int, begin: Callable[[], None], *, inherit: bool, ours: Sequence[Closing] = ()) -> None:
        self._begin = begin
        self._begun: set[_Process] = set()
        self._held, self._holding = get_context("spawn").Pipe(duplex=False)
        self._free: SimpleQueue[_Process | None] = SimpleQueue()
        for _ in range(count):
            self._free.put(self._start(get_context("fork"), (self._holding, *ours)) if inherit else None)
        self._threads = ThreadPoolExecutor(count)

    def submit(self, work: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Like ``Executor.submit``; an exception of ``work`` comes as a ``RuntimeError`` that names it."""
        return self._threads.submit(self._ask, partial(work, *args, **kwargs))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002 (it always waits)
        """End all processes; with ``cancel_futures`` at once, whatever they do."""
        if cancel_futures:
            self._threads.shutdown(wait=False, cancel_futures=True)
            self._holding.close()
            for process in list(self._begun):
                process.kill()
        self._threads.shutdown()
        for process in self._begun:
            process.end()
        self._holding.close()
        self._held.close()

    def _ask(self, work: Callable[[], Result]) -> Result:
        """Have a free process do it. Runs in a thread, of which there are as many as processes."""
        process = self._free.get()
        try:
            process = process or self._start(get_context("spawn"), ())
            return process.ask(work)
        except (EOFError, OSError) as error:
            if process:
                self._begun.remove(process)
                process.end()
                process = None
            raise BrokenExecutor("The process ended before it answered.") from error
        finally:
            self._free.put(process)

    def _start(self, context: ForkContext | SpawnContext, inherited: Sequence[Closing]) -> _Process:
        asked, ask = context.Pipe(duplex=False)  # two of them, as one for both ways is a socket
        answers, answer = context.Pipe(duplex=False)
        process = context.Process(target=_answer_all, args=(asked, answer, self._held, inherited, self._begin))
        process.start()
        asked.close()  # so that the pipes end with the process
        answer.close()
        self._begun.add(begun := _Process(process, ask, answers))
        return begun


class _Process:
    """A process and our ends of its pipes."""

    def __init__(self, process: BaseProcess, ask: Connection, answers: Connection) -> None:
        self._process, self._ask, self._answers = process, ask, answers

    def ask(self, work: Callable[[], Result]) -> Result:
        """What ``work`` gives; ``EOFError`` or ``OSError`` if the process ended before it answered."""
        self._ask.send(work)
        result, failure = self._answers.recv()
        if failure is not None:
            raise RuntimeError(failure)
        return result  # type: ignore[no-any-return]  # what the work gave

    def kill(self) -> None:
        """Who waits for its answer learns at once that none will come."""
        self._process.kill()

    def end(self) -> None:
        """End the process, and wait until it has."""
        self._process.kill()
        self._process.join()
        self._ask.close()
        self._answers.close()


def _answer_all(
    asked: Connection, answer: Connection, held: Connection, inherited: Sequence[Closing], begin: Callable[[], None]
) -> None:
    """What a process does: it answers until nobody asks any more."""
    for each in inherited:  # what only the parent may have
        each.close()
    Thread(target=_end_with, args=(held,), daemon=True).start()
    with suppress(EOFError, OSError, KeyboardInterrupt):  # Ctrl-C reaches every process, and one tells of it
        begin()
        while True:
            answer.send_bytes(_answer(asked.recv_bytes()))


def _answer(asked: bytes) -> memoryview:
    """A result or the words of a failure, packed; whatever does not let itself be packed is a failure, too."""
    try:
        return ForkingPickler.dumps((ForkingPickler.loads(asked)(), None))
    except Exception as error:  # the parent is told
        return ForkingPickler.dumps((None, f"{type(error).__name__}: {error}"))


def _end_with(held: Connection) -> None:
    """End this process when the parent closed its end of the pipe, or ended itself."""
    with suppress(EOFError, OSError):
        held.recv()
    os._exit(1)
