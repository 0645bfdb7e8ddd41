"""The words of an edition in DOCX and ODT, without what is in the style of additions."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from teiwright.rendering.words import Stream, Text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ADDED = "Added"


def words_of_docx(data: bytes) -> Text:
    """The words of the document, and of its footnotes in the order of their references."""
    found = Text()
    with ZipFile(BytesIO(data)) as archive:
        document = _parsed(archive, "word/document.xml")
        known = "word/footnotes.xml" in archive.namelist()
        notes = _parsed(archive, "word/footnotes.xml").iter(f"{_W}footnote") if known else ()
        by_id = {note.get(f"{_W}id"): note for note in notes}
    _read_docx(document, found.main)
    for reference in document.iter(f"{_W}footnoteReference"):
        _read_docx(by_id[reference.get(f"{_W}id")], found.new_note())
    return found


def _read_docx(root: etree._Element, stream: Stream) -> None:
    for paragraph in root.iter(f"{_W}p"):
        stream.boundary()
        for run in paragraph.iter(f"{_W}r"):
            style = run.find(f"{_W}rPr/{_W}rStyle")
            if style is None or style.get(f"{_W}val") not in {_ADDED, "FootnoteReference"}:
                _read_run(run, stream)


def _read_run(run: etree._Element, stream: Stream) -> None:
    for part in run.iter(f"{_W}t", f"{_W}br", f"{_W}tab", f"{_W}cr", f"{_W}noBreakHyphen"):
        if part.tag == f"{_W}t":
            stream.add(part.text)
        else:
            stream.boundary()


def words_of_odt(data: bytes) -> Text:
    """The words of the document, and of its notes."""
    found = Text()
    with ZipFile(BytesIO(data)) as archive:
        root = _parsed(archive, "content.xml")
    for body in root.iter("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text"):
        _read_odt(body, found.main, found)
    return found


def _read_odt(element: etree._Element, stream: Stream, found: Text) -> None:
    block = element.tag in {f"{_TEXT}p", f"{_TEXT}h"}
    if block or element.tag in {f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"}:
        stream.boundary()
    stream.add(element.text)
    for child in element.iterchildren(tag=etree.Element):
        if child.tag == f"{_TEXT}note-body":
            _read_odt(child, found.new_note(), found)
        elif child.tag != f"{_TEXT}note-citation" and child.get(f"{_TEXT}style-name") != _ADDED:
            _read_odt(child, stream, found)
        stream.add(child.tail)
    if block:
        stream.boundary()


def _parsed(archive: ZipFile, name: str) -> etree._Element:
    return etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False, huge_tree=True))
