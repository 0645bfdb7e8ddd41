"""Indexes: every mention of an entry is listed once, in its line, with a link to the place; of a name without one each
document and each page. No page grows with the collection.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from posixpath import dirname, join, normpath

from teiwright.extracted import Entry, Section, Site, entry_pages
from teiwright.publishing.contexts import context_of
from teiwright.publishing.ordering import letter_of, sort_key


def words_of(page: str) -> str:
    main = re.search(r"(?s)<main.*?>(.*)</main>", page)[1]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_a_person_has_a_page_with_each_mention_in_its_line(letters, publish_all):
    page = publish_all(letters)["html/persons/grew.html"]

    assert "2 mentions in 2 documents" in page
    assert 'Mr. <a href="../a.html#name-1"><mark>Grew</mark></a> went to Omsk.' in page
    assert words_of(page) == (
        "Persons Joseph C. Grew 1880–1965. Ambassador. Also: Grew. 2 mentions in 2 documents "
        "Letter a April 13, 1941 Mr. Grew went to Omsk. page 3 Letter b Neither Grew nor Smith came."
    )


def test_a_place_has_its_coordinates(letters, publish_all):
    assert "Latitude and longitude: 54.99, 73.37" in publish_all(letters)["html/places/omsk.html"]


def test_an_entry_that_no_text_names_has_no_page(letters, publish_all):
    assert "html/persons/nobody.html" not in publish_all(letters)


def test_an_entry_whose_page_was_published_keeps_it(letters, publish_all):
    page = publish_all(letters, published={"persons/nobody"})["html/persons/nobody.html"]

    assert words_of(page) == "Nobody No text names this entry now."


def test_names_without_an_entry_are_listed_apart_by_their_form(letters, publish_all):
    files = publish_all(letters)

    assert words_of(files["html/persons/index.html"]).endswith(
        "Names of persons without an entry , 2 mentions. "
        "G Grew, Joseph C. (1880–1965) , Ambassador 2 mentions in 2 documents"
    )
    assert words_of(files["html/persons/unlinked/index.html"]).endswith(
        "Smith Smith wrote. Letter c Neither Grew nor Smith came. Letter b"
    )


def test_of_a_name_without_an_entry_a_document_shows_the_first_line_and_leads_to_its_other_pages(document, publish_all):
    letter = document(
        "a", "{pb 3}{Smith|person:}, {Smith|person:} and {pb 4}{Smith|person:}, {Smith|person:}.", date="May"
    )

    page = publish_all([letter])["html/persons/unlinked/index.html"]

    assert words_of(page).endswith("Smith Smith , Smith and Smith, Smith. Letter a, May, page 3; 4 times; also page 4")
    assert re.findall(r'href="../../(a.html#.*?)"', page) == ["a.html#name-1", "a.html#name-3"]


def test_a_name_on_very_many_pages_of_a_document_leads_to_some_and_says_how_many_more_there_are(document, publish_all):
    letter = document("a", " ".join(f"{{pb {number}}}{{Smith|person:}}" for number in range(1, 31)))

    page = publish_all([letter])["html/persons/unlinked/index.html"]

    assert words_of(page).endswith("page 20 , page 21 , 9 more")
    assert page.count("a.html#") == 21


def test_many_names_without_an_entry_are_listed_by_letter_with_the_way_to_where_they_stand(document, publish_all):
    letters = [
        document(f"d{n:03}", f"{{Abel|person:}} and {{Zoë {n}|person:}} met {{Abel|person:}}.") for n in range(300)
    ]
    files = publish_all(letters)

    index, of_z = (files[f"html/persons/unlinked/{name}.html"] for name in ("index", "letters/Z-2"))
    assert words_of(index).endswith(
        "Names of persons without an entry 900 mentions, by the form in which they stand. A Z"
    )
    assert words_of(files["html/persons/unlinked/letters/A.html"]).endswith("A Z Abel 600 mentions in 300 documents")
    assert 'href="../../../persons/unlinked/A-1.html#form-1"' in files["html/persons/unlinked/letters/A.html"]
    assert "persons/unlinked/A-3.html" in " ".join(files)
    path, form = re.search(r'href="../../../persons/unlinked/(Z-3.html)#(form-60)"[^>]*>Zoë 299<', of_z).groups()
    assert f'id="{form}" dir="auto">Zoë 299<' in files[f"html/persons/unlinked/{path}"]


def test_documents_are_listed_by_year_and_month_and_those_without_a_date_last(letters, publish_all):
    assert words_of(publish_all(letters)["html/dates/index.html"]) == (
        "Dates 2 documents with a date, 1 without 1932 1941 Undated "
        "1932 Letter c 1932 1941 April Letter a April 13, 1941 Undated Letter b"
    )


def test_documents_are_listed_by_file_number(letters, publish_all):
    assert words_of(publish_all(letters)["html/files/index.html"]).endswith("761.94/1321 Letter b")


def test_a_list_has_all_its_names_also_where_those_in_no_script_stand_at_both_ends(document, publish_all, site):
    entries = tuple(Entry(f"p{n}", "person", name, name) for n, name in enumerate(("!", "Adam", "—")))
    named = document("a", "{One|person:p0}, {Adam|person:p1} and {Another|person:p2} wrote.")
    page = publish_all([named], replace(site, entries=entries))["html/persons/index.html"]

    assert re.findall(r"<h2[^>]*>(.*?)</h2>|<a href=\"[^\"]*\">(!|Adam|—)</a>", page) == [
        *(("Other", ""), ("", "!"), ("", "—"), ("A", ""), ("", "Adam"))
    ]


def test_there_is_no_index_of_what_no_text_has(document, publish_all):
    files = publish_all([document("a", "Nothing.")])

    assert {path.split("/")[1] for path in files if path.count("/") > 1} == set()


def test_no_page_grows_with_the_collection(document, publish_all, site):
    entries = tuple(Entry(f"p{n}", "person", f"Person {n}", f"Person {n}") for n in range(900))
    texts = [
        document(
            f"d{n:04}",
            f"{{X|person:p{n % 900}}} and {{Y|place:omsk}} and {{Form {n % 7}|person:}}",
            when=f"{1900 + n % 3}",
            file_numbers=(f"761.94/{n}",),
        )
        for n in range(1_500)
    ]
    files = publish_all(texts, replace(site, entries=(*site.entries, *entries)))

    biggest = max(files, key=lambda path: len(files[path]))
    assert len(files[biggest]) < 150_000 or biggest.endswith("sitemap.xml")
    named = [path for path in files if path.startswith(("html/places/omsk.html", "html/places/more/omsk/"))]
    assert len(named) == 13
    assert sum(files[path].count("<mark>") for path in named) == 1_500
    assert sum(page.count("<mark>Form") for page in files.values()) == 1_500
    listed = [page for path, page in files.items() if path.startswith("html/files/")]
    assert {f"761.94/{n}" for n in range(1_500)} <= set(re.findall(r"<b>(.*?)</b>", "".join(listed)))
    for path in (
        "html/dates/1901.html",
        "html/dates/1901-2.html",
        "html/documents/1.html",
        "html/persons/letters/P-2.html",
    ):
        assert path in files


def test_every_link_of_the_indexes_leads_to_a_page(letters, publish_all):
    files = publish_all(letters)
    pages = (
        {f"html/{letter.id}.html" for letter in letters}
        | {f"tei/{letter.id}.xml" for letter in letters}
        | {"book/book.pdf", *files}
    )

    links = [
        (path, to)
        for path, page in files.items()
        if path.endswith(".html")
        for to in re.findall(r'href="([^"]+)"', page)
    ]
    inside = [(path, to) for path, to in links if not to.startswith(("http", "#"))]
    assert [(path, to) for path, to in inside if normpath(join(dirname(path), to.partition("#")[0])) not in pages] == []
    assert len(inside) > 20


def test_numbers_are_sorted_by_their_value_and_accents_and_case_do_not_matter():
    names = ["761.94/9", "761.94/10", "761.94/100", "761.100/1", "“Adam”", "Émile", "emma", "Zoë"]

    assert [letter_of(name) for name in ("Émile", "7", "“Adam”", "…", "東京")] == ["E", "0–9", "A", "Other", "CJK"]
    assert all(sort_key(one) < sort_key(other) for one, other in pairwise(names[:3]))
    assert sorted(names[4:], key=sort_key) == names[4:]


def test_a_line_ends_at_words_and_at_the_end_of_its_paragraph():
    text = "One.\n\n" + "word " * 20 + "Grew " + "more " * 20 + "\n\nThree."
    at = text.index("Grew")

    assert context_of(text, at, at + 4) == ("…\u00a0" + "word " * 12, "Grew", " " + "more " * 11 + "more\u00a0…")
    assert context_of("One.\n\nGrew left.\n\nThree.", 6, 10) == ("", "Grew", " left.")


def test_entries_whose_names_clash_have_pages_of_their_own():
    ids = ["index", "Foo", "foo", "../../etc", "x" * 300, "x" * 299]
    pages = entry_pages([Entry(i, "person", i, i) for i in ids])

    assert len({page.casefold() for page in pages.values()}) == 6
    assert all(
        page.count("/") == 1 and len(page) < 200 and ".." not in page.split("/")[1][:2] for page in pages.values()
    )


def test_nothing_that_an_edition_says_becomes_markup(document, publish_all):
    hostile = '"><script>alert(1)</script>'
    entry = Entry("bad", "person", hostile, hostile, (hostile,), hostile, hostile, (("x", "https://example.org/"),))
    text = document(
        "a",
        "Mr. {<script>|person:bad} and {<img src=x>|person:}",
        title=hostile,
        subtitle=hostile,
        date=hostile,
        file_numbers=(hostile,),
    )
    files = publish_all([text], Site(hostile, address="https://example.org/", entries=(entry,)))

    for page in files.values():
        assert page.count("<script") == page.count('<script type="application/ld+json">')
        assert "<img" not in page


def test_the_same_collection_in_another_order_of_hashing_gives_the_same_bytes(letters, publish_all, site):
    entries = tuple(reversed(site.entries))

    assert publish_all(letters) == publish_all(letters, replace(site, entries=entries))


def test_the_home_page_leads_to_the_files_of_each_document_if_these_are_few(letters, publish_all):
    assert '<a href="../tei/a.xml" aria-label="TEI, Letter a">TEI</a>' in publish_all(letters)["html/index.html"]


def test_a_home_page_of_many_documents_has_little_markup_beside_its_text(letters, publish_all):
    page = publish_all([replace(letters[0], id=f"letter-{number:03}") for number in range(200)])["html/index.html"]

    assert page.count("<h2") == 200
    assert len(page) - len(re.sub(r"<[^>]+>", "", page)) < 42_000, "style takes the rest of 60 kB"


def test_only_an_edition_with_a_search_has_a_field_for_it_on_its_home_page(letters, publish_all):
    field = '<form class="search-form" role="search" action="search/index.html" method="get">'

    assert field not in publish_all(letters)["html/index.html"]
    assert field in publish_all(letters, more=(Section("Search", "search/index.html"),))["html/index.html"]
