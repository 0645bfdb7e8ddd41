"""Commands on files that hold many texts or editions: ``unpack`` and ``pack``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from teiwright.cli import inputs, outcomes, outputs
from teiwright.diagnostics import Report
from teiwright.remote import Url, place_of

if TYPE_CHECKING:
    from teiwright.bulk.packing import Row
    from teiwright.diagnostics import Diagnostic

_PATH = click.Path(path_type=Path)


@click.command(short_help="Unpack a file of many texts into a folder.")
@click.argument("source", type=place_of)
@click.option(
    *("-o", "--output"),
    type=_PATH,
    metavar="DIR",
    callback=outputs.folder("the texts come into it"),
    help="Where to; beside SOURCE, under its name.",
)
def unpack(source: Path | Url, output: Path | None) -> int:
    """Unpack JSON Lines, Parquet, a tar or a zip of texts into a folder.

    A record has an `id`, a `text`, and what else is known, under the keys of a sidecar (`title`, `date`, `sent` …).
    An archive has texts (`.txt`), and sidecars (`.toml`) beside them; SOURCE may also be a folder of these.
    Run it again when SOURCE changed: a text that a person changed is kept, one that is no longer in SOURCE goes.
    SOURCE may be a URL, such as s3://bucket/letters/ (see the extra `remote`).

    \b
    Examples:
      teiwright unpack letters.jsonl
      teiwright unpack letters.tar.gz -o texts
      teiwright unpack s3://bucket/letters.parquet -o texts
    """
    from teiwright.bulk.forms import ENDINGS, folder_of, form_of
    from teiwright.bulk.unpacking import unpack as unpacked

    named = Path(source.name) if isinstance(source, Url) else source
    if output is None and (form_of(named) is None or named.is_dir()):
        hint = "say with `-o DIR` into which folder" if named.is_dir() or isinstance(source, Url) else ""
        raise click.UsageError(hint or f"the names of files of many texts end in {', '.join(ENDINGS)}")
    folder = output or folder_of(named)
    with inputs.fetched((source,), inputs.TEXTS) as ((path,), names):
        if form_of(path) is None and not path.is_dir():
            raise click.UsageError(f"the names of files of many texts end in {', '.join(ENDINGS)}")
        findings = [names.of_finding(finding) for finding in unpacked(path, folder)]
    texts = sum(1 for _ in folder.glob("*.txt")) if folder.is_dir() else 0
    code = outcomes.show_some(Report.of(findings))
    click.echo(f"{outcomes.plain(folder)}: {texts:,} text{'' if texts == 1 else 's'}")
    return code


@click.command(short_help="Pack many editions into one file.")
@click.argument("tei", nargs=-1, required=True, type=_PATH)
@click.option("-o", "--output", type=place_of, required=True, metavar="FILE", help="What, by how it ends.")
@click.option("--title", metavar="TEXT", default="Collection", show_default=True, help="Of a teiCorpus.")
def pack(tei: tuple[Path, ...], output: Path | Url, title: str) -> int:
    """Pack editions, or folders of them, into JSON Lines, Parquet, a tar or zip, or one teiCorpus.

    Tables have a row for each edition: id, path, content, size, sha256, status, findings. The status is
    `written` for an edition as teiwright wrote it, `edited` if a person changed it, `foreign` for others,
    `failed` if it cannot be read. A teiCorpus (`.xml`) includes the files where they are, by XInclude.
    FILE may be a URL, such as s3://bucket/editions.zip (see the extra `remote`).

    \b
    Examples:
      teiwright pack tei/ -o editions.jsonl
      teiwright pack tei/ -o editions.parquet
      teiwright pack tei/ -o corpus.xml --title "Letters of the Embassy"
    """
    from teiwright.bulk.packing import Target
    from teiwright.bulk.packing import pack as packed

    if isinstance(output, Url) and output.name.endswith(".xml"):
        raise click.UsageError("a teiCorpus includes the files where they are: write it here, or a zip there")
    files, findings = inputs.expand(tei, (".xml",))
    findings += [_missing(file) for file in files if not file.exists()]
    counted: dict[str, int] = {}
    with inputs.put_back(output) as target:
        found = [file for file in files if file.exists() and file.resolve() != target.resolve()]
        if there := list(inputs.without_clashes(found, findings)):
            packed(_rows(there, counted), Target(target, title))
    code = outcomes.show_some(Report.of(findings))
    made = ", ".join(f"{number:,} {status}" for status, number in sorted(counted.items())) or "no edition"
    click.echo(f"{outcomes.plain(output)}: {made}")
    return max(code, 1 if counted.get("failed") or not counted else 0)


def _missing(file: Path) -> Diagnostic:
    from teiwright.diagnostics import Code, Diagnostic, Location

    return Diagnostic(Code.NOT_FOUND, Location(str(file)), "there is no such file", "look for a typing error")


def _rows(files: list[Path], counted: dict[str, int]) -> Iterator[Row]:
    from functools import lru_cache

    from teiwright.bulk.packing import row_of
    from teiwright.writing import read_record

    recorded = lru_cache(maxsize=4)(read_record)
    for file in files:
        row = row_of(file, recorded(file.parent).get(file.name))
        counted[row.status] = counted.get(row.status, 0) + 1
        yield row
