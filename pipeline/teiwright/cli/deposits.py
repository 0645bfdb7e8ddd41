"""The command ``deposit``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from teiwright.cli import outcomes, outputs
from teiwright.deposit_settings import FORMS, TARGETS, DepositSettings, Form, Target

if TYPE_CHECKING:
    from teiwright.diagnostics import Report

_PATH = click.Path(path_type=Path)


@click.command(short_help="Pack a project for an archive.")
@click.option("--project", "folder", type=_PATH, metavar="FOLDER", help="Where the project is.")
@click.option("--target", type=click.Choice(TARGETS), help="For which archive; it is checked what that one needs.")
@click.option("--form", type=click.Choice(FORMS), help="A bag with the SIP in it, or the SIP alone.")
@click.option("--zip/--no-zip", "as_zip", default=None, help="Also as one zip; if not said, as the target takes it.")
@click.option(
    *("-o", "--output"),
    type=_PATH,
    metavar="DIR",
    callback=outputs.folder("`--zip` makes one zip of the package, there"),
    help="Where to put it (OUTPUT/deposit).",
)
@click.option("--since", type=_PATH, metavar="RECEIPT", help="Only what changed since an earlier deposit.")
@click.option(
    "--ocfl",
    type=_PATH,
    metavar="ROOT",
    callback=outputs.folder("an OCFL store is a folder of objects"),
    help="Also add it as a version to this OCFL store.",
)
@click.option("--verify", type=_PATH, metavar="PACKAGE", help="Make nothing; do what `teiwright verify` does.")
@click.option("--format", "format_", type=click.Choice(outcomes.FORMATS), default="text", show_default=True)
def deposit(  # noqa: PLR0913, PLR0917 (click passes each option)
    folder: Path | None,
    target: Target | None,
    form: Form | None,
    as_zip: bool | None,
    output: Path | None,
    since: Path | None,
    ocfl: Path | None,
    verify: Path | None,
    format_: str,
) -> int:
    """Pack a project for an archive: a BagIt bag with an E-ARK SIP in it that is an RO-Crate.

    It holds the editions, their sources, web pages and PDFs, the schema, and who made what when, with checksums of all.
    Beside it are what repositories ask in their forms, and a receipt.
    First it is held against what the archive needs to know; if that is not said, nothing is written.
    The deposit is there whole or not at all, and has the same bytes each time it is made.

    \b
    Examples:
      teiwright deposit
      teiwright deposit --target zenodo -o out/zenodo
      teiwright deposit --since out/deposit/receipt.json -o out/supplement
      teiwright deposit --ocfl ../versions
      teiwright deposit --verify out/deposit/letters
    """
    from teiwright.diagnostics import Code
    from teiwright.reporting import parts_of_report

    if since and ocfl:
        raise click.UsageError("a supplement (`--since`) is no version, and is not put into a store (`--ocfl`)")

    if verify is not None:
        from teiwright.cli.packages import told

        return told((verify,), None, format_)

    def change(settings: DepositSettings) -> DepositSettings:
        return replace(
            settings,
            target=target or settings.target,
            form=form or settings.form,
            zip=settings.zip if as_zip is None else as_zip,
            folder=output or settings.folder,
            ocfl=ocfl or settings.ocfl,
        )

    report, where = _deposited(folder, change, since)
    if report.findings or format_ != "text":
        outcomes.print_report(parts_of_report(report, format_))
    made = not report.errors and all(finding.code is not Code.NOTHING_CHANGED for finding in report.findings)
    if format_ == "text" and made:
        click.echo(f"{outcomes.plain(where)}: complete and valid")
    return outcomes.exit_code(report.findings)


def _deposited(
    start: Path | None, change: Callable[[DepositSettings], DepositSettings], since: Path | None
) -> tuple[Report, Path]:
    """Build what has to be built, and pack it; what was found, and where the deposit lies."""
    from teiwright.build import build, opened
    from teiwright.cli.progress import tracked
    from teiwright.handing_over import deposit_project
    from teiwright.locking import alone
    from teiwright.project import load_project, named_project

    project = load_project(named_project(start))
    project = replace(project, deposit=change(project.deposit), deposits=False)
    built = build(project, progress=tracked)
    if built.report.errors:
        return built.report, project.deposit_folder
    with alone(project.state), opened(project) as state:
        return deposit_project(project, state, since), project.deposit_folder
