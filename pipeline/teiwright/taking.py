"""The steps of the collection are taken: what changed is made anew, side by side where there are workers.

One step, the search, has as many files as there are texts. The process that leads the build takes it itself, and hands
the others to its workers; so they are done when the search is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from teiwright.collection import DEPOSIT, EDITIONS, SEARCH, STEPS, VIEWS, Collection, Output, Seen, Step, has_pages
from teiwright.dependencies import joined, of_collection
from teiwright.diagnostics import Diagnostic, Report
from teiwright.digests import digest_of_file, digest_of_program, key_of, key_of_all
from teiwright.extracted import AsBefore, Section
from teiwright.guarding import guarded
from teiwright.made_files import FilesOfAll, Making
from teiwright.project import Project
from teiwright.remembered import Memory, Parts
from teiwright.rows import PAGE
from teiwright.state import State
from teiwright.writing import digest_of, write_if_changed

if TYPE_CHECKING:
    from concurrent.futures import Future

    from teiwright.parallel import Workers

LINKS = "links"


class _Written(NamedTuple):
    """A file that was written, by its path in the memory of the project."""

    path: str
    digest: str


_Made = Iterator[_Written | AsBefore | Diagnostic]


def make_collection(
    project: Project, state: State, leading: tuple[Section, ...], seen: Seen, workers: Workers
) -> tuple[list[Diagnostic], list[str]]:
    """The findings of all steps, and which of them had to be taken; none while there is no edition."""
    if next(state.editions(), None) is None:
        return [], []
    fixed = joined(of_collection(project), {"the sections": key_of(leading)})
    memories: dict[str, Memory] = {}
    stale: dict[str, tuple[Step, Parts]] = {}
    for step in STEPS:
        if not step.wanted(project):
            remove_stale(project, state.forget(step.name, ""))
            _forget_notes(project, step.name)
            continue
        read = joined(step.reads(seen), _joined_files(state, step.joins) if step.joins else {})
        parts = joined(fixed, step.depends(project), read)
        memory = state.recall(step.name, "")
        if memory is None or any(memory.changed(state.digest_of, parts)):
            stale[step.name] = step, parts
        else:
            memories[step.name] = memory
    memories |= _all_taken(stale, Collection(project, leading, state.shelf()), state, workers)
    found = [finding for step in STEPS if step.name in memories for finding in memories[step.name].findings]
    return found, list(stale)


def _joined_files(state: State, joins: Callable[[str], bool]) -> Parts:
    made = ((path, digest) for path, step, _, digest in state.files() if step == VIEWS and joins(path))
    return {"what was made of each edition": key_of_all(made)}


def _all_taken(
    stale: Mapping[str, tuple[Step, Parts]], collection: Collection, state: State, workers: Workers
) -> dict[str, Memory]:
    memories: dict[str, Memory] = {}
    if not stale:
        return memories
    with state.frozen() as memory:
        asides: dict[str, Future[list[_Written | AsBefore | Diagnostic]]] = {}
        for name, (step, parts) in stale.items():
            task = _Aside(collection.project, collection.sections, name, memory)
            _forget_other_notes(step, collection.project, state, parts)
            if name != SEARCH and (aside := workers.aside(_take_aside, task)):
                asides[name] = aside
        links = _look_aside(collection.project, state, workers, memory)
        for name, (step, parts) in stale.items():
            if name not in asides:
                memories[name] = _taken(step, collection, state, parts, None)
        made = {name: None if aside.exception() else aside.result() for name, aside in asides.items()}
        if links:
            links.exception()  # what it did not look at is looked at later
    return memories | {name: _taken(stale[name][0], collection, state, stale[name][1], made[name]) for name in made}


@dataclass(frozen=True, slots=True)
class _Aside:
    """A step to be taken in another process; ``memory`` is a file that does not change meanwhile."""

    project: Project
    sections: tuple[Section, ...]
    step: str
    memory: Path


def _take_aside(task: _Aside) -> list[_Written | AsBefore | Diagnostic]:
    """Write what a step makes; what was made, without the bytes."""
    project = task.project
    (step,) = (step for step in STEPS if step.name == task.step)
    made: list[_Written | AsBefore | Diagnostic] = []
    with State.as_it_was(project.folder, task.memory) as state:
        collection = Collection(project, task.sections, state.shelf())

        def work() -> tuple[Diagnostic, ...]:
            try:
                made.extend(_written(step.make(collection), project))
            except sqlite3.DatabaseError:
                _forget_notes(project, step.name)
                made[:] = _written(step.make(collection), project)
            return ()

        return [*guarded(project.output, work), *made]


def _taken(
    step: Step,
    collection: Collection,
    state: State,
    parts: Parts,
    made: Iterable[_Written | AsBefore | Diagnostic] | None,
) -> Memory:
    """What was made elsewhere already is only noted, unless it relies on a file that is not as it was."""
    # What steps need is imported in them, as a build that finds nothing changed needs none of the stages.
    project, before = collection.project, state.files_of_all(step.name)

    def anew() -> _Made:
        return _written(step.make(collection), project)

    def work() -> tuple[Diagnostic, ...]:
        try:
            return tuple(_noted(state.making(), anew() if made is None else made, project, before))
        except (_NotAsBeforeError, sqlite3.DatabaseError):
            _forget_notes(project, step.name)
            return tuple(_noted(state.making(), anew(), project, before))

    found = guarded(project.output, work)
    failed = bool(Report(found).errors)
    if failed:  # what was made before stays, and the step is taken again by the next build
        _forget_notes(project, step.name)
    memory = Memory(None if failed else parts, {}, found)
    remove_stale(project, state.keep_made(step.name, memory, stays=failed))
    return memory


def _written(output: Output, project: Project) -> _Made:
    """Write what a step makes."""
    above = _above_output(project)
    for made in output:
        match made:
            case Diagnostic() | AsBefore():
                yield made
            case (name, data):
                write_if_changed(project.output / name, data)
                yield _Written(f"{above}{name}", digest_of(data))


class _NotAsBeforeError(Exception):
    """A file of which a step remembers that it need not be made again is not as it was made."""


def _noted(
    files: Making,
    all_made: Iterable[_Written | AsBefore | Diagnostic],
    project: Project,
    before: FilesOfAll,
) -> Iterator[Diagnostic]:
    """Note the digests of what was made; the findings. What was there ``before`` must be as it was."""
    above = _above_output(project)
    written: dict[str, str] = {}
    left: list[str] = []

    def note() -> None:
        as_made = before.as_made(tuple(left))
        if not_as_made := set(left) - set(as_made):
            raise _NotAsBeforeError(*not_as_made)
        files.update(as_made | written)
        written.clear()
        left.clear()

    try:
        for made in all_made:
            match made:
                case Diagnostic():
                    yield made
                case AsBefore(name):
                    left.append(f"{above}{name}")
                case _Written(path, digest):
                    written[path] = digest
            if len(written) + len(left) == PAGE:
                note()
        note()
    finally:
        files.update(written)  # so that they go if the step, which failed, does not make them the next time


def check_links(project: Project, state: State) -> list[Diagnostic]:
    """The links of all pages that lead nowhere; looked for only if a file of the site has changed."""
    if not has_pages(project):
        state.forget(LINKS, "")
        _forget_notes(project, LINKS)
        return []
    made = (each[::3] for each in state.files() if each[1] != DEPOSIT)
    parts = {"the program": digest_of_program(), "the files of the site": key_of_all(made)}
    memory = state.recall(LINKS, "")
    if memory is None or any(memory.changed(state.digest_of, parts)):
        _forget_other_links(project, state)
        memory = Memory(parts, {}, guarded(project.output, lambda: _dead_links(project, state)))
        state.keep(LINKS, "", memory)
    return [*memory.findings]


def _forget_other_links(project: Project, state: State) -> None:
    """What another program noted may have another meaning."""
    if state.fact(LINKS, digest_of_program()) is None:
        _forget_notes(project, LINKS)
        state.keep_fact(LINKS, digest_of_program(), value=True)


def _dead_links(project: Project, state: State) -> tuple[Diagnostic, ...]:
    from teiwright.publishing import dead_links  # noqa: PLC0415 (see there)

    notes = project.state / f"{LINKS}.sqlite"

    def followed() -> tuple[Diagnostic, ...]:
        made = _pages(project, state, lambda step: step != DEPOSIT)
        return tuple(dead_links(project.output, notes=notes, made=made))

    try:
        return followed()
    except sqlite3.DatabaseError:
        _forget_notes(project, LINKS)
        return followed()


def _pages(project: Project, state: State, whose: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """All pages that some steps made, and their digests."""
    above = _above_output(project)
    pages = (each for each in state.files() if whose(each[1]) and each[0].endswith(".html"))
    return ((path.removeprefix(above), digest) for path, _, _, digest in pages)


def _look_aside(project: Project, state: State, workers: Workers, memory: Path) -> Future[None] | None:
    """Have the pages of texts looked through while the others are made."""
    if not has_pages(project):
        return None
    _forget_other_links(project, state)
    return workers.aside(_note_links, project, memory)


def _note_links(project: Project, memory: Path) -> None:
    from teiwright.publishing import note_links  # noqa: PLC0415 (see there)

    with State.as_it_was(project.folder, memory) as state, suppress(sqlite3.DatabaseError):
        pages = _pages(project, state, lambda step: step == VIEWS)  # those of other steps may change meanwhile
        note_links(project.output, project.state / f"{LINKS}.sqlite", pages)


def _above_output(project: Project) -> str:
    """What the paths of all files in the output folder begin with in the memory of a project."""
    return project.relative(project.output / "_").removesuffix("_")


def _forget_other_notes(step: Step, project: Project, state: State, parts: Parts) -> None:
    """Forget what a step noted, if more has changed than editions."""
    earlier = state.recall(step.name, "")
    if earlier is None or _but_editions(earlier.parts or {}) != _but_editions(parts):
        _forget_notes(project, step.name)


def _but_editions(parts: Parts) -> Parts:
    return {what: digest for what, digest in parts.items() if what != EDITIONS}


def _forget_notes(project: Project, step: str) -> None:
    for file in project.state.glob(f"{step}.sqlite*"):
        file.unlink()


def remove_stale(project: Project, gone: Mapping[str, str]) -> None:
    """Remove files that were made once, unless they are no longer as they were made; and folders left empty."""
    for name, digest in gone.items():
        path = project.folder / name
        ours = path.is_relative_to(project.output) and not path.is_relative_to(project.editions)
        if ours and digest_of_file(path) == digest:
            path.unlink()
            _remove_empty(path.parents, project.output)


def _remove_empty(folders: Iterable[Path], top: Path) -> None:
    """Remove folders, from the innermost, up to one that is not empty; to list it would cost what it has."""
    for folder in folders:
        if folder == top:
            break
        try:
            folder.rmdir()
        except OSError:
            break
