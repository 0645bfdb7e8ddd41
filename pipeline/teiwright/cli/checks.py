"""The command ``check``."""

from __future__ import annotations

from pathlib import Path

import click

from teiwright.cli import outcomes
from teiwright.cli.clusters import working
from teiwright.cli.inputs import fetched
from teiwright.remote import Url, place_of

_PATH = click.Path(path_type=Path)


def _reports(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> list[tuple[str, Path]]:
    found = []
    for value in values:
        form, sign, path = value.partition("=")
        if not sign or not path or form not in outcomes.FORMATS:
            raise click.BadParameter(f"write FORMAT=FILE, where FORMAT is one of {', '.join(outcomes.FORMATS)}")
        found.append((form, Path(path)))
    return found


@click.command(short_help="Check any TEI against any schema.")
@click.argument("paths", nargs=-1, type=place_of)
@click.option(
    *("--schema", "schemas"),
    multiple=True,
    type=_PATH,
    metavar="FILE",
    help="RELAX NG, XSD or Schematron; several may be given.",
)
@click.option("--phase", metavar="NAME", help="Try the Schematron rules of this phase; `#ALL` for all.")
@click.option("--no-rules", is_flag=True, help="Leave out the Schematron rules inside a RELAX NG schema.")
@click.option(
    *("--engine", "engines"),
    multiple=True,
    type=click.Choice(["lxml", "xmlschema"]),
    help="What an XSD is tried with; both may be given.  [default: lxml]",
)
@click.option(
    *("--persons", "--places", "authority"),
    multiple=True,
    type=_PATH,
    metavar="FILE",
    help="Follow references to this file, wherever it lies.",
)
@click.option("--trust", multiple=True, type=_PATH, metavar="PATH", help="Schemas and pointers may lead there, too.")
@click.option("--exclude", multiple=True, metavar="PATTERN", help="Pass over files that match, such as `drafts/*`.")
@click.option("--changed-since", metavar="REV", help="Only files that changed since this commit, and what names them.")
@click.option("--baseline", type=_PATH, metavar="FILE", help="Findings in this file are known: only new ones fail.")
@click.option("--write-baseline", is_flag=True, help="Write what is found now to the baseline.")
@click.option("--fix", is_flag=True, help="Show, as a diff, what can be corrected safely.")
@click.option("--write", is_flag=True, help="With --fix: correct it in the files.")
@click.option("--format", "format_", type=click.Choice(outcomes.FORMATS), default="text", show_default=True)
@click.option(
    *("--report", "reports"),
    multiple=True,
    callback=_reports,
    metavar="FORMAT=FILE",
    help="Write the report to a file, too.",
)
@working
@click.option("--no-cache", is_flag=True, help="Remember nothing from run to run.")
@click.option("--strict", is_flag=True, help="Warnings fail, too, unless the project accepts them.")
@click.pass_obj
def check(debug: bool, /, paths: tuple[Path | Url, ...], format_: str, **options: object) -> int:
    """Check TEI files, folders with all that is in them, URLs such as s3://bucket/tei/*.xml, or `-` for standard input.

    A file is held against the schemas of --schema; else those of the project (`[check]` in
    teiwright.toml); else those that it names itself (`<?xml-model?>`); else our own.
    Pointers and ids are checked whatever the schema. The report goes to standard output.

    Exit code: 0 all is well, 1 errors, 2 a file, a schema or an option is amiss, or nothing was checked.

    \b
    Examples:
      teiwright check tei/
      teiwright check corpus/ --schema tei_all.rng
      teiwright check corpus/ --baseline known.json --write-baseline
      teiwright check tei/ --format github --report sarif=findings.sarif
      teiwright check tei/ --fix
    """
    from teiwright.cli.checking_run import Wishes, run

    here = [path for path in paths if isinstance(path, Path)]
    if len(here) == len(paths):
        return run(Wishes.of(here, format_, options, debug=debug))
    if any(options[name] for name in ("baseline", "write_baseline", "changed_since", "fix")):
        raise click.UsageError("baselines, changes and corrections are for files of this machine, not for URLs")
    with fetched(paths, (".xml", ".tei")) as (there, names):
        return run(Wishes.of(there, format_, {**options, "no_cache": True}, debug=debug), names)
