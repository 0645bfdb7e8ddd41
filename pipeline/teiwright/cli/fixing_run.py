"""How ``teiwright check --fix`` goes: what would be corrected, as a diff; with ``--write``, corrected."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import click

from teiwright.cli import outcomes
from teiwright.cli.progress import tracked
from teiwright.diagnostics import Diagnostic, Report
from teiwright.fixing import Corrected, correct
from teiwright.gate.examining import Task, findings_of
from teiwright.gate.inputs import STANDARD_INPUT
from teiwright.gate.run import Setting, subjects_of
from teiwright.guarding import guarded
from teiwright.reporting import render_report
from teiwright.writing import write_whole


def fix(files: Sequence[Path], setting: Setting, findings: Sequence[Diagnostic], *, writes: bool) -> int:
    """Show or make the corrections of all files; the exit code is that of what is left."""
    left = list(findings)
    count = concerned = 0
    wholes = {subject.path: subject.wholes for subject in subjects_of(files)}
    for path in tracked(files, len(files), "editions"):
        if path == STANDARD_INPUT:
            raise click.UsageError("standard input cannot be corrected in its place: name files")
        made: list[Corrected] = []
        task = Task(path, setting.terms, setting.project, wholes.get(path, ()), setting.debug)
        left += guarded(path, partial(_fixed, task, writes, made), debug=setting.debug)
        count += sum(each.count for each in made)
        concerned += sum(each.count > 0 for each in made)
    if writes:
        click.echo(render_report(Report.of(left), "text"), nl=False)
    click.echo(_summary(count, concerned, Report.of(left), writes=writes), err=True)
    code = outcomes.exit_code(left)
    return code if writes or not count else max(code, 1)


def _fixed(task: Task, writes: bool, made: list[Corrected]) -> tuple[Diagnostic, ...]:
    data = task.path.read_bytes() if task.path.is_file() else b""
    corrected = correct(data, partial(findings_of, task))
    made.append(corrected)
    if corrected.data != data:
        if writes:
            _write(task.path, data, corrected.data)
        else:
            sys.stdout.writelines(_diff(task.path, data, corrected.data))
    return corrected.findings


def _write(path: Path, before: bytes, after: bytes) -> None:
    """In one step, with the permissions that the file had; not if somebody else has written it meanwhile."""
    target = path.resolve()
    if target.read_bytes() == before:
        mode = target.stat().st_mode
        write_whole(target, after)
        target.chmod(mode)


def _diff(path: Path, before: bytes, after: bytes) -> Iterator[str]:
    """A unified diff that ``git apply`` takes."""
    one, other = (data.decode("utf-8", "backslashreplace").splitlines(keepends=True) for data in (before, after))
    for line in difflib.unified_diff(one, other, f"a/{path.as_posix()}", f"b/{path.as_posix()}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _summary(count: int, files: int, left: Report, *, writes: bool) -> str:
    errors = f"{left.errors:,} error{'' if left.errors == 1 else 's'}"
    if not count:
        return f"nothing to correct; {errors} for a person to look at" if left.errors else "nothing to correct"
    what = f"{count:,} correction{'' if count == 1 else 's'} in {files:,} file{'' if files == 1 else 's'}"
    if writes:
        return f"made {what}; {errors} left"
    return f"{what}; {errors} would be left; to make them, add `--write`"
