"""A large grammar is kept once it is compiled; what it says of documents is the same, and any change of it counts."""

import os
from pathlib import Path

import pytest

from teiwright.checking import Manner, check, kept, load_schema
from teiwright.relaxng import Schema

HERE = Path(__file__).resolve().parent
OURS = HERE.parents[1] / "schema" / "teiwright.rng"
EDITION = HERE / "editions" / "letter.xml"
PART = (
    '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><define name="p"><element name="{}"><text/></element>'
    "</define></grammar>"
)
WHOLE = (
    '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="part.rng"/><start>'
    '<element name="TEI"><ref name="p"/></element></start></grammar>'
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "_WORTH_KEEPING", 0)
    monkeypatch.setenv("TEIWRIGHT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "relaxng"


@pytest.fixture
def grammar(tmp_path, folder):  # noqa: ARG001 (so that all are kept there)
    def write(name: str) -> Path:
        (tmp_path / "part.rng").write_text(PART.format(name))
        (tmp_path / "whole.rng").write_text(WHOLE)
        return tmp_path / "whole.rng"

    return write


def judged(path, *documents):
    schema = kept.compiled(path, (), keeps=True)
    return [[finding.kind.name for finding in schema.validate(document)] for document in documents]


@pytest.mark.parametrize("spoil", [(b"<persName", b"<persname"), (b"when=", b"wen="), (b"<p>", b"<p><l/>")])
def test_a_grammar_that_was_kept_finds_the_same(spoil):
    once = Schema(OURS)
    again = Schema(OURS, kept=(once.keep(), once.files))
    document = EDITION.read_bytes()
    assert once.validate(document) == again.validate(document) == []
    spoilt = document.replace(*spoil)
    assert once.validate(spoilt) == again.validate(spoilt) != []
    assert (once.names, once.annotations) == (again.names, again.annotations)


def test_a_second_run_reads_what_was_kept(grammar, folder, monkeypatch):
    path = grammar("p")
    assert judged(path, b"<TEI><p/></TEI>") == [[]]
    assert len(list(folder.iterdir())) == 1
    monkeypatch.setattr(Schema, "_compile", lambda _: pytest.fail("compiled again"))
    assert judged(path, b"<TEI><p/></TEI>", b"<TEI/>") == [[], ["INCOMPLETE"]]


def test_a_change_in_an_included_file_counts(grammar):
    judged(grammar("p"))
    assert judged(grammar("q"), b"<TEI><q/></TEI>") == [[]]


@pytest.mark.parametrize("rubbish", [b"", b"{}", b'{"files": []}\n{}', b"\xff\xfe", b"[]\n[]"])
def test_rubbish_in_its_place_is_made_anew(grammar, folder, rubbish):
    path = grammar("p")
    judged(path)
    (place,) = folder.iterdir()
    head = place.read_bytes().partition(b"\n")[0]
    for written in (rubbish, head + b"\n" + rubbish):
        place.write_bytes(written)
        assert judged(path, b"<TEI><p/></TEI>") == [[]]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_what_others_may_have_written_is_not_read(grammar, folder):
    path = grammar("p")
    judged(path)
    (place,) = folder.iterdir()
    place.write_bytes(place.read_bytes().replace(b'"p"', b'"q"'))
    place.chmod(0o666)
    assert judged(path, b"<TEI><p/></TEI>") == [[]]


def test_nothing_is_kept_where_that_was_not_wanted(grammar, folder):
    path = grammar("p")
    check(EDITION, load_schema(path, Manner(keeps=False)))
    assert not folder.exists()
