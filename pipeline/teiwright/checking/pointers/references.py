"""Every pointer leads to an element, or to a file that is there; what it probably means, if it does not.

Addresses with a scheme are not followed. Pointers out of the project are neither right nor wrong:
a warning says that they were not followed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import assert_never
from urllib.parse import unquote

from lxml import etree

from teiwright.checking.flaw import Flaw
from teiwright.checking.nearness import nearest
from teiwright.checking.pointers.around import Around, ids_of, parts_of
from teiwright.checking.pointers.attributes import INCLUDE, TO_MEDIA, pointers_of
from teiwright.checking.pointers.resolving import Far, Here, Nowhere, Resolver, There, Undeclared, Unfit
from teiwright.checking.positions import XML_ID, elements_of, local
from teiwright.checking.wording import listed, quoted
from teiwright.diagnostics import Code

_MANY = 5000
"""Identifiers; among more, no likeness is looked for."""
_MOST_GUESSES = 200
"""Pointers of one document for which a likeness is looked for, as that takes its time."""
_CORRECT = "correct the path; it is relative to this file"
_NAME = re.compile(r"[^\W\d][\w.\-·]*")
_POINTER_SCHEME = re.compile(r"(?:left|right|range|match|string-index|string-range)\((?P<arguments>.*)\)")
"""TEI's own schemes of XPointer whose arguments may be ids (TEI Guidelines 17.2.4)."""
Problem = tuple[Code, str, str | None, str]
"""Code, message, hint; and the file or prefix of which it is said once, or nothing."""


def dangling_pointers(root: etree._Element, around: Around) -> Iterator[Flaw]:
    """Every pointer that leads to no element of this file, or of one that may be followed; others once a file."""
    look = _Look(root, around)
    found = [
        (element, attribute, pointer, problem)
        for element in elements_of(root)
        for attribute, pointer in pointers_of(element)
        if (problem := look.problem(element, attribute, pointer))
    ]
    counts = Counter((code, about) for *_, (code, _, _, about) in found if about)
    for element, attribute, pointer, (code, message, hint, about) in found:
        count = counts.pop((code, about), 0) if about else 1
        if count:
            more = f" (and so for {count - 1:,} other pointer{'' if count == 2 else 's'})" if count > 1 else ""
            words = f"@{attribute} of `{local(element)}` is {quoted(pointer)}: {message}{more}"
            yield Flaw(code, element, words, hint)


def consulted(root: etree._Element, around: Around) -> frozenset[Path]:
    """The files that it depends on whether the pointers of a document lead anywhere, whether they exist or not."""
    resolver = Resolver(root, around)
    found = set(around.wholes)
    for element in elements_of(root):
        for _, pointer in pointers_of(element):
            target = resolver.target(element, pointer)
            if isinstance(target, There) and around.allows(target.path):
                found.add(target.path)
    for path in (*around.wholes, around.path.resolve()):
        found.update(parts_of(path, around))
    return frozenset(found)


