"""Commands on packages: ``verify``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from teiwright.cli import inputs, outcomes
from teiwright.cli.clusters import ALONE, Working, working
from teiwright.remote import Url, place_of

if TYPE_CHECKING:
    from teiwright.diagnostics import Diagnostic
    from teiwright.verifying import Verdict

_PATH = click.Path(path_type=Path)


@click.command(short_help="Verify a package: bag, E-ARK, RO-Crate, OCFL.")
@click.argument("paths", nargs=-1, required=True, type=place_of, metavar="PACKAGE...")
@click.option("--profile", type=_PATH, metavar="FILE", help="Hold bags against this BagIt profile (JSON).")
@click.option("--format", "format_", type=click.Choice(outcomes.FORMATS), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Warnings fail, too.")
@working
@click.pass_obj
def verify(
    debug: bool, paths: tuple[Path | Url, ...], profile: Path | None, format_: str, strict: bool, working: Working
) -> int:
    """Verify packages, whoever made them: folders, zips or tars.

    A bag (BagIt), an E-ARK submission package, an RO-Crate, an OCFL object or storage root, or one in the other.
    Every checksum is computed anew from the bytes, and what the parts of a package say of a file is compared.
    Nothing is unpacked, written or fetched, and no link is followed; but a package that is named by a URL,
    such as s3://bucket/deposit.zip, is copied for as long as it takes (see the extra `remote`).

    \b
    Examples:
      teiwright verify out/letters
      teiwright verify deposit.zip submission.tar.gz
      teiwright verify bag.zip --profile archive.json --format junit
    """
    with inputs.fetched(paths, ("",)) as (there, names):
        return told(tuple(there), profile, format_, working, names, strict=strict, debug=debug)


@dataclass(frozen=True, slots=True)
class _Task:
    path: Path
    profile: bytes | None
    debug: bool


@dataclass(slots=True)
class _Done:
    findings: tuple[Diagnostic, ...] = ()
    verdict: Verdict | None = None


def told(
    paths: tuple[Path, ...],
    profile: Path | None,
    format_: str,
    working: Working = ALONE,
    names: inputs.Names = inputs.Names(),  # noqa: B008 (frozen)
    *,
    strict: bool = False,
    debug: bool = False,
) -> int:
    """Verify packages, print the report and a line of what is proven of each, and return the exit code."""
    from teiwright.diagnostics import Report
    from teiwright.parallel import Trade
    from teiwright.reporting import parts_of_report

    wanted = None if profile is None else _profile(profile)
    tasks = [_Task(path, wanted, debug) for path in dict.fromkeys(paths)]
    trade: Trade[_Task, _Done] = Trade(_verified, _lost)
    with working.workers(paths) as workers:
        done = {task.path: result for task, result in workers.run(trade, tasks, len(tasks))}
    report = Report.of(names.of_finding(finding) for task in tasks for finding in done[task.path].findings)
    if report.findings or format_ != "text":
        outcomes.print_report(parts_of_report(report, format_))
    for task in tasks:
        if verdict := done[task.path].verdict:
            click.echo(
                f"{outcomes.plain(names.of_path(task.path))}: {outcomes.plain(_summary(verdict))}",
                err=format_ != "text",
            )
    return outcomes.exit_code(report.findings, strict=strict)


def _verified(task: _Task) -> _Done:
    from teiwright.guarding import guarded
    from teiwright.verifying import verify as verified

    done = _Done()

    def look() -> Iterable[Diagnostic]:
        done.verdict = verified(task.path, profile=task.profile)
        return done.verdict.report.findings

    done.findings = guarded(task.path, look, debug=task.debug)
    return done


def _lost(task: _Task, slow: bool) -> _Done:
    from teiwright.guarding import crashed, too_slow

    return _Done(((too_slow if slow else crashed)(task.path),))


def _profile(path: Path) -> bytes:
    from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError

    try:
        return path.read_bytes()
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        message = f"the profile cannot be read: {why}"
        raise TeiwrightError(Diagnostic(Code.NOT_READABLE, Location(str(path)), message)) from error


def _summary(verdict: Verdict) -> str:
    """What was read and proven, in one line."""
    proof, errors = verdict.proof, verdict.report.errors
    if not proof.standards:
        return "nothing is proven"
    files = f"{proof.files:,} file{'' if proof.files == 1 else 's'} with {proof.size:,} bytes"
    by = f" by {_joined(proof.algorithms)}" if proof.algorithms else ""
    proven = f"{'all' if proof.proven == proof.files else f'{proof.proven:,} of them'} proven{by}"
    judged = "sound" if not errors else f"not sound, {errors:,} error{'s' if errors > 1 else ''}"
    return f"{judged}; {files}, {proven}; {_joined(proof.standards)}"


def _joined(words: tuple[str, ...]) -> str:
    return ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else "".join(words)
