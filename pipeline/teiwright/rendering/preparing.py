"""The first pass, which all views and the collection share.

It copies an edition and writes on the elements of its text what all must say alike: ids, note labels, plain titles,
levels of headings, pages, who a name means. It adds attributes only, so that the path of an element is the same
before and after it. It is Python and no stylesheet because a copy in XSLT alone costs more than all of this,
and because what reads editions in Python needs the same tree.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.model import Edition
from teiwright.rendering.tei import TEI, XML_ID, line_of, plain

OURS = "{urn:x-teiwright:edition}"
_ID, _PAGE, _LABEL, _CALLED, _REF = (f"{OURS}{name}" for name in ("id", "page", "label", "called", "ref"))
_TITLE, _LEVEL, _KIND, _BLOCK, _MIXED = (f"{OURS}{name}" for name in ("title", "level", "kind", "block", "mixed"))


def _elements(listed: str) -> frozenset[str]:
    return frozenset(f"{TEI}{name}" for name in listed.split())


_DIVISIONS = _elements("div div1 div2 div3 div4 div5 div6 div7 floatingText")
_TITLED = _DIVISIONS | _elements("body front back postscript")
_NAMES = _elements("persName placeName orgName name rs")
_ENTRIES = _elements("person personGrp place org")
_BLOCKS = _DIVISIONS | _elements(
    "list table figure lg l p ab opener closer postscript noteGrp sp head dateline signed byline epigraph trailer "
    "argument listBibl titlePage"
)
_STAMPED = _elements("div front body back")
_IN_QUOTES = ("p", "list", "lg", "quote", "table")
_NOTE, _P, _AB, _PB, _HEAD, _TITLE_PART, _TITLE_PAGE = (
    f"{TEI}{name}" for name in ("note", "p", "ab", "pb", "head", "titlePart", "titlePage")
)
_SPACES = re.compile(r"[ \t\r\n]+")
_UNEVEN = re.compile(r"[\t\r\n]|  ")
_ADDRESS = re.compile(r"https?://[^/?#]", re.IGNORECASE)


def prepared_tree(edition: Edition, authority: tuple[bytes, ...]) -> tuple[etree._Element, tuple[Diagnostic, ...]]:
    """The edition after the first pass, and names that lead nowhere."""
    root = deepcopy(edition.tree.getroot())
    first_pass = _Pass(edition, entry_ids(authority), bool(authority))
    for text in root.iterfind(f"{TEI}text"):
        etree.strip_tags(text, etree.Comment, etree.ProcessingInstruction)
        first_pass.visit(text, None)
    return root, tuple(dict.fromkeys(first_pass.findings))


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, collect_ids=False, huge_tree=True)


@lru_cache(maxsize=2)
def entry_ids(authority: tuple[bytes, ...]) -> frozenset[str]:
    """The ids of all entries of the authority files."""
    roots = (etree.fromstring(xml, _PARSER) for xml in authority)
    return frozenset(str(one.get(XML_ID)) for root in roots for one in root.iter(*_ENTRIES) if one.get(XML_ID))


@dataclass(slots=True)
class _Pass:
    """What is known while one goes down the text: how many of each there were, and on which page one is."""

    edition: Edition
    entries: frozenset[str]
    has_authority: bool
    counts: dict[str, int] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)
    page: str = ""
    findings: list[Diagnostic] = field(default_factory=list)

    def visit(self, element: etree._Element, within: int | None) -> None:
        """``within`` is the level of the title under which one is, if any."""
        tag = element.tag
        if tag in _DIVISIONS:
            element.set(_TITLE, _title_of(element))
            element.set(_KIND, _kind(element))
        wish = self._wish(element, tag)
        if wish is not None:
            element.set(_ID, self._free(wish))
            if self.page:
                element.set(_PAGE, self.page)
        if tag in (_HEAD, _TITLE_PART):
            self._head(element, within)
        elif tag in _NAMES and "ref" in element.attrib:
            self._name(element)
        if is_block(element):
            element.set(_BLOCK, "")
            parent = element.getparent()
            if parent is not None:
                parent.set(_MIXED, "")
        if element.text and _UNEVEN.search(element.text):
            element.text = _SPACES.sub(" ", element.text)
        level = within
        for child in element:
            if isinstance(child.tag, str):  # else an entity that nobody resolved
                self.visit(child, level)
            if child.tail and _UNEVEN.search(child.tail):
                child.tail = _SPACES.sub(" ", child.tail)
            if child.tag == _HEAD and _LEVEL in child.attrib:
                level = int(child.get(_LEVEL, "1"))

    def _count(self, kind: str) -> int:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind]

    def _wish(self, element: etree._Element, tag: str) -> str | None:
        """The id that the edition gives, else one made of the kind of element and what it is known by."""
        made = None
        if tag in (_P, _AB):
            made = f"par-{self._count('par')}"
        elif tag in _NAMES:
            made = f"name-{self._count('name')}"
        elif tag == _NOTE:
            number = self._count("note")
            made = f"note-{number}"
            element.set(_LABEL, element.get("n", "") if element.get("n", "").strip() else str(number))
            parent = element.getparent()
            element.set(_CALLED, "no" if parent is not None and parent.tag == f"{TEI}noteGrp" else "yes")
        elif tag == _PB:
            number = self._count("pg")
            self.page = _SPACES.sub(" ", element.get("n", "")).strip()
            made = f"pg-{self.page}" if _fits_an_id(self.page) else f"pg-x{number}"
        elif is_title(element):
            made = f"title-{self._count('title')}"
        elif tag in _DIVISIONS:
            made = "part"
        given = _SPACES.sub(" ", element.get(XML_ID, "")).strip()
        return given or made

    def _free(self, wish: str) -> str:
        """The id itself, or with a number if it is taken (only in a document that is not valid)."""
        number = self.used.get(wish, 0) + 1
        found = wish
        if number > 1:
            while f"{wish}-{number}" in self.used:
                number += 1
            found = f"{wish}-{number}"
        self.used[wish] = number
        self.used.setdefault(found, 1)
        return found

    def _head(self, element: etree._Element, within: int | None) -> None:
        element.set(_TITLE, plain(element) or "Untitled")
        if is_title(element):
            first = self.counts.get("title") == 1
            element.set(_LEVEL, str(1 if first else min(6, 1 + (within or 1))))

    def _name(self, element: etree._Element) -> None:
        ref = element.get("ref", "")
        target = next(iter(ref.split()), "")
        entry = target.partition("#")[2]
        if entry in self.entries:
            element.set(_REF, entry)
        elif self.has_authority and not _ADDRESS.match(target):
            where = Location(str(self.edition.path), line_of(element), 0, _path(element))
            message = f"no authority file has what `{ref}` points to"
            hint = "add the entry to the authority file, or correct the `ref`"
            self.findings.append(Diagnostic(Code.UNRESOLVED_NAME, where, message, hint))


def _fits_an_id(number: str) -> bool:
    """Whether a printed number can be part of an ``xml:id`` (NCName)."""
    return number != "" and ("_" + number.replace(".", "_").replace("-", "_")).isidentifier()


def is_title(element: etree._Element) -> bool:
    """Whether it names a document or a part of it; heads of lists and tables, and sub-titles, do not."""
    if element.tag == _HEAD:
        parent = element.getparent()
        if parent is None or parent.tag not in _TITLED or element.get("type") == "sub":
            return False
        return next(element.itersiblings(_HEAD, preceding=True), None) is None
    if element.tag == _TITLE_PART:
        page = next(element.iterancestors(_TITLE_PAGE), None)
        if page is None:
            return False
        main = (part for part in page.iter(_TITLE_PART) if part.get("type", "main") == "main")
        return next(main, None) is element
    return False


def is_block(element: etree._Element) -> bool:
    """Whether it stands as a block of its own, also within a paragraph."""
    tag = element.tag
    if tag in _BLOCKS:
        return True
    if tag == f"{TEI}stamp":
        parent = element.getparent()
        return parent is not None and parent.tag in _STAMPED
    if tag == f"{TEI}quote":
        return element.get("rend") == "blockquote" or _has(element, *_IN_QUOTES)
    if tag == f"{TEI}cit":
        quotes = element.iterfind(f"{TEI}quote")
        return any(quote.get("rend") == "blockquote" or _has(quote, "p", "lg") for quote in quotes)
    return False


def _has(element: etree._Element, *names: str) -> bool:
    return any(element.find(f"{TEI}{name}") is not None for name in names)


def _title_of(division: etree._Element) -> str:
    for head in division.iterfind(_HEAD):
        if is_title(head) and (title := plain(head)):
            return title
    return _kind(division)


def _kind(division: etree._Element) -> str:
    """``Enclosure`` for ``div type="enclosure"``; a kind is a word, not markup."""
    kind = " ".join(division.get("type", "").split())
    return kind[:1].upper() + kind[1:] if kind else "Part"


def _path(element: etree._Element) -> str:
    """``/TEI[1]/text[1]/body[1]``, as findings of stylesheets have it."""
    steps = []
    for one in (element, *element.iterancestors()):
        same = sum(1 for _ in one.itersiblings(one.tag, preceding=True))
        steps.append(f"{etree.QName(one).localname}[{same + 1}]")
    return "/" + "/".join(reversed(steps))
