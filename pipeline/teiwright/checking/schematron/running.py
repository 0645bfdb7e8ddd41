"""Runs a compiled Schematron schema, and says which elements of the document it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lxml import etree

from teiwright.checking.process import Process, too_slow
from teiwright.checking.schema import refuse
from teiwright.checking.schematron.compiling import compile_schematron
from teiwright.checking.schematron.mistakes import refuse_rule
from teiwright.checking.schematron.reading import embedded_schematron, read_schematron
from teiwright.checking.schematron.saxon import MEMORY, RuleError, UnreadableError, transform
from teiwright.checking.schematron.selecting import DEFAULT_PHASE

_STEP = re.compile(r"/Q\{([^}]*)\}([^/\[]+)\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Broken:
    """A test that failed: of which rule, with what role, on which element, and the schema's own words."""

    rule: str
    role: str
    element: etree._Element
    message: str
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Untried:
    """A test that could not be tried on an element, and why."""

    rule: str
    element: etree._Element
    why: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found, what it could not try, and how many times a rule applied at all."""

    broken: tuple[Broken, ...] = ()
    fired: int = 0
    untried: tuple[Untried, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """Where rules are: in a Schematron file, or inside the ``files`` of the grammar ``path``; and which of them.

    Those of strangers may never end: given ``seconds``, they run in a process of their own, which is stopped then.
    """

    path: Path
    files: tuple[Path, ...] = ()
    phase: str = DEFAULT_PHASE
    trusted: tuple[Path, ...] = ()
    seconds: float | None = None


@lru_cache(maxsize=8)
def _sheets(rules: Rules, _changed: tuple[int, ...]) -> tuple[str, ...]:
    schema = embedded_schematron(rules.files) if rules.files else read_schematron(rules.path, rules.trusted)
    return () if schema is None else tuple(compile_schematron(rules.path, schema, rules.phase))


def run_schematron(rules: Rules | Path, tree: etree._ElementTree) -> Outcome:
    """All failed tests, in the order of patterns.

    Raises ``TeiwrightError`` if the rules cannot be tried, ``UnreadableError`` for a document beyond Saxon's limits.
    """
    used = Rules(rules) if isinstance(rules, Path) else rules
    root = tree.getroot()
    sheets = _sheets(used, tuple(_stamp(path) for path in (used.path, *used.files)))
    if not sheets:
        return Outcome()
    # without the document type declaration: nothing that it names is to be read
    text = etree.tostring(root, encoding="unicode", with_tail=False)
    try:
        results = transform(sheets, text) if used.seconds is None else _apart(used.path, sheets, text, used.seconds)
    except RuleError as error:
        refuse_rule(used.path, sheets[error.sheet], error.why)
    broken, untried, fired = list[Broken](), list[Untried](), 0
    for result in results:
        findings = etree.fromstring(result.encode(), etree.XMLParser(huge_tree=True))
        broken += _broken(findings, root)
        untried += _untried(findings, root)
        fired += len(findings.findall("fired"))
    return Outcome(tuple(broken), fired, tuple(untried))


def _apart(path: Path, sheets: tuple[str, ...], text: str, seconds: float) -> list[str]:
    try:
        answer = _process().ask({"sheets": sheets, "text": text, "seconds": seconds}, seconds)
    except BrokenPipeError:
        _process.cache_clear()
        refuse(path, 0, "Saxon broke down over the rules", "look for one that calls itself, or needs much memory")
    if answer is None:
        _process.cache_clear()
        too_slow(path, "Saxon", seconds, "look for a rule that never ends; `--no-rules` leaves out those in a grammar")
    match answer:
        case {"wrong": str(why), "sheet": int(sheet)}:
            raise RuleError(why, sheet)
        case {"unreadable": str(why)}:
            raise UnreadableError(why)
        case _:
            return list(answer["results"])


@lru_cache(maxsize=1)
def _process() -> Process:
    return Process("teiwright.checking.schematron.saxon", str(MEMORY))


def _stamp(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _untried(findings: etree._Element, root: etree._Element) -> Iterator[Untried]:
    for found in findings.iterfind("failed"):
        yield Untried(found.get("rule", ""), _element_at(root, found.get("at", "")), _plain(found))


def _plain(element: etree._Element | None) -> str:
    return "" if element is None else " ".join("".join(str(text) for text in element.itertext()).split())


def _broken(findings: etree._Element, root: etree._Element) -> Iterator[Broken]:
    for found in findings.iterfind("broken"):
        hints = tuple(_plain(hint) for hint in found.iterfind("hint"))
        yield Broken(
            rule=found.get("rule", ""),
            role=found.get("role", ""),
            element=_element_at(root, found.get("at", "")),
            message=_plain(found.find("message")),
            hints=hints,
        )


def _element_at(root: etree._Element, path: str) -> etree._Element:
    """The element that XPath's ``path()`` describes; for an attribute or a text the element that has it."""
    node = root
    for namespace, name, number in _STEP.findall(path)[1:]:
        tag = f"{{{namespace}}}{name}" if namespace else name
        children = list(node.iterchildren(tag))
        if int(number) > len(children):
            return node
        node = children[int(number) - 1]
    return node
