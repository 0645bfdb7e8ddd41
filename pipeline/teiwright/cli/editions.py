"""Commands on editions: ``check``, ``render``, ``explain``."""

from __future__ import annotations

from pathlib import Path

import click

from teiwright.cli import outcomes

_PATH = click.Path(path_type=Path)


@click.command(short_help="Check TEI against the schema and the rules.")
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option("--schema", type=_PATH, metavar="FILE", help="Check against this schema instead of our own.")
@click.option(
    *("--persons", "--places", "authority"),
    multiple=True,
    type=_PATH,
    metavar="FILE",
    help="Follow references to this file, wherever it lies.",
)
@click.option("--format", "format_", type=click.Choice(outcomes.FORMATS), default="text", show_default=True)
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Worker processes (one a core).")
@click.option("--strict", is_flag=True, help="Warnings fail, too.")
@click.pass_obj
def check(
    debug: bool,
    paths: tuple[Path, ...],
    schema: Path | None,
    authority: tuple[Path, ...],
    format_: str,
    jobs: int | None,
    strict: bool,
) -> int:
    """Check TEI files, or folders of them, against the schema and the rules.

    The report goes to standard output; the exit code is 1 if there is an error in it.

    \b
    Examples:
      teiwright check tei/
      teiwright check edition.xml --schema tei_all.rng
      teiwright check tei/ --format sarif > findings.sarif
    """
    from teiwright.cli.editing import checked
    from teiwright.diagnostics import Report
    from teiwright.reporting import render_report

    report = Report.of(checked(paths, schema, authority, jobs, debug=debug))
    click.echo(render_report(report, format_), nl=False)
    return outcomes.exit_code(report.findings, strict=strict)


@click.command(short_help="Make web pages or PDFs of TEI.")
@click.argument("tei", nargs=-1, required=True, type=_PATH)
@click.option("--to", type=click.Choice(["html", "pdf", "typst"]), required=True, help="What to make.")
@click.option("-o", "--output", type=_PATH, required=True, metavar="DIR", help="Where to put it.")
@click.option("--persons", type=_PATH, metavar="FILE", help="Known persons: a TEI file with a listPerson.")
@click.option("--places", type=_PATH, metavar="FILE", help="Known places: a TEI file with a listPlace.")
@click.option("--fonts", type=_PATH, metavar="DIR", help="Fonts of scripts that the PDF lacks otherwise.")
@click.pass_obj
def render(
    debug: bool,
    tei: tuple[Path, ...],
    to: str,
    output: Path,
    persons: Path | None,
    places: Path | None,
    fonts: Path | None,
) -> int:
    """Make web pages, PDFs or Typst sources of TEI files, or of folders of them.

    Web pages of several editions come with an index.

    \b
    Examples:
      teiwright render tei/ --to html -o pages
      teiwright render edition.xml --to pdf -o print
    """
    from teiwright.cli.editing import rendered

    authority = tuple(path for path in (persons, places) if path)
    return outcomes.show(rendered(tei, to, output, authority, fonts, debug=debug))


@click.command()
@click.argument("code")
def explain(code: str) -> int:
    """Explain a finding: what it means, why it matters, what to do.

    \b
    Examples:
      teiwright explain TW214
      teiwright explain note-without-callout
    """
    from teiwright.reporting import UnknownCodeError
    from teiwright.reporting import explain as page_of

    try:
        click.echo(page_of(code), nl=False)
    except UnknownCodeError as error:
        raise click.UsageError(str(error)) from error
    return 0
