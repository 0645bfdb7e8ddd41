"""What is the same to a reader is the same to ``compare``: (what it shows, the source, the TEI)."""

from pathlib import Path

import pytest
from lxml import etree

from teiwright.comparing import compare
from teiwright.model import Edition

EQUAL = [
    ("line ends and indents are layout", "One two\n  three.\n\nFour.", "<p>One   two three.</p>\n<p>Four.</p>"),
    ("blocks need no space between them", "One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
    ("a soft hyphen is no character", "repre\u00adsent", "<p>represent</p>"),
    ("a byte order mark is no character", "\ufeffOne.", "<p>One.</p>"),
    ("markup within a word parts nothing", "Jap[anes]e Government", "<p>Jap[<hi>anes</hi>]e Government</p>"),
    ("a line break stands for a space", "One\ntwo", "<head>One<lb/>two</head>"),
    ("a line break within a word", "repre\nsent", '<p>repre<lb break="no"/>sent</p>'),
    ("characters of markup are characters", 'a < b & "c"', '<p>a &lt; b &amp; "c"</p>'),
    # notes
    (
        "a callout stuck to a word",
        "noon,81 I have\n  1. Not printed.",
        '<p>noon,<note n="81" place="foot">Not printed.</note> I have</p>',
    ),
    (
        "a callout stuck to a figure",
        "my 21950 of May\n  1. Not printed.",
        '<p>my 219<note n="50">Not printed.</note> of May</p>',
    ),
    (
        "a callout with a space before it",
        "State 80\n  1. Drafted by Bohlen.",
        '<head>State <note n="80">Drafted by Bohlen.</note></head>',
    ),
    ("raised figures", "fear.¹² Then\n\n(12) Dip. Sum.", '<p>fear.<note n="12">Dip. Sum.</note> Then</p>'),
    ("a typewriter's raised sign", "Dairen^{**}, etc.\n\n** Petrov.", '<p>Dairen<note n="**">Petrov.</note>, etc.</p>'),
    (
        "two callouts between one pair of braces",
        "spy^{8***}.\n\n*** Fishing.\n- (8) H-1.",
        '<p>spy<note n="8">H-1.</note><note n="***">Fishing.</note>.</p>',
    ),
    ("a callout in brackets", "word(12) and\n\n(12) Text.", '<p>word<note n="12">Text.</note> and</p>'),
    (
        "a sign beside a page mark is no part of it",
        "[Page 7]\n| one | two]\n\n[[Page 8]]",
        '<p><pb n="7"/>| one | two]</p><p><pb n="8"/></p>',
    ),
    (
        "a note that is nothing but a list",
        "a.1 b\n  1. - One.\n  - Two.",
        '<p>a.<note n="1"><list><item>One.</item><item>Two.</item></list></note> b</p>',
    ),
    ("a callout in Markdown", "word[^3] and\n\n[^3]: Text.", '<p>word<note n="3">Text.</note> and</p>'),
    ("a callout in HTML", "word<sup>3</sup> and\n\n3 Text.", '<p>word<note n="3">Text.</note> and</p>'),
    (
        "callouts with a comma between them",
        "word1,2 and\n1. One.\n2. Two.",
        '<p>word<note n="1">One.</note><note n="2">Two.</note> and</p>',
    ),
    ("a label alone on its line", "word.1 More.\n\n1\nThe note.", '<p>word.<note n="1">The note.</note> More.</p>'),
    (
        "notes with the same text",
        "a.1 b.2 c.3\n  1. Not printed.\n  2. Not printed.\n  3. Not printed.",
        '<p>a.<note n="1">Not printed.</note> b.<note n="2">Not printed.</note> c.<note n="3">Not printed.</note></p>',
    ),
    (
        "a note of which the text has the words and the number, too",
        "a.1 b\n\n1. Not printed.\n\nc\n\n1. Not printed.",
        '<p>a.<note n="1">Not printed.</note> b</p><p>1. Not printed.</p><p>c</p>',
    ),
    (
        "lists that count anew after each document",
        "a.88 b\n  1. See No. 2.\n\nc.89 d.90\n  1. Not printed.\n  2. Not printed.",
        '<p>a.<note n="88">See No. 2.</note> b</p>'
        '<p>c.<note n="89">Not printed.</note> d.<note n="90">Not printed.</note></p>',
    ),
    (
        "stars that begin anew on each page",
        "a* b\n\n* First.\n\nc* d\n\n* Second.",
        '<p>a<note n="*">First.</note> b <pb resp="#x" cert="high"/>c<note n="*">Second.</note> d</p>',
    ),
    (
        "a note at the foot of a page interrupts a sentence",
        "the Church,\n\n(1) H-1, 7 Apr.\nH-2, 8 Apr.\n\nintended¹ it",
        '<p>the Church, <pb resp="#x" cert="high"/>intended<note n="1">H-1, 7 Apr. H-2, 8 Apr.</note> it</p>',
    ),
    ("a note of two paragraphs", "a.1\n\n1. One.\n\nTwo.", '<p>a.<note n="1"><p>One.</p><p>Two.</p></note></p>'),
    (
        "a note with a page break in it",
        "a.1\n  1. One [Page 3] two.",
        '<p>a.<note n="1">One <pb n="3"/>two.</note></p>',
    ),
    ("a note in a note", "a.1\n1. One.*\n* Two.", '<p>a.<note n="1">One.<note n="*">Two.</note></note></p>'),
    (
        "a note without a callout",
        "a.\n  4. See No. 2.",
        '<p>a.</p><noteGrp type="unanchored"><note n="4" place="foot">See No. 2.</note></noteGrp>',
    ),
    (
        "an inline note is text where it stands",
        "761.94/1\n\nTo the Secretary",
        '<note rend="inline">761.94/1</note><p>To the Secretary</p>',
    ),
    (
        "notes at the end of the edition, called by pointers",
        "a.1 b.\n1. One.",
        '<p>a.<ptr target="#n1"/> b.</p><div><note xml:id="n1" n="1">One.</note></div>',
    ),
    (
        "notes at the end of the edition, called by references",
        "a.1 b.\n1. One.",
        '<p>a.<ref target="#n1">1</ref> b.</p><div><note xml:id="n1" n="1">One.</note></div>',
    ),
    (
        "notes that point to their anchors",
        "a.1 b.\n1. One.",
        '<p>a.<anchor xml:id="a1"/> b.</p><div><note target="#a1" n="1">One.</note></div>',
    ),
    # pages
    ("a page mark", "now [Page 77] both", '<p>now <pb n="77"/>both</p>'),
    (
        "other page marks",
        "a [p. 7] b\n\n- 8 -\n\nc\n9\nd\n\nPage 10\ne",
        '<p>a <pb n="7"/>b</p><pb n="8"/><p>c<pb n="9"/>d</p><pb n="10"/><p>e</p>',
    ),
    ("a page mark within a word", "exam[Page 2]ple", '<p>exam<pb n="2"/>ple</p>'),
    ("an inferred page break needs no mark", "one two", '<p>one <pb resp="#x" cert="low"/>two</p>'),
    ("an inferred page number needs no mark", "one two", '<p>one <pb n="3" resp="#x" cert="low"/>two</p>'),
    (
        "an inferred page number that is kept as text",
        "one\n\n62\n\ntwo",
        '<p>one <pb n="62" resp="#x" cert="high"/><fw>62</fw>two</p>',
    ),
    (
        "the same where the text begins",
        "62\n\nThe Castle\n\none",
        '<pb n="62" resp="#x" cert="high"/><fw>62</fw><fw>The Castle</fw><p>one</p>',
    ),
    (
        "an inferred page number before the same number in the text",
        "62\n\n62 men",
        '<pb n="62" resp="#x" cert="high"/><p>62 men</p>',
    ),
    ("a running head is text", "one\n\nSECRET\n\ntwo", "<p>one <fw>SECRET</fw>two</p>"),
    # lists and tables
    ("bullets", "are:\n  • One.\n  • Two.", "<p>are: <list><item>One.</item><item>Two.</item></list></p>"),
    (
        "dashes before labels",
        "are:\n- (a) One;\n- (b) two.",
        "<p>are:</p><list><label>(a)</label><item>One;</item><label>(b)</label><item>two.</item></list>",
    ),
    ("labels in an attribute", "1. One.\n(2) Two.", '<list><item n="1">One.</item><item n="2">Two.</item></list>'),
    ("a bullet that is kept as text", "• One.", "<list><item>• One.</item></list>"),
    (
        "cells between tabs",
        "a\tb\nc\t\td",
        "<table><row><cell>a</cell><cell>b</cell></row><row><cell>c</cell><cell>d</cell></row></table>",
    ),
    # signs
    ("text struck through", "~~TOP SECRET~~ text", "<p><del>TOP SECRET</del> text</p>"),
    (
        "signs of emphasis",
        "the *Asama Maru* and __not__ _this_",
        "<p>the <hi>Asama Maru</hi> and <emph>not</emph> <hi>this</hi></p>",
    ),
    ("a star that is text", "the *Asama", "<p>the *<hi>Asama</hi></p>"),
    # editorial elements
    ("the source has sic", "Manehukuo", "<p><choice><sic>Manehukuo</sic><corr>Manchukuo</corr></choice></p>"),
    (
        "the source has sic, whichever comes first",
        "Manehukuo",
        "<p><choice><corr>Manchukuo</corr><sic>Manehukuo</sic></choice></p>",
    ),
    ("the source has orig", "shew it", "<p><choice><reg>show</reg><orig>shew</orig></choice> it</p>"),
    ("the source has abbr", "Dip. Sum.", "<p><choice><abbr>Dip.</abbr><expan>Diplomatic</expan></choice> Sum.</p>"),
    ("letters expanded by the editor", "Gov.", "<p>Gov<ex>ernor</ex>.</p>"),
    ("supplied and not in the source", "the pact", "<p>the <supplied>Tripartite</supplied> pact</p>"),
    ("supplied and in brackets in the source", "Jap[anes]e", "<p>Jap<supplied>anes</supplied>e</p>"),
    ("a description is the editor's", "one\n\n. . . .", "<p>one</p><p><gap><desc>dots</desc></gap>. . . .</p>"),
    ("a picture's description", "one", "<p>one</p><figure><figDesc>A map</figDesc></figure>"),
    ("the lemma of an apparatus", "one", "<p><app><lem>one</lem><rdg>two</rdg></app></p>"),
]


@pytest.mark.parametrize(("text", "body"), [pytest.param(t, b, id=name) for name, t, b in EQUAL])
def test_nothing_is_found_where_nothing_differs(compared, text, body):
    assert compared(text, body).findings == ()


def test_the_header_is_not_compared(source):
    tei = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><title>A title</title></teiHeader>'
        "<standOff><note>A doubt</note></standOff><text><body><p>One.</p></body></text></TEI>"
    )
    tree = etree.ElementTree(etree.fromstring(tei))
    assert compare(source("One."), Edition(Path("edition.xml"), tree)).findings == ()
