"""A project that asks for e-books, texts and data gets them, offers them on its pages, and deposits them."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any
from zipfile import ZipFile


def test_books_texts_and_data_are_made_and_deposited_and_removed_when_nobody_wants_them(workplace: Any) -> None:
    settings = workplace.folder / "teiwright.toml"
    usual = settings.read_text()
    settings.write_text(usual.replace('views = ["html"]', 'views = ["html", "epub", "text", "data"]'))
    out = workplace.folder / "out"

    first = workplace.build()

    assert first.report.errors == 0
    assert {"e-book", "data"} <= set(first.taken)
    with ZipFile(out / "book/book.epub") as book:
        texts = [name for name in book.namelist() if name.startswith("EPUB/text/")]
    assert texts == ["EPUB/text/alpha.xhtml", "EPUB/text/beta.xhtml", "EPUB/text/gamma.xhtml"]
    rows = list(csv.DictReader(StringIO((out / "data/names.csv").read_text("utf-8"), newline="")))
    assert "Joseph C. Grew" in [row["text"] for row in rows]
    for row in rows:
        text = (out / f"text/{row['document']}.txt").read_bytes().decode()
        assert text[int(row["start"]) : int(row["end"])] == row["text"]
    page = (out / "html/alpha.html").read_text("utf-8")
    assert all(f'href="../{path}"' in page for path in ("epub/alpha.epub", "text/alpha.txt", "text/alpha.md"))
    packed = {p.name for p in (out / "deposit").rglob("*") if p.is_file()}
    assert {"alpha.epub", "book.epub", "alpha.md", "names.csv", "datapackage.json"} <= packed
    assert workplace.build().taken == ()

    settings.write_text(usual)
    workplace.build()
    assert {path.name for path in out.iterdir()} & {"epub", "text", "data", "book"} == set()


def test_the_book_has_again_the_document_whose_e_book_could_not_be_written_last_time(workplace: Any) -> None:
    settings = workplace.folder / "teiwright.toml"
    settings.write_text(settings.read_text().replace('views = ["html"]', 'views = ["html", "epub"]'))
    place = workplace.folder / "out/epub/beta.epub"
    place.mkdir(parents=True)

    assert [finding.where.path for finding in workplace.build().report.findings] == [str(place)]
    place.rmdir()
    second = workplace.build()

    assert second.report.findings == ()
    with ZipFile(workplace.folder / "out/book/book.epub") as book:
        assert "EPUB/text/beta.xhtml" in book.namelist()
