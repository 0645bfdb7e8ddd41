"""The PDF as a program reads it: by its tags, in reading order, artefacts left out."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO

import pytest

from teiwright.model import AS_PRINTED, Rendition
from teiwright.rendering import Context, conserve, render_edition
from teiwright.rendering.tei import TEI

pypdf = pytest.importorskip("pypdf")
pytest.importorskip("pikepdf")

from teiwright.rendering.words_of_pdf import words_of_pdf  # noqa: E402 (only where pikepdf is)


@pytest.fixture(scope="session")
def books(editions, context):
    return {name: render_edition(edition, "print", context).files[f"{name}.pdf"] for name, edition in editions.items()}


def name_of(edition):
    return edition.path.stem


def test_a_running_head_within_a_sentence_is_printed_beside_it(editions, context):
    rendition = render_edition(editions["psis-400-16"], "print", context)
    words = words_of_pdf(rendition.files["psis-400-16.pdf"], 1, 99)
    line = " ".join(words.main.words())
    assert "He continued: (apparently evaluating" in line
    assert "TOP SECRET ULTRA" in " ".join(words.margins.words())


def test_all_that_stood_at_the_edges_of_two_pages_is_printed_beside_the_line(tei):
    edges = (
        '<fw type="pageNum">1</fw><pb n="2" xml:id="pg-2"/><fw type="pageNum">2</fw><fw type="header">The Castle</fw>'
    )
    rendition = render_edition(tei(f"<p>The road is {edges} open.</p>"), "print", Context(epoch=0))
    words = words_of_pdf(rendition.files["sample.pdf"], 1, 1)
    assert rendition.findings == ()
    assert words.margins.words()[-5:] == ["1", "[2]", "2", "The", "Castle"]


def test_a_word_that_the_edges_of_two_pages_part_is_one_word(tei):
    edges = '<lb break="no"/><fw type="pageNum">1</fw><pb n="2" xml:id="pg-2"/><fw type="header">The Castle</fw>'
    rendition = render_edition(tei(f"<p>A visit of the Mar-{edges}shal.</p>"), "print", Context(epoch=0))
    words = words_of_pdf(rendition.files["sample.pdf"], 1, 1)
    assert rendition.findings == ()
    assert "Mar-shal." in words.main.words()


def test_the_last_page_says_from_what_and_by_whom_the_edition_was_made(books):
    last = pypdf.PdfReader(BytesIO(books["grew-despatch-256"])).pages[-1].extract_text()
    said = " ".join(last.split())
    assert "Published by A publisher" in said
    assert "Printed in Foreign Relations of the United States, 761.94/587" in said
    assert "Program teiwright" in said


def test_what_the_edition_supplies_or_doubts_is_marked_in_print(tei):
    body = '<p>aqua <supplied>et terra</supplied> <unclear>cum</unclear> <app><lem>a</lem><rdg wit="#C"/></app></p>'
    rendition = render_edition(tei(body), "print", Context(epoch=0))
    assert rendition.findings == ()
    words = words_of_pdf(rendition.files["sample.pdf"], 1, 1).main.words()
    assert " ".join(words) == "A sample aqua ⟨et terra⟩ cum a [omitted C]"


def test_a_note_that_goes_on_behind_the_last_page_of_the_text_is_read_to_its_end(tei):
    note = " ".join(f"word-{number}" for number in range(1500))
    rendition = render_edition(tei(f"<p>A short letter.<note n='1'>{note}</note></p>"), "print", Context(epoch=0))
    assert json.loads(rendition.files["sample.pages.json"])["last"] > 1
    assert rendition.findings == ()


def test_a_divided_word_is_one_word_for_who_copies_it(tei):
    long = "internationalization " * 40
    rendition = render_edition(tei(f"<p>well-known {long}</p><p>self-determination</p>"), "print", Context(epoch=0))
    words = words_of_pdf(rendition.files["sample.pdf"], 1, 1).main.words()
    assert words == ["A", "sample", "well-known", *long.split(), "self-determination"]


def test_a_pdf_that_lost_a_word_is_found(tei):
    edition = tei("<p>one two<note n='1'>three</note></p>")
    rendition = render_edition(edition, "print", Context(epoch=0))
    shorter = render_edition(tei("<p>one<note n='1'>three four</note></p>"), "print", Context(epoch=0))
    swapped = Rendition("print", {**rendition.files, "sample.pdf": shorter.files["sample.pdf"]})
    assert [finding.message for finding in conserve(edition, swapped).findings] == [
        "`two` is missing from sample.pdf",
        "sample.pdf has `four`, which the edition has not at this place",
    ]


def test_the_list_of_pages_says_where_notes_and_pages_of_the_source_are(editions, context):
    rendition = render_edition(editions["grew-despatch-5529"], "print", context)
    listed = json.loads(rendition.files["grew-despatch-5529.pages.json"])
    assert [page["source"] for page in listed["pages"]] == ["962", "963", "964", "965"]
    assert [(note["label"], note["page"] == note["called"]) for note in listed["notes"]][:2] == [
        ("80", True),
        ("81", True),
    ]
    assert listed["pages"][0] == {"source": "962", "anchor": "grew-despatch-5529#pg-962", "page": "1", "sheet": 1}


def test_the_pdf_is_tagged_archival_and_says_what_it_is(founding, books):
    reader = pypdf.PdfReader(BytesIO(books[name_of(founding)]))
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


def pages_of(edition):
    """The words of the pages that have text of the edition."""
    rendition = render_edition(edition, "print", Context(epoch=0))
    assert rendition.findings == ()
    pages = [page.extract_text().split() for page in pypdf.PdfReader(BytesIO(rendition.files["sample.pdf"])).pages]
    return pages[: json.loads(rendition.files["sample.pages.json"])["last"]]


def words(number):
    return " ".join(f"word-{n}" for n in range(number))


@pytest.mark.parametrize(
    "above",
    [
        f"<p>{words(245)}.</p>",
        f"<p>{words(252)}.</p>",
        f"<p>They are:<list><item>first,</item><item>{words(218)}.</item></list></p>",
        f"<list><item>first,<note n='1'>A note.</note></item><item>{words(221)}.</item></list>",
    ],
    ids=["a paragraph", "a longer paragraph", "a list", "a list with notes"],
)
def test_a_signature_does_not_stand_alone_at_the_top_of_a_page(tei, above):
    closer = "<closer><salute>Respectfully yours,</salute><signed>John Sapt</signed></closer>"
    *before, last = pages_of(tei(above + closer))
    assert len(before) == 1
    assert last[-4:] == ["Respectfully", "yours,", "John", "Sapt"]
    assert sum(word.startswith("word-") for word in last) > 6, "two of the lines above it"


def test_what_stands_above_a_heading_goes_with_it_to_the_next_page(tei):
    head = f"<opener><seg type='label'>[Enclosure]</seg></opener><head>Treaty<note n='1'>{words(60)}.</note></head>"
    enclosure = f"<div type='enclosure'>{head}<p>Agreed.</p></div>"
    first, second = pages_of(tei(f"<div><div><p>{words(210)}.</p></div>{enclosure}</div>"))
    assert "[Enclosure]" not in first
    assert second[second.index("[Enclosure]") + 1].startswith("Treaty")


@pytest.mark.parametrize("length", [220, 227, 234, 241])
def test_a_table_begins_where_two_of_its_rows_have_room_below_the_heads_of_its_columns(tei, length):
    head = '<row role="label"><cell>Year</cell><cell>Yen</cell></row>'
    rows = "".join(f"<row><cell>row-{n}</cell><cell>{n}</cell></row>" for n in range(12))
    first, second = pages_of(tei(f"<p>{words(length)}.</p><table>{head}{rows}</table>"))
    on_the_first = sum(word.startswith("row-") for word in first)
    assert on_the_first == 0 or on_the_first >= 2
    assert first.count("Year") == (on_the_first > 0)
    assert second.count("Year") == 1, "heads of columns are printed again"


def test_the_last_page_parts_what_it_says_of_two_programs(tei):
    programs = "".join(
        f'<application version="{n}"><label>{name}</label></application>' for n, name in ((1, "A"), (2, "B"))
    )
    header = f"<encodingDesc><appInfo>{programs}</appInfo></encodingDesc>"
    made = render_edition(tei("<p>x</p>", header=header), "print", Context(epoch=0)).files["sample.typ"].decode()
    assert '("Program", "A 1; B 2"' in made


def test_without_any_date_the_pdf_is_tagged_only_and_says_so(tei, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    rendition = render_edition(tei("<p>x</p>"), "print")
    assert [f.code.number for f in rendition.findings] == ["TW708"]
    dated = render_edition(tei("<p>x</p>"), "print", Context(epoch=1_790_000_000))
    assert dated.findings == ()


def test_a_character_that_no_font_has_is_named_with_its_line(tei):
    rendition = render_edition(tei("<p>known</p>\n<p>Tōgō is 東郷</p>"), "print")
    (finding,) = [f for f in rendition.findings if f.code.number == "TW707"]
    assert finding.message == "no PDF was made: no font has `東郷` (U+6771, U+90F7) in `p`"
    assert finding.where.line == 4
    assert list(rendition.files) == ["sample.typ"]


def test_each_element_with_such_a_character_is_named(tei):
    rendition = render_edition(tei("<p>東<note n='1'>鳥</note></p>"), "print")
    lacking = [f.message.partition("has ")[2] for f in rendition.findings if f.code.number == "TW707"]
    assert lacking == ["`東` (U+6771) in `p`", "`鳥` (U+9CE5) in `note`"]


def test_a_folder_without_a_font_that_is_needed_is_said_to_have_none(tei, tmp_path):
    rendition = render_edition(tei("<p>東</p>"), "print", Context(fonts=tmp_path))
    (finding,) = [f for f in rendition.findings if f.code.number == "TW707"]
    assert finding.hint == f"put a font that has them into `{tmp_path}`, where there is none"


def test_a_family_that_is_not_there_is_named_as_the_project_names_it(tei):
    layout = replace(AS_PRINTED, fonts=("Caslon of the Press", "Libertinus Serif"))
    rendition = render_edition(tei("<p>x</p>"), "print", Context(epoch=0, layout=layout))
    (finding,) = rendition.findings
    assert finding.message == "there is no font of the family `Caslon of the Press`; another was taken"
    assert finding.hint is not None
    assert "there are DejaVu Sans Mono, Libertinus Serif" in finding.hint


def test_the_sign_that_holds_a_note_to_its_word_is_no_character_that_a_font_must_have(tei):
    rendition = render_edition(tei("<p>東郷<note n='1'>鳥</note>說</p>"), "print")
    lacking = [f.message.partition("has ")[2] for f in rendition.findings if f.code.number == "TW707"]
    assert "U+2060" not in " ".join(lacking)
    assert all(f"`{char}" in " ".join(lacking) or char in " ".join(lacking) for char in "東郷鳥說")


def test_what_nests_more_deeply_than_typst_sets_is_refused_with_the_deepest_element(tei):
    deep = tei("<list><item>" * 40 + "x" + "</item></list>" * 40)
    (finding,) = render_edition(deep, "print", Context(epoch=1_790_000_000)).findings
    assert finding.code.number == "TW711"
    assert "`item` has 82 around it" in finding.message


def test_greek_cyrillic_and_hebrew_are_printed(tei):
    rendition = render_edition(tei("<p>ἀρχή, Молотов, שָׁלוֹם, Đorđe — “‘…’” † ‡ § ¶ ½ ⁴ ₂ №</p>"), "print")
    assert "sample.pdf" in rendition.files


def test_without_typst_the_source_is_there_and_a_finding(tei, monkeypatch):
    monkeypatch.setattr("teiwright.rendering.typesetting.find_spec", lambda _: None)
    rendition = render_edition(tei("<p>x</p>"), "print")
    assert list(rendition.files) == ["sample.typ"]
    (finding,) = rendition.findings
    assert str(finding) == (
        "sample.xml: warning[TW706] no PDF was made: the package `typst` is not installed\n"
        "  hint: run `pip install 'teiwright[pdf]'`, or give its source (`--to typst`) to Typst"
    )


@pytest.mark.parametrize("size", [8, 10.5, 14])
def test_notes_are_as_much_smaller_than_the_text_whatever_size_it_has(tei, size):
    layout = replace(AS_PRINTED, size=size)
    rendition = render_edition(tei("<p>Words<note n='1'>remarks</note>.</p>"), "print", Context(epoch=0, layout=layout))
    sizes: dict[str, float] = {}
    page = pypdf.PdfReader(BytesIO(rendition.files["sample.pdf"])).pages[0]
    page.extract_text(visitor_text=lambda text, _cm, _tm, _font, points: sizes.setdefault(text.strip(), points))
    assert (sizes["Words"], sizes["remarks"]) == pytest.approx((size, size * 8.75 / 10.5))


def test_a_running_head_keeps_its_line_on_a_small_page(tei):
    layout = replace(AS_PRINTED, width=90, height=120, inside=12, outside=16, top=12, bottom=12)
    edition = tei("<p>" + "words " * 900 + "</p>")
    edition.tree.find(f".//{TEI}title").text = "The Ambassador in the Soviet Union to the Secretary of State"
    rendition = render_edition(edition, "print", Context(epoch=0, layout=layout))
    line = pypdf.PdfReader(BytesIO(rendition.files["sample.pdf"])).pages[2].extract_text().splitlines()[0]
    assert line == "The Ambassador in the Soviet Union … 3"
