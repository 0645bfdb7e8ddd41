"""What the names of one edition cannot mean: an entry of another kind, or one that a date forbids; and forms of two."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from teiwright.checking.positions import Positions
from teiwright.diagnostics import Code, Diagnostic, TeiwrightError
from teiwright.loading import load
from teiwright.model import Edition, Kind
from teiwright.naming import Authority, Entry
from teiwright.naming.loading import entries_in
from teiwright.registering.census import Occurrence, tagged

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
    linked = _linked(edition, frozenset(path.resolve() for path in files), base or edition.path)
    positions = Positions(edition.path, edition.tree)
    for each in linked:
        where, form = positions.at(each.element), f"`{each.name.form}`"
        if each.entry.kind is not each.name.kind:
            message = f"{form} is tagged as a {_WHAT[each.name.kind]} and linked to the {_WHAT[each.entry.kind]} "
            hint = "link it to whom or what it means, or tag it as what it is"
            yield Diagnostic(Code.NAME_OF_ANOTHER_KIND, where, f"{message}`{each.entry.id}`", hint)
        elif why := contradiction(each.name, each.entry):
            hint = "link it to a namesake, or correct the date of the entry or of the document"
            yield Diagnostic(Code.DATE_AGAINST_LINK, where, f"{form} cannot mean `{each.entry.id}`: {why}", hint)
    for first, other in _forms_of_two(linked):
        here, there = positions.at(other.element), positions.at(first.element)
        message = f"`{other.name.form}` means `{other.entry.id}` here and `{first.entry.id}` before"
        yield Diagnostic(Code.FORM_OF_TWO, here, message, "look whether both are meant", (there,))


@dataclass(frozen=True, slots=True)
class _Linked:
    """A name that leads to an entry."""

    element: etree._Element
    name: Occurrence
    entry: Entry


def _linked(edition: Edition, files: frozenset[Path], base: Path) -> list[_Linked]:
    own = Authority(entries_in(edition.path, edition.tree.getroot()))
    found = []
    for element, name in tagged(edition):
        file, _, fragment = next(iter((element.get("ref") or "").split()), "").partition("#")
        authority = _known(base.parent, file, files) if file else own
        if entry := authority.by_id.get(fragment):
            found.append(_Linked(element, name, entry))
    return found


def _known(folder: Path, file: str, files: frozenset[Path]) -> Authority:
    """The entries of a file, if it may be read."""
    with suppress(OSError, ValueError):  # an address that can be no path
        path = (folder / unquote(file)).resolve()
        if path in files:
            return _authority(path, path.stat().st_mtime_ns)
    return Authority()


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
