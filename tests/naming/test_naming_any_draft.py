"""What holds for every draft."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from time import process_time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from teiwright.model import Kind
from teiwright.naming import Authority, Entry, Variant, name

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
TEXTS = st.lists(st.tuples(st.booleans(), st.sampled_from(PIECES) | st.text(max_size=6)), max_size=12).map(
    lambda pieces: "".join(f"{piece} " if spaced else piece for spaced, piece in pieces)
)
DRAFTS = st.lists(st.tuples(st.sampled_from(ZONES), TEXTS), min_size=1, max_size=5)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(blocks=DRAFTS)
def test_only_mentions_change_and_they_are_sound(draft_of, blocks):
    draft = draft_of(*blocks)
    named = name(draft, KNOWN)
    assert replace(named, mentions=()) == draft
    assert name(draft, KNOWN) == named == name(named, KNOWN)
    spans = [mention.span for mention in named.mentions]
    assert spans == sorted(spans)
    assert all(0 <= span.start < span.end <= len(draft.source.text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    for span in spans:
        text = span.of(draft.source.text)
        assert text.strip() == text
        assert "\n\n" not in text, "no name crosses the edge of a block"


def test_a_name_never_covers_a_note_that_interrupts_its_sentence(draft_of):
    draft = draft_of(("p", "Mr. Su {Ping} Togo"))
    texts = [m.span.of(draft.source.text) for m in name(draft, KNOWN).mentions]
    assert texts == ["Su", "Togo"]


def test_time_grows_with_the_text_and_not_faster(draft_of):
    hostile = [
        "Mr. " + " " * 20000,
        "A" * 20000,
        "A-" * 10000,
        "Mr. A. " * 3000,
        "(" * 20000,
        "A. " * 7000,
        "Messrs. A " * 2000,
    ]

    def seconds(times: int) -> float:
        draft = draft_of(
            *(("p", text * times) for text in hostile), *(("head", text * times) for text in hostile)
        )
        begin = process_time()
        name(draft, KNOWN)
        return process_time() - begin

    seconds(1)
    assert seconds(4) < 12 * max(seconds(1), 0.02)
