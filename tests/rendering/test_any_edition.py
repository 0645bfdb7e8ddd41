"""Editions at random, in the forms that TEI allows: no view stops, no word is lost, every book can be set."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from teiwright.extracted import extract_from_json, extract_to_json
from teiwright.model import Edition
from teiwright.rendering import VIEWS, Context, conserve, render_edition
from teiwright.rendering.extracting import extract
from teiwright.rendering.words import words_of_tei

TEI = "http://www.tei-c.org/ns/1.0"
NS = f"{{{TEI}}}"
XML = "{http://www.w3.org/XML/1998/namespace}"

INLINE = [
    "persName",
    "placeName",
    "hi",
    "date",
    "del",
    "seg",
    "foreign",
    "q",
    "title",
    "stamp",
    "num",
    "quote",
    "ref",
    "name",
]
WORDS = st.sampled_from(
    [
        "word",
        "two words",
        " begins with a space",
        "ends with one ",
        "\n  ",
        '“curly” "straight"',
        "#import[x] *a* _b_ $c$",
        "back\\slash\\",
        "-- ... //",
    ]
)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["rend", "type", "n", "cert", "resp", "ref", "target", f"{XML}lang", f"{XML}id", "role"]),
    st.sampled_from(
        ["center", "italic bold", "main", "medium", "#a", "a", "de", "he", "label", "https://example.org/", "12", "*"]
    ),
    max_size=2,
)


def element(name, children, attributes=ATTRIBUTES):
    """An element of a name with (text, child, text, child …) as its content."""
    return st.builds(lambda given, content: (name, given, content), attributes, children)


def among(names, children):
    return st.sampled_from(names).flatmap(lambda name: element(name, children))


EMPTY = st.builds(lambda name, given: (name, given, []), st.sampled_from(["pb", "lb", "gap", "cb"]), ATTRIBUTES)
PHRASES = st.lists(st.one_of(WORDS, EMPTY), max_size=3)
NOTE = element("note", st.one_of(PHRASES, st.lists(element("p", PHRASES), min_size=1, max_size=2)))
INNER = st.lists(st.one_of(WORDS, EMPTY, NOTE, among(INLINE, PHRASES)), max_size=4)
MIXED = st.lists(st.one_of(WORDS, EMPTY, NOTE, among(INLINE, INNER)), max_size=4)
ITEM = element("item", MIXED)
PAIRS = st.lists(st.tuples(element("label", PHRASES), ITEM), min_size=1, max_size=3).map(
    lambda pairs: [x for pair in pairs for x in pair]
)
LIST = element("list", st.one_of(st.lists(ITEM, min_size=1, max_size=3), PAIRS))
ROW = element("row", st.lists(element("cell", MIXED), min_size=1, max_size=3))
TABLE = element("table", st.lists(ROW, min_size=1, max_size=3))
QUOTE = element("quote", st.lists(element("p", MIXED), min_size=1, max_size=2), st.just({"rend": "blockquote"}))
PARAGRAPH = element("p", st.lists(st.one_of(WORDS, EMPTY, NOTE, among(INLINE, INNER), LIST, TABLE, QUOTE), max_size=4))
STRAY = element("noteGrp", st.lists(NOTE, min_size=1, max_size=2))
BLOCK = st.one_of(
    PARAGRAPH,
    LIST,
    TABLE,
    QUOTE,
    STRAY,
    EMPTY.filter(lambda e: e[0] == "pb"),
    element("fw", PHRASES),
    element("stamp", PHRASES),
)
OPENER = element("opener", st.lists(among(["idno", "dateline", "salute", "seg"], MIXED), max_size=3))
CLOSER = element("closer", st.lists(among(["salute", "signed", "dateline"], MIXED), max_size=3))


def division(inner):
    parts = st.tuples(
        st.lists(element("head", MIXED), max_size=2),
        st.lists(OPENER, max_size=1),
        st.lists(BLOCK, max_size=3),
        inner,
        st.lists(CLOSER, max_size=1),
    )
    return element("div", parts.map(lambda lists: [x for part in lists for x in part]))


BODY = st.lists(division(st.lists(division(st.just([])), max_size=2)), min_size=1, max_size=2)


def build(parent, content):
    last = None
    for part in content:
        if isinstance(part, str):
            if last is None:
                parent.text = (parent.text or "") + part
            else:
                last.tail = (last.tail or "") + part
        else:
            name, attributes, inner = part
            last = etree.SubElement(parent, f"{NS}{name}", attributes)
            build(last, inner)


def edition(body):
    root = etree.Element(f"{NS}TEI", nsmap={None: TEI})
    header = etree.SubElement(root, f"{NS}teiHeader")
    etree.SubElement(
        etree.SubElement(etree.SubElement(header, f"{NS}fileDesc"), f"{NS}titleStmt"), f"{NS}title"
    ).text = "Any"
    build(etree.SubElement(etree.SubElement(root, f"{NS}text"), f"{NS}body"), body)
    # Read again, as an edition comes from a file: neighbouring texts are one, and elements have lines.
    return Edition(
        Path("any.xml"), etree.ElementTree(etree.fromstring(etree.tostring(root), etree.XMLParser(collect_ids=False)))
    )


@pytest.mark.parametrize("view", VIEWS)
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(body=BODY)
def test_no_word_is_lost_and_nothing_stops(view, body):
    made = edition(body)
    rendition = render_edition(made, view, Context(epoch=1_790_000_000))
    told = [f.message for f in rendition.findings if f.code.number not in {"TW702", "TW703", "TW720"}]
    assert told == []
    assert [f.message for f in conserve(made, rendition).findings] == []
    assert len(rendition.files) == {"html": 1, "print": 3, "epub": 1, "text": 2}[view]


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(body=BODY)
def test_every_word_is_extracted_once_and_every_offset_is_that_of_a_word(prepared, body):
    made = edition(body)
    text = words_of_tei(made.tree.getroot())

    found = extract(prepared(made), "any")

    said = [word for stream in (text.main, *text.notes) for word in stream.words()]
    assert [word for word in found.text.replace("\n\n", " ").split(" ") if word] == said
    assert "\n\n".join(found.text[p.start : p.end] for p in found.passages) == found.text
    for one in found.names:
        words = found.text[one.start : one.end]
        assert words == words.strip() != ""
    for at in (*(p.at for p in found.pages), *(n.called for n in found.notes if n.called is not None)):
        assert 0 <= at <= len(found.text)
    assert extract_from_json(extract_to_json(found)) == found
