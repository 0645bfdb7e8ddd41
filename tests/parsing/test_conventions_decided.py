"""A person may decide that a text has a convention or has not, whatever the text itself says."""

from __future__ import annotations

from pathlib import Path

import pytest

from teiwright.comparing import compare
from teiwright.encoding import encode
from teiwright.model import Draft, Habit, Metadata, Source, Use
from teiwright.parsing import parse

STRUCK = "The bridge is ~~up~~ down."
PAGED = "The bridge is down [Page 7] and the moat is dry."
LISTED = "The bridge is down,1 and the moat is dry.\n  1. Since May.\n"
BRACKETED = "The bridge is down,[1] and the moat is dry.\n\n[Footnote 1: Since May.]\n"
AT_MARGIN = "The bridge is down,1 and the moat is dry.\n\n1. Since May.\n2. So the guard says.\n"
AT_FOOT = "The bridge is down(1) and the moat is dry.\n\n(1) Since May.\n\nThe guard is asleep at his post.\n"
EDGED = "The bridge is down\n\n1\n␌and the moat is dry.\n\n2\n"
WRAPPED = "The bridge is down and the moat\nis dry, so that anyone can walk\ninto the castle of Zenda.\n"
PLAYED = "ACT I\n\nGUARD.\nWho goes there?\n\nKING.\nNobody.\n\nGUARD.\nPass.\n"
ASKED = "The Mayor: Is the bridge down?\n\nThe Guard: It is.\n\nThe Mayor: Since when?\n"
RHYMED = "The bridge is down, the moat is dry,\nAnd nobody can tell us why,\nThe guard who sits\nBeneath it sleeps.\n"
UNCAPPED = "the bridge is down\nand the moat\nis dry\n\nnobody\ncan tell us why\n"


def draft(text: str, *decided: tuple[Habit, Use]) -> Draft:
    return parse(Source(Path("text.txt"), text, "", "utf-8", Metadata("text", conventions=decided)))


def chosen(draft: Draft, habit: Habit) -> bool:
    return next(convention.chosen for convention in draft.conventions if convention.name == habit.value)


@pytest.mark.parametrize(
    ("habit", "text"),
    [
        (Habit.PAGE_MARKS, PAGED),
        (Habit.RUNNING_HEADS, EDGED),
        (Habit.STRIKE_SIGNS, STRUCK),
        (Habit.EMPHASIS_SIGNS, "The bridge is _down_.\n"),
        (Habit.NOTE_LISTS, LISTED),
        (Habit.BRACKETED_NOTES, BRACKETED),
        (Habit.FOOT_NOTES, AT_FOOT.replace("(1) and", "^{1} and")),
        (Habit.WRAPPED_LINES, f"{WRAPPED}{WRAPPED}".replace("\n", " of the king\n")),
        (Habit.SPEECHES, PLAYED),
        (Habit.VERSE, RHYMED),
    ],
)
def test_what_is_forbidden_is_not_found(habit: Habit, text: str) -> None:
    assert chosen(draft(text), habit)
    assert not chosen(draft(text, (habit, Use.NEVER)), habit)


@pytest.mark.parametrize(
    ("habit", "text"),
    [
        (Habit.NOTE_LISTS, AT_MARGIN),
        (Habit.FOOT_NOTES, AT_FOOT),
        (Habit.WRAPPED_LINES, WRAPPED),
        (Habit.SPEECHES, ASKED),
        (Habit.VERSE, UNCAPPED),
    ],
)
def test_what_is_asked_for_is_found_where_the_text_alone_is_not_evidence_enough(habit: Habit, text: str) -> None:
    assert not chosen(draft(text), habit)
    assert chosen(draft(text, (habit, Use.ALWAYS)), habit)


@pytest.mark.parametrize(
    "text", [STRUCK, PAGED, EDGED, LISTED, BRACKETED, AT_MARGIN, AT_FOOT, WRAPPED, PLAYED, ASKED, RHYMED, UNCAPPED]
)
@pytest.mark.parametrize("use", list(Use))
def test_nothing_is_lost_whatever_is_decided(text: str, use: Use) -> None:
    decided = draft(text, *((habit, use) for habit in Habit))
    assert () == compare(decided.source, encode(decided)).findings


def test_a_decision_is_the_reason_that_is_shown() -> None:
    conventions = draft(PAGED, (Habit.PAGE_MARKS, Use.NEVER)).conventions
    (why,) = [convention.why for convention in conventions if convention.name == Habit.PAGE_MARKS.value]
    assert "never, as the metadata or the project say" == why


def test_what_was_found_once_is_counted_as_one() -> None:
    text = "Sir: He left,1 and came [Page 7] again.\n\nJOHN SAPT.\n  1. Since April.\n"
    said = {convention.name: convention.why for convention in draft(text).conventions}

    assert said[Habit.PAGE_MARKS.value] == "1 mark like [Page 77]"
    assert said[Habit.NOTE_LISTS.value] == "1 note in 1 list"


def test_every_convention_that_is_shown_can_be_decided() -> None:
    assert {habit.value for habit in Habit} == {convention.name for convention in draft(PAGED).conventions}
