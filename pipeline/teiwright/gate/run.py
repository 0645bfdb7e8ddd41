"""A run over many files: what is known is recalled, the rest is checked in parallel, what is new is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.gate.examining import Answer, Task, examine, forget_projects, prepare
from teiwright.gate.inputs import STANDARD_INPUT
from teiwright.gate.memory import Examined, Memory
from teiwright.gate.terms import Terms
from teiwright.guarding import crashed
from teiwright.parallel import Trade, Workers, default_jobs, heirs

Progress = Callable[[Iterator[tuple[int, Answer]], int, str], Iterable[tuple[int, Answer]]]
_Sized = tuple[int, int, Task]
"""The number of a task, the bytes of its file, the task."""
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
    forget_projects()
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
    with _at_work([task for _, task in tasks], setting) as answers:
        for number, answer in progress(answers, len(tasks), "editions"):
            index, task = tasks[number]
            done[index] = answer.examined
            if memory and answer.digest:
                memory.remember(task.path, task.wholes, answer.examined, answer.digest)
    yield from ((path, done[number]) for number, path in enumerate(files))


@contextmanager
def _at_work(tasks: Sequence[Task], setting: Setting) -> Iterator[Iterator[tuple[int, Answer]]]:
    """The number and the answer of each task, as they are done."""
    sizes = [task.path.stat().st_size if task.path.is_file() else 0 for task in tasks]
    jobs = setting.jobs or (default_jobs() if sum(sizes) > _WORTH_PROCESSES else 1)
    if jobs < 2 or len(tasks) < 2 or any(task.path == STANDARD_INPUT for task in tasks):
        # other processes have another standard input
        yield ((number, examine(task)) for number, task in enumerate(tasks))
        return
    prepare(setting.terms)
    trade = Trade(_examined, _lost, lambda sized: sized[1])
    sized = [(number, size, task) for number, (size, task) in enumerate(zip(sizes, tasks, strict=True))]
    with heirs(min(jobs, len(tasks))) as pool, Workers(jobs, pool) as workers:
        yield ((number, answer) for (number, _, _), answer in workers.run(trade, sized, len(tasks)))


def _examined(sized: _Sized) -> Answer:
    return examine(sized[2])


def _lost(sized: _Sized, _was_slow: bool) -> Answer:
    return Answer(Examined((crashed(sized[2].path),)))


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
