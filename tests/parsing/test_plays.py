"""What is told of a play, and whose names stand in it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

import pytest

from teiwright.diagnostics import Code
from teiwright.model import CastList, Draft, Speech
from teiwright.naming import name

PLAY = """ACT I

Enter BERNARDO and FRANCISCO.

BERNARDO.
Who is there?

FRANCISCO.
Nay, answer me.

BERNARDO.
Long live the king!

{label}
You come most carefully upon your hour.

FRANCISCO.
For this relief much thanks.
"""


def speakers(draft: Draft) -> list[str]:
    blocks = chain.from_iterable(division.blocks for division in draft.divisions)
    speeches = [block for block in blocks if isinstance(block, Speech)]
    return ["".join(leaf.span.of(draft.source.text) for leaf in one.speaker) for one in speeches]  # type: ignore[union-attr]


def unsure(draft: Draft) -> list[str]:
    return [found.message.split("`")[1] for found in draft.findings if found.code is Code.UNSURE_SPEAKER]


@pytest.mark.parametrize(
    ("label", "told"),
    [("BERNAROO.", ["BERNAROO."]), ("BERNARDO.", []), ("MESSENGER.", []), ("FIRST LORD.", [])],
)
def test_a_label_that_may_be_misread_is_told(label: str, told: list[str], draft_of: Callable[[str], Draft]) -> None:
    draft = draft_of(PLAY.format(label=label))
    assert speakers(draft) == ["BERNARDO.", "FRANCISCO.", "BERNARDO.", label, "FRANCISCO."]
    assert unsure(draft) == told


def test_the_label_of_a_speech_is_nobodys_name(draft_of: Callable[[str], Draft]) -> None:
    draft = name(draft_of(PLAY.format(label="MARY STUART.")))
    starts = [mention.span.start for mention in draft.mentions]
    labels = [range(at, at + len(one)) for one in speakers(draft) if (at := draft.source.text.find(f"\n{one}\n")) >= 0]
    assert len(labels) == 5
    assert not [start for start in starts for label in labels if start in label]


def test_words_that_are_all_a_direction_hold_no_other(draft_of: Callable[[str], Draft]) -> None:
    text = PLAY.format(label="FRANCISCO.").replace(
        "Enter BER", "A platform [in the dark] before the castle.\n\nEnter BER"
    )
    assert draft_of(text).directions == ()


def test_a_heading_with_no_characters_below_it_lists_none(draft_of: Callable[[str], Draft]) -> None:
    draft = draft_of(f"Dramatis Personae\n\n[Page 2]\n\n{PLAY.format(label='FRANCISCO.')}")
    assert not any(isinstance(block, CastList) for division in draft.divisions for block in division.blocks)
