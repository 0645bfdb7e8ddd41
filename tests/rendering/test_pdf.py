"""The PDF as a program reads it: by its tags, in reading order, artefacts left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO

import pytest

from teiwright.rendering import Context, render_edition
from teiwright.rendering.tei import TEI
from teiwright.rendering.words import words_of_tei

pypdf = pytest.importorskip("pypdf")

INLINE = {"/Span", "/Link", "/Em", "/Strong", "/Reference"}
STRAY = re.compile(r"The text has no mark for (?:this note|these notes):")


@dataclass
class Read:
    main: str = ""
    notes: list[str] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)


def pieces(reader):
    """The text of each marked piece of a page's content; what is an artefact has no number."""
    found: dict[tuple[int, int], str] = {}
    for page in reader.pages:
        number = page.indirect_reference.idnum
        open_marks: list[int | None] = []

        def before(operator, arguments, _matrix, _text_matrix, open_marks=open_marks):
            if operator in (b"BDC", b"BMC"):
                properties = arguments[1] if len(arguments) > 1 else None
                open_marks.append(properties.get("/MCID") if hasattr(properties, "get") else None)
            elif operator == b"EMC":
                open_marks.pop()

        def collect(text, _matrix, _text_matrix, _font, _size, open_marks=open_marks, number=number):
            mark = next((m for m in reversed(open_marks) if m is not None), None)
            if mark is not None:
                found[number, int(mark)] = found.get((number, int(mark)), "") + text

        page.extract_text(visitor_operand_before=before, visitor_text=collect)
    return found


def join(text, piece):
    """A line that ends without a space and without a hyphen ends a word, too."""
    for part in re.split(r"(\n)", piece):
        text += "" if part == "\n" and text.endswith(("-", "–", "—", "/")) else part
    return text


def walk(node, page, texts, read, stream):
    node = node.get_object()
    if isinstance(node, pypdf.generic.NumberObject):
        add(read, stream, texts.get((page, int(node)), ""))
        return
    if isinstance(node, pypdf.generic.ArrayObject):
        for child in node:
            walk(child, page, texts, read, stream)
        return
    if "/Pg" in node:
        page = node.raw_get("/Pg").idnum
    if node.get("/Type") == "/MCR":
        add(read, stream, texts.get((page, int(node["/MCID"])), ""))
        return
    role = node.get("/S")
    read.roles.add(role)
    if role is None or (role == "/Lbl" and "Link" in str(node.get("/K").get_object()) + roles_below(node)):
        return  # an annotation, or a note's mark
    if role == "/Note":
        read.notes.append("")
        stream = len(read.notes) - 1
    elif role not in INLINE:
        add(read, stream, "\n ")
    if "/K" in node:
        walk(node["/K"], page, texts, read, stream)
    if role not in INLINE and role != "/Note":
        add(read, stream, "\n ")


def roles_below(node):
    below = node.get("/K").get_object()
    children = below if isinstance(below, pypdf.generic.ArrayObject) else [below]
    return " ".join(str(c.get_object().get("/S")) for c in children if hasattr(c.get_object(), "get"))


def add(read, stream, piece):
    if stream is None:
        read.main = join(read.main, piece)
    else:
        read.notes[stream] = join(read.notes[stream], piece)


def read_by_tags(pdf):
    reader = pypdf.PdfReader(BytesIO(pdf))
    read = Read()
    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"], None, pieces(reader), read, None)
    read.main = read.main.rsplit("About this edition", 1)[0]
    return reader, read


@pytest.fixture(scope="session")
def books(editions, context):
    return {name: render_edition(edition, "print", context).files[f"{name}.pdf"] for name, edition in editions.items()}


def name_of(edition):
    return edition.path.stem


