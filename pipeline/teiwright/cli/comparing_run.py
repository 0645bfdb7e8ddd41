"""How ``teiwright compare`` goes through many texts and their editions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from teiwright.cli import inputs
from teiwright.cli.clusters import Working
from teiwright.cli.progress import tracked
from teiwright.comparing import Account, compare_and_account
from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.encoding import load
from teiwright.guarding import crashed, guarded, too_slow
from teiwright.parallel import Trade
from teiwright.reading import read


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


def compared(
    texts: Path, editions: Path, working: Working, *, debug: bool
) -> tuple[list[Diagnostic], list[Account], int]:
    """All findings, the accounts of the texts that could be compared, and how many texts there are."""
    accounts: list[Account] = []
    with inputs.unpacked([texts]) as (paths, findings, relabelled):
        files, missing = inputs.expand(paths, (".txt",))
        found = [*findings, *missing, *_without_text(files, editions)]
        trade: Trade[Task, Done] = Trade(_compare, _lost, lambda task: inputs.size_of(task.text))
        tasks = [Task(text, editions / f"{text.stem}.xml", debug) for text in files]
        with working.workers(files) as workers:
            for _, done in tracked(workers.run(trade, tasks, len(tasks)), len(tasks), "texts"):
                found += done.findings
                accounts += [done.account] if done.account else []
        return [relabelled(finding) for finding in found], accounts, len(files)


def _without_text(texts: list[Path], editions: Path) -> list[Diagnostic]:
    """Editions that nothing was compared with."""
    known = {text.stem for text in texts}
    message, hint = "the edition has no text among those that were named", "put its text there, or remove the edition"
    return [
        Diagnostic(Code.SOURCE_GONE, Location(str(edition)), message, hint)
        for edition in sorted(editions.glob("*.xml"))
        if edition.stem not in known
    ]


def _compare(task: Task) -> Done:
    done = Done()

    def work() -> tuple[Diagnostic, ...]:
        report, done.account = compare_and_account(read(task.text), load(task.edition))
        return report.findings

    done.findings = guarded(task.edition, work, debug=task.debug)
    return done


def _lost(task: Task, slow: bool) -> Done:
    return Done(((too_slow if slow else crashed)(task.text),))
