"""The findings of a proof in words, each with its place in both files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from teiwright.comparing.differing import Event, spaced
from teiwright.comparing.edition_text import Place
from teiwright.comparing.proving import NoteEvent, Proof
from teiwright.comparing.source_text import SourceText
from teiwright.comparing.squeezed import Squeezed
from teiwright.diagnostics import Code, Diagnostic, Lines, Location
from teiwright.model import Span

_HINTS = {
    Code.WORD_MISSING: "put it back, or mark the place with `gap` and the text with `choice`",
    Code.WORD_ADDED: "remove it, or mark it as `supplied` if the editor added it",
    Code.WORD_CHANGED: "restore it, or encode both readings with `choice` (`sic`, `corr`)",
    Code.CHARACTER_CHANGED: "restore it, or encode both readings with `choice` (`sic`, `corr`)",
    Code.TEXT_MOVED: "move it back to where the source has it",
    Code.WORDS_JOINED: "put the space back",
    Code.WORDS_SPLIT: "remove the space",
    Code.NOTE_MISSING: "encode it as `note` where the text calls it",
    Code.NOTE_ADDED: "remove it, or check that its text is that of the source",
    Code.NOTE_MOVED: "move the `note` to where the source has its mark",
    Code.NOTES_EXCHANGED: "give each callout the text that the source lists for it",
    Code.NOTE_MARK_MISSING: "encode the note here, or keep the mark as text",
    Code.NOTE_MARK_ADDED: "move the `note` to where the source has its mark, or to `noteGrp` if it has none",
    Code.NOTE_MARK_CHANGED: "set `@n` to what the source prints",
    Code.PAGE_MARK_MISSING: "encode it as `pb` with this `@n`",
    Code.PAGE_MARK_ADDED: "remove the `pb`, or say with `@resp` and `@cert` that it was inferred",
    Code.PAGE_MARK_CHANGED: "set `pb/@n` to what the source prints",
    Code.PAGE_MARK_MOVED: "move the `pb` to where the source has its mark",
    Code.LABEL_ADDED: "remove `@n`, or set it to the label that the source prints",
}
_MESSAGES = {
    Code.WORD_MISSING: "the edition lacks {theirs} of the source, {between}",
    Code.WORD_ADDED: "the edition has {ours}, the source nothing, {between}",
    Code.TEXT_MOVED: "the edition has {ours} {after_ours}, the source {between}",
    Code.NOTE_MISSING: "the edition lacks a note of the source: {theirs}",
    Code.NOTE_MOVED: "the edition calls note {ours} {after_ours}, the source {after}",
    Code.NOTE_MARK_MISSING: "the source calls a note {theirs} {after}, the edition has neither note nor mark",
    Code.NOTE_MARK_ADDED: "the edition calls note {ours} {after_ours}, the source has no such mark there",
    Code.PAGE_MARK_MISSING: "the edition lacks the page mark {theirs} of the source, {between}",
    Code.PAGE_MARK_ADDED: "the edition begins page {ours} {after_ours}, the source has no such mark there",
    Code.PAGE_MARK_MOVED: "the edition begins page {ours} {after_ours}, the source {after}",
    Code.LABEL_ADDED: "the edition labels an item {ours}, the source has no such label there",
}
_SHORT = 60


@dataclass(frozen=True, slots=True)
class Files:
    """How the two files are called, and the lines of the source."""

    source_path: str
    edition_path: str
    source: SourceText
    lines: Lines

    def in_source(self, ink: Squeezed, index: int) -> Location:
        """Line and column of a character of the source."""
        return self.lines.at(self.source_path, ink.offset(index) if ink.text else 0)

    def in_edition(self, place: Place) -> Location:
        """Line and column in the TEI file."""
        return Location(self.edition_path, *place)


def diagnostics(proof: Proof, files: Files) -> Iterator[Diagnostic]:
    """One diagnostic for each event."""
    for event in proof.events:
        theirs = files.in_source(event.pair.ink, event.source.start)
        place = event.mark.place if event.mark is not None else event.pair.stream.place(event.edition.start)
        ours = files.in_edition(place)
        # what the source alone has is shown there; everything else is mended in the edition
        where, other = (theirs, ours) if event.ours is None else (ours, theirs)
        yield Diagnostic(event.code, where, _message(event), _HINTS[event.code], (other,))
    for note in proof.notes:
        yield _about_note(note, files)


def _message(event: Event) -> str:
    return _MESSAGES.get(event.code, "the source has {theirs}, the edition {ours}").format(
        theirs=_quoted(event.theirs),
        ours=_quoted(event.ours),
        between=_between(event.pair.ink, event.source),
        after=_after(event.pair.ink, event.source),
        after_ours=_after(event.pair.stream.ink, event.edition),
    )


def _about_note(event: NoteEvent, files: Files) -> Diagnostic:
    note, block = event.note, event.block
    name = _quoted(note.n or "without a mark")
    stream = note.stream.ink
    text = _quoted(spaced(stream, Span(0, min(len(stream.text), _SHORT))))
    where = files.in_edition(note.place)
    related: tuple[Location, ...] = ()
    label = None
    if block is not None:
        related = (files.in_source(files.source.ink, block.beginning.label_start),)
        label = _quoted(block.beginning.label) if block.beginning.label is not None else "no label"
    match event.code:
        case Code.NOTE_ADDED:
            content = f"with the text {text}" if stream.text else "without text"
            message = f"the edition has a note {name} {content}, the source has no such note"
        case Code.NOTE_MARK_CHANGED:
            message = f"the source labels the note {label}, the edition {name}: {text}"
        case _:
            message = f"the edition gives note {name} the text {text}, which the source gives to another one"
    return Diagnostic(event.code, where, message, _HINTS[event.code], related)


def _quoted(text: str | None) -> str:
    if not text:
        return "nothing"
    words = text.split(" ")
    if len(text) <= _SHORT:
        return f"`{text}`"
    if len(words) < 8:
        return f"`{text[: _SHORT - 20]}…{text[-15:]}`"
    head, tail = " ".join(words[:4])[:40], " ".join(words[-3:])[-30:]
    return f"`{head} … {tail}` ({len(words):,} words)"


def _between(ink: Squeezed, span: Span) -> str:
    before, behind = _word_before(ink, span.start), _word_behind(ink, span.end)
    match (before, behind):
        case ("", ""):
            return "where nothing else stands"
        case ("", _):
            return f"before `{behind}`"
        case (_, ""):
            return f"after `{before}`"
        case _:
            return f"between `{before}` and `{behind}`"


def _after(ink: Squeezed, span: Span) -> str:
    before = _word_before(ink, span.start)
    return f"after `{before}`" if before else "at the beginning"


def _word_before(ink: Squeezed, index: int) -> str:
    if index <= 0:
        return ""
    gap = ink.gaps.rfind(b"\1", 0, index)
    return spaced(ink, Span(max(0, gap, index - _SHORT // 2), index))


def _word_behind(ink: Squeezed, index: int) -> str:
    gap = ink.gaps.find(b"\1", index + 1)
    return spaced(ink, Span(index, min(len(ink.text) if gap < 0 else gap, index + _SHORT // 2)))
