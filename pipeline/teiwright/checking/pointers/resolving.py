"""From a pointer to an address: private prefixes, ``xml:base``, and the file that is meant (RFC 3986, 5.2)."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from teiwright.checking.marks import TEI, Mark, Sort, spaced
from teiwright.checking.pointers.around import Around
from teiwright.checking.pointers.prefixes import SCHEMES, Prefix, prefixes_in

if TYPE_CHECKING:
    from lxml import etree


@dataclass(frozen=True, slots=True)
class Here:
    """An element of the document itself."""

    fragment: str


@dataclass(frozen=True, slots=True)
class There:
    """A file on this disk, and perhaps an element in it. ``mode`` says what it is, 0 that it is not there."""

    path: Path
    mode: int
    fragment: str | None = None


@dataclass(frozen=True, slots=True)
class Far:
    """An address that is not followed."""


@dataclass(frozen=True, slots=True)
class Nowhere:
    """What cannot be an address."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """A pointer with a declared prefix whose patterns do not fit it; ``prefix`` is one of them."""

    prefix: Prefix


@dataclass(frozen=True, slots=True)
class Undeclared:
    """A prefix that no ``prefixDef`` declares and that is no scheme of the Internet either."""

    prefix: str


_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+._-]*):")
_BRACKETS = frozenset("[]")
"""Of an address in the network they may stand around its host alone."""
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ALONE = Sort((), 0, has_base=False, is_numbered=False)
Target = Here | There | Far | Nowhere | Unfit | Undeclared


class Resolver:
    """Finds what the pointers of one document mean."""

    def __init__(self, marks: Iterable[Mark], around: Around) -> None:
        self._around = around
        self._prefixes = prefixes_in(marks)
        self._known: dict[tuple[tuple[str, ...], str], Target] = {}
        self._files: dict[tuple[str, str], There | Far | Nowhere] = {}
        self._folders: dict[str, str] = {}

    @cached_property
    def document(self) -> Path:
        """Where the document lies; looked for once, and only if something leads out of it."""
        return self._around.path.resolve()

    @cached_property
    def _uri(self) -> str:
        return self.document.as_uri()

    @property
    def prefixes(self) -> list[str]:
        """The prefixes that the document declares."""
        return sorted(self._prefixes)

    def target(self, mark: Mark, pointer: str) -> Target:
        """What a pointer of an element means."""
        if pointer[:1] == "#" and len(pointer) > 1 and not mark.bases:
            return Here(pointer[1:])
        key = (mark.bases, pointer)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._target(self._base(mark), pointer)
        return found

    def file_of(self, mark: Mark, pointer: str) -> Path | None:
        """The file that a pointer leads to, if it may be looked at."""
        found = self.target(mark, pointer)
        return found.path if isinstance(found, There) and self._around.allows(found.path) else None

    def _base(self, mark: Mark) -> str:
        base = self._uri
        for value in mark.bases:
            base = _joined(base, value.strip()) or base
        return base

    def _target(self, base: str, pointer: str) -> Target:
        scheme = _scheme(pointer)
        if scheme is not None and scheme in self._prefixes:
            return self._of_prefix(scheme, pointer)
        if scheme is not None and scheme.lower() not in SCHEMES:
            return Undeclared(scheme)
        if scheme is not None and scheme.lower() != "file" and pointer.isascii() and _BRACKETS.isdisjoint(pointer):
            return Far()  # an address of its own, which nothing in it can spoil
        return self._address(base, pointer)

    def _of_prefix(self, prefix: str, pointer: str) -> Target:
        rest = pointer.partition(":")[2]
        for declared in self._prefixes[prefix]:
            address = declared.address(rest)
            if address is not None:
                return self._address(self._base(declared.mark), address)
        return Unfit(self._prefixes[prefix][0])

    def _address(self, base: str, pointer: str) -> Target:
        file, _, fragment = pointer.partition("#")
        found = self._files.get((base, file))
        if found is None:
            found = self._files[base, file] = self._file(base, file)
        if not isinstance(found, There) or not fragment:
            return found
        return Here(fragment) if found.path == self.document else There(found.path, found.mode, fragment)

    def _file(self, base: str, file: str) -> There | Far | Nowhere:
        """What lies where the part of a pointer before its ``#`` leads."""
        if base == self._uri and not file:
            return There(self.document, stat.S_IFREG)
        address = _joined(base, file)
        if address is None:
            return Nowhere()
        parts = urlsplit(address)
        if parts.scheme != "file" or parts.netloc not in {"", "localhost"}:
            return Far()
        try:
            return self._on_disk(unquote(parts.path))
        except (OSError, ValueError, RuntimeError):  # too long, with a null in it, or in a circle of links
            return Nowhere()

    def _on_disk(self, text: str) -> There:
        """Without links. Of many pointers into one folder, the links of the folder are followed once."""
        folder, name = os.path.split(text)
        if name in {"", ".", ".."}:
            return _existing(Path(text).resolve())
        real = self._folders.get(folder)
        if real is None:
            real = self._folders[folder] = str(Path(folder).resolve())
        here = os.path.join(real, name)  # noqa: PTH118 (a tenth of the time that Path takes)
        mode = _mode(here, os.lstat)
        return _existing(Path(here).resolve()) if stat.S_ISLNK(mode) else There(Path(here), mode)


def resolver_of(tree: etree._ElementTree, path: Path) -> Resolver:
    """That of a document which was read as a tree; ``path`` is where it is to be thought of as lying."""
    prefixes = tree.getroot().iter(f"{{{TEI.strip()}}}prefixDef")
    return Resolver((mark_of(each) for each in prefixes), Around(path, path.parent))


def mark_of(element: etree._Element) -> Mark:
    """One element of a tree by itself, for the pointers that it has; its number is not known."""
    bases = [base for node in (element, *element.iterancestors()) if (base := node.get(_BASE)) is not None]
    name = spaced(str(element.tag))
    values = [text for key, value in element.attrib.items() for text in (spaced(str(key)), str(value))]
    return Mark(0, name, _ALONE, values, tuple(reversed(bases)))


def _existing(path: Path) -> There:
    return There(path, _mode(str(path), os.stat))


def _mode(path: str, look: Callable[[str], os.stat_result]) -> int:
    """The kind of a file; 0 if there is none."""
    try:
        return look(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0


def _scheme(pointer: str) -> str | None:
    found = _SCHEME.match(pointer)
    return found[1] if found else None


def _joined(base: str, pointer: str) -> str | None:
    try:
        return urljoin(base, pointer)
    except ValueError:
        return None
