"""Identifiers that are there twice: in one file, or in files that are read as one (XInclude)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from teiwright.checking.flaw import Flaw
from teiwright.checking.pointers.around import Around, contents_of, parts_of
from teiwright.checking.pointers.attributes import INCLUDE
from teiwright.checking.pointers.resolving import Resolver
from teiwright.checking.positions import XML_ID, elements_of, local
from teiwright.checking.wording import listed, quoted
from teiwright.diagnostics import Code


def duplicate_ids(root: etree._Element, around: Around | None = None) -> Iterator[Flaw]:
    """Every ``xml:id`` that an earlier element has already; files that are included come after the file itself."""
    first: dict[str, etree._Element] = {}
    for element in elements_of(root):
        name = element.get(XML_ID)
        if name is None:
            continue
        if name != name.strip():
            yield Flaw(
                Code.SPACE_IN_ID,
                element,
                f"@xml:id {quoted(name)} of `{local(element)}` has white space at its ends",
                "remove it: some programs take it for a part of the id",
            )
        other = first.setdefault(" ".join(name.split()), element)
        if other is not element:
            yield Flaw(
                Code.DUPLICATE_ID,
                element,
                f"@xml:id {quoted(name)} is there already, on an earlier `{local(other)}`",
                "give one of the two another id, and look which of them pointers mean",
                (other,),
            )
    if around is not None:
        yield from _across(root, around, set(first))


def _across(root: etree._Element, around: Around, known: set[str]) -> Iterator[Flaw]:
    """The ids of included files. A part of a file (@xpointer) is not looked at, as it may leave them out."""
    resolver: Resolver | None = None
    for include in root.iter(INCLUDE):
        if include.get("xpointer") is not None or not include.get("href"):
            continue
        resolver = resolver or Resolver(root, around)
        target = resolver.file_of(include, str(include.get("href")).strip())
        if target is None or not target.is_file():
            continue
        held = [contents for path in (target, *parts_of(target, around)) if (contents := contents_of(path))]
        ids = [name for contents in held for name in contents.ids]
        if twice := [name for name in dict.fromkeys(ids) if name in known]:
            message = f"ids in {quoted(str(include.get('href')))} stand in this document already: {listed(twice)}"
            yield Flaw(Code.DUPLICATE_ID, include, message, "rename them in one of the files, with what points to them")
        known.update(ids)
