"""Every word of an edition is in its page and its book once; losing, doubling or changing one is found."""

from __future__ import annotations

import re

import pytest

from teiwright.model import Rendition
from teiwright.rendering import VIEWS, conserve, render_edition
from teiwright.rendering.words import words_of_tei


def told(report):
    return [finding.message for finding in report.findings]


@pytest.mark.parametrize("view", VIEWS)
def test_no_word_of_the_founding_texts_is_lost_or_doubled(founding, context, view):
    rendition = render_edition(founding, view, context)
    assert told(conserve(founding, rendition)) == []
    assert [f for f in rendition.findings if f.code.severity.value == "error"] == []


def test_the_check_reads_all_words_of_the_founding_texts(editions):
    words = words_of_tei(editions["psis-400-16"].tree.getroot())
    assert len(words.main.words()) > 2500
    assert len(words.notes) == 37


SAMPLE = (
    '<div xml:id="d"><head>A heading<note n="1"><p>Note of the heading.</p></note></head>'
    '<p>First <persName>Mr. Togo</persName>, then<note n="*">A note.</note> more.</p></div>'
)


SOURCES = ("html", "print")
"""The views whose files are text."""


def mutated(rendition, pattern, replacement):
    files = {
        name: re.sub(pattern, replacement, data.decode(), count=1).encode()
        for name, data in rendition.files.items()
        if name.endswith((".html", ".typ"))
    }
    assert all(data != rendition.files[name] for name, data in files.items()), "the mutation changed nothing"
    return Rendition(rendition.view, files)


@pytest.mark.parametrize(
    ("pattern", "replacement", "expected"),
    [
        ("Togo", "", "`Togo,` is `,` in sample"),
        ("Togo", "Tojo", "`Togo,` is `Tojo,` in sample"),
        ("more", "more more", "`more`, which the edition has not at this place"),
        (r"Note of the heading\.", "", "`Note of the heading.` is missing from sample"),
        (r"A note\.", "A note. A note.", "has `A note.`, which the edition has not at this place"),
    ],
)
@pytest.mark.parametrize("view", SOURCES)
def test_a_changed_word_is_found_and_named(tei, view, pattern, replacement, expected):
    edition = tei(SAMPLE)
    rendition = render_edition(edition, view)
    assert told(conserve(edition, rendition)) == []
    messages = told(conserve(edition, mutated(rendition, pattern, replacement)))
    assert any(expected in message for message in messages), messages


def test_two_words_run_together_are_found(tei):
    edition = tei("<p>one two</p><p>three</p>")
    page = render_edition(edition, "html")
    assert told(conserve(edition, mutated(page, "one two", "onetwo"))) == ["`one two` is `onetwo` in sample.html"]


def test_a_finding_names_the_line_of_the_edition(tei):
    edition = tei("<p>one</p>\n<p>two</p>\n<p>three</p>")
    page = render_edition(edition, "html")
    (finding,) = conserve(edition, mutated(page, "three", "")).findings
    assert (finding.code.number, finding.where.line) == ("TW705", 5)


def test_what_describes_a_gap_is_no_word_of_the_text(tei):
    edition = tei('<p rend="center"><gap reason="omitted"><desc>A line of dots</desc></gap>. . .</p>')
    for view in VIEWS:
        assert told(conserve(edition, render_edition(edition, view))) == []


def test_of_two_readings_both_are_shown(tei):
    edition = tei("<p>the <choice><sic>Manehukuo</sic><corr>Manchukuo</corr></choice> border</p>")
    for view in VIEWS:
        assert told(conserve(edition, render_edition(edition, view))) == []


def test_a_change_of_language_within_a_word_does_not_part_it(tei):
    edition = tei('<p>Zu<hi xml:lang="de">sammen</hi>setzung</p>')
    for view in VIEWS:
        assert told(conserve(edition, render_edition(edition, view))) == []


def test_a_soft_hyphen_is_no_character_of_a_word(tei):
    edition = tei('<p>a repre\u00ad<lb break="no"/>sentative of the Russian Church</p>')
    for view in VIEWS:
        assert told(conserve(edition, render_edition(edition, view))) == []
