"""What is written for the search, read back."""

from __future__ import annotations

import json
import re
import sqlite3
import tracemalloc
from collections.abc import Iterator
from contextlib import closing

import pytest
from lxml import html

from teiwright.publishing.searching import gathering, making, searched
from teiwright.publishing.searching.documents import index_from
from teiwright.publishing.searching.gathering import BLOCK, Gatherer
from teiwright.publishing.searching.numbers import NUMBERS, divided
from teiwright.publishing.searching.words import words

from .conftest import LETTERS, letter

DATA = "html/search/data/"


def value(files: dict[str, bytes], name: str) -> object:
    found = re.fullmatch(r'teiwright\("([^"]+)",(.*)\);\n', files[f"{DATA}{name}.js"].decode(), re.DOTALL)
    assert found
    assert found[1] == name
    return json.loads(found[2])


def _numbers(codes: str) -> list[int]:
    return [NUMBERS[written] for written in divided(codes)]


def places(files: dict[str, bytes]) -> Iterator[tuple[str, int, int, int]]:
    """Each word with document, passage and place in it, read as the script of the page reads it."""
    for name in sorted(n for n in files if n.startswith(f"{DATA}words/")):
        shard = value(files, name.removeprefix(DATA).removesuffix(".js"))
        for term, entry in zip(shard[::2], shard[1::2], strict=True):
            leaves = [(0, entry)]
            if not isinstance(entry, str):
                _, file, firsts = entry
                leaves = [(first, value(files, f"lists/000/{file + i:06d}")) for i, first in enumerate(firsts)]
            for first, codes in leaves:
                yield from ((term, *place) for place in _places_of(first, _numbers(codes)))


def _places_of(document: int, found: list[int]) -> Iterator[tuple[int, int, int]]:
    rest = iter(found)
    for more in rest:
        document += more
        passage = place = 0
        for _ in range(next(rest)):
            step, at = next(rest), next(rest)
            passage, place = passage + step, at if step else place + at
            yield document, passage, place


def meant(extracts) -> set[tuple[str, int, int, int]]:
    return {
        (word, document, passage, place)
        for document, extract in enumerate(extracts)
        for passage, one in enumerate(extract.passages)
        for place, word in enumerate(words(extract.text[one.start : one.end]))
    }


@pytest.mark.parametrize("block", [1, 3, 32], ids="blocks of {} documents".format)
def test_each_word_stands_in_the_index_where_it_stands_in_the_text(made, monkeypatch, block):
    monkeypatch.setattr(gathering, "BLOCK", block)
    monkeypatch.setattr(making, "BLOCK", block)
    found = [place for place in places(made(*LETTERS)) if not place[0].startswith("=")]
    assert len(found) == len(set(found))
    assert set(found) == meant(LETTERS)


def test_a_word_that_comes_often_is_spread_over_files_of_bounded_size(made):
    many = [letter(f"n{n}", "of the castle and the moat " * 40, "the end") for n in range(300)]
    files = made(*many)
    assert sum(name.startswith(f"{DATA}lists/") for name in files) > 3
    assert max(len(data) for name, data in files.items() if name.startswith(DATA)) < 14_000
    assert {place for place in places(files) if place[0] == "the"} == {p for p in meant(many) if p[0] == "the"}


def test_documents_are_filed_by_names_years_and_kind(made):
    files = made(*LETTERS)
    shard = value(files, "words/000/000000")
    filed = {
        term: [document for document, count in zip(_numbers(e)[::2], _numbers(e)[1::2], strict=True) if count == 0]
        for term, e in zip(shard[::2], shard[1::2], strict=True)
        if term.startswith("=")
    }
    assert {"=person:grew", "=kind:letter", "=year:1881", "=year:1883", "=year:1884", "=year:1890"} <= set(filed)
    assert value(files, "choices")["person"] == [["grew", "Grew, Joseph C.", 1]]
    assert value(files, "start")["years"] == [1881, 1890]


