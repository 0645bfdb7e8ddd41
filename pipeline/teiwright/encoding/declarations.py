"""``encodingDesc`` (Guidelines 2.3): the rules that were really applied to this document, and by what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from teiwright import __version__
from teiwright.encoding.elements import Element, Markup
from teiwright.encoding.markup import fixed
from teiwright.encoding.metadata import child
from teiwright.encoding.vocabulary import Attributes
from teiwright.encoding.writer import Practice
from teiwright.model import Draft, Place, Reason

if TYPE_CHECKING:
    from collections.abc import Set

_VERSION = re.compile(r"\d+(\.\d+){0,2}")
_QUOTATION_MARKS = '"“”„«»‘'
_HYPHEN_AT_LINE_END = re.compile(r"-(?<=\w-)[ \t]*\r?\n[ \t]*\w")
_DEPTH = 4
"""How deep a rule stands: in TEI, teiHeader, encodingDesc, editorialDecl."""


def _rule(sentence: str, name: str | None = None, attributes: Attributes | None = None) -> Markup:
    """A paragraph of ``editorialDecl``, or one in an element of its own. The same rules stand in all editions."""
    paragraph = Element("p")
    paragraph.content.append(sentence)
    if name is None:
        return fixed(paragraph, _DEPTH)
    rule = Element(name, attributes)
    rule.content.append(paragraph)
    return fixed(rule, _DEPTH)


_CORRECTION = _rule("No reading of the source was corrected.", "correction")
_HYPHENS = _rule("Hyphens at line ends stand as in the source.", "hyphenation", {"eol": "all"})
_QUOTATIONS = _rule("Quotation marks stand as characters, as in the source.", "quotation", {"marks": "all"})
_WHITE_SPACE = _rule(
    "White space that lays the source out became markup or one space; nothing else was changed.", "normalization"
)
_STRIKES = _rule("Signs in the source that strike text through became del.")
_ITALICS = _rule("Signs in the source that set words in italics became hi.")
_BULLETS = _rule("Signs in the source that begin the items of a list became list and item.")
_NUMBERED_PAGES = _rule("Page marks in the source became pb; their number is its n.")
_INFERRED_PAGES = _rule(
    "Where notes at the foot of a page interrupt the text, the page is taken to end: "
    "what stands before and after them is joined, with an inferred pb between.",
    "segmentation",
)
_FORM_FEEDS = _rule("A form feed in the source ends a page: a pb stands for it.", "segmentation")
_EDGES = _rule(
    "Running heads and page numbers at the edges of pages became fw; a page's number is the n of its pb, too."
)
_OMISSIONS = _rule("A line of dots or asterisks for omitted text is kept, with a gap before it.")
_LOOSE_NOTES = _rule("A note whose callout the source does not have stands in a noteGrp where the source has it.")
_REPEATED_CALLS = _rule("Where a note is called again, a ref points to it.")
_DATES = _rule("Dates that a rule recognised carry their value in the form of W3C XML Schema.", "stdVals")
_NAMES = _rule(
    "Names of persons and places were recognised by rules, lists and a model; evidence names which, "
    "and ref points to the entry of the authority file that alone fits."
)
_CONCLUSIONS = _rule("What a rule concluded carries resp, and cert for how sure it was.", "interpretation")


@cache
def _called_notes(where: str) -> Markup:
    return _rule(
        f"A note that the source has {where} stands at its callout; "
        "the callout is its n, and the label before its text was dropped.",
    )


def write_encoding(header: Element, draft: Draft, practices: Set[Practice]) -> None:
    """``editorialDecl`` and ``appInfo``."""
    encoding = header.add("encodingDesc")
    encoding.add("editorialDecl").content += _rules(draft, practices)
    _application(encoding, draft)


def _rules(draft: Draft, practices: Set[Practice]) -> Iterator[Markup]:
    yield _CORRECTION
    yield from _spelling(draft)
    yield from _pages(practices)
    yield from _notes(draft, practices)
    yield from _inferences(draft, practices)


def _spelling(draft: Draft) -> Iterator[Markup]:
    text = draft.source.text
    if _HYPHEN_AT_LINE_END.search(text):
        yield _HYPHENS
    if any(mark in text for mark in _QUOTATION_MARKS):
        yield _QUOTATIONS
    reasons = [entry.reason for entry in draft.ledger]
    if "\n" in text or Reason.LAYOUT in reasons:
        yield _WHITE_SPACE
    if Reason.STRIKE_SIGN in reasons:
        yield _STRIKES
    if Reason.EMPHASIS_SIGN in reasons:
        yield _ITALICS
    if Reason.BULLET in reasons or Reason.LIST_SIGN in reasons:
        yield _BULLETS


def _pages(practices: Set[Practice]) -> Iterator[Markup]:
    if Practice.NUMBERED_PAGES in practices:
        yield _NUMBERED_PAGES
    if Practice.INFERRED_PAGES in practices:
        yield _INFERRED_PAGES
    if Practice.FORM_FEEDS in practices:
        yield _FORM_FEEDS
    if Practice.EDGES in practices:
        yield _EDGES
    if Practice.OMISSIONS in practices:
        yield _OMISSIONS


def _notes(draft: Draft, practices: Set[Practice]) -> Iterator[Markup]:
    called = {note.place for note in draft.notes if note.called}
    places = (
        (Place.END, "in a list at the end"),
        (Place.FOOT, "at the foot of its page"),
        (Place.BELOW, "in brackets below its paragraph"),
    )
    if where := " and ".join(words for place, words in places if place in called):
        yield _called_notes(where)
    if Practice.LOOSE_NOTES in practices:
        yield _LOOSE_NOTES
    if Practice.REPEATED_CALLS in practices:
        yield _REPEATED_CALLS


def _inferences(draft: Draft, practices: Set[Practice]) -> Iterator[Markup]:
    if draft.dates:
        yield _DATES
    if draft.mentions:
        yield _NAMES
    if draft.mentions or practices & {Practice.INFERRED_PAGES, Practice.FORM_FEEDS, Practice.EDGES}:
        yield _CONCLUSIONS


def _application(encoding: Element, draft: Draft) -> None:
    """``appInfo`` (Guidelines 2.3.11): the program, the conventions of plain text that it found, and its tools."""
    version = _VERSION.match(__version__)
    attributes = {"ident": "teiwright", "version": version[0] if version else "0"}
    information = encoding.add("appInfo")
    application = information.add("application", attributes)
    child(application, "label", "teiwright")
    for convention in draft.conventions:
        if convention.chosen:
            child(application, "desc", f"{convention.name}: {convention.why}")
    for tool in draft.tools:
        application = information.add("application", {"ident": tool.ident, "version": tool.version})
        child(application, "label", tool.did)
        child(application, "desc", f"sha256 {tool.sha256}")
        for name, sha256 in tool.given:
            child(application, "desc", f"the entries of {name} that are named here, sha256 {sha256}")
