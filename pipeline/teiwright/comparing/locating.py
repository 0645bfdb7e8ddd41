"""Where the source has the notes' texts: listed at its end, or in blocks at the foot of a page.

A note's text is looked for at the beginnings of lines, behind a label.
Notes with the same text (``Not printed.``) are told apart by their labels and by their order.
A note that stands nowhere word for word is looked for among the blocks that are left over.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from teiwright.comparing.edition_text import NoteText
from teiwright.comparing.marks import bare
from teiwright.comparing.source_text import Beginning, SourceText, beginnings
from teiwright.comparing.walking import Cursor, Pair

_PREFIXES = (40, 16, 8, 3, 1)
_MOST_CANDIDATES = 40
_FARTHEST_NEIGHBOUR = 200
_ALIKE = 0.55


@dataclass(frozen=True, slots=True)
class Block:
    """Where the source has a note: its label, its text, and whether it agrees word for word.

    ``text_end`` stands before ``end`` if the label opened a bracket: ``[Footnote 1: So in the original.]``.
    """

    beginning: Beginning
    text_end: int
    end: int
    exact: bool

    @property
    def label(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """The ranges of what sets the note off: its label, and the bracket behind its text."""
        return (self.beginning.label_start, self.beginning.text_start), (self.text_end, self.end)


@dataclass(frozen=True, slots=True)
class Located:
    """For each note of the edition its block in the source, if found, and its number in a list from 1.

    ``twins`` are further places where the source has a note, by its number: the same words behind the same label.
    """

    blocks: tuple[Block | None, ...]
    ordinals: tuple[int, ...]
    twins: tuple[tuple[int, Block], ...] = ()

    def with_twin(self, number: int, block: Block) -> Located:
        """The same, but for one note that stands elsewhere."""
        return replace(self, blocks=(*self.blocks[:number], block, *self.blocks[number + 1 :]))


class _Search:
    """The beginnings of the source, by the first characters behind them, and which are taken."""

    def __init__(self, source: SourceText, notes: Sequence[NoteText]) -> None:
        self.source = source
        self.notes = notes
        self.beginnings = list(beginnings(source))
        self.by_prefix: dict[str, list[Beginning]] = defaultdict(list)
        for each in self.beginnings:
            for length in _PREFIXES:
                self.by_prefix[source.ink.text[each.text_start : each.text_start + length]].append(each)
        self.labelled = [each for each in self.beginnings if each.label is not None]
        self.labelled_starts = [each.label_start for each in self.labelled]
        self.by_label: dict[tuple[bool, str | None], list[Beginning]] = defaultdict(list)
        for each in self.labelled:
            self.by_label[each.ordinal, each.label].append(each)
        self.ordinals = ordinals(notes)
        self.blocks: list[Block | None] = [None] * len(notes)
        self.taken: list[tuple[int, int]] = []

    def candidates(self, note: NoteText) -> list[Block]:
        """Every place where the note stands word for word, up to the end of a line."""
        ink = note.stream.ink.text
        first = note.stream.marks[0].at if note.stream.marks else len(ink)
        if not ink:
            return []
        length = next((length for length in _PREFIXES if length <= first), 0)
        found = self.by_prefix[ink[:length]] if length else self.beginnings
        pair = Pair(note.stream, self.source, self.source.ink)
        text = self.source.ink.text
        blocks = (self._exact(pair, each) for each in found if text.startswith(ink[:first], each.text_start))
        return [block for block in blocks if block is not None]

    def _exact(self, pair: Pair, beginning: Beginning) -> Block | None:
        end, agreed = pair.walk(Cursor(source=beginning.text_start))
        last = end.source + _closes(self.source, beginning, end.source)
        if not agreed or not self.source.ends_line(self.source.ink, last):
            return None
        return Block(beginning, end.source, last, exact=True)

    def printed_label(self, number: int) -> tuple[bool, str | None]:
        """The label that repeats the note's mark; a note without a callout has its list label as its mark."""
        note = self.notes[number]
        mark = bare(note.n) if note.n else None
        return (not note.called and mark is not None and mark.isdecimal(), mark)

    def list_label(self, number: int) -> tuple[bool, str | None]:
        """The label that the note has in a list that counts anew."""
        return (True, str(self.ordinals[number]))

    def place_of_neighbour(self, number: int) -> int | None:
        """Where the source has the nearest note of the edition whose block is known."""
        for distance in range(1, _FARTHEST_NEIGHBOUR):
            for other in (number - distance, number + distance):
                block = self.blocks[other] if 0 <= other < len(self.blocks) else None
                if block is not None:
                    return block.beginning.label_start
        return None

    def take(self, number: int, block: Block) -> None:
        self.blocks[number] = block
        self.taken.insert(bisect_left(self.taken, (block.beginning.label_start, 0)), _extent(block))

    def is_free(self, block: Block) -> bool:
        start, end = _extent(block)
        at = bisect_left(self.taken, (start, 0))
        before = self.taken[at - 1][1] if at else 0
        after = self.taken[at][0] if at < len(self.taken) else end
        return before <= start and end <= after


