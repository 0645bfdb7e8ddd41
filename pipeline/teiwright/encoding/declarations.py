"""``encodingDesc`` (Guidelines 2.3): the rules that were really applied to this document, and by what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from teiwright import __version__
from teiwright.encoding.metadata import child
from teiwright.encoding.vocabulary import Attributes
from teiwright.encoding.writer import Practice
from teiwright.model import Draft, Place, Reason

if TYPE_CHECKING:
    from collections.abc import Set

    from teiwright.encoding.elements import Element

_VERSION = re.compile(r"\d+(\.\d+){0,2}")
_QUOTATION_MARK = re.compile('["“”„«»‘]')
_HYPHEN_AT_LINE_END = re.compile(r"-(?<=\w-)[ \t]*\r?\n[ \t]*\w")

_Rule = tuple[str, Attributes, str]


def write_encoding(header: Element, draft: Draft, practices: Set[Practice]) -> None:
    """``editorialDecl`` and ``appInfo``."""
    encoding = header.add("encodingDesc")
    editorial = encoding.add("editorialDecl")
    for name, attributes, sentence in _rules(draft, practices):
        element = editorial if name == "p" else editorial.add(name, attributes)
        element.add("p").content.append(sentence)
    _application(encoding, draft)


def _rules(draft: Draft, practices: Set[Practice]) -> Iterator[_Rule]:
    yield "correction", {}, "No reading of the source was corrected."
    yield from _spelling(draft)
    yield from _pages(practices)
    yield from _notes(draft, practices)
    yield from _inferences(draft, practices)


def _spelling(draft: Draft) -> Iterator[_Rule]:
    text = draft.source.text
    if _HYPHEN_AT_LINE_END.search(text):
        yield "hyphenation", {"eol": "all"}, "Hyphens at line ends stand as in the source."
    if _QUOTATION_MARK.search(text):
        yield "quotation", {"marks": "all"}, "Quotation marks stand as characters, as in the source."
    reasons = [entry.reason for entry in draft.ledger]
    if "\n" in text or Reason.LAYOUT in reasons:
        yield (
            *("normalization", {}),
            "White space that lays the source out became markup or one space; nothing else was changed.",
        )
    if Reason.STRIKE_SIGN in reasons:
        yield "p", {}, "Signs in the source that strike text through became del."
    if Reason.BULLET in reasons or Reason.LIST_SIGN in reasons:
        yield "p", {}, "Signs in the source that begin the items of a list became list and item."


def _pages(practices: Set[Practice]) -> Iterator[_Rule]:
    if Practice.NUMBERED_PAGES in practices:
        yield "p", {}, "Page marks in the source became pb; their number is its n."
    if Practice.INFERRED_PAGES in practices:
        yield (
            *("segmentation", {}),
            "Where notes at the foot of a page interrupt the text, the page is taken to end: "
            "what stands before and after them is joined, with an inferred pb between.",
        )
    if Practice.OMISSIONS in practices:
        yield "p", {}, "A line of dots or asterisks for omitted text is kept, with a gap before it."


def _notes(draft: Draft, practices: Set[Practice]) -> Iterator[_Rule]:
    called = {note.place for note in draft.notes if note.called}
    where = " and ".join(
        words
        for place, words in ((Place.END, "in a list at the end"), (Place.FOOT, "at the foot of its page"))
        if place in called
    )
    if where:
        yield (
            *("p", {}),
            f"A note that the source has {where} stands at its callout; "
            "the callout is its n, and the label before its text was dropped.",
        )
    if Practice.LOOSE_NOTES in practices:
        yield (
            *("p", {}),
            "A note whose callout the source does not have stands in a noteGrp where the source has it.",
        )
    if Practice.REPEATED_CALLS in practices:
        yield "p", {}, "Where a note is called again, a ref points to it."


def _inferences(draft: Draft, practices: Set[Practice]) -> Iterator[_Rule]:
    if draft.dates:
        yield "stdVals", {}, "Dates that a rule recognised carry their value in the form of W3C XML Schema."
    if draft.mentions:
        yield (
            *("p", {}),
            "Names of persons and places were recognised by rules, lists and a model; evidence names which, "
            "and ref points to the entry of the authority file that alone fits.",
        )
    if draft.mentions or Practice.INFERRED_PAGES in practices:
        yield "interpretation", {}, "What a rule concluded carries resp, and cert for how sure it was."


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
