"""White space between elements that hold no text, so that a person can read the file."""

from __future__ import annotations

from itertools import pairwise
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
    depths: dict[_Element, int] = {}
    for element in root.iter(*_ELEMENTS_ONLY):
        parent = element.getparent()
        depth = depths[parent] + 1 if parent in depths else sum(1 for _ in element.iterancestors())
        depths[element] = depth
        children = list(element)
        if children and not element.text and not any(child.tail for child in children):
            _spread(element, children, "\n" + _INDENT * min(depth, _DEEPEST))


def _spread(element: _Element, children: list[_Element], edge: str) -> None:
    inside = edge + _INDENT
    element.text = inside
    in_group = element.tag == _NOTE_GROUP
    for before, child in pairwise(children):
        if in_group or child.tag not in _MARK:
            before.tail = inside
    children[-1].tail = edge
