"""Which marks are callouts, how sure that is, and what is reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from teiwright.diagnostics import Code
from teiwright.model import Certainty, Draft

NOTES = {1: "\n  1. Not printed.\n", 2: "\n  1. Not printed.\n  2. Not printed.\n"}


@pytest.mark.parametrize(
    ("text", "notes", "marks"),
    [
        ("He left at noon,81 as planned.", 1, ["81"]),
        ("He left.* He came back.†", 2, ["*", "†"]),
        ("He left.¹ He came back.²", 2, ["1", "2"]),
        ("He left.[^1] He came back.[^2]", 2, ["1", "2"]),
        ("He left.11 He came back.11a", 2, ["11", "11a"]),
        ("He said “no”.3 He left in 1937,4 after all.", 2, ["3", "4"]),
        ("The sum of $1,250 was paid on May 3, 1937.7 Only 8 were left.8", 2, ["7", "8"]),
        ("It begins at 6:30 p.m. on the 15th, at a price of 12.50.5 Nobody came.6", 2, ["5", "6"]),
        ("See Nos. 51, 62 and 75. It is so.4", 1, ["4"]),
    ],
)
def test_marks_that_call_notes(text: str, notes: int, marks: list[str], draft_of: Callable[[str], Draft]) -> None:
    draft = draft_of(text + NOTES[notes])
    assert marks == [note.mark for note in draft.notes if note.called]


@pytest.mark.parametrize(
    "text",
    [
        "In 1937 he paid 12 crowns, and 3 more on May 4.",
        "On May 3, 1937, at 6 p.m., he left with 40 men.",
        "* * * * * * *",
        "The file is 761.94/1321.",
        "It costs $45.",
    ],
)
def test_numbers_that_are_no_callouts(text: str, draft_of: Callable[[str], Draft]) -> None:
    draft = draft_of(text + NOTES[1])
    assert [False] == [note.called for note in draft.notes]
    assert [Code.NOTE_WITHOUT_CALLOUT] == [finding.code for finding in draft.findings]


def test_a_sure_callout_carries_no_certainty(draft_of: Callable[[str], Draft]) -> None:
    (note,) = draft_of("He left at noon,81 as planned." + NOTES[1]).notes
    assert note.certainty is None


def test_a_doubtful_callout_says_so(draft_of: Callable[[str], Draft]) -> None:
    draft = draft_of("As stated in my 21950 he left." + NOTES[1])
    (note,) = draft.notes
    assert ("50", Certainty.LOW) == (note.mark, note.certainty)
    assert [Code.UNSURE_CALLOUT] == [finding.code for finding in draft.findings]


def test_a_raised_figure_without_a_note_is_reported(draft_of: Callable[[str], Draft]) -> None:
    (finding,) = draft_of("He left.⁷ He came back.").findings
    assert Code.CALLOUT_WITHOUT_NOTE == finding.code
    assert (1, 9) == (finding.where.line, finding.where.column)
    assert finding.message.startswith("`⁷` looks like a callout")


def test_a_page_that_follows_a_later_one_is_reported(draft_of: Callable[[str], Draft]) -> None:
    draft = draft_of("One [Page 78] two [Page 77] three [Page 79] four.")
    assert [Code.PAGE_OUT_OF_ORDER] == [finding.code for finding in draft.findings]


def test_numbers_alone_in_their_lines_that_count_on_may_be_pages(draft_of: Callable[[str], Draft]) -> None:
    text = "We saw many gannets, of which\n\n12\n\na great number was taken.\n\n13\n\nLand came.\n\n14\n\nOn the 9th"
    (finding,) = draft_of(text).findings
    assert (finding.code, finding.where.line) == (Code.NUMBERS_ALONE, 3)
    assert "the numbers 12 to 14" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "1\n\nOne.\n\n2\n\nTwo.\n\n3\n\nThree.\n",  # sections, or pages that nobody can tell from them
        "12\n\nTwelve.\n\n14\n\nFourteen.\n\n13\n\nThirteen.\n",
        "12\n\nTwelve.\n\n13\n\nThirteen.\n",
        "[Page 1] One\n\n12\n\nTwelve.\n\n13\n\nThirteen.\n\n14\n\nFourteen.\n",
    ],
)
def test_other_numbers_alone_in_their_lines_are_not_told(text: str, draft_of: Callable[[str], Draft]) -> None:
    assert not draft_of(text).findings


def test_the_links_of_a_web_page_above_a_text_are_told(draft_of: Callable[[str], Draft]) -> None:
    (finding,) = draft_of("Skip to content\nHome\nSearch\n\nLetter to the Regent\n\nThe bridge is down.\n").findings
    assert finding.code is Code.WEB_PAGE


@pytest.mark.parametrize(
    "text", ["Home\nSearch\nHelp\n\nThree poems.\n", "Main Menu\n\nSoup, and the fish of the day.\n"]
)
def test_lines_that_other_texts_have_too_are_no_web_page(text: str, draft_of: Callable[[str], Draft]) -> None:
    assert not draft_of(text).findings
