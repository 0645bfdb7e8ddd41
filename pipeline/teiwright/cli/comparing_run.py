"""How ``teiwright compare`` goes through many texts and their editions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from teiwright.cli import inputs
from teiwright.cli.clusters import Working
from teiwright.cli.progress import tracked
from teiwright.comparing import Account, compare_and_account
from teiwright.diagnostics import Code, Diagnostic, Location, Report
from teiwright.encoding import load
from teiwright.guarding import crashed, guarded, too_slow
from teiwright.parallel import Trade
from teiwright.reading import read
from teiwright.spooling import Spool, report_of_many


@dataclass(frozen=True, slots=True)
class Task:
    """A text, and what should be its edition."""

    text: Path
    edition: Path
    debug: bool


@dataclass(slots=True)
class Done:
    """What the comparison found; no account if a file could not be read."""

    findings: tuple[Diagnostic, ...] = ()
    account: Account | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """What was found in so many texts, of which so many could be compared, and the account of these."""

    report: Report
    texts: int
    compared: int
    account: Account | None


def compare_all(texts: Path, editions: Path, working: Working, *, debug: bool) -> Compared:
    """Compare texts with their editions."""
    account: Account | None = None
    count = 0
    with inputs.unpacked([texts]) as (paths, findings, relabelled):
        files, missing = inputs.expand(paths, (".txt",))
        found = Spool([*findings, *missing])
        found.extend(_without_text(files, editions))
        trade: Trade[Task, Done] = Trade(_compare, _lost, lambda task: inputs.size_of(task.text))
        tasks = (Task(text, editions / f"{text.stem}.xml", debug) for text in files)
        with working.workers(files) as workers:
            for _, done in tracked(workers.run(trade, tasks, len(files)), len(files), "texts"):
                found.extend(done.findings)
                if done.account:
                    account, count = done.account + account if account else done.account, count + 1
        return Compared(report_of_many(map(relabelled, found)), len(files), count, account)


def _without_text(texts: list[Path], editions: Path) -> Iterator[Diagnostic]:
    """Editions that nothing was compared with."""
    known = {text.stem for text in texts}
    message, hint = "the edition has no text among those that were named", "put its text there, or remove the edition"
    for edition in editions.glob("*.xml"):
        if edition.stem not in known:
            yield Diagnostic(Code.SOURCE_GONE, Location(str(edition)), message, hint)


def _compare(task: Task) -> Done:
    done = Done()

    def work() -> Iterable[Diagnostic]:
        report, done.account = compare_and_account(read(task.text), load(task.edition))
        return report.findings

    done.findings = guarded(task.edition, work, debug=task.debug)
    return done


def _lost(task: Task, slow: bool) -> Done:
    return Done(((too_slow if slow else crashed)(task.text),))
