"""One file of a run, in whatever process: by which schemas it is held, and what they have against it."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from teiwright.diagnostics import Code, Diagnostic, TeiwrightError
from teiwright.digests import digest_of_file
from teiwright.gate.choosing import idle_phase, schemas_of
from teiwright.gate.inputs import STANDARD_INPUT
from teiwright.gate.memory import Examined
from teiwright.gate.terms import Terms
from teiwright.guarding import guarded

_MOST = 32 * 1024 * 1024
"""Bytes; of larger files no tree is made to hold their names against authority files."""
_UNUSABLE = frozenset({Code.NOT_WELL_FORMED, Code.UNSAFE_XML, Code.NOT_FOUND, Code.NOT_READABLE})


@dataclass(frozen=True, slots=True)
class Task:
    """A file, and where it belongs: its project's folder, the files that include it."""

    path: Path
    terms: Terms
    project: Path | None
    wholes: tuple[Path, ...] = ()
    debug: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker says of a file, and the digest of what it read."""

    examined: Examined
    digest: str = ""

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """By which the run says how many files have errors while it goes on."""
        return self.examined.findings


def examine(task: Task) -> Answer:
    """Check one file by all its schemas. Whatever goes wrong becomes a finding."""
    if task.path == STANDARD_INPUT:
        return _of_standard_input(task)
    return _examine(task, task.path)


def _examine(task: Task, place: Path) -> Answer:
    names: list[Examined] = []
    digests: list[str] = []

    def work() -> tuple[Diagnostic, ...]:
        if task.terms.keeps:
            digests.append(digest_of_file(task.path))
        names.append(_checked(task, place))
        return names[0].findings

    findings = guarded(task.path, work, debug=task.debug)
    found = replace(names[0], findings=findings) if names else Examined(findings)
    return Answer(found, *digests)


def _checked(task: Task, place: Path) -> Examined:
    from teiwright.checking import check_document  # noqa: PLC0415 (a run that remembers everything does without)

    project = task.project or _project_above(place.parent)
    models, findings = schemas_of(task.path, task.terms, task.project, place)
    depends: set[Path] = set()
    name, links = None, True
    for schema in models:
        try:
            checked = check_document(
                task.path, schema, project=project, trusted=task.terms.trusted, wholes=task.wholes, base=place
            )
        except TeiwrightError as error:
            findings.append(error.finding)
            if error.finding.code in _UNUSABLE:
                break
            continue
        name, links = checked.name, checked.links
        findings += checked.findings
        depends |= checked.depends
    else:
        if links:
            findings += _of_names(task, depends, place)
    return Examined(tuple(dict.fromkeys(findings)), name, frozenset(depends))


def _of_names(task: Task, followed: Collection[Path], place: Path) -> Iterator[Diagnostic]:
    """What the links of names cannot mean; ``followed`` are the files that its pointers lead to."""
    if not task.path.is_file():
        return
    from teiwright.loading import load  # noqa: PLC0415 (most documents do without)
    from teiwright.registering import amiss, amiss_in_large  # noqa: PLC0415 (the same)

    if task.path.stat().st_size > _MOST:
        yield from amiss_in_large(task.path, followed, place)
        return
    with suppress(TeiwrightError):  # what no tree can be made of was told before
        yield from amiss(load(task.path), followed, place)


@lru_cache(maxsize=4096)
def _project_above(folder: Path) -> Path:
    """Looked for once in a run, since the files of a folder lie in one project."""
    from teiwright.checking import project_of  # noqa: PLC0415 (see above)

    return project_of(folder / "-")


def forget_projects() -> None:
    """At the beginning of a run: files may have been made since the last."""
    _project_above.cache_clear()


@contextmanager
def _on_disk() -> Iterator[Path]:
    import tempfile  # noqa: PLC0415 (takes its time to start)

    with tempfile.TemporaryDirectory(prefix="teiwright-") as folder:
        path = Path(folder) / "-"
        path.write_bytes(sys.stdin.buffer.read())
        yield path


def findings_of(task: Task, data: bytes) -> tuple[Diagnostic, ...]:
    """What would be found in the file of a task, if it had these bytes."""
    import tempfile  # noqa: PLC0415 (takes its time to start)

    with tempfile.TemporaryDirectory(prefix="teiwright-") as folder:
        path = Path(folder) / task.path.name
        path.write_bytes(data)
        findings = _examine(replace(task, path=path), task.path).examined.findings
    return tuple(_renamed(finding, str(path), str(task.path)) for finding in findings)


def _of_standard_input(task: Task) -> Answer:
    """As if it lay in the folder where the command is run."""
    with _on_disk() as path:
        place = Path.cwd() / "-"
        answer = _examine(replace(task, path=path), place)
        findings = (*answer.examined.findings, *idle_phase(task.terms, [path], task.project, place))
    shown = tuple(_renamed(finding, str(path), "-") for finding in findings)
    return Answer(replace(answer.examined, findings=shown, name=None))


def _renamed(finding: Diagnostic, path: str, shown: str) -> Diagnostic:
    places = (finding.where, *finding.related)
    places = tuple(replace(place, path=shown) if place.path == path else place for place in places)
    return replace(finding, where=places[0], related=places[1:])
