"""The first pass, which all views and the collection share.

It copies an edition and writes on the elements of its text what all must say alike: ids, note labels, plain titles,
levels of headings, pages, who a name means. It adds attributes only, so that the path of an element is the same
before and after it. It is Python and no stylesheet because a copy in XSLT alone costs more than all of this,
and because what reads editions in Python needs the same tree.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.extracted import Entry
from teiwright.model import Edition
from teiwright.rendering.entries import entries_by_id
from teiwright.rendering.shapes import STANDING, describe, is_among_blocks, shape_of, witnesses_of
from teiwright.rendering.tei import TEI, XML_ID, line_of, plain

OURS = "{urn:x-teiwright:edition}"
_ID, _PAGE, _LABEL, _CALLED, _REF = (f"{OURS}{name}" for name in ("id", "page", "label", "called", "ref"))
_TITLE, _LEVEL, _KIND, _BLOCK, _MIXED = (f"{OURS}{name}" for name in ("title", "level", "kind", "block", "mixed"))
_DOUBT, _PROGRAM, _STYLES, _CLASS = (f"{OURS}{name}" for name in ("doubt", "program", "styles", "class"))
_LINK, _SCRIPTS = f"{OURS}link", f"{OURS}scripts"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def _elements(listed: str) -> frozenset[str]:
    return frozenset(f"{TEI}{name}" for name in listed.split())


_DIVISIONS = _elements("div div1 div2 div3 div4 div5 div6 div7 floatingText prologue epilogue performance")
_TITLED = _DIVISIONS | _elements("body front back postscript")
_NAMES = _elements("persName placeName orgName name rs")
_BLOCKS = _DIVISIONS | _elements(
    "list table figure lg l p ab opener closer postscript noteGrp sp head dateline signed byline epigraph trailer "
    "argument listBibl titlePage"
)
_STAMPED = _elements("div front body back")
_IN_QUOTES = ("p", "list", "lg", "quote", "table")
_NOTE, _P, _AB, _PB, _HEAD, _TITLE_PART, _TITLE_PAGE, _REF_ELEMENT = (
    f"{TEI}{name}" for name in ("note", "p", "ab", "pb", "head", "titlePart", "titlePage", "ref")
)
_UNEVEN = re.compile(r" *[\t\r\n][ \t\r\n]*|  [ \t\r\n]*")
_PLAIN_WORD = re.compile(r"[a-z][a-z-]*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # the form of RFC 5646
_RTL = re.compile(r"^(ar|arc|dv|fa|he|ps|sd|syr|ug|ur|yi)(-|$)|-(Arab|Hebr|Syrc|Thaa)(-|$)")
_CJK = re.compile(r"^(zh|ja|ko|yue|wuu|nan|hak|lzh)(-|$)|-(Hani|Hans|Hant|Jpan|Kore)(-|$)")
_OTHER_SCRIPTS = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u1100-\u11ff\u2e80-\u2fdf\u3001-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff]"
)
"""Hebrew, Arabic, Syriac, Thaana and their kin; Chinese, Japanese and Korean."""

_ADDRESS = re.compile(r"https?://[^/?#]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tree:
    """What the first pass makes. ``mentioned`` are the entries to which names lead, in the order of the text.

    ``kinds`` says what is in the text: ``person``, ``place``, ``org``, ``note``, ``pg``, and ``doubt`` if a name is
    less than certain.
    """

    root: etree._Element
    mentioned: tuple[str, ...]
    kinds: frozenset[str]
    findings: tuple[Diagnostic, ...]


def prepared_tree(edition: Edition, authority: tuple[bytes, ...]) -> Tree:
    """The edition after the first pass."""
    root = deepcopy(edition.tree.getroot())
    first_pass = _Pass(edition, entries_by_id(authority), bool(authority), Responsibility.of(root), root)
    first_pass.witnesses = witnesses_of(root)
    for text in root.iterfind(f"{TEI}text"):
        etree.strip_tags(text, etree.Comment, etree.ProcessingInstruction)
        first_pass.visit(text, _Around(foreign=_is_foreign(root.get(_LANG, ""))))
    kinds = frozenset(first_pass.counts)
    return Tree(root, tuple(first_pass.mentioned), kinds, tuple(dict.fromkeys(first_pass.findings)))


@dataclass(slots=True)
class Responsibility:
    """Who, a program or a person, says what an element says, and how sure they were (``@resp``, ``@cert``)."""

    named: dict[str, etree._Element]
    told: dict[tuple[str, str], tuple[str, bool]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element) -> Responsibility:
        """Those whom the header names: ``respStmt``, and what stands in ``titleStmt``."""
        header = root.find(f"{TEI}teiHeader")
        if header is None:
            return cls({})
        found = (*header.iter(f"{TEI}respStmt"), *(one for title in header.iter(f"{TEI}titleStmt") for one in title))
        return cls({str(one.get(XML_ID)): one for one in found if isinstance(one.tag, str) and one.get(XML_ID)})

    def of_what(self, resp: str, cert: str) -> tuple[str, bool]:
        """In words, and whether it was a program. One that nobody describes is taken for one if it says how sure."""
        if (resp, cert) not in self.told:
            known = [self.named[one[1:]] for one in resp.split() if one[:1] == "#" and one[1:] in self.named]
            software = any(name.get("type") == "software" for one in known for name in one.iterfind(f"{TEI}name"))
            by_program = bool(resp) and (software if known else bool(cert))
            names = (next(one.iter(f"{TEI}name", f"{TEI}persName"), None) for one in known)
            who = ["by program"] if by_program else [f"by {plain(name)}" for name in names if name is not None]
            sure = [f"certainty {cert}"] if cert in {"high", "medium", "low", "unknown"} else []
            self.told[resp, cert] = ", ".join((*who, *sure)), by_program
        return self.told[resp, cert]


class _Around(NamedTuple):
    """What an element stands in: the level of the title above it, a link, a language whose script is not Latin."""

    level: int | None = None
    linked: bool = False
    foreign: bool = False
    rtl: bool = False


@dataclass(slots=True)
class _Pass:
    """What is known while one goes down the text: how many of each there were, and on which page one is."""

    edition: Edition
    entries: Mapping[str, Entry]
    has_authority: bool
    responsibility: Responsibility
    root: etree._Element
    counts: dict[str, int] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)
    page: str = ""
    mentioned: dict[str, None] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)
    witnesses: Mapping[str, str] = field(default_factory=dict)

    def visit(self, element: etree._Element, around: _Around) -> None:
        """Write on an element, then on what is in it."""
        around = self._element(element, around)
        if element.text:
            element.text = self._text(element, element.text, around)
        for child in element:
            if isinstance(child.tag, str):  # else an entity that nobody resolved
                self.visit(child, around)
            if child.tail:
                child.tail = self._text(element, child.tail, around)
            if child.tag == _HEAD and _LEVEL in child.attrib:
                around = around._replace(level=int(child.get(_LEVEL, "1")))

    def _element(self, element: etree._Element, around: _Around) -> _Around:
        tag = element.tag
        given: dict[str, str] = dict(element.attrib)  # type: ignore[arg-type]
        if tag in _DIVISIONS:
            self._division(element)
        if given:
            around = self._attributes(element, given, around)
        wish = self._wish(element, tag, given)
        if wish is not None:
            element.set(_ID, self._free(wish))
            if self.page:
                element.set(_PAGE, self.page)
        if tag in (_HEAD, _TITLE_PART):
            self._head(element, around.level)
        elif tag in _NAMES:
            around = self._name(element, given, around)
        elif tag == _REF_ELEMENT:
            around = around._replace(linked=True)
        describe(element, self.witnesses)
        if is_block(element):
            element.set(_BLOCK, "")
            parent = element.getparent()
            if parent is not None:
                parent.set(_MIXED, "")
        return around

    def _text(self, element: etree._Element, text: str, around: _Around) -> str:
        if not text.isascii() and not around.foreign and _has_other_scripts(text):
            element.set(_SCRIPTS, "")
        return _UNEVEN.sub(" ", text) if "\n" in text or "  " in text or "\t" in text or "\r" in text else text

    def _division(self, element: etree._Element) -> None:
        kind, head = _kind(element), element.find(_HEAD)
        title = plain(head) if head is not None and is_title(head) else ""
        element.set(_TITLE, title or kind)
        element.set(_KIND, kind)

    def _attributes(self, element: etree._Element, given: dict[str, str], around: _Around) -> _Around:
        if "resp" in given or "cert" in given:
            self._doubt(element, given)
        if styles := [given[name] for name in ("rend", "rendition", "type") if name in given]:
            words = dict.fromkeys(word for word in " ".join(styles).split() if _PLAIN_WORD.fullmatch(word))
            if words:
                element.set(_STYLES, "".join(f" is-{word}" for word in words))
        if _LANG in given and _LANGUAGE.fullmatch(language := given[_LANG]):
            rtl = bool(_RTL.search(language))
            element.set(f"{OURS}lang", language)
            if rtl or around.rtl:
                element.set(f"{OURS}dir", "rtl" if rtl else "ltr")
            return around._replace(foreign=_is_foreign(language), rtl=rtl)
        return around

    def _doubt(self, element: etree._Element, given: dict[str, str]) -> None:
        doubt, by_program = self.responsibility.of_what(given.get("resp", ""), given.get("cert", ""))
        if doubt:
            element.set(_DOUBT, doubt)
            given[_DOUBT] = doubt
        if by_program:
            element.set(_PROGRAM, "")
            given[_PROGRAM] = ""

    def _count(self, kind: str) -> int:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind]

    def _wish(self, element: etree._Element, tag: str, attributes: dict[str, str]) -> str | None:
        """The id that the edition gives, else one made of the kind of element and what it is known by."""
        made = None
        if tag in (_P, _AB):
            made = f"par-{self._count('par')}"
        elif tag in _NAMES:
            made = f"name-{self._count('name')}"
        elif tag == _NOTE:
            number = self._count("note")
            made = f"note-{number}"
            printed = attributes.get("n", "")
            element.set(_LABEL, printed if printed.strip() else str(number))
            parent = element.getparent()
            element.set(_CALLED, "no" if parent is not None and parent.tag == f"{TEI}noteGrp" else "yes")
        elif tag == _PB:
            number = self._count("pg")
            self.page = " ".join(attributes.get("n", "").split())
            made = f"pg-{self.page}" if _fits_an_id(self.page) else f"pg-x{number}"
            self._picture(element)
        elif tag in (_HEAD, _TITLE_PART) and is_title(element):
            made = f"title-{self._count('title')}"
        elif tag in _DIVISIONS:
            made = "part"
        given = " ".join(attributes[XML_ID].split()) if XML_ID in attributes else ""
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

    def _name(self, element: etree._Element, given: dict[str, str], around: _Around) -> _Around:
        """Its kind, and how sure a program was, as a class; and whether it can be a link, which HTML does not nest."""
        kind = _NAME_KINDS.get(str(element.tag)) or _NAME_KINDS.get(given.get("type", ""), "person")
        cert = given.get("cert", "")
        sure = cert if cert in {"high", "medium", "low"} else "program"
        element.set(_CLASS, f"{kind} {sure}" if _PROGRAM in given else kind)
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if _DOUBT in given:
            self.counts["doubt"] = 1
        ref = given.get("ref", "")
        if not ref:
            return around
        target = next(iter(ref.split()), "")
        entry = target.partition("#")[2]
        if entry in self.entries:
            element.set(_REF, entry)
            self.mentioned.setdefault(entry)
            if not around.linked:
                element.set(_LINK, _link(element))
                return around._replace(linked=True) if len(element) else around
        elif self.has_authority and not _ADDRESS.match(target):
            where = Location(str(self.edition.path), line_of(element), 0, _path(element))
            message = f"no authority file has what `{ref}` points to"
            hint = "add the entry to the authority file, or correct the `ref`"
            self.findings.append(Diagnostic(Code.UNRESOLVED_NAME, where, message, hint))
        return around

    def _picture(self, page: etree._Element) -> None:
        """The picture of a page: what ``@facs`` names, or the picture of the surface that it points to."""
        target = next(iter(page.get("facs", "").split()), "")
        if target.startswith("#"):
            target = self._pictures().get(target[1:], "")
        if target:
            page.set(f"{OURS}facs", target)

    def _pictures(self) -> dict[str, str]:
        if not self.pictures:
            for element in self.root.iterfind(f"{TEI}facsimile//*[@{XML_ID}]"):
                found = element if element.tag == _GRAPHIC else element.find(f".//{_GRAPHIC}")
                self.pictures[element.get(XML_ID, "")] = found.get("url", "") if found is not None else ""
        return self.pictures


_GRAPHIC = f"{TEI}graphic"
_NAME_KINDS = {
    **{f"{TEI}persName": "person", f"{TEI}placeName": "place", f"{TEI}orgName": "org"},
    **{"place": "place", "org": "org", "organization": "org", "organisation": "org"},
}
_NOT_IN_LINKS = frozenset(f"{TEI}{name}" for name in ("note", "pb", "lb", "ref", "ptr"))


def _link(name: etree._Element) -> str:
    """``whole`` if a name can be one link, ``parts`` if notes or breaks divide it, ``none`` if they are deeper."""
    if not len(name):
        return "whole"
    inner = [one.tag for one in name.iterdescendants() if one.tag in _NOT_IN_LINKS]
    own = [one.tag for one in name if one.tag in _NOT_IN_LINKS]
    if not inner:
        return "whole"
    return "parts" if inner == own and not {_REF_ELEMENT, f"{TEI}ptr"} & set(own) else "none"


def _has_other_scripts(text: str) -> bool:
    try:
        text.encode("cp1252")  # much faster than any search; most of what is not ASCII are quotation marks and dashes
    except UnicodeEncodeError:
        return _OTHER_SCRIPTS.search(text) is not None
    return False


def _is_foreign(language: str) -> bool:
    return bool(_RTL.search(language) or _CJK.search(language))


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
    if tag in _BLOCKS or shape_of(element) in STANDING:
        return True
    if tag == f"{TEI}stamp":
        parent = element.getparent()
        return parent is not None and parent.tag in _STAMPED
    if tag == f"{TEI}quote":
        return element.get("rend") == "blockquote" or is_among_blocks(element) or _has(element, *_IN_QUOTES)
    if tag == f"{TEI}cit":
        quotes = element.iterfind(f"{TEI}quote")
        return is_among_blocks(element) or any(
            quote.get("rend") == "blockquote" or _has(quote, "p", "lg") for quote in quotes
        )
    return False


def _has(element: etree._Element, *names: str) -> bool:
    return any(element.find(f"{TEI}{name}") is not None for name in names)


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
