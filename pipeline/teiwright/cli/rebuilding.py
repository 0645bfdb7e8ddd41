"""Builds for ``serve``: in a process that keeps what it loaded, as long as only texts and editions change."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from teiwright.diagnostics import TeiwrightError
from teiwright.digests import stamp_of_program
from teiwright.parallel import TIME_LIMIT
from teiwright.processes import Processes

if TYPE_CHECKING:
    from concurrent.futures import Executor

_MOST_MEMORY = 1024**3
"""Bytes beyond which the process is replaced by a new one."""

_TEXT = "Sir: This is written in order to learn.\n"


@dataclass(frozen=True, slots=True)
class Built:
    """How a build ended: its exit code, what it said, and how large its process ever was, in bytes."""

    code: int
    output: str
    errors: str
    memory: int = 0


class Rebuilder:
    """Builds one project again and again.

    A build by ``teiwright build`` is safe from any text, and knows nothing of the last. It takes seconds to load what
    it needs, though. So after one of these a process is prepared that has loaded it, for the changes of a few texts;
    if it dies of one, or takes too long, ``teiwright build`` tells what is wrong with that text.
    """

    def __init__(self, file: Path, jobs: int | None) -> None:
        self._file, self._jobs = file, jobs
        self._process: Executor | None = None
        self._program = ""

    def build(self, changed: Iterable[Path]) -> Built:
        """Build what is made of these files, if that is known."""
        same_program = self._program == stamp_of_program()
        if self._process is not None and same_program and only_texts(self._file, changed):
            arguments = ("build", "--project", str(self._file.parent), "--jobs", "0")
            try:
                built = self._process.submit(_run_here, arguments).result(TIME_LIMIT)
            except (RuntimeError, TimeoutError):  # it died, or is at work for ever
                self.end()
            else:
                if built.memory > _MOST_MEMORY:
                    self._prepare()
                return built
        self.end()
        built = _run_apart(self._file, self._jobs)
        self._prepare()
        return built

    def _prepare(self) -> None:
        self.end()
        self._program = stamp_of_program()
        self._process = Processes(1, _nothing, inherit=False)
        self._process.submit(_learn, self._file)

    def end(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.shutdown(cancel_futures=True)
            self._process = None


def only_texts(file: Path, changed: Iterable[Path]) -> bool:
    """Whether nothing has changed but texts, what lies beside them, and editions: all else is loaded once."""
    from teiwright.project import load_project

    try:
        project = load_project(file)
        folders = {text.parent for text in project.texts()}
    except TeiwrightError:
        return False
    loaded = {file, project.metadata, project.permalinks, project.persons, project.places, project.schema}
    return all(path not in loaded and path.parent in {*folders, project.editions} for path in changed)


def _nothing() -> None:
    """How the process begins."""


def _learn(file: Path) -> None:
    """Load all that a build of this project needs, by building a project like it of one text."""
    import tempfile

    from teiwright.build import build
    from teiwright.project import load_project

    with tempfile.TemporaryDirectory(prefix="teiwright-learning-") as name:
        folder = Path(name)
        (folder / "text.txt").write_text(_TEXT, "utf-8")
        like = replace(
            load_project(file),
            folder=folder,
            sources=("*.txt",),
            editions=folder / "tei",
            output=folder / "out",
            metadata=None,
            registry=None,
            accepted=(),
            deposits=False,
        )
        build(like, 0)


def _run_here(arguments: tuple[str, ...]) -> Built:
    from teiwright.cli import outcomes, teiwright

    output, errors = io.StringIO(), io.StringIO()
    with redirect_stdout(output), redirect_stderr(errors):
        code = outcomes.run(teiwright, arguments)
    return Built(code, output.getvalue(), errors.getvalue(), _largest())


def _largest() -> int:
    try:
        import resource
    except ImportError:  # Windows
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _run_apart(file: Path, jobs: int | None) -> Built:
    command = [sys.executable, "-m", "teiwright", "build", "--project", str(file.parent)]
    command += ["--jobs", str(jobs)] if jobs else []
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603 (ourselves)
    return Built(done.returncode, done.stdout, done.stderr)
