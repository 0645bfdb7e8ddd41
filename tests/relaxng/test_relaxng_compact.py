"""The compact syntax says what the XML syntax says."""

import pytest

from teiwright.relaxng import Schema, SchemaError

CASES = {
    "an element": ("element doc { empty }", ["<doc/>"], ["<a/>"]),
    "comments": ("# one\nelement doc { # two\n text }", ["<doc>x</doc>"], ["<doc><a/></doc>"]),
    "a group": (
        "element doc { element a { empty }, element b { empty }? }",
        ["<doc><a/><b/></doc>", "<doc><a/></doc>"],
        ["<doc><b/></doc>"],
    ),
    "a choice repeated": (
        "element doc { (element a { empty } | element b { empty })+ }",
        ["<doc><b/><a/></doc>"],
        ["<doc/>"],
    ),
    "interleave": (
        "element doc { element a { empty } & element b { empty }* }",
        ["<doc><b/><a/><b/></doc>"],
        ["<doc><b/></doc>"],
    ),
    "mixed and list": (
        "element doc { mixed { element a { list { xsd:integer, xsd:integer } } } }",
        ["<doc>x<a>1 2</a></doc>"],
        ["<doc><a>1</a></doc>"],
    ),
    "a grammar": (
        'start = doc\ndoc |= element doc { a & b }\na = attribute a { "x" | \'y\' }\nb &= attribute b { token "z" }?',
        ['<doc a="x"/>', '<doc a="y" b=" z "/>'],
        ['<doc a="z"/>', "<doc/>"],
    ),
    "combining": (
        "start |= element a { empty }\nstart |= element b { empty }",
        ["<a/>", "<b/>"],
        ["<c/>"],
    ),
    "namespaces": (
        'default namespace = "urn:d"\nnamespace x = "urn:x"\n'
        "element doc { attribute a { text }, attribute x:b { text }, element x:c { empty } }",
        ['<doc xmlns="urn:d" xmlns:x="urn:x" a="" x:b=""><x:c/></doc>'],
        ['<doc a="" b=""><c/></doc>', '<x:doc xmlns:x="urn:d" x:a="" x:b=""><x:c/></x:doc>'],
    ),
    "a default namespace with a prefix": (
        'default namespace x = "urn:x"\nelement x:doc { element a { empty } }',
        ['<doc xmlns="urn:x"><a/></doc>'],
        ["<doc/>"],
    ),
    "name classes": (
        'namespace x = "urn:x"\nelement * - (x:* | no) { attribute x:* - x:a { text }*, attribute b | c { text } }',
        ['<yes b="" x:y="" xmlns:x="urn:x"/>', '<yes c=""/>'],
        ['<no b=""/>', '<a xmlns="urn:x" b=""/>', '<yes b="" xmlns:x="urn:x" x:a=""/>'],
    ),
    "datatypes": (
        'datatypes d = "http://www.w3.org/2001/XMLSchema-datatypes"\n'
        'element doc { d:NCName { pattern = "a.*" maxLength = "3" } - ("ab" | "ac") }',
        ["<doc>ad</doc>"],
        ["<doc>ab</doc>", "<doc>abcd</doc>", "<doc>b</doc>"],
    ),
    "texts in pieces": (
        'element doc { "a" ~ \'"\' ~ """b"c""" }',
        ['<doc>a"b"c</doc>'],
        ["<doc>a</doc>"],
    ),
    "escapes": (r'element d\x{6f}c { string "x\x{a}y" }', ["<doc>x\ny</doc>"], ["<doc>x y</doc>"]),
    "keywords as names": (
        "start = \\element\n\\element = element text { attribute start { text }, element element { empty } }",
        ['<text start=""><element/></text>'],
        ["<element/>"],
    ),
    "a grammar in a grammar": (
        "start = element doc { grammar { start = parent x, x\nx = element a { empty } } }\nx = element b { empty }",
        ["<doc><b/><a/></doc>"],
        ["<doc><a/><b/></doc>"],
    ),
    "annotations": (
        'namespace x = "urn:x"\nx:note [ "a" x:b [ c = "d" ] ]\n[ x:e = "f" ]\nstart = ## said\n'
        "element doc { text >> x:after [ ] }\n",
        ["<doc>x</doc>"],
        ["<x/>"],
    ),
    "a div": ("div { start = element doc { notAllowed | empty } }", ["<doc/>"], ["<doc>x</doc>"]),
}
EACH = [
    pytest.param(schema, document, right, id=f"{name}: {document[:40]}")
    for name, (schema, good, bad) in CASES.items()
    for right, documents in ((True, good), (False, bad))
    for document in documents
]


@pytest.fixture
def compact(tmp_path):
    def make(text: str, **others: str) -> Schema:
        for name, other in {"schema": text, **others}.items():
            (tmp_path / f"{name}.rnc").write_text(other, "utf-8")
        return Schema(tmp_path / "schema.rnc")

    return make


@pytest.mark.parametrize(("schema", "document", "right"), EACH)
def test_a_document_is_judged(compact, schema, document, right):
    assert (compact(schema).validate(document.encode()) == []) is right


def test_files_are_included_in_either_syntax(compact, tmp_path):
    (tmp_path / "xml.rng").write_text(
        '<element name="b" xmlns="http://relaxng.org/ns/structure/1.0"><empty/></element>'
    )
    schema = compact(
        'default namespace = "urn:x"\ninclude "part.rnc" { a = element c { external "xml.rng" } }',
        part="start = element doc { a }\na = element a { empty }",
    )
    assert schema.validate(b'<doc xmlns="urn:x"><c><b/></c></doc>') == []
    assert schema.validate(b'<doc xmlns="urn:x"><a/></doc>') != []


def test_documentation_is_kept(compact):
    assert compact("start =\n  ## (a document)\n  ## in two lines\n  element doc { empty }").documentation("doc") == (
        "(a document) in two lines"
    )


WRONG = {
    "element doc { empty": (1, 20, "the end of the file stands where `}` is expected"),
    "element doc {\n  empty, text | empty }": (2, 15, "`|` and `,` stand side by side: put one in parentheses"),
    "start = x\nx = element doc { xs:integer }": (2, 19, "the prefix `xs` of datatypes is not declared"),
    "element x:doc { empty }": (1, 9, "the prefix `x` is not declared"),
    "start = nothing": (1, 9, "`nothing` is referred to, but not defined"),
    "element doc { start }": (1, 15, "the keyword `start` stands where a pattern is expected"),
    "element doc { ! }": (1, 15, "`!` begins nothing of the compact syntax"),
    'element doc { xsd:integer "one" }': (1, 15, "`one` is no integer"),
    "element doc { xsd:whole }": (1, 15, "the datatype `whole` is not known"),
    "start = element doc { empty }\nlist = empty": (2, 1, "the keyword `list` stands where a name is expected; write"),
    "element doc { list { text } }": (1, 1, "text, a list or interleave stands in a list"),
    "element doc { (((( empty }": (1, 26, "`}` stands where `)` is expected"),
    "(" * 200: (1, 101, "it nests deeper"),
}


@pytest.mark.parametrize(("schema", "where"), WRONG.items(), ids=[words for _, _, words in WRONG.values()])
def test_what_is_wrong_is_said_with_line_and_column(compact, schema, where):
    with pytest.raises(SchemaError) as refused:
        compact(schema)
    line, column, words = where
    assert (refused.value.line, refused.value.column) == (line, column)
    assert words in refused.value.message
