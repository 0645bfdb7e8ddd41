"""Commands on plain texts: ``encode``, ``parse``, ``compare``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from teiwright.cli import inputs, outcomes, outputs
from teiwright.cli.clusters import Working, working
from teiwright.diagnostics import Report
from teiwright.remote import Url, place_of

if TYPE_CHECKING:
    from teiwright.model import Edition, Source

_TEXT = click.Path(path_type=Path)
_SHOWN = ("lines", "blocks", "draft", "notes", "conventions", "ledger", "doubts")


@click.command()
@click.argument("texts", nargs=-1, required=True, type=place_of)
@click.option("-o", "--output", type=place_of, metavar="DIR", help="Write DIR/NAME.xml for each NAME.txt; or a file.")
@click.option("--persons", type=_TEXT, metavar="FILE", help="Known persons: a TEI file with a listPerson.")
@click.option("--places", type=_TEXT, metavar="FILE", help="Known places: a TEI file with a listPlace.")
@working
@click.option("--strict", is_flag=True, help="Warnings fail, too.")
@click.pass_obj
def encode(
    debug: bool,
    texts: tuple[Path | Url, ...],
    output: Path | Url | None,
    persons: Path | None,
    places: Path | None,
    working: Working,
    strict: bool,
) -> int:
    """Turn plain texts, or folders of them, into TEI.

    What is known of NAME.txt may stand in NAME.toml beside it.
    A single text without --output is written to standard output, and with one that ends in `.xml` to that file;
    `-` reads one from standard input.
    An edition that a person has edited is kept; `teiwright.sha256` beside it says what was written last.
    Texts may also lie in one file (JSON Lines, Parquet, tar, zip), and so may the editions;
    these files, and texts, may be named by URLs such as s3://bucket/letters.jsonl (see the extra `remote`).

    \b
    Examples:
      teiwright encode letter.txt -o letter.xml
      teiwright encode letters/ -o tei --jobs 4
      teiwright encode letters.jsonl -o editions.jsonl
      cat letter.txt | teiwright encode - > letter.xml
    """
    from teiwright.bulk.forms import form_of
    from teiwright.cli import encoding_run
    from teiwright.conversion import Recipe

    one = Path(texts[0].name) if isinstance(texts[0], Url) else texts[0]
    if output is None and (len(texts) > 1 or one.is_dir() or form_of(one)):
        raise click.UsageError("several texts need a folder to write to: add `-o DIR`")
    if output is None:
        return encoding_run.to_standard_output(texts[0], Recipe.of(Path(), persons, places), strict=strict)
    if isinstance(output, Url) and not form_of(Path(output.name)):
        raise click.UsageError("a folder of editions is written here, where those that people edited can be kept")
    if isinstance(output, Path) and outputs.one_goes_to_one(texts, output, outputs.EDITIONS):
        return encoding_run.to_one_file(texts[0], output, Recipe.of(output.parent, persons, places), strict=strict)
    if isinstance(output, Path) and form_of(output) is None and outputs.is_called_like_a_file(output):
        raise outputs.a_folder_is_wanted(output, "one text goes to `NAME.xml`, several to a folder or to `NAME.jsonl`")
    with inputs.put_back(output) as target:
        wishes = encoding_run.Wishes(texts, target, persons, places, working, debug, strict)
        return (encoding_run.to_file if form_of(target) else encoding_run.to_folder)(wishes)


@click.command()
@click.argument("text", type=_TEXT)
@click.option("--show", type=click.Choice(_SHOWN), default="blocks", show_default=True, help="What to print.")
@click.option("--persons", type=_TEXT, metavar="FILE", help="Known persons: a TEI file with a listPerson.")
@click.option("--places", type=_TEXT, metavar="FILE", help="Known places: a TEI file with a listPlace.")
def parse(text: Path, show: str, persons: Path | None, places: Path | None) -> int:
    """Print how a text is understood, without making TEI of it.

    \b
      lines        each line, and what of it became markup
      blocks       one line a block: heading, paragraph, list …
      draft        the whole tree, down to its leaves
      notes        each note, its mark, whether the text calls it
      conventions  which habits of plain text were recognised, and why
      ledger       everything that became markup, with the reason
      doubts       what was inferred, the least certain first

    \b
    Example:
      teiwright parse letter.txt --show notes
    """
    from teiwright.cli import showing
    from teiwright.cli.encoding_run import on_disk
    from teiwright.conversion import Recipe, understand

    with on_disk(text) as path:
        draft = understand(path, None, Recipe.of(Path(), persons, places))
    for line in showing.VIEWS[show](draft):
        click.echo(line)
    return outcomes.show(Report.of(draft.findings))


def _side_by_side(source: Source, edition: Edition, page: Path) -> None:
    from teiwright.comparing import corresponding
    from teiwright.diagnostics import TeiwrightError
    from teiwright.rendering import prepare, source_page
    from teiwright.rendering.context import NO_CONTEXT
    from teiwright.writing import write_whole

    prepared = prepare(edition)
    if prepared.root is None:
        raise TeiwrightError(prepared.findings[0])
    _, data = source_page(prepared, source, corresponding(source, edition), NO_CONTEXT)
    write_whole(page, data)


@click.command(short_help="Prove that nothing was lost, moved or invented.")
@click.argument("text", type=_TEXT)
@click.argument("tei", type=_TEXT)
@click.option("--format", "format_", type=click.Choice(outcomes.FORMATS), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Warnings fail, too.")
@click.option("--page", type=click.Path(path_type=Path), metavar="FILE", help="A web page of both, side by side.")
@working
@click.pass_obj
def compare(debug: bool, text: Path, tei: Path, format_: str, strict: bool, page: Path | None, working: Working) -> int:
    """Prove that TEI has every character of TEXT, at its place, and none besides.

    It looks only at the two files, so it does not matter who or what made the TEI.
    TEXT may be a folder of texts, or a file of many; then TEI is a folder in which NAME.xml belongs to NAME.txt.
    The last line counts what was compared; with another format than `text` it goes to standard error.

    \b
    Examples:
      teiwright compare letter.txt tei/letter.xml
      teiwright compare letter.txt tei/letter.xml --format json
      teiwright compare letter.txt tei/letter.xml --page compared.html
      teiwright compare letters/ tei/
    """
    if tei.is_dir():
        if page is not None:
            raise click.UsageError("`--page` shows one text and its TEI")
        return _compare_all(text, tei, format_, working, strict=strict, debug=debug)
    from teiwright.comparing import compare_and_account
    from teiwright.encoding import load
    from teiwright.reading import read
    from teiwright.reporting import parts_of_report

    if (text.suffix, tei.suffix) == (".xml", ".txt"):
        raise click.UsageError("the text comes first, then its TEI")
    source, edition = read(text), load(tei)
    report, account = compare_and_account(source, edition)
    if report.findings or format_ != "text":
        outcomes.print_report(parts_of_report(report, format_))
    click.echo(str(account), err=format_ != "text")
    if page is not None:
        _side_by_side(source, edition, page)
    return outcomes.exit_code(report.findings, strict=strict)


def _compare_all(text: Path, tei: Path, format_: str, working: Working, *, strict: bool, debug: bool) -> int:
    from teiwright.cli.comparing_run import compare_all
    from teiwright.reporting import parts_of_report

    compared = compare_all(text, tei, working, debug=debug)
    report = compared.report
    if format_ == "text" and len(report.findings) > outcomes.MANY:
        outcomes.show_grouped(report)
    elif report.findings or format_ != "text":
        outcomes.print_report(parts_of_report(report, format_))
    if compared.account:
        compared_texts = f"{compared.compared:,} of {compared.texts:,} texts compared"
        click.echo(f"{compared_texts}: {compared.account}", err=format_ != "text")
    return outcomes.exit_code(report.findings, strict=strict)
