"""Where the work of a command is done: here, or by the workers of a cluster that somebody else runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from teiwright.cli.inputs import jobs_for
from teiwright.cli.outcomes import plain
from teiwright.parallel import TIME_LIMIT, Workers

if TYPE_CHECKING:
    from concurrent.futures import Executor


@dataclass(frozen=True, slots=True)
class Hands:
    """How many workers there are, if that was said or can be asked, and the executor that has them."""

    jobs: int | None
    executor: Executor | None = None


@dataclass(frozen=True, slots=True)
class Working:
    """How the work on many files was asked to be done."""

    jobs: int | None
    dask: str | None
    limit: float = TIME_LIMIT

    @contextmanager
    def workers(self, files: Iterable[Path]) -> Iterator[Workers]:
        """As many workers as were asked for, or as the files are worth."""
        with hands(self.jobs, self.dask) as work:
            jobs = jobs_for(files) if work.jobs is None else work.jobs
            with Workers(jobs, work.executor, self.limit, inherit=True) as workers:
                yield workers


ALONE = Working(None, None)
"""As many workers as the files are worth."""


def working(command: Callable[..., int]) -> Callable[..., int]:
    """The options that say so, as the argument ``working`` of a command."""

    @click.option("--jobs", type=click.IntRange(1), metavar="N", help="Worker processes (one a core).")
    @click.option("--dask", metavar="ADDRESS", help="Let the workers of a Dask cluster do it.")
    @click.option("--time-limit", type=click.FloatRange(1), metavar="SECONDS", help="For one file (300).")
    @wraps(command)
    def wrapped(
        *arguments: object, jobs: int | None, dask: str | None, time_limit: float | None, **options: object
    ) -> int:
        return command(*arguments, working=Working(jobs, dask, time_limit or TIME_LIMIT), **options)

    return wrapped


@contextmanager
def hands(jobs: int | None, dask: str | None) -> Iterator[Hands]:
    """Processes of our own, or with an address those of a Dask cluster."""
    if dask is None:
        yield Hands(jobs)
        return
    try:
        from distributed import Client
    except ImportError as error:
        raise click.UsageError("the package `distributed` is not there: run `pip install 'teiwright[dask]'`") from error
    try:
        client = Client(dask, timeout=10)
    except (OSError, ValueError) as error:
        raise click.UsageError(f"no Dask scheduler answers at `{plain(dask)}`: {plain(error)}") from error
    with client:
        # A document that takes a worker down is tried again by us, alone, and then set aside.
        yield Hands(jobs or max(1, len(client.nthreads())), client.get_executor(retries=0))
