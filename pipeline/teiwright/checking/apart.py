"""An XSD that is not ours runs in a process of its own, which can be stopped.

libxml2 expands what a schema repeats, and some repeat without end.
Run as a program this module is that process: it answers each line of its input with one line of JSON.
"""

from __future__ import annotations

import json
import sys
from functools import lru_cache
from typing import Any

from lxml import etree

from teiwright.checking.process import Process, too_slow
from teiwright.checking.schema import ForeignSchema, refuse

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
        answer = _validator(schema, stamp).ask(text, schema.seconds)
    except BrokenPipeError:
        _validator.cache_clear()
        refuse(schema.path, 0, "libxml2 broke down over the schema", "use another form of the schema")
    if answer is None:
        _validator.cache_clear()
        hint = "use another form of the schema (RELAX NG in place of XSD), or a smaller one"
        too_slow(schema.path, "libxml2", schema.seconds, hint)
    if "schema" in answer:
        refuse(schema.path, 0, f"libxml2 cannot use the schema: {answer['schema']}", None)
    return [(path, message) for path, message in answer["objections"]]


@lru_cache(maxsize=2)
def _validator(schema: ForeignSchema, _changed: int) -> Process:
    return Process("teiwright.checking.apart", str(schema.path.resolve()))


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