def test_the_texts_that_are_shown_are_those_of_the_extracts(made):
    long = letter("long", *(f"paragraph {n} " + "word " * 500 for n in range(20)))
    files = made(long)
    known = value(files, "texts/000/000000")
    parts = [known["passages"]]
    parts += [value(files, f"texts/000/000000-{n}") for n in range(1, len(known["starts"]))]
    assert len(parts) > 3
    assert [passage[3] for part in parts for passage in part] == [long.text[p.start : p.end] for p in long.passages]
    assert known["starts"] == [sum(map(len, parts[:n])) for n in range(len(parts))]


def test_the_list_of_words_leads_to_the_paragraphs(made):
    files = made(*LETTERS)
    page = html.fromstring(files["html/search/words/m/1.html"])
    (entry,) = page.xpath("//div[dt='moat']")
    assert [(a.text, a.get("href")) for a in entry.iterfind(".//a")] == [
        ("May 1, 1881, p. 7", "../../../zenda.html#par-1"),
        ("Letter strelsau, p. 8", "../../../strelsau.html#par-2"),
    ]
    letters = html.fromstring(files["html/search/words/index.html"]).xpath("//ul[@class='letters']//a/@href")
    assert {"c/index.html", "cjk/index.html", "greek/index.html", "cyrillic/index.html"} <= set(letters)


def test_a_word_of_many_documents_has_some_links_and_says_how_many_more(made):
    files = made(*(letter(f"n{n}", "the castle") for n in range(25)))
    (entry,) = html.fromstring(files["html/search/words/c/1.html"]).xpath("//div[dt='castle']")
    assert len(entry.findall(".//a")) == 10
    assert entry.findtext(".//span") == "and 15 more"


def test_all_links_of_the_list_of_words_lead_somewhere(made):
    files = made(*(letter(f"n{n}", f"word{n} " + " ".join(f"w{n}x{i}" for i in range(400))) for n in range(3)))
    pages = {name for name in files if name.startswith("html/search/words/")}
    assert len(pages) > 5
    for name in pages:
        for href in html.fromstring(files[name]).xpath("//main//a/@href"):
            target = _resolved(name, href)
            assert target in files or re.fullmatch(r"html/n\d\.html", target)


def test_a_page_of_the_list_of_words_has_at_most_60_kb_of_markup_and_style_beside_its_words(made):
    text = " ".join(f"word{i:03}" for i in range(250))
    files = made(*(letter(f"a-letter-of-a-long-name-{n:03}", text) for n in range(12)))
    pages = {name: files[name] for name in files if re.fullmatch(r"html/search/words/w/\d+\.html", name)}
    assert sum(len(html.fromstring(page).findall(".//dt")) for page in pages.values()) == 250
    for page in pages.values():
        (body,) = html.fromstring(page).iter("body")
        assert len(page) - len("".join(body.itertext()).encode()) <= 60_000


def _resolved(page: str, href: str) -> str:
    parts = page.split("/")[:-1]
    for step in href.partition("#")[0].split("/"):
        parts = parts[:-1] if step == ".." else [*parts, step]
    return "/".join(parts)


def test_the_same_extracts_make_the_same_bytes(made):
    assert made(*LETTERS) == made(*LETTERS)


def test_an_edition_without_words_has_a_search_too(made):
    assert "html/search/index.html" in made(letter("empty"))


def test_memory_does_not_grow_with_the_collection(tmp_path):
    kept = searched(letter("n", "the castle and the moat of Zenda " * 10))

    def peak(count: int) -> int:
        with closing(sqlite3.connect(tmp_path / f"{count}.sqlite")) as database:
            database.executescript(gathering.TABLES)
            tracemalloc.start()
            gatherer = Gatherer(database)
            for number in range(count // BLOCK):
                block = gatherer.block()
                for document in range(number * BLOCK, (number + 1) * BLOCK):
                    block.add(document, index_from(kept))
                gatherer.renew(number, block)
            for _ in gatherer.changed():
                pass
            used = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return used

    assert peak(10 * BLOCK) < 1.25 * peak(2 * BLOCK)
