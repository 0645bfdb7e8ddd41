"""The command on ODDs: ``odd``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from teiwright.cli import outcomes, outputs
from teiwright.diagnostics import Report

_PATH = click.Path(path_type=Path)


@click.command(short_help="Make schemas and documentation of an ODD.")
@click.argument("odd_file", type=_PATH, metavar="FILE.odd")
@click.option(
    *("-o", "--output"),
    type=_PATH,
    required=True,
    metavar="DIR",
    callback=outputs.folder("the schemas have the name that the ODD gives them"),
    help="Where to put them.",
)
@click.option("--p5subset", type=_PATH, metavar="FILE", help="TEI's own specifications, p5subset.xml or .xml.xz.")
@click.option(
    "--allow", multiple=True, type=_PATH, metavar="DIR", help="A folder that @source, @url or @target may point into."
)
@click.option("--exact", is_flag=True, help="Refuse what an XSD cannot say exactly.")
@click.option("--check", is_flag=True, help="Write nothing; fail if a file is out of date.")
@click.option("--strict", is_flag=True, help="Warnings fail, too.")
def odd(
    odd_file: Path,
    output: Path,
    p5subset: Path | None,
    allow: tuple[Path, ...],
    exact: bool,
    check: bool,
    strict: bool,
) -> int:
    """Make RELAX NG, XSD, Schematron and documentation of an ODD, one set for each schema in it.

    An ODD that refers to modules of TEI needs TEI's own specifications: the file p5subset.xml of a TEI release,
    given here or as `p5subset` under `[odd]` in teiwright.toml. Nothing is fetched from the web.

    \b
    Examples:
      teiwright odd letters.odd -o schema --p5subset p5subset.xml
      teiwright check letters/ --schema schema/letters.rng
    """
    from teiwright.odd import compile_odd

    if sys.stderr.isatty():
        click.echo(f"compiling {outcomes.plain(odd_file)} …", err=True)
    made = compile_odd(odd_file, p5subset or _of_project(odd_file), allow, exact=exact)
    files = {name: data for compiled in made for name, data in compiled.files.items()}
    stale = _stale(output, files)
    if not check:
        _write(output, stale)
    verb = "out of date" if check else "written"
    for name in stale:
        click.echo(f"{outcomes.plain(output / name)}: {verb}")
    if not stale:
        click.echo(f"{outcomes.plain(output)}: nothing to do, all is up to date")
    for compiled in made if not check else ():
        _tell(compiled.grammar.odd.ident, len(compiled.grammar.elements), len(compiled.loose))
    code = outcomes.show(Report.of(note for compiled in made for note in compiled.notes), strict=strict)
    return max(code, 1) if check and stale else code


def _of_project(odd_file: Path) -> Path | None:
    """What the project file in the ODD's folder, or above it, says."""
    from teiwright.diagnostics import Code, TeiwrightError
    from teiwright.project import find_project, load_project

    try:
        project = find_project(odd_file.parent)
    except TeiwrightError as error:
        if error.finding.code is Code.NO_PROJECT:
            return None
        raise
    return load_project(project).p5subset


def _stale(folder: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {
        name: data
        for name, data in files.items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != data
    }


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    from teiwright.writing import write_if_changed

    for name, data in files.items():
        write_if_changed(folder / name, data)


def _tell(ident: str, elements: int, loose: int) -> None:
    click.echo(f"{ident}: {elements} elements")
    if loose:
        places = "1 place" if loose == 1 else f"{loose} places"
        click.echo(f"{ident}.xsd accepts more than {ident}.rng in {places}, listed at its top")
