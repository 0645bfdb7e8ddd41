"""Runs a compiled Schematron schema. It can read nothing but the document that it is given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from teiwright.checking.schema import refuse
from teiwright.checking.schematron.compiling import compile_schematron
from teiwright.checking.schematron.reading import embedded_schematron, read_schematron
from teiwright.checking.schematron.selecting import DEFAULT_PHASE

_STEP = re.compile(r"/Q\{([^}]*)\}([^/\[]+)\[(\d+)\]")


class UnreadableError(Exception):
    """Saxon's parser has limits that libxml2 does not have, such as a thousand characters for a name."""


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
    """Where rules are: in a Schematron file, or inside the ``files`` of the grammar ``path``; and which of them."""

    path: Path
    files: tuple[Path, ...] = ()
    phase: str = DEFAULT_PHASE
    trusted: tuple[Path, ...] = ()


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
def _executables(rules: Rules, _changed: tuple[int, ...]) -> list[Any]:
    schema = embedded_schematron(rules.files) if rules.files else read_schematron(rules.path, rules.trusted)
    if schema is None:
        return []
    sheets = compile_schematron(rules.path, schema, rules.phase)
    try:
        compiler = _processor().new_xslt30_processor()
        return [compiler.compile_stylesheet(stylesheet_text=sheet) for sheet in sheets]
    except _saxon().PySaxonApiError as error:
        refuse(rules.path, 0, f"a rule of the Schematron is wrong: {_one_line(error)}", "correct the expression")


def run_schematron(rules: Rules | Path, tree: etree._ElementTree) -> Outcome:
    """All failed tests, in the order of patterns. Raises ``UnreadableError`` for a document beyond Saxon's limits."""
    used = Rules(rules) if isinstance(rules, Path) else rules
    root = tree.getroot()
    executables = _executables(used, tuple(_stamp(path) for path in (used.path, *used.files)))
    if not executables:
        return Outcome()
    # without the document type declaration: nothing that it names is to be read
    text = etree.tostring(root, encoding="unicode", with_tail=False)
    try:
        document = _processor().parse_xml(xml_text=text)
    except _saxon().PySaxonApiError as error:
        raise UnreadableError(_one_line(error)) from error
    broken, untried, fired = list[Broken](), list[Untried](), 0
    for executable in executables:
        try:
            result = executable.transform_to_string(xdm_node=document)
        except _saxon().PySaxonApiError as error:
            refuse(used.path, 0, f"a rule of the Schematron fails: {_one_line(error)}", "correct the expression")
        findings = etree.fromstring(result.encode(), etree.XMLParser(huge_tree=True))
        broken += _broken(findings, root)
        untried += _untried(findings, root)
        fired += len(findings.findall("fired"))
    return Outcome(tuple(broken), fired, tuple(untried))


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


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