def test_every_word_is_in_the_pdf_once_in_its_order(founding, books):
    _, read = read_by_tags(books[name_of(founding)])
    root = founding.tree.getroot()
    expected = words_of_tei(root)
    notes = [" ".join(word for word, _ in note.words()) for note in expected.notes]
    given = root.findall(f"{TEI}text//{TEI}note")
    stray = [i for i, note in enumerate(given) if note.getparent().tag == f"{TEI}noteGrp"]
    for i in stray:  # they stand in the text, behind their marks
        marked = f"{given[i].get('n')} {notes[i]}"
        assert " ".join(read.main.split()).count(marked) == 1
        read.main = " ".join(read.main.split()).replace(marked, "")
    assert " ".join(STRAY.sub("", " ".join(read.main.split())).split()) == " ".join(
        word for word, _ in expected.main.words()
    )
    assert [" ".join(note.split()) for note in read.notes] == [note for i, note in enumerate(notes) if i not in stray]


def test_a_note_called_once_stands_once(founding, books):
    _, read = read_by_tags(books[name_of(founding)])
    called = [n for n in founding.tree.iterfind(f"{TEI}text//{TEI}note") if n.getparent().tag != f"{TEI}noteGrp"]
    assert len(read.notes) == len(called)
    assert ("/Note" in read.roles) == bool(called)


def test_the_pdf_is_tagged_archival_and_says_what_it_is(founding, books):
    reader, _ = read_by_tags(books[name_of(founding)])
    root = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert reader.metadata.title == founding.tree.getroot().find(f".//{TEI}titleStmt/{TEI}title").text
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "2026-11-20" in metadata


def test_the_bookmarks_have_the_plain_titles(books):
    reader = pypdf.PdfReader(BytesIO(books["davies-despatch-22"]))
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    below = [entry.title for part in reader.outline if isinstance(part, list) for entry in part]
    assert titles == ["The Ambassador in the Soviet Union (Davies) to the Secretary of State"]
    assert below == ["Memorandum Prepared by the Embassy in the Soviet Union", "About this edition"]


def test_the_tei_is_inside(founding, books):
    reader = pypdf.PdfReader(BytesIO(books[name_of(founding)]))
    ((name, (data, *_)),) = reader.attachments.items()
    assert name == f"{name_of(founding)}.xml"
    assert b"<TEI" in data


def test_without_any_date_the_pdf_is_tagged_only_and_says_so(tei, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    rendition = render_edition(tei("<p>x</p>"), "print")
    assert [f.code.number for f in rendition.findings] == ["TW708"]
    dated = render_edition(tei("<p>x</p>"), "print", Context(epoch=1_790_000_000))
    assert dated.findings == ()


def test_a_character_that_no_font_has_is_named_with_its_line(tei):
    rendition = render_edition(tei("<p>known</p>\n<p>Tōgō is 東郷</p>"), "print")
    (finding,) = [f for f in rendition.findings if f.code.number == "TW707"]
    assert finding.message == "no PDF was made: no font has `東郷` (U+6771, U+90F7)"
    assert finding.where.line == 4
    assert list(rendition.files) == ["sample.typ"]


def test_greek_cyrillic_and_hebrew_are_printed(tei):
    rendition = render_edition(tei("<p>ἀρχή, Молотов, שָׁלוֹם, Đorđe — “‘…’” † ‡ § ¶ ½ ⁴ ₂ №</p>"), "print")
    assert "sample.pdf" in rendition.files


def test_without_typst_the_source_is_there_and_a_finding(tei, monkeypatch):
    monkeypatch.setattr("teiwright.rendering.printing.find_spec", lambda _: None)
    rendition = render_edition(tei("<p>x</p>"), "print")
    assert list(rendition.files) == ["sample.typ"]
    (finding,) = rendition.findings
    assert str(finding) == (
        "sample.xml: warning[TW706] no PDF was made, only its Typst source: the package `typst` is not installed\n"
        "  hint: run `pip install 'teiwright[pdf]'`, or give the `.typ` file to Typst"
    )
