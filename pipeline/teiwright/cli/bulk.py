"""Commands on files that hold many texts or editions: ``unpack`` and ``pack``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from teiwright.cli import outcomes

if TYPE_CHECKING:
    from teiwright.bulk.packing import Row
    from teiwright.diagnostics import Diagnostic

_PATH = click.Path(path_type=Path)


@click.command(short_help="Unpack a file of many texts into a folder.")
@click.argument("source", type=_PATH)
@click.option("-o", "--output", type=_PATH, metavar="DIR", help="Where to; beside SOURCE, under its name.")
def unpack(source: Path, output: Path | None) -> int:
    """Unpack JSON Lines, Parquet, a tar or a zip of texts into a folder.

    A record has an `id`, a `text`, and what else is known, under the keys of a sidecar (`title`, `date`, `sent` …).
    An archive has texts (`.txt`), and sidecars (`.toml`) beside them.
    Run it again when SOURCE changed: a text that a person changed is kept, one that is no longer in SOURCE goes.

    \b
    Examples:
      teiwright unpack letters.jsonl
      teiwright unpack letters.tar.gz -o texts
    """
    from teiwright.bulk.forms import ENDINGS, folder_of, form_of
    from teiwright.bulk.unpacking import unpack as unpacked

    if form_of(source) is None:
        raise click.UsageError(f"the names of files of many texts end in {', '.join(ENDINGS)}")
    folder = output or folder_of(source)
    findings = list(unpacked(source, folder))
    texts = sum(1 for _ in folder.glob("*.txt")) if folder.is_dir() else 0
    code = outcomes.show_some(findings)
    click.echo(f"{outcomes.plain(folder)}: {texts:,} text{'' if texts == 1 else 's'}")
    return code


@click.command(short_help="Pack many editions into one file.")
@click.argument("tei", nargs=-1, required=True, type=_PATH)
@click.option("-o", "--output", type=_PATH, required=True, metavar="FILE", help="What to make, by how it ends.")
@click.option("--title", metavar="TEXT", default="Collection", show_default=True, help="Of a teiCorpus.")
def pack(tei: tuple[Path, ...], output: Path, title: str) -> int:
    """Pack editions, or folders of them, into JSON Lines, Parquet, a tar or zip, or one teiCorpus.

    Tables have a row for each edition: id, path, content, size, sha256, status, findings. The status is
    `written` for an edition as teiwright wrote it, `edited` if a person changed it, `foreign` for others,
    `failed` if it cannot be read. A teiCorpus (`.xml`) includes the files where they are, by XInclude.

    \b
    Examples:
      teiwright pack tei/ -o editions.jsonl
      teiwright pack tei/ -o editions.parquet
      teiwright pack tei/ -o corpus.xml --title "Letters of the Embassy"
    """
    from teiwright.bulk.packing import Target
    from teiwright.bulk.packing import pack as packed
    from teiwright.cli.inputs import expand, without_clashes

    files, findings = expand(tei, (".xml",))
    findings += [_missing(file) for file in files if not file.exists()]
    found = [file for file in files if file.exists() and file.resolve() != output.resolve()]
    there = list(without_clashes(found, findings))
    counted: dict[str, int] = {}
    if there:
        packed(_rows(there, counted), Target(output, title))
    code = outcomes.show_some(findings)
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
