"""From a pointer to an address: private prefixes, ``xml:base``, and the file that is meant (RFC 3986, 5.2)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from teiwright.checking.pointers.around import Around
from teiwright.checking.pointers.prefixes import SCHEMES, Prefix, prefixes_in

XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"


@dataclass(frozen=True, slots=True)
class Here:
    """An element of the document itself."""

    fragment: str


@dataclass(frozen=True, slots=True)
class There:
    """A file on this disk, and perhaps an element in it."""

    path: Path
    fragment: str | None


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


Target = Here | There | Far | Nowhere | Unfit | Undeclared


class Resolver:
    """Finds what the pointers of one document mean."""

    def __init__(self, root: etree._Element, around: Around) -> None:
        self._around = around
        self._document = around.path.resolve()
        self._uri = self._document.as_uri()
        self._prefixes = prefixes_in(root)
        self._has_bases = next(root.iter(), None) is not None and any(
            element.get(XML_BASE) is not None for element in root.iter("*")
        )
        self._known: dict[tuple[str, str], Target] = {}

    @property
    def prefixes(self) -> list[str]:
        """The prefixes that the document declares."""
        return sorted(self._prefixes)

    def target(self, element: etree._Element, pointer: str) -> Target:
        """What a pointer of an element means."""
        base = self._base(element)
        key = (base, pointer)
        if key not in self._known:
            self._known[key] = self._target(base, pointer)
        return self._known[key]

    def file_of(self, element: etree._Element, pointer: str) -> Path | None:
        """The file that a pointer leads to, if it may be looked at."""
        found = self.target(element, pointer)
        return found.path if isinstance(found, There) and self._around.allows(found.path) else None

    def _base(self, element: etree._Element) -> str:
        if not self._has_bases:
            return self._uri
        bases = [value for node in (element, *element.iterancestors()) if (value := node.get(XML_BASE)) is not None]
        base = self._uri
        for value in reversed(bases):
            base = _joined(base, value.strip()) or base
        return base

    def _target(self, base: str, pointer: str) -> Target:
        scheme = _scheme(pointer)
        if scheme is not None and scheme in self._prefixes:
            return self._of_prefix(scheme, pointer)
        if scheme is not None and scheme.lower() not in SCHEMES:
            return Undeclared(scheme)
        return self._address(base, pointer)

    def _of_prefix(self, prefix: str, pointer: str) -> Target:
        rest = pointer.partition(":")[2]
        for declared in self._prefixes[prefix]:
            address = declared.address(rest)
            if address is not None:
                return self._address(self._base(declared.element), address)
        return Unfit(self._prefixes[prefix][0])

    def _address(self, base: str, pointer: str) -> Target:
        if base == self._uri and pointer.startswith("#") and len(pointer) > 1:
            return Here(pointer[1:])  # most pointers are such, and paths are slow
        address = _joined(base, pointer)
        if address is None:
            return Nowhere()
        parts = urlsplit(address)
        if parts.scheme != "file":
            return Far()
        if parts.netloc not in {"", "localhost"}:
            return Far()
        fragment = address.partition("#")[2] if "#" in address else None
        try:
            path = Path(unquote(parts.path)).resolve()
            path.exists()
        except (OSError, ValueError, RuntimeError):  # too long, with a null in it, or in a circle of links
            return Nowhere()
        if path == self._document and fragment is not None:
            return Here(fragment)
        return There(path, fragment)


def _scheme(pointer: str) -> str | None:
    head, colon, _ = pointer.partition(":")
    is_name = head[:1].isalpha() and all(c.isalnum() or c in "+.-_" for c in head)
    return head if colon and is_name and head.isascii() else None


def _joined(base: str, pointer: str) -> str | None:
    try:
        return urljoin(base, pointer)
    except ValueError:
        return None
