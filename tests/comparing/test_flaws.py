"""Each flaw is found, named and pointed at in both files.

A case is: what it shows; the source; the TEI; and the findings, each as a name, the place where it is reported
and the place it refers to. ``s1:5`` is line 1, column 5 of the source; ``e1:5`` is column 5 of the TEI's body.
"""

import pytest

BODY = len('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>')

FLAWS = [
    ("a word is lost", "one two three", "<p>one three</p>", ["word-missing s1:5 e1:8"]),
    ("the first word is lost", "one two", "<p>two</p>", ["word-missing s1:1 e1:4"]),
    ("the last word is lost", "one two", "<p>one</p>", ["word-missing s1:5 e1:7"]),
    ("everything is lost", "one two", "<p/>", ["word-missing s1:1 e1:1"]),
    ("a paragraph is lost", "one\n\ntwo three\n\nfour", "<p>one</p><p>four</p>", ["word-missing s3:1 e1:14"]),
    ("a word is added", "one three", "<p>one two three</p>", ["word-added e1:8 s1:5"]),
    ("a word is doubled", "one two three", "<p>one two two three</p>", ["word-added e1:12 s1:9"]),
    ("a word is changed", "one two three", "<p>one deux three</p>", ["word-changed e1:8 s1:5"]),
    ("a letter is changed", "Manehukuo is", "<p>Manchukuo is</p>", ["character-changed e1:4 s1:1"]),
    ("a capital letter is changed", "put Up in", "<p>put up in</p>", ["character-changed e1:8 s1:5"]),
    ("a figure is changed", "in 1937, as", "<p>in 1931, as</p>", ["character-changed e1:7 s1:4"]),
    ("a comma is lost", "one, two", "<p>one two</p>", ["character-changed e1:4 s1:1"]),
    ("a quotation mark is changed", "Japan’s aid", "<p>Japan's aid</p>", ["character-changed e1:4 s1:1"]),
    ("an opening quotation mark is lost", "a “certain” b", "<p>a certain” b</p>", ["character-changed e1:6 s1:3"]),
    ("a dash is lost", "one - two", "<p>one two</p>", ["word-missing s1:5 e1:8"]),
    ("two words change places", "one two three four", "<p>one three two four</p>", ["text-moved e1:14 s1:5"]),
    (
        "a paragraph is moved",
        "one one.\n\ntwo two.\n\nthree three.",
        "<p>three three.</p><p>one one.</p><p>two two.</p>",
        ["text-moved e1:4 s5:1"],
    ),
    ("two words are joined", "bor der town", "<p>border town</p>", ["words-joined e1:4 s1:1"]),
    ("two words are joined by markup", "the pact", "<p><hi>the</hi><hi>pact</hi></p>", ["words-joined e1:8 s1:1"]),
    ("a word is split", "a border town", "<p>a bor der town</p>", ["words-split e1:6 s1:3"]),
    (
        "words are joined behind a note",
        "noon,81 I\n  1. Not printed.",
        '<p>noon,<note n="81">Not printed.</note>I</p>',
        ["words-joined e1:4 s1:1"],
    ),
    (
        "the correction is in the place of the error",
        "Manehukuo fell",
        "<p><corr>Manchukuo</corr> fell</p>",
        ["character-changed e1:10 s1:1"],
    ),
    ("words outside the bodies are compared, too", "one two", "<p>one</p>", ["word-missing s1:5 e1:7"]),
    # notes
    (
        "a note is lost",
        "noon,81 I have\n  1. Not printed.",
        "<p>noon, I have</p>",
        ["note-mark-missing s1:6 e1:10", "note-missing s2:3 e1:16"],
    ),
    (
        "one of two notes is lost",
        "a.1 b.2 c\n  1. One.\n  2. Two.",
        '<p>a. b.<note n="2">Two.</note> c</p>',
        ["note-mark-missing s1:3 e1:7", "note-missing s2:3 e1:34"],
    ),
    (
        "a raised mark is lost with its note",
        "fear.¹² Then\n\n(12) Dip. Sum.",
        "<p>fear. Then</p>",
        ["note-mark-missing s1:6 e1:10", "note-missing s3:1 e1:14"],
    ),
    (
        "only the mark is lost",
        "noon,81 I\n  1. Not printed.",
        '<p>noon, I</p><noteGrp type="unanchored"><note n="1">Not printed.</note></noteGrp>',
        ["note-mark-missing s1:6 e1:10"],
    ),
    (
        "a note is called twice",
        "a.1 b\n  1. One.",
        '<p>a.<note n="1">One.</note> b<note n="1">One.</note></p>',
        ["note-added e1:31 -", "note-mark-added e1:31 s1:6"],
    ),
    (
        "a note's anchor is moved",
        "one two,81 three\n  1. Not printed.",
        '<p>one<note n="81">Not printed.</note> two, three</p>',
        ["note-moved e1:7 s1:9"],
    ),
    (
        "a note has another mark",
        "two,81 three\n  1. Not printed.",
        '<p>two,<note n="82">Not printed.</note> three</p>',
        ["note-mark-changed e1:8 s1:5"],
    ),
    (
        "a note has half of its mark",
        "two,81 three\n  1. Not printed.",
        '<p>two,<note n="8">Not printed.</note> three</p>',
        ["note-mark-changed e1:8 s1:5"],
    ),
    (
        "a note without a callout has another label",
        "one\n  4. See No. 2.",
        '<p>one</p><noteGrp type="unanchored"><note n="5">See No. 2.</note></noteGrp>',
        ["note-mark-changed e1:38 s2:3"],
    ),
    (
        "the texts of two listed notes are exchanged",
        "a.80 b.81 c.82\n  1. One.\n  2. Two.\n  3. Three.",
        '<p>a.<note n="80">Two.</note> b.<note n="81">One.</note> c.<note n="82">Three.</note></p>',
        ["notes-exchanged e1:6 s3:3"],
    ),
    (
        "the texts of two labelled notes are exchanged",
        "a¹ b²\n(1) One.\n(2) Two.",
        '<p>a<note n="1">Two.</note> b<note n="2">One.</note></p>',
        ["note-mark-changed e1:5 s3:1", "note-mark-changed e1:30 s2:1"],
    ),
    (
        "the texts of two starred notes are exchanged",
        "a* b\n* One.\n\nc* d\n* Two.",
        '<p>a<note n="*">Two.</note> b c<note n="*">One.</note> d</p>',
        ["notes-exchanged e1:5 s5:1"],
    ),
    (
        "a word of a note is lost",
        "a.1 b\n  1. See the telegram of May.",
        '<p>a.<note n="1">See telegram of May.</note> b</p>',
        ["word-missing s2:10 e1:22"],
    ),
    (
        "the last word of a note is lost",
        "a.1 b\n  1. Not printed here.",
        '<p>a.<note n="1">Not printed</note> b</p>',
        ["word-missing s2:18 e1:29"],
    ),
    (
        "a word of one of several like notes is changed",
        "a.1 b.2\n  1. Not printed.\n  2. Not printed.",
        '<p>a.<note n="1">Not found.</note> b.<note n="2">Not printed.</note></p>',
        ["word-changed e1:22 s2:10"],
    ),
    (
        "a word of the text was put into a note",
        "a.1 b c\n  1. Not printed.",
        '<p>a.<note n="1">Not printed b.</note> c</p>',
        ["word-missing s1:5 e1:40", "word-changed e1:30 s2:10"],
    ),
    (
        "a mark of the source is kept as text, without its note",
        "noon,81 I\n  1. Not printed.",
        "<p>noon,81 I</p>",
        ["note-missing s2:3 e1:13"],
    ),
    # pages
    ("a page break is lost", "now [Page 77] both", "<p>now both</p>", ["page-mark-missing s1:5 e1:8"]),
    ("a page break is added", "now both", '<p>now <pb n="77"/>both</p>', ["page-mark-added e1:8 s1:5"]),
    (
        "a page break has another number",
        "now [Page 77] both",
        '<p>now <pb n="78"/>both</p>',
        ["page-mark-changed e1:8 s1:5"],
    ),
    (
        "a page break is moved",
        "now [Page 77] both and",
        '<p>now both <pb n="77"/>and</p>',
        ["page-mark-moved e1:13 s1:5"],
    ),
    (
        "a page mark is also kept as text",
        "now [Page 77] both",
        '<p>now <pb n="77"/>[Page 77] both</p>',
        ["word-added e1:20 s1:15"],
    ),
    # lists and signs
    (
        "a label is lost",
        "are: (a) one (b) two",
        "<p>are: <list><item>one</item><label>(b)</label><item>two</item></list></p>",
        ["word-missing s1:6 e1:21"],
    ),
    (
        "a label in an attribute is another",
        "1. One.\n2. Two.",
        '<list><item n="1">One.</item><item n="3">Two.</item></list>',
        ["label-added e1:30 s2:1", "word-missing s2:1 e1:42"],
    ),
    (
        "a bullet in the middle of a line is no bullet",
        "are: • one",
        "<p>are: <list><item>one</item></list></p>",
        ["word-missing s1:6 e1:21"],
    ),
    ("signs that strike through are lost", "a ~~b~~ c", "<p>a b c</p>", ["character-changed e1:6 s1:3"]),
    (
        "a sign of emphasis that is not closed is lost",
        "the *Asama Maru",
        "<p>the <hi>Asama</hi> Maru</p>",
        ["note-mark-missing s1:5 e1:12"],
    ),
]


def place(location, letter):
    # the edition stands in the second line of what is written, behind the tags around its body
    return f"e1:{location.column - BODY}" if letter == "e" else f"s{location.line}:{location.column}"


def shown(finding):
    letters = {"source.txt": "s", "edition.xml": "e"}
    places = [place(each, letters[each.path]) for each in (finding.where, *finding.related)]
    return " ".join([finding.code.title, *(places if len(places) == 2 else [*places, "-"])])


@pytest.mark.parametrize(("text", "body", "expected"), [pytest.param(*case[1:], id=case[0]) for case in FLAWS])
def test_flaw(compared, text, body, expected):
    assert sorted(expected) == sorted(shown(finding) for finding in compared(text, body).findings)


def test_a_message_quotes_what_is_there_and_what_stands_around(compared):
    finding = compared("the potential menace to security", "<p>the potential to security</p>").findings[0]
    assert finding.message == "the edition lacks `menace` of the source, between `potential` and `to`"
    assert finding.hint is not None


def test_a_long_stretch_is_shortened(compared):
    text = " ".join(f"word{number}" for number in range(500))
    (finding,) = compared(text, "<p>word0 word499</p>").findings
    assert "`word1 word2 word3 word4 … word496 word497 word498` (498 words)" in finding.message
