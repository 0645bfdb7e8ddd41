"""Every construct of RELAX NG as a small schema, with documents that it allows and documents that it forbids."""

import pytest

from teiwright.relaxng import SchemaError

A, B, C = ('<element name="%s"><empty/></element>' % name for name in "abc")  # noqa: UP031 (braces are everywhere)


def doc(content: str) -> str:
    return f'<element name="doc">{content}</element>'


def data(kind: str, inner: str = "") -> str:
    return f'<data type="{kind}">{inner}</data>'


CASES = {
    "empty": (
        doc("<empty/>"),
        ["<doc/>", "<doc> \n </doc>", "<doc><!-- x --></doc>"],
        ["<doc>x</doc>", "<doc><a/></doc>"],
    ),
    "text": (doc("<text/>"), ["<doc/>", "<doc>x</doc>", "<doc>x<?y z?>x</doc>"], ["<doc><a/></doc>", '<doc a=""/>']),
    "not allowed": (doc(f"<choice><notAllowed/>{A}</choice>"), ["<doc><a/></doc>"], ["<doc/>"]),
    "group": (
        doc(A + B),
        ["<doc><a/><b/></doc>"],
        ["<doc><b/><a/></doc>", "<doc><a/></doc>", "<doc><a/><b/><b/></doc>"],
    ),
    "choice": (
        doc(f"<choice>{A}{B}</choice>"),
        ["<doc><a/></doc>", "<doc><b/></doc>"],
        ["<doc/>", "<doc><a/><b/></doc>"],
    ),
    "optional": (doc(f"<optional>{A}</optional>"), ["<doc/>", "<doc><a/></doc>"], ["<doc><a/><a/></doc>"]),
    "zero or more": (doc(f"<zeroOrMore>{A}</zeroOrMore>"), ["<doc/>", "<doc><a/><a/></doc>"], ["<doc><b/></doc>"]),
    "one or more": (
        doc(f"<oneOrMore>{A}{B}</oneOrMore>"),
        ["<doc><a/><b/><a/><b/></doc>"],
        ["<doc/>", "<doc><a/><b/><a/></doc>"],
    ),
    "empty repeated": (doc(f"<zeroOrMore><empty/></zeroOrMore>{A}"), ["<doc><a/></doc>"], ["<doc/>"]),
    "interleave": (
        doc(f"<interleave><group>{A}{B}</group><zeroOrMore>{C}</zeroOrMore></interleave>"),
        ["<doc><c/><a/><c/><b/><c/></doc>", "<doc><a/><b/></doc>"],
        ["<doc><b/><c/><a/></doc>", "<doc><c/><a/></doc>"],
    ),
    "mixed": (
        doc(f"<mixed>{A}{B}</mixed>"),
        ["<doc>x<a/>y<b/>z</doc>", "<doc><a/><b/></doc>"],
        ["<doc>x<b/><a/></doc>"],
    ),
    "two readings of one name": (
        doc(
            '<choice><group><element name="a"><attribute name="x"/></element>' + B + "</group>"
            '<group><element name="a"><optional><attribute name="x"/></optional><text/></element>'
            + C
            + "</group></choice>"
        ),
        ['<doc><a x=""/><b/></doc>', '<doc><a x=""/><c/></doc>', "<doc><a>t</a><c/></doc>"],
        ["<doc><a/><b/></doc>", '<doc><a x="">t</a><b/></doc>'],
    ),
    "an element in itself": (
        '<grammar><start><ref name="s"/></start><define name="s"><element name="s"><optional><ref name="s"/></optional>'
        "</element></define></grammar>",
        ["<s/>", "<s><s><s/></s></s>"],
        ["<s><s/><s/></s>"],
    ),
    "attributes": (
        doc('<attribute name="a"/><optional><attribute name="b"><value>x</value></attribute></optional>'),
        ['<doc a=""/>', '<doc b="x" a="1"/>', '<doc a="" b=" x "/>'],
        ["<doc/>", '<doc a="" b="y"/>', '<doc a="" c=""/>'],
    ),
    "an attribute decides the content": (
        doc(
            f'<choice><group><attribute name="t"><value>a</value></attribute>{A}</group>'
            f'<group><attribute name="t"><value>b</value></attribute>{B}</group></choice>'
        ),
        ['<doc t="a"><a/></doc>', '<doc t="b"><b/></doc>'],
        ['<doc t="a"><b/></doc>', '<doc t="c"><a/></doc>', "<doc><a/></doc>"],
    ),
    "any name": (
        '<element><anyName><except><name>no</name><nsName ns="urn:n"/></except></anyName><empty/></element>',
        ["<yes/>", '<a xmlns="urn:m"/>'],
        ["<no/>", '<a xmlns="urn:n"/>'],
    ),
    "names of a namespace": (
        '<element><nsName ns="urn:n"><except><name ns="urn:n">no</name></except></nsName><empty/></element>',
        ['<a xmlns="urn:n"/>', '<p:b xmlns:p="urn:n"/>'],
        ["<a/>", '<no xmlns="urn:n"/>'],
    ),
    "choice of names": (
        "<element><choice><name>a</name><name>b</name></choice><empty/></element>",
        ["<a/>", "<b/>"],
        ["<c/>"],
    ),
    "any attribute": (
        doc('<zeroOrMore><attribute><anyName><except><nsName ns=""/></except></anyName></attribute></zeroOrMore>'),
        ["<doc/>", '<doc xml:id="a" p:b="" xmlns:p="urn:p"/>'],
        ['<doc a=""/>'],
    ),
    "namespaces are inherited, but not by attributes": (
        '<element name="a" ns="urn:n"><attribute name="b"/><element name="c"><empty/></element></element>',
        ['<a xmlns="urn:n" b=""><c/></a>', '<p:a xmlns:p="urn:n" b=""><p:c/></p:a>'],
        ['<a xmlns="urn:n" b=""><c xmlns=""/></a>', '<p:a xmlns:p="urn:n" p:b=""><p:c/></p:a>'],
    ),
    "prefixes in names": ('<element name="p:a" xmlns:p="urn:n"><empty/></element>', ['<a xmlns="urn:n"/>'], ["<a/>"]),
    "lists": (
        doc(f"<list><oneOrMore>{data('integer')}</oneOrMore><optional><value>end</value></optional></list>"),
        ["<doc>1 2\n3</doc>", "<doc> 1 end </doc>"],
        ["<doc/>", "<doc>end</doc>", "<doc>1 end end</doc>", "<doc>1\xa02</doc>"],
    ),
    "except": (
        doc(data("NCName", "<except><value>no</value></except>")),
        ["<doc>yes</doc>"],
        ["<doc>no</doc>", "<doc/>"],
    ),
    "values of a datatype": (
        doc('<value type="integer">1</value>'),
        ["<doc>01</doc>", "<doc> +1 </doc>"],
        ["<doc>2</doc>"],
    ),
    "values are tokens": (doc("<value>a b</value>"), ["<doc> a  b</doc>"], ["<doc>ab</doc>"]),
    "values of strings": (doc('<value type="string">a b</value>'), ["<doc>a b</doc>"], ["<doc> a b</doc>"]),
    "white space may be data": (doc(data("string")), ["<doc> </doc>", "<doc/>"], ["<doc><a/></doc>"]),
    "data or elements": (
        doc(f"<choice>{data('integer')}{A}</choice>"),
        ["<doc>1</doc>", "<doc> <a/> </doc>"],
        ["<doc>1<a/></doc>"],
    ),
    "combined by choice": (
        f'<grammar><start combine="choice">{A}</start><start combine="choice">{B}</start></grammar>',
        ["<a/>", "<b/>"],
        ["<c/>"],
    ),
    "combined by interleave": (
        f"<grammar><start>{doc('<ref name=' + chr(34) + 'x' + chr(34) + '/>')}</start>"
        f'<define name="x">{A}</define><div><define name="x" combine="interleave">{B}</define></div></grammar>',
        ["<doc><a/><b/></doc>", "<doc><b/><a/></doc>"],
        ["<doc><a/></doc>"],
    ),
    "a grammar in a grammar": (
        '<grammar><start><element name="doc"><grammar><start><group>'
        '<ref name="x"/><parentRef name="x"/></group></start>'
        f'<define name="x">{A}</define></grammar></element></start><define name="x">{B}</define></grammar>',
        ["<doc><a/><b/></doc>"],
        ["<doc><b/><a/></doc>"],
    ),
    "annotations mean nothing": (
        '<element name="doc" x:y="1" xmlns:x="urn:x"><x:note><x:element name="z"/></x:note><text/></element>',
        ["<doc>x</doc>"],
        ["<doc><z/></doc>"],
    ),
}
EACH = [
    pytest.param(schema, document, right, id=f"{name}: {document[:40]}")
    for name, (schema, good, bad) in CASES.items()
    for right, documents in ((True, good), (False, bad))
    for document in documents
]


