"""A document held against a RELAX NG schema alone: read as a stream, so that memory does not grow with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from teiwright.checking import telling
from teiwright.checking.flaw import Flaw
from teiwright.checking.order import unordered_notes, unordered_pages
from teiwright.checking.outline import MOST, Outline, Places
from teiwright.checking.pointers import Around, consulted, dangling_pointers, duplicate_ids
from teiwright.checking.positions import XML_ID
from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.relaxng import Finding, Kind, Place, Schema


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a document, its ``xml:id``, and where that stands; the files that the verdict depends on."""

    findings: tuple[Diagnostic, ...]
    name: tuple[str, Location] | None = None
    depends: frozenset[Path] = frozenset()


def check_stream(path: Path, schema: Schema, around: Around) -> Checked:
    """What is wrong with a document. Raises ``TeiwrightError`` if the schema or the file cannot be used."""
    outline = Outline()
    found = telling.validated(schema, path, outline)
    broken = next((each for each in found if each.kind is Kind.NOT_WELL_FORMED), None)
    if broken is not None:
        return Checked((_not_well_formed(path, broken),))
    told = list(telling.told(schema, found))
    flaws = [] if outline.root is None else list(_beside_the_grammar(outline.root, around))
    root = outline.root
    depends = frozenset() if root is None else consulted(root, around)
    name = None if root is None else root.get(XML_ID)
    if not told and not flaws and not outline.is_full:
        here = None if root is None or name is None else _first(path, outline.place(root), str(root.tag))
        return Checked((), None if name is None or here is None else (name, here), depends)
    places = _places(path, outline, told, flaws)
    findings = (*_of_grammar(told, places), *_of_outline(flaws, outline, places), *_of_limit(path, outline))
    known = None if root is None or name is None else (name, places.at(1, outline.place(root)))
    return Checked(findings, known, depends)


def _first(path: Path, place: Place, tag: str) -> Location:
    return Location(str(path), place.line, place.column, f"/{tag.rpartition('}')[2]}", place.offset)


def _beside_the_grammar(root: etree._Element, around: Around) -> Iterator[Flaw]:
    yield from duplicate_ids(root, around)
    yield from dangling_pointers(root, around)
    yield from unordered_pages(root)
    yield from unordered_notes(root)


def _places(path: Path, outline: Outline, told: Iterable[telling.Told], flaws: Iterable[Flaw]) -> Places:
    numbers = {1, *(finding.element for finding, *_ in told)}
    for flaw in flaws:
        numbers |= {outline.number(element) for element in (flaw.element, *flaw.related)}
    return Places(path, sorted(numbers))


def _of_grammar(told: Iterable[telling.Told], places: Places) -> Iterator[Diagnostic]:
    for finding, code, message, hint in told:
        yield Diagnostic(code, places.at(finding.element, finding.place), message, hint)


def _of_outline(flaws: Iterable[Flaw], outline: Outline, places: Places) -> Iterator[Diagnostic]:
    def at(element: etree._Element) -> Location:
        return places.at(outline.number(element), outline.place(element))

    for flaw in flaws:
        yield Diagnostic(flaw.code, at(flaw.element), flaw.message, flaw.hint, tuple(map(at, flaw.related)))


def _of_limit(path: Path, outline: Outline) -> Iterator[Diagnostic]:
    if outline.is_full:
        message = f"the document has more than {MOST:,} elements with ids or pointers; the rest was not followed"
        yield Diagnostic(Code.POINTER_NOT_FOLLOWED, Location(str(path)), message, "split it into several files")


def _not_well_formed(path: Path, finding: Finding) -> Diagnostic:
    """In the words of the reader, which knows which tag was to be closed; a large file it does not read."""
    from teiwright.loading import LARGEST, load  # noqa: PLC0415 (only for what is broken)

    if path.stat().st_size <= LARGEST:
        try:
            load(path)
        except TeiwrightError as error:
            return error.finding
    where = Location(str(path), finding.place.line, finding.place.column, None, finding.place.offset)
    hint = "open the file in an XML editor at this place: every tag must be closed and every attribute quoted"
    return Diagnostic(Code.NOT_WELL_FORMED, where, f"the file is no well-formed XML: {finding.subject}", hint)
