"""What several parts of rendering must know of a TEI document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

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
    text = "".join(_words(element)) if len(element) else element.text or ""
    if text.isascii() and text.isprintable() and "  " not in text:  # as most have it, and much faster to see
        return text.strip()
    return " ".join(text.split())


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """Those of a name; where there are few, this takes half as long as to find them by a path."""
    return [one for one in element if one.tag == name]


def stated(root: etree._Element) -> Mapping[str, Sequence[etree._Element]]:
    """What stands in the statements of the file description, by the statement (``titleStmt`` …)."""
    found: dict[str, list[etree._Element]] = {_TITLES: [], _PUBLISHING: []}
    for header in children(root, _HEADER):
        for description in children(header, _FILE):
            for statement in description:
                found.setdefault(str(statement.tag), []).extend(statement)
    return found


_HEADER, _FILE, _TITLES, _PUBLISHING = (
    f"{TEI}{name}" for name in ("teiHeader", "fileDesc", "titleStmt", "publicationStmt")
)


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


def day_written(root: etree._Element) -> etree._Element | None:
    """The day on which the document was written, by what its header says alone: when it was sent, else made."""
    found: dict[str, etree._Element] = {}
    for header in root.iterfind(f"{TEI}teiHeader"):
        for date in header.iter(_DATE, _ORIGINAL):
            found.setdefault(_day_of_what(date), date)
    return next((found[what] for what in ("sent", "created", "created-then", "original") if what in found), None)


_DATE, _ORIGINAL, _CREATION = (f"{TEI}{name}" for name in ("date", "origDate", "creation"))


def _day_of_what(date: etree._Element) -> str:
    parent = date.getparent()
    if parent is not None and parent.tag == _CREATION:
        return "created" if date.tag == _DATE else "created-then"
    if date.tag == _ORIGINAL:
        return "original" if next(date.iterancestors(f"{TEI}sourceDesc"), None) is not None else ""
    sent = parent is not None and parent.tag == f"{TEI}correspAction" and parent.get("type") == "sent"
    return "sent" if sent else ""
