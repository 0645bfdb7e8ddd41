"""How ``teiwright encode`` goes through texts, in this process or in several."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from teiwright.cli import inputs, outcomes
from teiwright.cli.clusters import Working
from teiwright.cli.progress import tracked
from teiwright.conversion import Recipe, convert
from teiwright.diagnostics import Diagnostic
from teiwright.guarding import crashed, guarded, too_slow
from teiwright.parallel import Trade
from teiwright.remote import Url
from teiwright.writing import digest_of, read_record, sweep, write_record, write_unless_edited


@dataclass(frozen=True, slots=True)
class Task:
    """One text to encode. ``recorded`` is the digest of what was last written to ``target``."""

    text: Path
    target: Path
    recorded: str | None
    recipe: Recipe
    debug: bool


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a task. ``digest`` is that of the written file, if it was written."""

    findings: tuple[Diagnostic, ...]
    digest: str | None = None


def to_standard_output(text: Path | Url, recipe: Recipe, *, strict: bool) -> int:
    """Encode one text, or with ``-`` standard input."""
    with inputs.fetched((text,), inputs.TEXTS) as ((there,), names), on_disk(there) as path:
        conversion = convert(path, None, recipe)
    sys.stdout.buffer.write(conversion.data)
    return outcomes.show(map(names.of_finding, conversion.findings), strict=strict)


@dataclass(frozen=True, slots=True)
class Wishes:
    """The command line of ``encode`` where there are several texts."""

    texts: tuple[Path | Url, ...]
    output: Path
    persons: Path | None
    places: Path | None
    working: Working
    debug: bool
    strict: bool


def to_file(wishes: Wishes) -> int:
    """Encode many texts into one file; those that fail have a row there, too, where it is a table."""
    from teiwright.bulk.packing import Target, pack, row_of, row_without

    with tempfile.TemporaryDirectory(prefix="teiwright-editions-") as name:
        made, findings = _encoded(wishes, Path(name))
        failed = {target: done.findings for target, done in made.items() if done.digest is None}
        rows = (row_without(t, failed[t]) if t in failed else row_of(t, made[t].digest) for t in sorted(made))
        pack((replace(row, path=Path(row.path).name) for row in rows), Target(wishes.output, wishes.output.stem))
    return outcomes.show_some(findings, strict=wishes.strict)


def to_folder(wishes: Wishes) -> int:
    """Encode many texts; one that fails is reported and the others are made."""
    return outcomes.show_some(_encoded(wishes, wishes.output)[1], strict=wishes.strict)


def _encoded(wishes: Wishes, folder: Path) -> tuple[dict[Path, Done], list[Diagnostic]]:
    """What became of each edition, by where it is, and all findings."""
    made: dict[Path, Done] = {}
    recipe = Recipe.of(wishes.output if folder == wishes.output else Path(), wishes.persons, wishes.places)
    with inputs.unpacked(wishes.texts) as (paths, findings, relabelled):
        files, missing = inputs.expand(paths, (".txt",))
        findings.extend(missing)
        sweep(folder)
        record = read_record(folder)
        texts = list(inputs.without_clashes(files, findings))
        targets = [folder / f"{text.stem}.xml" for text in texts]
        tasks = [Task(t, to, record.get(to.name), recipe, wishes.debug) for t, to in zip(texts, targets, strict=True)]
        trade: Trade[Task, Done] = Trade(_encode, _lost, lambda task: inputs.size_of(task.text))
        with wishes.working.workers(texts) as workers:
            for task, done in tracked(workers.run(trade, tasks, len(tasks)), len(tasks), "texts"):
                made[task.target] = Done(tuple(map(relabelled, done.findings)), done.digest)
                findings.extend(done.findings)
                if done.digest:
                    record[task.target.name] = done.digest
        if tasks:
            write_record(folder, record)
        return made, [relabelled(finding) for finding in findings]


@contextmanager
def on_disk(text: Path) -> Iterator[Path]:
    """A path to read from: that of ``text``, or of a file with what standard input holds."""
    if text != Path("-"):
        yield text
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "standard-input.txt"
        path.write_bytes(sys.stdin.buffer.read())
        yield path


def _encode(task: Task) -> Done:
    digest: list[str] = []

    def work() -> tuple[Diagnostic, ...]:
        conversion = convert(task.text, None, task.recipe)
        if kept := write_unless_edited(task.target, conversion.data, task.recorded):
            return (*conversion.findings, kept)
        digest.append(digest_of(conversion.data))
        return conversion.findings

    return Done(guarded(task.text, work, debug=task.debug), *digest)


def _lost(task: Task, slow: bool) -> Done:
    return Done(((too_slow if slow else crashed)(task.text),))
