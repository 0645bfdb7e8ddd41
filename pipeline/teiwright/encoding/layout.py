"""White space between elements that hold no text, so that a person can read the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from teiwright.encoding.vocabulary import tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADER = (
    *(
        "teiHeader",
        "fileDesc",
        "titleStmt",
        "respStmt",
        "publicationStmt",
        "availability",
        "sourceDesc",
        "bibl",
    ),
    *("msDesc", "msIdentifier", "physDesc", "objectDesc", "history"),
    *("encodingDesc", "editorialDecl", "correction", "hyphenation", "quotation", "normalization"),
    *("segmentation", "stdVals", "interpretation", "appInfo", "application", "profileDesc", "langUsage"),
    *("correspDesc", "correspAction", "revisionDesc"),
)
_TEXT = (
    *("TEI", "text", "front", "body", "div", "titlePage", "docTitle", "opener", "closer", "postscript"),
    *("list", "table", "row", "noteGrp", "quote"),
)
_ELEMENTS_ONLY = tuple(tag(name) for name in (*_HEADER, *_TEXT))
_MARK = tuple(map(tag, ("note", "ref")))
_NOTE_GROUP = tag("noteGrp")
_INDENT = "  "
_DEEPEST = 40


def lay_out(root: _Element) -> None:
    """Put each child of an element without text on a line of its own; a note stays behind what calls it."""
    for element in root.iter(*_ELEMENTS_ONLY):
        if len(element) and not _holds_text(element):
            depth = min(sum(1 for _ in element.iterancestors()), _DEEPEST)
            _spread(element, "\n" + _INDENT * depth)


def _holds_text(element: _Element) -> bool:
    return bool(element.text) or any(child.tail for child in element)


def _spread(element: _Element, edge: str) -> None:
    inside = edge + _INDENT
    previous = None
    for child in element:
        if previous is None:
            element.text = inside
        elif child.tag not in _MARK or element.tag == _NOTE_GROUP:
            previous.tail = inside
        previous = child
    if previous is not None:
        previous.tail = edge
