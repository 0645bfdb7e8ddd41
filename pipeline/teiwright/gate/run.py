"""A run over many files: what is known is recalled, the rest is checked in parallel, what is new is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.gate.choosing import prepare
from teiwright.gate.examining import Answer, Task, examine, forget_projects
from teiwright.gate.inputs import STANDARD_INPUT, real_places
from teiwright.gate.memory import Examined, Memory, Subject
from teiwright.gate.terms import Terms
from teiwright.guarding import crashed, too_slow
from teiwright.parallel import TIME_LIMIT, Trade, Workers, default_jobs

if TYPE_CHECKING:
    from concurrent.futures import Executor

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
    executor: Executor | None = None
    limit: float = TIME_LIMIT


def check_all(files: Sequence[Path], setting: Setting, progress: Progress) -> Iterator[tuple[Path, Examined]]:
    """What was found in each file, in the order of the files."""
    forget_projects()
    subjects = subjects_of(files)
    if not setting.remembers:
        done = _examined_anew(dict(enumerate(subjects)), setting, progress)
        yield from ((path, done[number].examined) for number, path in enumerate(files))
        return
    with Memory(setting.terms) as memory:
        known = {number: recalled for number, each in enumerate(subjects) if (recalled := memory.recall(each))}
        rest = {number: each for number, each in enumerate(subjects) if number not in known}
        for number, answer in _examined_anew(rest, setting, progress).items():
            known[number] = answer.examined
            memory.remember(subjects[number], answer.examined, answer.digest)
    yield from ((path, known[number]) for number, path in enumerate(files))


def _examined_anew(subjects: Mapping[int, Subject], setting: Setting, progress: Progress) -> dict[int, Answer]:
    numbers = list(subjects)
    tasks = [
        Task(subject.path, setting.terms, setting.project, subject.wholes, setting.debug)
        for subject in subjects.values()
    ]
    if not tasks:
        return {}
    with _at_work(tasks, setting) as answers:
        return {numbers[number]: answer for number, answer in progress(answers, len(tasks), "editions")}


@contextmanager
def _at_work(tasks: Sequence[Task], setting: Setting) -> Iterator[Iterator[tuple[int, Answer]]]:
    """The number and the answer of each task, as they are done."""
    prepare(setting.terms)
    sizes = [task.path.stat().st_size if task.path.is_file() else 0 for task in tasks]
    jobs = setting.jobs or (default_jobs() if sum(sizes) > _WORTH_PROCESSES else 0)
    if jobs < 1 or len(tasks) < 2 or any(task.path == STANDARD_INPUT for task in tasks):
        # other processes have another standard input
        yield ((number, examine(task)) for number, task in enumerate(tasks))
        return
    trade = Trade(_examined, _lost, lambda sized: sized[1])
    sized = [(number, size, task) for number, (size, task) in enumerate(zip(sizes, tasks, strict=True))]
    with Workers(min(jobs, len(tasks)), setting.executor, setting.limit, inherit=True) as workers:
        yield ((number, answer) for (number, _, _), answer in workers.run(trade, sized, len(tasks)))


def _examined(sized: _Sized) -> Answer:
    return examine(sized[2])


def _lost(sized: _Sized, slow: bool) -> Answer:
    return Answer(Examined(((too_slow if slow else crashed)(sized[2].path),)))


def subjects_of(files: Sequence[Path]) -> list[Subject]:
    """The files of a run, and which of them include which others (XInclude): the parts of a book point to each other.

    Each is read once for that and for its digest.
    """
    places = real_places(files)
    looks = [_look(path, Path(place)) for path, place in zip(files, places, strict=True)]
    numbers = {place: number for number, place in enumerate(places)}
    wholes: dict[int, set[Path]] = {}
    for place, (_, included) in zip(places, looks, strict=True):
        for target in included:
            number = numbers.get(str(target))
            if number is not None and str(target) != place:
                wholes.setdefault(number, set()).add(Path(place))
    return [
        Subject(path, places[number], looks[number][0], tuple(sorted(wholes.get(number, ()))))
        for number, path in enumerate(files)
    ]


def _look(path: Path, place: Path) -> tuple[str, list[Path]]:
    """The digest of a file, and the files that it includes; it need not fit into memory."""
    if path == STANDARD_INPUT:
        return "", []
    digest = sha256()
    is_including = False
    try:
        with path.open("rb") as file:
            before = b""
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                is_including = is_including or _XINCLUDE in before + chunk
                before = chunk[-len(_XINCLUDE) :]
        data = path.read_bytes() if is_including else b""
    except OSError:
        return "", []
    hrefs = [(double or single).decode("utf-8", "replace") for double, single in _INCLUDE.findall(data)]
    targets = [(place.parent / href.partition("#")[0]).resolve() for href in hrefs if href and ":" not in href]
    return digest.hexdigest(), targets


def nothing_checked(where: Path) -> Diagnostic:
    """A run that looked at nothing must not end well."""
    return Diagnostic(Code.NOTHING_CHECKED, Location(str(where)), "there was nothing to check", "name TEI files")


def equal_ids(names: Iterable[tuple[str, Location] | None]) -> Iterator[Diagnostic]:
    """Every document that has the id of an earlier one."""
    found = [name for name in names if name]
    if len({name for name, _ in found}) < len(found):
        from teiwright.checking import equal_ids as said  # noqa: PLC0415 (a run that remembers all does without)

        yield from said(found)
