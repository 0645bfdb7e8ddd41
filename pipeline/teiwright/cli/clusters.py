"""Where the work of a command is done: here, or by the workers of a cluster that somebody else runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from teiwright.cli.outcomes import plain

if TYPE_CHECKING:
    from concurrent.futures import Executor


@dataclass(frozen=True, slots=True)
class Hands:
    """How many workers there are, if that was said or can be asked, and the executor that has them."""

    jobs: int | None
    executor: Executor | None = None


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