@pytest.mark.parametrize(("schema", "document", "right"), EACH)
def test_a_document_is_judged(found_in, schema, document, right):
    assert (found_in(schema, document) == []) is right


REFUSED = {
    "is referred to, but not defined": '<grammar><start><ref name="x"/></start></grammar>',
    "contains itself": '<grammar><start><ref name="x"/></start>'
    '<define name="x"><choice><ref name="x"/><empty/></choice></define></grammar>',
    "has more than one pattern": f"<grammar><start>{A}{B}</start></grammar>",
    "has no start": f'<grammar><define name="x">{A}</define></grammar>',
    "is defined twice without combine": f"<grammar><start>{A}</start><start>{B}</start></grammar>",
    "is combined in two ways": f'<grammar><start combine="choice">{A}</start>'
    f'<start combine="interleave">{B}</start></grammar>',
    "the datatype `nonsense` is not known": doc('<data type="nonsense"/>'),
    "the datatype library `urn:x` is not known": doc('<data type="x" datatypeLibrary="urn:x"/>'),
    "is no integer": doc('<value type="integer">one</value>'),
    "the pattern `[` is wrong": doc(data("token", '<param name="pattern">[</param>')),
    "the parameter `colour` is not known": doc(data("token", '<param name="colour">x</param>')),
    "data stand beside other content": doc(data("integer") + A),
    "data are repeated outside a list": doc(f"<oneOrMore>{data('integer')}</oneOrMore>"),
    "stands in a list": doc("<list><text/></list>"),
    "an element or attribute stands in an attribute": doc(f'<attribute name="x">{A}</attribute>'),
    "the start of a schema is an element": "<text/>",
    "the prefix `p` is not declared": '<element name="p:a"><empty/></element>',
    "`nonsense` stands where a pattern is expected": doc("<nonsense/>"),
    "says nothing of its content": '<element name="a"/>',
}


