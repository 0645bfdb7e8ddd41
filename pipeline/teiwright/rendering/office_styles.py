"""How paragraphs look in DOCX and ODT: what stands at the right or in the middle, notes in small type, page numbers.

Pandoc gives a paragraph the style that it is told, and knows nothing of how one of ours looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"

ADDED = "Added"
"""The style of what the edition adds to the text, such as the numbers of the source's pages."""

_GREY = "5F5A52"


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A style of paragraphs; its name is one word, which is its id, too."""

    name: str
    side: Literal["right", "center"]
    small_caps: bool = False


_CENTERED = _Paragraph("Centered", "center")
_PARAGRAPHS: Mapping[str, _Paragraph] = {
    "is-center": _CENTERED,
    "is-centre": _CENTERED,
    "is-right": _Paragraph("Right", "right"),
    "dateline": _Paragraph("Dateline", "right"),
    "signed": _Paragraph("Signed", "right", small_caps=True),
}
"""By the class that a paragraph has on the page of an e-book."""

_STYLES = {style.name: style for style in _PARAGRAPHS.values()}


def style_of(classes: str) -> str | None:
    """The name of the style for a paragraph of these classes."""
    return next((_PARAGRAPHS[one].name for one in classes.split() if one in _PARAGRAPHS), None)


def style_docx(root: etree._Element) -> None:
    """Complete ``word/styles.xml`` (ISO 29500-1, 17.7.4.17: properties come last in a style)."""
    for style in root.iter(f"{_W}style"):
        name = style.get(f"{_W}styleId", "")
        if ours := _STYLES.get(name):
            _say(_say(style, "pPr"), "jc", val=ours.side)
            if ours.small_caps:
                _say(_say(style, "rPr"), "smallCaps")
        elif name == ADDED:
            _say(_say(style, "rPr"), "color", val=_GREY)
        elif name == "FootnoteText":
            _say(_say(style, "pPr"), "spacing", before="0", after="60")
            look = _say(style, "rPr")
            _say(look, "sz", val="20")
            _say(look, "szCs", val="20")


def _say(parent: etree._Element, name: str, **values: str) -> etree._Element:
    return etree.SubElement(parent, f"{_W}{name}", {f"{_W}{key}": value for key, value in values.items()})


def style_odt(root: etree._Element) -> None:
    """Complete ``styles.xml``, which pandoc takes from its own model."""
    for styles in root.iter(f"{_OFFICE}styles"):
        for ours in _STYLES.values():
            named = {f"{_STYLE}name": ours.name, f"{_STYLE}parent-style-name": "Text_20_body"}
            style = etree.SubElement(styles, f"{_STYLE}style", {**named, f"{_STYLE}family": "paragraph"})
            side: str = "end" if ours.side == "right" else ours.side
            etree.SubElement(style, f"{_STYLE}paragraph-properties", {f"{_FO}text-align": side})
            if ours.small_caps:
                etree.SubElement(style, f"{_STYLE}text-properties", {f"{_FO}font-variant": "small-caps"})
        added = etree.SubElement(styles, f"{_STYLE}style", {f"{_STYLE}name": ADDED, f"{_STYLE}family": "text"})
        etree.SubElement(added, f"{_STYLE}text-properties", {f"{_FO}color": f"#{_GREY}"})


def style_notes_odt(root: etree._Element) -> None:
    """Pandoc gives the style of notes to their first paragraphs alone."""
    for note in root.iter(f"{_TEXT}note-body"):
        for paragraph in note.iter(f"{_TEXT}p"):
            if paragraph.get(f"{_TEXT}style-name") in {"First_20_paragraph", "Text_20_body"}:
                paragraph.set(f"{_TEXT}style-name", "Footnote")


FOOTER = "word/footer1.xml"
_FOOTER_ID = "rIdPages"
FOOTER_PART = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
    '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>'
)
"""The number of the page, as ODT files of pandoc have it."""


def refer_to_footer(document: etree._Element) -> None:
    """In ``word/document.xml``: the section has the footer (a reference comes first, ISO 29500-1, 17.6.17)."""
    for section in document.iter(f"{_W}sectPr"):
        section.insert(0, etree.Element(f"{_W}footerReference", {f"{_W}type": "default", f"{_R}id": _FOOTER_ID}))


def relate_footer(relationships: etree._Element) -> None:
    """In the relationships of the document."""
    kind = f"{_R[1:-1]}/footer"
    space = "{http://schemas.openxmlformats.org/package/2006/relationships}"
    etree.SubElement(relationships, f"{space}Relationship", {"Id": _FOOTER_ID, "Type": kind, "Target": "footer1.xml"})


def declare_footer(types: etree._Element) -> None:
    """In ``[Content_Types].xml``."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
    space = "{http://schemas.openxmlformats.org/package/2006/content-types}"
    etree.SubElement(types, f"{space}Override", {"PartName": f"/{FOOTER}", "ContentType": kind})
