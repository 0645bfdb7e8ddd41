"""An XSD that is not ours runs in a process of its own, which can be stopped.

libxml2 expands what a schema repeats, and some repeat without end.
Run as a program this module is that process: it answers each line of its input with one line of JSON.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, cast

from lxml import etree

from teiwright.checking.schema import ForeignSchema, refuse
from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError

SCHEMA_HINTS = (
    "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation",
    "{http://www.w3.org/2001/XMLSchema-instance}noNamespaceSchemaLocation",
)
"""Attributes by which a document makes libxml2 read further files as XSD: a document names no files here."""

_MEMORY = 2 * 1024**3
Words = tuple[str | None, str]
"""A path of libxml2, and its message."""


def objections(schema: ForeignSchema, tree: etree._ElementTree) -> list[Words]:
    """What libxml2 has against a document."""
    stamp = schema.path.stat().st_mtime_ns
    text = etree.tostring(tree.getroot(), encoding="unicode", with_tail=False)
    try:
        answer = _validator(schema, stamp).ask(text)
    except BrokenPipeError:
        _validator.cache_clear()
        refuse(schema.path, 0, "libxml2 broke down over the schema", "use another form of the schema")
    if answer is None:
        _validator.cache_clear()
        raise TeiwrightError(
            Diagnostic(
                Code.SCHEMA_TOO_SLOW,
                Location(str(schema.path)),
                f"libxml2 gave no answer about the schema in {schema.seconds:g} seconds",
                "use another form of the schema (RELAX NG in place of XSD), or a smaller one",
            )
        )
    if "schema" in answer:
        refuse(schema.path, 0, f"libxml2 cannot use the schema: {answer['schema']}", None)
    return [(path, message) for path, message in answer["objections"]]


class _Validator:
    """The other process, from our side."""

    def __init__(self, schema: ForeignSchema) -> None:
        self._seconds = schema.seconds
        self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
            [
                sys.executable,
                "-P",
                "-m",
                "teiwright.checking.apart",
                str(schema.path.resolve()),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=_listen, args=(self._process.stdout, self._answers), daemon=True).start()
        # when the schema is no longer in use, and at the latest when we end
        weakref.finalize(self, _stop, self._process)

    def ask(self, text: str) -> dict[str, Any] | None:
        """The answer, or ``None`` if there was none in time. Raises ``BrokenPipeError`` if the process died."""
        assert self._process.stdin is not None  # noqa: S101 (asked for above)
        self._process.stdin.write(json.dumps(text) + "\n")
        self._process.stdin.flush()
        try:
            line = self._answers.get(timeout=self._seconds)
        except queue.Empty:
            self._process.kill()
            self._process.wait()
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


@lru_cache(maxsize=2)
def _validator(schema: ForeignSchema, _changed: int) -> _Validator:
    return _Validator(schema)


# -- the other process


def _serve(path: str) -> None:
    _limit_memory()
    compiled: etree.XMLSchema | None = None
    broken: str | None = None
    for line in sys.stdin:
        if compiled is None and broken is None:
            try:
                schema = etree.parse(path, etree.XMLParser(no_network=True, collect_ids=False))
                compiled = etree.XMLSchema(schema)
            except (etree.LxmlError, OSError) as error:
                broken = " ".join(str(error).split())[:300]
        answer = {"schema": broken} if compiled is None else {"objections": _judge(compiled, json.loads(line))}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _limit_memory() -> None:
    """Two gigabytes are ten times what the XSD of tei_all takes; a schema that wants more is no schema to wait for."""
    try:
        import resource  # noqa: PLC0415 (not on Windows)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _judge(compiled: etree.XMLSchema, text: str) -> list[tuple[str | None, str]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False)
    tree = etree.fromstring(text.encode(), parser).getroottree()
    for element in tree.iter("*"):
        for name in SCHEMA_HINTS:
            element.attrib.pop(name, "")
    if compiled.validate(tree):
        return []
    log: Any = compiled.error_log
    return [(entry.path, str(entry.message)) for entry in log]


if __name__ == "__main__":
    _serve(sys.argv[1])
