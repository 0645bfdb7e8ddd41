"""Pictures that an edition names: which are shown, how large they are, and that no other file of a disk is read."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import html

from teiwright.model import Edition
from teiwright.rendering import Context, prepare, render_prepared


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x80\x90\xa0" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


GIF = b"GIF89a" + struct.pack("<HH", 30, 20) + bytes(20)
EXIF = b"\xff\xe1" + struct.pack(">H", 40) + bytes(38)
JPEG = b"\xff\xd8" + EXIF + b"\xff\xc0" + struct.pack(">HBHH", 17, 8, 20, 30) + bytes(20)
WEBP = {
    "lossy.webp": b"RIFF\0\0\0\0WEBPVP8 " + bytes(7) + b"\x9d\x01\x2a" + struct.pack("<HH", 30, 20),
    "lossless.webp": b"RIFF\0\0\0\0WEBPVP8L" + bytes(4) + b"\x2f" + struct.pack("<I", 29 | 19 << 14) + bytes(5),
    "extended.webp": b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + (29).to_bytes(3, "little") + (19).to_bytes(3, "little"),
}


@pytest.fixture
def illustrated(tei, tmp_path):
    """The edition of a project's folder ``tei/``, and what is found of its pictures."""

    def made(body: str):
        edition = Edition(tmp_path / "project/tei/sample.xml", tei(body).tree)
        return prepare(edition, Context(pictures=tmp_path / "project"))

    return made


def put(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def page_of(prepared) -> html.HtmlElement:
    return html.fromstring(render_prepared(prepared, "html").files["sample.html"].decode())


@pytest.mark.parametrize(("name", "data"), [("a.png", png(30, 20)), ("a.gif", GIF), ("a.jpg", JPEG), *WEBP.items()])
def test_a_picture_is_shown_with_its_size(illustrated, tmp_path, name, data):
    put(tmp_path, f"project/scans/{name}", data)
    prepared = illustrated(f'<p><pb n="7" facs="../scans/{name}"/>Text.</p>')
    (image,) = page_of(prepared).xpath("//a[@class='facs']/img")
    assert ("30", "20", "lazy", "Picture of page 7") == tuple(
        image.get(key) for key in ("width", "height", "loading", "alt")
    )
    (picture,) = prepared.pictures.found
    assert image.get("src") == picture.name == image.getparent().get("href")


def test_a_figure_is_described_by_its_own_words(illustrated, tmp_path):
    put(tmp_path, "project/tei/castle.png", png(4, 4))
    prepared = illustrated('<figure><graphic url="castle.png"/><figDesc>A castle.</figDesc></figure>')
    assert ["A castle."] == page_of(prepared).xpath("//figure//img/@alt")


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("../scans/none.png", "is not there"),
        ("../../outside.png", "lies outside the project"),
        ("link.png", "lies outside the project"),
        ("file:///etc/hostname", "lies outside the project"),
        ("page.png", "is no PNG, JPEG, GIF or WebP"),
        ("drawing.svg", "is no PNG, JPEG, GIF or WebP"),
    ],
)
def test_what_cannot_be_shown_is_told_and_nothing_outside_the_project_is_read(illustrated, tmp_path, address, why):
    put(tmp_path, "outside.png", png(4, 4))
    put(tmp_path, "project/tei/page.png", b"<html><script>alert(1)</script>")
    put(tmp_path, "project/tei/drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "project/tei/link.png").symlink_to(tmp_path / "outside.png")
    prepared = illustrated(f'<p><pb n="7" facs="{address}"/>Text.</p>')
    assert [f"the picture `{address}` {why}; it is not shown"] == [one.message for one in prepared.findings]
    assert not page_of(prepared).xpath("//img")
    assert not prepared.pictures.found


def test_a_picture_elsewhere_stays_a_link(illustrated):
    shown = page_of(illustrated('<p><pb n="7" facs="https://example.org/7.jpg"/>Text.</p>'))
    assert ["https://example.org/7.jpg"] == shown.xpath("//a[@class='facs']/@href")
    assert not shown.xpath("//img")


def test_two_pictures_of_one_name_stay_two(illustrated, tmp_path):
    names = ["a/Page 1.png", "b/Page 1.png", "b/page-1.png"]
    for number, name in enumerate(names):
        put(tmp_path, f"project/{name}", png(4, 4 + number))
    breaks = "".join(f'<pb n="{n}" facs="../{name.replace(" ", "%20")}"/>x' for n, name in enumerate(names))
    found = [picture.name for picture in illustrated(f"<p>{breaks}</p>").pictures.found]
    assert found[0] == "pictures/sample/Page-1.png"
    assert len({name.casefold() for name in found}) == len(names)


def test_a_pdf_has_the_figures_with_what_describes_them(illustrated, tmp_path):
    pytest.importorskip("typst")
    put(tmp_path, "project/tei/castle.png", png(40, 30))
    prepared = illustrated('<figure><graphic url="castle.png"/><figDesc>A castle.</figDesc></figure><p>Text.</p>')
    rendition = render_prepared(prepared, "print")
    assert [f.code.number for f in rendition.findings] == ["TW708"]
    pikepdf = pytest.importorskip("pikepdf")
    with pikepdf.open(BytesIO(rendition.files["sample.pdf"])) as pdf:
        assert any(page.get_images() for page in pdf.pages)
        assert "A castle." in {str(one.get("/Alt")) for one in pdf.objects if isinstance(one, pikepdf.Dictionary)}


def test_without_a_folder_no_picture_is_looked_for(tei):
    prepared = prepare(tei('<p><pb n="7" facs="scans/7.png"/>Text.</p>'), replace(Context(), pictures=None))
    assert prepared.findings == ()


def test_an_e_book_holds_its_figures_and_lists_them(illustrated, tmp_path):
    put(tmp_path, "project/tei/castle.png", png(40, 30))
    put(tmp_path, "project/tei/page.png", png(40, 30))
    body = '<p><pb n="7" facs="page.png"/>Text.</p><figure><graphic url="castle.png"/><head>A castle</head></figure>'
    made = render_prepared(illustrated(body), "epub").files["sample.epub"]
    with ZipFile(BytesIO(made)) as book:
        assert book.read("EPUB/pictures/sample/castle.png") == png(40, 30)
        assert "EPUB/pictures/sample/page.png" not in book.namelist(), "pages are for screens"
        assert b'href="pictures/sample/castle.png" media-type="image/png"' in book.read("EPUB/package.opf")
        assert b'src="../pictures/sample/castle.png"' in book.read("EPUB/text/sample.xhtml")


def test_the_words_behind_a_picture_are_its_caption(illustrated):
    shown = page_of(illustrated("<figure><graphic url='x.png'/><head>A castle</head><p>From the east.</p></figure>"))
    assert ["A castle", "From the east."] == [p.text_content() for p in shown.xpath("//figure/figcaption/p")]
