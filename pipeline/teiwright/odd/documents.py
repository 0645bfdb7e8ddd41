"""XML files that are part of an ODD: read without entities or network, with the place of every element.

Libxml2 knows the line on which a start tag ends and no column. Where something is to be said of an element,
the file is read once more with expat, which knows both.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError

LARGEST = 64 * 1024 * 1024
"""Bytes; the whole of TEI has four millions."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file."""

    path: Path
    data: bytes = field(repr=False)
    root: etree._Element

    def origin(self, element: etree._Element) -> Origin:
        """Where an element stands."""
        return Origin(self, element)


@dataclass(frozen=True, slots=True)
class Origin:
    """An element of a document, from which something was read."""

    document: Document = field(repr=False)
    element: etree._Element = field(repr=False)

    @property
    def location(self) -> Location:
        """File, line and column of the start tag."""
        number = next(i for i, found in enumerate(self.document.root.iter("*")) if found is self.element)
        line, column = _position(self.document.data, number)
        return Location(str(self.document.path), line, column)

    def finding(self, code: Code, message: str, hint: str | None = None) -> Diagnostic:
        """Something to say about this element."""
        return Diagnostic(code, self.location, message, hint)

    def refuse(self, code: Code, message: str, hint: str | None = None) -> NoReturn:
        """Stop: an ODD that is misunderstood would make a law that nobody wrote."""
        raise TeiwrightError(self.finding(code, message, hint))


class _FoundError(Exception):
    """Ends expat's reading at the element that was looked for: its line and column."""


def _position(data: bytes, number: int) -> tuple[int, int]:
    parser = expat.ParserCreate()
    count = 0

    def started(_: str, __: dict[str, str]) -> None:
        nonlocal count
        if count == number:
            raise _FoundError(parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        count += 1

    parser.StartElementHandler = started
    try:
        parser.Parse(data, True)
    except _FoundError as found:
        return found.args
    except expat.ExpatError:
        pass
    return 0, 0


def open_document(path: Path) -> Document:
    """Read a file, ``.xz`` or plain."""
    try:
        if path.stat().st_size > LARGEST:
            _refuse(path, 0, "the file has more than 64 MB", "name the ODD, not a text")
        data = _unpacked(path)
    except (OSError, lzma.LZMAError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        finding = Diagnostic(
            Code.NOT_FOUND if isinstance(error, FileNotFoundError) else Code.NOT_READABLE,
            Location(str(path)),
            f"the file cannot be read: {(why or 'unknown').lower()}",
            "look at its name",
        )
        raise TeiwrightError(finding) from error
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        _refuse(path, line or 0, f"this is no well-formed XML: {_reason(error)}", column=max(column or 0, 0))
    if next(root.iter(etree.Entity), None) is not None:
        _refuse(path, 0, "entities are not followed", "write out what they stand for")
    return Document(path, data, root)


def _reason(error: etree.XMLSyntaxError) -> str:
    """What libxml2 says, without the place, which is told by itself."""
    reason = (error.msg or "unknown").partition(", line ")[0]
    return reason[:1].lower() + reason[1:]


def _unpacked(path: Path) -> bytes:
    data = path.read_bytes()
    if path.suffix != ".xz":
        return data
    unpacked = lzma.LZMADecompressor().decompress(data, LARGEST + 1)
    if len(unpacked) > LARGEST:
        _refuse(path, 0, "the file unpacks to more than 64 MB", "name the ODD, not a text")
    return unpacked


def _refuse(path: Path, line: int, message: str, hint: str | None = None, *, column: int = 0) -> NoReturn:
    raise TeiwrightError(Diagnostic(Code.BROKEN_ODD, Location(str(path), line, column), message, hint))


def rebuilt(element: etree._Element, namespace: str) -> etree._Element:
    """A copy of the parts that are of one namespace, which is the default in it; prefixed names are resolved.

    Lxml may write an element into another namespace if it is moved into a tree whose default is another.
    """
    made = etree.Element(etree.QName(element), nsmap={None: namespace})  # type: ignore[dict-item] # the stubs forget None
    for name, value in element.attrib.items():
        made.set(name, value)
    prefix, colon, name = element.get("name", "").partition(":")
    if colon and prefix in element.nsmap and local(element) in {"element", "attribute"}:
        made.set("name", name)
        made.set("ns", element.nsmap[prefix])
    made.text = element.text if element.text and element.text.strip() else None
    made.extend(rebuilt(child, namespace) for child in children(element) if etree.QName(child).namespace == namespace)
    return made


def local(element: etree._Element) -> str:
    """Its name without namespace."""
    return etree.QName(element).localname


def children(element: etree._Element) -> Iterator[etree._Element]:
    """Elements, without comments and processing instructions."""
    return (child for child in element if isinstance(child.tag, str))
