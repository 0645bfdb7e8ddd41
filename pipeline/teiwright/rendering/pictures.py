"""Pictures that lie on the disk: which of those that an edition names may be shown, how large they are, what they get
as names. Nothing outside the given folder is read, and a picture is one by its bytes, not by its name."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from lxml import etree

from teiwright.diagnostics import Code, Diagnostic, Location
from teiwright.rendering.manifests import NoManifestError, canvases_of_pages, read_manifest
from teiwright.rendering.marking import OURS
from teiwright.rendering.tei import TEI, line_of, plain, safe_address

FOLDER = "pictures"
_SHOWN = 8
_PB, _GRAPHIC, _FACS = f"{TEI}pb", f"{TEI}graphic", f"{OURS}facs"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on the disk. ``name`` is its path beside the pages; ``figure`` if it stands in the text itself."""

    path: Path
    name: str
    type: str
    width: int
    height: int
    figure: bool


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of an edition, and the files that were looked for, also in vain."""

    found: tuple[Picture, ...] = ()
    looked_for: tuple[Path, ...] = ()
    findings: tuple[Diagnostic, ...] = ()


NO_PICTURES = Pictures()


def illustrate(root: etree._Element, edition: Path, document: str, within: Path, manifests: str = "") -> Pictures:
    """Write on the elements of a text that name pictures where these will be (``t:facs``, ``t:width``, ``t:height``).

    An address is taken as TEI has it: relative to the file of the edition.
    What is not there, lies outside the folder ``within`` or is no picture is not shown, and a finding says so.
    Pages that name none have those of a manifest: the one that the edition names, else the path ``manifests``
    from ``within``, in which ``{id}`` stands for the document.
    """
    gathering = _Gathering(edition, document, within.resolve())
    if named := _manifest_of(root):
        gathering.see_manifest(root, named, edition.parent / unquote(named))
    elif manifests:
        named = manifests.replace("{id}", document)
        if named == manifests or (within / named).is_file():
            gathering.see_manifest(root, named, within / named)
        else:  # not every document has one
            gathering.looked_for.setdefault(within / named)
    for text in root.iterfind(f"{TEI}text"):
        for element in text.iter(_PB, _GRAPHIC):
            gathering.see(element)
    return Pictures(tuple(gathering.found.values()), tuple(gathering.looked_for), tuple(gathering.findings))


def manifests_named(root: etree._Element) -> Iterator[str]:
    """The IIIF manifests that an edition names: ``facsimile/@sameAs``, or an ``idno`` of that type in the header."""
    yield from (facsimile.get("sameAs", "").strip() for facsimile in root.iterfind(f"{TEI}facsimile"))
    numbers = (number for header in root.iterfind(f"{TEI}teiHeader") for number in header.iter(f"{TEI}idno"))
    yield from (plain(number) for number in numbers if number.get("type", "").lower().startswith("iiif"))


def _manifest_of(root: etree._Element) -> str:
    """The first manifest on the disk that an edition names, or nothing."""
    return next((one for one in manifests_named(root) if one and not re.match(r"(?i)[a-z][a-z0-9+.-]*:|#|//", one)), "")


_ELSEWHERE = re.compile(r"(?i)(https?|data|mailto):|([a-z][a-z0-9+.-]*:)?//[^/]")


class _Refused(NamedTuple):
    what: str
    hint: str


@dataclass(slots=True)
class _Gathering:
    edition: Path
    document: str
    within: Path
    found: dict[tuple[Path, bool], Picture] = field(default_factory=dict)
    names: dict[str, Path] = field(default_factory=dict)
    looked_for: dict[Path, None] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)

    def see(self, element: etree._Element) -> None:
        address = element.get(_FACS if element.tag == _PB else "url", "").strip()
        if not address or _ELSEWHERE.match(address):
            return
        for ours in (_FACS, f"{OURS}beside"):
            if ours in element.attrib:
                del element.attrib[ours]
        match self._picture(address, figure=element.tag == _GRAPHIC):
            case Picture() as picture:
                size = {"width": str(picture.width), "height": str(picture.height), "type": picture.type}
                for name, value in {"facs": quote(picture.name), "beside": "", **size}.items():
                    element.set(f"{OURS}{name}", value)
            case _Refused(what, hint):
                where = Location(str(self.edition), line_of(element))
                message = f"the picture `{address}` {what}; it is not shown"
                self.findings.append(Diagnostic(Code.NO_PICTURE, where, message, hint))

    def see_manifest(self, root: etree._Element, named: str, path: Path) -> None:
        """Write on the page breaks that name no picture what a manifest has for them."""
        breaks = [page for text in root.iterfind(f"{TEI}text") for page in text.iter(_PB)]
        try:
            path = path.resolve()
            if not path.is_relative_to(self.within):
                raise NoManifestError("lies outside the project")
            self.looked_for.setdefault(path)
            found = canvases_of_pages(read_manifest(path), [page.get("n", "").strip() for page in breaks])
        except (NoManifestError, ValueError, OSError) as error:
            what = error if isinstance(error, NoManifestError) else "is not there"
            return self._tell(0, f"the manifest `{named}` {what}", "put a IIIF manifest there, or correct its path")
        for place, canvas in found.items():
            page = breaks[place]
            if _FACS in page.attrib:
                continue
            if address := safe_address(canvas.picture):
                page.attrib.update({_FACS: address, f"{OURS}elsewhere": ""})
            else:
                page.set(_FACS, self._address(path, canvas.picture))
        without = [page for place, page in enumerate(breaks) if place not in found and _FACS not in page.attrib]
        if without:
            numbers = ", ".join(page.get("n", "").strip() or "without a number" for page in without[:_SHOWN])
            more = f" and {len(without) - _SHOWN} more" if len(without) > _SHOWN else ""
            message = f"the manifest `{named}` has no canvas that is surely that of page {numbers}{more}"
            self._tell(line_of(without[0]), message, "give the canvas the number of the page as its label")
        return None

    def _address(self, manifest: Path, picture: str) -> str:
        """What is relative to a manifest as seen from the edition."""
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|/", picture):
            return picture
        folder = Path(os.path.relpath(manifest.parent, self.edition.parent.resolve())).as_posix()
        return f"{quote(folder)}/{picture}"

    def _tell(self, line: int, message: str, hint: str) -> None:
        self.findings.append(Diagnostic(Code.MANIFEST_UNLIKE_PAGES, Location(str(self.edition), line), message, hint))

    def _picture(self, address: str, *, figure: bool) -> Picture | _Refused:
        try:
            path = (self.edition.parent / unquote(urlsplit(address).path)).resolve()
            inside = path.is_relative_to(self.within) and not urlsplit(address).scheme
        except (ValueError, OSError):  # a zero byte; a circle of links
            inside = False
        if not inside:
            return _Refused("lies outside the project", "copy it into the project's folder")
        self.looked_for.setdefault(path)
        if not path.is_file():
            return _Refused("is not there", "put it there, or correct the address, which is relative to the edition")
        if (path, figure) not in self.found:
            read = _read(path)
            if read is None:
                return _Refused("is no PNG, JPEG, GIF or WebP", "convert it to one of these")
            self.found[path, figure] = Picture(path, self._name(path), *read, figure=figure)
        return self.found[path, figure]

    def _name(self, path: Path) -> str:
        """The file's own name, in characters that every system and address has; with a digest if two would be one."""
        stem = re.sub(r"[^A-Za-z0-9._-]+", "-", path.stem).strip("-.") or "picture"
        name = f"{FOLDER}/{self.document}/{stem}{path.suffix.lower()}"
        if self.names.setdefault(name.casefold(), path) != path:
            digest = sha256(path.relative_to(self.within).as_posix().encode("utf-8", "surrogatepass")).hexdigest()[:8]
            name = f"{FOLDER}/{self.document}/{stem}-{digest}{path.suffix.lower()}"
        return name


