"""An edition as plain text and as Markdown: what others' Markdown readers make of it has the words of the edition."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree, html
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from teiwright.model import Rendition
from teiwright.rendering import conserve, prepare, render_edition
from teiwright.rendering.extracting import extract
from teiwright.rendering.markdown_lines import finished
from teiwright.rendering.words import words_of_tei

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)


def markdown_of(edition) -> str:
    return next(d.decode() for n, d in render_edition(edition, "text").files.items() if n.endswith(".md"))


def page_of(markdown: str) -> etree._Element:
    return html.fromstring(f"<main>{READER.render(markdown)}</main>")


def words_on(page: etree._Element) -> tuple[list[str], dict[str, list[str]]]:
    """The words of the text, and of each note, without what the writer put into brackets."""
    for mark in page.xpath("//sup[@class='footnote-ref'] | //a[@class='footnote-backref'] | //hr"):
        mark.drop_tree()
    notes = {}
    for item in page.xpath("//li[@class='footnote-item']"):
        notes[item.get("id")] = spaced(item)
    for section in page.xpath("//section[@class='footnotes']"):
        section.drop_tree()
    return spaced(page), notes


def spaced(element: etree._Element) -> list[str]:
    for block in element.iter("p", "li", "td", "th", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "br"):
        block.tail = f" {block.tail or ''}"
    return element.text_content().replace(ADDED, "").split()


def words_of(stream) -> list[str]:
    """As Python divides words, since a web page divides them at every kind of space."""
    return "".join(text for text, _ in stream.pieces).split()


ADDED = "⸢"
"""Stands for what was added while others read the file: a sign, as brackets are."""


def with_signs_for_what_was_added(markdown: str) -> str:
    bare = re.sub(r"(?<!\\)((?:\\\\)*)\[(?!\^)(?:\\.|[^\[\]\\])*\](?!\()", rf"\1{ADDED}", markdown)
    return bare.replace("&#91;", ADDED).replace("&#93;", ADDED)


def assert_a_reader_sees(edition) -> None:
    markdown = with_signs_for_what_was_added(markdown_of(edition))
    main, notes = words_on(page_of(markdown))
    expected = words_of_tei(edition.tree.getroot())
    assert main == words_of(expected.main)
    # A reader numbers notes as it meets their marks.
    assert sorted(notes.values()) == sorted(words_of(note) for note in expected.notes)


def test_others_read_the_words_of_the_founding_texts(founding):
    assert_a_reader_sees(founding)


def test_others_read_the_words_of_a_difficult_document(difficult):
    assert_a_reader_sees(difficult)


def test_a_difficult_document_as_markdown(difficult):
    assert "\n".join(markdown_of(difficult).split("\n")[:24]) == (
        "[1]\n\n# A heading[^note-1] goes on\n\n761.94/1\n\nTōkyō, April 13\n\n"
        "Sir: Said Mr. Togo[^1] Shigenori, [2] and see there or [elsewhere](<https://example.org/a?b=1&c=2>), in the "
        "header.\n\n"
        "Greek λόγος, Hebrew שָׁלוֹם, Arabic سلام, Japanese 東郷, \\]\\]\\> and \\<script\\>.\n\n"
        "Points\n\n- 1\\. One\n\n  - Inner\n\n  [3]\n\n- 2\\. Two\n\n  | A |\n  | --- |"
    )


def test_plain_text_is_the_text_that_offsets_count(founding):
    files = render_edition(founding, "text").files
    (words,) = (data.decode() for name, data in files.items() if name.endswith(".txt"))
    assert words == extract(prepare(founding).root, "x").text


@pytest.mark.parametrize("suffix", ["md", "txt"])
def test_a_changed_word_is_found(tei, suffix):
    edition = tei("<div><head>A title</head><p>one two<note n='1'>three</note></p></div>")
    files = render_edition(edition, "text").files
    for word in ("title", "two", "three"):
        data = files[f"sample.{suffix}"].decode()
        spoilt = Rendition("text", {f"sample.{suffix}": data.replace(word, "xyz").encode()})
        (finding,) = conserve(edition, spoilt).findings
        assert finding.message == f"`{word}` is `xyz` in sample.{suffix}"


KINDS = st.sampled_from(["", "italic", "bold", "del", "note", "lb", "pb"])
HOSTILE = st.lists(
    st.sampled_from(
        [
            *("# ", "* ", "- ", "+ ", "1. ", "12) ", "> ", "---", "===", "    ", "```", "~~~", "| a | b |", "|---|"),
            *("*a*", "**b**", "_c_", "~~d~~", "`e`", "[f](g)", "![h](i)", "[^1]", "[^1]: j", "[k]: /l", "<b>", "</b>"),
            *("<!-- m -->", "&amp;", "&#42;", "\\", "\\*", "http://n.example", "<http://o>", "!", "(p)", "[", "]"),
            *("word", " ", " two ", "“", "”", "(", ")", ":", ".", "…", "9", "東", "א", "$x$", "{#y}"),
            "<script>z</script>",
        ]
    ),
    max_size=8,
).map("".join)


@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(pieces=st.lists(st.tuples(KINDS, HOSTILE), max_size=5))
def test_text_that_looks_like_markdown_stays_text(tei, pieces):
    edition = tei("<p>x</p>")
    (paragraph,) = edition.tree.getroot().iter("{*}p")
    paragraph.text = None
    for kind, words in pieces:
        name = {"italic": "hi", "bold": "hi", "": "seg"}.get(kind, kind)
        child = etree.SubElement(paragraph, f"{{http://www.tei-c.org/ns/1.0}}{name}")
        if name == "hi":
            child.set("rend", kind)
        if kind in {"lb", "pb"}:
            child.tail = words
        else:
            child.text = words
    assert_a_reader_sees(edition)
    assert conserve(edition, render_edition(edition, "text")).findings == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("\x021word\x031", "*word*"),
        ("a\x021b\x031c", "a*b*c"),
        ("\x021 word \x031x", " *word* x".strip()),
        ("a\x021“b”\x031c", "a“b”c"),
        ("\x022\x021both\x031\x032", "*both*"),
        ("\x021\x031", ""),
        ("- no list", "\\- no list"),
        ("1. no list", "1\\. no list"),
        ("one\x01- two", "one\\\n\\- two"),
    ],
)
def test_emphasis_stands_where_a_reader_sees_it(line, expected):
    assert finished(line) == expected


def test_tables_lists_and_quotations_are_what_they_are(difficult):
    page = page_of(markdown_of(difficult))
    expected = {"h1": 1, "h2": 1, "h3": 1, "table": 2, "blockquote": 1, "ul": 2}
    assert {tag: len(page.findall(f".//{tag}")) for tag in expected} == expected
    (link,) = (a.get("href") for a in page.iter("a") if a.get("href", "").startswith("http"))
    assert link == "https://example.org/a?b=1&c=2"
    assert [item.text_content().split()[0] for item in page.xpath("//main/ul/li")] == ["1.", "2."]


def test_an_exclamation_mark_before_a_note_and_a_table_within_a_table_are_written_once(tei):
    inner = "<table><row><cell>inner</cell></row></table>"
    edition = tei(f'<p>Sure!<note n="1" place="foot">x</note></p><table><row><cell>outer {inner}</cell></row></table>')
    assert conserve(edition, render_edition(edition, "text")).findings == ()
    assert "Sure\\![^1]" in markdown_of(edition)
