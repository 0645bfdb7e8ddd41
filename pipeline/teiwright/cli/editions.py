"""Commands on editions: ``check``, ``render``, ``deposit``, ``explain``."""

from __future__ import annotations

from pathlib import Path

import click

from teiwright.cli import outcomes

_PATH = click.Path(path_type=Path)
_FORMATS = ("text", "json", "sarif", "junit", "github", "markdown")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option("--schema", type=_PATH, metavar="FILE", help="Check against this schema instead of our own.")
@click.option("--format", "format_", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Warnings fail, too.")
@click.pass_obj
def check(debug: bool, paths: tuple[Path, ...], schema: Path | None, format_: str, strict: bool) -> int:
    """Check TEI files, or folders of them, against the schema and the rules.

    The report goes to standard output; the exit code is 1 if there is an error in it.

    \b
    Examples:
      teiwright check tei/
      teiwright check edition.xml --schema tei_all.rng
      teiwright check tei/ --format sarif > findings.sarif
    """
    from teiwright.cli.inputs import expand
    from teiwright.cli.progress import tracked
    from teiwright.diagnostics import Report
    from teiwright.guarding import guarded
    from teiwright.reporting import render_report

    files, findings = expand(paths, (".xml",))
    for path in tracked(files, len(files), "editions"):
        findings += guarded(path, lambda path=path: _checked(path, schema), debug=debug)
    report = Report.of(findings)
    click.echo(render_report(report, format_), nl=False)
    return outcomes.exit_code(report.findings, strict=strict)
