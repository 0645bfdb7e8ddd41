"""All editions of a project, from reading to the deposit; only what changed is made anew.

Three phases: each text becomes an edition, and what its collection must know of it is kept; each edition is shown,
given its neighbours; then come the steps of the collection, which read what was kept.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO, TypeVar

from teiwright.accepting import Accepted
from teiwright.bulk.forms import folder_of
from teiwright.collection import VIEWS, Seen, known_sections, sections
from teiwright.dependencies import joined, of_pictures
from teiwright.diagnostics import Code, Diagnostic, Report
from teiwright.digests import digest_of_file, key_of
from teiwright.extracted import Section
from teiwright.handing_over import make_deposit
from teiwright.locking import alone
from teiwright.parallel import TIME_LIMIT, Trade, Workers, default_jobs
from teiwright.planning import (
    AUTHORITIES,
    EDITION,
    Around,
    Plan,
    forwards_of,
    own_parts,
    stale_texts,
    stale_views,
    with_neighbours,
)
from teiwright.project import Project
from teiwright.recording import Record
from teiwright.remembered import Known, Memory, Parts
from teiwright.sharding import Shard, shard_of
from teiwright.spooling import Spool, report_of_many
from teiwright.state import State
from teiwright.summing_up import Row, not_fitting, of_documents, rows_of
from teiwright.taking import check_links, make_collection, remove_stale
from teiwright.writing import sweep_below

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from teiwright.document import Made, Task
    from teiwright.presenting import Setting, Showing, Shown
    from teiwright.publishing import Forward

Item = TypeVar("Item")


class Progress(Protocol):
    """Shows how far a run is while it passes the items on."""

    def __call__(self, items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
        """The same items."""


def silently(items: Iterable[Item], total: int, what: str) -> Iterator[Item]:  # noqa: ARG001 (a Progress)
    """Shows nothing."""
    return iter(items)


@dataclass(frozen=True, slots=True)
class Build:
    """What a build found; the texts that it made editions of, the editions that it showed, the steps that it took.

    It is not ``whole`` if it was that of a shard. What is long lies on disk.
    """

    report: Report
    rows: Sequence[Row]
    made: Sequence[str]
    shown: Sequence[str]
    steps: tuple[str, ...]
    whole: bool = True

    @property
    def taken(self) -> tuple[str, ...]:
        """All that it did: documents by their names, then steps."""
        return (*sorted({*self.made, *self.shown}), *self.steps)


@dataclass(frozen=True, slots=True)
class _Run:
    """What all phases of a build work with."""

    plan: Plan
    workers: Workers
    progress: Progress
    debug: bool
    whole: bool = True

    @property
    def project(self) -> Project:
        """What is built."""
        return self.plan.project

    @property
    def state(self) -> State:
        """What is remembered of it."""
        return self.plan.state


def build(
    project: Project,
    jobs: int | None = None,
    executor: Executor | None = None,
    progress: Progress = silently,
    *,
    limit: float = TIME_LIMIT,
    debug: bool = False,
) -> Build:
    """Build a project; what has not changed since the last build is left as it stands.

    Any number of workers, and any ``executor``, make the same bytes; without workers all is done in this process,
    which a bad document may then take down. ``limit`` is the seconds that one document has.
    """
    with alone(project.state) as lock, _workers(jobs, executor, limit, lock) as workers:

        def built() -> Build:
            with opened(project) as state:
                unpacked = _unpack(project, state)
                return _built(_Run(Plan.of(project, state), workers, progress, debug), unpacked)

        try:
            return built()
        except sqlite3.DatabaseError:
            # A memory that makes no sense is none.
            for file in project.state.glob(f"{STATE}*"):
                file.unlink()
            return built()


def build_shard(
    project: Project,
    shard: Shard,
    jobs: int | None = None,
    executor: Executor | None = None,
    progress: Progress = silently,
    *,
    limit: float = TIME_LIMIT,
    debug: bool = False,
) -> Build:
    """Make the editions of one shard; and if those of all were merged and none has changed since, show its own.

    What it remembers is in a file of its own, so that any number of shards may be at work at once.
    """
    with alone(project.state, f"{shard.name}.lock") as lock, _workers(jobs, executor, limit, lock) as workers:
        file = project.state / f"{shard.name}.sqlite"
        if not file.exists() and (project.state / STATE).exists():
            # One that cannot be read, or is of another form, is none, and all is made from nothing.
            with State(project.folder, file) as state, suppress(sqlite3.DatabaseError):
                state.adopt(project.state / STATE, shard.has, outlines=True)
        with State(project.folder, file) as state:
            run = _Run(Plan.of(project, state, shard.has), workers, progress, debug, whole=False)
            made = _make(run)
            state.settle(["index"] if "html" in project.views else [])
            leading = known_sections(project, state, Seen.of(state))
            shown = () if leading is None else _show(run, leading)
            return _told(run, made, shown, of_documents(state), ())


def merge(project: Project) -> int:
    """Take over what shards did, all or none; how many they were. What is made of all together is left to a build."""
    shards = sorted(filter(None, map(shard_of, project.state.glob("shard-*.sqlite"))))
    with (
        alone(project.state),
        closing(Record(project.editions)) as record,
        ExitStack() as held,
        opened(project) as state,
    ):
        for shard in shards:
            held.enter_context(alone(project.state, f"{shard.name}.lock"))
            file = project.state / f"{shard.name}.sqlite"
            state.adopt(file, shard.has)
            with State(project.folder, file) as its:
                record.update(its.fact(WRITTEN, "") or {})
        record.write()
        Plan.of(project, state)
        state.keep_fact(AUTHORITIES, "", None)
        state.keep_fact(ENDED, "", value=False)  # a shard may have been killed
        state.settle(["index"] if "html" in project.views else [])
        sections(project, state, Seen.of(state))
        for shard in shards:
            for file in project.state.glob(f"{shard.name}.sqlite*"):
                file.unlink()
    return len(shards)


def _workers(jobs: int | None, executor: Executor | None, limit: float, lock: TextIO) -> Workers:
    return Workers(default_jobs() if jobs is None else jobs, executor, limit, inherit=True, ours=[lock])


STATE = "state.sqlite"

ENDED = "the last build ended"
"""Else it may have left files half written, anywhere. Only a build of the whole removes them: shards share folders."""


def opened(project: Project) -> State:
    """The memory of a project, which must be held alone."""
    return State(project.folder, project.state / STATE)


_UNPACKING = "unpack "


def _unpack(project: Project, state: State) -> list[Diagnostic]:
    """Unpack the sources that hold many texts and have changed; what was found in them, now or earlier."""
    findings: list[Diagnostic] = []
    sources = {f"{_UNPACKING}{project.relative(source)}": source for source in project.files_of_texts()}
    for step in state.steps_of_all():
        if step.startswith(_UNPACKING) and step not in sources:
            state.forget(step, "")
    for step, source in sources.items():
        parts = {"file of texts": digest_of_file(source)}
        memory = state.recall(step, "")
        if memory is None or memory.parts != parts or not folder_of(source).is_dir():
            from teiwright.bulk.unpacking import unpack  # noqa: PLC0415 (only where there are such sources)

            memory = Memory(parts, {}, tuple(unpack(source, folder_of(source))))
            state.keep(step, "", memory)
        findings += memory.findings
    return findings


def _built(run: _Run, unpacked: Sequence[Diagnostic]) -> Build:
    project, state = run.project, run.state
    if not state.fact(ENDED, ""):
        for folder in (project.editions, project.output):
            sweep_below(folder)
    state.keep_fact(ENDED, "", value=False)
    if not run.plan.authorities.same:
        state.keep_fact(AUTHORITIES, "", None)  # until all documents have been held against these
    _forget(run)
    made = _make(run)
    state.settle(["index"] if "html" in project.views else [])
    seen = Seen.of(state)
    leading = sections(project, state, seen)
    shown = _show(run, leading)
    state.keep_fact(AUTHORITIES, run.plan.authorities.digest, value=True)
    findings = Spool(chain(unpacked, of_documents(state), not_fitting(project, state, run.plan.table)))
    together, steps = make_collection(project, state, leading, seen, run.workers)
    findings.extend(together)
    failed = any(finding.code in _NOT_REMEMBERED for finding in findings)
    if not (failed or Report(tuple(together)).errors):  # of what failed, pages may be missing
        findings.extend(check_links(project, state))
    packed, deposited = make_deposit(project, state, findings)
    findings.extend(packed)
    state.note_files(chain(((EDITION, name) for name in made), ((VIEWS, name) for name in shown)), steps)
    state.keep_fact(ENDED, "", value=True)
    return _told(run, made, shown, findings, (*steps, *(["deposit"] if deposited else [])))


def _told(
    run: _Run, made: Sequence[str], shown: Sequence[str], findings: Iterable[Diagnostic], steps: tuple[str, ...]
) -> Build:
    report = report_of_many(findings)
    accepted = Accepted.of(report.findings, run.project.accepted)
    if accepted.counts:
        report = report_of_many(chain(map(accepted.told, report.findings), accepted.not_needed()))
    return Build(report, Spool(rows_of(run.state, accepted)), made, shown, steps, run.whole)


def _forget(run: _Run) -> None:
    """What was made of texts that are no longer there goes, but never an edition, which may be somebody's work."""
    for name in run.state.without_text():
        run.state.forget(EDITION, name)
        remove_stale(run.project, run.state.forget(VIEWS, name))
        run.state.forget_edition(name)


