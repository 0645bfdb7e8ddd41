"""Commands on projects: ``init``, ``build`` and ``permalinks``."""

from __future__ import annotations

import shlex
from functools import partial
from pathlib import Path

import click

from teiwright.cli import outcomes
from teiwright.sharding import Shard

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
    quoted = shlex.quote(outcomes.plain(folder))
    click.echo(f"next: fill in what you know, then run `teiwright build --project {quoted}`")
    return 0


def _shard(_context: click.Context, _option: click.Parameter, value: str | None) -> Shard | None:
    if value is None:
        return None
    number, _, count = value.partition("/")
    if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count)):
        raise click.BadParameter("write I/N, such as 3/40 for the third of 40")
    return Shard(int(number), int(count))


@click.command(short_help="Make all editions of a project.")
@click.option("--project", "folder", type=_PATH, metavar="FOLDER", help="Where the project is.")
@click.option("--strict", is_flag=True, help="Warnings fail, too, unless the project accepts them.")
@click.option("--jobs", type=click.IntRange(0), metavar="N", help="Worker processes (one a core); 0: no other process.")
@click.option("--dask", metavar="ADDRESS", help="Let the workers of a Dask cluster do it, such as tcp://10.0.0.1:8786.")
@click.option("--time-limit", type=click.FloatRange(1), metavar="SECONDS", help="For one document (300).")
@click.option("--shard", callback=_shard, metavar="I/N", help="Only the texts of one of N shards, for arrays of jobs.")
@click.option("--progress", type=click.Choice(["text", "json"]), default="text", help="How to say how far it is.")
@click.option("--all", "every", is_flag=True, help="Print each finding, also if there are more than 100.")
@click.option("--explain", metavar="ID", help="Make nothing; say why this document would be made again.")
@click.pass_obj
def build(  # noqa: PLR0913, PLR0917 (click passes each option)
    debug: bool,
    folder: Path | None,
    strict: bool,
    jobs: int | None,
    dask: str | None,
    time_limit: float | None,
    shard: Shard | None,
    progress: str,
    every: bool,
    explain: str | None,
) -> int:
    """Make all editions of a project: encode, check, compare, render, deposit.

    Only what changed since the last build is made again.
    An edition that a person has edited is kept, and checked, compared and rendered as it stands.

    \b
    Examples:
      teiwright build
      teiwright build --project letters --jobs 4
      teiwright build --explain grew-despatch-5529
      teiwright build --shard 3/40
    """
    if explain is not None:
        return _explain(folder, explain)
    from time import perf_counter

    from teiwright.build import build as build_project
    from teiwright.build import build_shard
    from teiwright.cli.clusters import hands
    from teiwright.cli.progress import told_as_json, tracked
    from teiwright.cli.summary import print_summary
    from teiwright.parallel import TIME_LIMIT
    from teiwright.project import load_project, named_project

    began = perf_counter()
    project = load_project(named_project(folder))
    with hands(jobs, dask) as work:
        limit = time_limit or TIME_LIMIT
        doing = build_project if shard is None else partial(build_shard, shard=shard)
        shown = told_as_json if progress == "json" else tracked
        result = doing(project, jobs=work.jobs, executor=work.executor, progress=shown, limit=limit, debug=debug)
    code = (outcomes.show if every else outcomes.show_some)(result.report, strict=strict)
    print_summary(project, result, began)
    return code


@click.command(short_help="Bring together what shards made.")
@click.option("--project", "folder", type=_PATH, metavar="FOLDER", help="Where the project is.")
def merge(folder: Path | None) -> int:
    """Bring together what `teiwright build --shard` made.

    Run all shards once for the editions, merge, run all shards once more for the views, merge, and then
    `teiwright build` for what is made of all together. Only the first step is needed: a build does what is missing.

    \b
    Example:
      teiwright build --shard 1/2 && teiwright build --shard 2/2 && teiwright merge && teiwright build
    """
    from teiwright.build import merge as merge_shards
    from teiwright.project import load_project, named_project

    count = merge_shards(load_project(named_project(folder)))
    click.echo(f"{count} shards merged" if count else "there are no shards to merge: run `teiwright build --shard I/N`")
    return 0 if count else 1


@click.command(short_help="Record the addresses that are published.")
@click.option("--project", "folder", type=_PATH, metavar="FOLDER", help="Where the project is.")
@click.option("--record", is_flag=True, help="Write the addresses of all pages into the registry.")
def permalinks(folder: Path | None, record: bool) -> int:
    """Record the addresses that are published, so that none of them vanishes in silence.

    Run it with --record when you publish, after a build, and commit the registry (tei/permalinks.tsv).
    From then on a page or an id in it that is not made any more fails the build,
    until a line of the registry says where it went, or that it is gone.

    \b
    Examples:
      teiwright permalinks
      teiwright permalinks --record
    """
    from teiwright.build import opened
    from teiwright.collection import Collection
    from teiwright.locking import alone
    from teiwright.project import load_project, named_project
    from teiwright.publishing import read_registry, recorded
    from teiwright.writing import write_if_changed

    project = load_project(named_project(folder))
    registry = read_registry(project.permalinks)
    with alone(project.state), opened(project) as state:
        collection = Collection(project, (), state.shelf())
        data = recorded(registry, collection.extracts, collection.site)
    name = outcomes.plain(project.permalinks)
    pages = [line.split("\t")[1] for line in data.decode().splitlines() if line.startswith("here\t")]
    now, new = len(pages), len(set(pages) - set(registry.here))
    if not now:
        click.echo("nothing is built yet: run `teiwright build` first", err=True)
        return 1
    if record:
        write_if_changed(project.permalinks, data)
        click.echo(f"{name}: {_counted(now)} published, {new} of them new; commit it")
    else:
        departed = len(registry.departed)
        click.echo(f"{name}: {_counted(len(registry.here))} published, {departed} addresses have moved or are gone")
        click.echo(f"{_counted(new)} not recorded yet; to publish them, run `teiwright permalinks --record`")
    return 0


def _explain(folder: Path | None, asked: str) -> int:
    from teiwright.build import opened
    from teiwright.locking import alone
    from teiwright.planning import reasons
    from teiwright.project import load_project, named_project

    project = load_project(named_project(folder))
    with alone(project.state), opened(project) as state:
        why = reasons(project, state, asked)
    if why is None:
        raise click.UsageError(f"there is no text and no document `{outcomes.plain(asked)}` in this project")
    for line in why or ["nothing has changed"]:
        click.echo(outcomes.plain(line))
    return 0


def _counted(pages: int) -> str:
    return f"{pages} page is" if pages == 1 else f"{pages} pages are"
