"""Identifiers that are there twice: in one file, or in files that are read as one (XInclude)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from teiwright.checking.marks import INCLUDE, Mark, MarkFlaw
from teiwright.checking.pointers.around import Around, contents_of, parts_of
from teiwright.checking.pointers.resolving import Resolver
from teiwright.checking.wording import listed, quoted
from teiwright.diagnostics import Code


def duplicate_ids(marks: Sequence[Mark], around: Around) -> Iterator[MarkFlaw]:
    """Every ``xml:id`` that an earlier element has already; files that are included come after the file itself."""
    first: dict[str, Mark] = {}
    includes: list[Mark] = []
    for mark in marks:
        if mark.name == INCLUDE:
            includes.append(mark)
        name = mark.id
        if name is None:
            continue
        if name != name.strip():
            yield MarkFlaw(
                Code.SPACE_IN_ID,
                mark,
                f"@xml:id {quoted(name)} of `{mark.local}` has white space at its ends",
                "remove it: some programs take it for a part of the id",
            )
        other = first.setdefault(" ".join(name.split()), mark)
        if other is not mark:
            yield MarkFlaw(
                Code.DUPLICATE_ID,
                mark,
                f"@xml:id {quoted(name)} is there already, on an earlier `{other.local}`",
                "give one of the two another id, and look which of them pointers mean",
                (other,),
            )
    if includes:
        yield from _across(includes, Resolver(marks, around), around, set(first))


def _across(includes: Sequence[Mark], resolver: Resolver, around: Around, known: set[str]) -> Iterator[MarkFlaw]:
    """The ids of included files. A part of a file (@xpointer) is not looked at, as it may leave them out."""
    for include in includes:
        attributes = include.attributes
        href = attributes.get("href", "")
        if "xpointer" in attributes or not href:
            continue
        target = resolver.file_of(include, href.strip())
        if target is None or not target.is_file():
            continue
        held = [contents for path in (target, *parts_of(target, around)) if (contents := contents_of(path))]
        ids = [name for contents in held for name in contents.ids]
        if twice := [name for name in dict.fromkeys(ids) if name in known]:
            message = f"ids in {quoted(href)} stand in this document already: {listed(twice)}"
            yield MarkFlaw(
                Code.DUPLICATE_ID, include, message, "rename them in one of the files, with what points to them"
            )
        known.update(ids)
