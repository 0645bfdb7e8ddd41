"""How elements stand in a text that few texts have: plays, apparatus, bibliographies, dictionaries.

Whether words are a block, a line or a phrase is a fact of TEI's classes (Guidelines, 1.3.2 and 23.3); what a view
makes of it is its own affair. Elements that are not here have a rule of their own, or none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from lxml import etree

from teiwright.rendering.tei import TEI, XML_ID

_OURS = "{urn:x-teiwright:edition}"
Shape = Literal["section", "block", "line", "phrase", "unseen"]
"""A part with a heading of its own; what holds lines; words that stand alone; words among others; no words at all."""

STANDING: frozenset[Shape | None] = frozenset({"section", "block", "line"})
"""The shapes of what begins and ends a block."""


def _elements(listed: str) -> frozenset[str]:
    return frozenset(f"{TEI}{name}" for name in listed.split())


def _named(shape: Shape, listed: str) -> dict[str, Shape]:
    return {f"{TEI}{name}": shape for name in listed.split()}


_SHAPES: Mapping[str, Shape] = {
    **_named("section", "div4 div5 div6 div7 prologue epilogue performance"),
    **_named("block", "castList castGroup sp spGrp set view listBibl listPerson listPlace listOrg listEvent listNym"),
    **_named(
        "line",
        "speaker castItem biblStruct biblFull person personGrp place org event nym entry entryFree superEntry u eg "
        "headLabel headItem",
    ),
    **_named(
        "phrase",
        # plays (7), apparatus (13), the hand and the sheet (12), speech (8)
        "role roleDesc actor wit damage mod restore retrace metamark pause vocal kinesic incident writing shift desc "
        # bibliographies (3.12), technical words (23), names and dates (14)
        "monogr analytic series imprint relatedItem titleStmt publicationStmt editionStmt seriesStmt meeting "
        "code ident objectName eventName geogFeat offset birth death floruit residence occupation education "
        "affiliation faith nationality sex age trait state location geo "
        # dictionaries (10), linguistic segments (18)
        "form orth pron hyph syll stress gramGrp gram pos gen number case per tns mood iType subc colloc sense def "
        "etym usg xr lbl re hom lang s cl phr m",
    ),
    **_named(
        "unseen",
        "index interp interpGrp span spanGrp link linkGrp join joinGrp alt altGrp timeline when certainty precision "
        "respons substJoin listTranspose transpose fs fLib fvLib lacunaStart lacunaEnd witStart witEnd listAnnotation",
    ),
}
"""What stands as it does wherever it is."""

_LOOSE = _elements("stage camera caption move sound tech bibl label said q")
_AROUND_LINES = _elements(
    "front body back div div1 div2 div3 div4 div5 div6 div7 floatingText sp spGrp lg set view castList castGroup "
    "prologue epilogue performance listBibl listEvent"
)


_READINGS, _GAP = _elements("lem rdg"), f"{TEI}gap"


def name_of(element: etree._Element) -> str:
    """The name of an element of TEI; nothing for one of others, such as the examples of TEI within a text."""
    space, _, name = str(element.tag).rpartition("}")
    return name if space == TEI[:-1] else ""


def shape_of_all(tag: str) -> Shape | None:
    """The shape of all elements of a name, if they stand alike wherever they are."""
    return _SHAPES.get(tag)


def is_loose(tag: str) -> bool:
    """Whether elements of a name are lines among blocks, and phrases among words."""
    return tag in _LOOSE


def shape_of(element: etree._Element) -> Shape | None:
    """The shape of an element; some are lines among blocks, and phrases among words."""
    shape = _SHAPES.get(str(element.tag))
    if shape is None and element.tag in _LOOSE:
        return "line" if is_among_blocks(element) else "phrase"
    return shape


_PARTED = _elements(
    "biblStruct analytic monogr imprint series biblFull titleStmt publicationStmt editionStmt seriesStmt "
    "person personGrp place org event nym form gramGrp castGroup"
)


_PARTED_IF_BARE = _elements("entry superEntry hom sense re cit")


def is_parted(element: etree._Element) -> bool:
    """Whether it holds elements only, none of which goes on in the word of the one before.

    The parts of a dictionary's entry and of a quotation with its source are such where no text stands between them.
    """
    return element.tag in _PARTED or (element.tag in _PARTED_IF_BARE and _is_bare(element))


def parts_words(element: etree._Element) -> bool:
    """Whether an element begins a word because it follows another in what is parted; the mark of a note does not."""
    if element.tag == f"{TEI}note":
        return False
    return any(isinstance(one.tag, str) for one in element.itersiblings(preceding=True))


def _is_bare(element: etree._Element) -> bool:
    texts = (element.text, *(child.tail for child in element))
    return not any(text and text.strip() for text in texts)


def is_among_blocks(element: etree._Element) -> bool:
    """Whether it stands where blocks do, and no words."""
    parent = element.getparent()
    return parent is not None and parent.tag in _AROUND_LINES


def is_label_of_item(element: etree._Element) -> bool:
    """Whether it is the label that a list has before an item."""
    parent = element.getparent()
    return element.tag == f"{TEI}label" and parent is not None and parent.tag == f"{TEI}list"


_DOTS = r"(?:…|[.*•·](?:\s*[.*•·])+)"
_BEGINS_WITH_DOTS, _ENDS_WITH_DOTS = re.compile(rf"\s*[\[(]?{_DOTS}"), re.compile(rf"{_DOTS}[\])]?\s*$")


def is_printed(gap: etree._Element) -> bool:
    """Whether the text has signs of its own where something is left out: two dots or asterisks at least."""
    before, parent = gap.getprevious(), gap.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else ""
    return bool(_BEGINS_WITH_DOTS.match(gap.tail or "") or _ENDS_WITH_DOTS.search(text or ""))


def describe(element: etree._Element, witnesses: Mapping[str, str]) -> None:
    """Write on an element what the views must know of it (``t:shape``, ``t:parted``, ``t:printed``, ``t:sigla``)."""
    if is_parted(element):
        element.set(f"{_OURS}parted", "")
    if shape := shape_of(element):
        element.set(f"{_OURS}shape", shape)
    elif element.tag == _GAP and is_printed(element):
        element.set(f"{_OURS}printed", "")
    elif element.tag in _READINGS and (names := sigla(element, witnesses)):
        element.set(f"{_OURS}sigla", names)


def sigla(element: etree._Element, witnesses: Mapping[str, str]) -> str:
    """The witnesses of a reading, each by its siglum (Guidelines, 13.1.2)."""
    pointers = element.get("wit", "").split()
    return " ".join(witnesses.get(one.removeprefix("#"), one.removeprefix("#")) for one in pointers)


def witnesses_of(root: etree._Element) -> Mapping[str, str]:
    """The sigla of the witnesses that an edition lists, by their ids."""
    listed = [one for one in root.iter(f"{TEI}witness") if one.get(XML_ID)]
    return {one.get(XML_ID, ""): one.get("n", one.get(XML_ID, "")) for one in listed}
