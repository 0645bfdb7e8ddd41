"""A run over many files: what is known is recalled, the rest is checked in parallel, what is new is told."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
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
        for number, answer in _examined_anew(subjects, range(len(subjects)), setting, progress):
            yield number, answer.examined
        return
    with Memory(setting.terms) as memory:
        rest = array("Q")
        for number, each in enumerate(subjects):
            if recalled := memory.recall(each):
                yield number, recalled
            else:
                rest.append(number)
        answers: Spool[tuple[int, Answer]] = Spool()
        for number, answer in _examined_anew(subjects, rest, setting, progress):
            yield number, answer.examined
            answers.append((number, answer))
        for number, answer in answers:  # at the end, as who writes keeps other runs from it
            memory.remember(subjects[number], answer.examined, answer.digest)


def _examined_anew(
    subjects: Sequence[Subject], numbers: Sequence[int], setting: Setting, progress: Progress
) -> Iterator[tuple[int, Answer]]:
    """The answers about those of the subjects that have these numbers, as they are done."""
    if not numbers:
        return
    prepare(setting.terms)
    size = sum(_size(subjects[number].path) for number in numbers)
    jobs = setting.jobs or (default_jobs() if size > _WORTH_PROCESSES else 0)
    tasks = _tasks(subjects, numbers, setting)
    if jobs < 1 or len(numbers) < 2 or any(subject.path == STANDARD_INPUT for subject in subjects):
        # other processes have another standard input
        answers = ((number, examine(task)) for number, _, task in tasks)
        yield from progress(answers, len(numbers), "editions")
        return
    trade = Trade(_examined, _lost, lambda sized: sized[1])
    with Workers(min(jobs, len(numbers)), setting.executor, setting.limit, inherit=True) as workers:
        done = workers.run(trade, tasks, len(numbers))
        yield from progress(((number, answer) for (number, _, _), answer in done), len(numbers), "editions")


def _tasks(subjects: Sequence[Subject], numbers: Iterable[int], setting: Setting) -> Iterator[_Sized]:
    for number in numbers:
        subject = subjects[number]
        task = Task(subject.path, setting.terms, setting.project, subject.wholes, setting.debug)
        yield number, _size(subject.path), task


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _examined(sized: _Sized) -> Answer:
    return examine(sized[2])


def _lost(sized: _Sized, slow: bool) -> Answer:
    return Answer(Examined(((too_slow if slow else crashed)(sized[2].path),)))


def subjects_of(files: Sequence[Path]) -> list[Subject]:
    """The files of a run, and which of them include which others (XInclude): the parts of a book point to each other.

    Each is read once for that and for its digest.
    """
    subjects, including = [], []
    for path, place in zip(files, real_places(files), strict=True):
        digest, included = _look(path, Path(place))
        subjects.append(Subject(path, place, digest))
        including += [(place, str(target)) for target in included if str(target) != place]
    if including:
        numbers = {subject.place: number for number, subject in enumerate(subjects)}
        for place, target in sorted(set(including)):
            if (number := numbers.get(target)) is not None:
                subject = subjects[number]
                subjects[number] = replace(subject, wholes=(*subject.wholes, Path(place)))
    return subjects


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
