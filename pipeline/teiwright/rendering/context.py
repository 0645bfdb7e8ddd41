"""What the renditions of one collection have in common; small, hashable and fit to be sent to a worker."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, Location, TeiwrightError
from teiwright.extracted import Section
from teiwright.model import AS_PRINTED, PrintLayout
from teiwright.rendering.stylesheets import NONE_OF_ITS_OWN, OwnStylesheets


@dataclass(frozen=True, slots=True)
class Download:
    """A file that a page offers. ``{id}`` in ``href`` stands for the edition's id."""

    label: str
    href: str
    type: str

    def of(self, edition_id: str) -> Download:
        """The download of one edition."""
        return Download(self.label, self.href.replace("{id}", quote(edition_id)), self.type)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The document before or after one in the order of the collection."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Context:
    """The setting of a rendition.

    ``previous`` and ``next`` belong to one document; all else is the same for the whole collection.
    ``shows_sources`` if there is a page of each text beside its encoding (``source/ID.html``).
    ``address`` is the URL under which the pages will be published, ending in a slash, or empty.
    ``authority`` holds the authority files as XML, ``home`` is the link from a page to the index.
    ``pictures`` is the folder beyond which no picture of a page or a figure is read; without it none is looked for.
    ``manifests`` is the path of IIIF manifests from that folder, in which ``{id}`` stands for the document.
    ``epoch`` (seconds, as ``SOURCE_DATE_EPOCH``) dates a PDF whose edition has no date of publication.
    ``fonts`` is a folder of fonts for scripts beyond Latin, Greek, Cyrillic and Hebrew;
    fonts of the system are never used, because the same edition would then look different elsewhere.
    """

    collection: str | None = None
    home: str | None = None
    downloads: tuple[Download, ...] = ()
    authority: tuple[bytes, ...] = ()
    fonts: Path | None = None
    epoch: int | None = None
    sections: tuple[Section, ...] = ()
    address: str = ""
    stylesheets: OwnStylesheets = NONE_OF_ITS_OWN
    layout: PrintLayout = AS_PRINTED
    previous: Neighbour | None = None
    next: Neighbour | None = None
    shows_sources: bool = False
    pictures: Path | None = None
    manifests: str = ""


NO_CONTEXT = Context()


def read_authority(paths: Iterable[Path]) -> tuple[bytes, ...]:
    """Read authority files safely; a finding if one is missing or no XML."""
    return tuple(_read_one(path) for path in paths)


def _read_one(path: Path) -> bytes:
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False)
        root = etree.fromstring(path.read_bytes(), parser)
    except OSError as error:
        message = f"the authority file cannot be read: {(error.strerror or 'unknown').lower()}"
        finding = Diagnostic(Code.NOT_FOUND, Location(str(path)), message, "correct its path")
        raise TeiwrightError(finding) from error
    except etree.XMLSyntaxError as error:
        where = Location(str(path), error.lineno or 0, error.offset or 0)
        raise TeiwrightError(Diagnostic(Code.NOT_WELL_FORMED, where, error.msg or "no XML")) from error
    return etree.tostring(root, encoding="utf-8")