def _make(run: _Run) -> Sequence[str]:
    """Phase one: make the editions that have to be made; the names of their texts."""
    project, state = run.project, run.state
    total = state.plan(stale_texts(run.plan))
    project.editions.mkdir(parents=True, exist_ok=True)
    with closing(Record(project.editions)) as record:
        if total:
            _convert(run, total, record)
        if run.whole:
            record.write()  # in order, also what a killed run left as it came
        else:
            state.keep_fact(WRITTEN, "", {**(state.fact(WRITTEN, "") or {}), **_own_record(state, record)})
    return Spool(name for name, _ in state.planned())


def _convert(run: _Run, total: int, record: Record) -> None:
    # Imported here, as a build that finds nothing changed needs none of the stages.
    from teiwright.document import Made, make  # noqa: PLC0415
    from teiwright.guarding import crashed, too_slow  # noqa: PLC0415
    from teiwright.presenting import setting_of  # noqa: PLC0415

    setting = setting_of(run.project, ())
    tasks = (_task(run, path, record, setting) for path in run.state.planned_texts())
    trade: Trade[Task, Made] = Trade(
        make, lambda task, slow: Made(((too_slow if slow else crashed)(task.text),)), lambda task: task.size
    )
    for task, done in run.state.in_batches(run.progress(run.workers.run(trade, tasks, total), total, "documents")):
        if done.written:
            record[task.edition.name] = done.written
        _keep(run, task, done)


