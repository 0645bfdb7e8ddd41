"""What strangers may send: each gets an answer, soon, and in little memory."""

import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from teiwright.relaxng import Kind, SchemaError, TooComplexError

ANY = (
    '<grammar><start><ref name="any"/></start><define name="any"><element><anyName/><zeroOrMore><choice><text/>'
    '<ref name="any"/><attribute><anyName/></attribute></choice></zeroOrMore></element></define></grammar>'
)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    started = time.process_time()  # of this process alone: the machine may be busy
    yield
    assert time.process_time() - started < seconds


def only(schema, document: bytes) -> Kind:
    (found,) = schema.validate(document)
    return found.kind


def test_entities_are_refused_where_they_are_declared(schema_of):
    bomb = (
        '<!DOCTYPE a [<!ENTITY a "aa">' + "".join(f'<!ENTITY a{i} "&a;&a;&a;">' for i in range(30)) + "]><a>&a29;</a>"
    )
    assert only(schema_of(ANY), bomb.encode()) is Kind.UNSAFE
    assert only(schema_of(ANY), b'<!DOCTYPE a [<!ENTITY a SYSTEM "/etc/passwd">]><a>&a;</a>') is Kind.UNSAFE
    assert only(schema_of(ANY), b'<!DOCTYPE a SYSTEM "a.dtd"><a>&eacute;</a>') is Kind.UNSAFE


def test_a_schema_declares_no_entities(schema_of, tmp_path):
    path = tmp_path / "x.rng"
    path.write_text('<!DOCTYPE a [<!ENTITY a "b">]><element name="&a;"/>')
    with pytest.raises(SchemaError, match="declares entities"):
        type(schema_of(ANY))(path)


def test_deep_nesting_ends(schema_of):
    with at_most(5):
        assert only(schema_of(ANY), b"<a>" * 100_000) is Kind.UNSAFE
    with pytest.raises(SchemaError, match="nests deeper"):
        schema_of("<element name='a'>" + "<group>" * 10_000 + "<text/>" + "</group>" * 10_000 + "</element>")


def test_many_attributes_end(schema_of):
    many = " ".join(f'a{i}=""' for i in range(100_000)).encode()
    with at_most(5):
        assert only(schema_of(ANY), b"<a %s/>" % many) is Kind.UNSAFE


def test_many_findings_end(schema_of):
    with at_most(5):
        found = schema_of('<element name="a"><empty/></element>').validate(b"<a>" + b"<b/>" * 100_000 + b"</a>")
    assert len(found) == 1_001
    assert found[-1].kind is Kind.UNSAFE


def test_definitions_that_refer_to_each_other_too_deeply(schema_of):
    chain = "".join(f'<define name="d{i}"><optional><ref name="d{i + 1}"/></optional></define>' for i in range(5_000))
    with pytest.raises(SchemaError, match="too deeply"):
        schema_of(
            f'<grammar><start><element name="a"><ref name="d0"/></element></start>{chain}'
            '<define name="d5000"><text/></define></grammar>'
        )


def test_doubling_definitions_cost_nothing(schema_of, found_in):
    twice = "".join(
        f'<define name="d{i}"><interleave><ref name="d{i + 1}"/><empty/></interleave></define>' for i in range(60)
    )
    with at_most(3):
        schema = schema_of(
            f'<grammar><start><element name="a"><ref name="d0"/></element></start>{twice}'
            '<define name="d60"><element name="b"><empty/></element></define></grammar>'
        )
        assert found_in(schema, "<a><b/></a>") == []


def test_what_leaves_too_much_open_is_given_up(schema_of, monkeypatch):
    parts = "".join(f'<element name="e{i}"><empty/></element>' for i in range(18))
    schema = schema_of(f'<element name="d"><interleave>{parts}</interleave></element>')
    monkeypatch.setattr("teiwright.relaxng.patterns._MOST", 100)
    with pytest.raises(TooComplexError):
        schema.validate(b"<d>" + b"".join(b"<e%d/>" % i for i in range(18)) + b"</d>")


def test_memory_does_not_grow_with_the_document(schema_of, tmp_path):
    schema = schema_of(ANY)
    sizes = []
    for count in (60_000, 240_000):
        path = tmp_path / f"{count}.xml"
        path.write_text("<a>" + "<b c='d'>some text</b>\n" * count + "</a>")
        schema.validate(path)
        tracemalloc.start()
        assert schema.validate(path) == []
        sizes.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert sizes[1] < sizes[0] * 1.2


def test_names_without_end_are_forgotten(schema_of):
    with at_most(10):
        found = schema_of(ANY).validate(b"<a>" + b"".join(b"<a%d b%d=''/>" % (i, i) for i in range(30_000)) + b"</a>")
    assert found == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text",
        b"<a",
        b"\xff\xfe",
        b'<?xml version="1.0" encoding="nonsense"?><a/>',
        b"<a>\x00</a>",
        b"<a>\xff</a>",
    ],
)
def test_what_is_no_xml_is_said_to_be_none(schema_of, data):
    assert only(schema_of(ANY), data) is Kind.NOT_WELL_FORMED
