"""Pointers and identifiers: every pointer leads somewhere, every identifier is there once.

TEI Guidelines 17.2 (Pointing Mechanisms). Addresses with a scheme are not followed: there is no network here.
A file is read only inside the project's folder, since a pointer may come from a stranger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote
from xml.parsers import expat

from lxml import etree

from teiwright.checking.flaw import Flaw
from teiwright.checking.nearness import nearest
from teiwright.checking.positions import XML_ID, elements_of, local
from teiwright.checking.wording import quoted
from teiwright.diagnostics import Code

POINTERS = (
    *("target", "ref", "corresp", "who", "resp", "scheme", "ana", "hand", "decls", "source", "change"),
    *(
        "next",
        "prev",
        "copyOf",
        "sameAs",
        "synch",
        "exclude",
        "select",
        "spanTo",
        "toWhom",
        "wit",
        "rendition",
    ),
)
"""TEI's attributes of type ``teidata.pointer`` that point to elements."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_LARGEST = 64 * 1024 * 1024
_MANY = 2000
"""Identifiers; among more, no likeness is looked for."""


def duplicate_ids(root: etree._Element) -> Iterator[Flaw]:
    """Every ``xml:id`` that an earlier element has already."""
    first: dict[str, etree._Element] = {}
    for element in elements_of(root):
        name = element.get(XML_ID)
        if name is None:
            continue
        other = first.setdefault(" ".join(name.split()), element)
        if other is not element:
            yield Flaw(
                Code.DUPLICATE_ID,
                element,
                f"@xml:id {quoted(name)} is there already, on an earlier `{local(other)}`",
                "give one of the two another id, and look which of them pointers mean",
                (other,),
            )


def dangling_pointers(root: etree._Element, path: Path, project: Path) -> Iterator[Flaw]:
    """Every pointer that leads to no element of this file, or of a file inside ``project``."""
    own = frozenset(" ".join(str(e.get(XML_ID)).split()) for e in elements_of(root) if e.get(XML_ID))
    for element in elements_of(root):
        for attribute in POINTERS:
            for pointer in (element.get(attribute) or "").split():
                problem = _problem(pointer, own, path, project)
                if problem:
                    message, hint = problem
                    what = f"@{attribute} of `{local(element)}` is {quoted(pointer)}: {message}"
                    yield Flaw(Code.DANGLING_POINTER, element, what, hint)


def _problem(pointer: str, own: frozenset[str], path: Path, project: Path) -> tuple[str, str] | None:
    file, sharp, fragment = pointer.partition("#")
    if _SCHEME.match(pointer):
        return None
    if not file:
        return _missing(fragment, own, "this file") if sharp and fragment else ("it points nowhere", "name an id")
    try:
        target = (path.parent / unquote(file)).resolve()
        there = target.is_file()
    except (OSError, ValueError, RuntimeError):  # too long, with a null in it, or in a circle of links
        return f"{quoted(file)} is no path", "correct the path; it is relative to this file"
    if not target.is_relative_to(project.resolve()):
        return (
            "it leads out of the project's folder",
            "point to a file of the project, or give a full address",
        )
    if not there:
        return f"there is no file {quoted(file)}", "correct the path; it is relative to this file"
    return _missing_in(target, fragment, quoted(file)) if sharp else None


def _missing_in(target: Path, fragment: str, name: str) -> tuple[str, str] | None:
    ids = _ids_of(target, target.stat().st_mtime_ns)
    if ids is None:
        return f"{name} cannot be read as XML", "check that file first"
    return _missing(fragment, ids, name)


def _missing(fragment: str, ids: frozenset[str], where: str) -> tuple[str, str] | None:
    name = unquote(fragment)
    if name in ids or name.startswith("xpath"):
        return None
    near = nearest(name, sorted(ids)) if len(ids) < _MANY else []
    hint = f"did you mean `#{near[0]}`?" if near else "correct the pointer, or add the element that it means"
    return f"no element in {where} has this xml:id", hint


@lru_cache(maxsize=64)
def _ids_of(path: Path, _changed: int) -> frozenset[str] | None:
    """The identifiers in a file, ``None`` if it is no XML or not safe to read."""
    if path.stat().st_size > _LARGEST:
        return None
    found: set[str] = set()
    parser = expat.ParserCreate(namespace_separator="}")

    def start(_: str, attributes: dict[str, str]) -> None:
        name = attributes.get("http://www.w3.org/XML/1998/namespace}id")
        if name is not None:
            found.add(" ".join(name.split()))

    def refuse(*_: object) -> None:
        raise ValueError("entity declarations are not read")

    parser.StartElementHandler = start
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(path.read_bytes(), True)
    except (OSError, expat.ExpatError, ValueError):
        return None
    return frozenset(found)
