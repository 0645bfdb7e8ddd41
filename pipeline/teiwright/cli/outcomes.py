"""What a run ends with: findings on standard error, and an exit code."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import click

from teiwright.diagnostics import Code, Diagnostic, Location, Report, Severity, TeiwrightError
from teiwright.guarding import our_bug, refused

FORMATS = ("text", "json", "sarif", "junit", "github", "markdown")
"""Those of ``teiwright.reporting``, which is imported only where a report is written."""

_SURROUNDINGS = frozenset(
    {
        *(Code.NOT_FOUND, Code.NOT_READABLE, Code.NOT_WRITABLE, Code.FOREIGN_TARGET),
        *(Code.AUTHORITY_NOT_READABLE, Code.UNREADABLE_SCHEMA, Code.SCHEMA_TOO_SLOW, Code.BROKEN_ODD),
        *(Code.NO_PROJECT, Code.BROKEN_PROJECT, Code.UNKNOWN_SETTING, Code.NO_SOURCES, Code.SAME_NAME),
        *(Code.NO_TEI_SOURCE, Code.FOREIGN_SOURCE, Code.RECOGNISER_FAILED),
        *(Code.BUILD_RUNNING, Code.ERROR_NOT_ACCEPTABLE, Code.UNKNOWN_PACKAGE),
        *(Code.BROKEN_RECEIPT, Code.BROKEN_STORE),
        *(Code.BROKEN_BASELINE, Code.NO_REVISION, Code.SCHEMA_NOT_USED, Code.NOTHING_CHECKED),
    }
)
"""Findings that are no fault of a text or an edition."""


def run(command: click.Command, arguments: Sequence[str]) -> int:
    """Run a command and turn whatever it raises into a message and an exit code."""
    debug = "--debug" in arguments
    try:
        code = command.main(list(arguments), prog_name="teiwright", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("teiwright: stopped", err=True)
        return 130
    except TeiwrightError as error:
        click.echo(str(_visible(error.finding)), err=True)
        return exit_code((error.finding,))
    except Exception as error:  # the last resort: a message instead of a traceback
        finding = refused(error, "teiwright") or our_bug("teiwright", error)
        click.echo(str(_visible(finding)), err=True)
        if debug:
            import traceback

            traceback.print_exception(error)
        return exit_code((finding,))
    return code if isinstance(code, int) else 0


def check_folder() -> None:
    """Refuse to run in a folder that is gone, or whose name Saxon cannot be told."""
    try:
        str(Path.cwd()).encode()
    except OSError as error:
        hint = "go to a folder that is there; if it was made anew, `cd .` leads into it"
        finding = Diagnostic(Code.NOT_FOUND, Location("."), "the folder in which this runs is gone", hint)
        raise TeiwrightError(finding) from error
    except UnicodeEncodeError as error:
        hint = "rename the folder, or run from another one and name this one's files"
        message = "the folder in which this runs has a name that is not UTF-8"
        raise TeiwrightError(Diagnostic(Code.NOT_READABLE, Location("."), message, hint)) from error


def exit_code(findings: Iterable[Diagnostic], *, strict: bool = False) -> int:
    """0, 1, 2 or 3, by the gravest finding."""
    kinds = {(finding.code, finding.accepted is None) for finding in findings}
    codes = {code for code, _ in kinds}
    if Code.OUR_BUG in codes:
        return 3
    if codes & _SURROUNDINGS:
        return 2
    if any(code.severity is Severity.ERROR for code in codes):
        return 1
    open_warnings = (code for code, is_open in kinds if is_open and code.severity is Severity.WARNING)
    return 1 if strict and any(open_warnings) else 0


def show(report: Report, *, strict: bool = False) -> int:
    """Print findings on standard error; the exit code that they make."""
    for finding in report.findings:
        click.echo(str(_visible(finding)), err=True)
    return exit_code(report.findings, strict=strict)


def show_some(report: Report, *, strict: bool = False) -> int:
    """Print findings; if there are very many, by their codes. The exit code that they make."""
    return (show if len(report.findings) <= MANY else show_grouped)(report, strict=strict)


def show_grouped(report: Report, *, strict: bool = False) -> int:
    """Print many findings by their codes, with three examples each; the exit code that they make."""
    counts: Counter[Code] = Counter()
    examples: dict[Code, list[Diagnostic]] = defaultdict(list)
    for finding in report.findings:
        counts[finding.code] += 1
        if counts[finding.code] <= _EXAMPLES:
            examples[finding.code].append(finding)
    for code, count in sorted(counts.items(), key=lambda counted: (counted[0].severity.value, -counted[1])):
        click.echo(f"{code.number} {code.title}: {count} {code.severity.value}{'s' * (count > 1)}", err=True)
        for finding in examples[code]:
            first, *_ = str(_visible(finding)).splitlines()
            click.echo(f"  {first}", err=True)
        if count > _EXAMPLES:
            click.echo(f"  … and {count - _EXAMPLES} more", err=True)
    return exit_code(report.findings, strict=strict)


def print_report(parts: Iterable[str]) -> None:
    """Print a report on standard output, some of its parts at a time."""
    held, size = [], 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size > _AT_ONCE:
            click.echo("".join(held), nl=False)
            held, size = [], 0
    click.echo("".join(held), nl=False)


_AT_ONCE = 100_000


_EXAMPLES = 3
MANY = 100
"""Findings of which nobody reads each."""


def plain(text: object) -> str:
    """Names and texts of strangers, without what would move a terminal's cursor or begin a line of its own."""
    return "".join(character if character.isprintable() else "\ufffd" for character in str(text))


def plain_lines(text: str) -> str:
    """Several lines of such text."""
    return "\n".join(map(plain, text.splitlines()))


def _visible(finding: Diagnostic) -> Diagnostic:
    places = [replace(place, path=plain(place.path)) for place in (finding.where, *finding.related)]
    hint = None if finding.hint is None else plain(finding.hint)
    accepted = None if finding.accepted is None else plain(finding.accepted)
    return Diagnostic(finding.code, places[0], plain(finding.message), hint, tuple(places[1:]), accepted)
