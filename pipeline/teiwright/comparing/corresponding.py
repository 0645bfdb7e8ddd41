"""What each stretch of the source became in the edition, for who wants to see the two side by side."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from teiwright.comparing.accounting import edition_text
from teiwright.comparing.aligning import Alignment
from teiwright.comparing.edition_text import EditionText, Place, Stream, read_edition
from teiwright.comparing.proving import alignments_of
from teiwright.comparing.source_text import SourceText, read_source
from teiwright.comparing.squeezed import Squeezed
from teiwright.model import Edition, Piece, Source

LABEL_OF_NOTE = "label of a note"
LOST = "not in the edition"


def corresponding(source: Source, edition: Edition) -> tuple[Piece, ...]:
    """All ink of the source in its order, each stretch with the place in the edition that has it, or why none has.

    Like the proof, this knows the two files alone, so that it is true of an edition that a person edited.
    """
    theirs = read_source(source.text)
    tags = _Tags()
    ours = edition_text(edition, tags.read)
    alignments, located = alignments_of(theirs, ours)
    pieces = [piece for alignment in alignments for piece in _pieces(alignment, tags)]
    for note, block in zip(ours.notes, located.blocks, strict=True):
        for label in block.label if block is not None else ():
            spans = _spans(theirs.ink, *label) if label[0] < label[1] else ()
            pieces += (Piece(start, end, tags.tag_at(note.place), 0, LABEL_OF_NOTE) for start, end, _ in spans)
    return tuple(sorted(_with_lost(pieces, theirs)))


def _with_lost(pieces: list[Piece], source: SourceText) -> Iterator[Piece]:
    """Also the ink for which nothing was found."""
    covered = sorted((piece.start, piece.end) for piece in pieces)
    yield from pieces
    done = 0
    for start, end in [*covered, (len(source.text), len(source.text))]:
        if start > done:
            ink = source.ink
            yield from (Piece(*span[:2], -1, 0, LOST) for span in _spans(ink, ink.index_at(done), ink.index_at(start)))
        done = max(done, end)


@dataclass(slots=True)
class _Tags:
    """Where the tags of a document stand; ``Piece.tag`` is a tag's number in their order, counted from 0."""

    places: list[Place] = field(default_factory=list)

    def read(self, data: bytes) -> EditionText:
        """Read a document, and where its tags are."""
        self.places.clear()  # another reading may have failed half-way
        return read_edition(data, self.places)

    def tag_at(self, place: Place) -> int:
        """The last tag that begins at a place or before it."""
        return bisect_right(self.places, place) - 1


def _pieces(alignment: Alignment, tags: _Tags) -> Iterator[Piece]:
    """What agrees, stretch by stretch, and what became markup; differences have no counterpart."""
    pair, texts = alignment.pair, _Texts.of(alignment.pair.stream, tags)
    ends = (len(pair.stream.ink.text), len(pair.ink.text))
    steps = [(eaten.mark.at, eaten.start, eaten.mark.at, eaten.end) for eaten in alignment.trail.eaten]
    steps += [(d.edition.start, d.source.start, d.edition.end, d.source.end) for d in alignment.differences]
    ours = theirs = 0
    for step in [*sorted(steps, key=lambda step: (step[1], step[0])), (*ends, *ends)]:
        length = min(step[0] - ours, step[1] - theirs)
        if length > 0:
            yield from _agreeing(alignment, texts, ours, theirs, length)
        ours, theirs = max(ours, step[2]), max(theirs, step[3])
    for eaten in alignment.trail.eaten:
        tag = tags.tag_at(eaten.mark.place)
        for start, end, _ in _spans(pair.ink, eaten.start, eaten.end):
            yield Piece(start, end, tag, 0, eaten.mark.sign.value)


def _agreeing(alignment: Alignment, texts: _Texts, ours: int, theirs: int, length: int) -> Iterator[Piece]:
    ink = alignment.pair.ink
    for begin, end in _runs(texts.starts, ours, ours + length):
        run = bisect_right(texts.starts, begin) - 1
        before = texts.before[run] + begin - texts.starts[run]
        there = theirs + begin - ours
        for start, stop, behind in _spans(ink, there, there + end - begin):
            yield Piece(start, stop, texts.tags[run], before + behind, "")


@dataclass(frozen=True, slots=True)
class _Texts:
    """Behind which tag each run of a stream's ink stands, and how much ink there is between the two."""

    starts: Sequence[int]
    tags: Sequence[int]
    before: Sequence[int]

    @classmethod
    def of(cls, stream: Stream, tags: _Tags) -> _Texts:
        found = [tags.tag_at(place) for place in stream.places]
        before: list[int] = []
        first = 0
        for run, tag in enumerate(found):
            first = first if run and found[run - 1] == tag else stream.ink.starts[run]
            before.append(stream.ink.starts[run] - first)
        return cls(stream.ink.starts, found, before)


def _runs(starts: Sequence[int], begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch, cut where runs begin."""
    at = bisect_right(starts, begin)
    while begin < end:
        stop = min(end, starts[at]) if at < len(starts) else end
        yield begin, stop
        begin, at = stop, at + 1


def _spans(ink: Squeezed, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Where a stretch of ink stands in the whole text, word by word, and how much of the stretch is before it."""
    for start, stop in _runs(ink.starts, begin, end):
        offset = ink.offset(start)
        yield offset, offset + stop - start, start - begin