class _Look:
    """Follows the pointers of one document."""

    def __init__(self, root: etree._Element, around: Around) -> None:
        self._around = around
        self._resolver = Resolver(root, around)
        own = {" ".join(str(e.get(XML_ID)).split()) for e in elements_of(root) if e.get(XML_ID) is not None}
        together = [path for whole in around.wholes for path in (whole, *parts_of(whole, around))]
        if next(root.iter(INCLUDE), None) is not None:
            together += parts_of(around.path.resolve(), around)
        self._own = frozenset(own)
        self._joined = frozenset(name for path in together for name in ids_of(path) or ())
        self._others: dict[Path, str] = {}
        self._guesses = 0

    def problem(self, element: etree._Element, attribute: str, pointer: str) -> Problem | None:
        target = self._resolver.target(element, pointer)
        match target:
            case Far():
                return None
            case Nowhere():
                return _dangling(f"{quoted(pointer.partition('#')[0])} is no path", _CORRECT)
            case Here(fragment):
                return self._here(fragment)
            case There():
                return self._there(target, attribute, pointer)
            case Unfit(prefix):
                return self._unfit(pointer, prefix.pattern is None, str(prefix.element.get("matchPattern")))
            case Undeclared(prefix):
                return self._undeclared(prefix)
            case _ as never:
                assert_never(never)

    def _here(self, fragment: str) -> Problem | None:
        if not fragment:
            return _dangling("it points nowhere", "name an id")
        return self._missing(fragment, self._own | self._joined if self._joined else self._own, "this file")

    def _there(self, target: There, attribute: str, pointer: str) -> Problem | None:
        file = pointer.partition("#")[0]
        name = quoted(file if ":" not in file else target.path.name)
        if not self._around.allows(target.path):
            message = "it leads out of the project's folder and was not followed"
            hint = "if it is an authority file, name it: `--persons FILE`, `--places FILE`; else look yourself"
            return Code.POINTER_NOT_FOLLOWED, message, hint, str(target.path)
        if target.path.is_dir() and target.fragment is None:
            return None
        if not target.path.is_file():
            if attribute in TO_MEDIA and target.fragment is None:
                return Code.FILE_MISSING, f"there is no file {name}", f"add the file, or {_CORRECT}", ""
            return Code.DANGLING_POINTER, f"there is no file {name}", _CORRECT, str(target.path)
        if target.fragment is None:
            return None
        self._others.setdefault(target.path, file)
        ids = ids_of(target.path)
        if ids is None:
            return _dangling(f"{name} cannot be read as XML", "check that file first")
        return self._missing(target.fragment, ids, name)

    def _missing(self, fragment: str, ids: frozenset[str], where: str) -> Problem | None:
        wanted = _ids_in(unquote(fragment))
        missing = next((name for name in wanted if name not in ids), None)
        if missing is None:
            return None
        return _dangling(f"no element in {where} has this xml:id", self._hint(missing, ids))

    def _hint(self, name: str, ids: frozenset[str]) -> str:
        for path, file in self._others.items():
            if name in (ids_of(path) or ()):
                return f"did you mean `{file}#{name}`?"
        self._guesses += 1
        is_worth_it = len(ids) < _MANY and self._guesses <= _MOST_GUESSES
        near = nearest(name, sorted(ids)) if is_worth_it else []
        return f"did you mean `#{near[0]}`?" if near else "correct the pointer, or add the element that it means"

    def _unfit(self, pointer: str, is_unknown: bool, pattern: str) -> Problem:
        prefix = pointer.partition(":")[0]
        if is_unknown:
            message = f"the pattern {quoted(pattern)} of its prefix is none that can be tried, and it was not followed"
            hint = "write a simple pattern, such as `([A-Za-z0-9]+)`, without a repeat in a repeat"
            return Code.PREFIX_NOT_UNDERSTOOD, message, hint, prefix
        message = f"the pattern {quoted(pattern)} of its prefix does not fit it"
        return _dangling(message, "correct the pointer, or the pattern in `prefixDef`")

    def _undeclared(self, prefix: str) -> Problem:
        message = f"no `prefixDef` declares the prefix {quoted(prefix)}, and it was not followed"
        known = self._resolver.prefixes
        near = nearest(prefix, known)
        hint = f"did you mean `{near[0]}:`?" if near else "declare it in `encodingDesc/listPrefixDef`"
        if not near and known:
            hint += f"; declared are {listed(known)}"
        return Code.UNDECLARED_PREFIX, message, hint, prefix


def _dangling(message: str, hint: str) -> Problem:
    return Code.DANGLING_POINTER, message, hint, ""


def _ids_in(fragment: str) -> list[str]:
    """The ids that a fragment names: itself, or arguments of a scheme of TEI; of other schemes, none."""
    if "(" not in fragment:
        return [fragment]
    found = _POINTER_SCHEME.fullmatch(fragment)
    words = [word.strip() for word in found["arguments"].split(",")] if found else []
    return [word for word in words if _NAME.fullmatch(word)]
