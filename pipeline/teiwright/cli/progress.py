"""How far a run is: a moving bar on a terminal; elsewhere a plain line now and then."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

Item = TypeVar("Item")


def tracked(items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
    """Pass ``items`` on and show on standard error how many of ``total`` are done."""
    if total < 2:
        return iter(items)
    return _bar(items, total, what) if sys.stderr.isatty() else _lines(items, total, what)


def _bar(items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
    from rich.console import Console
    from rich.progress import track

    return iter(track(items, what, total, console=Console(stderr=True), transient=True))


def _lines(items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
    step = max(1, total // 10)
    for done, item in enumerate(items, 1):
        yield item
        if total >= 100 and done % step == 0:
            click.echo(f"{done} of {total} {what}", err=True)
