"""What the parts of the encoder share while one document is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import TYPE_CHECKING

from lxml.etree import SubElement

from teiwright.encoding.annotations import Nested, certainty
from teiwright.encoding.ids import Ids, id_of_page, ids_of_notes
from teiwright.encoding.vocabulary import XML_ID, legal, tag
from teiwright.model import Certainty, Draft, Note, NoteCall, PageBreak

if TYPE_CHECKING:
    from lxml.etree import _Element

    from teiwright.model import Content

FillNote = Callable[["Writer", "_Element", "Content"], None]
_NOTE, _NOTE_GROUP, _REF = map(tag, ("note", "noteGrp", "ref"))


class Practice(Enum):
    """What was really done in a document, for its ``editorialDecl``."""

    NUMBERED_PAGES = "numbered pages"
    INFERRED_PAGES = "inferred pages"
    OMISSIONS = "omissions"
    REPEATED_CALLS = "repeated calls"
    LOOSE_NOTES = "loose notes"


class Writer:
    """One document being written: its text, its identifiers, its notes, and what was done so far."""

    def __init__(self, draft: Draft, annotations: Nested, ids: Ids, fill: FillNote) -> None:
        self.draft = draft
        self.text = legal(draft.source.text)
        self.annotations = annotations
        self.ids = ids
        self.practices: set[Practice] = set()
        self._fill = fill
        self._names = ids_of_notes(draft.notes, ids)
        self._waiting = set(range(len(draft.notes)))

    def name_page(self, element: _Element, page: PageBreak) -> None:
        """``@n`` and ``@xml:id`` of a page break, if its number is known."""
        self.practices.add(Practice.INFERRED_PAGES if page.inferred else Practice.NUMBERED_PAGES)
        if page.n:
            element.set("n", legal(page.n))
            element.set(XML_ID, id_of_page(page.n, self.ids))

    def called_note(self, parent: _Element, call: NoteCall) -> _Element | None:
        """The note at its callout; a reference if it stands at an earlier callout already."""
        if call.note not in range(len(self.draft.notes)):
            return parent[-1] if len(parent) else None
        if call.note not in self._waiting:
            self.practices.add(Practice.REPEATED_CALLS)
            reference = SubElement(parent, _REF, {"type": "note", "target": f"#{self._names[call.note]}"})
            reference.text = legal(call.mark)
            return reference
        return self._note(parent, call.note, call.mark, call.certainty)

    def loose_notes(self, parent: _Element, notes: Iterable[int]) -> None:
        """``noteGrp`` of the notes that no callout calls, at the place where the source has them."""
        known = [n for n in dict.fromkeys(notes) if n in self._waiting]
        if not known:
            return
        self.practices.add(Practice.LOOSE_NOTES)
        group = SubElement(parent, _NOTE_GROUP, {"type": "unanchored"})
        for index in known:
            if index in self._waiting:
                self._note(group, index, self.draft.notes[index].mark, None)

    def forgotten_notes(self) -> list[int]:
        """Notes that stand nowhere yet."""
        return sorted(self._waiting)

    def _note(self, parent: _Element, index: int, mark: str, of_call: Certainty | None) -> _Element:
        self._waiting.remove(index)
        note = self.draft.notes[index]
        attributes = {XML_ID: self._names[index]} | ({"n": legal(mark)} if mark else {}) | {"place": "foot"}
        element = SubElement(parent, _NOTE, attributes | certainty(_doubt(note, of_call)))
        self._fill(self, element, note.content)
        return element


def _doubt(note: Note, of_call: Certainty | None) -> Certainty | None:
    level = of_call or note.certainty
    return None if level is Certainty.HIGH else level
