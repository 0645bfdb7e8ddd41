"""What several parts of rendering must know of a TEI document."""

from __future__ import annotations

import re

from lxml import etree

from teiwright.model import Edition

TEI = "{http://www.tei-c.org/ns/1.0}"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def edition_id(edition: Edition) -> str:
    """``TEI/@xml:id`` if it is one, else the name of the file.

    It becomes a file name: what could name a place outside the output folder is no id.
    """
    given = str(edition.tree.getroot().get(_XML_ID) or "")
    return given if re.fullmatch(r"[^\W\d][\w.-]*", given) else edition.path.stem


def line_of(element: etree._Element) -> int:
    """The line on which an element begins; 0 if it was not read from a file."""
    line = element.sourceline
    return line if isinstance(line, int) else 0


def plain(element: etree._Element) -> str:
    """The words of an element without its notes, with single spaces."""
    return " ".join("".join(_words(element)).split())


def _words(element: etree._Element) -> list[str]:
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in {f"{TEI}note", f"{TEI}noteGrp", f"{TEI}fw"}:
            parts += [" "] if child.tag in {f"{TEI}lb", f"{TEI}pb"} else _words(child)
        parts.append(child.tail or "")
    return parts
