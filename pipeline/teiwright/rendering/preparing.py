"""The first pass, which all views and the collection share.

It copies an edition and writes on the elements of its text what all must say alike: ids, note labels, plain titles,
levels of headings, pages, who a name means. It adds attributes only, so that the path of an element is the same
before and after it. It is Python and no stylesheet because a copy in XSLT alone costs more than all of this,
and because what reads editions in Python needs the same tree.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.model import Edition
from teiwright.rendering.facts import document_title
from teiwright.rendering.flaws import path_of
from teiwright.rendering.marking import OURS, is_picture_beside, mark, number_alike, styles_of
from teiwright.rendering.mentions import CLASS, NAMES, Mention, link_of, mention_of
from teiwright.rendering.responsibility import Responsibility
from teiwright.rendering.scripts import has_other_scripts, is_foreign, is_from_the_right, is_language
from teiwright.rendering.shapes import STANDING, describe, is_among_blocks, shape_of, witnesses_of
from teiwright.rendering.tei import TEI, XML_ID, line_of, plain, safe_address

_ID, _PAGE, _LABEL, _CALLED = (f"{OURS}{name}" for name in ("id", "page", "label", "called"))
_TITLE, _LEVEL, _KIND, _BLOCK, _MIXED = (f"{OURS}{name}" for name in ("title", "level", "kind", "block", "mixed"))
_DOUBT, _STYLES = (f"{OURS}{name}" for name in ("doubt", "styles"))
_LINK, _SCRIPTS, _TARGET = (f"{OURS}{name}" for name in ("link", "scripts", "target"))
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def _elements(listed: str) -> frozenset[str]:
    return frozenset(f"{TEI}{name}" for name in listed.split())


_DIVISIONS = _elements("div div1 div2 div3 div4 div5 div6 div7 floatingText prologue epilogue performance")
_TITLED = _DIVISIONS | _elements("body front back postscript")
_BLOCKS = _DIVISIONS | _elements(
    "list table figure lg l p ab opener closer postscript noteGrp sp head dateline signed byline epigraph trailer "
    "argument listBibl titlePage"
)
_STYLED_APART = _elements(
    "lg l figure graphic sp speaker stage set castList castGroup castItem role roleDesc "
    "listBibl bibl biblStruct biblFull rdg entry entryFree superEntry"
)
_STAMPED = _elements("div front body back")
_IN_QUOTES = ("p", "list", "lg", "quote", "table")
_NOTE, _P, _AB, _PB, _HEAD, _TITLE_PART, _TITLE_PAGE, _REF_ELEMENT = (
    f"{TEI}{name}" for name in ("note", "p", "ab", "pb", "head", "titlePart", "titlePage", "ref")
)
_UNEVEN = re.compile(r" *[\t\r\n][ \t\r\n]*|  [ \t\r\n]*")


@dataclass(frozen=True, slots=True)
class Tree:
    """What the first pass makes. ``mentioned`` are the entries to which names lead, in the order of the text, and for
    each the ids of these names with their pages.

    ``kinds`` says what is in the text: ``person``, ``place``, ``org``, ``note``, ``pg``, and ``doubt`` if a name is
    less than certain; ``part`` for parts of the text, ``others`` for what needs a style sheet of its own; ``scripts``
    and ``entity`` are for those who make pages. ``breaks`` are those of pages, ``notes`` the ids of notes, in order.
    """

    root: etree._Element
    title: str
    language: str
    mentioned: Mapping[str, Sequence[tuple[str, str]]]
    kinds: frozenset[str]
    breaks: Sequence[etree._Element]
    notes: Sequence[str]
    findings: tuple[Diagnostic, ...]


def prepared_tree(edition: Edition, authority: tuple[bytes, ...]) -> Tree:
    """The edition after the first pass."""
    root = deepcopy(edition.tree.getroot())
    responsibility = Responsibility.of(root)
    first_pass = _Pass(edition, responsibility, authority, root)
    first_pass.witnesses = witnesses_of(root)
    languages = filter(is_language, (one.get(_LANG, "") for one in (root, *root.iterfind(f"{TEI}text"))))
    first_pass.language = language = next(languages, "und")
    around = _Around(foreign=is_foreign(root.get(_LANG, "")), rtl=is_from_the_right(language))
    if around.rtl:
        root.set(f"{OURS}dir", "rtl")
    for text in root.iterfind(f"{TEI}text"):
        etree.strip_tags(text, etree.Comment, etree.ProcessingInstruction)
        first_pass.visit(text, f"{TEI}text", around)
    number_alike(first_pass.divisions)
    first_pass.resolve_targets()
    title = document_title(root)
    root.set(_TITLE, title)
    kinds, findings = frozenset(first_pass.counts), tuple(dict.fromkeys(first_pass.findings))
    return Tree(root, title, language, first_pass.mentioned, kinds, first_pass.breaks, first_pass.notes, findings)


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
    responsibility: Responsibility
    authority: tuple[bytes, ...]
    root: etree._Element
    counts: dict[str, int] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)
    names: int = 0
    page: str = ""
    language: str = ""
    mentioned: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    targets: list[etree._Element] = field(default_factory=list)
    breaks: list[etree._Element] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)
    witnesses: Mapping[str, str] = field(default_factory=dict)
    divisions: dict[str, list[etree._Element]] = field(default_factory=dict)
    alike: dict[tuple[object, ...], Mention] = field(default_factory=dict)

    def visit(self, element: etree._Element, tag: str, around: _Around) -> None:
        """Write on an element, then on what is in it."""
        if tag in NAMES:  # of which there are more than of all else
            around = self._name(element, tag, around)
        else:
            around = self._element(element, tag, dict(element.items()), around)  # type: ignore[arg-type]
        if (text := element.text) and (even := self._text(element, text, around)) is not text:
            element.text = even
        if len(element):  # to ask for children of whom there are none costs much more, and most elements have none
            self._children(element, around)

    def _children(self, element: etree._Element, around: _Around) -> None:
        for child in element:
            tag = child.tag
            if isinstance(tag, str):
                self.visit(child, tag, around)
                if tag == _HEAD and (level := child.get(_LEVEL)):
                    around = around._replace(level=int(level))
            else:
                self.counts["entity"] = 1  # nobody resolved it
            if (tail := child.tail) and (even := self._text(element, tail, around)) is not tail:
                child.tail = even

    def _element(self, element: etree._Element, tag: str, given: dict[str, str], around: _Around) -> _Around:
        if given:
            around = self._attributes(element, given, around)
        wish = self._wish(element, tag, given)
        if wish is not None:
            element.set(_ID, identifier := self._free(wish))
            if tag == _NOTE:
                self.notes.append(identifier)
            if self.page:
                element.set(_PAGE, self.page)
        if tag in _DIVISIONS:
            self._division(element)
        if tag in (_HEAD, _TITLE_PART):
            self._head(element, around.level)
        elif tag == _REF_ELEMENT:
            around = around._replace(linked=True)
        elif tag == _NOTE and _LANG not in given:
            self._note_language(element, around)
        describe(element, self.witnesses)
        mark(element)
        if tag in _STYLED_APART:
            self.counts["others"] = 1
        if "target" in given:
            self.targets.append(element)
        if is_block(element):
            element.set(_BLOCK, "")
            parent = element.getparent()
            if parent is not None and parent.get(_MIXED) is None:  # to ask costs much less than to write again
                parent.set(_MIXED, "")
        return around

    def _text(self, element: etree._Element, text: str, around: _Around) -> str:
        if not text.isascii() and not around.foreign and has_other_scripts(text):
            element.set(_SCRIPTS, "")
            self.counts["scripts"] = 1
        return _UNEVEN.sub(" ", text) if "\n" in text or "  " in text or "\t" in text or "\r" in text else text

    def _division(self, element: etree._Element) -> None:
        kind, head = _kind(element), element.find(_HEAD)
        title = plain(head) if head is not None and is_title(head) else ""
        if not title:
            self.counts["part"] = 1
        element.set(_TITLE, title or kind)
        element.set(_KIND, kind)
        self.divisions.setdefault(kind, []).append(element)

    def _attributes(self, element: etree._Element, given: dict[str, str], around: _Around) -> _Around:
        if "resp" in given or "cert" in given:
            doubt, _ = self.responsibility.of_what(given.get("resp", ""), given.get("cert", ""))
            if doubt:
                element.set(_DOUBT, doubt)
        if ("rend" in given or "type" in given or "rendition" in given) and (styles := styles_of(given)):
            element.set(_STYLES, styles)
        return self._language(element, given[_LANG], around) if _LANG in given else around

    def _language(self, element: etree._Element, language: str, around: _Around) -> _Around:
        if is_language(language):
            rtl = is_from_the_right(language)
            element.set(f"{OURS}lang", language)
            if rtl or around.rtl:
                element.set(f"{OURS}dir", "rtl" if rtl else "ltr")
            return around._replace(foreign=is_foreign(language), rtl=rtl)
        return around

    def _note_language(self, note: etree._Element, around: _Around) -> None:
        """A note is shown elsewhere than in the text: its language is that of what it stands in."""
        language = next((one.get(_LANG, "") for one in note.iterancestors() if _LANG in one.attrib), "")
        if (of_page := is_from_the_right(self.language)) or language != self.language:
            self._language(note, language, around._replace(rtl=of_page))

    def _count(self, kind: str) -> int:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind]

    def _wish(self, element: etree._Element, tag: str, attributes: dict[str, str]) -> str | None:
        """The id that the edition gives, else one made of the kind of element and what it is known by."""
        made = None
        if tag in (_P, _AB):
            made = f"par-{self._count('par')}"
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
            self.breaks.append(element)
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
        if wish not in self.used:
            self.used[wish] = 1
            return wish
        number = self.used[wish] + 1
        while (found := f"{wish}-{number}") in self.used:
            number += 1
        self.used[wish] = number
        self.used[found] = 1
        return found

    def _head(self, element: etree._Element, within: int | None) -> None:
        element.set(_TITLE, plain(element) or "Untitled")
        if is_title(element):
            first = self.counts.get("title") == 1
            if not first:
                self.counts["part"] = 1
            element.set(_LEVEL, str(1 if first else min(6, 1 + (within or 1))))

    def _name(self, element: etree._Element, tag: str, around: _Around) -> _Around:
        key = (tag, *element.items())
        name = self.alike.get(key)
        if name is None:
            name = mention_of(tag, key[1:], self.responsibility, self.authority)
            self.alike[key] = name
            self.counts |= name.counted
        self.names += 1
        element.set(_ID, identifier := self._free(name.id or f"name-{self.names}"))
        for attribute, value in name.written:
            element.set(attribute, value)
        if name.language:
            around = self._language(element, name.language, around)
        if name.unknown:
            self._not_found(element, name.unknown)
        if not name.entry:
            return around
        self.mentioned.setdefault(name.entry, []).append((identifier, self.page))
        return self._link(element, name, around) if around.linked or len(element) else around

    def _link(self, element: etree._Element, name: Mention, around: _Around) -> _Around:
        link = "no" if around.linked else link_of(element)
        if link != "whole":
            element.set(_LINK, link)
            if name.only_leads:
                element.set(CLASS, name.kind)
        return around._replace(linked=True)

    def _not_found(self, name: etree._Element, ref: str) -> None:
        where = Location(str(self.edition.path), line_of(name), 0, path_of(name))
        message = f"no authority file has what `{ref}` points to"
        hint = "add the entry to the authority file, or correct the `ref`"
        self.findings.append(Diagnostic(Code.UNRESOLVED_NAME, where, message, hint))

    def resolve_targets(self) -> None:
        """Where a reader may be led: the web, mail, or a place in this edition. Everything else is inert."""
        self.targets += self.root.iterfind(f"{TEI}standOff//{TEI}annotation[@target]")
        for element in self.targets:
            first = next(iter(element.get("target", "").split()), "")
            if first.startswith("#") and not self.ids:
                named = (one for one in self.root.iter(etree.Element) if XML_ID in one.attrib)
                for one in named:
                    identifier = one.get(XML_ID, "")
                    self.ids.setdefault(identifier, one.get(_ID, identifier))
            found = f"#{self.ids[first[1:]]}" if first[1:] in self.ids and first[0] == "#" else safe_address(first)
            if found:
                element.set(_TARGET, found)

    def _picture(self, page: etree._Element) -> None:
        """The picture of a page: what ``@facs`` names, or the picture of the surface that it points to."""
        target = next(iter(page.get("facs", "").split()), "")
        if target.startswith("#"):
            target = self._pictures().get(target[1:], "")
        if target:
            page.set(f"{OURS}facs", target)
            if is_picture_beside(target):
                page.set(f"{OURS}beside", "")
            elif safe_address(target) and not target.startswith("mailto:"):
                page.set(f"{OURS}elsewhere", "")

    def _pictures(self) -> dict[str, str]:
        if not self.pictures:
            for element in self.root.iterfind(f"{TEI}facsimile//*[@{XML_ID}]"):
                found = element if element.tag == _GRAPHIC else element.find(f".//{_GRAPHIC}")
                self.pictures[element.get(XML_ID, "")] = found.get("url", "") if found is not None else ""
        return self.pictures


_GRAPHIC = f"{TEI}graphic"


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
