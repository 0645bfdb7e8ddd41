"""Steps of the collection that need no pages, taken while workers make these and this process would wait."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event, Thread
from types import TracebackType

from teiwright.collection import Collection, Step, worked_out
from teiwright.extracted import Section
from teiwright.project import Project
from teiwright.state import STATE, Memory, Parts, State


class Meanwhile:
    """Takes steps in a thread, with a connection of its own to what the build remembers, which it does not change.

    It begins when told to, as no process may be forked while there is a second thread; and it is broken off if what
    goes on meanwhile fails.
    """

    def __init__(self, project: Project, leading: tuple[Section, ...], steps: Sequence[tuple[Step, Parts]]) -> None:
        self.done: dict[str, Memory] = {}
        self._project, self._leading, self._steps = project, leading, steps
        self._stop = Event()
        self._failed: list[BaseException] = []
        self._thread: Thread | None = None

    def __enter__(self) -> Meanwhile:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._stop.set()
        if self._thread:
            self._thread.join()
        if error is None and self._failed:
            raise self._failed[0]

    def begin(self) -> None:
        """Begin, if it has not begun."""
        if self._thread is None and self._steps:
            self._thread = Thread(target=self._work, daemon=True)
            self._thread.start()

    def _work(self) -> None:
        try:
            with State(self._project.folder, self._project.state / STATE) as state:
                collection = Collection(self._project, self._leading, state.shelf())
                for step, parts in self._steps:
                    self.done[step.name] = worked_out(step, collection, state, parts, self._stop.is_set)
        except BaseException as error:  # raised again where it is waited for
            self._failed.append(error)
