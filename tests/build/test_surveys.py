"""`teiwright report`: what builds found in a collection, grouped, and what they cost."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from teiwright.project import load_project
from teiwright.state import State
from teiwright.surveying import Survey, page, plot, survey
from teiwright.surveying.gathering import Cell
from teiwright.writing import add_to_record, digest_of

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def surveyed(workplace: Any) -> Survey:
    (workplace.folder / "texts" / "binary.txt").write_bytes(b"\x00\x01\x02" * 400)
    workplace.build()
    project = load_project(workplace.folder / "teiwright.toml")
    with State(project.folder, project.state / "state.sqlite") as state:
        return survey(project, state)


def test_a_report_counts_findings_by_code_and_the_time_by_stage(surveyed: Survey, workplace: Any, command: Any) -> None:
    groups = {code.number: (group.count, group.documents) for code, group in surveyed.groups.items()}

    assert (surveyed.texts, surveyed.editions, surveyed.failed) == (4, 3, 1)
    assert groups["TW103"] == (1, 1)
    assert {"encode", "check", "compare", "html"} <= set(surveyed.costs)
    assert {document.name for document in surveyed.dearest} == {"alpha", "beta", "gamma", "binary"}

    told = command("report", "--project", str(workplace.folder))

    assert "4 texts, 1 of them without an edition; 1 with errors" in told
    assert "TW103 not-text: 1 error in 1 document" in told
    assert "processor time:" in told


def test_a_report_tells_what_was_found_in_files_of_texts_in_links_and_beside_the_texts(
    workplace: Any, command: Any
) -> None:
    project = workplace.folder / "teiwright.toml"
    project.write_text(project.read_text().replace('["texts"]', '["texts", "letters.jsonl"]'))
    (workplace.folder / "letters.jsonl").write_text('{"id": "letter", "text": "Sir: A letter."}\nno record\n')
    workplace.edition("gone").write_text(GONE)
    add_to_record(workplace.edition("gone").parent, "gone.xml", digest_of(GONE.encode()))
    workplace.build()

    told = command("report", "--project", str(workplace.folder))

    assert "4 texts, 0 of them without an edition; 0 with errors" in told
    assert "TW111 broken-record: 1 error in what all make together" in told
    assert "letters.jsonl:2: error[TW111]" in told
    assert "TW907 source-gone: 1 warning in what all make together" in told


GONE = "<TEI/>"


def test_its_picture_has_a_dot_for_all_documents_that_lie_close_together() -> None:
    near, far = Cell("despatch-1", 2000), Cell("<script>report</script>", 1)
    known = Survey("Letters & papers", 2001, 2001, 0, {}, {"check": 5}, (), {(60, 100): near, (100, 140): far})
    drawn = etree.fromstring(plot(known))
    dots = drawn.findall(f"{SVG}circle")

    assert [dot.findtext(f"{SVG}title") for dot in dots] == ["despatch-1 and 1,999 more", "<script>report</script>"]
    assert [float(dot.get("r", "")) for dot in dots] == [8.0, 2.5]
    assert b"<script" not in page(known)
    assert b"</svg>" in page(known)


def test_a_project_that_was_never_built_has_nothing_to_report(workplace: Any) -> None:
    project = load_project(workplace.folder / "teiwright.toml")
    project.state.mkdir()
    with State(project.folder, project.state / "state.sqlite") as state:
        nothing = survey(project, state)

    assert (nothing.texts, nothing.cost) == (0, 0)
    assert etree.fromstring(plot(nothing)).findall(f"{SVG}circle") == []
