"""A document held against a RELAX NG schema alone: read as a stream, so that memory does not grow with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from teiwright.checking import telling
from teiwright.checking.marks import MarkFlaw
from teiwright.checking.order import unordered_notes, unordered_pages
from teiwright.checking.outline import MOST, Outline, Places
from teiwright.checking.pointers import Around, duplicate_ids, follow
from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.relaxng import Finding, Kind, Schema


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a document, its ``xml:id``, and where that stands; the files that the verdict depends on.

    ``links`` is whether some of its names may lead to entries of persons or places.
    """

    findings: tuple[Diagnostic, ...]
    name: tuple[str, Location] | None = None
    depends: frozenset[Path] = frozenset()
    links: bool = False


def check_stream(path: Path, schema: Schema, around: Around) -> Checked:
    """What is wrong with a document. Raises ``TeiwrightError`` if the schema or the file cannot be used."""
    outline = Outline()
    found = telling.validated(schema, path, outline)
    broken = next((each for each in found if each.kind is Kind.NOT_WELL_FORMED), None)
    if broken is not None:
        return Checked((_not_well_formed(path, broken),))
    told = list(telling.told(schema, found)) if found else []
    flaws, depends = beside_the_grammar(outline, around)
    name = outline.root.id if outline.root else None
    known = None if name is None else (name, _at_root(path, outline))
    if not told and not flaws and not outline.is_full:
        return Checked((), known, depends, outline.links)
    is_whole = not outline.is_full and all(each.kind is not Kind.UNSAFE for each in found)
    numbers = {finding.element for finding, *_ in told}
    numbers.update(mark.number for flaw in flaws for mark in (flaw.mark, *flaw.related))
    places = Places(path, sorted(numbers))
    findings = (*_of_grammar(told, places), *_of_outline(flaws, places), *_of_limit(path, outline))
    return Checked(findings, known, depends, outline.links or not is_whole)


def _at_root(path: Path, outline: Outline) -> Location:
    place, tag = outline.root_place, outline.root.local if outline.root else ""
    return Location(str(path), place.line, place.column, f"/{tag}", place.offset)


def beside_the_grammar(outline: Outline, around: Around) -> tuple[list[MarkFlaw], frozenset[Path]]:
    """What no schema says; and the files on which that depends."""
    marks = outline.marks
    if not marks:
        return [], frozenset(around.wholes)
    followed = follow(marks, around)
    order = (*unordered_pages(outline.numbered), *unordered_notes(outline.numbered))
    return [*duplicate_ids(marks, around), *followed.flaws, *order], followed.consulted


def _of_grammar(told: Iterable[telling.Told], places: Places) -> Iterator[Diagnostic]:
    for finding, code, message, hint in told:
        yield Diagnostic(code, places.at(finding.element, finding.place), message, hint)


def _of_outline(flaws: Iterable[MarkFlaw], places: Places) -> Iterator[Diagnostic]:
    for flaw in flaws:
        related = tuple(places.at(mark.number) for mark in flaw.related)
        yield Diagnostic(flaw.code, places.at(flaw.mark.number), flaw.message, flaw.hint, related)


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
