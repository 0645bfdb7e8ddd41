"""Commands on editions: ``render``, ``explain``."""

from __future__ import annotations

from pathlib import Path

import click

from teiwright.cli import outcomes, outputs
from teiwright.cli.clusters import Working, working

_PATH = click.Path(path_type=Path)
_FORMS = ["html", "pdf", "typst", "epub", "text", "markdown", "docx", "odt"]


@click.command(short_help="Make web pages, PDFs, e-books or text of TEI.")
@click.argument("tei", nargs=-1, required=True, type=_PATH)
@click.option("--to", type=click.Choice(_FORMS), required=True, help="What to make.")
@click.option("-o", "--output", type=_PATH, required=True, metavar="DIR", help="Where to put it; or a file.")
@click.option("--persons", type=_PATH, metavar="FILE", help="Known persons: a TEI file with a listPerson.")
@click.option("--places", type=_PATH, metavar="FILE", help="Known places: a TEI file with a listPlace.")
@click.option("--fonts", type=_PATH, metavar="DIR", help="Fonts of scripts that the PDF lacks otherwise.")
@click.option("--stylesheets", type=_PATH, metavar="DIR", help="Stylesheets of your own, over those of the program.")
@working
@click.pass_obj
def render(  # noqa: PLR0913, PLR0917 (click hands over each option)
    debug: bool,
    tei: tuple[Path, ...],
    to: str,
    output: Path,
    persons: Path | None,
    places: Path | None,
    fonts: Path | None,
    stylesheets: Path | None,
    working: Working,
) -> int:
    """Make web pages, PDFs, Typst sources, e-books (EPUB 3), plain text, Markdown, or files for
    word processors of TEI.

    TEI are files, or folders of them. Web pages of several editions come with an index.
    What is made of one file goes to a file, if --output ends as such files do (`letter.pdf`).

    \b
    Examples:
      teiwright render tei/ --to html -o pages
      teiwright render letter.xml --to pdf -o letter.pdf
    """
    from teiwright.cli.editing import ENDINGS, Look, rendered
    from teiwright.diagnostics import Code
    from teiwright.spooling import report_of_many

    authority = tuple(path for path in (persons, places) if path)
    is_file = outputs.one_goes_to_one(tei, output, (ENDINGS[to],))
    if not is_file and outputs.is_called_like_a_file(output):
        raise outputs.a_folder_is_wanted(output, f"what is made of one edition goes to `NAME{ENDINGS[to]}`, too")
    folder, name = (output.parent, output.name) if is_file else (output, None)
    look = Look.of(to, folder, authority, fonts, stylesheets, name)
    report = report_of_many(rendered(tei, look, working, debug=debug))
    code = outcomes.show_some(report)
    not_made = any(finding.code in (Code.NO_PDF, Code.NO_OFFICE_FILE) for finding in report.findings)
    return max(code, 2) if not_made else code  # a build does without; here it is all that was asked


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
