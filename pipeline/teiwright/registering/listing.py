"""What the register tells of the names of a collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from teiwright.model import Kind
from teiwright.naming import Authority, Entry
from teiwright.naming.shapes import surname
from teiwright.registering.census import Occurrence
from teiwright.registering.judging import contradiction

_Key = TypeVar("_Key")
_WHAT = {Kind.PERSON: "person", Kind.PLACE: "place"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: how often, what is named, of what kind, the entries, and where or in what forms."""

    count: int
    name: str
    kind: str
    entries: tuple[str, ...] = ()
    more: str = ""


@dataclass(frozen=True)
class Register:
    """The names of some editions and the authority that they are held against."""

    names: tuple[Occurrence, ...]
    authority: Authority

    @cached_property
    def _of_entry(self) -> Mapping[str, tuple[Occurrence, ...]]:
        return _grouped(self.names, lambda name: name.ref)

    @cached_property
    def unlinked(self) -> Mapping[tuple[str, Kind], tuple[Occurrence, ...]]:
        """Names without an entry, by form and kind."""
        return _grouped(self.names, lambda name: None if name.ref else (name.form, name.kind))

    def known(self) -> Iterator[Line]:
        """Entries that are named, and by which forms."""
        for entry in self.authority.entries:
            if found := self._of_entry.get(entry.id):
                forms = ", ".join(f"{form} {count}" for form, count in _counted(name.form for name in found))
                yield Line(len(found), entry.variants[0].text, _WHAT[entry.kind], (entry.id,), forms)

    def new(self) -> Iterator[Line]:
        """Forms that no entry bears."""
        for (form, kind), found in self.unlinked.items():
            if not self.bearers(form, kind):
                yield Line(len(found), form, _WHAT[kind], (), _documents(found))

    def ambiguous(self) -> Iterator[Line]:
        """Forms that some entry bears and that were not linked, and forms that mean two in one document."""
        for (form, kind), found in self.unlinked.items():
            if bearers := self.bearers(form, kind):
                yield Line(len(found), form, _WHAT[kind], tuple(entry.id for entry in bearers), _documents(found))
        linked = (name for name in self.names if name.ref)
        for (document, form, kind), found in _grouped(linked, lambda n: (n.document, n.form, n.kind)).items():
            entries = tuple(sorted({name.ref for name in found if name.ref}))
            if len(entries) > 1:
                yield Line(len(found), form, _WHAT[kind], entries, f"more than one is meant in {document}")

    def unused(self) -> Iterator[Line]:
        """Entries that no edition names."""
        for entry in self.authority.entries:
            if entry.id not in self._of_entry:
                yield Line(0, entry.variants[0].text, _WHAT[entry.kind], (entry.id,))

    def dangling(self) -> Iterator[Line]:
        """Ids that the editions point to and that no entry has."""
        for ref, found in self._of_entry.items():
            if ref not in self.authority.by_id:
                yield Line(len(found), found[0].form, _WHAT[found[0].kind], (ref,), "no entry has this id")

    def contradicted(self) -> Iterator[Line]:
        """Names that cannot mean the entry that they point to, because of a date."""
        for ref, found in self._of_entry.items():
            if (entry := self.authority.by_id.get(ref)) is None:
                continue
            against = _grouped(found, lambda name, entry=entry: _against(name, entry))  # type: ignore[misc]
            for (form, why), names in against.items():
                yield Line(len(names), form, _WHAT[entry.kind], (ref,), f"{why}: {_documents(names)}")

    def certainty(self) -> Iterator[Line]:
        """How many names are tagged, by how sure it was."""
        for (kind, linked, certainty), found in _grouped(
            self.names, lambda name: (name.kind, name.ref is not None, name.certainty or "none stated")
        ).items():
            yield Line(len(found), certainty, _WHAT[kind], (), "linked" if linked else "not linked")

    def bearers(self, form: str, kind: Kind) -> tuple[Entry, ...]:
        """Entries that a form may mean."""
        by_surname = self.authority.by_surname.get(surname(form).casefold(), ()) if kind is Kind.PERSON else ()
        found = {e.id: e for e in (*self.authority.by_form_of(form), *by_surname) if e.kind is kind}
        return tuple(found.values())


LISTS: Mapping[str, Callable[[Register], Iterator[Line]]] = {
    "known": Register.known,
    "new": Register.new,
    "ambiguous": Register.ambiguous,
    "unused": Register.unused,
    "dangling": Register.dangling,
    "contradicted": Register.contradicted,
    "certainty": Register.certainty,
}
"""The lists that there are, by name."""


def _against(name: Occurrence, entry: Entry) -> tuple[str, str] | None:
    """The form, and what about its year speaks against the entry."""
    why = contradiction(name, entry)
    return (name.form, why) if why else None


def _grouped(
    names: Iterable[Occurrence], key: Callable[[Occurrence], _Key | None]
) -> dict[_Key, tuple[Occurrence, ...]]:
    groups: dict[_Key, list[Occurrence]] = {}
    for name in names:
        if (group := key(name)) is not None:
            groups.setdefault(group, []).append(name)
    return {group: tuple(found) for group, found in groups.items()}


def _counted(values: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(values).items(), key=lambda item: (-item[1], item[0]))


def _documents(found: tuple[Occurrence, ...]) -> str:
    return ", ".join(f"{document} {count}" for document, count in _counted(name.document for name in found))
