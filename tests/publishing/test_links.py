"""Links within the site: a page or an id that is not there is a finding."""

from __future__ import annotations

import pytest

from teiwright.publishing.links import dead_links


@pytest.fixture
def pages(tmp_path):
    def made(**pages: str):
        for name, main in pages.items():
            path = tmp_path / "html" / f"{name.replace('__', '/')}.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"<!DOCTYPE html><html><body>{main}</body></html>", "utf-8")
        return [finding.message for finding in dead_links(tmp_path)]

    return made


@pytest.mark.parametrize(
    "good",
    [
        '<p id="par-1"><a href="#par-1">here</a></p>',
        '<a href="persons/gr%C3%BCn.html#a%26b">an entry</a>',
        '<a href="https://example.org/none">elsewhere</a> <a href="mailto:a@example.org">mail</a>',
        '<link rel="icon" href="data:,">',
        '<button popovertarget="fn-1">1</button><div id="fn-1"></div>',
        'It says <code>&lt;a href="none.html"&gt;</code> and id="x".',
    ],
)
def test_a_link_that_leads_somewhere_is_no_finding(pages, good):
    assert pages(index=good, **{"persons__grün": '<p id="a&amp;b">x</p>'}) == []


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ('<a href="#par-2">x</a>', "the link `#par-2` leads nowhere: this page has no such id"),
        ('<a href="none.html">x</a>', "the link `none.html` leads nowhere: there is no such file"),
        ('<a href="b.html#none">x</a>', "the link `b.html#none` leads nowhere: the page has no such id"),
        ('<a href="../../b.html">x</a>', "the link `../../b.html` leads nowhere: there is no such file"),
        ('<img alt="a > b" src="none.png">', "the link `none.png` leads nowhere: there is no such file"),
        ('<button popovertarget="fn-1">1</button>', "the link `fn-1` leads nowhere: this page has no such id"),
    ],
)
def test_a_link_that_leads_nowhere_is_found(pages, bad, told):
    assert pages(index=bad, b='<p>No <code>id="none"</code>.</p>') == [told]
