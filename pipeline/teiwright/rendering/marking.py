"""What the first pass writes on an element because of its kind and of what it stands in, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime

from lxml import etree

from teiwright.rendering.tei import TEI

OURS = "{urn:x-teiwright:edition}"
_LINE, _ALONE, _GROUP, _TAG, _WHEN, _BESIDE, _TITLE = (
    f"{OURS}{name}" for name in ("line", "alone", "group", "tag", "when", "beside", "title")
)
_TAKEN_UP, _TAKES_UP = f"{OURS}taken-up", f"{OURS}takes-up"


def _elements(listed: str) -> frozenset[str]:
    return frozenset(f"{TEI}{name}" for name in listed.split())


_AROUND_BLOCKS = _elements("div div1 div2 div3 front body back postscript titlePage floatingText")
_GROUPED = _elements("titlePart p docDate docImprint")
_PLAIN_WORD = re.compile(r"[a-z][a-z-]*")
_PICTURE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]*\.(png|jpe?g|webp|avif)")
_WHEN_FORM = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?)?)?")
_STYLES = {
    **{"italic": "i", "italics": "i", "bold": "b"},
    **{"superscript": "sup", "sup": "sup", "subscript": "sub", "sub": "sub"},
}


def mark(element: etree._Element) -> None:
    """Write on an element what its kind asks for."""
    seen_to = _KINDS.get(str(element.tag))
    if seen_to is not None:
        seen_to(element)


def number_alike(divisions: Mapping[str, Sequence[etree._Element]]) -> None:
    """Of several divisions of a kind (enclosures), those without a heading are told apart by their number."""
    for kind, alike in divisions.items():
        for number, element in enumerate(alike if len(alike) > 1 else (), 1):
            if element.get(_TITLE) == kind:
                element.set(_TITLE, f"{kind} {number}")


def styles_of(given: Mapping[str, str]) -> str:
    """The plain words of ``@rend``, ``@rendition`` and ``@type`` as classes: `` is-center``."""
    said = [given[name] for name in ("rend", "rendition", "type") if name in given]
    if not said:
        return ""
    words = dict.fromkeys(word for word in " ".join(said).split() if _PLAIN_WORD.fullmatch(word))
    return "".join([f" is-{word}" for word in words])


def is_picture_beside(address: str) -> bool:
    """Whether it is a picture that lies beside the page, and nowhere above it."""
    return _PICTURE.fullmatch(address) is not None and ".." not in address


def _line(element: etree._Element) -> None:
    """A line of its own in an opener or closer; elsewhere a block where blocks stand, and a phrase within text."""
    if element.tag != f"{TEI}seg":
        element.set(_LINE, "")
        _alone(element)
    elif "type" in element.attrib:
        element.set(_LINE, "")


def _alone(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if parent.tag in _AROUND_BLOCKS or (parent.tag == f"{TEI}quote" and parent.find(f"{TEI}p") is not None):
        element.set(_ALONE, "")


def _salute(element: etree._Element) -> None:
    """A salutation in whose line the first paragraph goes on, and that paragraph, each say so."""
    _line(element)
    opener = element.getparent()
    if element.get("rend") != "run-in" or element.getnext() is not None or opener is None:
        return
    if opener.tag != f"{TEI}opener":
        return
    after = opener.getnext()
    while after is not None and after.tag == f"{TEI}pb":
        after = after.getnext()
    if after is not None and after.tag == f"{TEI}p":
        element.set(_TAKEN_UP, "")
        after.set(_TAKES_UP, "")


def _group(element: etree._Element) -> None:
    """One that holds blocks only, no text of its own."""
    texts = (element.text, *(child.tail for child in element))
    if any(child.tag in _GROUPED for child in element) and not any(text and text.strip() for text in texts):
        element.set(_GROUP, "")


def _style(element: etree._Element) -> None:
    words = element.get("rend", "").split()
    found = next((tag for tag in ("i", "b", "sup", "sub") if any(_STYLES.get(word) == tag for word in words)), None)
    if found:
        element.set(_TAG, found)


def _day(element: etree._Element) -> None:
    """The value of a date, if HTML has the form of it."""
    when = element.get("when", "")
    found = _WHEN_FORM.fullmatch(when)
    if found and when.isascii():
        with suppress(ValueError):
            date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
            if "T" in when:
                datetime.fromisoformat(when)
            element.set(_WHEN, when)


def _graphic(element: etree._Element) -> None:
    if is_picture_beside(element.get("url", "")):
        element.set(_BESIDE, "")


_KINDS: Mapping[str, Callable[[etree._Element], None]] = {
    **dict.fromkeys(_elements("idno dateline signed byline address stamp seg"), _line),
    **dict.fromkeys(_elements("docImprint imprimatur"), _group),
    **{f"{TEI}salute": _salute, f"{TEI}hi": _style, f"{TEI}date": _day, f"{TEI}graphic": _graphic},
}
