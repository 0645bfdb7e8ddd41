"""What several parts of rendering must know of a TEI document."""

from __future__ import annotations

import re

from lxml import etree

from teiwright.model import Edition

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def edition_id(edition: Edition) -> str:
    """``TEI/@xml:id`` if it is one, else the name of the file.

    It becomes a file name: what could name a place outside the output folder is no id.
    """
    given = str(edition.tree.getroot().get(XML_ID) or "")
    return given if re.fullmatch(r"[^\W\d][\w.-]*", given) else edition.path.stem


def safe_address(target: str) -> str:
    """The first address of a target if a reader may follow it out: the web or mail; else nothing."""
    first = next(iter(target.split()), "")
    return first if _SAFE.fullmatch(first) else ""


_SAFE = re.compile(r"(?:https?://[^/?#<>\"\\^`{|}]|mailto:[^/?#<>\"\\^`{|}])[^<>\"\\^`{|}]*", re.IGNORECASE)


def line_of(element: etree._Element) -> int:
    """The line on which an element begins; 0 if it was not read from a file."""
    line = element.sourceline
    return line if isinstance(line, int) else 0


def plain(element: etree._Element) -> str:
    """The words of an element without its notes, running heads and descriptions, with single spaces."""
    if not len(element):
        return " ".join((element.text or "").split())
    return " ".join("".join(_words(element)).split())


_UNSAID = frozenset(f"{TEI}{name}" for name in ("note", "noteGrp", "fw", "figDesc"))
_BREAKS = frozenset(f"{TEI}{name}" for name in ("lb", "pb", "cb"))


def _words(element: etree._Element) -> list[str]:
    parts = [element.text or ""]
    for child in element:
        if child.tag in _BREAKS:
            parts.append("" if child.get("break") == "no" else " ")
        elif isinstance(child.tag, str) and child.tag not in _UNSAID and not _tells_a_gap(child):
            parts += _words(child)
        parts.append(child.tail or "")
    return parts


def _tells_a_gap(element: etree._Element) -> bool:
    parent = element.getparent()
    return element.tag == f"{TEI}desc" and parent is not None and parent.tag == f"{TEI}gap"
