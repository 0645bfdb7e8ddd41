"""What the parts of the encoder share while one document is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import TYPE_CHECKING

from teiwright.encoding.annotations import Nested, certainty
from teiwright.encoding.ids import Ids, id_of_page, ids_of_notes
from teiwright.encoding.vocabulary import XML_ID, legal
from teiwright.model import Certainty, Draft, Note, NoteCall, PageBreak

if TYPE_CHECKING:
    from teiwright.encoding.elements import Element
    from teiwright.model import Content

FillNote = Callable[["Writer", "Element", "Content"], None]


class Practice(Enum):
    """What was really done in a document, for its ``editorialDecl``."""

    NUMBERED_PAGES = "numbered pages"
    INFERRED_PAGES = "inferred pages"
    FORM_FEEDS = "form feeds"
    EDGES = "page numbers at the edges of pages"
    OMISSIONS = "omissions"
    REPEATED_CALLS = "repeated calls"
    LOOSE_NOTES = "loose notes"


def _practices(page: PageBreak) -> set[Practice]:
    if not page.inferred:
        return {Practice.NUMBERED_PAGES}
    by_sign = {Practice.FORM_FEEDS} if page.span else set()
    return by_sign | ({Practice.EDGES} if page.n else set()) or {Practice.INFERRED_PAGES}


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

    def name_page(self, element: Element, page: PageBreak) -> None:
        """``@n`` and ``@xml:id`` of a page break, if its number is known."""
        self.practices |= _practices(page)
        if page.n:
            element.attributes |= {"n": legal(page.n), XML_ID: id_of_page(page.n, self.ids)}

    def called_note(self, parent: Element, call: NoteCall) -> None:
        """The note at its callout; a reference if it stands at an earlier callout already."""
        if call.note not in range(len(self.draft.notes)):
            return
        if call.note not in self._waiting:
            self.practices.add(Practice.REPEATED_CALLS)
            reference = parent.add("ref", {"type": "note", "target": f"#{self._names[call.note]}"})
            reference.content.append(legal(call.mark))
        else:
            self._note(parent, call.note, call.mark, call.certainty)

    def loose_notes(self, parent: Element, notes: Iterable[int]) -> None:
        """``noteGrp`` of the notes that no callout calls, at the place where the source has them."""
        known = [n for n in dict.fromkeys(notes) if n in self._waiting]
        if not known:
            return
        self.practices.add(Practice.LOOSE_NOTES)
        group = parent.add("noteGrp", {"type": "unanchored"})
        for index in known:
            if index in self._waiting:
                self._note(group, index, self.draft.notes[index].mark, None)

    def forgotten_notes(self) -> list[int]:
        """Notes that stand nowhere yet."""
        return sorted(self._waiting)

    def _note(self, parent: Element, index: int, mark: str, of_call: Certainty | None) -> None:
        self._waiting.remove(index)
        note = self.draft.notes[index]
        attributes = {XML_ID: self._names[index]} | ({"n": legal(mark)} if mark else {}) | {"place": "foot"}
        element = parent.add("note", attributes | certainty(_doubt(note, of_call)))
        self._fill(self, element, note.content)


def _doubt(note: Note, of_call: Certainty | None) -> Certainty | None:
    level = of_call or note.certainty
    return None if level is Certainty.HIGH else level
