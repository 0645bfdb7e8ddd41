"""The e-book view: an EPUB 3 of one edition, with its notes as footnotes and the pages of its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from teiwright.model import Edition, Rendition
from teiwright.rendering.context import Context
from teiwright.rendering.engine import Parameter, Prepared, engine
from teiwright.rendering.stylesheets import NONE_OF_ITS_OWN, OwnStylesheets
from teiwright.rendering.tei import TEI, edition_id, plain
from teiwright.rendering.zipping import zipped
from teiwright.resources import xslt_folder

_OURS = "urn:x-teiwright:edition"
_FOLDER = "EPUB/"
_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)


def ebook(prepared: Prepared, context: Context) -> Rendition:
    """The EPUB of an edition."""
    name = edition_id(prepared.edition)
    parameters: dict[str, Parameter] = {
        "document-id": name,
        "identifier": identifier(_publisher(prepared.edition), name),
        "day": day(context.epoch),
        "collection": context.collection or "",
        "style": style(context.stylesheets),
        "authority": context.authority,
    }
    made = engine(context.stylesheets).transform("epub.xsl", prepared, parameters)
    if made.text is None:
        return Rendition("epub", {}, made.findings)
    pictures = ((picture.name, picture.path.read_bytes()) for picture in prepared.pictures.found if picture.figure)
    files = {f"{name}.epub": container(chain(files_in(made.text), pictures))}
    return Rendition("epub", files, made.findings)


def identifier(publisher: str, name: str) -> str:
    """A name that stays the same from version to version (RFC 9562, 5.5)."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'urn:x-teiwright:ebook:{publisher}:{name}')}"


def day(epoch: int | None) -> str:
    """The day that dates a book whose header has none."""
    return "" if epoch is None else datetime.fromtimestamp(epoch, UTC).date().isoformat()


def style(own: OwnStylesheets = NONE_OF_ITS_OWN) -> str:
    """The style sheet of all e-books; after it the project's own."""
    return (xslt_folder() / "epub" / "style.css").read_text("utf-8") + dict(own.files).get("epub.css", "")


def files_in(made: str) -> Iterator[tuple[str, bytes]]:
    """The files that the stylesheet made, each with its path in the book's folder."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    for file in etree.fromstring(made.encode(), parser).iter(f"{{{_OURS}}}file"):
        yield str(file.get("path")), (file.text or "").encode()


def container(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The files in a container, its type first (EPUB 3.3, 4.2)."""
    around = [("mimetype", b"application/epub+zip"), ("META-INF/container.xml", _CONTAINER.encode())]
    return zipped([*around, *((_FOLDER + path, data) for path, data in files)])


def _publisher(edition: Edition) -> str:
    found = edition.tree.getroot().find(f"{TEI}teiHeader/{TEI}fileDesc/{TEI}publicationStmt/{TEI}publisher")
    return "" if found is None else plain(found)
