"""The schemas that a document names itself: ``<?xml-model?>`` (W3C Note, Associating Schemas, 2012)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.parsers import expat

from teiwright.diagnostics import Code, Diagnostic, Location

_SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"
_KNOWN = {
    "http://relaxng.org/ns/structure/1.0": "RELAX NG",
    "http://www.w3.org/2001/XMLSchema": "XSD",
    _SCHEMATRON: "Schematron",
    "": "",
}
_ATTRIBUTE = re.compile(r"""([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ENTITY = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}


@dataclass(frozen=True, slots=True)
class Model:
    """One schema of a document: a local file, the phase of its rules, and the line that says so."""

    path: Path
    phase: str | None = None
    line: int = field(default=0, compare=False)


def models_of(
    path: Path, data: bytes, catalog: Sequence[tuple[str, Path]], allowed: Sequence[Path], base: Path | None = None
) -> tuple[list[Model], list[Diagnostic]]:
    """The schemas that a document names, and what is wrong with those that cannot be used.

    Only files are used, in the ``allowed`` folders: a document may come from a stranger.
    ``base`` is where the document belongs, if it is read from elsewhere.
    """
    found: dict[Path, Model] = {}
    findings: list[Diagnostic] = []
    told: set[str] = set()
    local = dict(catalog)
    for number, text in _instructions(data):
        attributes = {name: _plain(double or single) for name, double, single in _ATTRIBUTE.findall(text)}
        href = attributes.get("href", "")
        where = Location(str(path), number, 1)
        if attributes.get("schematypens", "") not in _KNOWN or attributes.get("type") == "application/xml-dtd":
            message = f"`xml-model` names a schema of another kind, `{href[:100]}`, which was not used"
            hint = "known are RELAX NG, XSD and Schematron"
            findings.append(Diagnostic(Code.SCHEMA_NOT_USED, where, message, hint))
            continue
        target = local.get(href) or _file(base or path, href)
        problem = _problem(href, target, href in local, allowed)
        if problem is not None and href in told:  # a grammar is often named twice, for its rules, too
            continue
        told.add(href)
        if problem is not None:
            findings.append(Diagnostic(Code.SCHEMA_NOT_USED, where, *problem))
        elif target is not None:
            known = found.get(target)
            phase = attributes.get("phase") or (known.phase if known else None)
            found[target] = Model(target, phase, number)
    return list(found.values()), findings


def _problem(href: str, target: Path | None, is_known: bool, allowed: Sequence[Path]) -> tuple[str, str] | None:
    name = f"`{href[:100]}`"
    if target is None:
        hint = "download it once, and name it: `--schema FILE`, or in `[check.catalog]` of teiwright.toml"
        return f"the schema {name} is no local file, and nothing is fetched from the network", hint
    if is_known or any(target.is_relative_to(folder) for folder in allowed):
        return None
    hint = f"allow its folder: `--trust {target.parent}`"
    return f"the schema {name} lies outside the project and was not used", hint


def _file(path: Path, href: str) -> Path | None:
    try:
        parts = urlsplit(urljoin(path.resolve().as_uri(), href))
        return Path(unquote(parts.path)).resolve() if href and parts.scheme == "file" and not parts.netloc else None
    except (OSError, ValueError, RuntimeError):
        return None


def _instructions(data: bytes) -> Iterator[tuple[int, str]]:
    """Line and content of each ``xml-model`` before the root."""
    if b"xml-model" not in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    found: list[tuple[int, str]] = []
    parser = expat.ParserCreate()

    def instruction(target: str, content: str) -> None:
        if target == "xml-model":
            found.append((parser.CurrentLineNumber, content))

    def start(*_: object) -> None:
        raise StopIteration

    parser.ProcessingInstructionHandler = instruction
    parser.StartElementHandler = start
    parser.EntityDeclHandler = start
    # whether the document is XML at all is said elsewhere
    with suppress(StopIteration, expat.ExpatError, ValueError, LookupError):
        parser.Parse(data, True)
    yield from found


def _plain(text: str) -> str:
    return re.sub("&(?:amp|lt|gt|quot|apos);", lambda found: _ENTITY[found[0]], text)