def _own_record(state: State, record: Mapping[str, str]) -> dict[str, str]:
    return {file: digest for file, digest in record.items() if state.has_text(Path(file).stem)}


WRITTEN = "what was last written"
"""By a shard, whose disk may be another than that on which it is merged."""


def _task(run: _Run, path: str, record: Mapping[str, str], setting: Setting) -> Task:
    from teiwright.document import Task  # noqa: PLC0415 (see above)

    text = run.project.folder / path
    edition = run.project.editions / f"{text.stem}.xml"
    metadata, size = run.plan.described(text), text.stat().st_size if text.is_file() else 0
    return Task(text, edition, record.get(edition.name), metadata, setting, run.project.schema, size, run.debug)


_NOT_REMEMBERED = frozenset({Code.OUR_BUG, Code.NOT_FOUND, Code.NOT_READABLE, Code.NOT_WRITABLE})
"""What may be over by the next build although no file of the project changed."""


def _remembered(parts: Parts, files: Mapping[Path, str], project: Project, findings: Sequence[Diagnostic]) -> Memory:
    passing = any(finding.code in _NOT_REMEMBERED for finding in findings)
    named = {project.relative(path): digest for path, digest in files.items()}
    return Memory(None if passing else parts, named, tuple(findings))


def _keep(run: _Run, task: Task, made: Made) -> None:
    """Remember a text's edition. If there is none this time, what is known of an earlier one stays."""
    name, project = task.text.stem, run.project
    files = {task.edition: made.digest} if made.digest else {}
    parts = joined(own_parts(run.state, name), run.plan.authorities.for_edition(made.touch))
    memory = _remembered(parts, files, project, made.findings)
    run.state.keep_touch(name, made.touch)
    run.state.keep_costs(name, made.costs)
    run.state.keep(EDITION, name, replace(memory, figures=made.figures))
    if made.summary:
        extract = made.extract
        seen = (key_of(extract), extract, made.outline, key_of(made.outline), made.searched)
        run.state.keep_edition(Known(name, made.summary["id"], made.digest, made.summary, *seen))


def _show(run: _Run, leading: tuple[Section, ...]) -> Sequence[str]:
    """Phase two: show the editions that have to be shown; the names of their texts."""
    project, state = run.project, run.state
    total = state.plan(stale_views(run.plan, leading))
    if total:
        from teiwright.guarding import crashed, too_slow  # noqa: PLC0415 (as above)
        from teiwright.presenting import Shown, setting_of, show  # noqa: PLC0415

        setting = setting_of(project, leading)
        moved = forwards_of(project)
        planned = (each for each in with_neighbours(state.editions()) if state.is_planned(each[0].name))
        tasks = (_showing(run, around, setting, moved.get(around[0].id, ())) for around in planned)
        trade: Trade[Showing, Shown] = Trade(
            show, lambda task, slow: Shown(((too_slow if slow else crashed)(task.edition),)), lambda task: task.size
        )
        for task, shown in state.in_batches(run.progress(run.workers.run(trade, tasks, total), total, "views")):
            named = run.plan.authorities.for_views(state.pointers(task.name))
            parts = joined(own_parts(state, task.name), named, of_pictures(project, shown.pictures))
            memory = _remembered(parts, shown.files, project, shown.findings)
            state.keep_costs(task.name, shown.costs)
            if Report(shown.findings).errors:  # what was shown before stays
                earlier = state.recall(VIEWS, task.name)
                memory = replace(memory, files={**(earlier.files if earlier else {}), **memory.files})
            remove_stale(project, state.keep(VIEWS, task.name, memory))
    return Spool(name for name, _ in state.planned())


def _showing(run: _Run, around: Around, setting: Setting, moved: tuple[Forward, ...]) -> Showing:
    from teiwright.presenting import Showing  # noqa: PLC0415 (as above)

    project, (known, before, after) = run.project, around
    edition = project.editions / f"{known.name}.xml"
    return Showing(
        name=known.name,
        folder=project.folder,
        text=project.folder / run.state.path_of_text(known.name),
        edition=edition,
        id=known.id,
        output=project.output,
        setting=setting,
        before=(before.id, before.title) if before else None,
        after=(after.id, after.title) if after else None,
        forwards=moved,
        size=edition.stat().st_size if edition.is_file() else 0,
        debug=run.debug,
    )
