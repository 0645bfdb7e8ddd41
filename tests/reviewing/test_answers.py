"""Each answer is written down at once, and none is given to a text that is no longer the one shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from teiwright.diagnostics import TeiwrightError
from teiwright.naming.decisions import Scope, Verdict, load_decisions, of_text
from teiwright.reviewing import Action, Desk, NotNowError, Question, questions_as_table, record_table

Desks = Callable[[], Desk]
NAME = "despatch"


def asked(desk: Desk, form: str) -> tuple[str, Question]:
    version, reading = desk.reading(NAME)
    return version, next(question for question in reading.questions if question.form == form)


def answer(desk: Desk, form: str, verdict: Verdict, **more: object) -> None:
    version, question = asked(desk, form)
    desk.decide(Action(NAME, version, question.id, verdict, **more))  # type: ignore[arg-type]


def forms(desk: Desk) -> list[str]:
    return [question.form for question in desk.reading(NAME)[1].questions]


def test_an_answer_is_in_the_file_before_the_next_question(desk_of: Desks, text: Path) -> None:
    answer(desk_of(), "Hirota", Verdict.ACCEPT)
    (decision,) = load_decisions(of_text(text))
    assert (Verdict.ACCEPT, Scope.MENTION, "MK", "2026-11-21") == (
        decision.verdict,
        decision.scope,
        decision.who,
        decision.when,
    )


def test_after_a_restart_the_review_goes_on_where_it_was(desk_of: Desks) -> None:
    answer(desk_of(), "Hirota", Verdict.ACCEPT)
    again = desk_of().reading(NAME)[1]
    assert 1 == sum(question.decided for question in again.questions)


def test_a_rejected_name_is_not_asked_about_again(desk_of: Desks) -> None:
    desk = desk_of()
    answer(desk, "Hirota", Verdict.REJECT, scope=Scope.DOCUMENT)
    assert "Hirota" not in forms(desk)


def test_two_persons_who_may_be_meant_are_both_offered(desk_of: Desks) -> None:
    _, question = asked(desk_of(), "Johnson")
    assert {"johnson-nelson", "johnson-louis"} == {candidate.id for candidate in question.candidates}
    assert question.doubtful
    assert question.mention.ref is None


def test_a_candidate_is_shown_with_what_is_known_of_him(desk_of: Desks) -> None:
    _, question = asked(desk_of(), "Grew")
    assert "1880–1965; Ambassador in Japan (1932–1941)" == question.candidates[0].facts


def test_a_chosen_link_stands(desk_of: Desks) -> None:
    desk = desk_of()
    answer(desk, "Johnson", Verdict.RELINK, ref="johnson-louis")
    assert "johnson-louis" in {q.mention.ref for q in desk.reading(NAME)[1].questions if q.form == "Johnson"}


def test_an_extended_name_is_asked_about_as_a_whole(desk_of: Desks) -> None:
    desk = desk_of()
    answer(desk, "Hirota", Verdict.EXTEND, becomes="Mr. Hirota", scope=Scope.DOCUMENT)
    assert 2 == forms(desk).count("Mr. Hirota")


def test_what_is_rejected_for_the_folder_is_kept_for_the_folder(desk_of: Desks, text: Path) -> None:
    desk = desk_of()
    answer(desk, "Hirota", Verdict.REJECT, scope=Scope.PROJECT)
    assert Scope.PROJECT is load_decisions(text.with_name("decisions.csv"))[0].scope
    assert "Hirota" not in forms(desk)


def test_undo_takes_back_the_last_answer(desk_of: Desks, text: Path) -> None:
    desk = desk_of()
    answer(desk, "Hirota", Verdict.ACCEPT)
    before = of_text(text).read_bytes()
    answer(desk, "Johnson", Verdict.REJECT)
    assert desk.undo()
    assert before == of_text(text).read_bytes()
    assert desk.undo()
    assert not of_text(text).exists()
    assert not desk.undo()


def test_undo_leaves_a_file_that_a_person_has_changed_since(desk_of: Desks, text: Path) -> None:
    desk = desk_of()
    answer(desk, "Hirota", Verdict.ACCEPT)
    with of_text(text).open("a", encoding="utf-8") as file:
        file.write("reject,document,,Union,,,,,,,\n")
    assert not desk.undo()
    assert 2 == len(load_decisions(of_text(text)))


def test_an_answer_of_a_second_window_to_an_older_state_is_refused(desk_of: Desks, text: Path) -> None:
    one, other = desk_of(), desk_of()
    version, question = asked(other, "Johnson")
    answer(one, "Hirota", Verdict.ACCEPT)
    with pytest.raises(NotNowError):
        other.decide(Action(NAME, version, question.id, Verdict.REJECT))
    assert 1 == len(load_decisions(of_text(text)))


def test_an_answer_to_a_text_that_was_edited_meanwhile_is_refused(desk_of: Desks, text: Path) -> None:
    desk = desk_of()
    version, question = asked(desk, "Hirota")
    text.write_text("Mr. Grew.\n" + text.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(NotNowError):
        desk.decide(Action(NAME, version, question.id, Verdict.ACCEPT))


def test_a_file_that_a_spreadsheet_saved_keeps_its_delimiter_and_its_columns(desk_of: Desks, text: Path) -> None:
    of_text(text).write_bytes("\ufeffname;verdict;kind\r\nUnion;reject;\r\n".encode())
    answer(desk_of(), "Hirota", Verdict.ACCEPT)
    lines = of_text(text).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("name;verdict;kind;scope;")
    assert lines[1].startswith("Union;reject;;")
    assert lines[2].startswith("Hirota;accept;persName;mention;")
    assert 2 == len(load_decisions(of_text(text)))


def test_a_file_that_cannot_be_understood_is_left_as_it_is(desk_of: Desks, text: Path) -> None:
    of_text(text).write_text("verdict,name\nacept,Grew\n", encoding="utf-8")
    with pytest.raises(TeiwrightError, match="`acept` is no verdict"):
        desk_of().reading(NAME)
    assert "verdict,name\nacept,Grew\n" == of_text(text).read_text(encoding="utf-8")


def test_a_spreadsheet_asks_about_the_doubtful_names_and_is_read_back(desk_of: Desks, text: Path) -> None:
    table = text.with_name("questions.csv")
    questions = questions_as_table(desk_of().reading(NAME)[1])
    assert "johnson-louis: Louis Johnson" in questions
    lines = questions.split("\n")
    filled = [line.replace(",mention", "reject,mention", 1) if "Johnson" in line else line for line in lines]
    table.write_text("\n".join(filled), encoding="utf-8")
    count = record_table(table, text)
    assert count == sum("Johnson" in line for line in lines) > 0
    assert "Johnson" not in forms(desk_of())
    assert 0 == record_table(table, text)
