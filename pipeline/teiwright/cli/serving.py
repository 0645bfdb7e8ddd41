"""``serve``: look at an edition while it is made."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from teiwright.cli import outcomes

if TYPE_CHECKING:
    from teiwright.cli.rebuilding import Rebuilder
    from teiwright.serving import Board, Server
    from teiwright.serving.watching import Snapshot

_PATH = click.Path(path_type=Path)
_PAUSE = 0.5
"""Seconds from one look at the files to the next."""

_REST = 10
"""The pause is so many times as long as the look, if there are very many files."""

_TOLD = 4_000
"""So many characters of what is wrong are shown on the page; the terminal has all."""


@click.command(short_help="Show the edition in the browser, and build what changes.")
@click.option("--project", "folder", type=_PATH, metavar="FOLDER", help="Where the project is.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, metavar="N", help="0: any.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Worker processes of a build (one a core).")
@click.option("--open", "opens", is_flag=True, help="Open the browser.")
def serve(folder: Path | None, port: int, jobs: int | None, opens: bool) -> int:
    """Show the built edition in the browser, build what changes, and show it anew.

    Serves the output folder to this machine alone. Watches texts, what is known of them, decisions, editions,
    authority files, schema, stylesheets, fonts and the project file; runs `teiwright build` when one changes.
    What is wrong with a build is told here and on the page. Ctrl-C ends it.

    \b
    Examples:
      teiwright serve
      teiwright serve --project letters --open
    """
    import webbrowser
    from threading import Thread

    from teiwright.cli.rebuilding import Rebuilder
    from teiwright.project import load_project, named_project
    from teiwright.serving import Board, Server

    file = named_project(folder)
    board = Board()
    try:
        server = Server(load_project(file).output, board, port)
    except OSError as error:
        hint = "name another with `--port N`, or `--port 0` for a free one"
        raise click.UsageError(
            f"port {port} cannot be used: {(error.strerror or str(error)).lower()}; {hint}"
        ) from error
    for ending in (signal.SIGINT, signal.SIGTERM):  # also where a script started this in the background, deaf to Ctrl-C
        signal.signal(ending, signal.default_int_handler)
    with server:
        Thread(target=server.serve_forever, daemon=True).start()
        click.echo(f"{server.address}\nbuilding; press Ctrl-C to end")
        if opens:
            webbrowser.open(server.address)
        rebuilder = Rebuilder(file, jobs)
        try:
            _keep_built(file, server, board, rebuilder)
        except KeyboardInterrupt:
            click.echo()
        rebuilder.end()
        server.shutdown()
    return 0


def _keep_built(file: Path, server: Server, board: Board, rebuilder: Rebuilder) -> None:
    """Build now and whenever something changes, also if it changes while a build is running."""
    from teiwright.serving import snapshot, watched

    seen: Snapshot = {}
    told = None
    while True:
        began = time.perf_counter()
        now = snapshot(*watched(file))
        if now == seen:
            time.sleep(max(_PAUSE, _REST * (time.perf_counter() - began)))
            continue
        changed = [Path(name) for name in {*seen, *now} if seen.get(name) != now.get(name)]
        seen = now
        output = server.folder = output_of(file, server.folder)
        before = snapshot(output)
        board.begun()
        built = rebuilder.build(changed)
        differs = snapshot(output) != before
        # A build writes editions, so that another one follows, which finds nothing to do and need not say so.
        if differs or built.errors != told:
            click.echo(built.output, nl=False)
            click.echo(built.errors, nl=False, err=True)
        told = built.errors
        board.ended(outcomes.plain_lines(told)[:_TOLD] if built.code else "", changed=differs)


def output_of(file: Path, before: Path) -> Path:
    """Where a project's edition is made: a person may choose another folder meanwhile, or misspell the project file."""
    from teiwright.diagnostics import TeiwrightError
    from teiwright.project import load_project

    try:
        return load_project(file).output.resolve()
    except TeiwrightError:
        return before
