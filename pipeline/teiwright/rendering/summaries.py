"""Summaries: the few facts of an edition that an index shows, so that it needs no edition opened again."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from teiwright.model import Edition
from teiwright.rendering.tei import TEI, edition_id, plain

_NS = {"t": TEI[1:-1]}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_OPENING = 180


@dataclass(frozen=True, slots=True)
class Summary:
    """What an index shows of one edition."""

    id: str
    title: str
    subtitle: str = ""
    date: str = ""
    source: str = ""
    extent: str = ""
    opening: str = ""
    language: str = "en"


def summarise(edition: Edition) -> Summary:
    """The summary of an edition; what its header does not say stays empty."""
    root = edition.tree.getroot()
    return Summary(
        id=edition_id(edition),
        title=_first(root, ".//t:titleStmt/t:title[@type='main']", ".//t:titleStmt/t:title", ".//t:head")
        or edition_id(edition),
        subtitle=_first(root, ".//t:titleStmt/t:title[@type='sub']"),
        date=_date(root),
        source=_first(root, ".//t:sourceDesc//t:idno[@type='file']", ".//t:sourceDesc//t:msIdentifier/t:idno"),
        extent=_extent(root),
        opening=_opening(root),
        language=root.get(_LANG) or "en",
    )


def _first(root: etree._Element, *paths: str) -> str:
    found = (plain(element) for path in paths for element in root.iterfind(path, _NS))
    return next((words for words in found if words), "")


def _date(root: etree._Element) -> str:
    for path in (".//t:correspAction[@type='sent']/t:date", ".//t:creation/t:date", ".//t:origDate"):
        for date in root.iterfind(path, _NS):
            words = plain(date) or date.get("when") or "–".join(filter(None, (date.get("from"), date.get("to"))))
            if words:
                return words
    return ""


def _extent(root: etree._Element) -> str:
    notes = sum(1 for _ in root.iterfind("t:text//t:note", _NS))
    words = sum(len(plain(body).split()) for body in root.iterfind("t:text/*", _NS))
    counted = [f"{words} words"] if words else []
    return ", ".join([*counted, f"{notes} note{'s' if notes != 1 else ''}"] if notes else counted)


def _opening(root: etree._Element) -> str:
    for paragraph in root.iterfind("t:text/t:body//t:p", _NS):
        words = plain(paragraph)
        if len(words) > 40:  # shorter ones are labels, dots, or a line of a title
            return words if len(words) <= _OPENING else words[:_OPENING].rsplit(" ", 1)[0] + " …"
    return ""
