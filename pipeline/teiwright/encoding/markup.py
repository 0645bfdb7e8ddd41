"""Elements as XML, with white space between those that stand in no text, so that a person can read the file."""

from __future__ import annotations

import re
from functools import lru_cache

from teiwright.encoding.elements import Element, Markup
from teiwright.encoding.vocabulary import Attributes

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
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
    *("list", "table", "row", "noteGrp", "quote", "lg", "sp", "castList"),
)
_ELEMENTS_ONLY = frozenset((*_HEADER, *_TEXT))
_MARKS = ("note", "ref")
_SPECIAL = re.compile('[&<>"\t\n\r]')
_DEEPEST = 40
_EDGES = ["\n" + "  " * depth for depth in range(_DEEPEST + 2)]


def markup(root: Element) -> str:
    """Each child of an element without text on a line of its own; a note stays behind what calls it."""
    pieces: list[str] = []
    _write(root, pieces, 0)
    return "".join(pieces)


def tags(name: str, attributes: Attributes) -> tuple[Markup, Markup]:
    """The tags around a text that an element of this name would be written with."""
    return Markup(f"{_opening(name, attributes)}>"), Markup(f"</{name}>")


def fixed(element: Element, depth: int) -> Markup:
    """An element that stands in many editions as it is, so many elements deep."""
    pieces: list[str] = []
    _write(element, pieces, depth)
    return Markup("".join(pieces))


def _opening(name: str, attributes: Attributes) -> str:
    start = f"<{name}"
    for key, value in attributes.items():
        start = f'{start} {key}="{_in_quotes(value)}"'
    return start


def _write(element: Element, pieces: list[str], depth: int) -> None:
    name, content = element.name, element.content
    start = _opening(name, element.attributes) if element.attributes else f"<{name}"
    if len(content) == 1 and type(only := content[0]) is str and only:
        pieces.append(f"{start}>{_escaped(only)}</{name}>")
    elif not any(content):  # it may hold a text that is empty
        pieces.append(f"{start}/>")
    else:
        pieces.append(f"{start}>")
        if name in _ELEMENTS_ONLY and str not in map(type, content):
            _write_lines(element, pieces, depth)
        else:
            for part in content:
                if isinstance(part, Element):
                    _write(part, pieces, depth + 1)
                else:
                    pieces.append(_escaped(part) if type(part) is str else part)
        pieces.append(f"</{name}>")


def _write_lines(element: Element, pieces: list[str], depth: int) -> None:
    indent = min(depth, _DEEPEST)
    inside = _EDGES[indent + 1]
    in_group = element.name == "noteGrp"
    for index, child in enumerate(element.content):
        if isinstance(child, str):
            pieces += (inside, child)
            continue
        if in_group or not index or child.name not in _MARKS:
            pieces.append(inside)
        _write(child, pieces, depth + 1)
    pieces.append(_EDGES[indent])


def _escaped(text: str) -> str:
    """Character data (XML 1.0, 2.4); a carriage return would be read as a line feed (2.11)."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text.replace("\r", "&#13;") if "\r" in text else text


@lru_cache(maxsize=4096)
def _in_quotes(value: str) -> str:
    """The value of an attribute; white space other than spaces would be read as spaces (XML 1.0, 3.3.3)."""
    if value.isalnum() or not _SPECIAL.search(value):
        return value
    return _escaped(value).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
