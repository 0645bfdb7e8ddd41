"""Commands on projects: ``init`` and ``build``."""

from __future__ import annotations

from pathlib import Path

import click

from teiwright.cli import outcomes

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> int:
    """Make a project of a folder of texts.

    Writes FOLDER/teiwright.toml, and beside each NAME.txt a NAME.toml for what is known of it.
    A file that is there already is left as it is.

    \b
    Example:
      teiwright init letters
      teiwright build --project letters
    """
    from teiwright.cli.beginning import begin

    written = [outcomes.plain(path) for path in begin(folder)]
    for path in written:
        click.echo(f"wrote {path}")
    if not written:
        click.echo("nothing to write: the project file and a NAME.toml beside each text are there already")
    click.echo(f"next: fill in what you know, then run `teiwright build --project {outcomes.plain(folder)}`")
    return 0


@click.command(short_help="Make all editions of a project.")
@click.option("--project", "folder", type=_PATH, default=Path(), metavar="FOLDER", help="Where the project is.")
@click.option("--strict", is_flag=True, help="Warnings fail, too, unless the project accepts them.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Worker processes (one a core).")
@click.pass_obj
def build(debug: bool, folder: Path, strict: bool, jobs: int | None) -> int:
    """Make all editions of a project: encode, check, compare, render, deposit.

    Only what changed since the last build is made again.
    An edition that a person has edited is kept, and checked, compared and rendered as it stands.

    \b
    Examples:
      teiwright build
      teiwright build --project letters --jobs 4
    """
    from time import perf_counter

    from teiwright.build import build as build_project
    from teiwright.cli.progress import tracked
    from teiwright.cli.summary import print_summary
    from teiwright.project import find_project, load_project

    began = perf_counter()
    project = load_project(find_project(folder))
    result = build_project(project, jobs, progress=tracked, debug=debug)
    code = outcomes.show(result.report.findings, strict=strict)
    print_summary(project, result, began)
    return code
