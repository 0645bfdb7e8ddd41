"""Each stretch of a source, and what it became: of the text, of the marks, and of what nothing has."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner
from lxml import etree, html

from teiwright.cli import teiwright
from teiwright.comparing import corresponding
from teiwright.encoding import load
from teiwright.model import Edition, Piece, Source
from teiwright.reading import read

from .conftest import ROOT, edition_of, source_of

BLANK = "[\\s\u00ad\ufeff]+"

TEXT = """Sir: The moat1 is
dry. [Page 7] Fish & frogs left.

• The drawbridge.
A line that nobody encoded.
  1. Since April 30.
"""
BODY = """<p>Sir: The moat<note n="1" place="foot">Since April 30.</note> is
dry. <pb n="7"/>Fish &amp; frogs <hi>left</hi>.</p>
<list><item>The drawbridge.</item></list>"""


def texts_behind_tags(edition: Edition) -> list[str]:
    walk = etree.iterwalk(edition.tree.getroot(), events=("start", "end"))
    return [(element.text if event == "start" else element.tail) or "" for event, element in walk]


def became(source: Source, piece: Piece) -> tuple[str, str]:
    return source.text[piece.start : piece.end], piece.became


def test_marks_are_told_from_text_and_from_what_the_edition_has_not():
    source = source_of(TEXT)
    marks = [became(source, piece) for piece in corresponding(source, edition_of(BODY)) if piece.became]
    lost = [(word, "not in the edition") for word in ("A", "line", "that", "nobody", "encoded.")]
    assert [
        ("1", "callout of a note"),
        ("[Page", "page mark"),
        ("7]", "page mark"),
        ("•", "bullet of a list item"),
        *lost,
        ("1.", "label of a note"),
    ] == marks


def test_a_mark_leads_to_the_element_that_it_became():
    source, edition = source_of(TEXT), edition_of(BODY)
    tags = [element for _, element in etree.iterwalk(edition.tree.getroot(), events=("start", "end"))]
    marks = [piece for piece in corresponding(source, edition) if piece.became and piece.tag >= 0]
    assert ["note", "pb", "pb", "item", "note"] == [etree.QName(tags[piece.tag]).localname for piece in marks]


@pytest.mark.parametrize("name", ["grew-despatch-5529", "psis-400-16"])
def test_all_ink_of_a_text_is_accounted_for_once_and_what_is_text_stands_where_it_is_said_to(name):
    source, edition = read(ROOT / "seeds" / f"{name}.txt"), load(ROOT / "tei" / f"{name}.xml")
    pieces, texts = corresponding(source, edition), texts_behind_tags(edition)
    assert re.sub(BLANK, "", source.text) == "".join(source.text[piece.start : piece.end] for piece in pieces)
    for piece in pieces:
        if not piece.became:
            ink = re.sub(BLANK, "", texts[piece.tag])
            length = piece.end - piece.start
            assert source.text[piece.start : piece.end] == ink[piece.before : piece.before + length]


def test_any_two_files_are_shown_side_by_side(tmp_path):
    text, tei, page = tmp_path / "sapt.txt", tmp_path / "sapt.xml", tmp_path / "pages/sapt.html"
    text.write_text(TEXT)
    tei.write_bytes(etree.tostring(edition_of(BODY).tree))
    run = CliRunner().invoke(teiwright, ["compare", str(text), str(tei), "--page", str(page)])
    assert "1 lost, 0 invented" in run.output
    shown = html.parse(str(page))
    lines = shown.xpath("//div[@class='pairs']/div/div[1]/p")
    assert TEXT == "\n".join("".join(line.itertext()).removeprefix(line[0].text) for line in lines)
    assert ["not in the edition"] == shown.xpath("//p[@class='none']/text()")
    assert not shown.xpath("//main//a[not(starts-with(@href, '#'))]"), "there are no pages to which it could lead"
