"""What pandoc leaves open in DOCX and ODT: the marks that were printed, what the file says of itself, its bytes.

Pandoc numbers notes from 1 and fills in no properties. The parts of the file are XML; only a few elements of them
are changed, and the file is packed again so that its bytes do not depend on a packer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from teiwright.rendering.office_styles import (
    FOOTER,
    FOOTER_PART,
    declare_footer,
    refer_to_footer,
    relate_footer,
    style_docx,
    style_notes_odt,
    style_odt,
)
from teiwright.rendering.zipping import zipped

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says of itself; ``epoch`` is its date in seconds, 0 if nobody knows one."""

    title: str
    authors: tuple[str, ...]
    language: str
    epoch: int

    @classmethod
    def of(cls, title: str, authors: tuple[str, ...], language: str, day: str, epoch: int | None) -> Facts:
        """The date is that of publication, else the one that the surroundings give."""
        try:
            seconds = int(datetime.combine(date.fromisoformat(day[:10]), datetime.min.time(), UTC).timestamp())
        except ValueError:
            seconds = epoch or 0
        tag = language if language.replace("-", "").isalnum() and language.isascii() else "en"
        return cls(title, authors, tag, max(seconds, 0))


def docx_finished(data: bytes, marks: Sequence[str], facts: Facts) -> bytes:
    """A DOCX with printed marks (ISO 29500-1, 17.11.14: a mark of one's own follows the reference)."""
    order: list[str] = []

    def text(root: etree._Element) -> None:
        for reference, mark in zip(root.iter(f"{_W}footnoteReference"), marks, strict=True):
            reference.set(f"{_W}customMarkFollows", "1")
            # A letter an element: LibreOffice prints longer ones twice.
            for letter in reversed(mark):
                reference.addnext(_word(letter))
            order.append(reference.get(f"{_W}id", ""))
        refer_to_footer(root)

    def notes(root: etree._Element) -> None:
        labels = dict(zip(order, marks, strict=True))
        for note in root.iter(f"{_W}footnote"):
            for own in [*note.iter(f"{_W}footnoteRef")]:
                own.addprevious(_word(labels[note.get(f"{_W}id", "")]))
            etree.strip_elements(note, f"{_W}footnoteRef")

    def core(root: etree._Element) -> None:
        names = (f"{_DC}title", f"{_DC}creator")
        _leave_out(root, names if facts.epoch else (*names, f"{_TERMS}created", f"{_TERMS}modified"))
        for name, words in zip(names, (facts.title, "; ".join(facts.authors)), strict=True):
            if words:
                etree.SubElement(root, name).text = words

    changes = {
        "word/document.xml": text,
        "word/footnotes.xml": notes,
        "docProps/core.xml": core,
        "word/styles.xml": style_docx,
        "word/_rels/document.xml.rels": relate_footer,
        "[Content_Types].xml": declare_footer,
    }
    return _changed(data, changes, {FOOTER: FOOTER_PART.encode()})


def _leave_out(root: etree._Element, names: Sequence[str]) -> None:
    """Take out what is said already, and dates that nobody knows."""
    for name in names:
        for element in root.findall(name):
            root.remove(element)


def _word(mark: str) -> etree._Element:
    element = etree.Element(f"{_W}t", {_SPACE: "preserve"})
    element.text = mark
    return element


def odt_finished(data: bytes, marks: Sequence[str], facts: Facts) -> bytes:
    """An ODT with printed marks (OpenDocument 1.3, 6.3.3: a label of one's own)."""

    def text(root: etree._Element) -> None:
        for citation, mark in zip(root.iter(f"{_TEXT}note-citation"), marks, strict=True):
            citation.set(f"{_TEXT}label", mark)
            citation.text = mark
        style_notes_odt(root)

    def meta(root: etree._Element) -> None:
        for holder in root.iter(f"{_OFFICE}meta"):
            names = (f"{_DC}title", f"{_DC}creator")
            _leave_out(holder, names if facts.epoch else (*names, f"{_META}creation-date", f"{_DC}date"))
            for name, words in zip(names, (facts.title, "; ".join(facts.authors)), strict=True):
                if words:
                    etree.SubElement(holder, name).text = words

    return _changed(data, {"content.xml": text, "meta.xml": meta, "styles.xml": style_odt}, {})


def _changed(data: bytes, changes: Mapping[str, Callable[[etree._Element], None]], more: Mapping[str, bytes]) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name, change in changes.items():
        if name in files:
            root = etree.fromstring(files[name], etree.XMLParser(resolve_entities=False, huge_tree=True))
            change(root)
            files[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return zipped({**files, **more}.items())
