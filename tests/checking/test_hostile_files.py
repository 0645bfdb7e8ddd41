"""Files from strangers, held against a grammar alone: each gets one message, soon."""

import time

import pytest

from teiwright.checking import check
from teiwright.diagnostics import Code, TeiwrightError

ANY = """<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><ref name="any"/></start><define name="any">
<element><anyName/><zeroOrMore><choice><text/><ref name="any"/><attribute><anyName/></attribute></choice></zeroOrMore>
</element></define></grammar>"""
BOMB = '<!DOCTYPE a [<!ENTITY b "bb">' + "".join(f'<!ENTITY b{i} "&b;&b;&b;">' for i in range(30)) + "]><a>&b29;</a>"
CASES = {
    "a bomb of entities": (BOMB, Code.UNSAFE_XML, "declares entities"),
    "an entity from the disk": (
        '<!DOCTYPE a [<!ENTITY b SYSTEM "/etc/passwd">]><a>&b;</a>',
        Code.UNSAFE_XML,
        "declares entities",
    ),
    "an entity from the network": (
        '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1:9/"> %b;]><a/>',
        Code.UNSAFE_XML,
        "declares entities",
    ),
    "a hundred thousand elements deep": ("<a>" * 100_000, Code.UNSAFE_XML, "nests deeper than 10,000 elements"),
    "a hundred thousand attributes": (
        "<a " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>",
        Code.UNSAFE_XML,
        "an element has more than 2,000 attributes",
    ),
    "a file that was cut off": ("<a><b>text</b><c", Code.NOT_WELL_FORMED, ""),
    "an empty file": ("", Code.NOT_WELL_FORMED, "the file is empty"),
}


@pytest.fixture
def schema(tmp_path):
    path = tmp_path / "any.rng"
    path.write_text(ANY)
    return path


@pytest.mark.parametrize(("content", "code", "words"), CASES.values(), ids=list(CASES))
def test_a_hostile_file_gets_one_message(tmp_path, schema, content, code, words):
    path = tmp_path / "a.xml"
    path.write_text(content)
    started = time.process_time()
    (found,) = check(path, schema).findings
    assert found.code is code
    assert words in found.message
    assert time.process_time() - started < 5


def test_a_schema_that_includes_itself(tmp_path):
    path = tmp_path / "self.rng"
    path.write_text('<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="self.rng"/></grammar>')
    (tmp_path / "a.xml").write_text("<a/>")
    with pytest.raises(TeiwrightError, match="the schema includes itself"):
        check(tmp_path / "a.xml", path)


@pytest.mark.parametrize("href", ["../part.rng", "/etc/passwd", "http://example.org/part.rng"])
def test_a_schema_reads_nothing_elsewhere(tmp_path, href):
    folder = tmp_path / "schema"
    folder.mkdir()
    (tmp_path / "part.rng").write_text(ANY)
    (folder / "main.rng").write_text(
        f'<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="{href}"/></grammar>'
    )
    (tmp_path / "a.xml").write_text("<a/>")
    with pytest.raises(TeiwrightError, match=r"outside the folder of the schema|not fetched from the network"):
        check(tmp_path / "a.xml", folder / "main.rng")


def test_an_element_with_too_many_attributes_is_refused_by_our_own_law_too(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(CASES["a hundred thousand attributes"][0])
    with pytest.raises(TeiwrightError) as stopped:
        check(path)
    assert stopped.value.finding.message == "an element has more than 2,000 attributes"


def test_of_very_many_flaws_a_thousand_are_told_and_soon(tmp_path):
    path = tmp_path / "a.xml"
    text = f'<text><body><div type="letter">{"<wrong/>" * 30_000}</div></body></text>'
    path.write_text(f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{text}</TEI>')
    started = time.process_time()
    found = check(path).findings
    assert time.process_time() - started < 20
    assert 1000 < len(found) < 1010
    assert "there are more findings than 1,000; the rest was not looked at" in [each.message for each in found]
