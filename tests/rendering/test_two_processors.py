"""libxslt and Saxon run the same stylesheets; nobody can tell from a page which of them made it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from teiwright.extracted import CollectionPage, Section
from teiwright.model import Rendition
from teiwright.rendering import Context, Neighbour, prepare, web


@pytest.fixture
def by_saxon(monkeypatch):
    """A page of an edition by Saxon."""

    def made(edition, context: Context) -> Rendition:
        with monkeypatch.context() as patched:
            patched.setattr(web, "is_quick", lambda *_: False)
            return web.web_page(prepare(edition, context), context)

    return made


def by_libxslt(edition, context: Context) -> Rendition:
    return web.web_page(prepare(edition, context), context)


def test_founding_texts_come_out_the_same(founding, context, by_saxon):
    assert by_libxslt(founding, context) == by_saxon(founding, context)


def test_the_difficult_edition_comes_out_the_same(difficult, context, by_saxon):
    around = replace(context, address="https://example.org/", previous=Neighbour("a", "A"), next=Neighbour("b", "<B>"))
    linked = replace(around, sections=(Section("Persons", "persons/index.html"),))
    assert by_libxslt(difficult, linked) == by_saxon(difficult, linked)


SEARCH = CollectionPage(
    path="search/index.html",
    title="Search & <find>",
    main="""<h1>Löschen &amp; finden</h1>
<form><input type="search" id="q"/><select><option value="a">a &lt; b\u00a0c</option></select></form><table></table>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><a href="#y"><rect width="1" height="1"/></a></svg>""",
    kind="index",
    head="""<meta name="x" content="&quot;"/><script type="application/ld+json">{"a": "b\\u003c"}</script>""",
    policy="script-src 'self'; connect-src 'self'",
)


def test_a_page_of_the_collection_comes_out_the_same(context, monkeypatch):
    linked = replace(context, sections=(Section("Persons", "persons/index.html"),))
    made = web.collection_page(SEARCH, linked)
    monkeypatch.setattr(web, "are_ours", lambda _: False)
    assert made == web.collection_page(SEARCH, linked)
