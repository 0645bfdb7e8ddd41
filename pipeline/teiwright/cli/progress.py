"""How far a run is: a moving bar on a terminal; elsewhere a plain line now and then, or JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import TypeVar

import click

from teiwright.diagnostics import Report

Item = TypeVar("Item")

_EVERY = 1.0
"""Seconds between two lines for programs."""


def tracked(items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
    """Pass ``items`` on and show on standard error how many of ``total`` are done."""
    if total < 2:
        return iter(items)
    return _bar(items, total, what) if sys.stderr.isatty() else _lines(items, total, what)


def told_as_json(items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
    """Pass ``items`` on and write a line of JSON each second, and one at the end."""
    began = last = monotonic()
    for done, failed, item in _counted(items):
        yield item
        if done == total or monotonic() - last >= _EVERY:
            last = monotonic()
            said = {"what": what, "done": done, "total": total, "failed": failed, "seconds": round(last - began, 1)}
            click.echo(json.dumps(said), err=True)


def _bar(items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=total)
        said = _sayer(total, what)
        for done, failed, item in _counted(items):
            yield item
            progress.update(task, completed=done, description=said(done, failed))


def _lines(items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
    step, said = max(1, total // 10), _sayer(total, what)
    for done, failed, item in _counted(items):
        yield item
        if total >= 100 and done % step == 0:
            click.echo(said(done, failed), err=True)


def _counted(items: Iterable[Item]) -> Iterator[tuple[int, int, Item]]:
    """Each item with how many there were, and how many of them ended with an error."""
    failed = 0
    for done, item in enumerate(items, 1):
        result = item[1] if isinstance(item, tuple) and len(item) == 2 else item
        failed += bool(Report.of(getattr(result, "findings", ())).errors)
        yield done, failed, item


def _sayer(total: int, what: str) -> Callable[[int, int], str]:
    began = monotonic()

    def said(done: int, failed: int) -> str:
        rate = done / max(monotonic() - began, 0.001)
        rest = f", {duration((total - done) / rate)} to go" if done < total else ""
        return f"{done} of {total} {what}, {rate:.1f} a second{rest}{f', {failed} with errors' if failed else ''}"

    return said


def duration(seconds: float) -> str:
    """A time in words, no more exact than one needs it."""
    if seconds < 100:
        return "1 second" if round(seconds) == 1 else f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 6000 else f"{seconds / 3600:.1f} hours"
