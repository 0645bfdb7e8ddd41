"""A site of which some documents changed comes out as if it had been made from nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from teiwright.extracted import AsBefore, Entry, Extract, Naming, Passage, Shelf, Site
from teiwright.publishing import Setting, dead_links, listing, names, publish, unlinked
from teiwright.publishing import gathering as indexes
from teiwright.publishing.searching import gathering, making, search, shards, terms, word_list

from .conftest import plain_frame

SITE = Site("Letters", entries=(Entry("grew", "person", "Joseph C. Grew", "Grew, Joseph C."),))


def letter(identifier: str, *paragraphs: str, **facts: str) -> Extract:
    """A letter whose first word is a name without an entry, and its second that of Grew."""
    passages, at = [], 0
    for number, words in enumerate(paragraphs):
        passages.append(Passage("paragraph", f"par-{number + 1}", str(7 + number), at, at + len(words)))
        at += len(words) + 2
    first, second = (len(" ".join(paragraphs[0].split()[:n])) for n in (1, 2))
    names = (Naming("place", "", "n1", "7", 0, first), Naming("person", "grew", "n2", "7", first + 1, second))
    known = {"title": f"Letter {identifier}", "when": "1933-04-05", "file_numbers": (f"F {identifier}",), **facts}
    return Extract(identifier, passages=tuple(passages), names=names, text="\n\n".join(paragraphs), **known)


LETTERS = {
    one: letter(one, f"Omsk Grew the castle of {one}", f"the moat {one * 2} and the drawbridge") for one in "bdfhjlnp"
}

CHANGES: dict[str, Callable[[dict[str, Extract]], dict[str, Extract]]] = {
    "a word is another": lambda all_: all_ | {"f": letter("f", "Omsk Grew the palace of f", "the moat ff")},
    "a paragraph is added above": lambda all_: all_ | {"f": letter("f", "Omsk Grew", *LETTERS["f"].text.split("\n\n"))},
    "a title is another": lambda all_: all_ | {"d": replace(all_["d"], title="Another title")},
    "a date is gone": lambda all_: all_ | {"d": replace(all_["d"], when="")},
    "a name is another": lambda all_: all_ | {"f": letter("f", "Oms Grew the castle of f", "the moat ff")},
    "a file number is new": lambda all_: all_ | {"f": replace(all_["f"], file_numbers=("793.94",))},
    "a year is another": lambda all_: all_ | {"h": replace(all_["h"], when="1934-01-02")},
    "a name is gone": lambda all_: all_ | {"p": replace(all_["p"], names=())},
    "the first is gone": lambda all_: {name: one for name, one in all_.items() if name != "b"},
    "the last is gone": lambda all_: {name: one for name, one in all_.items() if name != "p"},
    "half are gone": lambda all_: {name: one for name, one in all_.items() if name < "h"},
    "one is added in between": lambda all_: all_ | {"g": letter("g", "Tomsk Grew new")},
    "one is added behind": lambda all_: all_ | {"z": letter("z", "Tomsk Grew new", kind="letter")},
    "one has another id": lambda all_: (
        {name: one for name, one in all_.items() if name != "d"} | {"q": replace(all_["d"], id="q")}
    ),
    "nothing": dict,
}


def written(made: Iterable[tuple[str, bytes] | AsBefore], before: dict[str, bytes]) -> dict[str, bytes]:
    return dict((one.path, before[one.path]) if isinstance(one, AsBefore) else one for one in made)


def shelf(letters: dict[str, Extract]) -> Shelf:
    return Shelf(lambda: iter([letters[name] for name in sorted(letters)]))


@pytest.fixture
def _small_files(monkeypatch):
    """Few documents, words and bytes fill a block, a page and a file."""
    for module in (gathering, making):
        monkeypatch.setattr(module, "BLOCK", 2)
    small = {
        "_PIECE": (gathering, 8),
        "_AT_ONCE": (gathering, 3),
        "LEAF": (shards, 60),
        "OFTEN": (terms, 16),
        "_ON_A_PAGE": (word_list, 4),
    }
    for name, (module, size) in small.items():
        monkeypatch.setattr(module, name, size)


@pytest.fixture(params=["small", "as they are"])
def _files(request):
    if request.param == "small":
        request.getfixturevalue("_small_files")


@pytest.mark.usefixtures("_files")
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_search_comes_out_as_if_made_from_nothing(change, tmp_path):
    notes, framed = tmp_path / "notes.sqlite", plain_frame()
    before = dict(search(shelf(LETTERS), SITE, framed, notes))
    after = change(LETTERS)

    changed = written(search(shelf(after), SITE, framed, notes), before)
    and_back = written(search(shelf(LETTERS), SITE, framed, notes), changed)

    assert changed == dict(search(shelf(after), SITE, framed))
    assert and_back == before


@pytest.fixture(params=[2, 3, 200], ids="pages of {}".format)
def _pages(request, monkeypatch):
    monkeypatch.setattr(listing, "SHORT_LIST", request.param)
    monkeypatch.setattr(names, "ON_A_PAGE", request.param)
    monkeypatch.setattr(unlinked, "ON_A_PAGE", request.param)
    monkeypatch.setattr(unlinked, "SHORT_LIST", request.param - 1)


@pytest.fixture(params=[0, 1_000], ids="{} compared".format)
def _few(request, monkeypatch):
    """Of so many documents the names are compared with those before."""
    monkeypatch.setattr(indexes, "_FEW", request.param)


@pytest.mark.usefixtures("_pages", "_few")
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_indexes_come_out_as_if_made_from_nothing(change, tmp_path):
    notes, framed, setting = tmp_path / "notes.sqlite", plain_frame(), Setting()
    before = dict(publish(shelf(LETTERS), SITE, framed, setting, notes))
    after = change(LETTERS)

    changed = written(publish(shelf(after), SITE, framed, setting, notes), before)
    and_back = written(publish(shelf(LETTERS), SITE, framed, setting, notes), changed)

    assert changed == dict(publish(shelf(after), SITE, framed, setting))
    assert and_back == before


def test_pages_on_which_a_changed_document_does_not_stand_are_left_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(listing, "SHORT_LIST", 2)
    monkeypatch.setattr(unlinked, "ON_A_PAGE", 2)
    monkeypatch.setattr(unlinked, "SHORT_LIST", 2)
    notes, framed, setting = tmp_path / "notes.sqlite", plain_frame(), Setting()
    some = LETTERS | {one: letter(one, f"Z{one} Grew", when="1934-05-06") for one in "uvwx"}
    list(publish(shelf(some), SITE, framed, setting, notes))

    made = list(publish(shelf(CHANGES["a word is another"](some)), SITE, framed, setting, notes))

    left = {one.path for one in made if isinstance(one, AsBefore)}
    assert {"html/dates/1934.html", "html/documents/1.html", "html/files/1.html"} <= left
    assert {"html/places/unlinked/Z-1.html", "html/places/unlinked/letters/Z.html"} <= left
    assert not {"html/dates/1933-2.html", "html/documents/2.html", "html/places/unlinked/O-2.html"} & left


def test_names_of_which_the_lines_are_the_same_are_left_alone_where_their_document_changed(tmp_path):
    notes, framed, setting = tmp_path / "notes.sqlite", plain_frame(), Setting()
    some = {one: letter(one, f"Omsk {one}", f"Tomsk {one}") for one in "bdf"}
    list(publish(shelf(some), SITE, framed, setting, notes))

    made = list(publish(shelf(some | {"d": letter("d", "Omsk d", "Tomsk is far")}), SITE, framed, setting, notes))

    left = {one.path for one in made if isinstance(one, AsBefore)}
    assert {"html/persons/grew.html", "html/places/unlinked/index.html"} <= left


def test_one_changed_document_makes_the_texts_of_no_other_be_written(tmp_path):
    notes, framed = tmp_path / "notes.sqlite", plain_frame()
    list(search(shelf(LETTERS), SITE, framed, notes))

    made = list(search(shelf(CHANGES["a word is another"](LETTERS)), SITE, framed, notes))

    texts = [one[0] for one in made if not isinstance(one, AsBefore) and "/texts/" in one[0]]
    assert texts == ["html/search/data/texts/000/000002.js"]
    left = [one.path for one in made if isinstance(one, AsBefore)]
    assert sum("/texts/" in path for path in left) == len(LETTERS) - 1


@pytest.mark.usefixtures("_small_files")
def test_one_changed_word_leaves_the_files_of_words_far_from_it_alone(tmp_path):
    notes, framed = tmp_path / "notes.sqlite", plain_frame()
    many = LETTERS | {"f": letter("f", "Omsk Grew", "aa ab ac ad ba bb bc bd ca cb cc cd xa xb xc xd ya yb yc yd")}
    before = {path for path, _ in search(shelf(many), SITE, framed, notes)}
    after = many | {"f": letter("f", "Omsk Grew", "aa ab ac ad ba bb bc bd ca cb cc cd xa xb xc xd ya yb yc yz")}

    made = list(search(shelf(after), SITE, framed, notes))

    written_now = {one[0] for one in made if not isinstance(one, AsBefore)}
    kinds = ("/data/words/", "/data/lists/", "/search/words/a/", "/search/words/c/")
    for kind in kinds:
        assert {path for path in before - written_now if kind in path}, kind
    assert {path for path in written_now if "/search/words/y/" in path}


def test_a_word_put_before_others_of_its_paragraph_leaves_their_pages_in_the_list_of_words_alone(tmp_path):
    notes, framed = tmp_path / "notes.sqlite", plain_frame()
    before = dict(search(shelf(LETTERS | {"f": letter("f", "Omsk Grew", "the moat is dry")}), SITE, framed, notes))
    after = LETTERS | {"f": letter("f", "Omsk Grew", "now the moat is dry")}

    made = list(search(shelf(after), SITE, framed, notes))

    left = {one.path for one in made if isinstance(one, AsBefore)}
    assert {f"html/search/words/{word[0]}/1.html" for word in ("the", "moat", "is", "dry")} <= left
    assert "html/search/words/n/1.html" not in left
    assert written(made, before) == dict(search(shelf(after), SITE, framed))


def test_a_search_that_was_broken_off_is_made_as_if_it_had_never_begun(tmp_path):
    notes, framed = tmp_path / "notes.sqlite", plain_frame()
    before = dict(search(shelf(LETTERS), SITE, framed, notes))
    after = CHANGES["half are gone"](LETTERS)

    broken_off = search(shelf(after), SITE, framed, notes)
    next(broken_off)
    broken_off.close()

    assert written(search(shelf(LETTERS), SITE, framed, notes), before) == before


FIRST = {
    "a": '<a href="b.html#x">b</a> <a href="none.html#x">none</a> <a href="#no">no</a> <img src="seal.png">',
    "b": '<p id="x">x</p> <a href="a.html#y">a</a>',
}

PAGES: dict[str, dict[str, str | None]] = {
    "an id that is linked to is gone": {"b": "<p>nothing</p>"},
    "a page that is linked to is gone": {"b": None},
    "a link that led nowhere leads somewhere": {"a": '<a href="b.html#x">b</a>'},
    "an id that was missing is there": {"a": '<p id="y">y</p>'},
    "a page that was missing is there": {"none": '<p id="x">x</p>'},
    "a page is new": {"c": '<p id="x"><a href="a.html#none">a</a> <a href="#here">here</a></p>'},
    "nothing": {},
}


def write(output: Path, pages: dict[str, str | None]) -> None:
    (output / "html").mkdir(exist_ok=True)
    for name, main in pages.items():
        path = output / "html" / f"{name}.html"
        path.unlink() if main is None else path.write_text(f"<body>{main}</body>")


@pytest.mark.parametrize("change", PAGES.values(), ids=PAGES)
def test_dead_links_are_found_as_if_all_pages_were_looked_through(change, tmp_path: Path):
    notes, seal = tmp_path / "notes.sqlite", tmp_path / "html" / "seal.png"
    write(tmp_path, {**FIRST})
    first = list(dead_links(tmp_path, notes=notes))
    assert len(first) == 4
    write(tmp_path, change)
    seal.write_bytes(b"")

    changed = list(dead_links(tmp_path, notes=notes))
    assert changed == list(dead_links(tmp_path))
    seal.unlink()
    write(tmp_path, {**dict.fromkeys(change), **FIRST})
    assert list(dead_links(tmp_path, notes=notes)) == first


def test_a_page_of_which_the_digest_is_known_is_read_only_if_it_is_another(tmp_path: Path):
    notes = tmp_path / "notes.sqlite"
    write(tmp_path, {"a": "<p>good</p>"})
    assert list(dead_links(tmp_path, notes=notes, made=[("html/a.html", "as made")])) == []
    write(tmp_path, {"a": '<a href="#no">no</a>'})
    digest = sha256((tmp_path / "html" / "a.html").read_bytes()).hexdigest()

    assert len(list(dead_links(tmp_path, notes=notes, made=[("html/a.html", digest)]))) == 1
    write(tmp_path, {"a": "<p>good</p>"})
    assert len(list(dead_links(tmp_path, notes=notes, made=[("html/a.html", digest)]))) == 1