def _closes(source: SourceText, beginning: Beginning, at: int) -> bool:
    """Whether a bracket that the label opens closes here."""
    text = source.ink.text
    label = text[beginning.label_start : beginning.text_start]
    return label[:1] == "[" and "]" not in label and text[at : at + 1] == "]"


def _extent(block: Block) -> tuple[int, int]:
    return block.beginning.label_start, block.end


def ordinals(notes: Sequence[NoteText]) -> list[int]:
    """The number of each note in a list that counts anew from 1; notes without a callout say theirs."""
    said = {bare(note.n) for note in notes if not note.called}
    free = (number for number in count(1) if str(number) not in said)
    return [next(free) if note.called else _number(bare(note.n)) for note in notes]


def _number(mark: str) -> int:
    return int(mark) if mark.isdecimal() else 0


def locate(source: SourceText, notes: Sequence[NoteText]) -> Located:
    """Find the block of each note; first those that agree word for word."""
    search = _Search(source, notes)
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, note in enumerate(notes):
        alike[_signature(note)].append(number)
    found = [(numbers, search.candidates(notes[numbers[0]])) for numbers in alike.values()]
    # where there are as many places as notes there is no choice; they show where the others must be
    for numbers, candidates in sorted(found, key=lambda each: (len(each[0]) != len(each[1]), each[0])):
        _assign(search, numbers, candidates)
    for number in range(len(notes)):
        if search.blocks[number] is None:
            block = _nearest(search, number)
            if block is not None:
                search.take(number, block)
    twins = [twin for numbers, candidates in found for twin in _twins(search, numbers, candidates)]
    return Located(tuple(search.blocks), tuple(search.ordinals), tuple(twins))


def _twins(search: _Search, numbers: list[int], candidates: list[Block]) -> Iterator[tuple[int, Block]]:
    """Where else notes of the same text may stand: where nobody could tell one line from the other."""
    free = [block for block in candidates if search.is_free(block)] if len(candidates) > len(numbers) else []
    for number in numbers:
        taken = search.blocks[number]
        yield from ((number, block) for block in free if taken and _is_same_label(block.beginning, taken.beginning))


def _is_same_label(one: Beginning, other: Beginning) -> bool:
    return (one.ordinal, one.label) == (other.ordinal, other.label)


def _signature(note: NoteText) -> tuple[object, ...]:
    return (note.stream.ink.text, tuple((mark.sign, mark.at, mark.n) for mark in note.stream.marks))


def _assign(search: _Search, numbers: list[int], candidates: list[Block]) -> None:
    """Give notes of the same text their blocks: same label first, then the number in the list, then any."""
    by_label: dict[tuple[bool, str | None], list[Block]] = defaultdict(list)
    for block in candidates:
        by_label[block.beginning.ordinal, block.beginning.label].append(block)
    choose = _take_first if len(numbers) == len(candidates) else _take_beside
    waiting = numbers
    for wanted in (search.printed_label, search.list_label):
        waiting = [number for number in waiting if not choose(search, number, by_label[wanted(number)])]
    for labelled in (True, False):
        left = [block for block in candidates if (block.beginning.label is not None) is labelled]
        waiting = [number for number in waiting if not choose(search, number, left)]
    _put_in_order(search, numbers)


