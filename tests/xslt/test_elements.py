"""Each construct of `elements.md`, as TEI, as HTML and as Typst; and every element of our schema has a rule."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from teiwright.model import Edition
from teiwright.rendering import VIEWS, conserve, render_edition, web
from teiwright.resources import schema_folder

TEI = "{http://www.tei-c.org/ns/1.0}"
CASES = Path(__file__).with_name("elements.md").read_text("utf-8")
CASE = re.compile(
    r"^## (?P<name>.+?)\n.*?```xml\n(?P<tei>.*?)```\n+```html\n(?P<html>.*?)```\n+```typst\n(?P<typst>.*?)```",
    re.M | re.S,
)


def edition(body: str) -> Edition:
    text = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="sample" xml:lang="en"><teiHeader><fileDesc><titleStmt>'
        f"<title>A sample</title></titleStmt></fileDesc></teiHeader><text>{body}</text></TEI>"
    )
    return Edition(Path("sample.xml"), etree.ElementTree(etree.fromstring(text)))


@cache
def cases() -> dict[str, tuple[str, str, str]]:
    return {m["name"]: (m["tei"], m["html"], m["typst"]) for m in CASE.finditer(CASES)}


def body_of(tei: str) -> Edition:
    return edition(tei if "<body" in tei else f"<body>{tei}</body>")


def html_of(tei: str) -> str:
    """What the page shows of the body, and the list of notes."""
    page = render_edition(body_of(tei), "html").files["sample.html"].decode()
    (article,) = re.findall(r'<article class="edition"><div class="text">(.*?)</div></article>', page, re.S)
    notes = re.findall(r'<ol class="note-list">(.*?)</ol>', page, re.S)
    article = re.sub(r'<a href="[^"]*" aria-label="Link[^>]*></a>', "", article)  # the same in every paragraph
    inner = re.sub(r'^<div class="body">(.*)</div>$', r"\1", article.strip(), flags=re.S)
    return "".join([inner, *notes])


def typst_of(tei: str) -> str:
    source = render_edition(body_of(tei), "print").files["sample.typ"].decode()
    body = source.split("#show: book.with(", 1)[1].split("\n)\n", 1)[1].rsplit("\n#colophon((", 1)[0]
    return body.replace('#made-title("A sample")', "").replace('"sample#', '"')


def lines(text: str) -> str:
    """Without the line ends and indents that are for readers of `elements.md`; words are compared elsewhere."""
    return re.sub(r"\s*([\[\]();,<>])\s*", r"\1", re.sub(r"\s+", " ", text)).strip()


@pytest.mark.parametrize("name", list(cases()))
def test_the_page_shows_it(name):
    tei, expected, _ = cases()[name]
    assert lines(html_of(tei)) == lines(expected)


@pytest.mark.parametrize("name", list(cases()))
def test_saxon_and_libxslt_show_the_same(name, monkeypatch):
    made = body_of(cases()[name][0])
    page = render_edition(made, "html")
    monkeypatch.setattr(web, "is_quick", lambda *_: False)
    assert render_edition(made, "html") == page


@pytest.mark.parametrize("name", list(cases()))
def test_the_book_has_it(name):
    tei, _, expected = cases()[name]
    assert lines(typst_of(tei)) == lines(expected)


@pytest.mark.parametrize("name", list(cases()))
@pytest.mark.parametrize("view", VIEWS)
def test_it_keeps_every_word(name, view):
    made = body_of(cases()[name][0])
    assert conserve(made, render_edition(made, view)).findings == ()


def test_there_are_cases_and_none_is_skipped():
    assert len(cases()) == CASES.count("\n## ")


def text_elements() -> list[str]:
    """The elements that may stand in the text of an edition, as our schema has them."""
    odd = etree.parse(str(schema_folder() / "teiwright.odd"), etree.XMLParser(collect_ids=False))
    models = {
        spec.get("ident"): {ref.get("key") for ref in spec.iter(f"{TEI}elementRef")} | class_members(odd, spec)
        for spec in odd.iter(f"{TEI}elementSpec")
    }
    reached, waiting = set(), ["text"]
    while waiting:
        name = waiting.pop()
        if name in models and name not in reached:
            reached.add(name)
            waiting += sorted(models[name])
    return sorted(reached - {"text"})


def class_members(odd, spec):
    wanted = {ref.get("key") for ref in spec.iter(f"{TEI}classRef", f"{TEI}macroRef")}
    members = set()
    for other in odd.iter(f"{TEI}elementSpec"):
        if any(m.get("key") in wanted for m in other.iter(f"{TEI}memberOf")):
            members.add(other.get("ident"))
    for macro in odd.iter(f"{TEI}macroSpec"):
        if macro.get("ident") in wanted:
            members |= {ref.get("key") for ref in macro.iter(f"{TEI}elementRef")} | class_members(odd, macro)
    return members


def test_the_schema_has_more_than_the_usual_few():
    assert {"p", "note", "pb", "persName", "stamp", "cell", "titlePart", "noteGrp"} <= set(text_elements())


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", text_elements())
def test_every_element_of_the_schema_has_a_rule(name, view):
    within = {
        "row": "<table>{}</table>",
        "cell": "<table><row>{}</row></table>",
        "label": "<list>{}<item>x</item></list>",
    }
    around = within.get(name, "<p>{}</p>")
    around = {"item": "<list>{}</list>", "noteGrp": "<div>{}</div>", "desc": "<p><gap>{}</gap></p>"}.get(name, around)
    made = edition(f"<body>{around.format(f'<{name}>word</{name}>')}</body>")
    numbers = [finding.code.number for finding in render_edition(made, view).findings]
    assert "TW701" not in numbers
