"""What the names of one edition cannot mean: an entry of another kind, or one that a date forbids; and forms of two."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.parsers.expat import ExpatError

from lxml import etree

from teiwright.checking.flaw import Flaw
from teiwright.checking.outline import Places
from teiwright.checking.pointers.resolving import Here, There, mark_of, resolver_of
from teiwright.checking.positions import Positions
from teiwright.diagnostics import Code, Diagnostic, TeiwrightError
from teiwright.loading import load
from teiwright.model import Edition, Kind
from teiwright.naming import Authority, Entry
from teiwright.naming.loading import entries_in
from teiwright.registering.census import Occurrence, tagged
from teiwright.registering.pruning import has_linked_names, names_alone

_WHAT = {Kind.PERSON: "person", Kind.PLACE: "place"}


def contradiction(name: Occurrence, entry: Entry) -> str | None:
    """What about its year speaks against an entry."""
    year = name.year
    if not entry.known_of(year):
        return f"born in {entry.born}, named in {year}"
    if name.corresponds and not entry.alive(year):
        return f"died in {entry.died}, a correspondent in {year}"
    return None if entry.called(name.form, year) else f"not called so in {year}"


def amiss(edition: Edition, files: Collection[Path], base: Path | None = None) -> Iterator[Diagnostic]:
    """What is wrong with the links of an edition's names.

    Entries are those of ``files``, which may be read, and of the edition itself;
    ``base`` is where it is to be thought of as lying.
    """
    positions = Positions(edition.path, edition.tree)
    for flaw in _flaws(edition, files, base):
        related = tuple(positions.at(element) for element in flaw.related)
        yield Diagnostic(flaw.code, positions.at(flaw.element), flaw.message, flaw.hint, related)


def amiss_in_large(path: Path, files: Collection[Path], base: Path | None = None) -> Iterator[Diagnostic]:
    """The same of a file that is too large for a tree: of its text the names alone are kept."""
    if not has_linked_names(path):
        return
    try:
        kept = names_alone(path)
    except (ExpatError, ValueError):  # what is no XML, or not safe, is told elsewhere
        return
    flaws = list(_flaws(Edition(path, kept.tree), files, base))
    places = Places(path, [kept.numbers[element] for flaw in flaws for element in (flaw.element, *flaw.related)])
    for flaw in flaws:
        where, *related = (places.at(kept.numbers[element]) for element in (flaw.element, *flaw.related))
        yield Diagnostic(flaw.code, where, flaw.message, flaw.hint, tuple(related))


def _flaws(edition: Edition, files: Collection[Path], base: Path | None) -> Iterator[Flaw]:
    linked = _linked(edition, frozenset(path.resolve() for path in files), base or edition.path)
    for each in linked:
        form = f"`{each.name.form}`"
        if each.entry.kind is not each.name.kind:
            message = f"{form} is tagged as a {_WHAT[each.name.kind]} and linked to the {_WHAT[each.entry.kind]} "
            hint = "link it to whom or what it means, or tag it as what it is"
            yield Flaw(Code.NAME_OF_ANOTHER_KIND, each.element, f"{message}`{each.entry.id}`", hint)
        elif why := contradiction(each.name, each.entry):
            hint = "link it to a namesake, or correct the date of the entry or of the document"
            yield Flaw(Code.DATE_AGAINST_LINK, each.element, f"{form} cannot mean `{each.entry.id}`: {why}", hint)
    for first, other in _forms_of_two(linked):
        message = f"`{other.name.form}` means `{other.entry.id}` here and `{first.entry.id}` before"
        yield Flaw(Code.FORM_OF_TWO, other.element, message, "look whether both are meant", (first.element,))


@dataclass(frozen=True, slots=True)
class _Linked:
    """A name that leads to an entry."""

    element: etree._Element
    name: Occurrence
    entry: Entry


def _linked(edition: Edition, files: frozenset[Path], base: Path) -> list[_Linked]:
    own = Authority(entries_in(edition.path, edition.tree.getroot()))
    resolver = resolver_of(edition.tree, base)
    found = []
    for element, name in tagged(edition):
        for pointer in (element.get("ref") or "").split():
            match resolver.target(mark_of(element), pointer):
                case Here(fragment):
                    entry = own.by_id.get(fragment)
                case There(path, mode, fragment) if fragment and mode and path in files:
                    entry = _authority(path, path.stat().st_mtime_ns).by_id.get(fragment)
                case _:
                    entry = None
            if entry is not None:
                found.append(_Linked(element, name, entry))
                break
    return found


@lru_cache(maxsize=16)
def _authority(path: Path, _changed: int) -> Authority:
    """Read once for all documents; a file that is no TEI has no entries, which is told where it is read for naming."""
    try:
        return Authority(entries_in(path, load(path).tree.getroot()))
    except TeiwrightError:
        return Authority()


def _forms_of_two(linked: list[_Linked]) -> Iterator[tuple[_Linked, _Linked]]:
    """Each entry that a form means beside the first one, where it first does."""
    first: dict[tuple[str, Kind], dict[str, _Linked]] = {}
    for each in linked:
        meant = first.setdefault((each.name.form, each.name.kind), {})
        if each.entry.id not in meant:
            meant[each.entry.id] = each
            if len(meant) > 1:
                yield next(iter(meant.values())), each