def _put_in_order(search: _Search, numbers: list[int]) -> None:
    """Lists may count anew several times in one source; like notes follow each other as their callouts do."""
    taken = [(number, block) for number in numbers if (block := search.blocks[number]) is not None]
    listed = [(number, block) for number, block in taken if block.beginning.ordinal and search.notes[number].called]
    blocks = sorted((block for _, block in listed), key=lambda block: block.beginning.label_start)
    for (number, _), block in zip(listed, blocks, strict=True):
        search.blocks[number] = block


def _take_first(search: _Search, number: int, blocks: list[Block]) -> bool:
    return _take(search, number, blocks, lambda _: 0)


def _take_beside(search: _Search, number: int, blocks: list[Block]) -> bool:
    """Take the block nearest to that of a neighbour, so that a changed twin does not shift all behind it."""
    place = search.place_of_neighbour(number)
    return _take(search, number, blocks, lambda left: 0 if place is None else _closest(left, place))


def _closest(blocks: list[Block], place: int) -> int:
    at = bisect_left(blocks, place, key=lambda block: block.beginning.label_start)
    near = [number for number in (at - 1, at) if 0 <= number < len(blocks)]
    return min(near, key=lambda number: abs(blocks[number].beginning.label_start - place))


def _take(search: _Search, number: int, blocks: list[Block], choose: Callable[[list[Block]], int]) -> bool:
    while blocks:
        block = blocks.pop(choose(blocks))
        if search.is_free(block):
            search.take(number, block)
            return True
    return False


def _nearest(search: _Search, number: int) -> Block | None:
    """The labelled block left over that is most like a note which was changed."""
    best: tuple[float, Block] | None = None
    for beginning in _leftovers(search, number):
        block, likeness = _most_alike(search, number, beginning)
        if likeness >= _ALIKE and search.is_free(block) and (best is None or likeness > best[0]):
            best = (likeness, block)
    return None if best is None else best[1]


def _leftovers(search: _Search, number: int) -> Iterator[Beginning]:
    """Labelled lines near where the note should be: beside its neighbours', or with its own label."""
    neighbours: list[Beginning] = []
    for other in (number - 1, number + 1):
        block = search.blocks[other] if 0 <= other < len(search.blocks) else None
        if block is not None:
            at = bisect_left(search.labelled_starts, block.beginning.label_start)
            neighbours += search.labelled[max(0, at - 2) : at + 3]
    printed = search.by_label[search.printed_label(number)][:_MOST_CANDIDATES]
    listed = search.by_label[search.list_label(number)][:_MOST_CANDIDATES]
    yield from dict.fromkeys([*neighbours, *printed, *listed])


def _most_alike(search: _Search, number: int, beginning: Beginning) -> tuple[Block, float]:
    """The block, up to the end of some line, that is most like the note; and how like it is."""
    note = search.notes[number]
    wanted = Counter(_words(note.stream.ink.text, note.stream.ink.gaps, 0, len(note.stream.ink.text)))
    best = (Block(beginning, beginning.text_start, beginning.text_start, exact=False), 0.0)
    label = (beginning.ordinal, beginning.label)
    bonus = 0.5 * (label == search.printed_label(number)) + 0.4 * (label == search.list_label(number))
    for end in _line_ends(search.source, beginning, 2 * len(note.stream.ink.text) + 40):
        ink = search.source.ink
        found = Counter(_words(ink.text, ink.gaps, beginning.text_start, end))
        shared = 2 * sum((wanted & found).values()) / max(1, sum(wanted.values()) + sum(found.values()))
        if shared + bonus > best[1]:
            text_end = end - _closes(search.source, beginning, end - 1)
            best = (Block(beginning, text_end, end, exact=False), shared + bonus)
    return best


def _line_ends(source: SourceText, beginning: Beginning, longest: int) -> Iterator[int]:
    offset = source.ink.offset(beginning.text_start)
    while True:
        newline = source.text.find("\n", offset)
        end = source.ink.index_at(newline) if newline >= 0 else len(source.ink.text)
        yield end
        if newline < 0 or end - beginning.text_start > longest:
            return
        offset = newline + 1


def _words(text: str, gaps: bytes, start: int, end: int) -> Iterator[str]:
    begin = start
    while begin < end:
        gap = gaps.find(b"\1", begin + 1, end)
        stop = end if gap < 0 else gap
        yield text[begin:stop]
        begin = stop