@pytest.mark.parametrize(("message", "schema"), REFUSED.items(), ids=list(REFUSED))
def test_a_schema_that_breaks_a_rule_is_refused(schema_of, message, schema):
    with pytest.raises(SchemaError) as refused:
        schema_of(schema)
    assert message in refused.value.message


# -- several files

PART = (
    '<grammar ns="urn:n"><start><ref name="doc"/></start><define name="doc"><element name="doc"><ref name="in"/>'
    f'</element></define><define name="in">{A}</define></grammar>'
)


def test_an_included_grammar_is_changed_where_the_include_says_so(schema_of, found_in):
    schema = schema_of(
        f'<grammar ns="urn:n"><include href="part.rng"><define name="in">{B}</define></include></grammar>', part=PART
    )
    assert found_in(schema, '<doc xmlns="urn:n"><b/></doc>') == []
    assert found_in(schema, '<doc xmlns="urn:n"><a/></doc>') == ["unknown_element a"]
    assert len(schema.files) == 2


def test_what_is_replaced_must_be_there(schema_of):
    with pytest.raises(SchemaError, match="which the included grammar does not have"):
        schema_of(f'<grammar><include href="part.rng"><define name="gone">{B}</define></include></grammar>', part=PART)


def test_an_external_pattern_takes_the_namespace_of_its_place(schema_of, found_in):
    schema = schema_of(doc('<externalRef href="part.rng" ns="urn:n"/>'), part='<element name="a"><text/></element>')
    assert found_in(schema, '<doc><a xmlns="urn:n"/></doc>') == []
    assert found_in(schema, "<doc><a/></doc>") != []


def test_hrefs_are_relative_to_xml_base(schema_of, found_in, tmp_path):
    (tmp_path / "deep").mkdir()
    schema_of(A)
    (tmp_path / "schema.rng").rename(tmp_path / "deep" / "a.rng")
    assert found_in(doc('<externalRef xml:base="deep/" href="a.rng"/>'), "<doc><a/></doc>") == []


@pytest.mark.parametrize(
    ("href", "message"),
    [
        ("https://example.org/a.rng", "not fetched from the network"),
        ("//example.org/a.rng", "not fetched from the network"),
        ("gone.rng", "there is no such file"),
        ("schema.rng", "the schema includes itself"),
        ("a.rng#b", "must not have a fragment"),
    ],
)
def test_files_come_from_the_disk_and_only_once(schema_of, href, message):
    with pytest.raises(SchemaError, match=message):
        schema_of(doc(f'<externalRef href="{href}"/>'))
