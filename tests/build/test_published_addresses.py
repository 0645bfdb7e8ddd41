"""Addresses in builds: what was published is kept, leads on, or fails the build; links that lead nowhere are found."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner

from teiwright.cli import teiwright
from teiwright.diagnostics import Code


@pytest.fixture
def published(workplace: Any) -> Any:
    """The project after a build whose addresses were recorded."""
    workplace.build()
    record(workplace)
    return workplace


def record(workplace: Any) -> str:
    run = CliRunner().invoke(teiwright, ["permalinks", "--record", "--project", str(workplace.folder)])
    assert run.exit_code == 0
    return run.output


def errors(workplace: Any) -> list[str]:
    findings = workplace.build().report.findings
    return [f"{f.code.number} {f.message}" for f in findings if f.code in {Code.ADDRESS_GONE, Code.LINK_LEADS_NOWHERE}]


def test_a_page_that_vanishes_fails_the_build_until_a_line_says_where_it_went(published: Any) -> None:
    registry = published.folder / "tei/permalinks.tsv"
    assert "here\tgamma\tdoc par-1:2" in registry.read_text()
    (published.folder / "texts/gamma.txt").rename(published.folder / "texts/delta.txt")
    (published.folder / "tei/gamma.xml").unlink()

    assert errors(published) == ["TW721 the page `gamma` was published and is not there any more"]
    registry.write_text(registry.read_text() + "moved\tgamma\tdelta\trenamed\n")
    assert errors(published) == []
    assert 'url=delta.html"' in (published.folder / "out/html/gamma.html").read_text()
    assert record(published).endswith("4 pages are published, 1 of them new; commit it\n")
    assert "here\tgamma" not in registry.read_text()


def test_an_id_that_vanishes_fails_the_build_until_a_line_says_where_it_went(published: Any) -> None:
    registry = published.folder / "tei/permalinks.tsv"
    text = published.folder / "texts/gamma.txt"
    text.write_text("A third text. Its second paragraph.\n")

    assert errors(published) == ["TW721 the page `gamma` no longer has what was published as `par-2`"]
    registry.write_text(registry.read_text() + "moved\tgamma#par-2\tgamma#par-1\tjoined\n")
    assert errors(published) == []
    assert '<span id="par-2"></span>' in (published.folder / "out/html/gamma.html").read_text()


def test_a_link_that_leads_nowhere_is_found_by_the_build(workplace: Any) -> None:
    page = workplace.folder / "out/html/own.html"
    page.parent.mkdir(parents=True)
    page.write_text('<p><a href="gamma.html#par-9">there</a></p>')

    assert errors(workplace) == ["TW726 the link `gamma.html#par-9` leads nowhere: the page has no such id"]
