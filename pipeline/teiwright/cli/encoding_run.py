"""How ``teiwright encode`` goes through texts, in this process or in several."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from teiwright.cli import inputs, outcomes
from teiwright.cli.progress import tracked
from teiwright.conversion import Recipe, convert
from teiwright.diagnostics import Diagnostic
from teiwright.guarding import crashed, guarded
from teiwright.parallel import run_all
from teiwright.writing import add_to_record, digest_of, read_record, sweep, write_record, write_unless_edited


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


def to_standard_output(text: Path, recipe: Recipe, *, strict: bool) -> int:
    """Encode one text, or with ``-`` standard input."""
    with on_disk(text) as path:
        conversion = convert(path, None, recipe)
    sys.stdout.buffer.write(conversion.data)
    return outcomes.show(conversion.findings, strict=strict)


def to_folder(
    texts: tuple[Path, ...],
    folder: Path,
    recipe: Recipe,
    jobs: int | None,
    *,
    debug: bool,
    strict: bool,
) -> int:
    """Encode many texts; one that fails is reported and the others are made."""
    files, findings = inputs.expand(texts, (".txt",))
    sweep(folder)
    record = read_record(folder)
    tasks = []
    for text in inputs.without_clashes(files, findings):
        target = folder / f"{text.stem}.xml"
        tasks.append(Task(text, target, record.get(target.name), recipe, debug))
    workers = jobs or inputs.jobs_for(task.text for task in tasks)
    for index, done in tracked(run_all(_encode, tasks, _crashed, workers), len(tasks), "texts"):
        findings += done.findings
        if done.digest and done.digest != record.get(tasks[index].target.name):
            record[tasks[index].target.name] = done.digest
            add_to_record(folder, tasks[index].target.name, done.digest)
    if tasks:
        write_record(folder, record)
    return outcomes.show(findings, strict=strict)


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


def _crashed(task: Task) -> Done:
    return Done((crashed(task.text),))
