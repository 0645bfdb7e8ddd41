"""Datatypes of XML Schema: values that are, and values that are not."""

import time

import pytest

from teiwright.relaxng.datatypes.expressions import Expression, ExpressionError

VALUES = {
    "NCName": ("a a-1 _x é Ω1", "1a a:b -a x·?"),
    "NMTOKEN": ("a 1a -a a:b", "a/b é! §"),
    "Name": ("a a:b :a", "1a -a"),
    "language": ("en en-GB zh-Hant-x-a", "en_GB englishlanguage -en"),
    "boolean": ("true false 0 1", "yes TRUE 2"),
    "decimal": ("1 -1.5 +.5 1.", "1e3 . 1,5 INF"),
    "integer": ("0 -1 +12 007", "1.0 one 1e3"),
    "nonNegativeInteger": ("0 12 -0", "-1 1.5"),
    "positiveInteger": ("1 12", "0 -1"),
    "byte": ("127 -128", "128 -129"),
    "unsignedShort": ("65535 0", "65536 -1"),
    "double": ("1 1e3 -INF NaN .5E-2", "e3 +INF nan"),
    "date": (
        "1941-05-01 2000-02-29 -0044-03-15 1941-05-01Z 1941-05-01+14:00",
        "1941-13-01 1900-02-29 0000-01-01 41-5-1 1941-05-01+14:01",
    ),
    "gYear": ("1941 -0044 12000", "41 0000 01941 19410x"),
    "gYearMonth": ("1941-05 1941-12Z", "1941-00 1941-13 1941"),
    "gMonthDay": ("--02-29 --12-31", "--02-30 02-28"),
    "gMonth": ("--02", "--13 02"),
    "gDay": ("---31", "---32 31"),
    "time": ("13:20:00 24:00:00 13:20:00.5+01:00", "24:00:01 13:60:00 13:20"),
    "dateTime": ("1941-05-01T24:00:00 1941-05-01T13:20:00Z", "1941-05-01 1941-05-01T25:00:00"),
    "duration": ("P1Y P1Y2M3DT4H5M6.7S -PT0S", "P 1Y PT P1S P1.5Y"),
    "anyURI": ("a #a http://x/%20 urn:a:b ../a?b#c /é", "%zz a#b#c 1:a %2"),
    "base64Binary": ("YQ== YWI= YWJj", "YQ= YQ Y*=="),
    "hexBinary": ("0aFF 00", "0 0g"),
    "QName": ("a xml:a", "a:b:c nope:a 1a"),
}
EACH = [
    pytest.param(kind, value, right, id=f"{kind} {value}")
    for kind, (good, bad) in VALUES.items()
    for right, values in ((True, good), (False, bad))
    for value in values.split()
]


@pytest.mark.parametrize(("kind", "value", "right"), EACH)
def test_a_value(found_in, kind, value, right):
    schema = f'<element name="a"><data type="{kind}"/></element>'
    assert (found_in(schema, f"<a> {value}\n</a>") == []) is right


FACETS = [
    ("token", {"length": "3"}, "abc", "ab"),
    ("token", {"minLength": "2", "maxLength": "3"}, "a b", "abcd"),
    ("integer", {"minInclusive": "2", "maxExclusive": "10"}, "9", "10"),
    ("decimal", {"minExclusive": "0.5"}, "0.50001", "0.5"),
    ("decimal", {"totalDigits": "3", "fractionDigits": "1"}, "12.50", "12.55"),
    ("double", {"maxInclusive": "1e3"}, "999", "NaN"),
    ("date", {"minInclusive": "1904-02-08"}, "1904-02-08", "1904-02-07"),
    ("date", {"maxInclusive": "-0001-12-31"}, "-0044-03-15", "0001-01-01"),
    ("dateTime", {"minInclusive": "1904-02-08T12:00:00Z"}, "1904-02-08T13:00:00+01:00", "1904-02-08T12:59:59+01:00"),
    ("hexBinary", {"length": "2"}, "0aff", "0a"),
    ("token", {"pattern": "[A-Z]+"}, "AB", "Ab"),
]


@pytest.mark.parametrize(("kind", "facets", "good", "bad"), FACETS, ids=[f"{k} {f}" for k, f, _, _ in FACETS])
def test_a_facet(found_in, kind, facets, good, bad):
    params = "".join(f'<param name="{name}">{value}</param>' for name, value in facets.items())
    schema = f'<element name="a"><data type="{kind}">{params}</data></element>'
    assert found_in(schema, f"<a>{good}</a>") == []
    assert found_in(schema, f"<a>{bad}</a>") == [f"bad_content {bad}"]


def test_a_qname_means_what_its_prefix_does(found_in):
    schema = '<element name="a"><value type="QName" xmlns:p="urn:x">p:b</value></element>'
    assert found_in(schema, '<a xmlns:q="urn:x">q:b</a>') == []
    assert found_in(schema, '<a xmlns:p="urn:y">p:b</a>') != []


EXPRESSIONS = [
    (r"a|b", "a b", "ab c"),
    (r"a*b+c?", "b aab abbc", "a ac"),
    (r"(ab){2,3}", "abab ababab", "ab abababab"),
    (r"(a){2}b{0,1}c{1,}", "aac aabccc", "aabbc ac aa"),
    (r"[a-c-[b]]+", "ac", "abc b"),
    (r"[^a-c]", "d é", "b"),
    (r"[\-a\]]+", "-a]", "\\"),
    (r"\d{4}-\d\d", "1941-05 ١٩٤١-05", "941-05"),
    (r"\i\c*", "a-1 _", "1a"),
    (r"\p{Lu}\p{L}+", "Grey Äh", "grey"),
    (r"[\p{L}\p{N}]+", "a1", "a-"),
    (r"\P{L}", "1", "a"),
    (r"\p{IsGreek}+", "λόγος", "logos"),
    (r"\S+", "a-é", ""),
    (r"(\p{L}|\p{N}|\p{P}|\p{S})+", "a1.+", "a\u200b"),
    (r"a.c", "abc aéc", "a\nc ac"),
    (r"^a$", "^a$", "a"),
    (r"(|a)b", "b ab", "a"),
    (r"a{0}b", "b", "ab"),
]


@pytest.mark.parametrize(("pattern", "good", "bad"), EXPRESSIONS, ids=[pattern for pattern, _, _ in EXPRESSIONS])
def test_an_expression(pattern, good, bad):
    expression = Expression(pattern)
    assert [text for text in good.split() if not expression.matches(text)] == []
    assert [text for text in bad.split(" ") if expression.matches(text)] == []


@pytest.mark.parametrize(
    "pattern", ["(a", "a)", "[a", "a{2,1}", "*a", r"\q", r"\p{Xx}", "[z-a]", "a{99999}{99}", "(" * 99]
)
def test_what_is_no_expression(pattern):
    with pytest.raises(ExpressionError):
        Expression(pattern)


def test_no_expression_takes_more_than_linear_time():
    started = time.process_time()
    for pattern in ("(a+)+b", "(a|a)*b", "(a*)*b", "(.*)(.*)(.*)(.*)b", "(a?){30}a{30}b"):
        assert not Expression(pattern).matches("a" * 20_000)
    assert time.process_time() - started < 3
