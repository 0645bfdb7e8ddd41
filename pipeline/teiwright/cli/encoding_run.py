"""How ``teiwright encode`` goes through texts, in this process or in several."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path

from teiwright.cli import inputs, outcomes
from teiwright.cli.clusters import Working
from teiwright.cli.progress import tracked
from teiwright.conversion import Recipe, convert
from teiwright.diagnostics import Diagnostic, Report
from teiwright.guarding import crashed, guarded, too_slow
from teiwright.parallel import Trade
from teiwright.recording import Record
from teiwright.remote import Url
from teiwright.spooling import Spool, in_order, report_of_many
from teiwright.writing import digest_of, sweep, write_unedited, write_unless_edited


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
    data, findings = _one(text, recipe)
    sys.stdout.buffer.write(data)
    return outcomes.show(Report.of(findings), strict=strict)


def to_one_file(text: Path | Url, target: Path, recipe: Recipe, *, strict: bool) -> int:
    """Encode one text into the file that is named, unless a person has edited it."""
    data, findings = _one(text, recipe)
    kept = write_unedited(target.parent, {target.name: data})
    return outcomes.show(Report.of((*findings, *kept)), strict=strict)


def _one(text: Path | Url, recipe: Recipe) -> tuple[bytes, tuple[Diagnostic, ...]]:
    with inputs.fetched((text,), inputs.TEXTS) as ((there,), names), on_disk(there) as path:
        conversion = convert(path, None, recipe)
    return conversion.data, tuple(map(names.of_finding, conversion.findings))


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
        encoded = _encoded(wishes, Path(name))
        made = in_order(encoded.made, key=itemgetter(0))
        rows = (row_of(to, done.digest) if done.digest else row_without(to, done.findings) for to, done in made)
        pack((replace(row, path=Path(row.path).name) for row in rows), Target(wishes.output, wishes.output.stem))
    return outcomes.show_some(encoded.report, strict=wishes.strict)


def to_folder(wishes: Wishes) -> int:
    """Encode many texts; one that fails is reported and the others are made."""
    return outcomes.show_some(_encoded(wishes, wishes.output).report, strict=wishes.strict)


@dataclass(frozen=True, slots=True)
class _Encoded:
    """All findings; and what became of each edition, by where it is."""

    report: Report
    made: Sequence[tuple[Path, Done]]


def _encoded(wishes: Wishes, folder: Path) -> _Encoded:
    made: Spool[tuple[Path, Done]] = Spool()
    recipe = Recipe.of(wishes.output if folder == wishes.output else Path(), wishes.persons, wishes.places)
    with inputs.unpacked(wishes.texts) as (paths, findings, relabelled), closing(Record(folder)) as record:
        files, missing = inputs.expand(paths, (".txt",))
        findings.extend(missing)
        sweep(folder)
        texts = list(inputs.without_clashes(files, findings))
        found = Spool(findings)
        targets = ((text, folder / f"{text.stem}.xml") for text in texts)
        tasks = (Task(text, target, record.get(target.name), recipe, wishes.debug) for text, target in targets)
        trade: Trade[Task, Done] = Trade(_encode, _lost, lambda task: inputs.size_of(task.text))
        with wishes.working.workers(texts) as workers:
            for task, done in tracked(workers.run(trade, tasks, len(texts)), len(texts), "texts"):
                made.append((task.target, Done(tuple(map(relabelled, done.findings)), done.digest)))
                found.extend(done.findings)
                if done.digest:
                    record[task.target.name] = done.digest
        if texts:
            record.write()
        return _Encoded(report_of_many(map(relabelled, found)), made)


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
