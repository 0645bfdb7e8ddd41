"""What holds for every text: parsing never fails, and content and ledger cover it exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teiwright.model import Draft, Metadata, NoteCall, Reason, Source, Span, Text
from teiwright.parsing import parse

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
HABITS = sorted((Path(__file__).parent / "habits").glob("*.txt"))

PIECES = st.sampled_from(
    [
        *("The King left.", "word", "1937,82", "noon,81", " ", "  ", "\n", "\n\n", "\t\t", "-\n", "\r\n"),
        *("[Page 7]", "[Page 7]- (2) ", "[Page", "]", "~~", "¹²", "^{**}", "^{8***}", "*", "**", "†", "[^1]"),
        *("  1. ", "  2. ", "    ", "(1) ", "- (2) ", "\nNotes\n", "\n[^1]: "),
        *("- (a) ", "  • ", "1.\n", "(a)\n", ". . . . .", "“", "”:", "SUBJECT"),
        *("Sir:", "No. 5529", "Respectfully yours,", "Joseph C. Sapt", "[Enclosure]", "June 3, 1931", "P. S.—"),
        *("761.94/1181", "\u00a0", "\u2028", "é", "𝔘", "\u202e"),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=60).map("".join)


def spans(tree: object) -> Iterator[Span]:
    match tree:
        case Text(span):
            yield span
        case Span() | str() | None:
            return
        case tuple():
            for part in tree:
                yield from spans(part)
        case _ if is_dataclass(tree):
            for part in fields(tree):
                yield from spans(getattr(tree, part.name))
        case _:
            return


def assert_partition(draft: Draft) -> None:
    text = draft.source.text
    kept = [*spans(draft.divisions), *(span for note in draft.notes for span in spans(note.content))]
    covered = sorted([*kept, *(consumed.span for consumed in draft.ledger)])
    at = 0
    for span in covered:
        assert span.start == at, f"{text[at : span.start]!r} is neither text nor consumed, or both"
        at = span.end
    assert at == len(text)
    for consumed in draft.ledger:
        if consumed.reason is Reason.LAYOUT:
            assert not consumed.span.of(text).strip(), f"{consumed.span.of(text)!r} was lost as layout"


@pytest.mark.parametrize("path", [*SEEDS, *HABITS], ids=lambda path: path.stem)
def test_content_and_ledger_partition_a_real_text(path: Path, draft_of: Callable[[str], Draft]) -> None:
    assert_partition(draft_of(path.read_text()))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_content_and_ledger_partition_any_text(text: str) -> None:
    assert_partition(parse(Source(Path("any.txt"), text, "", "utf-8", Metadata("any"))))


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_same_text_same_draft(text: str) -> None:
    source = Source(Path("any.txt"), text, "", "utf-8", Metadata("any"))
    assert parse(source) == parse(source)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_each_callout_calls_a_note_of_its_own(text: str) -> None:
    draft = parse(Source(Path("any.txt"), text, "", "utf-8", Metadata("any")))
    called = sorted(call.note for call in calls((draft.divisions, tuple(note.content for note in draft.notes))))
    assert len(called) == len(set(called))
    assert called == [index for index, note in enumerate(draft.notes) if note.called]


def calls(tree: object) -> Iterator[NoteCall]:
    if isinstance(tree, NoteCall):
        yield tree
    elif isinstance(tree, tuple):
        for part in tree:
            yield from calls(part)
    elif is_dataclass(tree):
        for part in fields(tree):
            yield from calls(getattr(tree, part.name))


@pytest.mark.parametrize("second", SEEDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("first", SEEDS, ids=lambda path: path.stem)
def test_one_document_after_another(first: Path, second: Path, draft_of: Callable[[str], Draft]) -> None:
    """Notes at feet and notes in a list in one text once claimed the same callout."""
    assert_partition(draft_of(f"{first.read_text()}\n\n{second.read_text()}"))
