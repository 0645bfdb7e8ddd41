"""A run over many files: what is known is recalled, the rest is checked in parallel, what is new is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, groupby, islice
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
from teiwright.spooling import Spool, in_order

if TYPE_CHECKING:
    from concurrent.futures import Executor

Progress = Callable[[Iterator[tuple[int, Answer]], int, str], Iterable[tuple[int, Answer]]]
DocumentId = tuple[str, Location]
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


def check_all(files: Sequence[Path], setting: Setting, progress: Progress) -> Iterator[tuple[int, Examined]]:
    """The number of each file and what was found in it, as they are done."""
    forget_projects()
    subjects = subjects_of(files)
    if not setting.remembers:
        for number, answer in _examined_anew(dict(enumerate(subjects)), setting, progress):
            yield number, answer.examined
        return
    with Memory(setting.terms) as memory:
        rest: dict[int, Subject] = {}
        for number, each in enumerate(subjects):
            if recalled := memory.recall(each):
                yield number, recalled
            else:
                rest[number] = each
        answers: Spool[tuple[int, Answer]] = Spool()
        for number, answer in _examined_anew(rest, setting, progress):
            yield number, answer.examined
            answers.append((number, answer))
        for number, answer in answers:  # at the end, as who writes keeps other runs from it
            memory.remember(subjects[number], answer.examined, answer.digest)


def _examined_anew(
    subjects: Mapping[int, Subject], setting: Setting, progress: Progress
) -> Iterator[tuple[int, Answer]]:
    numbers = list(subjects)
    tasks = [
        Task(subject.path, setting.terms, setting.project, subject.wholes, setting.debug)
        for subject in subjects.values()
    ]
    if not tasks:
        return
    with _at_work(tasks, setting) as answers:
        yield from ((numbers[number], answer) for number, answer in progress(answers, len(tasks), "editions"))


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


def equal_ids(names: Iterable[tuple[int, DocumentId]]) -> Iterator[Diagnostic]:
    """Every document that has the id of one with a lower number."""
    ordered = in_order(names, key=lambda name: (name[1][0], name[0]))
    for _, alike in groupby(ordered, key=lambda name: name[1][0]):
        first_two = list(islice(alike, 2))
        if len(first_two) == 2:
            from teiwright.checking import equal_ids as said  # noqa: PLC0415 (a run that remembers all does without)

            yield from said(name for _, name in chain(first_two, alike))
