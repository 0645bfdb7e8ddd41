"""A decisions file says what was decided, one readable line each, or where it cannot be understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from teiwright.diagnostics import Code, TeiwrightError
from teiwright.model import Kind
from teiwright.naming.decisions import Anchor, Decision, Scope, Verdict, load_decisions, read_decisions, write_decisions

FILE = Path("despatch.decisions.csv")
FOLDER = Path("decisions.csv")
HEADER = "verdict,scope,kind,name,context,nth,becomes,ref,who,when,note\n"


def read(lines: str, path: Path = FILE) -> tuple[Decision, ...]:
    return read_decisions(HEADER + lines, path)


def test_a_line_is_a_verdict_on_one_mention() -> None:
    (decision,) = read("accept,mention,persName,Grew,the Ambassador ⟦Grew⟧ called,,,grew-joseph-c,MK,2026-11-21,\n")
    assert Verdict.ACCEPT is decision.verdict
    assert Scope.MENTION is decision.scope
    assert Kind.PERSON is decision.kind
    assert Anchor("Grew", "the Ambassador", "called") == decision.anchor
    assert ("grew-joseph-c", "MK", "2026-11-21") == (decision.ref, decision.who, decision.when)
    assert 2 == decision.where.line


def test_without_a_context_a_line_speaks_of_all_of_this_form_in_the_text() -> None:
    assert Scope.DOCUMENT is read("reject,,,Union,,,,,,,\n")[0].scope


def test_in_the_file_of_the_folder_a_line_speaks_of_all_its_texts() -> None:
    assert Scope.PROJECT is read("reject,,,Union,,,,,,,\n", FOLDER)[0].scope


def test_a_line_without_a_verdict_is_not_decided_yet() -> None:
    assert () == read(",mention,persName,Grew,the ⟦Grew⟧ x,,,,,,\n")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_a_spreadsheet_saves_is_read(delimiter: str) -> None:
    table = "\ufeff" + "verdict,kind,name\r\nreject,placeName,Union\r\n".replace(",", delimiter)
    assert "Union" == read_decisions(table.removeprefix("\ufeff"), FILE)[0].anchor.quote


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.decisions.csv"
    path.write_bytes("\ufeffverdict,name\r\nreject,Union\r\n".encode())
    assert 1 == len(load_decisions(path))


def test_no_file_holds_no_decision(tmp_path: Path) -> None:
    assert () == load_decisions(tmp_path / "x.decisions.csv")


def test_what_is_written_reads_the_same() -> None:
    lines = (
        'accept,mention,persName,Grew,"“Mr, ⟦Grew⟧ ¶ called",2/3,,none,MK,,a note\n'
        "extend,document,placeName,Port,,,Port Arthur,,,,\n"
        "reject,document,,Union,,,,,,,\n"
    )
    decisions = read(lines)
    assert decisions == read_decisions(write_decisions(decisions), FILE)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("acept,,persName,Grew,,,,,,,\n", "`acept` is no verdict"),
        ("accept,here,persName,Grew,,,,,,,\n", "`here` is no scope"),
        ("accept,,ship,Grew,,,,,,,\n", "`ship` is no kind"),
        ("accept,,,Grew,,,,,,,\n", "`accept` without a kind"),
        ("reject,,,,,,,,,,\n", "a decision without a name"),
        ("relink,,persName,Grew,,,,,,,\n", "`relink` without a ref"),
        ("extend,,persName,Grew,,,,,,,\n", "`extend` without what the name becomes"),
        ("extend,,persName,Grew,,,Hirota,,,,\n", "`Hirota` neither holds `Grew`"),
        ("accept,mention,persName,Grew,the Ambassador,,,,,,\n", "the context does not hold"),
        ("accept,mention,persName,Grew,the ⟦Grew⟧,3/2,,,,,\n", "`3/2` is no place among several"),
        ("accept,project,persName,Grew,,,,,,,\n", "`project` in the file of one text"),
        ("reject,,,Grew,,,,,,,,,more\n", "13 cells under 11 columns"),
        ('reject,,,"Grew,,,,,,,\n', "no table"),
    ],
)
def test_a_line_that_cannot_be_understood_is_refused_with_its_place(lines: str, says: str) -> None:
    with pytest.raises(TeiwrightError) as refused:
        read(lines)
    assert Code.BROKEN_DECISIONS is refused.value.finding.code
    assert says in refused.value.finding.message
    assert refused.value.finding.where.line >= 2


def test_a_mention_cannot_be_decided_on_for_all_texts() -> None:
    with pytest.raises(TeiwrightError, match="in a file that speaks of all texts"):
        read("accept,mention,persName,Grew,the ⟦Grew⟧,,,,,,\n", FOLDER)


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(TeiwrightError, match="no column is called `verdit`"):
        read_decisions("verdit,name\nreject,Union\n", FILE)


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.decisions.csv"
    path.write_bytes("verdict,name\nreject,Málaga\n".encode("latin-1"))
    with pytest.raises(TeiwrightError, match="not UTF-8"):
        load_decisions(path)
