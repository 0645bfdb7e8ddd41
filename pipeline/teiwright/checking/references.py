"""Pointers and identifiers: every pointer leads somewhere, every identifier is there once.

TEI Guidelines 17.2 (Pointing Mechanisms). Addresses with a scheme are not followed: there is no network here.
A file is read only inside the project's folder, since a pointer may come from a stranger, or if the user
named it. Pointers elsewhere are neither right nor wrong: a warning says that they were not followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Around:
    """Where a document lies, and the files that its pointers may be followed to."""

    path: Path
    project: Path
    trusted: frozenset[Path] = frozenset()

    def allows(self, target: Path) -> bool:
        """Whether a file may be looked at."""
        return target in self.trusted or target.is_relative_to(self.project.resolve())


def dangling_pointers(root: etree._Element, around: Around) -> Iterator[Flaw]:
    """Every pointer that leads to no element of this file, or of one that may be followed; others once a file."""
    unseen: set[str] = set()
    own = frozenset(" ".join(str(e.get(XML_ID)).split()) for e in elements_of(root) if e.get(XML_ID))
    for element in elements_of(root):
        for attribute in POINTERS:
            for pointer in (element.get(attribute) or "").split():
                problem = _problem(pointer, own, around)
                if problem is None:
                    continue
                code, message, hint = problem
                file = pointer.partition("#")[0]
                if code is Code.POINTER_NOT_FOLLOWED and file in unseen:
                    continue
                unseen.add(file)
                what = f"@{attribute} of `{local(element)}` is {quoted(pointer)}: {message}"
                yield Flaw(code, element, what, hint)


Problem = tuple[Code, str, str]


def _problem(pointer: str, own: frozenset[str], around: Around) -> Problem | None:
    file, sharp, fragment = pointer.partition("#")
    if _SCHEME.match(pointer):
        return None
    if not file and not fragment:
        return _dangling("it points nowhere", "name an id")
    if not file:
        return _missing(fragment, own, "this file")
    try:
        target = (around.path.parent / unquote(file)).resolve()
        allowed = around.allows(target)
        there = allowed and target.is_file()
    except (OSError, ValueError, RuntimeError):  # too long, with a null in it, or in a circle of links
        return _dangling(f"{quoted(file)} is no path", _CORRECT)
    if not allowed:
        message = "it leads out of the project's folder and was not followed"
        hint = "if it is an authority file, name it: `--persons FILE`, `--places FILE`; else look yourself"
        return Code.POINTER_NOT_FOLLOWED, message, hint
    if not there:
        return _dangling(f"there is no file {quoted(file)}", _CORRECT)
    return _missing_in(target, fragment, quoted(file)) if sharp else None


_CORRECT = "correct the path; it is relative to this file"


def _dangling(message: str, hint: str) -> Problem:
    return Code.DANGLING_POINTER, message, hint


def _missing_in(target: Path, fragment: str, name: str) -> Problem | None:
    ids = _ids_of(target, target.stat().st_mtime_ns)
    if ids is None:
        return _dangling(f"{name} cannot be read as XML", "check that file first")
    return _missing(fragment, ids, name)


def _missing(fragment: str, ids: frozenset[str], where: str) -> Problem | None:
    name = unquote(fragment)
    if name in ids or name.startswith("xpath"):
        return None
    near = nearest(name, sorted(ids)) if len(ids) < _MANY else []
    hint = f"did you mean `#{near[0]}`?" if near else "correct the pointer, or add the element that it means"
    return _dangling(f"no element in {where} has this xml:id", hint)


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
