"""Saxon, which tries the rules. It can read nothing but the document that it is given.

Run as a program this module does so for another process, which may stop it: Saxon itself waits for ever.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from functools import lru_cache
from typing import Any

MEMORY = 4 * 1024**3
"""Bytes; a document of 64 MB, the largest that is read as a tree, takes half of it. Whatever wants more never ends."""


class RuleError(Exception):
    """What is wrong with a rule, in Saxon's words, and in which of the stylesheets it stands."""

    def __init__(self, why: str, sheet: int) -> None:
        super().__init__(why)
        self.why = why
        self.sheet = sheet


class UnreadableError(Exception):
    """Saxon's parser has limits that libxml2 does not have, such as a thousand characters for a name."""


@lru_cache(maxsize=1)
def _saxon() -> Any:
    import saxonche  # noqa: PLC0415 (takes its time to start; the command line imports this module early)

    return saxonche


@lru_cache(maxsize=1)
def _processor() -> Any:
    processor = _saxon().PySaxonProcessor(license=False)
    # rules come from strangers: no files, no network, no code of Java
    processor.set_configuration_property("http://saxon.sf.net/feature/allowedProtocols", "")
    processor.set_configuration_property("http://saxon.sf.net/feature/allow-external-functions", "off")
    return processor


@lru_cache(maxsize=8)
def _executables(sheets: tuple[str, ...]) -> list[Any]:
    compiler, made = _processor().new_xslt30_processor(), []
    for number, sheet in enumerate(sheets):
        try:
            made.append(compiler.compile_stylesheet(stylesheet_text=sheet))
        except _saxon().PySaxonApiError as error:
            raise RuleError(_one_line(error), number) from error
    return made


def transform(sheets: tuple[str, ...], text: str) -> list[str]:
    """What each stylesheet makes of a document. Raises ``RuleError``, ``UnreadableError``."""
    executables = _executables(sheets)
    try:
        document = _processor().parse_xml(xml_text=text)
    except _saxon().PySaxonApiError as error:
        raise UnreadableError(_one_line(error)) from error
    results = []
    for number, executable in enumerate(executables):
        try:
            results.append(executable.transform_to_string(xdm_node=document))
        except _saxon().PySaxonApiError as error:
            raise RuleError(_one_line(error), number) from error
    return results


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:2000]


# -- as a program


def _serve(memory: int) -> None:
    _limit_memory(memory)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever rules print is no answer
    for line in sys.stdin:
        request = json.loads(line)
        _end_after(request["seconds"])
        answers.write(json.dumps(_answer(tuple(request["sheets"]), request["text"])) + "\n")
        answers.flush()
        _end_after(0)


def _limit_memory(memory: int) -> None:
    """What is written to, and not the address space, of which Saxon reserves more than any machine has."""
    try:
        import resource  # noqa: PLC0415 (not on Windows)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_DATA, (memory, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def _end_after(seconds: float) -> None:
    """If nobody is left to stop us. Nought: not at all."""
    if sys.platform != "win32":
        signal.alarm(int(seconds) + 10 if seconds else 0)


def _answer(sheets: tuple[str, ...], text: str) -> dict[str, object]:
    try:
        return {"results": transform(sheets, text)}
    except RuleError as error:
        return {"wrong": error.why, "sheet": error.sheet}
    except UnreadableError as error:
        return {"unreadable": str(error)}


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
