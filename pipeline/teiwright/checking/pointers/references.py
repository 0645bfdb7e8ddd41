"""Every pointer leads to an element, or to a file that is there; what it probably means, if it does not.

Addresses with a scheme are not followed. Pointers out of the project are neither right nor wrong:
a warning says that they were not followed.
"""

from __future__ import annotations

import re
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never
from urllib.parse import unquote

from teiwright.checking.marks import INCLUDE, Mark, MarkFlaw
from teiwright.checking.nearness import nearest
from teiwright.checking.pointers.around import Around, ids_of, parts_of
from teiwright.checking.pointers.attributes import TO_MEDIA, split
from teiwright.checking.pointers.resolving import Far, Here, Nowhere, Resolver, There, Undeclared, Unfit
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


@dataclass(frozen=True, slots=True)
class Followed:
    """What is wrong with the pointers of a document, and the files on which that depends, be they there or not."""

    flaws: tuple[MarkFlaw, ...]
    consulted: frozenset[Path]


def follow(marks: Sequence[Mark], around: Around) -> Followed:
    """Every pointer that leads to no element of this file, or of one that may be followed; others once a file."""
    look = _Look(marks, around)
    found = [
        (mark, attribute, pointer, problem)
        for mark in marks
        for attribute, at in mark.sort.pointers
        if not look.is_known(mark, mark.values[at])
        for pointer, problem in look.problems(mark, attribute, mark.values[at])
    ]
    return Followed(tuple(_flaws(found)), look.consulted())


def _flaws(found: Sequence[tuple[Mark, str, str, Problem]]) -> Iterator[MarkFlaw]:
    counts = Counter((code, about) for *_, (code, _, _, about) in found if about)
    for mark, attribute, pointer, (code, message, hint, about) in found:
        count = counts.pop((code, about), 0) if about else 1
        if count:
            more = f" (and so for {count - 1:,} other pointer{'' if count == 2 else 's'})" if count > 1 else ""
            words = f"@{attribute} of `{mark.local}` is {quoted(pointer)}: {message}{more}"
            yield MarkFlaw(code, mark, words, hint)


class _Look:
    """Follows the pointers of one document."""

    def __init__(self, marks: Sequence[Mark], around: Around) -> None:
        self._around = around
        self._resolver = Resolver(marks, around)
        self._own = frozenset(" ".join(name.split()) for mark in marks if (name := mark.id) is not None)
        self._right: set[str] = set()
        """Values that are known to be right wherever no xml:base holds; most come more than once."""
        self._hints: dict[str, str] = {}
        includes = any(mark.name == INCLUDE for mark in marks)
        document = self._resolver.document if includes else None
        parts = [part for path in (*around.wholes, document) if path is not None for part in parts_of(path, around)]
        self._together = (*around.wholes, *parts)
        self._whole = self._own.union(*(ids_of(path) or () for path in self._together))
        self._known: dict[Path, frozenset[str] | None] = {}
        self._followed: set[Path] = set()
        self._others: dict[Path, str] = {}
        self._guesses = 0

    def is_known(self, mark: Mark, value: str) -> bool:
        """Whether all pointers of a value are known to lead somewhere."""
        return value in self._right and not mark.bases

    def problems(self, mark: Mark, attribute: str, value: str) -> list[tuple[str, Problem]]:
        """The pointers of a value with which something is wrong, and what."""
        found = [
            (pointer, problem)
            for pointer in split(mark, value)
            if (mark.bases or pointer[0] != "#" or pointer[1:] not in self._own)
            and (problem := self._problem(mark, attribute, pointer))
        ]
        if not found and not mark.bases and mark.name != INCLUDE:
            self._right.add(value)
        return found

    def consulted(self) -> frozenset[Path]:
        """All files that were looked at, or would have been if they were there."""
        return frozenset(self._followed.union(self._together))

    def _problem(self, mark: Mark, attribute: str, pointer: str) -> Problem | None:
        target = self._resolver.target(mark, pointer)
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
                return self._unfit(pointer, prefix.pattern is None, prefix.mark.attributes["matchPattern"])
            case Undeclared(prefix):
                return self._undeclared(prefix)
            case _ as never:
                assert_never(never)

    def _here(self, fragment: str) -> Problem | None:
        if not fragment:
            return _dangling("it points nowhere", "name an id")
        return self._missing(fragment, self._whole, "this file")

    def _there(self, target: There, attribute: str, pointer: str) -> Problem | None:
        file = pointer.partition("#")[0]
        name = quoted(file if ":" not in file else target.path.name)
        if not self._around.allows(target.path):
            message = "it leads out of the project's folder and was not followed"
            hint = "if it is an authority file, name it: `--persons FILE`, `--places FILE`; else look yourself"
            return Code.POINTER_NOT_FOLLOWED, message, hint, str(target.path)
        self._followed.add(target.path)
        if stat.S_ISDIR(target.mode) and target.fragment is None:
            return None
        if not stat.S_ISREG(target.mode):
            if attribute in TO_MEDIA and target.fragment is None:
                return Code.FILE_MISSING, f"there is no file {name}", f"add the file, or {_CORRECT}", ""
            return Code.DANGLING_POINTER, f"there is no file {name}", _CORRECT, str(target.path)
        if target.fragment is None:
            return None
        self._others.setdefault(target.path, file)
        if target.path not in self._known:
            self._known[target.path] = ids_of(target.path)
        ids = self._known[target.path]
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
            if name in (self._known[path] or ()):
                return f"did you mean `{file}#{name}`?"
        if ids is not self._whole:
            return self._likeness(name, ids)
        if name not in self._hints:
            self._hints[name] = self._likeness(name, ids)
        return self._hints[name]

    def _likeness(self, name: str, ids: frozenset[str]) -> str:
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
