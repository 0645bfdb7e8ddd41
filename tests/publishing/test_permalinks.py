"""Published addresses: kept, moved, or said to be gone.

The files in ``permalinks/`` are read against two letters: the first line of a ``bad-`` one is what must be found,
of a ``good-`` one that nothing is. ``SECOND`` stands for the mark of the second paragraph's words.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from teiwright.diagnostics import Code, TeiwrightError
from teiwright.extracted import Entry, Extract, Passage, Site
from teiwright.publishing.forwarding import forwards, stub_pages, with_forwards
from teiwright.publishing.pages import Pages
from teiwright.publishing.permalinks import addresses_of, check_permalinks, keep_permalinks, recorded
from teiwright.publishing.registry import read_registry, write_registry

CASES = sorted((Path(__file__).parent / "permalinks").glob("*.tsv"))
CODES = [Code.ADDRESS_GONE, Code.REDIRECT_NOWHERE, Code.ADDRESS_BACK, Code.ANCHOR_MOVED, Code.BROKEN_PERMALINKS]


def letter(identifier: str, *paragraphs: str, others: tuple[str, ...] = ()) -> Extract:
    text, passages = "\n\n".join(paragraphs), []
    for number, words in enumerate(paragraphs, 1):
        at = text.index(words)
        passages.append(Passage("paragraph", f"par-{number}", "", at, at + len(words)))
    anchors = (*others, *(p.anchor for p in passages))
    return Extract(identifier, identifier, text=text, passages=tuple(passages), anchors=anchors)


LETTERS = [
    letter("letter-1", "Dear Sir,", "I write to you.", others=("doc", "pg-3")),
    letter("letter-2", "Dear Madam,"),
]
SITE = Site("Letters", entries=(Entry("grew", "person", "Grew", "Grew"),))


def found_in(path: Path) -> list[str]:
    try:
        findings = check_permalinks(read_registry(path), lambda: iter(LETTERS), SITE, {})
        return [str(finding).split("\n")[0].removeprefix(str(path)) for finding in findings]
    except TeiwrightError as error:
        return [str(error.finding).split("\n")[0].removeprefix(str(path))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_registry_is_held_against_the_collection(case, tmp_path):
    mark = addresses_of(LETTERS[0]).marks["par-2"]
    path = tmp_path / "permalinks.tsv"
    path.write_text(case.read_text().replace("SECOND", mark))

    expected = case.read_text().split("\n")[0].removeprefix("# ")
    assert found_in(path)[:1] == ([] if expected == "nothing" else [expected])
    assert case.stem.startswith("good-" if expected == "nothing" else f"bad-{expected[expected.index('TW') :][:5]}-")


def test_a_registry_that_is_not_utf_8_is_said_to_be_so(tmp_path):
    path = tmp_path / "permalinks.tsv"
    path.write_bytes("gone\tletter-0\t\tzurückgezogen\n".encode("latin-1"))
    assert found_in(path) == [": error[TW725] the file is not UTF-8"]


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.number)
def test_every_code_has_a_case(code):
    assert any(case.stem.startswith(f"bad-{code.number}") for case in CASES)
    assert any(case.stem.startswith("good-") for case in CASES)


def registry_of(tmp_path: Path, text: str):
    path = tmp_path / "permalinks.tsv"
    path.write_text(text)
    return read_registry(path)


def test_what_was_recorded_is_found_again_without_a_finding(tmp_path):
    path = tmp_path / "permalinks.tsv"
    path.write_bytes(recorded(read_registry(path), lambda: iter(LETTERS), SITE))

    assert "here\tletter-1\tdoc par-1:2 pg-3\t" in path.read_text()
    assert found_in(path) == []
    assert recorded(read_registry(path), lambda: iter(LETTERS), SITE) == path.read_bytes()


def test_what_is_lost_stays_recorded_so_that_it_is_missed(tmp_path):
    registry = registry_of(tmp_path, "here\tletter-0\tpar-1\nhere\tletter-2\tpar-1:2\n")
    again = registry_of(tmp_path, recorded(registry, lambda: iter(LETTERS), SITE).decode())

    assert "letter-0" in again.here
    assert again.published("letter-2").anchors == {"par-1", "par-2"}


def test_the_page_of_an_entry_that_was_merged_leads_to_the_one_that_it_became_part_of(tmp_path):
    registry = registry_of(tmp_path, "here\tpersons/grew\nhere\tpersons/joseph\n")
    merged = replace(SITE, merged=(("joseph", "grew"), ("nobody", "grew")))
    made = list(keep_permalinks(registry, lambda: iter(LETTERS), merged, framed))

    assert [path for path, _ in made] == ["html/persons/joseph.html"]
    assert b"url=grew.html" in made[0][1]
    again = recorded(registry, lambda: iter(LETTERS), merged).decode()
    assert "moved\tpersons/joseph\tpersons/grew\tmerged\n" in again
    assert "here\tpersons/joseph" not in again


def test_what_people_said_of_an_address_is_kept(tmp_path):
    said = "moved\tletter-0\tletter-1\trenamed\ngone\tletter-9\t\twithdrawn\ngone\tletter-1#fn-1\n"
    again = recorded(registry_of(tmp_path, said), lambda: iter(LETTERS), SITE).decode()

    assert all(line in again.splitlines() for line in said.splitlines())


STEMS = st.sampled_from(["fn-", "par-", "pg-x", "fn-s", "a.", "7-"])
IDS = st.one_of(st.sampled_from(["doc", "x-01"]), st.builds("{}{}".format, STEMS, st.integers(0, 20)))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(anchors=st.sets(IDS, max_size=12))
def test_any_ids_can_be_written_and_read(tmp_path_factory, anchors):
    folder = tmp_path_factory.mktemp("registry")
    empty = registry_of(folder, "")
    again = registry_of(folder, write_registry(empty, [("letter", anchors, {})]).decode())

    assert again.published("letter").anchors == anchors


def framed(page):
    return f"<html><head><title>{page.title}</title>{page.head}</head><body>{page.main}</body></html>".encode()


def test_at_the_address_of_a_page_that_moved_stands_one_that_leads_on(tmp_path, site):
    registry = registry_of(
        tmp_path, "moved\tpersons/old\tletter-1#par-2\t<b>renamed</b>\ngone\tletter-9\t\twithdrawn\n"
    )
    files = {path: data.decode() for path, data in stub_pages(Pages(site, framed), registry, set())}

    assert '<meta http-equiv="refresh" content="0; url=../letter-1.html#par-2">' in files["html/persons/old.html"]
    assert f'<link rel="canonical" href="{site.address}letter-1.html">' in files["html/persons/old.html"]
    assert "&lt;b&gt;renamed" in files["html/persons/old.html"]
    assert "<p>withdrawn</p>" in files["html/letter-9.html"]
    assert "refresh" not in files["html/letter-9.html"]


def test_no_page_that_is_there_is_replaced_by_one_that_leads_on(tmp_path, site):
    registry = registry_of(tmp_path, "gone\tletter-1\n")

    assert list(stub_pages(Pages(site, framed), registry, {"letter-1"})) == []


def test_an_id_that_moved_within_its_page_stands_at_its_new_place(tmp_path):
    registry = registry_of(tmp_path, "moved\tletter-1#par-9\tletter-1#par-2\n")
    page = '<main><p id="par-1">A</p><p class="x" id="par-2">B</p></main>'

    made = with_forwards(page, "letter-1", forwards(registry)["letter-1"])
    assert made == '<main><p id="par-1">A</p><p class="x" id="par-2"><span id="par-9"></span>B</p></main>'


def test_an_id_that_moved_to_another_page_or_is_gone_is_told_of_below_the_text(tmp_path):
    registry = registry_of(tmp_path, "moved\tletter-1#par-9\tletter-2#par-1\tapart\ngone\tletter-1#fn-1\t\t<i>\n")

    made = with_forwards("<main><p>A</p></main>", "letter-1", forwards(registry)["letter-1"])
    told = re.findall(r"<li>(.*)</li>", made)
    assert told == [
        '<span id="fn-1">fn-1</span>: withdrawn: &lt;i&gt;',
        '<span id="par-9">par-9</span>: <a href="letter-2.html#par-1">letter-2#par-1</a>: apart',
    ]
    assert made.endswith("</section>\n</main>")
