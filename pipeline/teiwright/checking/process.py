"""What runs schemas of strangers: a process of its own, which can be stopped.

It is a module of ours, run as a program, that answers each line of its input with one line of JSON.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn, cast

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError


class Process:
    """The other process, from our side."""

    def __init__(self, module: str, *arguments: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
            [sys.executable, "-P", "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=_listen, args=(self._process.stdout, self._answers), daemon=True).start()
        # when it is no longer in use, and at the latest when we end
        weakref.finalize(self, _stop, self._process)

    def ask(self, request: object, seconds: float) -> dict[str, Any] | None:
        """The answer, or ``None`` if there was none in time. Raises ``BrokenPipeError`` if the process died."""
        assert self._process.stdin is not None  # noqa: S101 (asked for above)
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        try:
            line = self._answers.get(timeout=seconds)
        except queue.Empty:
            _stop(self._process)
            return None
        if not line:
            raise BrokenPipeError
        return cast("dict[str, Any]", json.loads(line))


def _listen(lines: Iterable[str], answers: queue.SimpleQueue[str]) -> None:
    for line in lines:
        answers.put(line)
    answers.put("")


def _stop(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()


def too_slow(path: Path, engine: str, seconds: float, hint: str) -> NoReturn:
    """A schema that nobody can wait for."""
    message = f"{engine} gave no answer about the schema in {seconds:g} seconds"
    raise TeiwrightError(Diagnostic(Code.SCHEMA_TOO_SLOW, Location(str(path)), message, hint))
