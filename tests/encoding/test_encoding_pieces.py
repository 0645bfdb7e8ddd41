"""How each piece of a draft is written, in a notation that shows source and TEI side by side.

A source is written as a list of pieces: a string is text, the other pieces make their own leaf.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from teiwright.encoding import Authority, Publication, encode, serialize
from teiwright.model import (
    Bibliography,
    Cell,
    Certainty,
    Closer,
    Dated,
    Dateline,
    DateValue,
    DespatchNumber,
    Division,
    Draft,
    FileNumber,
    FormeWork,
    Head,
    Item,
    Kind,
    Label,
    Licence,
    LineBreak,
    ListBlock,
    Mention,
    Metadata,
    Note,
    NoteCall,
    Omission,
    Opener,
    PageBreak,
    Paragraph,
    Party,
    Place,
    Postscript,
    Quote,
    Row,
    Salute,
    Source,
    Span,
    Stamp,
    StrayNotes,
    Styled,
    Table,
    Text,
    TitlePage,
    TitlePart,
)

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
LOCAL = {"t": "http://www.tei-c.org/ns/1.0"}


class Page(str):
    """``[Page 77]``."""


class Inferred(str):
    """What stands between two pages and is no text."""


class Skipped(str):
    """Markup or layout that no leaf covers."""


class Line(str):
    """A line end that is kept."""


@dataclass
class Call:
    mark: str
    note: int
    certainty: Certainty | None = None


class Desk:
    """Collects a source while the blocks of its draft are built."""

    def __init__(self) -> None:
        self.source = ""
        self.notes: list[Note] = []
        self.styles: list[Styled] = []
        self.dates: list[Dated] = []
        self.mentions: list[Mention] = []
        self.metadata = Metadata("a-text")

    def _put(self, text: str) -> Span:
        start = len(self.source)
        self.source += text
        return Span(start, len(self.source))

    def line(self, *pieces: object) -> tuple:
        return tuple(leaf for leaf in map(self._leaf, pieces) if leaf is not None)

    def _leaf(self, piece: object):
        match piece:
            case Page():
                return PageBreak(self._put(str(piece)), str(piece).removeprefix("[Page ").removesuffix("]"))
            case Inferred():
                self._put(str(piece))
                return PageBreak(Span(len(self.source), len(self.source)), None, True, Certainty.MEDIUM)
            case Skipped():
                self._put(str(piece))
                return None
            case Line():
                return LineBreak(self._put(str(piece)))
            case str():
                return Text(self._put(piece))
            case Call(mark, note, certainty):
                return NoteCall(self._put(mark), note, mark, certainty)
            case _:
                return piece

    def note(self, mark: str, *pieces: object, called: bool = True, certainty: Certainty | None = None) -> None:
        label = self._put(mark)
        self.notes.append(Note(mark, mark, label, self.line(*pieces), Place.END, called, certainty))

    def span(self, text: str) -> Span:
        start = self.source.index(text)
        return Span(start, start + len(text))

    def draft(self, *blocks: object, kind: str = "document") -> Draft:
        return self.of(Division(kind, blocks))

    def of(self, *divisions: Division) -> Draft:
        source = Source(Path("a-text.txt"), self.source, "0" * 64, "utf-8", self.metadata)
        return Draft(
            source,
            divisions,
            tuple(self.notes),
            (),
            tuple(self.styles),
            tuple(self.dates),
            tuple(self.mentions),
        )


@pytest.fixture
def desk() -> Desk:
    return Desk()


def body(draft: Draft) -> str:
    """The content of the first division, without the namespace, without layout between blocks."""
    root = encode(draft).tree.getroot()
    return inside(root.find(".//t:body/t:div", LOCAL))


def inside(element) -> str:
    written = etree.tostring(element, encoding="unicode", with_tail=False)
    content = written[written.index(">") + 1 : written.rindex("<")] if "</" in written else ""
    return "".join(line.strip(" ") if line.strip() else "" for line in content.replace("\n ", "\n").split("\n"))


def paragraph(draft: Draft) -> str:
    element = encode(draft).tree.getroot().find(".//t:body//t:p", LOCAL)
    written = etree.tostring(element, encoding="unicode", with_tail=False)
    return written.replace(' xmlns="http://www.tei-c.org/ns/1.0"', "")


# -- white space and marks


@pytest.mark.parametrize(
    "pieces, expected",
    [
        (["two\nlines  of\r\n\ttext "], "<p>two lines of text</p>"),
        (["one", Skipped("\xa0"), "two", Skipped("\u2003"), "three"], "<p>one two three</p>"),
        (["attempting ", Page("[Page 77]"), " both"], '<p>attempting <pb n="77" xml:id="pg-77"/>both</p>'),
        (["attempting", Page("[Page 77]"), " both"], '<p>attempting <pb n="77" xml:id="pg-77"/>both</p>'),
        (["attempt", Page("[Page 77]"), "ing"], '<p>attempt<pb n="77" xml:id="pg-77"/>ing</p>'),
        (
            ["the Church,", Inferred("\n\n(1) A note.\n\n"), "intended"],
            '<p>the Church, <pb resp="#teiwright" cert="medium"/>intended</p>',
        ),
        ([Page("[Page 7]"), " Sir"], '<p><pb n="7" xml:id="pg-7"/>Sir</p>'),
        (["One", Line("\n"), "Two"], "<p>One\n<lb/>Two</p>"),
        (["a", Skipped("~~"), "b"], "<p>ab</p>"),
        (["a", Skipped("\n"), "b"], "<p>a b</p>"),
        (["hard\u00a0space and\u2009thin"], "<p>hard\u00a0space and\u2009thin</p>"),
        (["a < b & c ]]> d"], "<p>a &lt; b &amp; c ]]&gt; d</p>"),
    ],
)
def test_white_space_and_marks(desk: Desk, pieces: list[object], expected: str) -> None:
    assert paragraph(desk.draft(Paragraph(desk.line(*pieces)))) == expected


def test_a_page_number_that_comes_again_gets_another_id(desk: Desk) -> None:
    draft = desk.draft(Paragraph(desk.line("a ", Page("[Page 7]"), "b ", Page("[Page 7]"), "c")))
    assert paragraph(draft) == '<p>a <pb n="7" xml:id="pg-7"/>b <pb n="7" xml:id="pg-7-2"/>c</p>'


def test_a_running_head_is_kept_apart_from_the_words_around_it(desk: Desk) -> None:
    before = desk.line("He continued:", Inferred("\n\n"))
    head = FormeWork(desk.line("TOP SECRET"), "header")
    after = desk.line(Skipped("\n"), "again")
    assert paragraph(desk.draft(Paragraph((*before, head, *after)))) == (
        '<p>He continued: <pb resp="#teiwright" cert="medium"/><fw type="header">TOP SECRET</fw>\nagain</p>'
    )


# -- notes


def test_a_note_stands_at_its_callout_in_phrases(desk: Desk) -> None:
    content = desk.line("noon,", Call("81", 0), " I have")
    desk.note("81", " Latter not printed. ")
    assert paragraph(desk.draft(Paragraph(content))) == (
        '<p>noon,<note xml:id="fn-81" n="81" place="foot">Latter not printed.</note> I have</p>'
    )


def test_the_space_before_a_callout_goes_behind_the_note(desk: Desk) -> None:
    content = desk.line("of State ", Call("80", 0), "to the")
    desk.note("80", "Drafted.")
    assert paragraph(desk.draft(Paragraph(content))) == (
        '<p>of State<note xml:id="fn-80" n="80" place="foot">Drafted.</note> to the</p>'
    )


def test_marks_that_are_no_numbers_are_counted_and_repeated_ones_are_told_apart(desk: Desk) -> None:
    content = desk.line("a", *(Call(mark, index) for index, mark in enumerate(("*", "22", "22", "¹²", "11a"))))
    for mark in ("*", "22", "22", "¹²", "11a"):
        desk.note(mark, "x")
    root = encode(desk.draft(Paragraph(content))).tree.getroot()
    notes = [(note.get(XML_ID), note.get("n")) for note in root.iter("{*}note")]
    assert notes == [("fn-s1", "*"), ("fn-22", "22"), ("fn-22-2", "22"), ("fn-12", "¹²"), ("fn-s2", "11a")]


def test_a_doubtful_callout_says_so_and_a_certain_one_does_not(desk: Desk) -> None:
    content = desk.line("a", Call("1", 0, Certainty.LOW), "b", Call("2", 1, Certainty.HIGH))
    desk.note("1", "x")
    desk.note("2", "y")
    assert paragraph(desk.draft(Paragraph(content))) == (
        '<p>a<note xml:id="fn-1" n="1" place="foot" resp="#teiwright" cert="low">x</note>'
        'b<note xml:id="fn-2" n="2" place="foot">y</note></p>'
    )


def test_a_note_of_two_paragraphs_has_both(desk: Desk) -> None:
    content = desk.line("a", Call("1", 0))
    first, second = Paragraph(desk.line("One.")), Paragraph(desk.line("Two."))
    desk.notes.append(Note("1", "1", Span(0, 0), (first, second), Place.FOOT, True))
    assert paragraph(desk.draft(Paragraph(content))) == (
        '<p>a<note xml:id="fn-1" n="1" place="foot"><p>One.</p>\n<p>Two.</p></note></p>'
    )


def test_a_note_that_is_called_again_is_pointed_to(desk: Desk) -> None:
    content = desk.line("a", Call("*", 0), "b", Call("*", 0))
    desk.note("*", "x")
    assert paragraph(desk.draft(Paragraph(content))) == (
        '<p>a<note xml:id="fn-s1" n="*" place="foot">x</note>b<ref type="note" target="#fn-s1">*</ref></p>'
    )


def test_notes_without_a_callout_stand_where_the_source_has_them(desk: Desk) -> None:
    first = Paragraph(desk.line("a"))
    desk.note("4", "Lost.", called=False)
    desk.note("5", "Forgotten.", called=False)
    assert body(desk.draft(first, StrayNotes((0,)))) == (
        '<p>a</p><noteGrp type="unanchored"><note xml:id="fn-4" n="4" place="foot">Lost.</note></noteGrp>'
        '<noteGrp type="unanchored"><note xml:id="fn-5" n="5" place="foot">Forgotten.</note></noteGrp>'
    )


# -- names, dates, styles


def test_words_stay_apart_where_a_sign_stands_between_a_page_mark_and_a_space(desk: Desk) -> None:
    content = desk.line("the Soviet", Skipped("~~"), Page("[Page 12]"), Skipped("~~"), "\nUnion")
    assert body(desk.draft(Paragraph(content))) == '<p>the Soviet <pb n="12" xml:id="pg-12"/>Union</p>'


def test_a_name_goes_on_over_a_page_break(desk: Desk) -> None:
    content = desk.line("by Mr. ", Page("[Page 3]"), " Togo, who")
    desk.mentions.append(
        Mention(desk.span("Mr. [Page 3] Togo"), Kind.PERSON, "togo-shigenori", Certainty.HIGH, "authority", "")
    )
    assert paragraph(desk.draft(Paragraph(content))) == (
        '<p>by <persName ref="authority/persons.xml#togo-shigenori" resp="#teiwright" cert="high" '
        'evidence="external authority">Mr. <pb n="3" xml:id="pg-3"/>Togo</persName>, who</p>'
    )


def test_a_note_behind_a_name_is_no_part_of_it(desk: Desk) -> None:
    content = desk.line("by Togo", Call("1", 0), ", who")
    desk.note("1", "A note on Togo.")
    desk.mentions.append(Mention(desk.span("Togo"), Kind.PERSON, None, Certainty.LOW, "title", ""))
    assert paragraph(desk.draft(Paragraph(content))) == (
        '<p>by <persName resp="#teiwright" cert="low" evidence="conjecture title">Togo</persName>'
        '<note xml:id="fn-1" n="1" place="foot">A note on Togo.</note>, who</p>'
    )


def test_a_struck_out_range_is_cut_at_the_name_that_it_crosses(desk: Desk) -> None:
    content = desk.line("one Grew two")
    desk.mentions.append(Mention(desk.span("Grew"), Kind.PERSON, None, Certainty.HIGH, "x", ""))
    desk.styles.append(Styled(desk.span("rew two"), "strikethrough"))
    assert paragraph(desk.draft(Paragraph(content))) == (
        '<p>one <persName resp="#teiwright" cert="high" evidence="internal x">G<del rend="strikethrough">rew</del>'
        "</persName>"
        '<del rend="strikethrough"> two</del></p>'.replace(
            '<del rend="strikethrough"> two', ' <del rend="strikethrough">two'
        )
    )


def test_a_style_that_covers_two_paragraphs_is_in_both(desk: Desk) -> None:
    first, second = Paragraph(desk.line("one two")), Paragraph(desk.line("three four"))
    desk.styles.append(Styled(desk.span("twothree"), "italic"))
    assert body(desk.draft(first, second)) == (
        '<p>one <hi rend="italic">two</hi></p><p><hi rend="italic">three</hi> four</p>'
    )


def test_of_two_names_that_cross_the_first_stays(desk: Desk) -> None:
    content = desk.line("New York Times")
    desk.mentions += [
        Mention(desk.span("New York"), Kind.PLACE, "new-york", Certainty.HIGH, "x", ""),
        Mention(desk.span("York Times"), Kind.PERSON, None, Certainty.LOW, "x", ""),
    ]
    assert paragraph(desk.draft(Paragraph(content))) == (
        '<p><placeName ref="authority/places.xml#new-york" resp="#teiwright" cert="high" evidence="internal x">'
        "New York</placeName> Times</p>"
    )


def test_a_place_can_stand_in_a_persons_name(desk: Desk) -> None:
    content = desk.line("Duke of York, here")
    desk.mentions += [
        Mention(desk.span("York"), Kind.PLACE, None, Certainty.HIGH, "x", ""),
        Mention(desk.span("Duke of York"), Kind.PERSON, None, Certainty.HIGH, "x", ""),
    ]
    assert paragraph(desk.draft(Paragraph(content))) == (
        '<p><persName resp="#teiwright" cert="high" evidence="internal x">Duke of '
        '<placeName resp="#teiwright" cert="high" evidence="internal x">York</placeName></persName>, here</p>'
    )


def test_the_correspondents_of_a_heading_are_marked_as_such(desk: Desk) -> None:
    content = desk.line("Japan (Grew)")
    desk.mentions.append(Mention(desk.span("Grew"), Kind.PERSON, "g", Certainty.HIGH, "heading", "", "from"))
    authority = Publication(authority=Authority(persons="../people.xml"))
    root = encode(desk.draft(Head(content)), authority).tree.getroot()
    name = root.find(".//t:head/t:persName", LOCAL)
    assert (name.get("type"), name.get("ref")) == ("from", "../people.xml#g")


@pytest.mark.parametrize(
    "value, expected",
    [
        (DateValue(when="1941-04-13"), 'when="1941-04-13"'),
        (DateValue(from_="1941-04", to="1941-05"), 'from="1941-04" to="1941-05"'),
        (DateValue(not_before="1941", not_after="1942"), 'notBefore="1941" notAfter="1942"'),
        (DateValue(when="1941-12-15T18:00:00"), 'when="1941-12-15T18:00:00"'),
    ],
)
def test_a_date_carries_its_value(desk: Desk, value: DateValue, expected: str) -> None:
    content = desk.line("on April 13 of")
    desk.dates.append(Dated(desk.span("April 13"), value))
    assert paragraph(desk.draft(Paragraph(content))) == f"<p>on <date {expected}>April 13</date> of</p>"


@pytest.mark.parametrize("value", ["1941-02-30", "April", "1941-13", "0000", "1941-4-1", "", "１９４１"])
def test_a_value_that_is_no_date_is_not_written(desk: Desk, value: str) -> None:
    content = desk.line("April 13")
    desk.dates.append(Dated(desk.span("April 13"), DateValue(when=value)))
    assert paragraph(desk.draft(Paragraph(content))) == "<p><date>April 13</date></p>"


# -- blocks


def test_the_top_and_the_bottom_of_a_despatch(desk: Desk) -> None:
    blocks = (
        Opener((FileNumber(desk.line("761.94/1321")),)),
        Head(desk.line("Grew to Hull ", Call("80", 0))),
        Opener(
            (
                DespatchNumber(desk.line("No. 5529 ", Call("81", 1))),
                Label(desk.line("[Extract]")),
                Dateline(desk.line("Tokyo, May 1")),
                Salute(desk.line("Sir:"), run_in=True),
            )
        ),
        Paragraph(desk.line("I have the honor.")),
        Closer(desk.line("Respectfully yours,"), (desk.line("Grew", Line("\n"), "Ambassador"),)),
        Postscript((Paragraph(desk.line("P. S. More.")),)),
    )
    desk.note("80", "Drafted.")
    desk.note("81", "Missing.")
    assert body(desk.draft(*blocks)) == (
        '<opener><idno type="file">761.94/1321</idno></opener>'
        '<head>Grew to Hull<note xml:id="fn-80" n="80" place="foot">Drafted.</note></head>'
        '<opener><idno type="despatch">No. 5529</idno><note xml:id="fn-81" n="81" place="foot">Missing.</note>'
        '<seg type="label">[Extract]</seg><dateline>Tokyo, May 1</dateline>'
        '<salute rend="run-in">Sir:</salute></opener>'
        "<p>I have the honor.</p>"
        "<closer><salute>Respectfully yours,</salute><signed>Grew<lb/>Ambassador</signed></closer>"
        "<postscript><p>P. S. More.</p></postscript>"
    )


def test_a_dateline_below_the_signature_stands_by_itself_but_in_a_postscript_in_a_closer(desk: Desk) -> None:
    text = Paragraph(desk.line("Sir: I have the honor."))
    closer = Closer(None, (desk.line("Joseph C. Grew"),), desk.line("Tokyo, May 1"))
    again = Closer(None, (desk.line("J. C. G."),), desk.line("Tokyo, May 2"))
    postscript = Postscript((Paragraph(desk.line("P. S. More.")), again))

    assert body(desk.draft(text, closer, postscript)) == (
        "<p>Sir: I have the honor.</p><closer><signed>Joseph C. Grew</signed></closer><dateline>Tokyo, May 1</dateline>"
        "<postscript><p>P. S. More.</p><closer><signed>J. C. G.</signed></closer>"
        "<closer><dateline>Tokyo, May 2</dateline></closer></postscript>"
    )


def test_a_number_with_a_mark_inside_is_a_segment(desk: Desk) -> None:
    content = desk.line("No. 22", Call("*", 0), ", Confidential")
    desk.note("*", "x")
    assert body(desk.draft(Opener((DespatchNumber(content),)))) == (
        '<opener><seg type="despatch">No. 22<note xml:id="fn-s1" n="*" place="foot">x</note>, Confidential</seg>'
        "</opener>"
    )


def test_what_stands_out_of_place_becomes_paragraphs(desk: Desk) -> None:
    blocks = (
        Paragraph(desk.line("Before.")),
        Head(desk.line("A heading", Line("\n"), "in the middle")),
        Closer(desk.line("Yours,"), (desk.line("Grew"),)),
        Paragraph(desk.line("After.")),
    )
    assert body(desk.draft(*blocks)) == (
        '<p>Before.</p><p rend="center">A heading<lb/>in the middle</p>'
        '<p rend="right">Yours,</p><p rend="right">Grew</p><p>After.</p>'
    )


def test_a_closer_without_a_paragraph_before_it_becomes_paragraphs(desk: Desk) -> None:
    blocks = Head(desk.line("A heading")), Closer(None, (desk.line("Grew"),))
    assert body(desk.draft(*blocks)) == '<head>A heading</head><p rend="right">Grew</p>'


def test_what_stands_around_a_signature_is_named(desk: Desk) -> None:
    first, by_order = Paragraph(desk.line("Text.")), desk.line("For the Ambassador:")
    signed, role = desk.line("Dooman"), desk.line("Counselor")
    closer = Closer(None, (signed,), None, (("role", role), ("by-order", by_order)))
    assert body(desk.draft(first, closer)) == (
        '<p>Text.</p><closer><seg type="by-order">For the Ambassador:</seg><signed>Dooman</signed>'
        '<seg type="role">Counselor</seg></closer>'
    )


def test_a_list_in_its_sentence(desk: Desk) -> None:
    before = desk.line("as follows:", Skipped("\n"))
    items = (
        Item(desk.line("1."), desk.line("One.")),
        PageBreak(desk._put("[Page 5]"), "5"),
        Item(None, desk.line("Two.")),
    )
    after = desk.line(Skipped("\n"), "and so on.")
    assert body(desk.draft(Paragraph((*before, ListBlock(items, "numbered"), *after)))) == (
        '<p>as follows:<list rend="numbered"><label>1.</label><item>One.</item>'
        '<pb n="5" xml:id="pg-5"/><label/><item>Two.</item></list>and so on.</p>'
    )


def test_lists_quotations_tables_and_omissions(desk: Desk) -> None:
    blocks = (
        ListBlock((Item(None, desk.line("Mr. Hull")),), "participants", desk.line("Present")),
        Quote((Paragraph(desk.line("“One.”")), Paragraph(desk.line("“Two.”"), "center"))),
        Table((Row((table_cell(desk, "Year", "label"), table_cell(desk, "Ships", "label")), "label"),)),
        Omission(desk.line(". . . . .")),
        Stamp(desk.line("DECLASSIFIED"), "declassification"),
    )
    assert body(desk.draft(*blocks)) == (
        '<list type="participants"><head>Present</head><item>Mr. Hull</item></list>'
        '<quote rend="blockquote"><p>“One.”</p><p rend="center">“Two.”</p></quote>'
        '<table><row role="label"><cell role="label">Year</cell><cell role="label">Ships</cell></row></table>'
        '<p rend="center"><gap reason="omitted"/>. . . . .</p>'
        '<p><stamp type="declassification">DECLASSIFIED</stamp></p>'
    )


def table_cell(desk: Desk, text: str, role: str):
    return Cell(desk.line(text), role)


def test_a_title_page_a_distribution_list_and_stamps_are_front_matter(desk: Desk) -> None:
    page = TitlePage(
        (
            TitlePart("main", desk.line("RUSSO-JAPANESE RELATIONS")),
            TitlePart("sub", desk.line("(Short Title)")),
            TitlePart("imprint", desk.line("SECTION", Line("\n"), "FLEET")),
            TitlePart("date", desk.line("18 June")),
            TitlePart("copy", desk.line("COPY NO. 3")),
        )
    )
    to = Head(desk.line("DISTRIBUTION:")), ListBlock((Item(None, desk.line("No. 1")),), "simple")
    draft = desk.of(
        Division("front", (page,)),
        Division("distribution", to),
        Division("stamps", (Stamp(desk.line("COPY"), "copy"),)),
        Division("document", (Paragraph(desk.line("Text.")),)),
    )
    assert inside(encode(draft).tree.getroot().find(".//t:front", LOCAL)) == (
        '<titlePage><docTitle><titlePart type="main">RUSSO-JAPANESE RELATIONS</titlePart>'
        '<titlePart type="sub">(Short Title)</titlePart></docTitle><docImprint>SECTION<lb/>FLEET</docImprint>'
        '<docDate>18 June</docDate><titlePart type="copy">COPY NO. 3</titlePart></titlePage>'
        '<div type="distribution"><head>DISTRIBUTION:</head><list rend="simple"><item>No. 1</item></list></div>'
        '<div type="stamps"><p><stamp type="copy">COPY</stamp></p></div>'
    )


def test_an_enclosure_points_to_its_document(desk: Desk) -> None:
    desk.metadata = Metadata("a-text", kind="despatch")
    divisions = [Division(kind, (Paragraph(desk.line(kind)),)) for kind in ("document", "enclosure", "enclosure")]
    divs = encode(desk.of(*divisions)).tree.getroot().iterfind(".//t:div", LOCAL)
    assert [(d.get("type"), d.get(XML_ID), d.get("corresp")) for d in divs] == [
        ("despatch", "doc", None),
        ("enclosure", "enclosure-1", "#doc"),
        ("enclosure", "enclosure-2", "#doc"),
    ]


# -- the header


def header(desk: Desk, path: str, publication: Publication | None = None) -> list[str]:
    root = encode(desk.draft(Paragraph(desk.line("Text."))), publication).tree.getroot()
    return [" ".join("".join(e.itertext()).split()) for e in root.iterfind(f"t:teiHeader//{path}", LOCAL)]


def test_a_header_of_which_nothing_is_known_invents_nothing(desk: Desk) -> None:
    root = encode(desk.draft(Paragraph(desk.line("Text.")))).tree.getroot()
    names_of_elements = {etree.QName(e).localname for e in root.iterfind("t:teiHeader//*", LOCAL)}
    assert not names_of_elements & {"author", "date", "creation", "correspDesc", "revisionDesc", "licence"}
    assert header(desk, "t:titleStmt/t:title") == ["a-text"]
    assert header(desk, "t:publisher") == ["Not stated"]


def test_the_title_is_the_texts_own_if_nobody_gives_one(desk: Desk) -> None:
    root = encode(desk.draft(Head(desk.line("Grew", Line("\n"), "to Hull ", Call("1", 9))))).tree.getroot()
    assert root.find(".//t:titleStmt/t:title", LOCAL).text == "Grew to Hull"


def test_a_letter_without_a_heading_is_called_after_place_and_date(desk: Desk) -> None:
    opener = Opener((Dateline(desk.line("Zenda, ", Line("\n"), "May 1, 1881")),))
    root = encode(desk.draft(opener, Paragraph(desk.line("Sir: He left.")))).tree.getroot()
    assert root.find(".//t:titleStmt/t:title", LOCAL).text == "Zenda, May 1, 1881"


def test_what_is_known_is_said(desk: Desk) -> None:
    desk.metadata = Metadata(
        "a-text",
        title="A despatch",
        kind="despatch",
        sent=(Party("Joseph C. Grew", "Ambassador", "Tokyo", "grew"),),
        received=(Party(role="Secretary of State"),),
        date=DateValue(when="1933-01-12", text="January 12, 1933"),
        date_note="By its heading.",
        origin=Bibliography(series="Foreign Relations", volume="3", page_from="68", page_to="70", form="printed"),
        licence=Licence("https://creativecommons.org/publicdomain/mark/1.0/", "Free."),
        changes=(("2026-11-20", "Encoded."), ("2026-11-21", "Read.")),
    )
    publication = Publication("A press", "2026-11-20")
    assert header(desk, "t:author", publication) == ["Joseph C. Grew"]
    assert header(desk, "t:publicationStmt/*", publication) == ["A press", "2026-11-20", "a-text", "Free."]
    assert header(desk, "t:bibl[@type='printed']/*", publication) == ["Foreign Relations", "3", "68–70"]
    assert header(desk, "t:creation", publication) == ["January 12, 1933 By its heading."]
    assert header(desk, "t:correspAction[@type='sent']/*", publication) == [
        *("Joseph C. Grew", "Ambassador", "Tokyo", "January 12, 1933"),
    ]
    assert header(desk, "t:correspAction[@type='received']/*", publication) == ["Secretary of State"]
    assert header(desk, "t:change", publication) == ["Read.", "Encoded."]


def test_the_place_and_date_of_sending_come_from_the_dateline_if_nobody_gives_them(desk: Desk) -> None:
    desk.metadata = Metadata("a-text", kind="letter")
    dateline = Dateline(desk.line("Tokyo, May 1, 1941."))
    desk.dates.append(Dated(desk.span("May 1, 1941"), DateValue(when="1941-05-01")))
    desk.mentions.append(Mention(desk.span("Tokyo"), Kind.PLACE, "tokyo", Certainty.HIGH, "dateline", ""))
    draft = desk.draft(Opener((dateline,)), Paragraph(desk.line("Text.")))
    action = encode(draft).tree.getroot().find(".//t:correspAction", LOCAL)
    assert action.get("type") == "sent"
    assert [(etree.QName(e).localname, e.text, *e.attrib.values()) for e in action] == [
        ("placeName", "Tokyo", "authority/places.xml#tokyo"),
        ("date", "May 1, 1941", "1941-05-01"),
    ]


def test_a_memorandum_is_no_correspondence(desk: Desk) -> None:
    desk.metadata = Metadata("a-text", kind="memorandum", sent=(Party("Atcheson"),))
    assert header(desk, "t:correspDesc") == []


def test_a_typescript_in_an_archive_is_described_as_an_object(desk: Desk) -> None:
    origin = Bibliography(form="typescript", repository="National Archives", file_number="RG 38", date="1945")
    desk.metadata = Metadata("a-text", origin=origin)
    assert header(desk, "t:msIdentifier/*") == ["National Archives", "RG 38"]
    assert header(desk, "t:origin") == ["1945"]


def test_only_rules_that_were_applied_are_declared(desk: Desk) -> None:
    plain = " ".join(header(desk, "t:editorialDecl"))
    content = desk.line("“a” ", Page("[Page 7]"), "b", Call("1", 0))
    desk.note("1", "x")
    rich = encode(desk.draft(Paragraph(content))).tree.getroot().find(".//t:editorialDecl", LOCAL)
    said = " ".join("".join(rich.itertext()).split())
    for words in ("Quotation marks", "Page marks", "list at the end"):
        assert words not in plain
        assert words in said


# -- bytes


def test_the_bytes_are_utf_8_with_a_declaration_and_blocks_on_their_own_lines(desk: Desk) -> None:
    data = serialize(encode(desk.draft(Paragraph(desk.line("“Sir”")), Paragraph(desk.line("Two")))))
    assert data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0"')
    assert "        <p>“Sir”</p>\n        <p>Two</p>\n      </div>\n    </body>" in data.decode()
    assert data.endswith(b"</TEI>\n")


@pytest.mark.parametrize(
    "given, written",
    [
        ("grew-256.b", "grew-256.b"),
        ("満州", "満州"),
        ("Résumé", "Résumé"),
        ("Timișoara ½", "Timisoara-1"),
        ("2 despatches: é", "x-2-despatches-é"),
        ("a:b", "a-b"),
        ("", "x"),
        ("teiwright", "teiwright-2"),
    ],
)
def test_an_id_that_is_no_name_becomes_one(desk: Desk, given: str, written: str) -> None:
    desk.metadata = Metadata(given)
    edition = encode(desk.draft())
    assert (edition.path, edition.tree.getroot().get(XML_ID)) == (Path(f"{written}.xml"), written)
