"""What people decided about names is in the edition after the next build, and only where it belongs."""

from __future__ import annotations

from typing import Any

from teiwright.diagnostics import Code

HEADER = "verdict,scope,kind,name,context,nth,becomes,ref,who\n"


def decide(workplace: Any, file: str, line: str) -> None:
    (workplace.folder / "texts" / file).write_text(HEADER + line, encoding="utf-8")


def edition(workplace: Any, name: str) -> str:
    return workplace.edition(name).read_text(encoding="utf-8")


def test_a_decision_makes_its_text_again_alone(workplace: Any) -> None:
    workplace.build()
    decide(workplace, "alpha.decisions.csv", "reject,document,,Grew,\n")
    build = workplace.build()
    assert build.made == ("alpha",)
    assert ">Grew</persName>" not in edition(workplace, "alpha")


def test_a_decision_for_the_folder_makes_all_again(workplace: Any) -> None:
    workplace.build()
    decide(workplace, "decisions.csv", "reject,,,Grew,\n")
    assert {"alpha", "beta", "gamma"} <= set(workplace.build().taken)


def test_a_decided_name_says_who_decided_and_not_how_sure_the_program_was(workplace: Any) -> None:
    decide(workplace, "alpha.decisions.csv", "accept,document,placeName,Tokyo,,,,none,Maria Kern\n")
    assert not workplace.build().report.errors
    text = edition(workplace, "alpha")
    assert '<placeName resp="#by-Maria-Kern">Tokyo</placeName>' in text
    assert '<respStmt xml:id="by-Maria-Kern">' in text
    page = (workplace.folder / "out" / "html" / "alpha.html").read_text(encoding="utf-8")
    assert 'title="tagged by Maria Kern"' in page


def test_a_file_that_cannot_be_understood_stops_its_text_alone(workplace: Any) -> None:
    decide(workplace, "alpha.decisions.csv", "acept,document,placeName,Tokyo,,,,none,\n")
    (finding,) = [f for f in workplace.build().report.findings if f.code is Code.BROKEN_DECISIONS]
    assert finding.where.path.endswith("alpha.decisions.csv")
    assert 2 == finding.where.line
    assert workplace.edition("beta").is_file()
    assert not workplace.edition("alpha").exists()
