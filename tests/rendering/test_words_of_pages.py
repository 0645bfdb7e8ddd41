"""What is read as the words of an edition when its page is read back, and what is not."""

from __future__ import annotations

import pytest

from teiwright.rendering.words_of_html import words_of_html


def said(body):
    """The running text and the notes of a page."""
    head = "<head><title>No word</title></head>"
    found = words_of_html(f"<!DOCTYPE html>\n<html>{head}<body>{body}</body></html>".encode())
    return " ".join(found.main.words()), [" ".join(note.words()) for note in found.notes]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<p>around</p><article><p>one two</p></article><p>it</p>", "one two"),
        ("<article><p>one</p><p>two</p></article>", "one two"),
        ("<article><p>line<br>break</p></article>", "line break"),
        ('<article><p>Zu<span lang="de">sammen</span>setzung</p></article>', "Zusammensetzung"),
        ("<article><p>AT&amp;T &lt;sic&gt; 3&#160;%</p></article>", "AT&T <sic> 3\u00a0%"),
        ('<article><p><b data-made="">Page 3</b>one <i class="small made">[sic]</i>two</p></article>', "one two"),
        ('<article><p title="data-made made">one</p></article>', "one"),
        ("<article><p>one<button>Cite <b>this</b></button> two</p></article>", "one two"),
        ("<article><p>one<!-- <p>never</p> --> two</p></article>", "one two"),
        ("<article><script>if (a<b) say('<p>never</p>')</script><p>one</p></article>", "one"),
        ('<article><p>one<img src="a.png" alt="a map"> two<wbr>three</p></article>', "one twothree"),
    ],
)
def test_the_words_of_the_text_are_those_in_the_article_that_nobody_added(page, words):
    assert said(page) == (words, [])


def test_a_note_has_its_words_by_itself_and_its_way_back_is_none_of_them():
    note = '<li id="fn-1" popover=""><a href="#call:fn-1">1</a><p>First</p><p>second.</p></li>'
    card = '<div popover="auto"><div>Cite</div></div>'
    assert said(f"<article><p>one</p></article><section>{note}{card}</section>") == ("one", ["First second."])


def test_a_note_within_the_text_is_no_part_of_it():
    note = '<span><div popover=""><div>A note</div></div></span>'
    assert said(f"<article><p>one {note} two</p></article>") == ("one two", ["A note"])


def test_a_page_that_is_cut_off_has_the_words_up_to_there():
    assert said("<article><p>one <b>two</b> th") == ("one two th", [])
