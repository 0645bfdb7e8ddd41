"""A run over many files: what is known is recalled, the rest is checked in parallel, what is new is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.gate.examining import Answer, Task, examine
from teiwright.gate.inputs import STANDARD_INPUT
from teiwright.gate.memory import Examined, Memory
from teiwright.gate.terms import Terms
from teiwright.guarding import crashed
from teiwright.parallel import default_jobs, run_all

Progress = Callable[[Iterator[tuple[int, Answer]], int, str], Iterable[tuple[int, Answer]]]
_WORTH_PROCESSES = 2_000_000
"""Bytes from which on several processes are faster than one, as each takes a second to start."""
_INCLUDE = re.compile(rb"<(?:[\w.-]+:)?include\b[^>]*\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_CHUNK = 1 << 20
_XINCLUDE = b"http://www.w3.org/2001/XInclude"


@dataclass(frozen=True, slots=True)
class Setting:
    """How a run is made: what files are held against, in which project, how many processes, whether to remember."""

    terms: Terms
    project: Path | None = None
    jobs: int | None = None
    remembers: bool = True
    debug: bool = False


def check_all(files: Sequence[Path], setting: Setting, progress: Progress) -> Iterator[tuple[Path, Examined]]:
    """What was found in each file, in the order of the files."""
    memory = Memory(setting.terms) if setting.remembers else None
    wholes = wholes_of(files)
    done: dict[int, Examined] = {}
    tasks: list[tuple[int, Task]] = []
    for number, path in enumerate(files):
        of = wholes.get(path, ())
        recalled = memory.recall(path, of) if memory and path != STANDARD_INPUT else None
        if recalled is not None:
            done[number] = recalled
        else:
            tasks.append((number, Task(path, setting.terms, setting.project, of, setting.debug)))
    for number, answer in _answers([task for _, task in tasks], setting, progress):
        index, task = tasks[number]
        done[index] = answer.examined
        if memory and answer.digest:
            memory.remember(task.path, task.wholes, answer.examined, answer.digest)
    yield from ((path, done[number]) for number, path in enumerate(files))


def _answers(tasks: Sequence[Task], setting: Setting, progress: Progress) -> Iterable[tuple[int, Answer]]:
    size = sum(task.path.stat().st_size for task in tasks if task.path.is_file())
    jobs = setting.jobs or (default_jobs() if size > _WORTH_PROCESSES else 1)
    if any(task.path == STANDARD_INPUT for task in tasks):
        jobs = 1  # other processes have another standard input
    return progress(run_all(examine, tasks, _crashed, jobs), len(tasks), "editions")


def _crashed(task: Task) -> Answer:
    return Answer(Examined((crashed(task.path),)))


def wholes_of(files: Sequence[Path]) -> Mapping[Path, tuple[Path, ...]]:
    """Which of the files include which others (XInclude): the parts of a book point to each other."""
    by_place = {path.resolve(): path for path in files}
    found: dict[Path, list[Path]] = {}
    for path in files:
        for target in _included(path):
            if target in by_place and target != path.resolve():
                found.setdefault(by_place[target], []).append(path.resolve())
    return {path: tuple(sorted(set(wholes))) for path, wholes in found.items()}


def _mentions(path: Path, word: bytes) -> bool:
    """Whether a file has a word anywhere; it need not fit into memory."""
    with path.open("rb") as file:
        before = b""
        while chunk := file.read(_CHUNK):
            if word in before + chunk:
                return True
            before = chunk[-len(word) :]
    return False


def _included(path: Path) -> list[Path]:
    try:
        if path == STANDARD_INPUT or not _mentions(path, _XINCLUDE):
            return []
        data = path.read_bytes()
    except OSError:
        return []
    hrefs = [(double or single).decode("utf-8", "replace") for double, single in _INCLUDE.findall(data)]
    return [(path.resolve().parent / href.partition("#")[0]).resolve() for href in hrefs if href and ":" not in href]


def nothing_checked(where: Path) -> Diagnostic:
    """A run that looked at nothing must not end well."""
    return Diagnostic(Code.NOTHING_CHECKED, Location(str(where)), "there was nothing to check", "name TEI files")


def equal_ids(names: Iterable[tuple[str, Location] | None]) -> Iterator[Diagnostic]:
    """Every document that has the id of an earlier one."""
    found = [name for name in names if name]
    if len({name for name, _ in found}) < len(found):
        from teiwright.checking import equal_ids as said  # noqa: PLC0415 (a run that remembers all does without)

        yield from said(found)