def _read(path: Path) -> tuple[str, int, int] | None:
    """Media type, width and height, by the bytes; none if it is no picture that browsers and books show."""
    try:
        with path.open("rb") as file:
            head = file.read(30)
            if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
                return "image/png", *_both(head, 16, 4, "big")
            if head[:6] in {b"GIF87a", b"GIF89a"}:
                return "image/gif", *_both(head, 6, 2, "little")
            if head.startswith(b"\xff\xd8\xff"):
                return _jpeg(file)
            if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
                return _webp(head)
    except OSError:
        pass
    return None


def _both(data: bytes, at: int, length: int, order: Literal["big", "little"]) -> tuple[int, int]:
    middle = at + length
    return int.from_bytes(data[at:middle], order), int.from_bytes(data[middle : middle + length], order)


def _jpeg(file: BinaryIO) -> tuple[str, int, int] | None:
    """The frame header (ITU-T T.81, B.2.2) comes after other segments, each with its length."""
    file.seek(2)
    while len(segment := file.read(4)) == 4 and segment[0] == 0xFF:
        if segment[1] in _FRAMES:
            height, width = _both(file.read(5), 1, 2, "big")
            return "image/jpeg", width, height
        file.seek(int.from_bytes(segment[2:], "big") - 2, 1)
    return None


_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def _webp(head: bytes) -> tuple[str, int, int] | None:
    """The three forms of a WebP file (RFC 9649, 2.5 to 2.7)."""
    match head[12:16]:
        case b"VP8X":
            width, height = (int.from_bytes(head[at : at + 3], "little") + 1 for at in (24, 27))
        case b"VP8L":
            bits = int.from_bytes(head[21:25], "little")
            width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            width, height = (int.from_bytes(head[at : at + 2], "little") & 0x3FFF for at in (26, 28))
        case _:
            return None
    return "image/webp", width, height
