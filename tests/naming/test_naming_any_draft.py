"""What holds for every draft."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from teiwright.model import (
    Dateline,
    Division,
    Draft,
    Kind,
    Metadata,
    Note,
    Opener,
    PageBreak,
    Paragraph,
    Place,
    Source,
    Span,
    Text,
)
from teiwright.naming import Authority, Entry, Variant, name
from teiwright.naming.deciding import decide
from teiwright.naming.found import Found

KNOWN = Authority(
    (
        Entry("togo", Kind.PERSON, (Variant("Shigenori Togo", "main"), Variant("Togo", "variant"))),
        Entry("china", Kind.PLACE, (Variant("China", "main"),)),
        Entry("north-china", Kind.PLACE, (Variant("North China", "main"),)),
    )
)
PIECES = [
    *(
        "Mr.",
        "Togo",
        "Shigenori",
        "China",
        "North",
        "General",
        "Su",
        "Ping-wen",
        "to",
        "the",
        "(Grew)",
        "Messrs.",
    ),
    *(
        "The Ambassador in Japan",
        ",",
        ".",
        "’s",
        "-",
        "\n",
        "[Page 7] ",
        "<1>",
        "{RUNNING HEAD}",
        "Jr.",
        "A. B.",
    ),
    *("de", "and", "&", "Washington", "May 5, 1933", "S.S.", "Maru", "[", "]", "É", "ß"),
]
ZONES = ["head", "dateline", "p", "signed", "participants", "note"]
_BLANK_LINE = re.compile(r"\n\s*\n")
"""No block has one inside."""
TEXTS = st.lists(st.tuples(st.booleans(), st.sampled_from(PIECES) | st.text(max_size=6)), max_size=12).map(
    lambda pieces: _BLANK_LINE.sub("\n", "".join(f"{piece} " if spaced else piece for spaced, piece in pieces))
)
DRAFTS = st.lists(st.tuples(st.sampled_from(ZONES), TEXTS), min_size=1, max_size=5)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(blocks=DRAFTS)
@example(blocks=[("dateline", "Mr. <1>Mr.")])  # once ended with the space before the callout
@example(blocks=[("p", "Gestern sprach Mr. Su vor, und heute geht er. " * 6)])  # a note says that this is no English
def test_only_mentions_change_and_they_are_sound(draft_of, blocks):
    draft = draft_of(*blocks)
    named = name(draft, KNOWN)
    assert replace(named, mentions=(), tools=(), findings=draft.findings) == draft
    assert name(draft, KNOWN) == named == name(named, KNOWN)
    spans = [mention.span for mention in named.mentions]
    assert spans == sorted(spans)
    assert all(0 <= span.start < span.end <= len(draft.source.text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    for span in spans:
        text = span.of(draft.source.text)
        assert text.strip() == text
        assert "\n\n" not in text, "no name crosses the edge of a block"


def interrupted(before: str, note: str, after: str, zone: type[Paragraph | Dateline]) -> Draft:
    """A block that a note at the foot of the page interrupts: the page breaks where the note stands."""
    text = f"{before}\n{note}\n{after}"
    spans = [Span(0, len(before)), Span(len(before) + 1, len(before) + 1 + len(note))]
    spans.append(Span(spans[1].end + 1, len(text)))
    content = (Text(spans[0]), PageBreak(Span(spans[0].end, spans[0].end), None, inferred=True), Text(spans[2]))
    block = Paragraph(content) if zone is Paragraph else Opener((Dateline(content),))
    source = Source(Path("text.txt"), text, "", "utf-8", Metadata("text"))
    notes = (Note("1", "1", Span(0, 0), (Text(spans[1]),), Place.FOOT, True),)
    return Draft(source, (Division("document", (block,)),), notes, ())


@pytest.mark.parametrize("zone", [Paragraph, Dateline])
def test_a_name_never_covers_a_note_that_interrupts_it(zone):
    draft = interrupted("In North", "Mr. Togo said so.", "China, May 5, 1933", zone)
    texts = [m.span.of(draft.source.text) for m in name(draft, KNOWN).mentions]
    assert texts == ["Togo", "China"]


def test_of_two_that_overlap_the_longer_stays_and_of_equals_the_surer():
    short = Found(0, 4, Kind.PERSON, 0.9, "title", "")
    long = Found(0, 10, Kind.PLACE, 0.8, "authority", "")
    surer = Found(0, 10, Kind.PERSON, 0.85, "signature", "")
    assert decide([short, long]) == (long,)
    assert decide([short, long, surer]) == (surer,)
    assert decide([long], kept=[short]) == (short,)


def test_time_grows_with_the_text_and_not_faster(draft_of):
    hostile = [
        "Mr. " + " " * 3000,
        "A" * 3000,
        "A-" * 1500,
        "Mr. A. " * 400,
        "(" * 3000,
        "A. " * 1000,
        "Messrs. A " * 300,
    ]

    def seconds(times: int) -> float:
        draft = draft_of(*(("p", text * times) for text in hostile), *(("head", text * times) for text in hostile))
        begin = process_time()
        name(draft, KNOWN)
        return process_time() - begin

    seconds(1)
    assert seconds(4) < 12 * max(seconds(1), 0.02)
