"""Notes in brackets below the paragraph that calls them: ``[Footnote 1: Not printed.]``, as Project Gutenberg has them.

The text calls each by its mark in brackets: ``[1]``, ``[A]``, ``[*]``. Marks may begin anew with each chapter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from teiwright.model import Convention, Habit, Place, Reason, Span
from teiwright.parsing.conventions.callouts import Candidate
from teiwright.parsing.conventions.note_lists import FoundNote, NoteList
from teiwright.parsing.lines import Mark
from teiwright.parsing.wording import counted

_MARK = r"(?P<mark>\d{1,4}[a-z]?|[A-Za-z]{1,2}|\*{1,4}|[†‡§¶]{1,3})"
_NOTE = re.compile(rf"\[(?:Foot-?note|Fu(?:ß|ss)note|Anmerkung|Note)[ \xa0]+{_MARK}[:.]\s*(?=\S)", re.IGNORECASE)
_CALL = re.compile(rf"\[{_MARK}\]")
_BRACKET = re.compile(r"[\[\]]")
_REST_OF_LINE = re.compile(r"[ \t\r]*(?=\n|\Z)")
_SURE = 4.0


class _Found(NamedTuple):
    note: FoundNote
    start: int
    end: int
    call: Candidate | None


def find(text: str) -> list[NoteList]:
    """The notes, those that nothing parts as one list; one that nothing calls is a list of its own."""
    openings = [match for match in _NOTE.finditer(text) if _begins_line(text, match.start())]
    lists: list[NoteList] = []
    for run in _runs(text, openings) if openings else ():
        before = lists[-1].span.end if lists else 0
        start = run[0].start
        calls = tuple(found.call for found in run if found.call is not None)
        notes = tuple(found.note for found in run)
        lists.append(NoteList(notes, Span(start, run[-1].end), Span(before, start), calls))
    return lists


def _runs(text: str, openings: Sequence[re.Match[str]]) -> Iterator[list[_Found]]:
    """Notes that only white space parts and that the text calls; any other by itself."""
    run: list[_Found] = []
    for found in _notes(text, openings):
        alone = found.call is None or not run or run[-1].call is None
        if run and (alone or text[run[-1].end : found.start].strip()):
            yield run
            run = []
        run.append(found)
    if run:
        yield run


def _begins_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()


def _notes(text: str, openings: Sequence[re.Match[str]]) -> Iterator[_Found]:
    """Each note up to the bracket that closes it, which ends its line."""
    closings = _closings(text, openings[0].start())
    calls = _calls(text)
    at = 0
    for match in openings:
        end = closings.get(match.start(), 0)
        if match.start() < at or end <= match.end() or _REST_OF_LINE.match(text, end) is None:
            continue
        label = Span(match.start(), match.start() + len(match.group().rstrip()))
        note = FoundNote(match["mark"], label, Span(match.end(), end - 1), Place.BELOW)
        yield _Found(note, match.start(), end, _call(calls, match["mark"], match.start()))
        at = end


def _closings(text: str, start: int) -> dict[int, int]:
    """The end of what each opening bracket encloses."""
    waiting: list[int] = []
    ends: dict[int, int] = {}
    for bracket in _BRACKET.finditer(text, start):
        if bracket.group() == "[":
            waiting.append(bracket.start())
        elif waiting:
            ends[waiting.pop()] = bracket.end()
    return ends


def _calls(text: str) -> dict[str, list[Candidate]]:
    """Everything in the text that may call a note, by mark, the last first."""
    found: dict[str, list[Candidate]] = defaultdict(list)
    for match in reversed(list(_CALL.finditer(text))):
        mark = match["mark"]
        signs = (Span(match.start(), match.start() + 1), Span(match.end() - 1, match.end()))
        number = int(mark) if mark.isdecimal() else None
        if not _begins_line(text, match.start()):
            found[mark].append(Candidate(Span(*match.span("mark")), mark, number, _SURE, signs=signs))
    return found


def _call(calls: dict[str, list[Candidate]], mark: str, before: int) -> Candidate | None:
    """The first call with a mark that no earlier note has answered."""
    waiting = calls.get(mark)
    return waiting.pop() if waiting and waiting[-1].span.start < before else None


def closing(lists: Sequence[NoteList]) -> list[Mark]:
    """The brackets that close the notes."""
    ends = [note.span.end for found in lists for note in found.notes]
    return [Mark(Span(end, end + 1), Reason.NOTE_LABEL) for end in ends]


def convention(lists: Sequence[NoteList]) -> Convention:
    """Whether the text has notes in brackets below its paragraphs."""
    return _convention(sum(len(found.notes) for found in lists))


@lru_cache
def _convention(count: int) -> Convention:
    return Convention(Habit.BRACKETED_NOTES.value, count > 0, float(count > 0), counted(count, "note"))
