"""Arguments in, report out, exit code: 0 all is well, 1 findings, 2 the surroundings, 3 our bug.

The stages are imported by the command that needs them, so that ``teiwright --help`` answers at once.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import cast

import click

from teiwright import __version__

_COMMANDS = {
    "init": "projects",
    "build": "projects",
    "merge": "projects",
    "report": "surveys",
    "serve": "serving",
    "permalinks": "projects",
    "unpack": "bulk",
    "pack": "bulk",
    "encode": "texts",
    "parse": "texts",
    "review": "reviewing",
    "names": "naming",
    "compare": "texts",
    "check": "checks",
    "odd": "schemas",
    "render": "editions",
    "deposit": "deposits",
    "verify": "packages",
    "explain": "editions",
}


class _LateGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        return cast(click.Command, getattr(import_module(f"teiwright.cli.{_COMMANDS[cmd_name]}"), cmd_name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            close = get_close_matches(args[0], _COMMANDS, 1)
            hint = f"did you mean `{close[0]}`?" if close else f"the commands are {', '.join(_COMMANDS)}"
            ctx.fail(f"there is no command `{args[0]}`; {hint}")
        return super().resolve_command(ctx, args)


@click.command(cls=_LateGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="teiwright %(version)s")
@click.option("--debug", is_flag=True, help="Print the traceback if teiwright itself fails.")
def teiwright(debug: bool) -> None:
    """Turn plain text of historical documents into proven, valid, readable TEI editions.

    \b
    Begin with a text of your own:
      teiwright encode letter.txt -o tei
      teiwright compare letter.txt tei/letter.xml
      teiwright render tei/letter.xml --to html -o out

    \b
    Or make a project of a folder of texts:
      teiwright init letters
      teiwright build --project letters
    """
    from teiwright.cli.outcomes import check_folder

    check_folder()
    click.get_current_context().obj = debug


def main(arguments: Sequence[str] | None = None) -> None:
    """The ``teiwright`` command."""
    from teiwright.cli.outcomes import run

    code = run(teiwright, sys.argv[1:] if arguments is None else arguments)
    gc.freeze()  # all goes with the process, and to look through it once more takes its time
    sys.exit(code)
