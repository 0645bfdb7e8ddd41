"""Links within the site: a page or an id that is not there is a finding."""

from __future__ import annotations

from hashlib import sha256

import pytest

from teiwright.publishing.links import dead_links, note_links


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


def test_links_of_pages_that_were_looked_through_before_are_judged_with_all_others(tmp_path):
    """Also by a run that was ended in between: the pages are still to be judged."""
    said = {
        "html/a.html": '<p id="a"><a href="b.html#gone">x</a></p>',
        "html/b.html": '<p id="b"><a href="a.html#a">x</a></p>',
    }
    for name, main in said.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(main)
    made = [(name, sha256(main.encode()).hexdigest()) for name, main in said.items()]
    notes = tmp_path / "links.sqlite"

    note_links(tmp_path, notes, made[:1])
    note_links(tmp_path, notes, made)
    first = [finding.message for finding in dead_links(tmp_path, notes=notes, made=made)]
    again = [finding.message for finding in dead_links(tmp_path, notes=notes, made=made)]

    assert first == again == ["the link `b.html#gone` leads nowhere: the page has no such id"]
