"""The words of an edition in its e-book: those of the pages that a reader turns, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from posixpath import dirname, join
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

from teiwright.rendering.words import Stream, Text

_OPF = "{http://www.idpf.org/2007/opf}"
_HTML = "{http://www.w3.org/1999/xhtml}"
_CONTAINER = "META-INF/container.xml"
_BLOCK_NAMES = "p div section article aside li ul ol h1 h2 h3 h4 h5 h6 td th tr table blockquote figure figcaption br"
_BLOCKS = frozenset(f"{_HTML}{name}" for name in _BLOCK_NAMES.split())


def words_of_ebook(book: bytes) -> Text:
    """The words of the articles and notes in an EPUB, in the order of its spine (EPUB 3.3, 5.7)."""
    found = Text()
    with ZipFile(BytesIO(book)) as archive:
        for path in _spine(archive):
            _read(_parsed(archive, path), None, found)
            found.main.boundary()
    return found


def _spine(archive: ZipFile) -> Iterator[str]:
    package = next(str(file.get("full-path")) for file in _parsed(archive, _CONTAINER).iter("{*}rootfile"))
    root = _parsed(archive, package)
    items = {item.get("id"): str(item.get("href")) for item in root.iter(f"{_OPF}item")}
    for turned in root.iter(f"{_OPF}itemref"):
        yield join(dirname(package), unquote(items[turned.get("idref")]))


def _parsed(archive: ZipFile, path: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(archive.read(path), parser)


def _read(element: etree._Element, around: Stream | None, found: Text) -> None:
    stream = _stream_of(element, around, found)
    edges = [one for one in (around, stream) if one is not None and element.tag in _BLOCKS]
    for edge in edges:
        edge.boundary()
    if stream is not None:
        stream.add(element.text)
    for child in element.iterchildren(tag=etree.Element):
        _read(child, stream, found)
        if stream is not None:
            stream.add(child.tail)
    for edge in edges:
        edge.boundary()


def _stream_of(element: etree._Element, around: Stream | None, found: Text) -> Stream | None:
    """Where the words of an element belong; what the stylesheet adds belongs nowhere."""
    if "data-made" in element.attrib:
        return None
    if element.tag == f"{_HTML}article":
        return found.main
    if "note-text" in (element.get("class") or "").split():
        return found.new_note()
    return around
