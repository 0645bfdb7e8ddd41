"""The table at the end of a build: what was made, and what of it wants a look."""

from __future__ import annotations

from time import perf_counter

import click

from teiwright.build import Build
from teiwright.cli.outcomes import plain
from teiwright.project import Project
from teiwright.summing_up import Row

_FIGURES = ("words", "notes", "pages", "names")
_LISTED = 50
"""Up to how many documents each has its row; of more, only those with errors."""


def print_summary(project: Project, result: Build, began: float) -> None:
    """Print a row a document, in plain columns that read the same in a log and on a terminal."""
    width = max((len(row.name) for row in result.rows), default=0)
    width = max(width, len("document"))
    heads = "".join(f"{figure:>8}" for figure in _FIGURES)
    click.echo(f"{'document':<{width}}{heads}  findings")
    few = len(result.rows) <= _LISTED
    for row in result.rows:
        if not (few or row.errors):
            continue
        figures = "".join(f"{row.figures.get(figure, '-'):>8}" for figure in _FIGURES)
        click.echo(f"{plain(row.name):<{width}}{figures}  {_findings(row)}")
    click.echo(_last_line(project, result, perf_counter() - began))


def _findings(row: Row) -> str:
    return f"{_counted(row.errors, row.warnings, row.accepted)}{'' if row.fresh else ' (unchanged)'}"


def _counted(errors: int, warnings: int, accepted: int) -> str:
    counted = [(errors, "error"), (warnings, "warning")]
    told = [f"{n} {what}{'s' if n > 1 else ''}" for n, what in counted if n]
    return ", ".join([*told, *([f"{accepted} accepted"] if accepted else [])]) or "none"


def _last_line(project: Project, result: Build, seconds: float) -> str:
    made = sum(row.fresh and bool(row.figures) for row in result.rows)
    what = "nothing had changed" if not result.taken else f"{made} of {len(result.rows)} documents made"
    if not result.rows:
        what = "no text is in this shard"
    report = result.report
    found = f"findings: {_counted(report.errors, report.warnings, report.accepted)}"
    return f"{what}; {found}; {_deposit(project, result)}; {seconds:.1f} seconds"


def _deposit(project: Project, result: Build) -> str:
    if not result.whole:
        return "what all make together is left to `teiwright merge` and `teiwright build`"
    if not project.deposits:
        return "no deposit, as there is no `[deposit]` in the project file"
    if result.report.errors:
        return "no new deposit, as there are errors"
    return f"deposit in {plain(project.deposit_folder)}"
