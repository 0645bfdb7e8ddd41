"""Which patterns of a schema are tried: those of a phase, abstract ones with their parameters filled in."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from teiwright.checking.schematron.reading import EMBEDDED, SCH, refuse_at
from teiwright.checking.wording import listed

DEFAULT_PHASE = "#DEFAULT"
_ALL = "#ALL"


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of a phase, and the variables that all of them see."""

    patterns: list[etree._Element]
    lets: list[etree._Element]


def active(path: Path, schema: etree._Element, phase: str) -> Patterns:
    """The patterns that a phase makes active (ISO/IEC 19757-3:2016, 5.4.9). Raises ``TeiwrightError``."""
    lets = list(schema.iterfind(f"{SCH}let"))
    patterns = _concrete(path, schema)
    if phase == DEFAULT_PHASE:
        phase = schema.get("defaultPhase", _ALL)
    if phase == _ALL:
        return Patterns(patterns, lets)
    if schema.get(EMBEDDED) is not None and schema.find(f"{SCH}phase") is None:
        return Patterns(patterns, lets)
    phases = {str(found.get("id")): found for found in schema.iterfind(f"{SCH}phase")}
    if phase not in phases:
        known = f"the phases are {listed(phases)}" if phases else "it has no phases: ask for none"
        refuse_at(path, schema, f"the schema has no phase `{phase}`", known)
    wanted = {active.get("pattern"): active for active in phases[phase].iterfind(f"{SCH}active")}
    names = {pattern.get("id") for pattern in patterns}
    for name, element in wanted.items():
        if name not in names:
            refuse_at(path, element, f"the phase `{phase}` names the pattern `{name}`, which is not there", None)
    chosen = [pattern for pattern in patterns if pattern.get("id") in wanted]
    return Patterns(chosen, [*lets, *phases[phase].iterfind(f"{SCH}let")])


def _concrete(path: Path, schema: etree._Element) -> list[etree._Element]:
    found = list(schema.iter(f"{SCH}pattern"))
    abstract = {pattern.get("id"): pattern for pattern in found if pattern.get("abstract") == "true"}
    made = []
    for pattern in found:
        name = pattern.get("is-a")
        if pattern.get("abstract") == "true":
            continue
        if name is None:
            made.append(pattern)
        elif name not in abstract:
            refuse_at(path, pattern, f"there is no abstract pattern `{name}`", "correct @is-a")
        else:
            values = {**_parameters(abstract[name]), **_parameters(pattern)}
            made.append(_instance(abstract[name], pattern.get("id"), values))
    return made


def _parameters(pattern: etree._Element) -> dict[str, str]:
    return {str(p.get("name")): str(p.get("value")) for p in pattern.iterfind(f"{SCH}param")}


def _instance(pattern: etree._Element, ident: str | None, values: Mapping[str, str]) -> etree._Element:
    """An abstract pattern with its parameters replaced; longest name first, so that none hides another."""
    made = copy.deepcopy(pattern)
    made.set("id", ident or str(pattern.get("id")))
    names = sorted(values, key=len, reverse=True)
    if names:
        parameter = re.compile(r"\$(" + "|".join(map(re.escape, names)) + r")(?![\w.-])")
        for element in made.iter():
            for name, value in element.attrib.items():
                element.set(name, parameter.sub(lambda found: values[found[1]], str(value)))
    return made
