"""The command ``report``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from teiwright.cli import outcomes

if TYPE_CHECKING:
    from teiwright.surveying import Survey

_PATH = click.Path(path_type=Path)


@click.command(short_help="Say what builds found in a project, and what they cost.")
@click.option("--project", "folder", type=_PATH, metavar="FOLDER", help="Where the project is.")
@click.option("-o", "--output", type=_PATH, metavar="FILE", help="Write a page (.html) or a picture (.svg).")
def report(folder: Path | None, output: Path | None) -> int:
    """Say what the last builds found in the texts of a project and in all together, and what each stage cost.

    Findings are grouped by their codes, with three examples each; warnings that the project accepts are left out.
    The page has a picture of all documents by size and time, too. Nothing is made or checked anew.

    \b
    Examples:
      teiwright report
      teiwright report -o report.html
      teiwright report -o times.svg
    """
    from teiwright.build import opened
    from teiwright.locking import alone
    from teiwright.project import load_project, named_project
    from teiwright.surveying import page, plot, survey
    from teiwright.writing import write_whole

    if output is not None and output.suffix not in {".html", ".svg"}:
        raise click.BadParameter("the name ends in `.html` for a page or in `.svg` for a picture", param_hint="-o")
    project = load_project(named_project(folder))
    with alone(project.state), opened(project) as state:
        known = survey(project, state)
    if not known.texts:
        click.echo("nothing is built yet: run `teiwright build` first", err=True)
        return 1
    if output is not None:
        write_whole(output, page(known) if output.suffix == ".html" else plot(known))
    else:
        for line in _lines(known):
            click.echo(outcomes.plain(line))
    return 0


def _lines(known: Survey) -> Iterator[str]:
    from teiwright.surveying.page import heading, numbers, shares

    yield numbers(known)
    for code, group in known.in_order():
        yield ""
        yield heading(code, group)
        for finding in group.examples:
            yield f"  {str(finding).splitlines()[0]}"
    if not known.costs:
        return
    made = known.cost / 1000 / max(1, sum(cell.count for cell in known.cells.values()))
    yield ""
    yield f"processor time: {known.cost / 1e6:,.1f} s, {made:,.0f} ms a document"
    for stage, seconds, share in shares(known):
        yield f"  {stage:<10}{seconds:>10} s{share:>6}"
    yield "the documents that cost most"
    for each in known.dearest:
        yield f"  {each.cost / 1e6:10,.2f} s{each.size / 1000:12,.1f} kB  {each.name}"
