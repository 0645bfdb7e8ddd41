"""``review``: decide on doubtful names, in a browser or in a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from teiwright.cli import outcomes

if TYPE_CHECKING:
    from teiwright.conversion import Recipe
    from teiwright.model import Metadata
    from teiwright.reviewing import Desk

_PATH = click.Path(path_type=Path)
_DAY = 10
"""``2026-11-21`` has so many characters."""


@click.command(short_help="Decide on doubtful names, in the browser.")
@click.argument("texts", nargs=-1, type=_PATH)
@click.option("--project", "folder", type=_PATH, metavar="FOLDER", help="If no text is named.")
@click.option("--persons", type=_PATH, metavar="FILE", help="Known persons: a TEI file with a listPerson.")
@click.option("--places", type=_PATH, metavar="FILE", help="Known places: a TEI file with a listPlace.")
@click.option("--who", metavar="NAME", help="Who decides; the edition will say so.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="A free one, if not said.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option("--csv", "table", type=_PATH, metavar="FILE", help="Write the questions of one text to a spreadsheet.")
@click.option("--read", "filled", type=_PATH, metavar="FILE", help="Read such a spreadsheet back.")
def review(  # noqa: PLR0913, PLR0917 (click hands over each option)
    texts: tuple[Path, ...],
    folder: Path | None,
    persons: Path | None,
    places: Path | None,
    who: str | None,
    port: int,
    no_browser: bool,
    table: Path | None,
    filled: Path | None,
) -> int:
    """Decide on the names that the program is not sure of.

    Opens a page on this machine alone: the text beside its doubtful names, answered by single keys.
    Each answer is written at once to NAME.decisions.csv beside NAME.txt, and the next `encode` or `build` heeds it.
    Without TEXTS it takes those of the project.

    \b
    Examples:
      teiwright review letters/sapt.txt
      teiwright review --project letters --who "Maria Kern"
      teiwright review letters/sapt.txt --csv questions.csv
      teiwright review letters/sapt.txt --read questions.csv
    """
    if (table or filled) and len(texts) != 1:
        raise click.UsageError("a spreadsheet holds the questions of one text: name it")
    if table and filled:
        raise click.UsageError("`--csv` writes and `--read` reads: give one of them")
    if filled:
        return _read(filled, texts[0])
    desk = _desk(texts, folder, persons, places, who)
    return _write(desk, table) if table else _serve(desk, port, browser=not no_browser)


def _desk(
    texts: tuple[Path, ...], folder: Path | None, persons: Path | None, places: Path | None, who: str | None
) -> Desk:
    from teiwright.conversion import authority_of, understand
    from teiwright.reviewing import Desk

    named, recipe, table = _named(texts, folder, persons, places)

    def known(text: Path) -> Metadata | None:
        return table.get(text.name) or table.get(text.stem)

    paths = {text.stem: text for text in named}
    return Desk(paths, lambda text: understand(text, known(text), recipe), lambda: authority_of(recipe), who, _today())


def _named(
    texts: tuple[Path, ...], folder: Path | None, persons: Path | None, places: Path | None
) -> tuple[tuple[Path, ...], Recipe, Mapping[str, Metadata]]:
    """The texts, how they are understood, and what a table says of them."""
    from teiwright.conversion import Recipe, recipe_of
    from teiwright.project import load_project, named_project
    from teiwright.reading import read, read_table

    if texts:
        for text in texts:
            read(text)  # what is no text is refused here, and not on the page
        return texts, Recipe.of(Path(), persons, places), {}
    project = load_project(named_project(folder))
    return project.texts(), recipe_of(project), read_table(project.metadata) if project.metadata else {}


def _today() -> str:
    import os
    from datetime import UTC, datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now().astimezone()
    return moment.isoformat()[:_DAY]


def _write(desk: Desk, table: Path) -> int:
    from teiwright.reviewing import questions_as_table
    from teiwright.writing import write_whole

    (name,) = desk.texts
    _, reading = desk.reading(name)
    # With a byte order mark, by which spreadsheets know UTF-8.
    write_whole(table, questions_as_table(reading).encode("utf-8-sig"))
    count = sum(question.doubtful for question in reading.questions)
    names = f"{count} name{'' if count == 1 else 's'}; fill in the column `verdict`, then use --read"
    click.echo(f"wrote {outcomes.plain(table)}: {names if count else 'no name is in doubt'}")
    return 0


def _read(filled: Path, text: Path) -> int:
    from teiwright.naming.decisions import of_text
    from teiwright.reviewing import record_table

    if not filled.is_file():
        raise click.UsageError(f"there is no file `{filled}`")
    count = record_table(filled, text)
    if count:
        decisions = f"{count} new decision{' is' if count == 1 else 's are'}"
        click.echo(f"{decisions} in {outcomes.plain(of_text(text))}")
    else:
        click.echo(f"no new decision is in {outcomes.plain(filled)}: fill in the column `verdict`")
    return 0


def _serve(desk: Desk, port: int, *, browser: bool) -> int:
    import webbrowser

    from teiwright.reviewing import Server

    try:
        server = Server(desk, port)
    except OSError as error:
        raise click.UsageError(f"port {port} cannot be used: {(error.strerror or str(error)).lower()}") from error
    with server:
        click.echo(f"{server.address}\nanswers are written at once; press Ctrl-C to end")
        if browser:
            webbrowser.open(server.address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo()
    return 0
