"""A file that is held against RELAX NG alone is read as a stream; the same is said of it, and memory does not grow."""

import json
import tracemalloc

import pytest

from teiwright.checking import check, check_document, load_schema
from teiwright.checking.outline import Outline, sort_of
from teiwright.diagnostics import Code, TeiwrightError
from teiwright.loading import load
from teiwright.relaxng import Schema
from teiwright.reporting import render_report

TEI = "http://www.tei-c.org/ns/1.0"
ANY = """<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><ref name="any"/></start><define name="any">
<element><anyName><except><name ns="http://www.tei-c.org/ns/1.0">wrong</name></except></anyName><zeroOrMore><choice>
<text/><ref name="any"/><attribute><anyName/></attribute></choice></zeroOrMore></element></define></grammar>"""


@pytest.fixture
def schema(tmp_path):
    path = tmp_path / "any.rng"
    path.write_text(ANY)
    return path


@pytest.fixture
def file(tmp_path):
    def make(content: str, root: str = ""):
        path = tmp_path / "a.xml"
        path.write_bytes(f'<TEI xmlns="{TEI}"{root}>{content}</TEI>'.encode())
        return path

    return make


CASES = {
    "ids and pointers": '<p xml:id="a"/><div>\n<p xml:id="a"/><p/><ref target="#b #a"/></div>',
    "pages": '<text><pb n="2"/>\n<p><hi>é</hi><pb n="1"/></p></text>',
    "notes": '<text><div><note n="2">a</note><div><note n="1"/></div>\n<note n="1">b</note></div></text>',
    "elements": "<p><p/></p>\né<p><wrong/></p>",
    "nothing": "<p>a</p>",
}


@pytest.mark.parametrize("content", CASES.values(), ids=list(CASES))
def test_a_stream_finds_what_a_tree_shows(schema, file, content):
    path = file(content, ' xml:id="doc"')
    streamed, whole = check_document(path, schema), check_document(load(path), schema)
    assert streamed.name == whole.name
    assert check(path, schema) == check(load(path), schema)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<p>", "`</TEI>` stands where `<p>` of line 1 was to be closed"),
        ("<p>&copy;</p>", "the entity `&copy;` is not declared"),
    ],
)
def test_what_is_no_xml_is_said_in_one_finding(schema, file, content, words):
    (found,) = check(file(f"<wrong/>{content}"), schema).findings
    assert (found.code, found.message) == (Code.NOT_WELL_FORMED, words)


def test_a_finding_has_line_column_and_byte(schema, file):
    path = file("\n<p>é <wrong/></p>")
    report = check(path, schema)
    (found,) = json.loads(f"[{render_report(report, 'json')}]")
    assert (found["line"], found["column"], found["xpath"]) == (2, 6, "/TEI/p/wrong")
    assert path.read_bytes()[found["offset"] :].startswith(b"<wrong")
    region = json.loads(render_report(report, "sarif"))["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert region["region"] == {"startLine": 2, "startColumn": 6, "byteOffset": found["offset"]}


def test_our_own_law_gives_bytes_too(file):
    path = file("\n<teiHeader/>é<wrong/>")
    offsets = [found.where.offset for found in check(path).findings if "wrong" in found.message]
    assert offsets
    assert all(path.read_bytes()[offset:].startswith(b"<wrong") for offset in offsets)


def test_memory_does_not_grow_with_the_text(schema, file):
    load_schema(schema)
    sizes = []
    for count in (30_000, 90_000):
        path = file('<p rend="a">some text</p>\n' * count)
        check(path, schema)
        tracemalloc.start()
        assert check(path, schema).findings == ()
        sizes.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert sizes[1] - sizes[0] < 0.3 * 60_000 * 26


def test_elements_beyond_the_limit_are_said_not_to_be_followed(schema, file, monkeypatch):
    monkeypatch.setattr("teiwright.checking.outline.MOST", 10)
    (found,) = check(file('<ref target="http://example.org/"/>' * 12), schema).findings
    assert found.code is Code.POINTER_NOT_FOLLOWED
    assert "the rest was not followed" in found.message


def test_an_outline_has_only_what_points_or_is_pointed_to(schema, file):
    outline = Outline()
    Schema(schema, sort_of).validate(file("<p><hi/><ref target='#a'/></p><p/>"), watch=outline)
    assert [mark.local for mark in outline.marks] == ["ref"]


RULES = ANY.replace(
    "<start>",
    '<s:ns xmlns:s="http://purl.oclc.org/dsdl/schematron" prefix="t" uri="http://www.tei-c.org/ns/1.0"/>'
    '<s:pattern xmlns:s="http://purl.oclc.org/dsdl/schematron"><s:rule context="t:p"><s:assert test="@n">a number'
    "</s:assert></s:rule></s:pattern><start>",
)


def test_rules_inside_a_grammar_are_tried_on_the_same_file(tmp_path, file):
    schema = tmp_path / "rules.rng"
    schema.write_text(RULES)
    found = check(file("<p n='1'/>\n<p/><wrong/>"), schema).findings
    assert [(each.code, each.where.line, each.where.column) for each in found] == [
        (Code.RULE_BROKEN, 2, 1),
        (Code.ELEMENT_NOT_ALLOWED, 2, 5),
    ]


def test_rules_inside_the_compact_syntax_are_said_not_to_be_read(tmp_path, file):
    schema = tmp_path / "rules.rnc"
    schema.write_text(
        'namespace s = "http://purl.oclc.org/dsdl/schematron"\ndefault namespace = "http://www.tei-c.org/ns/1.0"\n'
        's:pattern [ s:rule [ context = "p" ] ]\nstart = element TEI { element p { empty }* }\n'
    )
    assert [found.code for found in check(file("<p/>"), schema).findings] == [Code.RULES_NOT_READ]
    found = {each.code for each in check(file("<q/>"), schema).findings}
    assert found == {Code.RULES_NOT_READ, Code.ELEMENT_NOT_ALLOWED}
    assert [found.code for found in check(load(file("<p/>")), schema).findings] == [Code.RULES_NOT_READ]


def test_a_flaw_of_a_compact_schema_has_its_place(tmp_path, file):
    schema = tmp_path / "wrong.rnc"
    schema.write_text("start =\n  element TEI { txt }\n")
    with pytest.raises(TeiwrightError) as stopped:
        check(file("<p/>"), schema)
    assert str(stopped.value.finding.where) == f"{schema}:2:17"
