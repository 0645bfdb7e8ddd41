"""The whole edition as one EPUB, made of the e-books of its documents."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

from lxml import etree

from teiwright.extracted import Entry, Extract, Extracts, Files, Site
from teiwright.rendering.ebook import container, files_in, identifier, style
from teiwright.rendering.engine import engine
from teiwright.rendering.pictures import FOLDER as PICTURES
from teiwright.rendering.zipping import member, members

BOOK = "book/book.epub"
_OURS = "{urn:x-teiwright:edition}"
_CONTENTS = "string(*[local-name() = 'a']/@href)"


def ebook_of_all(extracts: Extracts, site: Site, folder: Path) -> Files:
    """The book of all documents whose e-books lie in ``folder``, in the order of the collection; none if none does."""
    volume = _volume(extracts, site, folder)
    if volume.find(f"{_OURS}chapter") is None:
        return
    parameters = {"style": style()}
    made = engine().transform("epub.xsl", etree.tostring(volume, encoding="utf-8"), parameters, mode="book")
    if made.text is None:
        message = "; ".join(finding.message for finding in made.findings)
        raise RuntimeError(message)
    ids = [str(chapter.get("id")) for chapter in volume.iter(f"{_OURS}chapter")]
    texts = ((path, member(folder / f"{name}.epub", f"EPUB/{path}")) for name in ids for path in [f"text/{name}.xhtml"])
    pictures = (
        (path, member(folder / f"{name}.epub", f"EPUB/{path}")) for name in ids for path in _pictures(folder, name)
    )
    yield BOOK, container(chain(files_in(made.text), texts, pictures))


def _volume(extracts: Extracts, site: Site, folder: Path) -> etree._Element:
    """What the stylesheet must know of the volume (``xslt/epub/volume.xsl`` makes the same of one edition)."""
    known = {"publisher": site.publisher, "published": site.published, "rights": site.licence}
    volume = etree.Element(
        f"{_OURS}volume",
        {name: value for name, value in known.items() if value},
        title=site.title,
        language=site.language,
        identifier=identifier(site.publisher, site.title),
        modified=site.published or "1980-01-01",
    )
    mentions: dict[str, list[tuple[str, str, str]]] = {}
    for extract in extracts():
        if (folder / f"{extract.id}.epub").is_file():
            _add_chapter(volume, extract, folder)
            for name in extract.names:
                if name.ref:
                    mentions.setdefault(name.ref, []).append((extract.id, name.anchor, name.page))
    for chapter in [*volume.iter(f"{_OURS}chapter")]:
        for path in _pictures(folder, str(chapter.get("id"))):
            kind = _TYPES.get(PurePosixPath(path).suffix, "image/jpeg")
            etree.SubElement(volume, f"{_OURS}picture", href=quote(path), type=kind)
    for entry in site.entries:
        if entry.id in mentions:
            _add_entry(volume, entry, mentions[entry.id])
    for label, value in _facts(site):
        etree.SubElement(volume, f"{_OURS}fact", group="Edition", label=label).text = value
    return volume


def _add_chapter(volume: etree._Element, extract: Extract, folder: Path) -> None:
    known = {"title": extract.listed_title, "date": extract.date}
    said = {name: value for name, value in known.items() if value}
    chapter = etree.SubElement(volume, f"{_OURS}chapter", said, id=extract.id)
    chapter.extend(_outline(folder / f"{extract.id}.epub", extract.id))
    for page in extract.pages:
        if page.n:
            etree.SubElement(chapter, f"{_OURS}page", n=page.n, anchor=page.anchor)


def _pictures(folder: Path, name: str) -> list[str]:
    """The pictures of a document, as its own e-book has them."""
    files = (path.removeprefix("EPUB/") for path in members(folder / f"{name}.epub"))
    return [path for path in files if path.startswith(f"{PICTURES}/")]


def _outline(book: Path, name: str) -> Iterator[etree._Element]:
    """The parts of a document, as the contents of its own e-book list them."""
    navigation = etree.fromstring(member(book, "EPUB/nav.xhtml"))
    for item in navigation.iter("{*}li"):
        if unquote(str(item.xpath(_CONTENTS))) == f"text/{name}.xhtml":
            yield from item.findall("{*}ol")
            return


def _add_entry(volume: etree._Element, entry: Entry, mentions: list[tuple[str, str, str]]) -> None:
    about = "; ".join(filter(None, (entry.dates, entry.note))).removesuffix(".")
    facts = {"id": entry.id, "kind": entry.kind, "name": entry.name, "sort": entry.sort_name, "about": about}
    element = etree.SubElement(volume, f"{_OURS}entry", facts)
    for chapter, anchor, page in mentions:
        etree.SubElement(element, f"{_OURS}mention", chapter=chapter, anchor=anchor, page=page)


def _facts(site: Site) -> Iterator[tuple[str, str]]:
    stated = (site.publisher, site.published, site.licence, site.address)
    yield from ((label, value) for label, value in zip(_LABELS, stated, strict=True) if value)


_TYPES = {".png": "image/png", ".gif": "image/gif", ".webp": "image/webp"}
_LABELS = ("Published by", "Published", "Licence", "Address")
