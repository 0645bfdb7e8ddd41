"""Places are those of the file on disk, and files of strangers can do no harm."""

from pathlib import Path

import pytest
from lxml import etree

from teiwright.comparing import compare
from teiwright.diagnostics import Code, TeiwrightError
from teiwright.model import Edition

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0">{}</TEI>'


def test_places_are_those_of_the_file_as_it_is_laid_out(tmp_path, source):
    path = tmp_path / "edition.xml"
    path.write_text(
        TEI.format("\n<text><body>\n   <p\n     >one &amp; <hi>deux</hi>\n</p></body></text>"), encoding="utf-8"
    )
    (finding,) = compare(source("one & two"), Edition(path, etree.parse(path))).findings
    assert (finding.where.line, finding.where.column) == (4, 21)


def test_a_file_that_has_changed_since_it_was_read_is_not_asked_for_places(tmp_path, source):
    path = tmp_path / "edition.xml"
    path.write_text(TEI.format("<text><body><p>one two</p></body></text>"), encoding="utf-8")
    edition = Edition(path, etree.parse(path))
    path.write_text(TEI.format("<text><body><p>quite another</p></body></text>"), encoding="utf-8")
    assert compare(source("one two"), edition).findings == ()


@pytest.mark.parametrize(
    "entity",
    ['<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">', '<!ENTITY b SYSTEM "file:///etc/hostname">'],
)
def test_entities_are_refused(entity, source):
    text = f"<!DOCTYPE TEI [{entity}]>" + TEI.format("<text><body><p>&b;</p></body></text>")
    tree = etree.ElementTree(etree.fromstring(text, etree.XMLParser(resolve_entities=False)))
    with pytest.raises(TeiwrightError) as caught:
        compare(source("one"), Edition(Path("edition.xml"), tree))
    assert caught.value.finding.code is Code.UNSAFE_XML


def test_a_deep_document_is_read(source):
    depth = 200
    tree = etree.ElementTree(
        etree.fromstring(TEI.format("<text>" + "<div>" * depth + "one" + "</div>" * depth + "</text>"))
    )
    assert compare(source("one"), Edition(Path("edition.xml"), tree)).findings == ()
