"""The table at the end of a build: what was made, and what of it wants a look."""

from __future__ import annotations

from time import perf_counter

import click

from teiwright.build import Build, Row
from teiwright.cli.outcomes import plain
from teiwright.project import Project

_FIGURES = ("words", "notes", "pages", "names")
_LISTED = 50
"""Up to how many documents each has its row; of more, only those with findings."""


def print_summary(project: Project, result: Build, began: float) -> None:
    """Print a row a document, in plain columns that read the same in a log and on a terminal."""
    width = max(len("document"), *(len(row.name) for row in result.rows))
    heads = "".join(f"{figure:>8}" for figure in _FIGURES)
    click.echo(f"{'document':<{width}}{heads}  findings")
    few = len(result.rows) <= _LISTED
    for row in result.rows:
        if not (few or row.errors or row.warnings):
            continue
        figures = "".join(f"{row.figures.get(figure, '-'):>8}" for figure in _FIGURES)
        click.echo(f"{plain(row.name):<{width}}{figures}  {_findings(row)}")
    click.echo(_last_line(project, result, perf_counter() - began))


def _findings(row: Row) -> str:
    counted = [(row.errors, "error"), (row.warnings, "warning")]
    found = ", ".join(f"{number} {what}{'s' if number > 1 else ''}" for number, what in counted if number)
    return f"{found or 'none'}{'' if row.fresh else ' (unchanged)'}"


def _last_line(project: Project, result: Build, seconds: float) -> str:
    made = sum(row.fresh for row in result.rows)
    errors, warnings = result.report.errors, result.report.warnings
    what = "nothing had changed" if not result.taken else f"{made} of {len(result.rows)} documents made"
    bag = project.output / project.deposit.name
    where = f"deposit in {bag}" if not errors else "no deposit, as there are errors"
    return f"{what}; {errors} errors, {warnings} warnings; {where}; {seconds:.1f} seconds"
